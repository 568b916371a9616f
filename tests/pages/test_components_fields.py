"""Form fields: what they read, what they refuse and how they show what was typed."""

import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from npt.kit.months import Month
from npt.webkit import fields
from npt.webkit.fields.text import clean_line
from npt.webkit.forms import Form
from tests.pages.style_guide import style_guide


class Sample(Form[None]):
    """One field of each kind."""

    class Meta:
        csrf = False

    title = fields.TextField("Title", limit=10, missing="Enter a title")
    note = fields.TextAreaField("Note", limit=40, missing=None)
    email = fields.EmailField("Email", missing=None)
    password = fields.PasswordField("Password", missing=None)
    on = fields.DateField(
        "Which day?",
        noun="The start date",
        missing=None,
        earliest=date(2026, 1, 1),
        latest=date(2026, 12, 31),
    )
    month = fields.MonthField("Month", noun="The month", missing=None)
    at = fields.TimeField("Away from", noun="The start", missing=None)
    posts = fields.IntegerField("Posts", lowest=0, highest=500, missing=None)
    fte = fields.DecimalField("FTE", places=2, lowest=Decimal("0.01"), highest=Decimal(1), missing=None)
    reason = fields.RadiosField(
        "Reason",
        choices=[fields.Choice("event", "Event"), fields.Choice("other", "Other", "Say what")],
        missing=None,
    )
    members = fields.CheckboxesField(
        "Members", choices=[fields.Choice("1", "One"), fields.Choice("2", "Two")], missing=None
    )


@pytest.fixture(scope="module")
def site() -> Flask:
    return style_guide()


@pytest.fixture(autouse=True)
def request_context(site: Flask) -> Iterator[None]:
    with site.test_request_context("/"):
        yield


def sent(**typed: str) -> Sample:
    """The form as sent with `typed` (two underscores stand for the hyphen of a part), after validation."""
    form = Sample(
        MultiDict({"title": "Fine", **{name.replace("__", "-"): text for name, text in typed.items()}})
    )
    form.validate()
    return form


def refusal(name: str, **typed: str) -> str:
    """The message on field `name`."""
    return " ".join(sent(**typed)[name].errors)


def test_an_empty_field_that_is_needed_asks_for_it_in_its_own_words() -> None:
    assert refusal("title", title="  ") == "Enter a title"


def test_a_text_is_trimmed() -> None:
    assert sent(title="  Market ").title.value == "Market"


def test_a_text_over_its_limit_says_how_long_it_is() -> None:
    assert refusal("title", title="x" * 12) == "Title must be 10 characters or fewer: it has 12."


def test_a_text_at_its_limit_is_taken() -> None:
    assert sent(title="x" * 10).title.value == "x" * 10


@pytest.mark.parametrize("mark", ["\u202e", "\u202a", "\u2066"])
def test_marks_that_turn_text_round_are_refused(mark: str) -> None:
    assert "hidden marks" in refusal("title", title=f"ab{mark}cd")


def test_a_nul_character_is_refused_by_its_number() -> None:
    assert "U+0000" in refusal("title", title="a\0b")


def test_letters_written_from_right_to_left_are_welcome() -> None:
    assert sent(title="مريم").title.value == "مريم"


@given(st.text())
def test_a_cleaned_line_is_one_line_that_can_be_stored_and_cleaned_again(text: str) -> None:
    try:
        line = clean_line(text)
    except ValueError:
        return
    line.encode()
    assert "\n" not in line
    assert "\0" not in line
    assert clean_line(line) == line


def test_paragraphs_keep_their_line_ends_as_one_character() -> None:
    assert sent(note="one\r\ntwo").note.value == "one\ntwo"


def test_a_paragraph_is_shown_again_exactly_as_typed() -> None:
    assert ">one\r\n  two</textarea>" in sent(note="one\r\n  two").note()


def test_what_was_refused_is_shown_again() -> None:
    assert 'value="31st"' in sent(on__day="31st", on__month="5", on__year="2026").on()


def test_a_password_keeps_its_spaces() -> None:
    assert sent(password=" secret ").password.value == " secret "


def test_a_password_is_never_shown_again() -> None:
    assert "secret" not in sent(password="secret").password()


@pytest.mark.parametrize("address", ["sergeant", "a b@demo.example", "a@demo", "a@@demo.example"])
def test_what_cannot_be_an_address_is_refused(address: str) -> None:
    assert "must be an email address" in refusal("email", email=address)


@pytest.mark.parametrize("month", ["5", "05", "May", "may"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert sent(on__day="4", on__month=month, on__year="2026").on.value == date(2026, 5, 4)


def test_a_month_may_be_shortened_as_people_do() -> None:
    assert sent(month__month="Sept", month__year="2026").month.value == Month(2026, 9)


def test_a_month_shortened_until_it_could_be_two_is_refused() -> None:
    assert "the month must be" in refusal("month", month__month="ju", month__year="2026")


def test_a_date_without_a_part_names_the_part() -> None:
    assert refusal("on", on__day="4", on__month="", on__year="") == (
        "The start date must include a month and a year."
    )


def test_a_day_that_the_month_does_not_have_says_how_many_it_has() -> None:
    assert refusal("on", on__day="31", on__month="6", on__year="2026") == (
        "The start date: June 2026 has only 30 days."
    )


def test_a_leap_day_is_only_refused_in_a_common_year() -> None:
    assert "February 2026 has only 28 days" in refusal("on", on__day="29", on__month="2", on__year="2026")
    assert sent(month__month="2", month__year="2028").month.value == Month(2028, 2)


@pytest.mark.parametrize("year", ["26", "0000", "20260", "two", "２０２６"])
def test_a_year_without_four_plain_digits_is_refused(year: str) -> None:
    assert "the year must have four digits" in refusal("on", on__day="4", on__month="5", on__year=year)


def test_a_date_out_of_bounds_says_the_bound() -> None:
    assert refusal("on", on__day="1", on__month="1", on__year="2027") == (
        "The start date must be 31 December 2026 or earlier."
    )
    assert refusal("on", on__day="31", on__month="12", on__year="2025") == (
        "The start date must be 1 January 2026 or later."
    )


def test_only_the_wrong_part_of_a_date_is_marked_and_linked() -> None:
    field = sent(on__day="4", on__month="13", on__year="2026").on
    assert field.focus_id == "on-month"
    assert field().count("govuk-input--error") == 1


def test_an_action_that_refuses_a_date_marks_all_its_parts() -> None:
    field = sent(on__day="4", on__month="5", on__year="2026").on
    field.refuse("The team is closed on this day.")
    assert field.focus_id == "on-day"
    assert field().count("govuk-input--error") == 3


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_day_is_shown_as_it_can_be_typed(day: date) -> None:
    day_typed, month_typed, year_typed = Sample(on=day).on.texts()
    assert sent(on__day=day_typed, on__month=month_typed, on__year=year_typed).on.value == day


@pytest.mark.parametrize("typed", ["7:30", "07:30", "07.30", "0730", " 07:30 "])
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    assert sent(at=typed).at.value == time(7, 30)


@pytest.mark.parametrize(
    "typed", ["18", "1800", "18.00", "18:00", "6pm", "6 PM", "6 p.m.", "6.00 pm", "6:00pm", "06 pm", "0600pm"]
)
def test_six_in_the_evening_is_read_however_it_is_typed(typed: str) -> None:
    assert sent(at=typed).at.value == time(18)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("6.30 pm", time(18, 30)), ("6.30 am", time(6, 30)), ("06", time(6)), ("10", time(10)), ("0", time(0))],
)
def test_a_time_on_either_clock_is_read_as_it_is_meant(typed: str, meant: time) -> None:
    assert sent(at=typed).at.value == meant


@pytest.mark.parametrize(("typed", "meant"), [("12.30pm", time(12, 30)), ("12.30am", time(0, 30))])
def test_past_noon_and_past_midnight_are_told_apart(typed: str, meant: time) -> None:
    assert sent(at=typed).at.value == meant


def test_an_hour_of_either_half_of_the_day_is_asked_about() -> None:
    assert refusal("at", at="6") == (
        "The start could be 06:00 or 18:00: write it on the 24-hour clock, or 6am or 6pm."
    )
    for typed in ("12am", "12 pm", "12:00pm"):
        assert refusal("at", at=typed) == "The start could be noon or midnight: write 12:00 or 00:00."
    for typed in ("18pm", "0am", "6.60pm"):
        assert refusal("at", at=typed) == ("The start: before am or pm write 1 to 12, like 6pm or 6.30pm.")


@pytest.mark.parametrize("typed", ["25:00", "12:60", "99:99", "25"])
def test_a_time_that_no_clock_shows_is_refused(typed: str) -> None:
    assert refusal("at", at=typed) == "The start must be from 00:00 to 23:59."


def test_midnight_at_the_end_of_a_day_is_explained() -> None:
    assert refusal("at", at="24:00") == "The start: write midnight as 00:00."


@pytest.mark.parametrize("typed", ["noon", "7", "7:3", "730", "٠٧:٣٠"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert "24-hour clock" in refusal("at", at=typed)


def test_a_number_may_have_commas_between_its_thousands() -> None:
    assert sent(posts="0,500").posts.value == 500


@pytest.mark.parametrize("typed", ["7,5", "0,5", "12,00", "1,2,3", "4,5000", ",500", "500,"])
def test_a_comma_elsewhere_in_a_whole_number_is_refused(typed: str) -> None:
    assert refusal("posts", posts=typed) == "Posts must be a whole number, like 12."


@pytest.mark.parametrize("typed", ["1e309", "NaN", "1.5", "9" * 5000, "٣", "--1"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert refusal("posts", posts=typed) == "Posts must be a whole number, like 12."


@pytest.mark.parametrize("typed", ["-1", "501"])
def test_a_number_out_of_range_says_the_range(typed: str) -> None:
    assert refusal("posts", posts=typed) == "Posts must be from 0 to 500."


@pytest.mark.parametrize("typed", ["1e309", "NaN", "Infinity", "half", "."])
def test_what_is_no_decimal_is_refused(typed: str) -> None:
    assert refusal("fte", fte=typed) == "FTE must be a number, like 0.5."


@pytest.mark.parametrize(("typed", "fte"), [("0,5", "0.5"), (",25", "0.25"), ("0,500", "0.5")])
def test_a_decimal_comma_is_read_as_one(typed: str, fte: str) -> None:
    assert sent(fte=typed).fte.value == Decimal(fte)


def test_a_comma_that_may_part_thousands_is_refused_with_both_readings() -> None:
    message = "FTE: “1,200” can be read in two ways: write 1200 or 1.2."
    assert refusal("fte", fte="1,200") == message


def test_a_decimal_with_too_many_places_is_refused_rather_than_rounded() -> None:
    assert refusal("fte", fte="0.505") == "FTE must have at most 2 decimal places."


def test_zero_is_shown_as_zero() -> None:
    assert 'value="0"' in Sample(posts=0).posts()


def test_a_choice_that_is_not_offered_is_refused() -> None:
    assert refusal("reason", reason="holiday") == "Reason: choose one from the list."


def test_boxes_are_read_in_the_order_of_the_list() -> None:
    form = Sample(MultiDict([("title", "Fine"), ("members", "2"), ("members", "1")]))
    assert form.validate()
    assert form.members.value == ("1", "2")


def test_a_box_that_is_not_offered_is_refused() -> None:
    form = Sample(MultiDict([("title", "Fine"), ("members", "2"), ("members", "9")]))
    assert not form.validate()
    assert list(form.members.errors) == [
        "Members: something that you ticked is no longer in the list. Check the boxes that are still ticked,"
        " and send it again."
    ]


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "Note (optional)" in Sample().note()


def test_the_value_of_an_empty_field_cannot_be_taken_for_something() -> None:
    with pytest.raises(LookupError, match="note is empty"):
        _ = sent().note.value


@pytest.mark.parametrize(
    "name", ["title", "note", "email", "password", "on", "month", "at", "reason", "members"]
)
def test_the_link_of_an_error_reaches_something_to_type_into_or_choose(name: str) -> None:
    field: Any = Sample()[name]
    field.refuse("Not like this.")
    assert re.search(f'<(input|textarea)[^>]* id="{field.focus_id}"', field())


def test_an_error_on_a_list_without_choices_has_no_link() -> None:
    class Choosing(Form[None]):
        class Meta:
            csrf = False

        who = fields.CheckboxesField("Who?", missing="Choose somebody")

    form = Choosing(MultiDict())
    form.validate()
    assert form.error_list() == [{"text": "Choose somebody"}]


def test_a_label_is_text_and_never_markup() -> None:
    class Hostile(Form[None]):
        class Meta:
            csrf = False

        name = fields.TextField("<b>Name</b>", limit=90, missing=None)

    assert "<script>" not in Hostile(MultiDict({"name": '"><script>'})).name()
    assert "&lt;b&gt;Name" in Hostile().name()
