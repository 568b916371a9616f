"""One clock: set, paused, let run on, ended."""

from flask import request, url_for

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found
from npt.work.actions import change_clock, end_clock, pause_clock, resume_clock, start_clock
from npt.work.forms import ChangeClockForm, NewClockForm, PauseForm
from npt.work.models import Action, Clock
from npt.work.queries import ClockLine, action_in, clock_in
from npt.work.rules import ClockKind
from npt.work.views.clocks import tone_of
from npt.work.views.door import (
    CLOCK,
    action_address,
    breadcrumbs,
    clock_address,
    clocks_address,
    matter_asked,
    offer_owners,
    owner_needed,
    pages,
    shown_for,
)
from npt.work.wording import matter_shown


@pages.read(CLOCK, needs=Permission.SEE_ACTIONS, within="code")
def clock(visit: Visit[Unit], clock_id: int) -> Answer:
    """What waits, on whom, since when and until when, and when it stood still."""
    line = _line(visit, clock_id)
    return visit.render(
        record=line.clock,
        running=line.running,
        owner=line.owner_name,
        is_without_owner=line.is_without_owner,
        state=line.running.state_in_words(visit.now),
        tone=tone_of(line, visit.now),
        is_over=line.running.is_over(visit.now),
        matter=matter_shown(visit.person, line.clock.matter),
        action_href=action_address(line.clock.action) if line.clock.action else "",
        may_set=visit.may(Permission.SET_ACTIONS, line.clock.unit.path),
        above=_above(visit),
    )


@pages.form("/units/<code>/clocks/new", needs=Permission.SET_ACTIONS, within="code")
def new_clock(visit: Visit[Unit]) -> Answer:
    """Set a clock, on the matter (`for`) or the action (`action`) that the address names, or the unit's."""
    matter, action = matter_asked(visit), _action_asked(visit)
    form = NewClockForm(
        **NewClockForm.starting(visit.now),
        kind=ClockKind.REVIEW.value if matter else None,
        owner=action.owner.text if action else None,
    )
    offer_owners(visit, form, action.owner if action else None)
    return form_page(
        visit,
        form,
        act=lambda: _start(visit, form, matter, action),
        saved=lambda made: visit.saved(clock_address(made), f"The clock is set.{form.start_told}"),
        back_href=clocks_address(visit.place.code),
        page=lambda: {**shown_for(visit, matter), "action": action, "above": _above(visit)},
    )


def _start(visit: Visit[Unit], form: NewClockForm, matter: Matter | None, action: Action | None) -> Clock:
    return start_clock(
        visit.session,
        unit=visit.place,
        matter=matter,
        action=action,
        facts=form.facts(owner_needed(visit, form)),
        now=visit.now,
        today=visit.today,
    )


@pages.form(f"{CLOCK}/correct", needs=Permission.SET_ACTIONS, within="code")
def correct_clock(visit: Visit[Unit], clock_id: int) -> Answer:
    """Say otherwise what waits, or on whom."""
    return correction_page(
        visit,
        ChangeClockForm,
        lambda: _line(visit, clock_id).clock,
        offer=lambda form, record: offer_owners(visit, form, record.owner),
        act=lambda record, form: change_clock(
            visit.session,
            record,
            today=visit.today,
            what=form.what.value,
            owner=owner_needed(visit, form),
            expected_version=form.shown_version,
        ),
        saved="The clock is saved.",
        page=lambda _: {"above": _above(visit)},
        back_href=_here(visit, clock_id),
    )


@pages.form(f"{CLOCK}/pause", needs=Permission.SET_ACTIONS, within="code")
def pause(visit: Visit[Unit], clock_id: int) -> Answer:
    """Let a clock stand still while it waits for somebody else."""
    return correction_page(
        visit,
        PauseForm,
        lambda: _line(visit, clock_id).clock,
        act=lambda record, form: pause_clock(visit.session, record, at=visit.now, **form.value()),
        saved="The clock is paused.",
        page=lambda _: {"above": _above(visit)},
        back_href=_here(visit, clock_id),
    )


@pages.write(f"{CLOCK}/resume", needs=Permission.SET_ACTIONS, within="code")
def resume(visit: Visit[Unit], clock_id: int) -> Answer:
    """Let a clock run on."""
    record = _line(visit, clock_id).clock
    return button(
        visit,
        act=lambda: resume_clock(visit.session, record, at=visit.now, expected_version=visit.sent_version),
        saved="The clock runs on.",
        back_href=_here(visit, clock_id),
    )


@pages.write(f"{CLOCK}/end", needs=Permission.SET_ACTIONS, within="code")
def end(visit: Visit[Unit], clock_id: int) -> Answer:
    """What waited has happened."""
    record = _line(visit, clock_id).clock
    return button(
        visit,
        act=lambda: end_clock(visit.session, record, at=visit.now, expected_version=visit.sent_version),
        saved="The clock has ended.",
        back_href=_here(visit, clock_id),
    )


def _line(visit: Visit[Unit], clock_id: int) -> ClockLine:
    return visit.found(clock_in(visit.session, visit.place.path, clock_id, today=visit.today))


def _here(visit: Visit[Unit], clock_id: int) -> str:
    return url_for("work.clock", code=visit.place.code, clock_id=clock_id)


def _above(visit: Visit[Unit]) -> list[tuple[str, str]]:
    return [*breadcrumbs(visit)[-1:], (f"Clocks of {visit.place.name}", clocks_address(visit.place.code))]


def _action_asked(visit: Visit[Unit]) -> Action | None:
    """The action that the address names (`action`), which is of this unit; else "not found"."""
    text = request.args.get("action", "")
    if not text:
        return None
    key = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
    line = action_in(visit.session, visit.place.path, key, today=visit.today)
    if line is None or line.action.unit_id != visit.place.id:
        not_found()
    return line.action
