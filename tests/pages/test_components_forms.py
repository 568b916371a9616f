"""The bases of forms: keys, versions, refusals, and defaults of a query."""

import re
from collections.abc import Iterator
from enum import Enum

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    LastDayField,
    MonthField,
    SelectField,
    TextField,
    YesNoField,
)
from npt.webkit.forms import EXPIRED, CreateForm, EditForm, Keywords, QueryForm
from tests.pages.style_guide import style_guide


class NewTeam(CreateForm[str]):
    name = TextField("Name", limit=80, missing="Enter the team's name")

    def value(self) -> str:
        return self.name.value


class Shift(Enum):
    EARLY = "early"
    LATE = "late"


class ChangedShifts(EditForm[Keywords]):
    shift = SelectField(
        "Shift",
        missing="Choose a shift",
        choices=tuple(Choice(each.value, each.name) for each in Shift),
        of=Shift,
    )
    numbers = CheckboxesField("Days", missing=None, choices=(Choice("1", "Monday"),), of=int, name="days")
    is_armed = YesNoField("Armed", missing="Choose", yes="They are armed", no="They are not armed")
    is_split = ConfirmField("Split", missing=None)
    ends_on = LastDayField()


class ChangedTeam(EditForm[str]):
    name = TextField("Name", limit=80, missing="Enter the team's name")


class Looking(QueryForm[Month]):
    month = MonthField("Month", missing="Enter a month", default=Month(2026, 5))


@pytest.fixture(scope="module")
def site() -> Flask:
    return style_guide()


@pytest.fixture(autouse=True)
def request_context(site: Flask) -> Iterator[None]:
    with site.test_request_context("/"):
        yield


def hidden(form: NewTeam | ChangedTeam, name: str) -> str:
    """The hidden input called `name`."""
    found = re.search(f'name="{name}" value="([^"]*)"', form.hidden_fields())
    assert found is not None, f"the form has no hidden input called {name}"
    return found[1]


def new_team(**typed: str) -> NewTeam:
    return NewTeam(
        MultiDict(
            {"csrf_token": generate_csrf(), "submission_key": hidden(NewTeam(), "submission_key"), **typed}
        )
    )


def test_a_complete_form_parses_to_one_typed_value() -> None:
    form = new_team(name=" Goldington ")
    assert form.validate()
    assert form.value() == "Goldington"


def changed_shifts(**typed: str) -> ChangedShifts:
    sent = {"csrf_token": generate_csrf(), "version": "3", "shift": "late", "is_armed": "no", **typed}
    return ChangedShifts(MultiDict(sent))


def test_a_form_that_says_nothing_else_gives_keywords_and_the_version_that_was_seen() -> None:
    form = changed_shifts(days="1", is_split="yes")
    assert form.validate()
    assert form.value() == {
        "shift": Shift.LATE,
        "numbers": (1,),
        "is_armed": False,
        "is_split": True,
        "ends_on": None,
        "expected_version": 3,
    }


def test_what_is_left_empty_is_among_the_keywords() -> None:
    form = changed_shifts()
    assert form.validate()
    assert (form.value()["numbers"], form.value()["is_split"]) == ((), False)


@pytest.mark.parametrize(("is_armed", "words"), [(True, "They are armed"), (False, "They are not armed")])
def test_a_yes_or_no_of_a_record_is_chosen_and_worded(is_armed: bool, words: str) -> None:
    form = ChangedShifts(formdata=None, is_armed=is_armed)
    assert form.is_armed.in_words() == words


def test_a_yes_or_no_not_given_is_not_chosen() -> None:
    assert ChangedShifts(formdata=None).is_armed.data is None


def test_every_new_form_has_a_key_of_its_own() -> None:
    assert hidden(NewTeam(), "submission_key") != hidden(NewTeam(), "submission_key")


def test_a_refused_form_keeps_its_key() -> None:
    form = new_team(name="")
    form.validate()
    assert hidden(form, "submission_key") == form.submission_key.value


def test_a_form_that_lost_its_key_is_refused_and_given_another() -> None:
    form = new_team(name="Goldington", submission_key="x" * 36)
    assert not form.validate()
    assert form.error_list() == [
        {"text": "Part of this page was missing. Check what you typed and send it again."}
    ]
    assert re.fullmatch("[0-9a-f-]{36}", hidden(form, "submission_key"))


def test_the_key_has_the_same_name_in_every_form_of_a_page() -> None:
    assert hidden(NewTeam(prefix="second"), "submission_key")


def test_a_form_without_its_token_says_what_to_do() -> None:
    form = NewTeam(MultiDict({"name": "Goldington", "submission_key": hidden(NewTeam(), "submission_key")}))
    assert not form.validate()
    assert form.error_list() == [{"text": EXPIRED}]


def test_an_edited_record_carries_the_version_that_was_shown() -> None:
    assert hidden(ChangedTeam(name="Goldington", version="7"), "version") == "7"


def test_the_version_comes_back_as_a_number() -> None:
    form = ChangedTeam(MultiDict({"csrf_token": generate_csrf(), "version": "7", "name": "Goldington"}))
    assert form.validate()
    assert form.shown_version == 7


@pytest.mark.parametrize("version", ["", "seven", "-1", "9" * 40])
def test_a_form_without_a_true_version_is_refused(version: str) -> None:
    form = ChangedTeam(MultiDict({"csrf_token": generate_csrf(), "version": version, "name": "Goldington"}))
    assert not form.validate()


def test_a_refusal_goes_to_the_field_it_names() -> None:
    form = new_team(name="Goldington")
    form.validate()
    form.refuse(Refusal("There is a team of this name already: choose another.", field="name"))
    assert form.error_list() == [
        {"text": "There is a team of this name already: choose another.", "href": "#name"}
    ]
    assert "choose another" in form.name()


@pytest.mark.parametrize("field", [None, "unheard_of"])
def test_a_refusal_of_the_whole_entry_goes_to_the_summary(field: str | None) -> None:
    form = new_team(name="Goldington")
    form.validate()
    form.refuse(Refusal("The area closed yesterday: open a new one first.", field=field))
    assert "The area closed yesterday" in form.error_summary()


def test_a_form_without_errors_has_no_summary() -> None:
    assert NewTeam().error_summary() == ""


def test_a_query_without_answers_takes_its_defaults(site: Flask) -> None:
    with site.test_request_context("/?page=2"):
        form = Looking()
        assert form.validate()
        assert form.month.value == Month(2026, 5)


def test_a_query_reads_its_answers_from_the_address(site: Flask) -> None:
    with site.test_request_context("/?month-month=Oct&month-year=2026"):
        form = Looking()
        assert form.validate()
        assert form.month.value == Month(2026, 10)


def test_a_query_with_a_wrong_answer_is_refused_and_not_replaced_by_its_default(site: Flask) -> None:
    with site.test_request_context("/?month-month=13&month-year=2026"):
        form = Looking()
        assert not form.validate()
        assert form.month.data is None


def test_a_form_that_was_only_opened_is_not_validated(site: Flask) -> None:
    with site.test_request_context("/", method="GET"):
        form = NewTeam()
        assert not form.validate_on_submit()
        assert form.error_list() == []


def test_a_form_that_was_sent_is_read_from_the_request(site: Flask) -> None:
    key = hidden(NewTeam(), "submission_key")
    with site.test_request_context("/", method="POST", data={"name": "Castle", "submission_key": key}):
        form = NewTeam()
        form.validate_on_submit()
        assert form.value() == "Castle"


def test_a_field_given_nothing_does_not_fall_back_to_its_default() -> None:
    assert NewTeam(submission_key=None).submission_key.data is None
