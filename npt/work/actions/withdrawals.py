"""A share is withdrawn only after what its agency owns of the matter has another owner."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.partners.actions import check_withdrawal_by
from npt.partners.models import PartnerAccount, Share
from npt.work.models import Action
from npt.work.rules import OPEN_STATES


class StillOwns(Refusal):
    """An agency was to be shut out from a matter of which it still has work to do."""


def follow_shares() -> None:
    """Have it asked from now on before a share is withdrawn."""
    check_withdrawal_by(check_owns_nothing)


def check_owns_nothing(session: Session, share: Share) -> None:
    """Refuse (StillOwns) where the agency, or an account that acts for it, has open actions of the matter."""
    if share.agency_id is None:
        return
    accounts = select(PartnerAccount.account_id).where(
        PartnerAccount.agency_id == share.agency_id, PartnerAccount.ended_at.is_(None)
    )
    owned = or_(Action.owner_agency_id == share.agency_id, Action.owner_account_id.in_(accounts))
    asked = select(func.count()).where(
        Action.matter_id == share.matter_id, Action.state.in_(sorted(OPEN_STATES, key=str)), owned
    )
    count = session.scalar(asked) or 0
    if count:
        raise StillOwns(
            f"The agency still has {count} open action{'' if count == 1 else 's'} here:"
            " give each another owner, or end it, then withdraw the share."
        )
