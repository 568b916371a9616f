"""What can be said of a document, and what cannot."""

from datetime import date

import pytest

from npt.documents.rules import AboutTooLong, DaysOutOfOrder, DocumentKind, check_document
from npt.kit.limits import BadName, DayOutOfRange
from npt.kit.refusals import Refusal

DAY = date(2026, 11, 16)


def check(
    title: str = "Plan",
    about: str = "What it is.",
    *,
    dated_on: date = DAY,
    valid_from: date | None = None,
    valid_to: date | None = None,
    review_on: date | None = None,
) -> None:
    check_document(
        title, about, dated_on=dated_on, valid_from=valid_from, valid_to=valid_to, review_on=review_on
    )


def test_a_document_may_hold_for_one_day_and_be_reviewed_on_it() -> None:
    check(valid_from=DAY, valid_to=DAY, review_on=DAY)
    check(valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 2))


@pytest.mark.parametrize(
    ("told", "refusal", "field"),
    [
        ({"title": " "}, BadName, "title"),
        ({"about": "x" * 301}, AboutTooLong, "about"),
        ({"dated_on": date(1899, 1, 1)}, DayOutOfRange, "dated_on"),
        ({"valid_to": date(2026, 11, 15)}, DaysOutOfOrder, "valid_to"),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2026, 12, 31)}, DaysOutOfOrder, "valid_to"),
        ({"review_on": date(2026, 11, 15)}, DaysOutOfOrder, "review_on"),
        ({"review_on": date(2200, 1, 1)}, DayOutOfRange, "review_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    told: dict[str, date | str], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        check(**told)  # type: ignore[arg-type]  # each by its own name
    assert refused.value.field == field


def test_every_kind_has_its_words() -> None:
    assert [kind.wording for kind in DocumentKind][:2] == ["Plan", "Strategy"]
