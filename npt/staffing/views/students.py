"""Student officers of a unit, and whether they count in the strength of the force."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.actions import change_student_rule, set_student_rule
from npt.people.models import Posting, StudentRule
from npt.people.queries import student_rule_in, student_rules
from npt.people.rules import MEMBERS_LISTED
from npt.people.views.door import member_links
from npt.staffing.forms import CorrectStudentRuleForm, StudentRuleForm
from npt.staffing.queries import Staffing, staffing_of, students_on
from npt.staffing.views.door import day_page, pages, who_columns
from npt.staffing.wording import students_in_words
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

COLUMNS: Columns[Posting] = (
    *who_columns(lambda posting: posting.member),
    coded("Team", lambda posting: posting.unit),
    Column("First day", lambda posting: posting.starts_on),
    Column("Last day", lambda posting: posting.ends_on),
)
UNIT_COLUMNS: Columns[Staffing] = (
    coded("Unit", lambda staffing: staffing.unit, is_below=True),
    Column("Student officers", lambda staffing: staffing.students.heads, is_number=True),
)
RULE_COLUMNS: Columns[StudentRule] = (
    Column("From", lambda rule: rule.starts_on),
    Column("In strength", lambda rule: "counted" if rule.is_counted else "not counted"),
    Column(
        "Set by",
        lambda rule: "the command line" if rule.account is None else rule.account.name,
        holds_words=True,
    ),
    Column("When", lambda rule: rule.changed_at),
)


@pages.read(
    "/units/<code>/staffing/students",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=MEMBERS_LISTED,
)
def students(visit: Visit[Unit]) -> Answer:
    """How many student officers there are, whether they count, and, for who may see members, who they are."""
    visit.shows_personal = visit.may(Permission.SEE_MEMBERS, visit.place.path)
    visit.personal_record_id = visit.place.id
    return day_page(visit, AsAtForm(), lambda day: _shown(visit, day))


def _shown(visit: Visit[Unit], day: date) -> dict[str, Any]:
    found = staffing_of(visit.session, visit.place, day, with_children=True)
    may_post = visit.may(Permission.MANAGE_MEMBERS, visit.place.path)
    may_set = visit.place.level is Level.FORCE and may_post
    return {
        "words": students_in_words(found.students),
        "students": _people(visit, day) if visit.may(Permission.SEE_MEMBERS, visit.place.path) else None,
        "units": Table(
            "By unit",
            UNIT_COLUMNS,
            found.children,
            href=lambda each: url_for("staffing.students", code=each.unit.code, **as_at(day)),
        ),
        "rules": Table(
            "What the force has decided, latest first",
            RULE_COLUMNS,
            student_rules(visit.session, visit.place.path)[::-1],
            href=lambda rule: _rule_address(rule) if may_set else "",
        ),
        "may_post": may_post,
        "may_set": may_set,
    }


def _people(visit: Visit[Unit], day: date) -> Table[Posting]:
    postings = students_on(visit.session, visit.place.path, day)
    link = member_links(visit, [each.member_id for each in postings])
    return Table(
        f"Student officers on {day_in_words(day)}",
        COLUMNS,
        postings,
        href=lambda posting: link(posting.member),
        file=f"students-{visit.place.code}-{day}",
    )


def _rule_address(rule: StudentRule) -> str:
    return url_for("staffing.correct_student_rule", code=rule.unit.code, student_rule_id=rule.id)


@pages.form("/units/<code>/staffing/students/new", needs=Permission.MANAGE_MEMBERS, within="code")
def new_student_rule(visit: Visit[Unit]) -> Answer:
    """Say from a day on whether the student officers of the force count in strength."""
    form = StudentRuleForm()
    return form_page(
        visit,
        form,
        act=lambda: set_student_rule(visit.session, force=visit.place, **form.value(), stamp=visit.stamp),
        saved=_saved,
        back_href=url_for("staffing.students", code=visit.place.code),
    )


@pages.form(
    f"/units/<code>/staffing/students/<{KEY}:student_rule_id>", needs=Permission.MANAGE_MEMBERS, within="code"
)
def correct_student_rule(visit: Visit[Unit], student_rule_id: int) -> Answer:
    """Correct whether student officers count in strength from a day on."""
    return correction_page(
        visit,
        CorrectStudentRuleForm,
        lambda: student_rule_in(visit.session, visit.place, student_rule_id),
        act=lambda rule, form: change_student_rule(visit.session, rule, **form.value(), stamp=visit.stamp),
        saved=_saved,
        back_href=url_for("staffing.students", code=visit.place.code),
    )


def _saved(rule: StudentRule) -> str:
    counts = "count" if rule.is_counted else "do not count"
    return f"Student officers {counts} in strength from {day_in_words(rule.starts_on)}."
