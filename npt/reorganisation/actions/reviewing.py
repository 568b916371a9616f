"""A review of boundaries is looked at, and carried out: all of it in one transaction, or nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from npt.organisation.actions import close_unit, lock_units, open_unit, review_priority_class
from npt.organisation.models import Unit
from npt.organisation.rules import Level, PriorityClass, UnitFacts
from npt.reorganisation.actions.agreed import Priorities
from npt.reorganisation.actions.heard import Heard, Incidents
from npt.reorganisation.actions.matters import Matters, Work
from npt.reorganisation.actions.named import Contacts
from npt.reorganisation.actions.network import KeyIndividuals
from npt.reorganisation.actions.scene import Carrier, Chosen, Line, Scene
from npt.reorganisation.actions.streets import Streets
from npt.reorganisation.actions.who_lives_here import Communities, Figures
from npt.reorganisation.actions.written import Profiles
from npt.reorganisation.rules import ReviewKind
from npt.store.constraints import refusing

#: In the order in which they are carried over: what speaks for communities follows them.
CARRIERS: tuple[Carrier, ...] = (
    Communities(),
    KeyIndividuals(),
    Profiles(),
    Figures(),
    Contacts(),
    Priorities(),
    Matters(),
    Work(),
    Streets(),
    Heard(),
    Incidents(),
)


@dataclass(frozen=True)
class Hanging:
    """All that hangs on the neighbourhoods that close, by carrier, in their order."""

    units: Sequence[Unit]
    parts: Sequence[tuple[Carrier, Sequence[Line]]]

    @property
    def lines(self) -> list[Line]:
        """Every line."""
        return [line for _, lines in self.parts for line in lines]

    @property
    def digest(self) -> str:
        """Tells this from what hung there before, or will hang there later."""
        told = [(unit.id, unit.version) for unit in self.units], [line.state for line in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def hanging(scene: Scene, *, is_held: bool) -> Hanging:
    """What hangs on what closes; with `is_held`, those units are held until the transaction ends."""
    if is_held:
        lock_units(scene.session, scene.ids, for_closing=True)
    parts = [(carrier, list(carrier.lines(scene))) for carrier in CARRIERS]
    return Hanging(list(scene.closing.values()), parts)


def carry_out(scene: Scene, seen: Hanging, chosen: Chosen) -> list[Unit]:
    """Open, close and carry over as planned; the neighbourhoods that opened. Undone by nothing but hand.

    `chosen`: for each line, by its name, where it goes. What opening, closing and each room refuse.
    """
    session, plan = scene.session, scene.plan
    lock_units(
        session, [unit.id for unit in (*scene.teams.values(), *scene.closing.values())], for_closing=True
    )
    for opening in plan.openings:
        facts = UnitFacts(opening.name, plan.first_day, None, opening.priority_class)
        scene.opened[opening.code] = open_unit(
            session,
            code=opening.code,
            level=Level.NEIGHBOURHOOD,
            parent=scene.teams[opening.team],
            facts=facts,
        )
    for code, unit in scene.closing.items():
        successors = [scene.opened[each] for each in plan.taking_over(code)]
        close_unit(session, unit, on=plan.last_day, taken_over_by=successors)
    for carrier, lines in seen.parts:
        carrier.carry(scene, lines, chosen)
    for unit in scene.opened.values():
        if unit.priority_class is not None:
            _review(scene, unit, unit.priority_class)
    with refusing(session):
        session.flush()
    return list(scene.opened.values())


def _review(scene: Scene, unit: Unit, priority_class: int) -> None:
    """The class that was given in the review counts as reviewed."""
    said = {
        ReviewKind.MERGE: "merged from",
        ReviewKind.SPLIT: "split from",
        ReviewKind.TRANSFER: "given to another team, before it",
    }[scene.plan.kind]
    codes = [code for code in scene.plan.closing if unit.code in scene.plan.taking_over(code)]
    was = ", ".join(f"{code} ({_class(scene.closing[code].priority_class)})" for code in codes)
    review_priority_class(
        scene.session,
        unit,
        priority_class=priority_class,
        reason=f"Review of boundaries: {said} {was}."[:500],
        stamp=scene.stamp,
    )


def _class(priority_class: int | None) -> str:
    return "not classified" if priority_class is None else PriorityClass(priority_class).wording.lower()
