"""Whom the texts of files name."""

from operator import attrgetter

from npt.people.queries import members_numbered
from npt.store.rows import Lookup

MEMBERS_NUMBERED = Lookup(
    members_numbered,
    "There is no member {}: correct the number, or import the member first.",
    attrgetter("number"),
)
