"""Special constables and volunteers: how many against the plan, what they do, the time they give."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import MONTH_NAMES, Month, thirteen_months_to
from npt.kit.shares import rounded_half_up
from npt.organisation.models import Unit
from npt.people.views.door import member_links
from npt.staffing import queries
from npt.staffing.actions import change_target, remove_target, set_target
from npt.staffing.forms import CorrectTargetForm, TargetForm
from npt.staffing.models import HeadsTarget
from npt.staffing.queries import Giver, RoleGiving, WorkLine
from npt.staffing.rules import planned_on
from npt.staffing.views.door import day_page, pages, who_columns
from npt.webkit.as_at import AsAtForm
from npt.webkit.converters import KEY
from npt.webkit.filters import hours, number, plural
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.line_charts import LineChart, LineKind, Mark, Series, line_chart
from npt.webkit.listing import Column, Columns, Table, coded, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

GIVERS: Columns[Giver] = (
    *who_columns(lambda giver: giver.member, below=lambda giver: giver.role.wording),
    coded("Unit", lambda giver: giver.unit),
    Column(
        "What they do",
        lambda giver: ", ".join(work.wording.lower() for work in giver.work) or "nothing recorded",
    ),
    Column(
        "Time given",
        lambda giver: giver.minutes,
        is_number=True,
        note="13 months",
        words=hours,
        name="minutes",
        is_sortable=True,
    ),
)


TARGETS: Columns[HeadsTarget] = (
    Column("By", lambda target: target.due_on),
    Column("People", lambda target: target.heads, is_number=True),
)


@pages.read("/units/<code>/staffing/volunteers", needs=Permission.SEE_STAFFING, within="code")
def volunteers(visit: Visit[Unit]) -> Answer:
    """Special constables and volunteers of a unit: plan against actual, and the time they give."""
    return day_page(
        visit,
        AsAtForm(),
        lambda day: {
            "roles": [_shown(visit, each, day) for each in queries.giving(visit.session, visit.place, day)],
            "givers": _givers(visit, day),
            "may_plan": visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
            "may_enter": visit.may(Permission.RECORD_DUTY, visit.place.path),
        },
    )


def _givers(visit: Visit[Unit], day: date) -> Table[Giver]:
    """Everybody who gives time; nobody for whoever may not see members."""
    may_see = visit.may(Permission.SEE_MEMBERS, visit.place.path)
    part = part_of(queries.givers(visit.session, visit.place.path, day) if may_see else [], GIVERS, 100)
    link = member_links(visit, [giver.member.id for giver in part.rows])
    return Table(
        "Who gives time, and what they do",
        GIVERS,
        part,
        href=lambda giver: link(giver.member),
        noun="people",
        anchor="givers",
        file=f"volunteers-{visit.place.code}-{day}",
    )


def _shown(visit: Visit[Unit], giving: RoleGiving, day: date) -> dict[str, Any]:
    """One role of people who give time, with its chart and its lists."""

    def target_address(target: HeadsTarget) -> str:
        if not visit.may(Permission.MANAGE_MEMBERS, visit.place.path):
            return ""
        return url_for("staffing.correct_target", code=visit.place.code, target_id=target.id)

    return {
        "giving": giving,
        "sentence": _sentence(giving, day),
        "chart": _chart(giving, day),
        "heads": Table(giving.role.heading, _heads_columns(giving), giving.heads_by_day[::-1]),
        "targets": Table(f"Plan for {giving.role.plural}", TARGETS, giving.targets, href=target_address),
        "work": Table(f"Time given by {giving.role.plural}", _work_columns(day), giving.work),
    }


def _heads_columns(giving: RoleGiving) -> Columns[tuple[date, int]]:
    def planned(line: tuple[date, int]) -> int | None:
        return _planned(giving, line[0])

    return (
        Column("Day", lambda line: line[0]),
        Column("People", lambda line: line[1], is_number=True),
        Column("Plan", planned, is_number=True, unknown="none"),
        Column("Against plan", lambda line: _against(line[1], planned(line)), is_number=True),
    )


def _work_columns(day: date) -> Columns[WorkLine]:
    def minutes(month: Month) -> Column[WorkLine]:
        heading = f"{MONTH_NAMES[month.month - 1][:3]} {month.year}"
        return Column(heading, lambda line: line.by_month.get(month, 0), is_number=True, words=hours)

    return (
        Column("Work", lambda line: line.work),
        Column("13 months", lambda line: line.minutes, is_number=True, words=hours),
        *(minutes(month) for month in thirteen_months_to(Month.of(day))[-4:]),
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


# The plan ---------------------------------------------------------------------------------------------------


_TARGET = f"/units/<code>/staffing/volunteers/plan/<{KEY}:target_id>"


@pages.form("/units/<code>/staffing/volunteers/plan/new", needs=Permission.MANAGE_MEMBERS, within="code")
def new_target(visit: Visit[Unit]) -> Answer:
    """Say how many there are to be by a day."""
    form = TargetForm()
    return form_page(
        visit,
        form,
        act=lambda: set_target(visit.session, unit=visit.place, **form.value()),
        saved="The plan is saved.",
        back_href=url_for("staffing.volunteers", code=visit.place.code),
    )


@pages.form(_TARGET, needs=Permission.MANAGE_MEMBERS, within="code")
def correct_target(visit: Visit[Unit], target_id: int) -> Answer:
    """Correct the number of a target."""
    return correction_page(
        visit,
        CorrectTargetForm,
        lambda: queries.target_in(visit.session, visit.place, target_id),
        act=lambda target, form: change_target(visit.session, target, **form.value()),
        saved="The plan is saved.",
        back_href=url_for("staffing.volunteers", code=visit.place.code),
    )


@pages.write(f"{_TARGET}/remove", needs=Permission.MANAGE_MEMBERS, within="code")
def remove_from_plan(visit: Visit[Unit], target_id: int) -> Answer:
    """Take a target out of the plan."""
    target = visit.found(queries.target_in(visit.session, visit.place, target_id))
    return button(
        visit,
        act=lambda: remove_target(visit.session, target, expected_version=visit.sent_version),
        saved="The day is removed from the plan.",
        back_href=url_for("staffing.volunteers", code=visit.place.code),
    )
