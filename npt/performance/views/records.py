"""The records behind a figure of the month."""

from datetime import date
from typing import TypeVar

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import definitions
from npt.kit.clock import parse_day
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.performance.forms import FigureForm
from npt.performance.queries import (
    Asked,
    FigureBehind,
    Shown,
    UnknownDefinition,
    check_covers,
    definition_named,
    figure_behind,
)
from npt.performance.views.door import chosen_beside, chosen_definition, month_address, pages
from npt.performance.views.figures import span_in_words
from npt.performance.views.provenance import foot_of
from npt.performance.views.records_table import NOTHING, count_in_words, listed, sums_in_words
from npt.shifts.rules import TIME_AWAY, ReasonKind
from npt.webkit.asked import asked_page, this_address
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

Choice = TypeVar("Choice", RoleGroup, PolicingRole, Shown)


def _one_of(options: type[Choice], name: str) -> Choice | None:
    """The option that the address names; None without one. ValueError for one that is not there."""
    given = request.args.get(name, "")
    return options(given) if given else None


def _day(name: str) -> date | None:
    """The day that the address names; None without one. ValueError for what is no day."""
    given = request.args.get(name, "")
    return parse_day(given) if given else None


def _asked() -> tuple[Asked, Shown]:
    """Figure and list that the address asks for. ValueError when it names what is not there."""
    group, role = _one_of(RoleGroup, "group"), _one_of(PolicingRole, "role")
    if role is not None and group_of(role) is None:
        raise ValueError("specials and volunteers are in no figure")
    asked = Asked(group, role, request.args.get("reason") or None, _day("from"), _day("to"))
    return asked, _one_of(Shown, "show") or Shown.LOST


def _found(visit: Visit[Unit], month: Month, page: Page) -> FigureBehind:
    """The figure that the address asks for; ends the request when there is none such."""
    try:
        asked, shown = _asked()
        definition, *other = [
            definition_named(visit.session, code) for code in (chosen_definition(), chosen_beside()) if code
        ]
        for each in (definition, *other):
            check_covers(each, month)
    except (ValueError, UnknownDefinition):
        not_found()
    behind = figure_behind(
        visit.session,
        visit.place,
        month,
        asked,
        definition=definition,
        beside=other[0] if other else None,
        shown=shown,
        page=page,
    )
    may_know = visit.may(Permission.RECORD_DUTY, visit.place.path)
    found = visit.found(behind)
    if found.reason is not None and found.reason.kind is ReasonKind.ABSENCE and not may_know:
        not_found()
    return found


@pages.read(
    "/units/<code>/months/<month:month>/records",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=TIME_AWAY,
)
def records(visit: Visit[Unit], month: Month) -> Answer:
    """The time away and the shifts that make up a figure; their sums are the figure."""
    page = asked_page()
    behind = _found(visit, month, page)
    path = visit.place.path
    visit.personal_record_id = visit.place.id
    form = FigureForm()
    offered = [(each.code, each.name) for each in definitions(visit.session) if each.covers(month)]
    form.offer(offered, behind.definition.code)
    form.offer_beside(offered, chosen_beside())
    other, rows_beside = behind.beside or (None, ())
    foot = foot_of((*behind.rows, *rows_beside), [behind.definition, *([other] if other else [])], visit.now)
    return visit.render(
        form=form,
        foot=foot,
        status=422 if foot.form.has_errors else 200,
        behind=behind,
        month=month,
        title=_title(behind),
        when=span_in_words(behind.span, month),
        listed=listed(
            behind,
            page,
            names_absence=visit.may(Permission.RECORD_DUTY, path),
            file=f"records-{visit.place.code}-{month}",
        )
        if visit.may(Permission.SEE_DUTY, path)
        else None,
        count=count_in_words(behind),
        nothing=NOTHING[behind.shown],
        sums=sums_in_words(behind),
        lists=[
            (
                shown.wording,
                this_address(show=None if shown is Shown.LOST else shown.value, page=None),
                shown is behind.shown,
            )
            for shown in Shown
        ],
        month_href=month_address(
            visit.place.code, month, behind.definition.code, **{"with": chosen_beside()}
        ),
    )


def _title(behind: FigureBehind) -> str:
    asked = behind.asked
    words = (
        asked.role.plural.capitalize()
        if asked.role
        else asked.group.wording
        if asked.group
        else "Officers and PCSOs"
    )
    return words if behind.reason is None else f"{words}, {behind.reason.name}"
