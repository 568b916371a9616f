"""What the neighbourhoods of a unit lost in a month by abstraction, by kind, and each loss."""

from collections.abc import Mapping

from flask import request

from npt.access.rules import Permission
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.kit.paging import Part
from npt.organisation.models import Unit
from npt.performance.views.door import chosen_definition, month_address, pages
from npt.reporting.queries import LossRecord, losses_page
from npt.shifts.rules import TIME_AWAY, LossKind
from npt.webkit.addresses import address
from npt.webkit.asked import asked_page
from npt.webkit.filters import day_short
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

COLUMNS: Columns[LossRecord] = (
    Column("Day", lambda loss: loss.on_date, words=day_short),
    Column("Unit", lambda loss: loss.unit_code),
    Column("What was lost", lambda loss: loss.kind),
    Column("Which one, where", lambda loss: loss.words or "", holds_words=True, name="which"),
    Column(
        "While away",
        lambda loss: f"{loss.name} ({loss.number}): {loss.reason_name}",
        holds_words=True,
        in_file=lambda loss: loss.number,
        name="member",
    ),
    Column("reason", lambda loss: loss.reason_name, is_on_page=False),
)


@pages.read(
    "/units/<code>/months/<month:month>/losses",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=TIME_AWAY,
)
def losses(visit: Visit[Unit], month: Month) -> Answer:
    """What was lost in the month, by kind, each with the abstraction that it was the price of."""
    kind, page = _asked_kind(), asked_page()
    found = losses_page(
        visit.session,
        visit.place.path,
        month.first,
        month.last,
        kind=kind,
        page=page,
    )
    visit.personal_record_id = visit.place.id
    return visit.render(
        month=month,
        table=Table(
            f"What was lost in {month.title}",
            COLUMNS,
            Part(found.records, found.total, page),
            href=lambda loss: address("duty.day", code=loss.unit_code, on=loss.on_date),
            noun="losses",
            file=f"losses-{visit.place.code}-{month}",
        )
        if visit.may(Permission.SEE_DUTY, visit.place.path)
        else None,
        total=found.total,
        all_href=_address(visit.place.code, month),
        is_all=kind is None,
        links=loss_links(visit.place.code, month, found.counts, chosen=kind),
        count=sum(found.counts.values()),
        month_href=month_address(visit.place.code, month, chosen_definition()),
    )


def loss_links(
    code: str, month: Month, counts: Mapping[LossKind, int], *, chosen: LossKind | None = None
) -> list[tuple[str, int, str, bool]]:
    """By kind: its words, how many, the address of the records, and whether they are the ones shown."""
    return [(kind.wording, counts[kind], _address(code, month, kind), kind is chosen) for kind in LossKind]


def _asked_kind() -> LossKind | None:
    """The kind that the address asks for, or all; ends the request when there is none such."""
    kind = request.args.get("kind", "")
    try:
        return LossKind(kind) if kind else None
    except ValueError:
        not_found()


def _address(code: str, month: Month, kind: LossKind | None = None) -> str:
    return month_address(code, month, DEFAULT_DEFINITION, view="losses", kind=kind.value if kind else "")
