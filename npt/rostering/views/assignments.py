"""Who works which pattern: the list, and changing one from a day on."""

from datetime import timedelta

from flask import url_for

from npt.access.rules import Permission
from npt.duty.views.door import check_place
from npt.organisation.models import Unit
from npt.rostering import actions
from npt.rostering.forms import AssignmentForm
from npt.rostering.queries import AssignmentLine, assignment_in, assignments_of
from npt.rostering.views.door import MONTH, edit_address, pages
from npt.shifts.queries import patterns_for
from npt.webkit.as_at import AsAtForm
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_COLUMNS: Columns[AssignmentLine] = (
    Column("Member", lambda line: line.member, holds_words=True, below=lambda line: line.number),
    Column("Number", lambda line: line.number, is_on_page=False),
    Column("Pattern", lambda line: line.pattern, holds_words=True),
    Column("From", lambda line: line.first),
    Column("To", lambda line: line.last),
    Column("Begins with day", lambda line: line.day_of_cycle, is_number=True),
)


def _change_column(visit: Visit[Unit]) -> Column[AssignmentLine]:
    def address(line: AssignmentLine) -> str:
        if line.last < visit.today:
            return ""
        return url_for("rostering.change_assignment", code=visit.place.code, assignment_id=line.id)

    return Column(
        "Action",
        lambda line: "Change or end" if address(line) else "has ended",
        href=address,
        about=lambda line: f" the pattern of {line.member} from {day_in_words(line.first)}",
        is_in_file=False,
    )


@pages.read("/teams/<code>/roster/assignments", needs=Permission.SEE_DUTY, within="code")
def assignments(visit: Visit[Unit]) -> Answer:
    """The assignments of patterns that have not ended by a day, today unless the address says otherwise."""
    check_place(visit, visit.today)
    form = AsAtForm()
    day = form.read_address(visit.today)
    may_record = visit.may(Permission.RECORD_DUTY, visit.place.path)
    return visit.render(
        form=form,
        day=day,
        table=Table(
            "Who works which pattern",
            (*_COLUMNS, _change_column(visit)) if may_record else _COLUMNS,
            assignments_of(visit.session, visit.place, day),
            file=f"assignments-{visit.place.code}-{day}",
        ),
        patterns_href=url_for("duty.patterns", code=visit.place.code),
        may_record=may_record,
    )


@pages.form(
    f"/teams/<code>/roster/assignments/<{KEY}:assignment_id>", needs=Permission.RECORD_DUTY, within="code"
)
def change_assignment(visit: Visit[Unit], assignment_id: int) -> Answer:
    """Let a member work by another pattern from a day on, or by none, and roster them so."""
    check_place(visit, visit.today)
    line = visit.found(assignment_in(visit.session, visit.place, assignment_id))
    form = _form(visit, line)
    return form_page(
        visit,
        form,
        act=lambda: _change(visit, line, form),
        saved=lambda relaid: visit.saved(
            edit_address(visit.place.code, form.value().first, MONTH), _words(relaid)
        ),
        back_href=url_for("rostering.assignments", code=visit.place.code),
        page=lambda: {"line": line},
    )


def _form(visit: Visit[Unit], line: AssignmentLine) -> AssignmentForm:
    first = min(max(line.first, visit.today + timedelta(days=1)), line.last)
    form = AssignmentForm(version=line.version, first=first, begins_with=1)
    patterns = patterns_for(visit.session, visit.place)
    form.offer(
        [Choice(str(each.id), f"{each.name} ({plural(len(each.cycle), 'day')})") for each in patterns],
        {str(each.id): len(each.cycle) for each in patterns},
    )
    return form


def _change(visit: Visit[Unit], line: AssignmentLine, form: AssignmentForm) -> actions.Relaid:
    typed = form.value()
    return actions.change_assignment(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        assignment_id=line.id,
        expected_version=form.shown_version,
        first=typed.first,
        pattern_id=typed.pattern_id,
        anchor=typed.first - timedelta(days=typed.begins_with_day - 1),
    )


def _words(relaid: actions.Relaid) -> str:
    words = "The assignment is changed; no shift differs."
    if relaid.done is not None:
        words = f"{relaid.done.act.summary}."
    if relaid.left:
        words += f" {plural(relaid.left, 'day')} changed by hand, or with time away, stayed as they are."
    return words
