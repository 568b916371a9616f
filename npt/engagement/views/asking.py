"""Five a day: by team or member and month, the days behind each number, days of none, targets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.engagement import queries
from npt.engagement.actions import set_target, sign_nil
from npt.engagement.forms import NilForm, TargetForm
from npt.engagement.models import AskingTarget
from npt.engagement.queries import MemberDay
from npt.engagement.rules import AskingState, AskingSums, summed
from npt.engagement.views.door import around, own_member, pages
from npt.engagement.wording import asked_share
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level, Lineage
from npt.webkit.asked import asked_value
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Column, Columns, Table, coded, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: What the journal calls a page that shows how the days of members came out.
FIVE_A_DAY = "five a day of members at unit"


@dataclass(frozen=True, slots=True)
class AskingLine:
    """The days of a team, of a member, or of all."""

    name: str
    code: str
    href: str
    sums: AskingSums


def _columns(first: str, days_href: Callable[[AskingLine, AskingState], str]) -> Columns[AskingLine]:
    def days(heading: str, state: AskingState) -> Column[AskingLine]:
        return Column(
            heading,
            lambda line: line.sums.of(state),
            is_number=True,
            href=lambda line: days_href(line, state) if line.sums.of(state) else "",
        )

    return (
        Column(first, lambda line: line.name, holds_words=True, below=lambda line: line.code),
        Column("Expected", lambda line: line.sums.expected, is_number=True, note="people"),
        Column("Asked", lambda line: line.sums.asked, is_number=True, note="people"),
        Column(
            "Share",
            lambda line: asked_share(line.sums),
            is_number=True,
            in_file=lambda line: asked_share(line.sums).percentage(1),
        ),
        days("Target met", AskingState.MET),
        days("Fewer", AskingState.SHORT),
        days("Signed: nobody", AskingState.NIL),
        days("Not recorded", AskingState.NOT_RECORDED),
        Column(
            "Lost to abstraction",
            lambda line: line.sums.cost,
            is_number=True,
            note="people",
            href=lambda line: days_href(line, AskingState.ABSTRACTED) if line.sums.cost else "",
        ),
    )


_DAYS: Columns[MemberDay] = (
    Column("Who", lambda each: each.name, holds_words=True, below=lambda each: each.number),
    coded("Team", lambda each: each.unit),
    Column("Day", lambda each: each.on),
    Column("To ask", lambda each: each.day.target, is_number=True),
    Column("Asked", lambda each: each.day.asked, is_number=True),
    Column("Came out", lambda each: each.day.state),
)


def _lines(visit: Visit[Unit], days: Sequence[MemberDay], month: Month) -> list[AskingLine]:
    """By member in a team, whose names are for those who see duty; by team in a wider unit."""
    if visit.place.level in {Level.TEAM, Level.NEIGHBOURHOOD}:
        if not visit.may(Permission.SEE_DUTY, visit.place.path):
            return []
        members = groupby(days, key=lambda each: (each.name, each.number))
        return [AskingLine(name, number, "", summed(d.day for d in of)) for (name, number), of in members]
    teams = {each.unit.id: each.unit for each in days}
    return [
        AskingLine(
            team.name,
            team.code,
            url_for("engagement.five_a_day", code=team.code, month=month),
            summed(each.day for each in days if each.unit.id == team.id),
        )
        for team in teams.values()
    ]


@pages.read(
    "/units/<code>/five-a-day/<month:month>",
    needs=Permission.SEE_PROFILES,
    within="code",
    shows_personal=FIVE_A_DAY,
)
def five_a_day(visit: Visit[Unit], month: Month) -> Answer:
    """How many people were asked in a month, of those to be asked; and the days behind each number."""
    last = min(month.last, visit.today)
    days = queries.asking_days(visit.session, visit.place.path, month.first, last)
    state = asked_value("show", AskingState)
    visit.personal_record_id = visit.place.id
    sees = visit.shows_personal = visit.may(Permission.SEE_DUTY, visit.place.path)
    return visit.render(
        month=month,
        **around(visit, month=month),
        sums=summed(each.day for each in days),
        share=asked_share(summed(each.day for each in days)),
        lines=_lines_table(visit, days, month, is_file=state is None),
        state=state,
        days=_days_table(visit, days, state) if sees and state is not None else None,
        targets=_targets(visit),
        may_set=visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
    )


def _lines_table(
    visit: Visit[Unit], days: Sequence[MemberDay], month: Month, *, is_file: bool
) -> Table[AskingLine]:
    def behind(line: AskingLine, state: AskingState) -> str:
        if not visit.may(Permission.SEE_DUTY, visit.place.path):
            return ""
        is_team = bool(line.href)
        code = line.code if is_team else visit.place.code
        by: dict[str, Any] = {} if is_team else {"by": line.code}
        return url_for("engagement.five_a_day", code=code, month=month, show=state.value, **by)

    lines = _lines(visit, days, month)
    heading = "Team" if any(line.href for line in lines) else "Who"
    file = f"five-a-day-{visit.place.code}-{month}" if is_file else ""
    return Table(
        "People asked", _columns(heading, behind), lines, href=lambda line: line.href, noun="lines", file=file
    )


def _days_table(visit: Visit[Unit], days: Sequence[MemberDay], state: AskingState) -> Table[MemberDay]:
    by = asked_value("by", str)
    found = [each for each in days if each.day.state is state and by in {None, each.number}]

    def contacts_of(each: MemberDay) -> str:
        on = {
            f"{end}-{part}": getattr(each.on, part)
            for end in ("from", "to")
            for part in ("day", "month", "year")
        }
        return url_for("engagement.contacts", code=visit.place.code, by=each.number, **on)

    return Table(
        f"Days: {state.wording}",
        _DAYS,
        part_of(found, _DAYS, 100),
        href=contacts_of,
        noun="days",
        file=f"five-a-day-{state.value}-{visit.place.code}",
    )


def _targets(visit: Visit[Unit]) -> list[AskingTarget]:
    """The targets of the unit and of those above it."""
    lineage = Lineage.parse(visit.place.path)
    return queries.targets_at(visit.session, {visit.place.path, *(each.path for each in lineage.ancestors)})


@pages.form("/units/<code>/five-a-day/targets", needs=Permission.MANAGE_MEMBERS, within="code")
def asking_targets(visit: Visit[Unit]) -> Answer:
    """Say how many people somebody asks a day, from a day on."""
    form = TargetForm(starts_on=visit.today)
    return form_page(
        visit,
        form,
        act=lambda: set_target(visit.session, unit=visit.place, stamp=visit.stamp, **form.value()),
        saved="The target is saved.",
        back_href=url_for("engagement.asking_targets", code=visit.place.code),
        page=lambda: {
            "month": Month.of(visit.today),
            "targets": Table("Targets", _TARGETS, _targets(visit), noun="targets"),
        },
    )


_TARGETS: Columns[AskingTarget] = (
    coded("Of", lambda each: each.unit),
    Column("Who asks", lambda each: each.asker),
    Column("People a day", lambda each: each.people, is_number=True),
    Column("From", lambda each: each.starts_on),
    Column("Set by", lambda each: "a file" if each.set_by is None else each.set_by.name, holds_words=True),
)


@pages.form("/asked-nobody", needs=Permission.RECORD_CONTACTS)
def asked_nobody(visit: Visit[None]) -> Answer:
    """Sign that one asked nobody on a day, and why."""
    member = own_member(visit)
    form = NilForm(on=visit.today)
    form.on.latest = visit.today

    def sign() -> None:
        sign_nil(visit.session, member=visit.found(member), stamp=visit.stamp, **form.value())

    return form_page(
        visit,
        form,
        act=sign,
        saved="Signed: you asked nobody that day. A contact recorded for that day outweighs it.",
        back_href=url_for("overview.home"),
        page=lambda: {"is_member": member is not None},
    )


def asking_today(visit: Visit[None]) -> str:
    """How far somebody is today, in a sentence; "" where nobody expects them to ask."""
    member = own_member(visit)
    own = None if member is None else queries.own_day(visit.session, member.id, visit.today)
    if own is None or not own.day.state.is_expected:
        return ""
    if own.day.state is AskingState.NIL:
        return "You signed that you ask nobody today."
    return f"{own.day.asked} of {own.day.target} people asked today."
