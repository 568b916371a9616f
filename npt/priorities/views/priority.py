"""One priority: what it is, who raised it, what they answered, and everything done about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for

from npt.access.rules import Permission
from npt.matters.wording import link_to
from npt.organisation.models import Unit
from npt.priorities import actions
from npt.priorities.forms import CorrectForm, LookForm, StopForm
from npt.priorities.models import Closing, Originator, Priority, PriorityLook
from npt.priorities.rules import REFUSALS_TO_OVERRULE, PriorityState, lacking_attempts
from npt.priorities.views.door import ONE, RAISED_BY, found_priority, keeps, list_address, own_address, pages
from npt.priorities.views.letters import tell_no_longer
from npt.priorities.views.offered import Offered
from npt.priorities.wording import (
    TONES,
    answer_in_words,
    answered_by,
    attempts_in_words,
    masked,
    name_of,
    phone_in_words,
    place_of,
    state_in_words,
)
from npt.webkit.form_flow import correction_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.parts import Link
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class Raiser:
    """Somebody who raised it, as far as the reader may know them."""

    words: str
    reference: str
    phone: str | None
    phone_href: str
    email: str | None
    is_first: bool
    is_gone: bool
    href: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one of them said in a round."""

    who: str
    what: str
    at: object
    how: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round of asking."""

    number: int
    done: str
    asked: str
    asked_at: object
    state: str
    answered_at: object
    said: Sequence[Said]
    attempts: str


_LOOKS: Columns[PriorityLook] = (
    Column("On", lambda each: each.looked_on),
    Column("What was found", lambda each: each.words, holds_words=True),
    Column("By", lambda each: None if each.looked_by is None else each.looked_by.name, unknown="a file"),
)


@pages.read(ONE, needs=Permission.SEE_PROBLEMS, within="code", shows_personal=RAISED_BY)
def priority(visit: Visit[Unit], priority_id: int) -> Answer:
    """What it is and how it stands; names only for whoever keeps priorities here."""
    record = visit.found(found_priority(visit, priority_id))
    visit.shows_personal = keeps(visit)
    return visit.render(
        record=record,
        state=state_in_words(record),
        tone=TONES[record.state],
        where=place_of(record),
        problem=None if record.problem is None else link_to(record.problem.matter),
        problem_closed=record.problem is not None and record.problem.closed_on is not None,
        is_overdue=record.is_overdue(visit.today),
        raisers=[_raiser(visit, record, each) for each in record.originators],
        rounds=[_round(visit, record, each) for each in reversed(record.rounds)],
        looks=Table("Looked at again", _LOOKS, record.looks[::-1]),
        lacking=_lacking(record),
        ways=_ways(visit, record),
        may_write=any(each.reached_by_email for each in record.originators),
        back_href=list_address(record.unit.code),
    )


def _raiser(visit: Visit[Unit], record: Priority, originator: Originator) -> Raiser:
    is_known = keeps(visit) and (
        originator.individual is None or visit.may(Permission.KEEP_KIN, record.unit.path)
    )
    correct = url_for(
        "priorities.correct_originator",
        code=visit.place.code,
        priority_id=record.id,
        originator_id=originator.id,
    )
    is_open = record.state is not PriorityState.CLOSED
    return Raiser(
        words=name_of(originator) if is_known else masked(originator),
        reference=originator.reference,
        phone=phone_in_words(originator) if is_known else None,
        phone_href=originator.reached_by_phone or "",
        email=originator.reached_by_email if is_known else None,
        is_first=originator.is_first,
        is_gone=originator.gone_on is not None,
        href=correct if is_known and is_open and originator.gone_on is None else "",
    )


def _round(visit: Visit[Unit], record: Priority, closing: Closing) -> Round:
    people = {each.id: each for each in record.originators}
    say: Callable[[Originator], str] = name_of if keeps(visit) else masked
    first = record.first
    return Round(
        number=closing.number,
        done=closing.done,
        asked="a file" if closing.asked_by is None else closing.asked_by.name,
        asked_at=closing.asked_at,
        state="Waiting for an answer" if closing.answered is None else closing.answered.wording,
        answered_at=closing.answered_at,
        said=[
            Said(say(people[each.originator_id]), answer_in_words(each), each.at, answered_by(each))
            for each in closing.answers
        ],
        attempts="" if first is None or closing.answered else attempts_in_words(closing, first),
    )


def _lacking(record: Priority) -> str:
    """What is still to be tried before whoever raised it counts as not reached."""
    first, closing = record.first, record.round
    if first is None or closing is None:
        return ""
    return lacking_attempts(closing.attempts_with(first), first.ways)


def _ways(visit: Visit[Unit], record: Priority) -> list[Link]:
    """What the reader may do with it now, the likeliest first."""
    if not keeps(visit) or record.state is PriorityState.CLOSED:
        return []
    offered = {
        PriorityState.PROPOSED: ("agree", "stop"),
        PriorityState.OPEN: ("look", "ask", "stop"),
        PriorityState.WAITING: ("record", "look", "stop"),
        PriorityState.CLOSED: (),
    }[record.state]
    may_overrule = record.refusals >= REFUSALS_TO_OVERRULE and visit.may(
        Permission.OVERRULE_ORIGINATORS, visit.place.path
    )
    names = [*offered, *(["overrule"] if may_overrule else []), "correct_priority", "new_originator"]
    return [
        Link(_WAYS[name], url_for(f"priorities.{name}", code=visit.place.code, priority_id=record.id))
        for name in names
    ]


_WAYS = {
    "agree": "Agree it",
    "look": "Record that it stays",
    "ask": "It is solved: close it",
    "record": "Record an answer or an attempt",
    "stop": "It is no longer chosen",
    "overrule": "Close it against whoever raised it",
    "correct_priority": "Correct it",
    "new_originator": "Somebody else reported it",
}


@pages.form(f"{ONE}/correct", needs=Permission.KEEP_PROBLEMS, within="code")
def correct_priority(visit: Visit[Unit], priority_id: int) -> Answer:
    """Correct the wording, the place, the lead or the problem record."""
    offered = Offered(visit, visit.found(found_priority(visit, priority_id)).unit)

    def offer(form: CorrectForm, record: Priority) -> None:
        if not record.state.is_agreed:
            form.let_be_open()
        own_place, own_problem = record.neighbourhood, record.problem
        form.offer_places({**offered.places, **({own_place.code: own_place.name} if own_place else {})})
        form.offer_leads(offered.leads_with(record))
        form.offer_problems(
            {**offered.problems, **({own_problem.reference: own_problem.title} if own_problem else {})}
        )

    def act(record: Priority, form: CorrectForm) -> None:
        actions.correct(
            visit.session,
            record,
            title=form.title.value,
            neighbourhood=offered.place(form.neighbourhood.data, record.neighbourhood),
            lead=offered.lead(form.lead.data),
            problem=offered.problem(form.problem.data, record.problem),
            is_nobody_named=form.is_nobody_named.given,
            today=visit.today,
            expected_version=form.shown_version,
        )

    return correction_page(
        visit,
        CorrectForm,
        lambda: found_priority(visit, priority_id),
        act=act,
        saved="The priority is saved.",
        back_href=own_address(visit.place.code, priority_id),
        offer=offer,
    )


@pages.form(f"{ONE}/look", needs=Permission.KEEP_PROBLEMS, within="code")
def look(visit: Visit[Unit], priority_id: int) -> Answer:
    """Say that it was looked at again, and stays."""
    return correction_page(
        visit,
        LookForm,
        lambda: found_priority(visit, priority_id),
        act=lambda record, form: actions.look_again(
            visit.session, record, **form.value(), stamp=visit.stamp, today=visit.today
        ),
        saved="It stays a priority for another three months.",
        back_href=own_address(visit.place.code, priority_id),
    )


@pages.form(f"{ONE}/stop", needs=Permission.KEEP_PROBLEMS, within="code")
def stop(visit: Visit[Unit], priority_id: int) -> Answer:
    """Say that it is no longer chosen; whoever raised it is told."""
    return correction_page(
        visit,
        StopForm,
        lambda: found_priority(visit, priority_id),
        act=lambda record, form: _stop(visit, record, form),
        saved=lambda told: f"It is no longer a priority. {told} Its problem record stays as it is.",
        back_href=own_address(visit.place.code, priority_id),
    )


def _stop(visit: Visit[Unit], record: Priority, form: StopForm) -> str:
    actions.stop_choosing(visit.session, record, **form.value(), stamp=visit.stamp, today=visit.today)
    return tell_no_longer(visit, record)
