"""Contacts and patrols since the first day of what opens: until today they stand with what closed before."""

from collections.abc import Iterable, Sequence

from npt.engagement.actions import hand_over_since
from npt.engagement.queries import sent_since
from npt.kit.clock import day_in_words
from npt.reorganisation.actions.scene import STAYS, Chosen, Line, Option, Scene

_LEFT = Option(STAYS, "Nowhere: leave them with the closed neighbourhood")


class Heard:
    """All of a neighbourhood together: nobody can tell by itself in which part of a split they were."""

    heading = "Contacts and patrols"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """One line for each neighbourhood in which there were any since."""
        first = scene.plan.first_day
        found = sent_since(scene.session, scene.ids, first)
        for unit in scene.closing.values():
            contacts, patrols = found.get(unit.id, (0, 0))
            if contacts or patrols:
                options = scene.successors(unit.id)
                usual = _LEFT if scene.is_split else options[0]
                yield Line(
                    f"heard_{unit.id}",
                    f"In {unit.name} since {day_in_words(first)}: contacts {contacts:,}, patrols {patrols:,}",
                    f"{unit.id}.{contacts}.{patrols}",
                    (*options, _LEFT),
                    (usual.value,),
                )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What happened from the first day on happened in the neighbourhood that was chosen."""
        for line in lines:
            into = scene.target(chosen[line.name][0])
            if into is not None:
                hand_over_since(scene.session, scene.of(line.key), scene.plan.first_day, into)
