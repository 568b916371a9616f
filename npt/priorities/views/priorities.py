"""The priorities of a team; of a wider unit what there is and what waits, team by team."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.priorities import queries
from npt.priorities.forms import ListForm
from npt.priorities.models import Priority
from npt.priorities.queries import Counts, Sought
from npt.priorities.rules import MOST_OPEN, WANTED, OriginatorKind
from npt.priorities.views.door import (
    LIST,
    address_of,
    keeps,
    list_address,
    pages,
    said_in_the_street,
    units_above,
)
from npt.priorities.wording import TONES, place_of, state_in_words
from npt.webkit.asked import asked_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read(LIST, needs=Permission.SEE_PROBLEMS, within="code")
def priorities(visit: Visit[Unit]) -> Answer:
    """What the team is to solve, who leads it, and how it stands with whoever raised it."""
    form = ListForm()
    form.offer(queries.months_of_closing(visit.session, visit.place))
    form.validate()
    sought, ending, month = form.asked()
    found = queries.priorities_listed(
        visit.session, visit.place, sought, asked_page(), today=visit.today, month=month, ending=ending
    )
    kinds = queries.first_kinds(visit.session, found.rows)
    is_team = visit.place.level is Level.TEAM
    counts = (
        [] if visit.place.level in _NARROW else queries.counts_under(visit.session, visit.place, visit.today)
    )
    totals = queries.total_at(visit.session, visit.place, visit.today)
    return visit.render(
        form=form,
        table=Table(
            sought.wording,
            _columns(visit, kinds, is_closed=sought in (Sought.CLOSED, Sought.NOT_ACCEPTED)),
            found,
            href=address_of,
            noun="priorities",
            file=f"priorities-{visit.place.code}-{visit.today}",
        ),
        teams=Table("Team by team", _TEAMS, counts, href=lambda each: list_address(each.team.code)),
        facts=_facts(visit, totals),
        is_team=is_team,
        said=said_in_the_street(visit),
        wanted=WANTED if is_team and totals[Sought.PRESENT] < WANTED else 0,
        may_propose=is_team and keeps(visit) and visit.place.stands_on(visit.today),
        most=MOST_OPEN,
        left_behind=_left_behind(visit),
        above=units_above(visit),
    )


_NARROW = (Level.TEAM, Level.NEIGHBOURHOOD)


def _left_behind(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The closed teams here with priorities that somebody has to carry over, and where that is done."""
    if not keeps(visit):
        return []
    return [
        (unit.name, url_for("priorities.carry", code=unit.code))
        for unit in queries.teams_with_left_behind(visit.session, visit.place.path, as_at=visit.today)
    ]


def _columns(
    visit: Visit[Unit], kinds: Mapping[int, OriginatorKind], *, is_closed: bool
) -> Columns[Priority]:
    today = visit.today
    team: Columns[Priority] = (
        () if visit.place.level is Level.TEAM else (coded("Team", lambda each: each.unit),)
    )
    dates: Columns[Priority] = (
        (Column("Closed on", lambda each: each.closed_on),)
        if is_closed
        else (
            Column(
                "Look again by",
                lambda each: each.review_due_on,
                unknown="not agreed",
                tone=lambda each: "caution" if each.is_overdue(today) else "",
            ),
        )
    )
    return (
        Column(
            "Priority",
            lambda each: each.title,
            holds_words=True,
            below=lambda each: f"{each.reference}, {place_of(each)}",
        ),
        Column(
            "State",
            state_in_words,
            tone=lambda each: TONES[each.state],
            below=lambda each: _refused(each),
        ),
        Column("Ref", lambda each: each.reference, is_on_page=False),
        *team,
        Column("Raised by", lambda each: kinds.get(each.id), unknown="nobody named"),
        Column("Lead", lambda each: None if each.lead is None else each.lead.name, unknown="nobody yet"),
        Column(
            "Problem record",
            lambda each: None if each.problem is None else each.problem.reference,
            unknown="none",
        ),
        Column("Agreed", lambda each: each.agreed_on, unknown="not yet"),
        *dates,
    )


def _refused(priority: Priority) -> str:
    if not priority.refusals or priority.closed_on is not None:
        return ""
    return "refused once" if priority.refusals == 1 else f"refused {priority.refusals} times"


def _count(heading: str, sought: Sought) -> Column[Counts]:
    return Column(
        heading,
        lambda each: each.of(sought),
        is_number=True,
        name=sought.value.replace("-", "_"),
        href=lambda each: _list_of(each, sought) if each.of(sought) else "",
        about=lambda each: f"{sought.wording.lower()}, {each.team.name}",
        tone=lambda each: "caution" if sought is not Sought.PRESENT and each.of(sought) else "",
    )


def _list_of(counts: Counts, sought: Sought) -> str:
    shown = {} if sought is Sought.PRESENT else {"show": sought.value}
    return list_address(counts.team.code, **shown)


_TEAMS: Columns[Counts] = (
    coded("Team", lambda each: each.team),
    _count("Present", Sought.PRESENT),
    _count("No record", Sought.WITHOUT_RECORD),
    _count("Overdue", Sought.OVERDUE),
    _count("Waiting", Sought.WAITING),
    _count("Refused", Sought.REFUSED),
    _count("Proposed", Sought.PROPOSED),
)


def _facts(visit: Visit[Unit], totals: Mapping[Sought, int]) -> list[dict[str, Any]]:
    """What there is and what waits, each with the list that it counts."""
    return [
        {
            "words": each.wording,
            "count": count,
            "href": url_for(
                "priorities.priorities",
                code=visit.place.code,
                **({} if each is Sought.PRESENT else {"show": each.value}),
            ),
        }
        for each, count in totals.items()
        if count or each is Sought.PRESENT
    ]
