"""One line a person: hours on duty, hours abstracted, what share that is, and how often it happened."""

from collections.abc import Collection, Mapping

from npt.access.rules import Permission
from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.performance.queries import MemberCounted, members_counted
from npt.performance.views.door import ROLES_WITH_TARGET, month_address
from npt.webkit.filters import hours
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.visit import Visit


def people_listed(
    visit: Visit[Unit],
    month: Month,
    definition: DatedDefinition,
    *,
    span: Span | None = None,
    roles: Collection[PolicingRole] = ROLES_WITH_TARGET,
    reason: str | None = None,
    asked: Mapping[str, str],
) -> Table[MemberCounted] | None:
    """The members of a team whose duty is in a figure of the month, the highest share of each group first.

    None above a team, where nobody had a shift, and for whoever may not see who is on duty and away. `span`
    leaves out days of the month; `asked` is what else stands in the addresses of the records.
    """
    place = visit.place
    if place.level is not Level.TEAM or not visit.may(Permission.SEE_DUTY, place.path):
        return None
    rows = members_counted(
        visit.session,
        place.path,
        span or Span(month.first, month.last),
        definition,
        roles=roles,
        reason=reason,
    )

    def records(row: MemberCounted, show: str = "") -> str:
        return month_address(
            place.code,
            month,
            definition.code,
            view="records",
            **{**asked, "group": row.group.value, "member": row.number, "reason": reason, "show": show},
        )

    away, of = ("Lost", "Rostered") if definition.puts_absence_back else ("Abstracted", "On duty")
    columns: Columns[MemberCounted] = (
        Column("Member", lambda row: row.name, holds_words=True, below=lambda row: row.number),
        Column("Share", lambda row: row.share, is_number=True, href=records),
        Column(away, lambda row: row.lost, is_number=True, words=hours, href=records),
        Column("Times", lambda row: row.times, is_number=True, href=records),
        Column(
            of,
            lambda row: row.denominator,
            is_number=True,
            words=hours,
            href=lambda row: records(row, "shifts"),
        ),
        Column("Group", lambda row: row.group),
    )
    return Table("Members", columns, rows, href=records) if rows else None
