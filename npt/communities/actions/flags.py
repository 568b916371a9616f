"""What is done to flags: set by somebody for a reason, corrected or ended, removed where it was a mistake."""

from datetime import date

from sqlalchemy.orm import Session

from npt.communities.actions.places import lock_neighbourhood
from npt.communities.models import Community, CommunityFlag
from npt.communities.rules import LONGEST_REASON, Flag, check_past, check_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Span, check_free, checked_span
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.rules import OutsideUnit, check_within
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class FlaggedAlready(Refusal):
    """A community would have the same flag twice on a day."""


class CommunityNotThere(OutsideUnit):
    """A flag would hold on days on which its community is not known to be there."""


class NoEndReason(Refusal):
    """A flag was ended without a reason, or given one without a last day."""


name_violation(
    "uq_community_flag_community_id_flag_starts_on",
    lambda: FlaggedAlready("The community has this flag from that day: open the page again.", field="flag"),
)


def set_flag(
    session: Session,
    community: Community,
    *,
    flag: Flag,
    reason: str | None,
    starts_on: date,
    stamp: Stamp,
    today: date,
) -> CommunityFlag:
    """Flag a community from a day on. It is whole, with its neighbourhood.

    InTheFuture, BadText, CommunityNotThere, FlaggedAlready.
    """
    lock_neighbourhood(session, community.unit)
    check_past(starts_on, today, "starts_on")
    check_words(reason, LONGEST_REASON, "reason", "Say why it is flagged.")
    span = checked_span(starts_on, None)
    check_within(span, community.name, community.span, CommunityNotThere)
    _check_free(community, flag, span)
    made = CommunityFlag(
        flag=flag, reason=reason or "", starts_on=starts_on, set_by_id=stamp.by, set_at=stamp.now
    )
    with refusing(session):
        community.flags.append(made)
    return made


def change_flag(
    session: Session,
    flag: CommunityFlag,
    *,
    neighbourhood: Unit,
    reason: str | None,
    ends_on: date | None,
    end_reason: str | None,
    today: date,
    expected_version: int | None = None,
) -> CommunityFlag:
    """Correct why a community is flagged, or end the flag. StaleRecord, BadText, InTheFuture, NoEndReason,
    EndsBeforeItStarts, CommunityNotThere, FlaggedAlready.
    """
    check_version(flag, expected_version)
    there = lock_neighbourhood(session, neighbourhood)
    check_words(reason, LONGEST_REASON, "reason", "Say why it is flagged.")
    span = checked_span(flag.starts_on, ends_on)
    if ends_on is not None:
        check_past(ends_on, today, "ends_on")
        check_words(end_reason, LONGEST_REASON, "end_reason", "Say why it is no longer flagged.")
    elif end_reason:
        raise NoEndReason("Give the last day of the flag too.", field="ends_on")
    community = next(each for each in there if each.id == flag.community_id)
    check_within(span, community.name, community.span, CommunityNotThere)
    _check_free(community, flag.flag, span, besides=flag)
    flag.reason, flag.ends_on, flag.end_reason = reason or "", ends_on, end_reason
    with refusing(session):
        return flag


def remove_flag(
    session: Session, flag: CommunityFlag, *, neighbourhood: Unit, expected_version: int | None = None
) -> None:
    """Remove a flag that was set by mistake, as if it had never been; the journal keeps it. StaleRecord."""
    check_version(flag, expected_version)
    lock_neighbourhood(session, neighbourhood)
    session.delete(flag)
    with refusing(session):
        return


def _check_free(
    community: Community, flag: Flag, span: Span, *, besides: CommunityFlag | None = None
) -> None:
    check_free(
        (each for each in community.flags if each.flag is flag and each is not besides),
        span,
        lambda each: FlaggedAlready(
            f"{community.name} is flagged {flag.wording} {each.span.in_words}: correct that flag instead.",
            field="flag",
        ),
    )
