"""The records behind a figure of the month."""

from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import definitions
from npt.kit.clock import parse_day
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.forms import FigureForm
from npt.performance.queries import (
    Asked,
    FigureBehind,
    Shown,
    definition_named,
    figure_behind,
)
from npt.performance.views.door import (
    MONTH,
    ROLES_WITH_TARGET,
    chosen_beside,
    chosen_definition,
    known_definitions,
    month_address,
    pages,
)
from npt.performance.views.figures import span_in_words
from npt.performance.views.people import people_listed
from npt.performance.views.provenance import foot_of
from npt.performance.views.records_table import listed, sums_in_words
from npt.performance.views.signed import signed_part
from npt.performance.views.teams import teams_over
from npt.shifts.rules import TIME_AWAY, ReasonKind
from npt.webkit.asked import asked_page, asked_value, this_address
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found


def _figure() -> Asked:
    """The figure that the address asks for; specials and volunteers are in none."""
    role = asked_value("role", PolicingRole)
    if role is not None and role not in ROLES_WITH_TARGET:
        not_found()
    return Asked(
        asked_value("group", RoleGroup),
        role,
        asked_value("reason", str),
        asked_value("member", str),
        asked_value("from", parse_day),
        asked_value("to", parse_day),
    )


def _found(visit: Visit[Unit], month: Month, page: Page) -> FigureBehind:
    """What is behind the figure that the address asks for; ends the request when there is none such."""
    other = chosen_beside()
    with known_definitions():
        definition = definition_named(visit.session, chosen_definition(), month)
        beside = definition_named(visit.session, other, month) if other else None
    behind = visit.found(
        figure_behind(
            visit.session,
            visit.place,
            month,
            _figure(),
            definition=definition,
            beside=beside,
            shown=asked_value("show", Shown) or Shown.LOST,
            page=page,
        )
    )
    if behind.member is not None and not visit.may(Permission.SEE_DUTY, visit.place.path):
        not_found()
    is_absence = behind.reason is not None and behind.reason.kind is ReasonKind.ABSENCE
    if is_absence and not visit.may(Permission.RECORD_DUTY, visit.place.path):
        not_found()
    return behind


@pages.read(f"{MONTH}/records", needs=Permission.SEE_STAFFING, within="code", shows_personal=TIME_AWAY)
def records(visit: Visit[Unit], month: Month) -> Answer:
    """The time away and the shifts that make up a figure; their sums are the figure."""
    page, path = asked_page(), visit.place.path
    behind = _found(visit, month, page)
    visit.personal_record_id = visit.place.id
    foot = foot_of(behind.rows, behind.definition, visit.now, behind.beside)
    return visit.render(
        form=_choice(visit, behind, month),
        foot=foot,
        status=foot.status,
        behind=behind,
        month=month,
        title=_title(behind),
        when=span_in_words(behind.span, month),
        listed=listed(visit, behind, page, month) if visit.may(Permission.SEE_DUTY, path) else None,
        sums=sums_in_words(behind),
        **_beneath(visit, behind, month),
        lists=_lists(),
        month_href=_month_address(visit, behind, month),
        signed=signed_part(visit, month),
    )


def _choice(visit: Visit[Unit], behind: FigureBehind, month: Month) -> FigureForm:
    """By which definition it is counted, and beside which."""
    form = FigureForm()
    covering = [each for each in definitions(visit.session) if each.covers(month)]
    form.offer(covering, behind.definition.code, chosen_beside())
    return form


def _lists() -> list[tuple[Shown, str]]:
    """What else may be listed of the figure, and where."""
    return [
        (shown, this_address(show=None if shown is Shown.LOST else shown.value, page=None)) for shown in Shown
    ]


def _month_address(visit: Visit[Unit], behind: FigureBehind, month: Month) -> str:
    return month_address(visit.place.code, month, behind.definition.code, **{"with": chosen_beside()})


def _beneath(visit: Visit[Unit], behind: FigureBehind, month: Month) -> dict[str, Any]:
    """The teams over target and the members that the figure is made of; of one member, where the whole is."""
    asked, definition = behind.asked, behind.definition
    if behind.member is not None:
        return {"teams": (), "people": None, "whole_href": this_address(member=None, page=None)}
    days = {name: request.args.get(name, "") for name in ("from", "to")}
    kept = {"with": chosen_beside(), "role": asked.role.value if asked.role else ""}
    # A target is of a group and its whole month.
    is_against_target = not (asked.role or asked.reason or any(days.values()))

    def records_of(team: Unit) -> str:
        group = asked.group.value if asked.group else ""
        return month_address(team.code, month, definition.code, view="records", group=group, **kept)

    return {
        "whole_href": "",
        "teams": teams_over(visit, month, definition, records_of, asked.groups) if is_against_target else (),
        "people": people_listed(
            visit,
            month,
            definition,
            span=behind.span,
            roles=asked.roles,
            reason=asked.reason,
            asked={**kept, **days},
        ),
    }


def _title(behind: FigureBehind) -> str:
    of = behind.asked
    if behind.member is not None:
        words = f"{behind.member.name} ({behind.member.number})"
        return words if behind.reason is None else f"{words}, {behind.reason.name}"
    words = of.role.plural.capitalize() if of.role else of.group.wording if of.group else "Officers and PCSOs"
    return words if behind.reason is None else f"{words}, {behind.reason.name}"
