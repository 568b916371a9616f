"""The records behind a figure of the month."""

from datetime import date
from typing import TypeVar

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import definitions
from npt.kit.clock import parse_day
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.performance.forms import FigureForm
from npt.performance.queries import (
    PER_PAGE,
    Asked,
    FigureBehind,
    Shown,
    UnknownDefinition,
    check_covers,
    definition_named,
    figure_behind,
)
from npt.performance.views.door import chosen_beside, chosen_definition, month_address, pages, records_address
from npt.performance.views.figures import span_in_words
from npt.performance.views.provenance import foot_of
from npt.performance.views.records_table import listed
from npt.shifts.rules import TIME_AWAY, ReasonKind
from npt.webkit.pages import Answer
from npt.webkit.parts import Pagination, pagination
from npt.webkit.visit import Visit

Choice = TypeVar("Choice", RoleGroup, PolicingRole, Shown)


def _one_of(options: type[Choice], name: str) -> Choice | None:
    """The option that the address names; None without one. ValueError for one that is not there."""
    given = request.args.get(name, "")
    return options(given) if given else None


def _day(name: str) -> date | None:
    """The day that the address names; None without one. ValueError for what is no day."""
    given = request.args.get(name, "")
    return parse_day(given) if given else None


def _asked() -> tuple[Asked, Shown, int]:
    """Figure, list and page that the address asks for. ValueError when it names what is not there."""
    group, role = _one_of(RoleGroup, "group"), _one_of(PolicingRole, "role")
    if role is not None and group_of(role) is None:
        raise ValueError("specials and volunteers are in no figure")
    asked = Asked(group, role, request.args.get("reason") or None, _day("from"), _day("to"))
    page = request.args.get("page", "1")
    if not page.isdecimal() or len(page) > 6 or int(page) < 1:
        raise ValueError("no such page")
    return asked, _one_of(Shown, "show") or Shown.LOST, int(page)


def _found(visit: Visit[Unit], month: Month) -> FigureBehind:
    """The figure that the address asks for; ends the request when there is none such."""
    try:
        asked, shown, page = _asked()
        definition, *other = [
            definition_named(visit.session, code) for code in (chosen_definition(), chosen_beside()) if code
        ]
        for each in (definition, *other):
            check_covers(each, month)
    except (ValueError, UnknownDefinition):
        visit.missing()
        raise
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
    if behind is None or page > behind.pages:
        visit.missing()
        raise AssertionError("the request has ended")
    if behind.reason is not None and behind.reason.kind is ReasonKind.ABSENCE and not may_know:
        visit.missing()
    return behind


@pages.read(
    "/units/<code>/months/<month:month>/records",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=TIME_AWAY,
)
def records(visit: Visit[Unit], month: Month) -> Answer:
    """The time away and the shifts that make up a figure; their sums are the figure."""
    behind = _found(visit, month)
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
        listed=listed(behind, names_absence=visit.may(Permission.RECORD_DUTY, path)),
        lists=[
            (shown.wording, _address(visit, month, behind, shown=shown), shown is behind.shown)
            for shown in Shown
        ],
        where=_where(visit, month, behind),
        month_href=month_address(
            visit.place.code, month, behind.definition.code, **{"with": chosen_beside()}
        ),
        may_see_names=visit.may(Permission.SEE_DUTY, path),
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


def _address(
    visit: Visit[Unit], month: Month, behind: FigureBehind, *, shown: Shown | None = None, page: int = 1
) -> str:
    shown, asked = shown or behind.shown, behind.asked
    return records_address(
        visit.place.code,
        month,
        behind.definition.code,
        group=asked.group.value if asked.group else "",
        role=asked.role.value if asked.role else "",
        reason=asked.reason,
        **{"from": asked.first or "", "to": asked.last or ""},
        show="" if shown is Shown.LOST else shown.value,
        **{"with": chosen_beside()},
        page=page if page > 1 else "",
    )


def _where(visit: Visit[Unit], month: Month, behind: FigureBehind) -> Pagination:
    return pagination(
        behind.page,
        count=behind.total,
        per_page=PER_PAGE,
        addresses=[_address(visit, month, behind, page=page) for page in range(1, behind.pages + 1)],
        noun="shifts" if behind.shown is Shown.SHIFTS else "records",
    )
