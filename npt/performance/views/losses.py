"""What the neighbourhoods of a unit lost in a month by abstraction, by kind, and each loss."""

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.kit.paging import Part
from npt.organisation.models import Unit
from npt.performance.views.door import MONTH, chosen_definition, month_address, pages
from npt.reporting.queries import LossRecord, losses_page
from npt.shifts.rules import TIME_AWAY, LossKind
from npt.webkit.addresses import address
from npt.webkit.asked import asked_page, asked_value
from npt.webkit.filters import day_short
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

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


@pages.read(f"{MONTH}/losses", needs=Permission.SEE_STAFFING, within="code", shows_personal=TIME_AWAY)
def losses(visit: Visit[Unit], month: Month) -> Answer:
    """What was lost in the month, by kind, each with the abstraction that it was the price of."""
    kind, page = asked_value("kind", LossKind), asked_page()
    path = visit.place.path
    found = losses_page(visit.session, path, month.first, month.last, kind=kind, page=page)
    visit.personal_record_id = visit.place.id
    return visit.render(
        month=month,
        kind=kind,
        kinds=(None, *LossKind),
        found=found,
        table=_table(visit, month, Part(found.records, found.total, page))
        if visit.may(Permission.SEE_DUTY, path)
        else None,
        losses_href=losses_address,
        month_href=month_address(visit.place.code, month, chosen_definition()),
    )


def _table(visit: Visit[Unit], month: Month, records: Part[LossRecord]) -> Table[LossRecord]:
    return Table(
        f"What was lost in {month.title}",
        COLUMNS,
        records,
        href=lambda loss: address("duty.day", code=loss.unit_code, on=loss.on_date),
        noun="losses",
        file=f"losses-{visit.place.code}-{month}",
    )


def losses_address(code: str, month: Month, kind: LossKind | None = None) -> str:
    """The losses of a month, or those of a kind."""
    return month_address(code, month, view="losses", kind=kind.value if kind else "")
