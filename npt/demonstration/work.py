"""Actions and clocks of the demonstration: four a team, more for the team that is shown; some are late."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.demonstration.calendar import at
from npt.demonstration.chance import stream
from npt.demonstration.partners import GROUP_OF_AREA
from npt.demonstration.places import SHOWN_TEAM
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.partners.queries import groups_on
from npt.people.models import Grant, Holder
from npt.people.queries import members_of
from npt.work.actions import pause_clock, start_clock
from npt.work.models import Action
from npt.work.rules import (
    SHIPPED,
    ActionState,
    ClockFacts,
    ClockKind,
    Measure,
    Owner,
    OwnerKind,
    Rule,
)

_WHAT = (
    "Ask the shops about the evenings",
    "Walk the estate with the housing officer",
    "Visit the school gates at closing time",
    "Speak to the licensees on the High Street",
    "Have the street lights by the underpass mended",
    "Take the burnt-out car to be removed",
    "Check the bail conditions on two evenings",
    "Write to the residents of the cul-de-sac",
    "Count the off-road bikes on the common",
    "Bring the youth workers to the skate park",
    "Ask for a lock on the garage court",
    "Meet the mosque committee about parking",
    "Hand out property marking kits",
    "Patrol the allotments at dusk",
    "Tell the caller what was done",
    "Put the alley gate on the council’s list",
)
_RESULTS = (
    "Done as agreed.",
    "Two residents were not in; the others were told.",
    "The council has it in hand.",
)
_FUNDING = ("Community safety fund", "Council’s small grants")
#: As many of the shown team.
_SHOWN = 24
#: How often an action is in each state; one that is still to be done, in each of the two.
_ALL = {ActionState.PLANNED: 5, ActionState.UNDER_WAY: 4, ActionState.DONE: 4, ActionState.DROPPED: 1}
_OPEN = {ActionState.PLANNED: 1, ActionState.UNDER_WAY: 1}
_A_TEAM = 4
#: Whose accounts own work beside the members and the agencies.
_ROLES = (Role.PARTNER, Role.COMMUNICATIONS, Role.COHESION, Role.CUSTOMER)
#: What waits on clocks of the shown team: what for, in words, and how long ago it started.
_CLOCKS = (
    (ClockKind.REPLY, "Answer to the letter about the underpass", timedelta(days=5)),
    (ClockKind.REPLY, "Answer to the shop’s email", timedelta(hours=20)),
    (ClockKind.COMPLAINT, "Complaint about a missed appointment", timedelta(days=20)),
    (ClockKind.PRIORITY, "Priority: off-road bikes on the common", timedelta(days=60)),
    (ClockKind.CALL_BACK, "Ring back about the stolen bicycle", timedelta(hours=70)),
)
_REVIEW = Rule(12, Measure.MONTHS)


def set_work(session: Session, force: Unit, seed: int, today: date) -> None:
    """Set the actions of every team of the force, and the clocks of the team that is shown."""
    now = at(today, 8)
    agencies, accounts = _agencies_by_group(session, today), _accounts_by_path(session)
    rows = []
    for team in units_under(session, force.path, as_at=today, level=Level.TEAM):
        chance = stream(seed, "work", team.code)
        members = [Owner(OwnerKind.MEMBER, each.member.id) for each in members_of(session, team.path, today)]
        if not members:
            continue
        group = next(group for area, group in GROUP_OF_AREA.items() if team.code.startswith(area))
        above = [owner for path, owner in accounts if team.path.startswith(path)]
        owners = agencies[group] + above
        if team.code != SHOWN_TEAM:
            rows += [_action(chance, team, members * 3 + owners, today, now) for _ in range(_A_TEAM)]
            continue
        held = select(Holder.member_id).order_by(Holder.member_id)
        shown = [each for each in _owned_by(session, OwnerKind.MEMBER, held) if each in members]
        # Whoever signs in has a few of their own, the first two of them still to be done.
        for number in range(_SHOWN):
            pick = [shown[number % len(shown)]] if number < 4 * len(shown) else owners
            states = _OPEN if number < 2 * len(shown) else _ALL
            rows.append(_action(chance, team, pick, today, now, states))
        _set_clocks(session, team, shown, today, now)
    for number, row in enumerate(rows, start=1):
        row["reference"] = f"A-{number}"
    # One statement, and so one entry of the journal.
    session.execute(insert(Action), rows)


def _action(
    chance: Random,
    team: Unit,
    owners: list[Owner],
    today: date,
    now: datetime,
    states: Mapping[ActionState, int] = _ALL,
) -> dict[str, Any]:
    """One action: half of them to come, some late, some done or dropped."""
    state = chance.choices(list(states), list(states.values()))[0]
    days = chance.randint(-12, 35) if state.is_open else chance.randint(-40, -1)
    due_on = today + timedelta(days=days)
    is_dear = chance.random() < 0.2
    return {
        "unit_id": team.id,
        "what": chance.choice(_WHAT),
        "due_on": due_on,
        "state": state,
        "ended_on": None if state.is_open else min(due_on + timedelta(days=chance.randint(-3, 4)), today),
        "result": chance.choice(_RESULTS) if state is ActionState.DONE else None,
        "cost_pence": chance.randint(2, 60) * 2_500 if is_dear else None,
        "funding": chance.choice(_FUNDING) if is_dear else None,
        "is_for_residents": chance.random() < 0.4,
        "set_at": now - timedelta(days=chance.randint(41, 60)),
        **chance.choice(owners).columns,
    }


def _owned_by(session: Session, kind: OwnerKind, asked: Select[int]) -> list[Owner]:
    return [Owner(kind, key) for key in session.scalars(asked)]


def _agencies_by_group(session: Session, today: date) -> dict[str, list[Owner]]:
    """The agencies of each group, which are those of its ground."""
    found: dict[str, list[Owner]] = {}
    for agency_id, groups in sorted(groups_on(session, today).items()):
        for group in groups:
            found.setdefault(group.code, []).append(Owner(OwnerKind.AGENCY, agency_id))
    return found


def _accounts_by_path(session: Session) -> list[tuple[str, Owner]]:
    """Those accounts that do more than read, each with the path of the unit for which it does."""
    asked = select(Unit.path, Grant.account_id).join(Unit, Unit.id == Grant.unit_id)
    asked = asked.where(Grant.role.in_(_ROLES)).order_by(Grant.account_id)
    return [(path, Owner(OwnerKind.ACCOUNT, key)) for path, key in session.execute(asked)]


def _set_clocks(session: Session, team: Unit, owners: list[Owner], today: date, now: datetime) -> None:
    """Clocks of which some are in breach, and one stands still."""
    for (kind, what, ago), owner in zip(_CLOCKS, _around(owners), strict=False):
        facts = ClockFacts(kind, what, owner, SHIPPED[kind], now - ago)
        clock = start_clock(session, unit=team, facts=facts, now=now, today=today)
        if kind is ClockKind.COMPLAINT:
            pause_clock(
                session,
                clock,
                at=now - timedelta(days=6),
                reason="Waiting for the person",
                expected_version=clock.version,
            )
    review = ClockFacts(
        ClockKind.REVIEW, "Review of the patrol plan", owners[0], _REVIEW, now - timedelta(days=30)
    )
    start_clock(session, unit=team, facts=review, now=now, today=today)


def _around(owners: list[Owner]) -> Iterator[Owner]:
    while True:
        yield from owners
