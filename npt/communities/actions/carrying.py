"""Communities of a closed neighbourhood, carried over line by line to those that took over from it.

Nothing is carried over by itself, since nobody can tell on which side of a new line a community lives; and
nothing is lost: what nobody has decided on stays with the closed neighbourhood, and is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from npt.communities.actions.places import lock_neighbourhood
from npt.communities.models import Community, CommunityFlag
from npt.communities.queries import left_behind
from npt.communities.rules import code_for
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.store.constraints import refusing
from npt.store.versions import Stale


class NotASuccessor(Refusal):
    """A community was to be carried over to a neighbourhood that did not take over from its own."""


class NothingChosen(Refusal):
    """Nothing was chosen for any community."""


class CarriedMeanwhile(Stale):
    """Somebody else decided on a community meanwhile."""


@dataclass
class Carried:
    """What was done."""

    made: list[Community] = field(default_factory=list)
    #: carried over to a neighbourhood that had a community of that name already: nothing was made there
    there: list[Community] = field(default_factory=list)
    ended: list[Community] = field(default_factory=list)


#: Does what has to follow when communities were carried over; given what they became.
Following = Callable[[Session, Sequence[Community]], None]
_FOLLOWING: list[Following] = []


def follow_carried(follow: Following) -> None:
    """Let a floor above, which this one does not know, follow when communities are carried over.

    Key individuals are the case: whoever was carried over before speaks for what their community became.
    """
    if follow not in _FOLLOWING:
        _FOLLOWING.append(follow)


def carry_over(
    session: Session, *, closed: Unit, to: Mapping[int, Sequence[str]], ended: Sequence[int], stamp: Stamp
) -> Carried:
    """Carry communities of `closed` over: `to` names, by their keys, the codes of the neighbourhoods that get
    them; those of `ended` ended with their neighbourhood. Others stay undecided.

    A new one begins on the day on which its neighbourhood opened, with name, kind, languages and the flags
    that stood, for their reasons; one of that name that is there already is given the flags that it lacks. A
    share is that of another ground and is not taken along. NothingChosen,
    NotASuccessor, CarriedMeanwhile.
    """
    if not to and not ended:
        raise NothingChosen("Nothing is chosen: choose where at least one of the communities lives now.")
    lock_neighbourhood(session, closed)
    taking_over = {unit.code: unit for unit in last_successors(session, closed)}
    lock_units(session, [unit.id for unit in taking_over.values()], for_closing=True)
    waiting = {each.id: each for each in left_behind(session, closed)}
    if not waiting.keys() >= {*to, *ended}:
        raise CarriedMeanwhile(
            "Somebody else decided on one of these communities meanwhile, so nothing was done:"
            " look at the list again."
        )
    done = Carried()
    for key, codes in to.items():
        for code in codes:
            if code not in taking_over:
                raise NotASuccessor(f"{code} did not take over from {closed.code}: choose from the list.")
            into = _carry(session, waiting[key], taking_over[code], done, stamp)
            waiting[key].carried_into_id = waiting[key].carried_into_id or into.id
    for key in ended:
        waiting[key].ends_on = closed.closed_on
        done.ended.append(waiting[key])
    with refusing(session):
        session.flush()
    for follow in _FOLLOWING:
        follow(session, [*done.made, *done.there])
    return done


def _carry(session: Session, community: Community, unit: Unit, done: Carried, stamp: Stamp) -> Community:
    there = lock_neighbourhood(session, unit)
    first = unit.opened_on if unit.opened_on > community.starts_on else community.starts_on
    same = next((each for each in there if each.name.casefold() == community.name.casefold()), None)
    if same is not None and same.ends_on is None:
        if same.carried_from_id is None:
            same.carried_from_id = community.id
        new = _flags(community, max(first, same.starts_on), stamp)
        # Also one that somebody has ended there already.
        same.flags += [each for each in new if not any(_is_there(each, flag) for flag in same.flags)]
        same.languages = same.languages or community.languages
        done.there.append(same)
        return same
    codes = {each.code for each in there}
    made = Community(
        unit=unit,
        code=code_for(community.name, codes) if community.code in codes else community.code,
        name=community.name,
        kind=community.kind,
        languages=community.languages,
        starts_on=first,
        carried_from_id=community.id,
        flags=_flags(community, first, stamp),
    )
    with refusing(session):
        session.add(made)
    done.made.append(made)
    return made


def _flags(community: Community, first: date, stamp: Stamp) -> list[CommunityFlag]:
    """The flags that stand, for their reasons, from `first` on at the earliest."""
    return [
        CommunityFlag(
            flag=flag.flag,
            reason=flag.reason,
            starts_on=max(first, flag.starts_on),
            set_by_id=stamp.by,
            set_at=stamp.now,
        )
        for flag in community.flags
        if flag.ends_on is None
    ]


def _is_there(new: CommunityFlag, flag: CommunityFlag) -> bool:
    return flag.flag is new.flag and (flag.ends_on is None or flag.ends_on >= new.starts_on)
