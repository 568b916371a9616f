"""The law of documents: what kinds there are, and in which order their days lie."""

from datetime import date
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.limits import check_day, check_name
from npt.kit.refusals import Refusal

#: All versions of one document together, in bytes. Ours.
MOST_BYTES = 100 * 1024 * 1024
#: In characters.
ABOUT_LENGTH = 300


class DocumentKind(Enum):
    """What a document is."""

    PLAN = "plan"
    STRATEGY = "strategy"
    ASSESSMENT = "assessment"
    PROTOCOL = "protocol"
    MINUTES = "minutes"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The kind as a list says it."""
        return self.value.capitalize()


class DaysOutOfOrder(Refusal):
    """A document ends before it begins, or is to be reviewed before it was written."""


class AboutTooLong(Refusal):
    """What a document is, or what changed in it, takes more than a sentence or two."""


def check_document(
    title: str,
    about: str,
    *,
    dated_on: date,
    valid_from: date | None,
    valid_to: date | None,
    review_on: date | None,
) -> None:
    """Refuse what cannot be said of a document: BadName, AboutTooLong, DayOutOfRange, DaysOutOfOrder."""
    check_name(title, "title")
    check_sentence(about, "about")
    for field, day in (
        ("dated_on", dated_on),
        ("valid_from", valid_from),
        ("valid_to", valid_to),
        ("review_on", review_on),
    ):
        check_day(day, field)
    first = valid_from or dated_on
    if valid_to is not None and valid_to < first:
        raise DaysOutOfOrder(
            f"It would be valid until a day before {day_in_words(first)}: give a later day, or none.",
            field="valid_to",
        )
    if review_on is not None and review_on < dated_on:
        raise DaysOutOfOrder(
            f"The review lies before the day of the document, {day_in_words(dated_on)}: give a later day.",
            field="review_on",
        )


def check_sentence(text: str, field: str) -> None:
    """Refuse (AboutTooLong) more than 300 characters."""
    if len(text) > ABOUT_LENGTH:
        raise AboutTooLong(
            f"This has {len(text):,} characters: use {ABOUT_LENGTH} at most.",
            field=field,
        )


def review_is_due(review_on: date | None, withdrawn_on: date | None, today: date) -> bool:
    """Whether the review of a document is due: it stands, and its day has come."""
    return withdrawn_on is None and review_on is not None and review_on <= today
