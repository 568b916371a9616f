"""Every page, and every form that was refused, is usable with other eyes, other hands and a small screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from npt.access.rules import Role
from tests.conftest import Engines
from tests.house import filling
from tests.house.looked_at import LookedAt
from tests.house.markup import Look, looks_drawn
from tests.house.seeing import (
    DESK,
    at_every_width,
    bring_axe,
    forms_to_fill_in,
    send_empty,
    violations,
)
from tests.house.visits import House, page_endpoints
from tests.pages.gallery import EXAMPLES, GALLERY, Exhibit
from tests.servers import LiveServer

Windows = Callable[[Role | None], Page]
#: Where the frame around every page is looked at: signed in, not signed in, and in the style guide.
WITH_FRAME = {"overview.home", "accounts.sign_in", "webkit.components"}
#: Forms that somebody sends.
FORMS = [endpoint for endpoint in page_endpoints() if endpoint not in EXAMPLES]


@pytest.fixture(scope="module")
def windows(house: House, browser: Browser) -> Iterator[Windows]:
    """A window for each role, signed in already."""
    opened: dict[Role | None, Page] = {}
    with LiveServer(house.app) as server:

        def window(role: Role | None) -> Page:
            if role not in opened:
                context = browser.new_context(
                    base_url=server.url, locale="en-GB", timezone_id="Europe/London"
                )
                cookie = house.person(role).client.get_cookie("session")
                assert cookie is not None, "a person of the house has a session, if only for their token"
                context.add_cookies([{"name": "session", "value": cookie.value, "url": server.url}])
                bring_axe(context)
                opened[role] = context.new_page()
            return opened[role]

        yield window
        for page in opened.values():
            page.context.close()
        assert not server.failures, "the server failed: " + "; ".join(server.failures)


@pytest.fixture(scope="session")
def looked_at(engines: Engines) -> LookedAt:
    return LookedAt(engines.run)


def _open(windows: Windows, house: House, endpoint: str, exhibit: Exhibit) -> Page:
    page = windows(exhibit.role)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(house.address(endpoint, exhibit))
    return page


@pytest.mark.parametrize("endpoint", page_endpoints())
def test_the_page_is_usable_by_everybody(
    windows: Windows, house: House, looked_at: LookedAt, endpoint: str
) -> None:
    telling = house.telling(endpoint)
    for exhibit in [*telling, *(each for each in GALLERY[endpoint] if each not in telling)]:
        in_frame = endpoint in WITH_FRAME
        new = looked_at.new_in(house.see(endpoint, exhibit).text)
        if new or in_frame or exhibit in telling:
            page = _open(windows, house, endpoint, exhibit)
            by_axe = bool(new) or in_frame
            faults = at_every_width(page, by_axe=by_axe, in_frame=in_frame, new=None if in_frame else new)
            assert not faults, "\n".join([f"seen by {exhibit}:", *faults])


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_refused_form_is_usable_by_everybody(
    windows: Windows, house: House, looked_at: LookedAt, endpoint: str
) -> None:
    seen = set()
    for exhibit in GALLERY[endpoint]:
        for number, form in enumerate(filling.forms_to_fill_in(house.see(endpoint, exhibit))):
            if form.open_fields in seen:
                continue  # the same form of another place, which is refused in the same words
            seen.add(form.open_fields)
            refusal = house.person(exhibit.role).client.post(form.address, data=form.left_empty)
            new = looked_at.new_in(refusal.text)
            if not new:
                continue
            page = _open(windows, house, endpoint, exhibit)
            answer = send_empty(page, forms_to_fill_in(page)[number])
            assert answer.status == 422, f"{page.url} took an empty form: {answer.status}"
            faults = violations(page, in_frame=False, new=new)
            assert not faults, "\n".join([f"seen by {exhibit}:", *faults])


# Planted ----------------------------------------------------------------------------------------------------

SOUND = """<!DOCTYPE html><html lang="en-GB"><head><title>Team day</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Team day</h1>{}</main></body></html>"""
OFFENDERS = {
    "words too faint": ('<p style="color: #bbb">Faint</p>', "color-contrast"),
    "a field without a label": ('<input name="note">', "label"),
    "a picture without words": (
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">',
        "image-alt",
    ),
    "words too faint in a drawing": (
        '<svg><rect width="80" height="30" fill="#333"/><text y="20" fill="#777">Faint</text></svg>',
        "text.null “Faint” has a contrast of",
    ),
    "words too small in a drawing": ('<svg><text y="20" font-size="9">Small</text></svg>', "9.0 px high"),
    "words on words in a drawing": (
        '<svg><text y="20">One</text><text x="5" y="20">Two</text></svg>',
        "text.null “One” lies on text.null “Two”",
    ),
    "a mark too faint": ('<svg><circle cx="9" cy="9" r="9" fill="#ddd"/></svg>', "has a contrast of 1.3"),
    "a link too small in a drawing": (
        '<svg role="group" aria-label="Map"><a href="/" aria-label="A"><rect width="9" height="9" /></a>'
        "</svg>",
        "is smaller than 24 px",
    ),
    "a table too wide": ('<div style="width: 400px">Wide</div>', "let the part that is too wide wrap"),
}


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A window without an address."""
    page = browser.new_page()
    yield page
    page.close()


def test_a_sound_page_has_no_fault(blank: Page) -> None:
    blank.set_content(SOUND.format("<p>Sound</p>"))
    assert at_every_width(blank) == []


@pytest.mark.parametrize("offender", OFFENDERS)
def test_a_page_that_shuts_somebody_out_is_told_so(blank: Page, offender: str) -> None:
    planted, words = OFFENDERS[offender]
    blank.set_content(SOUND.format(planted))
    assert any(words in fault for fault in at_every_width(blank))
    assert any(words in fault for fault in at_every_width(blank, new=looks_drawn(SOUND.format(planted))))


FAINT = SOUND.format('<p class="faint" style="color: #bbb">Faint</p><p class="other">Sound</p>')


def _looks(name: str) -> list[Look]:
    """Those of the elements of this class in `FAINT`."""
    return [look for look in looks_drawn(FAINT) if look[0][-1][1] == name]


def test_an_element_is_judged_by_itself_where_its_look_is_new(blank: Page) -> None:
    blank.set_content(FAINT)
    assert any("color-contrast" in fault for fault in violations(blank, new=_looks("faint")))
    assert violations(blank, new=_looks("other")) == []


def test_a_page_is_judged_as_a_whole_by_what_is_new_in_it(blank: Page) -> None:
    blank.set_content(FAINT.replace("Sound", '<input name="note">'))
    assert [fault.partition(":")[0] for fault in violations(blank, new=_looks("other"))] == ["label"]


def test_every_element_is_judged_where_a_script_has_changed_what_is_new(blank: Page) -> None:
    blank.set_content(FAINT)
    blank.evaluate("document.querySelector('.other').className = 'changed'")
    assert any("color-contrast" in fault for fault in violations(blank, new=_looks("other")))


@pytest.mark.parametrize("offender", OFFENDERS)
def test_what_stands_in_the_frame_is_told_where_the_frame_is_looked_at(blank: Page, offender: str) -> None:
    planted, words = OFFENDERS[offender]
    blank.set_content(SOUND.format("<p>Sound</p>").replace("<main>", f"<header>{planted}</header><main>"))
    assert any(words in fault for fault in at_every_width(blank))
    assert violations(blank, in_frame=False) == []


def test_what_stays_folded_on_paper_is_told_so(blank: Page) -> None:
    folded = SOUND.format("<details><summary>More</summary><p>Much</p></details>")
    blank.set_content(folded)
    assert any("on paper “More” stays folded" in fault for fault in at_every_width(blank))
    opened = "@media print { details::details-content { content-visibility: visible } }"
    blank.set_content(folded.replace("<head>", f"<head><style>{opened}</style>"))
    assert at_every_width(blank) == []


def test_a_radio_button_whose_words_stand_lower_is_told_so(blank: Page) -> None:
    button = "label::before { content: ''; position: absolute; top: 10px; height: 24px; width: 24px }"
    style = f"<style>label {{ position: relative; display: block; padding-top: 24px }} {button}</style>"
    label = '<div><label class="govuk-radios__label"><input type="radio">Custody</label></div>'
    blank.set_content(SOUND.format(style + label))
    assert any("“Custody” does not stand beside" in fault for fault in at_every_width(blank))


def test_a_drawing_is_judged_by_what_it_shows(blank: Page) -> None:
    dark = '<rect width="80" height="30" fill="#222"/><text y="20" fill="#fff">White on dark</text>'
    outlined = '<circle cx="9" cy="9" r="8" fill="#eee" stroke="#333"/>'
    blank.set_content(SOUND.format(f"<svg>{dark}</svg><svg>{outlined}</svg>"))
    assert at_every_width(blank) == []


def test_a_page_is_looked_at_as_a_whole_without_its_frame(blank: Page) -> None:
    blank.set_content(SOUND.format("<p>Sound</p>").replace(' lang="en-GB"', ""))
    assert any("html-has-lang" in fault for fault in violations(blank, in_frame=False))


def test_the_forms_that_somebody_fills_in_are_found(blank: Page) -> None:
    button = '<form method="post"><input type="hidden" name="csrf_token"><button>Confirm</button></form>'
    question = '<form method="get"><label>Day <input name="day"></label></form>'
    entry = '<form method="post"><label>Note <input name="note"></label></form>'
    blank.set_content(SOUND.format(button + question + entry))
    assert forms_to_fill_in(blank) == [1]


def test_a_form_is_sent_with_nothing_filled_in(windows: Windows) -> None:
    page = windows(None)
    page.goto("/sign-in")
    page.get_by_label("Email address").fill("officer@home.example")
    assert send_empty(page, 0).status == 422
    assert page.get_by_label("Email address").input_value() == ""


# What is looked at once -------------------------------------------------------------------------------------

SAME = "<a href='/1'>One day</a>"
OTHERS = {
    "without words": "<a href='/1'></a>",
    "too short for a finger": "<a href='/1'>1</a>",
    "in another colour": "<a class='faint' href='/1'>One day</a>",
    "where another ground is": "<div class='dark'><a href='/1'>One day</a></div>",
    "among words": "seen on <a href='/1'>One day</a>",
    "close to another": "<a href='/1'>One day</a><a href='/2'>Two days</a>",
    "with a role": "<a role='button' href='/1'>One day</a>",
    "with a name beside its words": "<a aria-label='Monday' href='/1'>One day</a>",
    "hidden from readers of screens": "<a aria-hidden='true' href='/1'>One day</a>",
    "leading nowhere": "<a>One day</a>",
    "with something in it": "<a href='/1'><span>One day</span></a>",
}


def test_an_element_is_looked_at_once_whatever_its_words_and_wherever_it_leads(tmp_path: Path) -> None:
    looked_at, same = LookedAt(tmp_path), SOUND.format(SAME)
    assert looked_at.new_in(same)
    assert not LookedAt(tmp_path).new_in(same.replace("One day", "All Mondays").replace("/1", "/2"))


@pytest.mark.parametrize("other", OTHERS)
def test_an_element_that_axe_may_judge_otherwise_is_looked_at(tmp_path: Path, other: str) -> None:
    looked_at = LookedAt(tmp_path)
    looked_at.new_in(SOUND.format(SAME))
    assert looked_at.new_in(SOUND.format(OTHERS[other]))


def test_what_stands_around_every_page_makes_no_page_new(tmp_path: Path) -> None:
    looked_at, page = LookedAt(tmp_path), SOUND.format(SAME)
    looked_at.new_in(page)
    assert not looked_at.new_in(page.replace("<main>", f"<header>{SAME}</header><main>"))
