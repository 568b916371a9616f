"""Five a day: how many people were asked, of those to be asked, and the days of which nothing is recorded."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from npt.engagement.queries import MemberDay, asking_days
from npt.engagement.rules import AskingState, summed
from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.rules import At, Behind, Better, CountedIn, Figure, Measure, RecordSeen
from npt.organisation.models import Unit

#: Of so many months at the end of those asked for it is worked out: each takes a look at every day of every
#: member. Of an earlier month it is given where that is asked for by itself.
MOST_MONTHS = 2

ASKED = Measure(
    code="five-a-day",
    name="Five a day",
    definition="People spoken to by those who have a target of people to ask on each day of duty, out of the"
    " people they were to ask, in the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Do teams ask people every day what matters to them?",
    owner="the sergeant of the team",
    target=100,
)
MISSING = Measure(
    code="returns-missing",
    name="Missing returns",
    definition="Days of duty on which somebody was to ask people and nothing is recorded, neither a contact"
    " nor that nobody was asked, out of all days on which somebody was to ask.",
    counted_in=CountedIn.SHARE,
    better=Better.LOWER,
    question="Is a day on which nobody was asked told from one of which nothing is recorded?",
    owner="the sergeant of the team",
    target=0,
)
MEASURES: tuple[Measure, ...] = (ASKED, MISSING)
_NO_TARGET = "Nobody was to ask anybody in the month: no target applied to anybody on duty."


def figures(session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
    """Seven statements."""
    found: dict[str, dict[At, Figure]] = {ASKED.code: {}, MISSING.code: {}}
    months = asked.months[-MOST_MONTHS:]
    for early in asked.months[:-MOST_MONTHS]:
        for unit in asked.units:
            for of_code in found.values():
                of_code[unit.path, early] = Figure(
                    None, why_unknown="Open this month by itself: it takes a look at every day of duty."
                )
    if not months:
        return found
    days = asking_days(session, asked.path, months[0].first, asked.day_of(months[-1]))
    for month in months:
        here = [each for each in days if Month.of(each.on) == month]
        for unit in asked.units:
            sums = summed(each.day for each in here if each.unit.path.startswith(unit.path))
            at = unit.path, month
            found[ASKED.code][at] = Figure(sums.asked, sums.expected, why_unknown=_why(sums.expected))
            found[MISSING.code][at] = Figure(
                sums.of(AskingState.NOT_RECORDED),
                sums.expected_days,
                why_unknown=_why(sums.expected_days),
            )
    return found


def _why(of: int) -> str:
    return "" if of else _NO_TARGET


def records(session: Session, code: str, unit: Unit, month: Month, asked: Asked) -> Iterator[RecordSeen]:
    """The units, with what their members asked of what they were to ask, or their days without a word."""
    by_unit: dict[int, list[MemberDay]] = {}
    for each in asking_days(session, unit.path, month.first, asked.day_of(month)):
        by_unit.setdefault(each.unit.id, []).append(each)
    for unit_id in sorted(by_unit):
        counted, of = _counted(code, by_unit[unit_id])
        if counted or of:
            yield RecordSeen("unit", unit_id, f"{counted} of {of}")


def _counted(code: str, days: Sequence[MemberDay]) -> tuple[int, int]:
    sums = summed(each.day for each in days)
    if code == ASKED.code:
        return sums.asked, sums.expected
    return sums.of(AskingState.NOT_RECORDED), sums.expected_days


def behind(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    """The days of the month, by team or member."""
    values = {} if code == ASKED.code else {"show": AskingState.NOT_RECORDED.value}
    return Behind("engagement.five_a_day", {"code": unit.code, "month": month, **values})
