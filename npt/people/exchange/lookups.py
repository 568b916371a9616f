"""Whom the texts of files name."""

from collections.abc import Collection, Mapping
from operator import attrgetter

from sqlalchemy.orm import Session

from npt.data_protection.queries import erased_among
from npt.data_protection.rules import erased_in_words
from npt.people.queries import members_numbered
from npt.store.rows import Lookup


def erased_numbers(session: Session, numbers: Collection[str]) -> Mapping[str, str]:
    """Which of these numbers were an erased member's, with what is wrong and the cure."""
    return {
        number: f"Member {erased_in_words(number, erasure.erased_at)}: remove the row."
        for number, erasure in erased_among(session, "member", numbers).items()
    }


MEMBERS_NUMBERED = Lookup(
    members_numbered,
    "There is no member {}: correct the number, or import the member first.",
    attrgetter("number"),
    erased_numbers,
)
