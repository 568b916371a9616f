"""Supervision: constables and PCSOs to a sergeant, the limit of the force on them, and setting it."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.staffing import queries
from npt.staffing.actions import change_limit, set_limit
from npt.staffing.forms import CorrectLimitForm, LimitForm
from npt.staffing.models import RatioLimit
from npt.staffing.queries import UnitRatio
from npt.staffing.rules import Supervision
from npt.staffing.views.door import day_page, pages
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import number
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

LIMITS: Columns[RatioLimit] = (
    Column("From", lambda limit: limit.starts_on),
    Column("At most", lambda limit: f"1:{number(limit.people)}", in_file=lambda limit: limit.people),
)


def _columns(limit: RatioLimit | None) -> Columns[UnitRatio]:
    return (
        Column(
            "Unit",
            lambda line: line.staffing.unit.name,
            holds_words=True,
            below=lambda line: f"{line.staffing.unit.level.wording} {line.staffing.unit.code}",
            in_file=lambda line: line.staffing.unit.code,
        ),
        Column(
            "Constables and PCSOs",
            lambda line: (
                line.staffing.of(PolicingRole.CONSTABLE).strength
                + line.staffing.of(PolicingRole.PCSO).strength
            ),
            is_number=True,
            note="FTE in post",
        ),
        Column(
            "Sergeants",
            lambda line: line.staffing.of(PolicingRole.SERGEANT).strength,
            is_number=True,
            note="FTE in post",
        ),
        Column(
            "On strength",
            lambda line: _in_words(line.staffing.ratio_on_strength, line.on_strength, limit),
            tone=lambda line: "bad" if line.on_strength.is_breach else "",
        ),
        Column(
            "On establishment",
            lambda line: _in_words(line.staffing.ratio_on_establishment, line.on_establishment, limit),
        ),
    )


@pages.read("/units/<code>/staffing/supervision", needs=Permission.SEE_STAFFING, within="code")
def supervision(visit: Visit[Unit]) -> Answer:
    """How many constables and PCSOs each sergeant has, unit by unit, against the limit of the force."""
    return day_page(visit, AsAtForm(), lambda day: _shown(visit, day))


def _shown(visit: Visit[Unit], day: date) -> dict[str, Any]:
    found = queries.ratios(visit.session, visit.place, day)
    is_force = visit.place.level is Level.FORCE
    may_set = is_force and visit.may(Permission.MANAGE_MEMBERS, visit.place.path)

    def limit_address(limit: RatioLimit) -> str:
        if not may_set:
            return ""
        return url_for("staffing.correct_limit", code=visit.place.code, limit_id=limit.id)

    return {
        "found": found,
        "limits": Table(
            "Limits of the force",
            LIMITS,
            queries.limits_of(visit.session, visit.place.path) if is_force else (),
            href=limit_address,
        ),
        "ratios": Table(
            f"Constables and PCSOs to a sergeant on {day_in_words(day)}",
            _columns(found.limit),
            found.lines,
            href=lambda line: url_for("staffing.staffing", code=line.staffing.unit.code, **as_at(day)),
            file=f"supervision-{visit.place.code}-{day}",
        ),
        "may_set": may_set,
    }


def _in_words(ratio: Decimal | None, stands: Supervision, limit: RatioLimit | None) -> str:
    """ "1:11.3, over 1:10", "supervised from another team", "not known"."""
    if stands is Supervision.ELSEWHERE:
        return "no sergeant of its own"
    if stands is Supervision.NOBODY:
        return "no supervisor"
    if ratio is None:
        return "not known"
    judged = {Supervision.OVER: "over", Supervision.WITHIN: "within"}.get(stands)
    return (
        f"1:{ratio}" if limit is None or judged is None else f"1:{ratio}, {judged} 1:{number(limit.people)}"
    )


@pages.form("/units/<code>/staffing/supervision/new", needs=Permission.MANAGE_MEMBERS, within="code")
def new_limit(visit: Visit[Unit]) -> Answer:
    """Set the limit of the force from a day on."""
    form = LimitForm()
    return form_page(
        visit,
        form,
        act=lambda: set_limit(visit.session, unit=visit.place, **form.value()),
        saved="The limit is saved.",
        back_href=url_for("staffing.supervision", code=visit.place.code),
    )


@pages.form(
    f"/units/<code>/staffing/supervision/<{KEY}:limit_id>", needs=Permission.MANAGE_MEMBERS, within="code"
)
def correct_limit(visit: Visit[Unit], limit_id: int) -> Answer:
    """Correct a limit of the force."""
    return correction_page(
        visit,
        CorrectLimitForm,
        lambda: queries.limit_in(visit.session, visit.place, limit_id),
        act=lambda limit, form: change_limit(visit.session, limit, **form.value()),
        saved="The limit is saved.",
        back_href=url_for("staffing.supervision", code=visit.place.code),
    )
