"""Priorities of a neighbourhood that closes go to one that takes over from it, and so to its team."""

from collections.abc import Iterable, Sequence

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.priorities.actions import carry_priority
from npt.priorities.models import Priority
from npt.priorities.queries import open_in
from npt.reorganisation.actions.scene import STAYS, Chosen, Line, Option, Scene

_TEAM = Option(STAYS, "The team keeps it, without a neighbourhood")


class Priorities:
    """Each that is open; of a split it stays with the team until somebody chooses, since nobody can tell."""

    heading = "Priorities"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """Those proposed, agreed, and waiting for an answer."""
        for each in open_in(scene.session, scene.ids):
            unit = scene.of(each.neighbourhood_id or 0)
            title = f", {each.title}" if scene.may(Permission.SEE_PROBLEMS, unit.path) else ""
            options = (*scene.successors(unit.id), _TEAM)
            usual = _TEAM if scene.is_split else options[0]
            yield Line(
                f"priority_{each.id}",
                f"{each.reference}{title}, {unit.name}",
                f"{each.id}.{each.version}",
                options,
                (usual.value,),
            )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Given to the neighbourhood that was chosen and its team."""
        for line in lines:
            priority = scene.session.get_one(Priority, line.key)
            try:
                carry_priority(scene.session, priority, into=scene.target(chosen[line.name][0]))
            except Refusal as refusal:
                raise type(refusal)(refusal.message, field=line.name) from refusal
