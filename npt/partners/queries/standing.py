"""Who a partner is at this moment: for which agency they act, or why their account opens nothing."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role, Viewer
from npt.partners.models import PartnerAccount
from npt.partners.queries.accounts import latest_membership
from npt.partners.rules import barrier
from npt.people.models import Grant
from npt.store.batches import batches, found_by
from npt.store.loading import loaded_with


def as_partner(session: Session, viewer: Viewer | None, today: date) -> Viewer | None:
    """The person with what being a partner adds or takes away; whoever is none, as they are.

    What they hold as a partner opens nothing without an agency that stands, a membership and vetting that
    hold; other roles of the same account are not touched. One statement for a partner, none for others.
    """
    if viewer is None or not viewer.has_role(Role.PARTNER):
        return viewer
    latest = latest_membership(session, viewer.account_id)
    found = barrier(None if latest is None else latest.membership, today)
    if found is None and latest is not None:
        return replace(viewer, agency_id=latest.agency_id)
    others = tuple(scope for scope in viewer.scopes if scope.role is not Role.PARTNER)
    return replace(viewer, scopes=others, barred="" if others else _why(viewer, found))


def barred_among(session: Session, account_ids: Collection[int], today: date) -> set[int]:
    """Those of the accounts that were made for a partner, have no other role, and open nothing today.

    Like `as_partner`, for many, and for those who have lost the role too. Two statements for a few thousand.
    """
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    for some in batches(sorted(set(account_ids))):
        held = select(Grant.account_id, Grant.role).where(Grant.account_id.in_(some))
        for account_id, role in session.execute(held):
            roles[account_id].add(role)
    asked = loaded_with(PartnerAccount, PartnerAccount.agency).order_by(PartnerAccount.id)
    acted = found_by(session, asked, PartnerAccount.account_id, account_ids)
    latest = {each.account_id: each.membership for each in acted}
    partners = {key for key in account_ids if roles[key] <= {Role.PARTNER} and (roles[key] or key in latest)}
    return {key for key in partners if barrier(latest.get(key), today) is not None}


def _why(viewer: Viewer, found: tuple[object, str] | None) -> str:
    where = viewer.scopes[0].place or viewer.scopes[0].code
    words = "" if found is None else found[1]
    return f"{words} Ask whoever manages partner accounts for {where} to put this right."
