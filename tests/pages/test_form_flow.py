"""What becomes of a form that is sent, once for all forms: saved, refused, only looked at, overtaken."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest
from flask import Flask, Response, get_flashed_messages, make_response
from flask import session as flask_session
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.store.versions import Stale, check_version
from npt.webkit.fields import CheckboxesField, Choice, ConfirmField, DateField, SelectField, TextAreaField
from npt.webkit.form_flow import button, correction_page, form_page, seen_page
from npt.webkit.forms import CreateForm, EditForm, SeenForm
from npt.webkit.visit import Visit
from tests import make


@dataclass
class Told(Visit[None]):
    """A visit whose pages say only what they were given."""

    def render(self, *, status: int | None = None, **shown: Any) -> Response:
        form = shown.pop("form")
        return make_response(json.dumps({"shown": shown, "errors": form.error_list()}), status or 200)


class NoteForm(CreateForm[str]):
    """A note about a unit."""

    class Meta:
        csrf = False

    refusals_beside: ClassVar[Mapping[str, str]] = {"words": "note", "": "kinds"}

    note = TextAreaField("Note", missing="Enter the note.", limit=100)
    kinds = CheckboxesField("Kinds", missing=None, choices=[Choice("a", "First"), Choice("b", "Second")])

    def value(self) -> str:
        return self.note.value


class UnitForm(EditForm[str]):
    """A unit is renamed."""

    class Meta:
        csrf = False

    name = TextAreaField("Name", missing="Enter the name.", limit=100)
    level = SelectField("Level", missing=None, choices=[Choice(each.value, each.wording) for each in Level])
    closed_on = DateField("Last day", missing=None, blank="until further notice")
    kinds = CheckboxesField("Kinds", missing=None, choices=[Choice("a", "First"), Choice("b", "Second")])
    is_new = ConfirmField("It is new", missing=None)

    @classmethod
    def values_of(cls, record: Unit) -> Mapping[str, object]:
        return {"kinds": ("a",), "is_new": False}

    def value(self) -> str:
        return self.name.value


@pytest.fixture
def visiting(app: Flask, session: Session) -> Iterator[Callable[..., Visit[Any]]]:
    """A visit of which the form is opened, or sent with what is given."""
    open_requests = []

    def visit(sent: Mapping[str, Any] | None = None, address: str = "/here") -> Visit[Any]:
        context = app.test_request_context(
            address, method="GET" if sent is None else "POST", data=None if sent is None else MultiDict(sent)
        )
        context.push()
        open_requests.append(context)
        return Told(session, None, None, datetime(2026, 11, 29, tzinfo=UTC), "webkit.components")

    yield visit
    for context in reversed(open_requests):
        context.pop()


KEY = "0" * 36


def refusing(refusal: Refusal) -> Callable[[], None]:
    def act() -> None:
        raise refusal

    return act


def told(response: Response) -> Any:
    return json.loads(response.get_data(as_text=True))


def saved(_done: object) -> Response:
    return make_response("saved")


def test_a_form_that_is_opened_is_shown_and_does_nothing(visiting: Callable[..., Visit[Any]]) -> None:
    answer = form_page(visiting(), NoteForm(), act=refusing(Refusal("never")), saved=saved)
    assert (answer.status_code, told(answer)["errors"]) == (200, [])


def test_a_form_that_cannot_be_read_does_nothing(visiting: Callable[..., Visit[Any]]) -> None:
    visit = visiting({"submission_key": KEY, "note": ""})
    answer = form_page(visit, NoteForm(), act=refusing(Refusal("never")), saved=saved)
    assert (answer.status_code, [each["text"] for each in told(answer)["errors"]]) == (
        422,
        ["Enter the note."],
    )


def test_what_the_action_made_is_handed_to_the_answer(visiting: Callable[..., Visit[Any]]) -> None:
    visit = visiting({"submission_key": KEY, "note": "lost dog"})
    form = NoteForm()
    answer = form_page(visit, form, act=form.value, saved=lambda done: make_response(f"kept: {done}"))
    assert answer.get_data(as_text=True) == "kept: lost dog"


def test_the_page_of_a_form_knows_where_one_came_from(visiting: Callable[..., Visit[Any]]) -> None:
    visit = visiting()
    answer = form_page(visit, NoteForm(), act=refusing(Refusal("never")), saved=saved, back_href="/day")
    assert told(answer)["shown"] == {"back_href": "/day"}


@pytest.mark.parametrize("words", ["Kept: lost dog.", lambda done: f"Kept: {done}."])
def test_what_is_said_of_something_saved_is_said_where_one_came_from(
    visiting: Callable[..., Visit[Any]], words: str | Callable[[str], str]
) -> None:
    visit = visiting({"submission_key": KEY, "note": "lost dog"})
    form = NoteForm()
    answer = form_page(visit, form, act=form.value, saved=words, back_href="/day")
    assert (answer.status_code, answer.location) == (303, "/day")
    assert get_flashed_messages(with_categories=True) == [("success", "Kept: lost dog.")]


@pytest.mark.parametrize(
    ("field", "control"), [("note", "#note"), ("words", "#note"), (None, "#kinds"), ("elsewhere", "#kinds")]
)
def test_a_refusal_stands_beside_the_control_it_belongs_to(
    visiting: Callable[..., Visit[Any]], field: str | None, control: str
) -> None:
    visit = visiting({"submission_key": KEY, "note": "lost dog"})
    answer = form_page(visit, NoteForm(), act=refusing(Refusal("No.", field=field)), saved=saved)
    assert (answer.status_code, told(answer)["errors"]) == (422, [{"text": "No.", "href": control}])


def test_what_an_action_had_written_before_it_refused_is_gone_when_the_page_is_asked(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    team = make.team(session)
    session.commit()
    name = team.name
    visit = visiting({"submission_key": KEY, "note": "lost dog"})

    def act() -> None:
        team.name = "Half done"
        session.flush()
        raise Refusal("No.")

    answer = form_page(visit, NoteForm(), act=act, saved=saved, page=lambda: {"name": team.name})
    assert told(answer)["shown"] == {"name": name}


def test_a_change_that_is_only_looked_at_is_shown_and_undone(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    team = make.team(session)
    session.commit()
    name = team.name
    visit = visiting({"submission_key": KEY, "note": "lost dog"}, "/here?preview=yes")

    def look() -> dict[str, str]:
        team.name = "As it would be"
        session.flush()
        return {"effect": team.name}

    answer = form_page(
        visit,
        NoteForm(),
        act=refusing(Refusal("never")),
        saved=saved,
        look=look,
        page=lambda: {"name": team.name},
    )
    assert (answer.status_code, told(answer)["shown"]) == (200, {"effect": "As it would be", "name": name})


def test_a_change_that_somebody_overtook_is_told_as_such(visiting: Callable[..., Visit[Any]]) -> None:
    visit = visiting({"submission_key": KEY, "note": "lost dog"})
    again = form_page(visit, NoteForm(), act=refusing(Stale("Changed meanwhile.")), saved=saved)
    assert (again.status_code, told(again)["errors"][0]["text"]) == (409, "Changed meanwhile.")
    both = form_page(
        visit,
        NoteForm(),
        act=refusing(Stale("Changed meanwhile.")),
        saved=saved,
        stale=lambda: make_response("both", 409),
    )
    assert both.get_data(as_text=True) == "both"


def test_what_overtook_a_change_is_carried_where_it_can_be_named(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    team = make.team(session)
    visit = visiting({"version": "7", "name": "Typed"})
    form = UnitForm()
    answer = form_page(visit, form, act=refusing(Stale("Changed meanwhile.", record=team)), saved=saved)
    assert (answer.status_code, form.shown_version) == (409, 1)


def _correct(
    visit: Visit[Any], session: Session, unit_id: int, gone: Callable[[], Mapping[str, Any]] | None = None
) -> Response:
    def act(unit: Unit, form: UnitForm) -> None:
        check_version(unit, form.shown_version)
        unit.name = form.value()

    return correction_page(
        visit,
        UnitForm,
        lambda: session.get(Unit, unit_id),
        act=act,
        saved=saved,
        back_href="/away",
        page=lambda unit: {"name": unit.name},
        gone=gone,
    )


def test_a_correction_is_filled_in_with_the_record(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    team = make.team(session, closed_on=date(2026, 12, 31))
    visiting()
    form = UnitForm.of(team)
    assert (form.name.data, form.level.data, form.closed_on.data) == (team.name, "team", date(2026, 12, 31))
    assert (form.version.data, form.kinds.data, form.is_new.data) == (str(team.version), ("a",), None)


def test_a_correction_of_what_is_not_there_is_not_found(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    with pytest.raises(NotFound):
        _correct(visiting(), session, 404)


def test_a_correction_of_what_went_meanwhile_shows_what_was_typed(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    sent = {"version": "1", "name": "Typed"}
    with pytest.raises(NotFound):
        _correct(visiting(sent), session, 404)
    answer = _correct(visiting(sent), session, 404, gone=lambda: {"name": "It is gone"})
    assert (answer.status_code, told(answer)["shown"]) == (409, {"name": "It is gone"})
    with pytest.raises(NotFound):
        _correct(visiting(), session, 404, gone=lambda: {"name": "never"})


def test_a_correction_that_somebody_overtook_shows_both_and_is_sent_again_whole(
    visiting: Callable[..., Visit[Any]], session: Session
) -> None:
    team = make.team(session)
    session.commit()
    sent = {
        "version": "7",
        "name": "Typed\nname",
        "level": "team",
        "closed_on-day": "4",
        "closed_on-month": "5",
        "closed_on-year": "2026",
        "kinds": ["a", "b"],
        "is_new": "yes",
    }
    answer = _correct(visiting(sent), session, team.id)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    for words in ("Typed; name", team.name, "4 May 2026", "until further notice", "First, Second", ">no<"):
        assert words in text
    for control in (
        'name="kinds" value="a"',
        'name="kinds" value="b"',
        f'name="version" value="{team.version}"',
    ):
        assert control in text


def test_a_button_that_is_refused_says_so_on_the_page_it_stood_on(
    visiting: Callable[..., Visit[Any]],
) -> None:
    visit = visiting({})
    answer = button(visit, act=refusing(Refusal("Too late.")), saved=saved, back_href="/day")
    assert (answer.status_code, answer.location) == (303, "/day")
    assert get_flashed_messages(with_categories=True) == [("refused", "Too late.")]


def test_a_refusal_of_hundreds_of_names_is_said_as_far_as_a_cookie_carries_it(
    visiting: Callable[..., Visit[Any]], app: Flask
) -> None:
    names = "; ".join(f"{chr(0x4E00 + number * 7)} Example ({number}): taken" for number in range(900))
    button(visiting({}), act=refusing(Refusal(names)), saved=saved, back_href="/day")
    carried = make_response("")
    app.session_interface.save_session(app, flask_session, carried)
    assert 0 < len(carried.headers["Set-Cookie"]) < 4096
    (said,) = get_flashed_messages()
    assert isinstance(said, str)
    assert said.startswith("\u4e00 Example (0): taken; ")
    assert said.endswith(" … and more of the same.")


# Seen first, then saved -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """What a change of a unit would move."""

    digest: str


class MoveForm(SeenForm[str]):
    """A change that is saved once what it moves was seen."""

    class Meta:
        csrf = False

    why = TextAreaField("Why?", missing="Say why.", limit=100)


def _move(
    visit: Visit[Any],
    effect: Callable[[], Moved] = lambda: Moved("a"),
    act: Callable[[Moved], str] = lambda found: found.digest,
    *,
    is_asked: bool = True,
) -> tuple[Response, MoveForm]:
    form = MoveForm(version=1)
    answer = seen_page(
        visit,
        form,
        effect=effect,
        act=act,
        saved=lambda done: make_response(f"saved: {done}"),
        back_href="/back",
        page=lambda found: {"found": None if found is None else found.digest},
        is_asked=is_asked,
    )
    return answer, form


@pytest.mark.parametrize(("is_asked", "found"), [(True, None), (False, "a")])
def test_an_effect_that_depends_on_nothing_typed_is_shown_at_once(
    visiting: Callable[..., Visit[Any]], is_asked: bool, found: str | None
) -> None:
    answer, form = _move(visiting(), is_asked=is_asked)
    assert (answer.status_code, told(answer)["shown"]["found"], form.seen.data) == (200, found, found)


@pytest.mark.parametrize("seen", ["", "b"])
def test_an_effect_that_was_not_seen_is_shown_and_nothing_done(
    visiting: Callable[..., Visit[Any]], seen: str
) -> None:
    visit = visiting({"version": "1", "why": "Agreed", "seen": seen})
    answer, form = _move(visit, act=lambda _: pytest.fail("it was done"))
    assert (answer.status_code, told(answer)["shown"], form.seen.text) == (
        200,
        {"back_href": "/back", "found": "a"},
        "a",
    )


def test_an_effect_that_was_seen_is_acted_on(visiting: Callable[..., Visit[Any]]) -> None:
    answer, _ = _move(visiting({"version": "1", "why": "Agreed", "seen": "a"}))
    assert answer.get_data(as_text=True) == "saved: a"


@pytest.mark.parametrize(("is_asked", "found"), [(True, None), (False, "a")])
def test_a_form_that_cannot_be_read_is_not_acted_on_though_its_effect_was_seen(
    visiting: Callable[..., Visit[Any]], is_asked: bool, found: str | None
) -> None:
    visit = visiting({"version": "1", "why": "", "seen": "a"})
    answer, _ = _move(visit, act=lambda _: pytest.fail("it was done"), is_asked=is_asked)
    assert (answer.status_code, told(answer)["shown"]["found"]) == (422, found)


@pytest.mark.parametrize("is_effect", [True, False])
def test_a_change_refused_at_either_step_says_why_and_shows_no_effect(
    visiting: Callable[..., Visit[Any]], is_effect: bool
) -> None:
    no = refusing(Refusal("No.", field="why"))
    visit = visiting({"version": "1", "why": "Agreed", "seen": "a"})
    answer, _ = _move(visit, **({"effect": no} if is_effect else {"act": lambda _: no()}))
    assert (answer.status_code, told(answer)) == (
        422,
        {"shown": {"back_href": "/back", "found": None}, "errors": [{"text": "No.", "href": "#why"}]},
    )


@pytest.mark.parametrize(
    ("sent", "where"), [("/teams/T1", "/teams/T1"), ("//elsewhere.example", "/day"), (None, "/day")]
)
def test_a_button_leads_back_to_the_page_that_it_names_if_that_is_ours(
    visiting: Callable[..., Visit[Any]], sent: str | None, where: str
) -> None:
    assert visiting({} if sent is None else {"next": sent}).back_to("/day") == where


@pytest.mark.parametrize(("sent", "version"), [("3", 3), ("", 0), ("-1", 0), ("9999999999", 0), ("³", 0)])
def test_a_button_carries_the_version_that_was_seen(
    visiting: Callable[..., Visit[Any]], sent: str, version: int
) -> None:
    assert visiting({"version": sent}).sent_version == version
