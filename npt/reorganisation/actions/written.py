"""What teams wrote of the neighbourhoods that close, carried over part by part."""

from collections.abc import Iterable, Sequence

from npt.profiles.actions import carry_over
from npt.profiles.models import PartVersion
from npt.profiles.queries import latest_parts
from npt.profiles.rules import Part
from npt.reorganisation.actions.scene import ENDS, STAYS, Chosen, Line, Option, Scene, code_in

#: So many characters of a part stand in its line.
_SHOWN = 60


class Profiles:
    """Each written part to the profiles of the neighbourhoods that take over."""

    heading = "Profiles"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """Of a split each to every part: whoever knows better takes it away."""
        for each in self._waiting(scene):
            successors = scene.successors(each.profile.unit_id)
            others = [Option(ENDS, "Nowhere: leave it with the closed neighbourhood")]
            if not scene.is_split:
                others.append(Option(STAYS, "Decide later"))
            words = " ".join(each.words.split())
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
            yield Line(
                f"profile_{each.id}",
                f"{each.part.wording}, {scene.name_of(each.profile.unit_id)}: {shown}",
                str(each.id),
                (*successors, *others),
                tuple(option.value for option in successors),
                is_many=scene.is_split,
            )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What nobody chose for stays with what closed, and is asked for there."""
        parts = {each.id: (each.profile.unit_id, each.part) for each in self._waiting(scene)}
        for unit in scene.closing.values():
            to: dict[Part, Sequence[str]] = {}
            left: list[Part] = []
            for line in lines:
                unit_id, part = parts[line.key]
                values = chosen[line.name]
                codes = [code for value in values if (code := code_in(value)) is not None]
                if unit_id != unit.id:
                    continue
                if ENDS in values:
                    left.append(part)
                elif codes:
                    to[part] = codes
            if to or left:
                carry_over(scene.session, closed=unit, to=to, left=left, stamp=scene.stamp, today=scene.today)

    def _waiting(self, scene: Scene) -> list[PartVersion]:
        latest = latest_parts(scene.session, scene.ids)
        found = [latest[unit_id, part] for unit_id in scene.ids for part in Part if (unit_id, part) in latest]
        return [each for each in found if each.settled_on is None]
