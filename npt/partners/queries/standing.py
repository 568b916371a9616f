"""Who a partner is at this moment: for which agency they act, or why their account opens nothing."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from npt.access.rules import Role, Viewer
from npt.partners.queries.accounts import latest_membership
from npt.partners.rules import barrier


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


def _why(viewer: Viewer, found: tuple[object, str] | None) -> str:
    where = viewer.scopes[0].place or viewer.scopes[0].code
    words = "" if found is None else found[1]
    return f"{words} Ask whoever manages partner accounts for {where} to put this right."
