"""What the neighbourhoods of a unit lost in a month by abstraction, by kind, and each loss."""

from collections.abc import Mapping

from flask import request

from npt.access.rules import Permission
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.performance.queries import PER_PAGE
from npt.performance.views.door import chosen_definition, month_address, pages
from npt.reporting.queries import LossRecord, losses_page
from npt.shifts.rules import TIME_AWAY, LossKind
from npt.webkit.addresses import address
from npt.webkit.filters import day_short
from npt.webkit.pages import Answer
from npt.webkit.parts import Column, pagination
from npt.webkit.visit import Visit

COLUMNS = (
    Column("Day"),
    Column("Unit"),
    Column("What was lost"),
    Column("Which one, where"),
    Column("While away"),
)


@pages.read(
    "/units/<code>/months/<month:month>/losses",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=TIME_AWAY,
)
def losses(visit: Visit[Unit], month: Month) -> Answer:
    """What was lost in the month, by kind, each with the abstraction that it was the price of."""
    kind, page = _asked(visit)
    found = losses_page(
        visit.session,
        visit.place.path,
        month.first,
        month.last,
        kind=kind,
        page=page,
        page_size=PER_PAGE,
    )
    if page > found.pages:
        visit.missing()
    visit.personal_record_id = visit.place.id
    return visit.render(
        month=month,
        found=found,
        columns=COLUMNS,
        lines=[_line(record) for record in found.records],
        all_href=_address(visit, month),
        is_all=kind is None,
        links=loss_links(visit.place.code, month, found.counts, chosen=kind),
        count=sum(found.counts.values()),
        where=pagination(
            page,
            count=found.total,
            per_page=PER_PAGE,
            addresses=[_address(visit, month, kind, each) for each in range(1, found.pages + 1)],
            noun="losses",
        ),
        month_href=month_address(visit.place.code, month, chosen_definition()),
        may_see_names=visit.may(Permission.SEE_DUTY, visit.place.path),
    )


def loss_links(
    code: str, month: Month, counts: Mapping[LossKind, int], *, chosen: LossKind | None = None
) -> list[tuple[str, int, str, bool]]:
    """By kind: its words, how many, the address of the records, and whether they are the ones shown."""
    return [(kind.wording, counts[kind], _address_of(code, month, kind), kind is chosen) for kind in LossKind]


def _asked(visit: Visit[Unit]) -> tuple[LossKind | None, int]:
    """The kind and the page that the address asks for; ends the request when there is none such."""
    page, kind = request.args.get("page", "1"), request.args.get("kind", "")
    try:
        if not page.isdecimal() or len(page) > 6 or int(page) < 1:
            raise ValueError("no such page")
        return (LossKind(kind) if kind else None), int(page)
    except ValueError:
        visit.missing()
        raise


def _address(visit: Visit[Unit], month: Month, kind: LossKind | None = None, page: int = 1) -> str:
    return _address_of(visit.place.code, month, kind, page)


def _address_of(code: str, month: Month, kind: LossKind | None, page: int = 1) -> str:
    return month_address(
        code,
        month,
        DEFAULT_DEFINITION,
        view="losses",
        kind=kind.value if kind else "",
        page=page if page > 1 else "",
    )


def _line(record: LossRecord) -> tuple[str, str, str, str, str, str]:
    """A loss in words: day, its address, unit, kind, words, and whose abstraction it was the price of."""
    return (
        day_short(record.on_date),
        address("duty.day", code=record.unit_code, on=record.on_date),
        record.unit_code,
        record.kind.wording,
        record.words or "",
        f"{record.name} ({record.number}): {record.reason_name}",
    )
