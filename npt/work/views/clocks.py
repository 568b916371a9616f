"""The clocks of a unit: what waits, on whom, and what is in breach."""

from datetime import datetime

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.webkit.asked import asked_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.forms import ClockShowForm
from npt.work.queries import ClockLine, clocks_of_unit
from npt.work.views.door import breadcrumbs, clock_address, pages
from npt.work.wording import matter_shown


def clock_columns(visit: Visit[Unit]) -> Columns[ClockLine]:
    """The columns of a list of clocks, as the person may see them."""
    now = visit.now

    def about(line: ClockLine) -> str:
        if line.clock.action is not None:
            return f"{line.clock.kind.wording}, for the action: {line.clock.action.what}"
        matter = matter_shown(visit.person, line.clock.matter)
        return f"{line.clock.kind.wording}, {line.clock.unit.name if matter is None else matter.words}"

    return (
        Column("What waits", lambda line: line.clock.what, holds_words=True, below=about),
        Column("What for", lambda line: line.clock.kind.wording, is_on_page=False),
        Column("Unit", lambda line: line.clock.unit.code, is_on_page=False),
        Column(
            "On whom",
            lambda line: line.owner_name,
            holds_words=True,
            below=lambda line: "has gone: give it to somebody else" if line.is_without_owner else "",
        ),
        Column(
            "Limit", lambda line: line.running.rule.in_words, below=lambda line: line.running.due_in_words()
        ),
        Column("Started", lambda line: line.running.started),
        Column(
            "State",
            lambda line: line.running.state_in_words(now),
            tone=lambda line: tone_of(line, now),
            below=lambda line: _pauses(line),
        ),
    )


def _pauses(line: ClockLine) -> str:
    if not line.running.is_paused:
        return ""
    return next(each.reason for each in line.clock.pauses if each.ends_at is None)


def tone_of(line: ClockLine, now: datetime) -> str:
    """The tone of the state of a clock."""
    if line.running.is_over(now):
        return "bad"
    if line.running.ended is not None:
        return "quiet"
    return "caution" if line.running.is_paused else "good"


@pages.read("/units/<code>/clocks", needs=Permission.SEE_ACTIONS, within="code")
def clocks(visit: Visit[Unit]) -> Answer:
    """The clocks of the unit and of those under it, breaches first."""
    form = ClockShowForm()
    form.validate()
    path, page = visit.place.path, asked_page()
    found = clocks_of_unit(visit.session, path, form.chosen, now=visit.now, today=visit.today, page=page)
    return visit.render(
        form=form,
        table=Table(
            f"Clocks: {form.chosen.wording.lower()}",
            clock_columns(visit),
            found,
            href=lambda line: clock_address(line.clock),
            noun="clocks",
            file=f"clocks-{visit.place.code}-{visit.today}",
        ),
        may_set=visit.may(Permission.SET_ACTIONS, path),
        new_href=url_for("work.new_clock", code=visit.place.code),
        above=breadcrumbs(visit)[:-1],
    )
