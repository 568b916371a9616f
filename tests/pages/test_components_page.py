"""The style guide as a page: valid, reachable by keyboard, and free of what the headers forbid."""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.pages.style_guide import style_guide
from tests.servers import LiveServer

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"desk": (1280, 900), "phone": (390, 844), "narrowest": (320, 640)}


@pytest.fixture(scope="module")
def source() -> str:
    return style_guide().test_client().get("/components").get_data(as_text=True)


@pytest.fixture(scope="module")
def document(source: str) -> Element:
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)
    return root


@pytest.fixture
def windows(browser: Browser) -> Iterator[dict[str, Page]]:
    """The style guide at each width."""
    with LiveServer(style_guide()) as server:
        contexts = {
            name: browser.new_context(viewport={"width": width, "height": height})
            for name, (width, height) in SIZES.items()
        }
        pages = {name: context.new_page() for name, context in contexts.items()}
        for page in pages.values():
            page.goto(f"{server.url}/components")
        yield pages
        for context in contexts.values():
            context.close()


def test_the_title_begins_with_the_one_heading(document: Element) -> None:
    (heading,) = document.findall(".//h1")
    title = document.find(".//title")
    assert title is not None
    assert title.text is not None
    assert heading.text
    assert title.text.startswith(heading.text)


def test_every_id_is_used_once(document: Element) -> None:
    ids = [element.attrib["id"] for element in document.iter() if "id" in element.attrib]
    assert sorted(ids) == sorted(set(ids))


def test_every_link_of_the_error_summary_reaches_a_control(document: Element) -> None:
    summary = document.find(".//*[@data-module='govuk-error-summary']")
    assert summary is not None
    controls = {
        f"#{control.attrib['id']}"
        for tag in ("input", "select", "textarea")
        for control in document.iter(tag)
        if "id" in control.attrib
    }
    links = [link.attrib["href"] for link in summary.iter("a")]
    assert len(links) > 10
    assert [link for link in links if link not in controls] == []


def test_every_form_that_is_sent_carries_a_token(document: Element) -> None:
    sent = [form for form in document.iter("form") if form.attrib.get("method") == "post"]
    assert sent
    for form in sent:
        names = [control.attrib.get("name", "") for control in form.iter("input")]
        assert [name for name in names if name.endswith("csrf_token")], form.attrib


def test_nothing_on_the_page_needs_an_inline_style_or_script(document: Element, source: str) -> None:
    assert " style=" not in source
    assert "<style" not in source
    assert [script.attrib for script in document.iter("script") if "src" not in script.attrib] == []
    handlers = [name for element in document.iter() for name in element.attrib if name.startswith("on")]
    assert handlers == []


def test_no_heading_level_is_skipped(document: Element) -> None:
    levels = [int(element.tag[1]) for element in document.iter() if element.tag in ("h1", "h2", "h3", "h4")]
    # The error summary and a notice stand before the page's heading, as GOV.UK has them.
    levels = levels[levels.index(1) :]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_chart_has_a_title_a_description_and_a_table(document: Element) -> None:
    figures = document.findall(".//figure")
    assert figures
    for figure in figures:
        assert figure.find(f".//{SVG}svg[@role='img']/{SVG}title") is not None
        assert figure.find(f".//{SVG}svg[@role='img']/{SVG}desc") is not None
        assert len(figure.findall(".//table/tbody/tr")) == 13


def test_the_page_is_accessible_at_every_width(windows: dict[str, Page]) -> None:
    for name, page in windows.items():
        found = Axe().run(page).response["violations"]
        assert [(name, each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_the_page_never_scrolls_sideways(windows: dict[str, Page]) -> None:
    widths = {name: page.evaluate("document.documentElement.scrollWidth") for name, page in windows.items()}
    assert widths == {name: width for name, (width, _) in SIZES.items()}


def test_a_link_of_the_error_summary_puts_the_cursor_into_the_wrong_box(windows: dict[str, Page]) -> None:
    page = windows["desk"]
    page.get_by_role("link", name="June 2026 has only 30 days").click()
    assert page.evaluate("document.activeElement.id") == "refused-on-day"


def test_a_change_is_asked_about_before_its_button_shows(windows: dict[str, Page]) -> None:
    page = windows["phone"]
    button = page.get_by_role("button", name="Remove", exact=True)
    assert not button.is_visible()
    page.get_by_text("Remove this entry").click()
    assert button.is_visible()
