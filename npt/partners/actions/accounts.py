"""For which agency an account acts, and the vetting of its holder."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.kit.clock import day_in_words, local_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.partners.models import Agency, PartnerAccount
from npt.partners.queries import latest_membership
from npt.partners.rules import Vetting, check_vetting
from npt.people.models import Grant
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class NoPartner(Refusal):
    """An account without the role of a partner was to act for an agency."""


class AlreadyActs(Refusal):
    """An account was to act for an agency for which it acts, or whose membership changed at that moment."""


class AlreadyLeft(Refusal):
    """An account was to leave an agency for which it acts no more."""


class OwnVetting(Refusal):
    """Somebody was to say for which agency they act themselves, or how they were vetted."""


class VettingDropped(Refusal):
    """Somebody who was vetted was to be recorded as not vetted, which would open what had closed."""


class AgencyNotOpen(Refusal):
    """An account was to act for an agency that does not stand today."""


name_violation(
    "uq_partner_account_one_agency",
    lambda: AlreadyActs("The account was given an agency at this moment: look at it again.", field="agency"),
)


def act_for(
    session: Session,
    account: Account,
    *,
    agency: Agency,
    vetting: Vetting,
    vetted_until: date | None,
    stamp: Stamp,
) -> PartnerAccount:
    """Let an account act for an agency from this instant on, and for no other any more.

    NoPartner, OwnVetting, AlreadyActs, AgencyNotOpen, VettedUntilWrong.
    """
    today = local_day(stamp.now)
    _check_somebody_else(account, stamp)
    held = select(Grant.id).where(Grant.account_id == account.id, Grant.role == Role.PARTNER).limit(1)
    if session.scalar(held) is None:
        raise NoPartner(
            f"{account.name} has not the role “{Role.PARTNER.wording}”: give the account that role first."
        )
    if not agency.span.covers(today):
        day = agency.opened_on if agency.opened_on > today else agency.closed_on
        verb = "opens" if agency.opened_on > today else "closed"
        raise AgencyNotOpen(
            f"{agency.name} {verb} on {day_in_words(day or today)}: choose one that is open.", field="agency"
        )
    check_vetting(vetting, vetted_until, today)
    latest = latest_membership(session, account.id)
    if latest is not None and latest.ended_at is None:
        if latest.agency_id == agency.id:
            raise AlreadyActs(
                f"The account acts for {agency.name} already: renew its vetting instead.", field="agency"
            )
        latest.ended_at = stamp.now
        session.flush()
    made = PartnerAccount(
        account_id=account.id,
        agency_id=agency.id,
        vetting=vetting,
        vetted_until=vetted_until,
        began_at=stamp.now,
    )
    with refusing(session):
        session.add(made)
    return made


def renew_vetting(
    session: Session,
    member: PartnerAccount,
    *,
    vetting: Vetting,
    vetted_until: date | None,
    stamp: Stamp,
    expected_version: int | None = None,
) -> None:
    """Record how somebody is vetted now: what was closed to them opens again.

    StaleRecord, OwnVetting, VettingDropped, VettedUntilWrong.
    """
    check_version(member, expected_version)
    if member.account_id == stamp.by:
        raise OwnVetting("You cannot record your own vetting: ask another manager of partners.")
    if vetting is Vetting.NONE is not member.vetting:
        raise VettingDropped(
            "Vetting that has ended is renewed, not dropped: choose a level and its last day, or end the"
            " membership.",
            field="vetting",
        )
    check_vetting(vetting, vetted_until, local_day(stamp.now))
    member.vetting, member.vetted_until = vetting, vetted_until


def leave(session: Session, member: PartnerAccount, *, stamp: Stamp) -> None:
    """Let an account act for its agency no more: its next request is refused. AlreadyLeft."""
    if member.ended_at is not None:
        raise AlreadyLeft("The account does not act for this agency any more: nothing was changed.")
    member.ended_at = stamp.now


def _check_somebody_else(account: Account, stamp: Stamp) -> None:
    if stamp.by == account.id:
        raise OwnVetting("You cannot choose your own agency: ask another manager of partners.")
