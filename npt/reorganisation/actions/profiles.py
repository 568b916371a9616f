"""The written parts of profiles, carried over."""

from collections.abc import Iterable, Sequence

from npt.profiles.actions import carry_over
from npt.profiles.models import PartVersion
from npt.profiles.queries import latest_parts
from npt.reorganisation.actions.scene import ENDS, STAYS, Chosen, Line, Option, Scene, code_in

_LEFT = Option(ENDS, "Nowhere: it stays with what closes")
_LATER = Option(STAYS, "Decide later")


class Profiles:
    """Each part below what is written there already; of a split to every part, to be corrected there."""

    heading = "Written parts of profiles"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """What each part of each neighbourhood says now, unless somebody has settled it."""
        for each in self._waiting(scene):
            unit_id = each.profile.unit_id
            options = scene.successors(unit_id)
            yield Line(
                f"part_{each.id}",
                f"{each.part.wording}, {scene.of(unit_id).name}",
                f"{each.id}.{each.number}",
                (*options, _LEFT, *(() if scene.is_split else (_LATER,))),
                tuple(option.value for option in options),
                is_many=scene.is_split,
            )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What is to be decided later is asked for on the profile of the closed neighbourhood."""
        waiting = {each.id: each for each in self._waiting(scene)}
        for unit in scene.closing.values():
            own = [
                (waiting[line.key].part, chosen[line.name])
                for line in lines
                if waiting[line.key].profile.unit_id == unit.id
            ]
            left = [part for part, values in own if ENDS in values]
            to = {
                part: codes
                for part, values in own
                if ENDS not in values and (codes := [code for value in values if (code := code_in(value))])
            }
            if to or left:
                carry_over(scene.session, closed=unit, to=to, left=left, stamp=scene.stamp, today=scene.today)

    def _waiting(self, scene: Scene) -> list[PartVersion]:
        latest = latest_parts(scene.session, scene.ids).values()
        order = {key: place for place, key in enumerate(scene.ids)}
        waiting = (each for each in latest if each.settled_on is None)
        return sorted(waiting, key=lambda each: (order[each.profile.unit_id], each.part.value))
