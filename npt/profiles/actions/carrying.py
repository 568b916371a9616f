"""The written parts of a closed neighbourhood, carried over one by one to those that took over from it.

Nothing is carried over by itself, since nobody can tell of which side of a new line a sentence speaks; and
nothing is lost: what nobody has decided on stays with the closed neighbourhood, and is asked for. Words come
below those that are written there already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.profiles.actions.places import began, check_stands, lock_neighbourhood
from npt.profiles.actions.writing import add_version, written_part
from npt.profiles.models import PartVersion
from npt.profiles.queries import left_behind
from npt.profiles.rules import BadWords, Part, joined
from npt.store.constraints import refusing
from npt.store.versions import Stale


class NotASuccessor(Refusal):
    """A part was to be carried over to a neighbourhood that did not take over from its own."""


class NothingChosen(Refusal):
    """Nothing was chosen for any part."""


class CarriedMeanwhile(Stale):
    """Somebody else decided on a part meanwhile."""


@dataclass
class Carried:
    """What was done."""

    made: list[PartVersion] = field(default_factory=list)
    left: list[PartVersion] = field(default_factory=list)


def carry_over(
    session: Session,
    *,
    closed: Unit,
    to: Mapping[Part, Sequence[str]],
    left: Sequence[Part],
    stamp: Stamp,
    today: date,
) -> Carried:
    """Carry parts of `closed` over: `to` names the codes of the neighbourhoods that get each; those of `left`
    stay with it for good. Others stay undecided.

    NothingChosen, NotASuccessor, CarriedMeanwhile, NeighbourhoodNotOpen, BadWords (too long together).
    """
    if not to and not left:
        raise NothingChosen("Nothing is chosen: choose what becomes of at least one part.")
    lock_neighbourhood(session, closed)
    taking_over = {unit.code: unit for unit in last_successors(session, closed)}
    lock_units(session, [unit.id for unit in taking_over.values()], for_closing=True)
    waiting = {each.part: each for each in left_behind(session, closed)}
    if not waiting.keys() >= {*to, *left}:
        raise CarriedMeanwhile(
            "Somebody else decided on one of these parts meanwhile, so nothing was done: look at the list"
            " again."
        )
    done = Carried()
    for part, codes in to.items():
        for code in codes:
            if code not in taking_over:
                raise NotASuccessor(f"{code} did not take over from {closed.code}: choose from the list.")
            done.made.append(_carry(session, closed, waiting[part], taking_over[code], stamp, today))
        waiting[part].settled_on = today
    for part in left:
        waiting[part].settled_on = today
        done.left.append(waiting[part])
    with refusing(session):
        return done


def _carry(
    session: Session, closed: Unit, old: PartVersion, unit: Unit, stamp: Stamp, today: date
) -> PartVersion:
    check_stands(unit, today)
    profile = lock_neighbourhood(session, unit)
    now = written_part(session, unit, old.part)
    try:
        words = joined(now.words, old.words, closed.name, closed.closed_on or today)
    except BadWords as refusal:
        raise BadWords(
            f"{old.part.wording}, {unit.name}: {refusal.message}", field=f"part_{old.part.value}"
        ) from None
    made = add_version(session, began(session, unit, profile, today), now, words, stamp)
    made.carried_from_id = old.id
    return made
