"""Opening, correcting and closing agencies. Whatever changes the days of one ends its shares with them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.partners.actions.shares import end_with_agency
from npt.partners.models import Agency, AgencySuccession
from npt.partners.queries import agencies_coded, following, successors
from npt.partners.rules import (
    AgencyFacts,
    WrongSuccessor,
    check_agency_code,
    check_closing,
    check_successor,
)
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class AgencyCodeTaken(Refusal):
    """An agency was to be opened under a code that another has, or had."""


class UnknownAgency(Refusal):
    """A code was given that no agency has."""


name_violation(
    "uq_agency_code",
    lambda: AgencyCodeTaken(
        "Another agency has or had this code: give one that has never been used.", field="code"
    ),
)


def lock_agency(session: Session, agency: Agency, *, for_closing: bool = False) -> None:
    """Hold the agency as it is until the transaction ends, and read again what it is now."""
    asked = select(Agency).where(Agency.id == agency.id).with_for_update(read=not for_closing)
    session.scalars(asked.execution_options(populate_existing=True)).all()


def open_agency(session: Session, *, code: str, facts: AgencyFacts) -> Agency:
    """A new agency, sent to the database. BadAgencyCode, BadName, DayOutOfRange, AgencyCodeTaken."""
    check_agency_code(code)
    check_name(facts.name)
    span = facts.span
    agency = Agency(code=code, name=facts.name, opened_on=span.first, closed_on=span.last)
    with refusing(session):
        session.add(agency)
    return agency


def change_agency(
    session: Session,
    agency: Agency,
    *,
    facts: AgencyFacts,
    stamp: Stamp,
    expected_version: int | None = None,
) -> None:
    """Correct what is recorded of an agency, but for its code. With another last day its shares end then.

    StaleRecord, BadName, DayOutOfRange, EndsBeforeItStarts.
    """
    lock_agency(session, agency, for_closing=True)
    check_version(agency, expected_version)
    check_name(facts.name)
    span = facts.span
    agency.name, agency.opened_on, agency.closed_on = facts.name, span.first, span.last
    end_with_agency(session, agency, stamp.now)


def close_agency(
    session: Session,
    agency: Agency,
    *,
    closed_on: date,
    taken_over_by: Sequence[Agency] = (),
    stamp: Stamp,
    expected_version: int | None = None,
) -> None:
    """Close an agency with this last day: its shares end then, and whoever takes over is given none of them.

    StaleRecord, AlreadyClosed, DayOutOfRange, EndsBeforeItStarts, WrongSuccessor.
    """
    lock_agency(session, agency, for_closing=True)
    check_version(agency, expected_version)
    check_closing(agency.name, agency.span, closed_on)
    agency.closed_on = closed_on
    succeed(session, agency, taken_over_by)
    end_with_agency(session, agency, stamp.now)


def succeed(session: Session, agency: Agency, taken_over_by: Sequence[Agency]) -> None:
    """Say which agencies took over from a closed one; those already named stay. WrongSuccessor."""
    if not taken_over_by:
        return
    if agency.closed_on is None:
        raise WrongSuccessor(
            f"{agency.code} is open: close it, then name the agencies that took over from it.",
            field="successors",
        )
    session.flush()
    known, named = following(session), {each.id for each in successors(session, agency)}
    for each in taken_over_by:
        check_successor(agency.code, agency.closed_on, each.code, each.span, known)
        if each.id not in named:
            session.add(AgencySuccession(predecessor_id=agency.id, successor_id=each.id))
            named.add(each.id)
            known.setdefault(agency.code, []).append(each.code)


def forget_successors(session: Session, agency: Agency) -> None:
    """Take back which agencies took over from `agency`, so that others can be named."""
    session.flush()
    session.execute(delete(AgencySuccession).where(AgencySuccession.predecessor_id == agency.id))


def named_agencies(session: Session, codes: Collection[str], field: str) -> list[Agency]:
    """The agencies of these codes, in their order. UnknownAgency."""
    found = agencies_coded(session, codes)
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise UnknownAgency(f"There is no agency {unknown[0][:40]}: correct the code.", field=field)
    return [found[code] for code in codes]
