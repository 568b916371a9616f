"""The file of agencies, in and out. An agency is known by its code, whatever the force.

An empty list of groups or successors, and empty days, say nothing and leave what is known; a new agency
without a first day opens on the day of the import. Groups are those to which it belongs until further
notice: an import begins the new memberships on its day and ends the others. A group that nobody knows is
added under its code, and told of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.kit.clock import local_midnight, to_local
from npt.partners.actions import (
    add_group,
    change_agency,
    forget_successors,
    named_agencies,
    open_agency,
    set_groups,
    succeed,
)
from npt.partners.models import Agency, AgencyGroup
from npt.partners.queries import (
    agencies_coded,
    all_agencies,
    following,
    groups_coded,
    lasting_groups,
    shares_with,
)
from npt.partners.rules import AgencyFacts, end_of
from npt.sheets.columns import Column, Shape, code, codes, day, text
from npt.store.exchange import ExportOrder, RowProblem, exports, imports
from npt.store.keyed import Intake, Keyed, KeyedRow


@dataclass(frozen=True, slots=True)
class AgencyRow(KeyedRow):
    """One row of the file, typed."""

    code: str
    name: str
    groups: tuple[str, ...] | None
    opened_on: date | None
    closed_on: date | None
    successors: tuple[str, ...] | None


class RecordedAgency(NamedTuple):
    """An agency, the codes of its groups, and of those that took over from it."""

    agency: Agency
    groups: tuple[str, ...]
    successors: tuple[str, ...]


def _recorded(session: Session, agencies: Iterable[Agency]) -> list[RecordedAgency]:
    belonging, taken_over = lasting_groups(session), following(session)
    return [
        RecordedAgency(
            agency,
            tuple(sorted(group.code for group in belonging.get(agency.id, ()))),
            tuple(sorted(taken_over.get(agency.code, ()))),
        )
        for agency in agencies
    ]


def _as_row(recorded: RecordedAgency) -> AgencyRow:
    agency = recorded.agency
    return AgencyRow(
        0,
        agency.code,
        agency.name,
        recorded.groups,
        agency.opened_on,
        agency.closed_on,
        recorded.successors,
    )


def _differs(was: AgencyRow, row: AgencyRow) -> str:
    closed = f" to {was.closed_on.isoformat()}" if was.closed_on else ""
    groups = f", in {' '.join(was.groups)}" if was.groups else ""
    return f"{row.code} is recorded with other values (“{was.name}”, from {was.opened_on}{closed}{groups})"


@dataclass
class _Agencies:
    """The agencies of a file while it is taken in."""

    intake: Intake[AgencyRow, RecordedAgency]
    agencies: dict[str, Agency]
    #: by code, those that the file names
    groups: dict[str, AgencyGroup]

    @property
    def today(self) -> date:
        return self.intake.order.today

    def open(self, row: AgencyRow) -> None:
        facts = AgencyFacts(row.name, row.opened_on or self.today, row.closed_on)
        self.agencies[row.code] = open_agency(self.intake.session, code=row.code, facts=facts)

    def change(self, row: AgencyRow) -> None:
        facts = AgencyFacts(row.name, row.opened_on or self.today, row.closed_on)
        change_agency(
            self.intake.session, self.agencies[row.code], facts=facts, stamp=self.intake.order.stamp
        )

    def belong(self, row: AgencyRow) -> None:
        """Give the agency the groups and the successors of its row."""
        session, agency = self.intake.session, self.agencies[row.code]
        if row.groups is not None:
            set_groups(session, agency, [self._group(each, row) for each in row.groups], self.today)
        if row.successors is not None:
            forget_successors(session, agency)
            succeed(session, agency, named_agencies(session, row.successors, "successors"))

    def _group(self, code: str, row: AgencyRow) -> AgencyGroup:
        """The group of a code; one that nobody knows is added."""
        if code in self.groups:
            return self.groups[code]
        told = f"the group {code} is new: give it its name on the page of agencies"
        self.intake.outcome.warnings.append(RowProblem(row.line, "groups", told))
        self.groups[code] = add_group(self.intake.session, code=code, name=code)
        return self.groups[code]


def _take(intake: Intake[AgencyRow, RecordedAgency]) -> None:
    changing = [row for row, _ in intake.changing]
    named = {code for row in (*changing, *intake.new) for code in row.groups or ()}
    agencies = {code: each.agency for code, each in intake.records.items()}
    taking = _Agencies(intake, agencies, groups_coded(intake.session, named))
    for row in changing:
        with intake.telling(row):
            taking.change(row)
    for row in intake.new:
        with intake.telling(row):
            taking.open(row)
    for row in (*changing, *intake.new):
        if not intake.is_refused(row):
            with intake.telling(row):
                taking.belong(row)


def _sorted_codes(text: str) -> tuple[str, ...]:
    """Codes separated by spaces, whose order says nothing."""
    return tuple(sorted(codes(text)))


def _out(session: Session, order: ExportOrder) -> list[RecordedAgency]:
    agencies = sorted(all_agencies(session), key=lambda each: each.code)
    if order.month is not None:
        agencies = [each for each in agencies if order.covers(each.span)]
    return _recorded(session, agencies)


AGENCIES = Keyed(
    shape=Shape(
        "agencies",
        (
            Column("code", code, hint="the agency's code"),
            Column("name", text(200), hint="what it is called"),
            Column("groups", _sorted_codes, is_required=False),
            Column("opened_on", day, is_required=False),
            Column("closed_on", day, is_required=False),
            Column("successors", _sorted_codes, is_required=False),
        ),
    ),
    row=AgencyRow,
    known_by=("code",),
    kept=("groups", "opened_on", "closed_on", "successors"),
    load=lambda session, rows: _recorded(
        session, agencies_coded(session, [row.code for row in rows]).values()
    ),
    differs=_differs,
    as_row=_as_row,
    take=_take,
    records=_out,
)
#: What is told of each share of a day.
SHOWN_COLUMNS = ("reference", "title", "kind", "unit", "level", "from", "until", "purpose", "legal_basis")


def shown_on(session: Session, agency: Agency, day: date) -> list[Sequence[object]]:
    """What the agency could see on a local day, from when until when in it: instants with their offset."""
    starts, ends = local_midnight(day), end_of(day)
    return [
        (
            share.matter.reference,
            share.matter.title,
            share.matter.kind.value,
            share.matter.unit.code,
            None if share.level is None else share.level.value,
            to_local(max(starts, share.granted_at)).isoformat(timespec="seconds"),
            to_local(min(ends, share.ends_at)).isoformat(timespec="seconds"),
            share.purpose,
            share.basis.value,
        )
        for share in shares_with(session, agency, starts, ends)
    ]


IMPORTS = imports(AGENCIES)
EXPORTS = exports(AGENCIES)
