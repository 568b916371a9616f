"""Special constables and volunteers: how many against the plan, what they do, the time they give."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import day_in_words
from npt.kit.months import MONTH_NAMES, Month, thirteen_months_to
from npt.kit.shares import rounded_half_up
from npt.organisation.models import Unit
from npt.people.queries import seen_in
from npt.staffing import queries
from npt.staffing.actions import change_target, remove_target, set_target
from npt.staffing.forms import CorrectTargetForm, TargetForm
from npt.staffing.models import HeadsTarget
from npt.staffing.queries import Giver, RoleGiving
from npt.staffing.rules import planned_on
from npt.staffing.views.door import above, member_address, pages, role_as_heading, sections
from npt.webkit.as_at import AsAtForm
from npt.webkit.converters import KEY
from npt.webkit.filters import hours, number, plural
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.line_charts import LineChart, LineKind, Mark, Series, line_chart
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

HEADS_COLUMNS = (
    Column("Day"),
    Column("People", is_number=True),
    Column("Plan", is_number=True),
    Column("Against plan", is_number=True),
)
PLAN_COLUMNS = (Column("By"), Column("People", is_number=True))
GIVER_COLUMNS = (
    Column("Who"),
    Column("Unit"),
    Column("What they do"),
    Column("Time given", is_number=True, note="13 months"),
)


@dataclass(frozen=True, slots=True)
class GivingShown:
    """One role of people who give time, worded."""

    key: str
    title: str
    #: "130 special constables, 6 under the plan of 136"
    sentence: str
    chart: LineChart
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    targets: Sequence[HeadsTarget]
    work_columns: tuple[Column, ...]
    #: work, minutes of each month shown, and of all thirteen
    work: tuple[tuple[str, tuple[str, ...]], ...]
    total: str


@dataclass(frozen=True, slots=True)
class GiverLine:
    """One special constable or volunteer, worded."""

    member: str
    href: str
    number: str
    role: str
    unit: str
    work: str
    time: str


@pages.read("/units/<code>/staffing/volunteers", needs=Permission.SEE_STAFFING, within="code")
def volunteers(visit: Visit[Unit]) -> Answer:
    """Special constables and volunteers of a unit: plan against actual, and the time they give."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    may_see = visit.may(Permission.SEE_MEMBERS, visit.place.path)
    givers = queries.givers(visit.session, visit.place.path, day) if may_see else []
    seen = seen_in(visit.session, visit.place.path, [giver.member.id for giver in givers], visit.today)
    may_plan = visit.may(Permission.MANAGE_MEMBERS, visit.place.path)
    return visit.render(
        form=form,
        day=day,
        roles=[_shown(each, day) for each in queries.giving(visit.session, visit.place, day)],
        givers=[_giver_line(visit, giver, seen) for giver in givers],
        heads_columns=HEADS_COLUMNS,
        plan_columns=PLAN_COLUMNS,
        giver_columns=GIVER_COLUMNS,
        may_plan=may_plan,
        may_enter=visit.may(Permission.RECORD_DUTY, visit.place.path),
        above=above(visit, day),
        sections=sections(visit, day),
        status=422 if form.has_errors else 200,
    )


def _shown(giving: RoleGiving, day: date) -> GivingShown:
    months = thirteen_months_to(Month.of(day))[-4:]
    work = [
        (
            line.work.wording,
            (*(hours(line.by_month.get(month, 0)) for month in months), hours(line.minutes)),
        )
        for line in giving.work
    ]
    short = [Column(f"{MONTH_NAMES[month.month - 1][:3]} {month.year}", is_number=True) for month in months]
    return GivingShown(
        key=giving.role.value,
        title=role_as_heading(giving.role),
        sentence=_sentence(giving, day),
        chart=_chart(giving, day),
        rows=tuple(_heads_row(giving, on, heads) for on, heads in reversed(giving.heads_by_day)),
        targets=giving.targets,
        work_columns=(Column("Work"), *short, Column("13 months", is_number=True)),
        work=tuple(work),
        total=hours(giving.minutes),
    )


def _planned(giving: RoleGiving, day: date) -> int | None:
    """The plan of a day in whole people, a half rounded up; None beyond the plan's dates."""
    planned = planned_on(giving.plan, day)
    return None if planned is None else int(rounded_half_up(planned, 0))


def _against(heads: int, planned: int | None) -> str:
    if planned is None:
        return "no plan"
    gap = heads - planned
    return "as planned" if gap == 0 else f"{abs(gap):,} {'over' if gap > 0 else 'under'}"


def _sentence(giving: RoleGiving, day: date) -> str:
    people = plural(giving.heads, giving.role.wording, giving.role.plural)
    planned = _planned(giving, day)
    if planned is None:
        return f"{people}; no plan is recorded here for this day"
    against = _against(giving.heads, planned)
    return f"{people}, {against}{'' if against == 'as planned' else ' the plan of ' + number(planned)}"


def _heads_row(giving: RoleGiving, day: date, heads: int) -> tuple[str, tuple[str, ...]]:
    planned = _planned(giving, day)
    return day_in_words(day), (
        number(heads),
        "none" if planned is None else number(planned),
        _against(heads, planned),
    )


def _chart(giving: RoleGiving, day: date) -> LineChart:
    """People at month ends, and the plan from its first day to its last; years below."""
    dates = [on for on, _ in giving.heads_by_day] + [target.due_on for target in giving.targets]
    first, last = min(dates), max(dates)
    length = max((last - first).days, 1)

    def at(on: date) -> Fraction:
        # A little room at both ends, so that dots and words do not hang over the edge.
        return Fraction(4, 100) + Fraction(92, 100) * Fraction((on - first).days, length)

    plan = [(at(target.due_on), Fraction(target.heads)) for target in giving.targets]
    actual = [(at(on), Fraction(heads)) for on, heads in giving.heads_by_day]
    series = [Series("People", LineKind.ACTUAL, actual)]
    if plan:
        series.insert(0, Series("Plan", LineKind.PLAN, plan))
    return line_chart(series, _marks(first, last, at))


def _marks(first: date, last: date, at: Callable[[date], Fraction]) -> list[Mark]:
    """Where years begin, or, on a chart of less than two years, where every third month does."""
    months = Month.of(first).next.until(Month.of(last))
    if len(months) > 24:
        return [Mark(at(month.first), str(month.year)) for month in months if month.month == 1]
    return [
        Mark(at(month.first), f"{MONTH_NAMES[month.month - 1][:3]} {month.year}", is_minor=position % 6 != 0)
        for position, month in enumerate(months)
        if position % 3 == 0
    ]


def _giver_line(visit: Visit[Unit], giver: Giver, seen: set[int]) -> GiverLine:
    return GiverLine(
        member=giver.member.name,
        href=member_address(visit, giver.member, seen),
        number=giver.member.number,
        role=giver.role.wording,
        unit=f"{giver.unit.name} ({giver.unit.code})",
        work=", ".join(work.wording.lower() for work in giver.work) or "nothing recorded",
        time=hours(giver.minutes),
    )


# The plan ---------------------------------------------------------------------------------------------------


_TARGET = f"/units/<code>/staffing/volunteers/plan/<{KEY}:target_id>"


@pages.form("/units/<code>/staffing/volunteers/plan/new", needs=Permission.MANAGE_MEMBERS, within="code")
def new_target(visit: Visit[Unit]) -> Answer:
    """Say how many there are to be by a day."""
    form = TargetForm()
    return form_page(
        visit,
        form,
        act=lambda: set_target(visit.session, unit=visit.place, **asdict(form.value())),
        saved=lambda _: visit.saved(_address(visit), "The plan is saved."),
        page=lambda: {"back_href": _address(visit)},
    )


@pages.form(_TARGET, needs=Permission.MANAGE_MEMBERS, within="code")
def correct_target(visit: Visit[Unit], target_id: int) -> Answer:
    """Correct the number of a target."""
    return correction_page(
        visit,
        CorrectTargetForm,
        lambda: queries.target_in(visit.session, visit.place, target_id),
        act=lambda target, form: change_target(
            visit.session, target, heads=form.value(), expected_version=form.shown_version
        ),
        saved=lambda _: visit.saved(_address(visit), "The plan is saved."),
        page=lambda target: {"target": target, "back_href": _address(visit)},
        keep_href=_address(visit),
    )


@pages.write(f"{_TARGET}/remove", needs=Permission.MANAGE_MEMBERS, within="code")
def remove_from_plan(visit: Visit[Unit], target_id: int) -> Answer:
    """Take a target out of the plan."""
    remove_target(visit.session, visit.found(queries.target_in(visit.session, visit.place, target_id)))
    return visit.saved(_address(visit), "The target is taken out of the plan.")


def _address(visit: Visit[Unit]) -> str:
    return url_for("staffing.volunteers", code=visit.place.code)
