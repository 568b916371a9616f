"""What was lost by abstraction, what its manager said of it, and a report that waits for the sergeant.

The report of 2008 tells of none of this: all of it is ours.
"""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.counting.queries import default_definition
from npt.demonstration.calendar import Calendar, at
from npt.demonstration.chance import stream
from npt.kit.paging import Page
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.queries import member_of_account
from npt.people.rules import PolicingRole, group_of
from npt.reporting.actions import Seen, report_abstraction, review_abstraction
from npt.reporting.queries import ReviewLine, review_page
from npt.reporting.rules import AbstractionFacts, Verdict
from npt.shifts.actions import Lost, keep_loss
from npt.shifts.models import Shift
from npt.shifts.rules import LossKind

#: Who notes, judges and reports, by the addresses with which they sign in.
_SERGEANT, _MANAGER, _PCSO = (
    f"{role.value}@demo.example" for role in (Role.SERGEANT, Role.MANAGER, Role.PCSO)
)
#: What is lost, how often, and the words for it.
_LOST = (
    (LossKind.PATROL, 5, ("Town centre, evening", "Estate, after school", None)),
    (LossKind.VISIT, 3, ("Victim of a burglary, second visit", None)),
    (LossKind.SURGERY, 2, ("Library, monthly surgery", "Residents’ association")),
    (LossKind.ACTION, 2, ("Speed check outside the school", "Letters about parking")),
    (LossKind.OTHER, 1, ("Joint visit with the housing officer",)),
)
#: The chance that a loss is noted of an abstraction.
_NOTED = 0.25
#: What the manager said at the last review: verdict, chance, words. The rest is not reviewed.
_SAID = (
    (Verdict.APPROPRIATE, 0.5, None),
    (Verdict.AVOIDABLE, 0.15, "Response had people of its own on duty"),
)


def lose(session: Session, bcu: Unit, seed: int, calendar: Calendar) -> None:
    """Note losses of the last two full months of `bcu`, and review the last but for what is left open."""
    now = at(calendar.today, 9)
    noted_by = existing_account(session, _SERGEANT).id
    chance = stream(seed, "losing", bcu.code)
    kinds = [kind for kind in _LOST for _ in range(kind[1])]
    months = calendar.last_full_months[-2:]
    for month in months:
        for line in _abstractions(session, bcu, month.first, month.last):
            if chance.random() < _NOTED:
                kind, _, words = chance.choice(kinds)
                record = line.record
                keep_loss(
                    session,
                    stamp=Stamp(noted_by, now),
                    member_id=record.member_id,
                    starts=record.interval.starts,
                    lost=Lost(kind, chance.choice(words)),
                )
    said: dict[Verdict, dict[int, Seen]] = {verdict: {} for verdict, _, _ in _SAID}
    for line in _abstractions(session, bcu, months[-1].first, months[-1].last):
        luck = chance.random()
        for verdict, share, _ in _SAID:
            if 0 <= luck < share:
                said[verdict][line.record.id] = Seen(line.record.version, line.turn)
            luck -= share
    by = existing_account(session, _MANAGER).id
    for verdict, _, why in _SAID:
        if said[verdict]:
            review_abstraction(
                session, stamp=Stamp(by, now), unit=bcu, verdict=verdict, why=why, seen=said[verdict]
            )


def report(session: Session, calendar: Calendar) -> None:
    """Let the PCSO with an account have reported that a scene needs them, if they have a shift today."""
    account = existing_account(session, _PCSO)
    member = member_of_account(session, account.id)
    if member is None:
        raise LookupError(f"{_PCSO} belongs to no member: link the account first")
    shift = session.scalar(select(Shift).where(Shift.member_id == member.id, Shift.on_date == calendar.today))
    if shift is not None:
        starts = shift.starts_at + timedelta(hours=2)
        report_abstraction(
            session,
            stamp=Stamp(account.id, starts),
            member=member,
            shift_id=shift.id,
            facts=AbstractionFacts(
                starts=starts,
                ends=None,
                reason="scene-guard",
                note=None,
                lost=Lost(LossKind.PATROL, "Town centre"),
            ),
        )


def _abstractions(session: Session, bcu: Unit, first: date, last: date) -> tuple[ReviewLine, ...]:
    """The abstraction that counts, in the order of days and times."""
    definition = default_definition(session)
    roles = [role for role in PolicingRole if group_of(role) is not None]
    return review_page(
        session, bcu.path, first, last, roles=roles, definition=definition, page=Page.whole()
    ).lines
