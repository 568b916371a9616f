"""What the team has agreed to solve, and how that stands with whoever raised it."""

from collections.abc import Iterator

from flask import url_for

from npt.access.rules import Permission
from npt.kit.paging import Page
from npt.organisation.rules import Level
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.priorities.queries import Sought, priorities_listed, total_at
from npt.priorities.rules import MOST_OPEN
from npt.priorities.views.door import address_of
from npt.priorities.wording import TONES, place_of, state_in_words
from npt.webkit.filters import day, number

_FLAGGED = (Sought.WITHOUT_RECORD, Sought.OVERDUE, Sought.REFUSED)


def agreed(patch: Patch) -> Card | None:
    """The present priorities by name, of a wider unit how many there are and what waits."""
    if not patch.may(Permission.SEE_PROBLEMS):
        return None
    is_near = patch.place.level in (Level.TEAM, Level.NEIGHBOURHOOD)
    found = priorities_listed(
        patch.session, patch.place, Sought.PRESENT, Page(1, MOST_OPEN), today=patch.today
    )
    return Card(
        "Priorities",
        url_for("priorities.priorities", code=patch.place.code),
        "All priorities",
        list(_facts(patch)),
        [
            Line(
                each.title,
                address_of(each),
                f"{place_of(each)}, agreed on {day(each.agreed_on)}",
                [(state_in_words(each), TONES[each.state])],
            )
            for each in found.rows
            if is_near
        ],
        "" if found.total else "Nothing is agreed yet.",
    )


def _facts(patch: Patch) -> Iterator[Fact]:
    counts = total_at(patch.session, patch.place, patch.today)
    href = url_for("priorities.priorities", code=patch.place.code)
    present = counts[Sought.PRESENT]
    if present:
        yield Fact(number(present), "priority" if present == 1 else "priorities", href)
    for sought in (*_FLAGGED, Sought.WAITING):
        if counts[sought]:
            address = url_for("priorities.priorities", code=patch.place.code, show=sought.value)
            words = sought.wording[0].lower() + sought.wording[1:]
            yield Fact(number(counts[sought]), words, address, is_flagged=sought in _FLAGGED)
