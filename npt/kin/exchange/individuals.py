"""The file of key individuals, in and out. Somebody is known by their reference.

A row is of somebody in the network: its stages are not proved. An empty cell says nothing and leaves what is
known. Nobody who was erased comes back by an old file.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.communities.actions.places import lock_neighbourhood
from npt.communities.models import Community
from npt.data_protection.queries import erased_among
from npt.data_protection.rules import erased_in_words
from npt.kin.actions import add_individual, change_individual, facts_of
from npt.kin.models import KeyIndividual
from npt.kin.queries import individuals_of, network_under
from npt.kin.rules import (
    LONGEST_NAME,
    Basis,
    KinFacts,
    NotInNetwork,
    Sector,
    Stage,
    Way,
    kept_email,
)
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.kit.telephones import telephone
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.sheets.columns import Column, Shape, choice, code, codes, day, email, text
from npt.store.exchange import ExportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow


class PersonErased(Refusal):
    """A row would bring somebody back who was erased."""


class UnknownCommunity(Refusal):
    """A row names a community that its neighbourhood has not."""


class OtherNeighbourhood(Refusal):
    """A row would move somebody to another neighbourhood."""


@dataclass(frozen=True, slots=True)
class KinRow(KeyedRow):
    """One row of the file."""

    neighbourhood: Unit
    reference: str
    name: str
    organisation: str | None
    sector: Sector
    communities: tuple[str, ...] | None
    phone: str | None
    email: str | None
    preferred: Way | None
    basis: Basis
    basis_on: date


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(sorted(codes(typed)))


def _email(typed: str) -> str | None:
    return kept_email(email(typed))


def _as_row(individual: KeyIndividual) -> KinRow:
    own = sorted(each.code for each in individual.communities if each.unit_id == individual.unit_id)
    return KinRow(
        0,
        individual.unit,
        individual.reference,
        individual.name,
        individual.organisation,
        individual.sector,
        tuple(own) or None,
        individual.phone,
        individual.email,
        individual.preferred,
        individual.basis,
        individual.basis_on,
    )


def _differs(was: KinRow, row: KinRow) -> str:
    if was.neighbourhood is not row.neighbourhood:
        raise OtherNeighbourhood(
            f"{row.reference} is recorded in {was.neighbourhood.code}: give that one. People are carried over"
            " when their neighbourhood closes.",
            field="neighbourhood",
        )
    return f"{row.reference} is recorded with other values (“{was.name}”, {was.sector.value})"


def _take(intake: Intake[KinRow, KeyIndividual]) -> None:
    erased = erased_among(intake.session, KeyIndividual.__tablename__, [row.reference for row in intake.new])
    for reference, erasure in erased.items():
        said = f"Key individual {erased_in_words(reference, erasure.erased_at)}: remove the row."
        intake.tell(intake.rows[reference], PersonErased(said, field="reference"))
    units = {row.neighbourhood.id: row.neighbourhood for row in intake.standing}
    there = _hold(intake, [units[key] for key in sorted(units)])
    for row, individual in intake.changing:
        with intake.telling(row):
            _change(intake, row, individual, there[row.neighbourhood.id])
    for row in intake.new:
        if not intake.is_refused(row) and row.neighbourhood.id in there:
            with intake.telling(row):
                _add(intake, row, there[row.neighbourhood.id])


def _hold(intake: Intake[KinRow, KeyIndividual], units: Iterable[Unit]) -> dict[int, Collection[Community]]:
    """The communities of these neighbourhoods, which are held; a unit that is none is told of its rows."""
    there: dict[int, Collection[Community]] = {}
    for unit in units:
        try:
            there[unit.id] = lock_neighbourhood(intake.session, unit)
        except Refusal as refusal:
            for row in list(intake.standing):
                if row.neighbourhood.id == unit.id:
                    intake.tell(row, refusal)
    return there


def _facts(row: KinRow, known: KinFacts | None = None) -> KinFacts:
    """What a row says; what it does not say stays as it is known."""
    return KinFacts(
        name=row.name,
        sector=row.sector,
        basis=row.basis,
        basis_on=row.basis_on,
        organisation=row.organisation,
        phone=row.phone,
        email=row.email,
        preferred=row.preferred,
        address=known.address if known else None,
        best_time=known.best_time if known else None,
        language=known.language if known else None,
        ethnicity=known.ethnicity if known else None,
    )


def _named(row: KinRow, there: Collection[Community]) -> list[Community]:
    found = {each.code: each for each in there}
    for each in row.communities or ():
        if each not in found:
            raise UnknownCommunity(
                f"{row.neighbourhood.code} has no community {each}: correct the code, or import the community"
                " first.",
                field="communities",
            )
    return [found[each] for each in row.communities or ()]


def _add(intake: Intake[KinRow, KeyIndividual], row: KinRow, there: Collection[Community]) -> None:
    add_individual(
        intake.session,
        neighbourhood=row.neighbourhood,
        facts=_facts(row),
        communities=_named(row, there),
        is_active=True,
        may_be_twice=True,  # their reference tells them apart; the list suggests who may be the same
        reference=row.reference,
        recorded_on=row.basis_on,
        there=there,
        stamp=intake.order.stamp,
        today=intake.order.today,
    )


def _change(
    intake: Intake[KinRow, KeyIndividual],
    row: KinRow,
    individual: KeyIndividual,
    there: Collection[Community],
) -> None:
    if individual.stage is Stage.MERGED:
        raise NotInNetwork(
            f"{row.reference} was merged into another record: remove the row.", field="reference"
        )
    elsewhere = [each for each in individual.communities if each.unit_id != individual.unit_id]
    change_individual(
        intake.session,
        individual,
        facts=_facts(row, facts_of(individual)),
        communities=[*_named(row, there), *elsewhere],
        there=there,
        stamp=intake.order.stamp,
        today=intake.order.today,
    )


def _records(session: Session, order: ExportOrder) -> Iterable[KeyIndividual]:
    """Who is in the network, in the month if one is given."""
    return (
        each
        for each in network_under(session, order.path)
        if each.active_on is not None and order.covers(Span(each.active_on))
    )


def _load(session: Session, rows: Sequence[KinRow]) -> list[KeyIndividual]:
    return individuals_of(session, {row.reference for row in rows})


KIN = Keyed(
    shape=Shape(
        "kin",
        (
            Column("neighbourhood", code, hint="the code of the neighbourhood"),
            Column("ref", code, hint="what files call the person, like K17"),
            Column("name", text(LONGEST_NAME), hint="the person's name"),
            Column("organisation", text(LONGEST_NAME), is_required=False),
            Column("sector", choice(Sector), hint="what they stand for, like faith or business"),
            Column("communities", _codes, is_required=False),
            Column("phone", telephone, is_required=False),
            Column("email", _email, is_required=False),
            Column("preferred", choice(Way), is_required=False),
            Column("basis", choice(Basis), hint="public-task or consent"),
            Column("recorded_on", day, hint="the day of the consent, or from which the record is kept"),
        ),
    ),
    row=KinRow,
    known_by=("reference",),
    about="name",
    names={"neighbourhood": UNITS_CODED},
    kept=("organisation", "communities", "phone", "email", "preferred"),
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=_take,
    records=_records,
)
