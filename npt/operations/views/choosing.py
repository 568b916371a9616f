"""Choosing who is taken: everybody on shift, ranked, with the effect on each team before it is saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from npt.access.rules import Permission
from npt.duty.queries import DatedDefinition
from npt.kit.refusals import Refusal
from npt.operations.actions import choose as choose_members
from npt.operations.forms import ChooseForm, box
from npt.operations.models import Ask, Operation
from npt.operations.queries import (
    ChosenLine,
    Take,
    candidates,
    chosen,
    effects,
    standing_definition,
)
from npt.operations.rules import Candidate, OperationStatus, ranked, suggested
from npt.operations.views.door import (
    KEY,
    OPERATION,
    ask_of,
    breadcrumbs,
    operation_address,
    pages,
    planned_here,
    when_in_words,
)
from npt.operations.views.effect import (
    EFFECT_COLUMNS,
    EffectLine,
    effect_lines,
    takes_of,
    takes_of_candidates,
)
from npt.operations.views.operation import ask_address, times_in_words
from npt.organisation.models import Unit
from npt.store.versions import StaleRecord
from npt.webkit.fields import Choice
from npt.webkit.filters import day_short, hours
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

COLUMNS = (
    Column("Member"),
    Column("Time"),
    Column("Headroom of the team", is_number=True),
    Column("Left on duty", is_number=True),
    Column("Taken in 90 days", is_number=True),
    Column("Against"),
)

Key = tuple[date, int]


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A member in the list to choose from, worded. `value` is "" where there is nothing to tick."""

    value: str
    is_ticked: bool
    was_chosen: bool
    name: str
    number: str
    team: str
    times: str
    part: str
    room: str
    breaks_target: bool
    left: str
    lately: str
    last: str
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayToChoose:
    """The list for one day of the operation."""

    on: date
    when: str
    #: members ticked, and of them those who are there the whole time
    ticked: int
    whole: int
    free: int
    lines: tuple[CandidateShown, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What is chosen from: the operation, the ask, the candidates in their order, who is chosen so far."""

    operation: Operation
    ask: Ask
    candidates: tuple[Candidate, ...]
    chosen: tuple[ChosenLine, ...]
    definition: DatedDefinition

    @property
    def is_committed(self) -> bool:
        """Whether a change of the choice is recorded at once."""
        return self.operation.status is OperationStatus.COMMITTED

    @property
    def of_ask(self) -> tuple[ChosenLine, ...]:
        """Who is chosen for this ask."""
        return tuple(line for line in self.chosen if line.ask_id == self.ask.id)

    @property
    def saved(self) -> list[Key]:
        """What is chosen for this ask already."""
        return [(line.on, line.shift_id) for line in self.of_ask if line.shift_id is not None]


@pages.form(
    f"/units/<code>/operations/<{KEY}:operation_id>/asks/<{KEY}:ask_id>",
    needs=Permission.PLAN_OPERATIONS,
    within="code",
    shows_personal=OPERATION,
)
def choose(visit: Visit[Unit], operation_id: int, ask_id: int) -> Answer:
    """Choose who is taken; see what that does to each team; save it."""
    desk = _desk(visit, operation_id, ask_id)
    if not visit.is_sent:
        form = ChooseForm(formdata=None, version=str(desk.operation.version))
        is_suggested = not desk.saved and not desk.is_committed
        best = [each.key for each in suggested(desk.candidates, desk.ask.number)] if is_suggested else []
        form.members.tick(best or desk.saved)
        return _page(visit, desk, form, is_suggested=bool(best))
    form = ChooseForm()
    if not form.validate():
        return _page(visit, desk, form, status=422)
    if "preview" in request.args:
        return _page(visit, desk, form, is_preview=True)
    typed = form.value()
    try:
        done = choose_members(
            visit.session,
            by=visit.by,
            now=visit.now,
            today=visit.today,
            operation=desk.operation,
            ask=desk.ask,
            expected_version=form.shown_version,
            wanted=typed.wanted,
            seen=typed.shown,
        )
    except Refusal as refusal:
        visit.session.rollback()
        desk = _desk(visit, operation_id, ask_id)
        form.refuse(refusal)
        form.version.data, form.version.typed = str(desk.operation.version), []
        return _page(visit, desk, form, status=409 if isinstance(refusal, StaleRecord) else 422)
    words = f"The choice is saved: {done.added} added, {done.released} released."
    return visit.saved(operation_address(desk.operation), words)


def _desk(visit: Visit[Unit], operation_id: int, ask_id: int) -> Desk:
    operation = planned_here(visit, operation_id)
    ask = ask_of(visit, operation, ask_id)
    if operation.status is OperationStatus.CANCELLED and not visit.is_sent:
        visit.missing()
    definition = standing_definition(visit.session)
    found = candidates(visit.session, operation, ask.unit, ask.role, today=visit.today, definition=definition)
    return Desk(operation, ask, tuple(ranked(found)), chosen(visit.session, operation), definition)


def _page(
    visit: Visit[Unit],
    desk: Desk,
    form: ChooseForm,
    *,
    status: int = 200,
    is_suggested: bool = False,
    is_preview: bool = False,
) -> Answer:
    ticked = form.members.keys
    versions = {each.shift_id: each.shift_version for each in desk.candidates}
    form.shown.show(versions)
    days = _days(desk, set(ticked))
    values = [line.value for day in days for line in day.lines if line.value]
    form.members.choices = tuple(Choice(value, "") for value in values)
    operation = desk.operation
    return visit.render(
        operation=operation,
        ask=desk.ask,
        when=when_in_words(operation.first_on, operation.last_on, operation.starts, operation.ends),
        form=form,
        days=days,
        ids={
            value: form.members.id if place == 0 else f"member-{place}" for place, value in enumerate(values)
        },
        is_suggested=is_suggested,
        is_preview=is_preview,
        is_committed=desk.is_committed,
        gone=[line for line in desk.of_ask if line.shift_id is None],
        effects=_effects(visit, desk, ticked),
        definition=desk.definition,
        columns=COLUMNS,
        effect_columns=EFFECT_COLUMNS,
        above=breadcrumbs(visit),
        operation_href=operation_address(operation),
        # Said, not left to the browser: the address of a preview would be sent again instead of saved.
        choose_href=ask_address(operation, desk.ask, "operations.choose"),
        status=status,
    )


def _days(desk: Desk, ticked: Collection[Key]) -> tuple[DayToChoose, ...]:
    found: list[DayToChoose] = []
    known = {each.key for each in desk.candidates}
    for day in desk.operation.days:
        of_day = [each for each in desk.candidates if each.on == day.on]
        lines = [_candidate(desk, each, each.key in ticked) for each in of_day]
        # Whoever was chosen and has moved away since stays in view, to be kept or released on purpose.
        lines += [
            _moved(line, (line.on, line.shift_id) in ticked)
            for line in desk.of_ask
            if line.on == day.on and line.shift_id is not None and (line.on, line.shift_id) not in known
        ]
        found.append(
            DayToChoose(
                on=day.on,
                when=day.interval.in_words,
                ticked=sum(line.is_ticked for line in lines),
                whole=sum(line.is_ticked and not line.part for line in lines),
                free=len({each.member_id for each in of_day if each.can_be_taken}),
                lines=tuple(lines),
            )
        )
    return tuple(found)


def _candidate(desk: Desk, each: Candidate, is_ticked: bool) -> CandidateShown:
    # Somebody who is chosen can always be released, whatever has come between.
    has_box = each.can_be_taken or each.is_chosen
    is_recorded = desk.is_committed and each.is_chosen
    room = each.headroom_left
    breaks = room is not None and not is_recorded and each.can_be_taken and 0 <= room < each.taken.minutes
    return CandidateShown(
        value=box(each.on, each.shift_id) if has_box else "",
        is_ticked=is_ticked and has_box,
        was_chosen=each.is_chosen,
        name=each.name,
        number=each.number,
        team=each.unit_name,
        times=times_in_words(each.taken),
        part="" if each.covers_fully else f"part of it: shift {times_in_words(each.shift)}",
        room="no target" if room is None else f"{hours(room)} left",
        breaks_target=breaks,
        left=str(each.left_on_duty),
        lately=hours(each.minutes_lately),
        last=f"last {day_short(each.last_taken_on)}" if each.last_taken_on else "not taken",
        against=tuple(objection.words for objection in each.objections),
    )


def _moved(line: ChosenLine, is_ticked: bool) -> CandidateShown:
    return CandidateShown(
        value="" if line.shift_id is None else box(line.on, line.shift_id),
        is_ticked=is_ticked,
        was_chosen=True,
        name=line.name,
        number=line.number,
        team=line.unit_name,
        times=times_in_words(line.taken),
        part="",
        room="",
        breaks_target=False,
        left="",
        lately="",
        last="",
        against=(line.problem or "no longer on shift in the role and the units that were asked",),
    )


def _effects(visit: Visit[Unit], desk: Desk, ticked: Sequence[Key]) -> list[EffectLine]:
    """What saving the ticks would do to each team. Of a draft, all it would take; else only what changes."""
    saved = set(desk.saved)
    let_go: list[Take] = []
    if desk.is_committed:
        new = [each for each in desk.candidates if each.key in ticked and each.key not in saved]
        let_go = takes_of(line for line in desk.of_ask if (line.on, line.shift_id) not in ticked)
        takes = takes_of_candidates(new)
    else:
        new = [each for each in desk.candidates if each.key in ticked]
        others = takes_of(line for line in desk.chosen if line.ask_id != desk.ask.id)
        takes = takes_of_candidates(new) + others
    found = effects(
        visit.session,
        desk.operation.unit.path,
        takes,
        reason=desk.operation.reason.code,
        today=visit.today,
        definition=desk.definition,
        let_go=let_go,
    )
    return effect_lines(found)
