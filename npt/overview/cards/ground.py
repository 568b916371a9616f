"""The place itself: its priority class, where it stands in the structure, and the pages of the unit."""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.organisation.queries import predecessors, priorities_under, successors
from npt.organisation.rules import Lineage
from npt.organisation.wording import class_in_words
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.webkit.addresses import address
from npt.webkit.filters import day
from npt.webkit.parts import Link


def priority(patch: Patch) -> Card | None:
    """The priority class with its reason, who reviewed it, and when it is due again."""
    place, today = patch.place, patch.today
    if not patch.may(Permission.SEE_STAFFING):
        return None
    href = url_for("organisation.priorities", code=place.code)
    found = priorities_under(patch.session, place, as_at=today)
    overdue = [each for each in found if each.is_overdue(today)]
    if not patch.is_neighbourhood:
        classes = sorted({each.neighbourhood.priority_class or 9 for each in found})
        facts = [
            Fact(str(count), "not classified" if rank == 9 else f"priority {rank}", href)
            for rank in classes
            for count in (sum((each.neighbourhood.priority_class or 9) == rank for each in found),)
        ]
        late = [Fact(str(len(overdue)), "to review", href, is_flagged=True)] if overdue else []
        return Card("Priority classes", href, "Classes and reasons", [*facts, *late])
    if not found:
        return None
    (standing,) = found
    review = standing.review
    words = class_in_words(place.priority_class)
    marks = [("review overdue", "caution")] if overdue else []
    said = "Not reviewed yet." if review is None else review.reason
    when = f"Review due {day(standing.due_on)}"
    by = "" if review is None else f"Reviewed by {review.reviewed_by.name}, {day(review.reviewed_on)}. "
    may_review = patch.may(Permission.REVIEW_BOUNDARIES)
    return Card(
        "Priority class",
        href,
        "Reviews",
        lines=[Line(words[0].upper() + words[1:], "", f"{by}{when}.", marks)],
        words=said,
        more=[Link("Review it", url_for("organisation.review_priority", code=place.code))]
        if may_review
        else (),
    )


def about(patch: Patch) -> Card | None:
    """When it opened, from whom it took over, and the other pages of the unit."""
    place = patch.place
    lines = [Line(f"Open since {day(place.opened_on)}")]
    for words, units in (
        ("Took over from", predecessors(patch.session, place)),
        ("Taken over by", successors(patch.session, place)),
    ):
        lines += [
            Line(f"{words} {unit.name} ({unit.code})", url_for("overview.unit", code=unit.code))
            for unit in units
            if patch.visit.may(Permission.SEE_UNITS, unit.path)
        ]
    structure = url_for("organisation.structure", code=place.code)
    return Card(
        "About this " + place.level.wording, structure, "Structure", lines=lines, more=list(_pages(patch))
    )


def _pages(patch: Patch) -> Iterator[Link]:
    """The other pages of the unit that the reader may open."""
    path, code = patch.place.path, patch.place.code
    month = Month.of(patch.today)
    ways: tuple[tuple[Permission, str, str, dict[str, Any]], ...] = (
        (
            Permission.SEE_STAFFING,
            "Staffing and abstraction this month",
            "performance.month",
            {"month": month},
        ),
        (Permission.SEE_STAFFING, "Strength and establishment", "staffing.staffing", {}),
        (Permission.SEE_STAFFING, "Vacancies", "staffing.vacancies", {}),
        (Permission.SEE_STAFFING, "Training", "training.training", {}),
        (Permission.SEE_MEMBERS, "Members", "people.members", {}),
        (Permission.MANAGE_ACCOUNTS, "Accounts and roles", "people.accounts", {}),
    )
    yield from _review(patch)
    for needs, words, endpoint, named in ways:
        if patch.visit.may(needs, path):
            yield Link(words, url_for(endpoint, code=code, **named))


def _review(patch: Patch) -> Iterator[Link]:
    """Where boundaries are reviewed: of a neighbourhood at the widest of its area and its team."""
    lineage = Lineage.parse(patch.place.path)
    places = [lineage] if not patch.is_neighbourhood else lineage.ancestors[2:]
    for place in places:
        if patch.visit.may(Permission.REVIEW_BOUNDARIES, place.path):
            chosen = {"places": patch.place.code} if patch.is_neighbourhood else {}
            yield Link("Review of boundaries", address("reorganisation.review", code=place.code, **chosen))
            return
