"""Priorities of a neighbourhood that closes go to one that takes over from it, and so to its team.

What is of a whole team goes to another where every neighbourhood of the team does.
"""

from collections.abc import Iterable, Sequence

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.priorities.actions import carry_priority
from npt.priorities.models import Priority
from npt.priorities.queries import open_in, open_of_teams
from npt.reorganisation.actions.scene import STAYS, Chosen, Line, Option, Scene, to
from npt.reorganisation.queries import teams_left_without

_TEAM = Option(STAYS, "The team keeps it, without a neighbourhood")
_LEFT = Option(STAYS, "Leave it with its team")


class Priorities:
    """Each that is open; of a split it stays with the team until somebody chooses, since nobody can tell."""

    heading = "Priorities"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """Those proposed, agreed, and waiting for an answer."""
        yield from self._of_neighbourhoods(scene)
        yield from self._of_whole_teams(scene)

    def _of_neighbourhoods(self, scene: Scene) -> Iterable[Line]:
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

    def _of_whole_teams(self, scene: Scene) -> Iterable[Line]:
        """Those of the teams that keep no neighbourhood; to the one team that takes over, if it is one."""
        codes = {each.team for each in scene.plan.openings}
        giving = {unit.parent_id for unit in scene.closing.values()}
        named = {
            unit.id: unit for unit in scene.teams.values() if unit.id in giving and unit.code not in codes
        }
        left = teams_left_without(scene.session, named, scene.ids, as_at=scene.plan.first_day)
        options = [Option(to(code), scene.teams[code].name) for code in sorted(codes)]
        for each in open_of_teams(scene.session, left):
            team = named[each.unit_id]
            title = f", {each.title}" if scene.may(Permission.SEE_PROBLEMS, team.path) else ""
            yield Line(
                f"priority_{each.id}",
                f"{each.reference}{title}, {team.name}",
                f"{each.id}.{each.version}",
                (*options, _LEFT),
                (options[0].value if len(options) == 1 else STAYS,),
            )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Given to the neighbourhood that was chosen and its team, or to the team."""
        for line in lines:
            priority = scene.session.get_one(Priority, line.key)
            into = scene.target(chosen[line.name][0])
            if into is None and priority.neighbourhood_id is None:
                continue
            try:
                carry_priority(scene.session, priority, into=into, stamp=scene.stamp)
            except Refusal as refusal:
                raise type(refusal)(refusal.message, field=line.name) from refusal
