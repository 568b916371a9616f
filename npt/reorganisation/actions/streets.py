"""Streets of which somebody has said that a neighbourhood answers for them, whatever the boundary."""

from collections import Counter
from collections.abc import Iterable, Sequence

from npt.places.actions import change_street
from npt.places.queries import streets_answered_by
from npt.reorganisation.actions.scene import STAYS, Chosen, Line, Option, Scene

_BOUNDARY = Option(STAYS, "Whichever has the ground")


class Streets:
    """All such streets of a neighbourhood together: which takes over, or whichever boundary holds them."""

    heading = "Streets"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """One line for each neighbourhood that has such streets."""
        counts = Counter(each.neighbourhood_id for each in streets_answered_by(scene.session, scene.ids))
        for unit in scene.closing.values():
            if counts[unit.id]:
                options = scene.successors(unit.id)
                usual = _BOUNDARY if scene.is_split else options[0]
                yield Line(
                    f"streets_{unit.id}",
                    f"{counts[unit.id]} named for {unit.name}",
                    f"{unit.id}.{counts[unit.id]}",
                    (*options, _BOUNDARY),
                    (usual.value,),
                )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Each street answered for by the neighbourhood that was chosen."""
        targets = {line.key: scene.target(chosen[line.name][0]) for line in lines}
        for street in streets_answered_by(scene.session, scene.ids):
            if street.neighbourhood_id in targets:
                change_street(scene.session, street, neighbourhood=targets[street.neighbourhood_id])
