"""What is said of a neighbourhood: these are its vulnerable (or emerging) communities, or there are none."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from npt.communities.actions.places import check_stands, lock_neighbourhood
from npt.communities.models import Community, CommunityStatement
from npt.communities.queries import statements_of
from npt.communities.rules import Flag
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.store.constraints import refusing
from npt.store.versions import Stale


class StillFlagged(Refusal):
    """It was said that there are none, while some are flagged."""


class NothingToConfirm(Refusal):
    """Communities were to be re-confirmed, and none is flagged."""


class ListChanged(Stale):
    """The list is no longer the one that the person saw."""


def flagged(communities: Collection[Community], flag: Flag, day: date) -> list[Community]:
    """Those of the communities that have the flag on a day; they are whole."""
    return [each for each in communities if any(held.flag is flag for held in each.flags_on(day))]


def say(
    session: Session,
    *,
    neighbourhood: Unit,
    flag: Flag,
    is_none: bool,
    stamp: Stamp,
    today: date,
    seen: Collection[int] | None = None,
) -> CommunityStatement:
    """Re-confirm the communities with the flag, or sign that there are none, for a neighbourhood as of today.

    `seen`: the keys of the communities that the person saw with the flag; None where nobody looked. Said
    twice on one day it is one statement. NotANeighbourhood, NeighbourhoodNotOpen, StillFlagged,
    NothingToConfirm, ListChanged.
    """
    there = lock_neighbourhood(session, neighbourhood)
    check_stands(neighbourhood, today)
    now = flagged(there, flag, today)
    if seen is not None and set(seen) != {each.id for each in now}:
        raise ListChanged(
            "The list changed after you opened the page, so nothing was signed: look at it again, then sign."
        )
    if is_none and now:
        raise StillFlagged(
            f"{now[0].name} is flagged {flag.wording}: end that flag first, or re-confirm the list."
        )
    if not is_none and not now:
        raise NothingToConfirm(
            f"No community is flagged {flag.wording}: flag one, or sign that there are none."
        )
    for each in statements_of(session, neighbourhood, as_at=today):
        if each.flag is flag:
            if each.said_on == today and each.is_none is is_none:
                return each
            break
    statement = CommunityStatement(
        unit=neighbourhood,
        flag=flag,
        is_none=is_none,
        said_on=today,
        said_by_id=stamp.account_id,
        said_at=stamp.now,
    )
    with refusing(session):
        session.add(statement)
    return statement
