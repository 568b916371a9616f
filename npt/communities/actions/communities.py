"""What is done to the communities of a neighbourhood: added, corrected, closed, and their share recorded.

The neighbourhood's row is locked first, so that two people cannot both add what is there once.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.communities.actions.places import check_stands, lock_neighbourhood
from npt.communities.models import Community, CommunityFlag, CommunityShare
from npt.communities.rules import (
    LONGEST_NAME,
    LONGEST_REASON,
    CommunityKind,
    Flag,
    KnownShare,
    check_community_code,
    check_past,
    check_words,
    code_for,
    known_share,
)
from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import checked_span
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.rules import check_code
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class CommunityThere(Refusal):
    """The neighbourhood has a community of that name or code."""


class FlaggedLater(Refusal):
    """A community was to end before the day on which one of its flags was set."""


#: Why a flag ended that ended with its community.
ENDED_WITH_IT = "The community was closed."


def _code_there() -> CommunityThere:
    return CommunityThere(
        "The neighbourhood has, or had, a community of this code: give another code.", field="code"
    )


name_violation("uq_community_unit_id_code", _code_there)


def add_community(
    session: Session,
    *,
    neighbourhood: Unit,
    name: str,
    kind: CommunityKind,
    languages: str | None = None,
    share: Decimal | None = None,
    as_at: date | None = None,
    source: str | None = None,
    flags: Collection[Flag] = (),
    reason: str | None = None,
    code: str | None = None,
    starts_on: date | None = None,
    stamp: Stamp,
    today: date,
) -> Community:
    """Add a community to `neighbourhood`, known to be there from `starts_on` (today, unless given).

    `share` in percent, with `as_at` and `source`; `flags` are set on its first day, all for `reason`. Without
    `code` one is made of the name. Refusals: NotANeighbourhood, NeighbourhoodNotOpen, BadText, BadShare,
    InTheFuture, BadCode, CommunityThere.
    """
    there = lock_neighbourhood(session, neighbourhood)
    first = starts_on or today
    check_past(first, today, "starts_on")
    check_stands(neighbourhood, first)
    check_words(name, LONGEST_NAME, "name", "Give the community a name.")
    known = known_share(share, as_at, source, today)
    if flags:
        check_words(reason, LONGEST_REASON, "reason", "Say why it is flagged.")
    _check_name_free(there, name, first)
    if code is not None:
        check_code(code)
        check_community_code(code)
    community = Community(
        unit=neighbourhood,
        code=code or code_for(name, {each.code for each in there}),
        name=name,
        kind=kind,
        languages=languages,
        starts_on=first,
        flags=[
            CommunityFlag(
                flag=flag, reason=reason or "", starts_on=first, set_by_id=stamp.by, set_at=stamp.now
            )
            for flag in flags
        ],
        shares=[] if known is None else [_share(known)],
    )
    with refusing(session):
        session.add(community)
    return community


def change_community(
    session: Session,
    community: Community,
    *,
    name: str,
    kind: CommunityKind,
    languages: str | None,
    ends_on: date | None,
    today: date,
    expected_version: int | None = None,
) -> Community:
    """Correct what is recorded of a community; a last day closes it, and ends its flags that day.

    `community` is whole, with its neighbourhood. StaleRecord, EndsBeforeItStarts, FlaggedLater, and what
    `add_community` refuses.
    """
    check_version(community, expected_version)
    there = lock_neighbourhood(session, community.unit)
    check_words(name, LONGEST_NAME, "name", "Give the community a name.")
    checked_span(community.starts_on, ends_on)
    if ends_on is not None:
        check_past(ends_on, today, "ends_on")
        _end_flags(community, ends_on)
    others = [each for each in there if each.id != community.id]
    if ends_on is None:
        _check_name_free(others, name, community.starts_on)
    community.name, community.kind, community.languages = name, kind, languages
    community.ends_on = ends_on
    with refusing(session):
        return community


def record_share(
    session: Session,
    community: Community,
    *,
    share: Decimal | None,
    as_at: date,
    source: str | None,
    today: date,
) -> CommunityShare:
    """Record what is known of a community's share as at a day; of a day that has one, correct it.

    `community` is whole. BadShare, InTheFuture, BadText.
    """
    lock_neighbourhood(session, community.unit)
    known = known_share(share, as_at, source, today) or KnownShare(None, as_at, None)
    made = next((each for each in community.shares if each.as_at == as_at), None)
    with refusing(session):
        if made is None:
            made = _share(known)
            community.shares.append(made)
        made.percent, made.source = known.percent, known.source
    return made


def _share(known: KnownShare) -> CommunityShare:
    return CommunityShare(as_at=known.as_at, percent=known.percent, source=known.source)


def _check_name_free(there: Collection[Community], name: str, first: date) -> None:
    """Refuse (CommunityThere) a second community of a name, in capitals or not, while the first is there."""
    for each in there:
        if each.name.casefold() == name.casefold() and (each.ends_on is None or each.ends_on >= first):
            raise CommunityThere(
                f"{each.name} is recorded here already: correct that one, or give this one another name.",
                field="name",
            )


def _end_flags(community: Community, last: date) -> None:
    for flag in community.flags:
        if flag.starts_on > last:
            raise FlaggedLater(
                f"It was flagged {flag.flag.wording} on {day_in_words(flag.starts_on)}: give that day or a"
                " later one as the last, or remove the flag.",
                field="ends_on",
            )
        if flag.ends_on is None or flag.ends_on > last:
            flag.ends_on, flag.end_reason = last, flag.end_reason or ENDED_WITH_IT
