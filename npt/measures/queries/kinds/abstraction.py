"""How much of the time on duty was taken from the neighbourhoods, and how much of that is confirmed."""

from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.queries import counts_under
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.kit.shares import Share
from npt.measures.queries.asked import Asked
from npt.measures.rules import At, Behind, Better, CountedIn, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.queries.rates import counted_in
from npt.performance.rules import NOTHING
from npt.shifts.models import Away, Confirmation, Reason, Shift
from npt.shifts.rules import ReasonKind

_GROUP_OF = {"abstraction-officers": RoleGroup.OFFICERS, "abstraction-pcsos": RoleGroup.PCSOS}
_CONFIRMED = "shifts-confirmed"

MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            code=code,
            name=f"Abstraction of {words}",
            definition=f"Minutes that {words} were taken from neighbourhood duty, by the definition named,"
            " out of their minutes on duty in the month.",
            counted_in=CountedIn.SHARE,
            better=Better.LOWER,
            question="Are neighbourhood teams kept on neighbourhood duty?",
            owner="the BCU manager",
            goes_by_definition=True,
            is_of_things=False,
            target=group.target,
            target_kept_at="that of every rate in the product, and is not changed here",
        )
        for code, group, words in (
            ("abstraction-officers", RoleGroup.OFFICERS, "officers"),
            ("abstraction-pcsos", RoleGroup.PCSOS, "PCSOs"),
        )
    ),
    Measure(
        code=_CONFIRMED,
        name="Shifts on confirmed days",
        definition="Shifts of officers and PCSOs on days that a supervisor has confirmed, out of all their"
        " shifts of the month.",
        counted_in=CountedIn.SHARE,
        better=Better.HIGHER,
        question="Can the abstraction figures be relied on?",
        owner="the sergeant of the team",
        target=90,
    ),
)


def figures(session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
    """Two statements."""
    sums = counted_in(session, asked.units, asked.first, asked.last, asked.definition)
    found: dict[str, dict[At, Figure]] = {measure.code: {} for measure in MEASURES}
    for unit in asked.units:
        for month in asked.months:
            at = unit.path, month
            of = {group: sums.get((*_key(unit, group), month), NOTHING) for group in RoleGroup}
            for code, group in _GROUP_OF.items():
                each = of[group]
                if each.denominator:
                    found[code][at] = Figure(each.lost, each.denominator, coverage=each.coverage)
            shifts = Share.total(each.coverage for each in of.values())
            if shifts.whole:
                found[_CONFIRMED][at] = Figure(shifts.part, shifts.whole)
    return found


def _key(unit: Unit, group: RoleGroup) -> tuple[str, str]:
    return unit.path, group.value


def records(session: Session, code: str, unit: Unit, month: Month, asked: Asked) -> Iterator[RecordSeen]:
    """The shifts: minutes rostered, absent, counted as lost; or whether the day of each is confirmed."""
    groups = [_GROUP_OF[code]] if code in _GROUP_OF else list(RoleGroup)
    roles = [role for role in PolicingRole if any(role in group.roles for group in groups)]
    here = (
        within(unit.path),
        Shift.on_date.between(month.first, month.last),
        Shift.role.in_(roles),
    )
    if code == _CONFIRMED:
        confirmed = select(Confirmation.unit_id).where(
            Confirmation.unit_id == Shift.unit_id, Confirmation.on_date == Shift.on_date
        )
        asked_for = select(Shift.id, confirmed.exists()).join(Unit, Unit.id == Shift.unit_id).where(*here)
        for shift_id, is_confirmed in session.execute(asked_for.order_by(Shift.id)):
            yield RecordSeen("shift", shift_id, "confirmed" if is_confirmed else "not confirmed")
        return
    absent = Reason.kind == ReasonKind.ABSENCE
    lost = counts_under(asked.definition, month.first, month.last)
    sums = (
        select(
            Shift.id,
            Shift.minutes,
            func.coalesce(func.sum(Away.minutes).filter(absent), 0),
            func.coalesce(func.sum(Away.minutes).filter(lost), 0),
        )
        .join(Unit, Unit.id == Shift.unit_id)
        .outerjoin(Away, Away.shift_id == Shift.id)
        .outerjoin(Reason, Reason.id == Away.reason_id)
        .where(*here)
        .group_by(Shift.id, Shift.minutes)
        .order_by(Shift.id)
    )
    for shift_id, minutes, away, taken in session.execute(sums):
        yield RecordSeen("shift", shift_id, f"{minutes} min, {int(away)} absent, {int(taken)} taken")


def behind(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    """The records of the rate, or the shifts that are confirmed or not."""
    of = {"group": _GROUP_OF[code].value} if code in _GROUP_OF else {"show": "shifts"}
    if code in _GROUP_OF and asked.definition.code != DEFAULT_DEFINITION:
        of["definition"] = asked.definition.code
    return Behind("performance.records", {"code": unit.code, "month": month, **of})
