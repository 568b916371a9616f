"""The pair of fields for a first and a last day: the same words wherever something holds for some days."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from npt.webkit.fields import FirstDayField, LastDayField
from npt.webkit.forms import Form
from tests.pages.style_guide import style_guide
from tests.visiting import plain


class Sample(Form[None]):
    """A span that may stay open, and one that may not."""

    class Meta:
        csrf = False

    starts_on = FirstDayField()
    ends_on = LastDayField()
    first = FirstDayField("From")
    last = LastDayField(is_needed=True, not_before="first")


@pytest.fixture(scope="module")
def site() -> Flask:
    return style_guide()


@pytest.fixture(autouse=True)
def request_context(site: Flask) -> Iterator[None]:
    with site.test_request_context("/"):
        yield


def sent(**days: str) -> Sample:
    """The form as sent with days like "4 5 2026", after validation."""
    typed = {
        f"{name}-{part}": text
        for name, day in days.items()
        for part, text in zip(("day", "month", "year"), day.split(), strict=True)
    }
    form = Sample(MultiDict(typed))
    form.validate()
    return form


def test_both_fields_say_the_same_everywhere() -> None:
    form = Sample()
    assert plain(str(form.starts_on())).split() == ["First", "day", "Day", "Month", "Year"]
    assert "Last day (optional)" in plain(str(form.ends_on()))
    assert "Leave blank if it applies until further notice." in plain(str(form.ends_on()))
    assert "optional" not in str(form.last())


def test_a_first_day_and_a_last_day_that_are_needed_are_asked_for() -> None:
    form = sent()
    assert (form.starts_on.errors, form.ends_on.errors) == (["Enter the first day."], [])
    assert form.last.errors == ["Enter the last day."]


def test_a_last_day_left_empty_reads_until_further_notice() -> None:
    form = sent(starts_on="4 5 2026")
    assert [form.starts_on.in_words(), form.ends_on.in_words()] == ["4 May 2026", "until further notice"]


@pytest.mark.parametrize(
    ("last", "errors"),
    [("3 5 2026", ["The last day must be the first day or later."]), ("4 5 2026", []), ("5 5 2026", [])],
)
def test_a_last_day_before_the_first_is_refused_where_nobody_else_sees_to_it(
    last: str, errors: list[str]
) -> None:
    form = sent(starts_on="1 1 2026", first="4 5 2026", last=last)
    assert form.last.errors == errors
    assert form.first.value == date(2026, 5, 4)
