"""Key individuals, carried over: by name for whoever keeps their records, by reference for others."""

from collections.abc import Iterable, Sequence

from npt.access.rules import Permission
from npt.kin.actions import carry_over
from npt.kin.models import KeyIndividual
from npt.reorganisation.actions.scene import ENDS, STAYS, Chosen, Line, Option, Scene, code_in
from npt.reorganisation.queries import individuals_here

_OTHERS = (Option(STAYS, "Decide later"), Option(ENDS, "Leaves the network"))


class KeyIndividuals:
    """Each to the neighbourhood where they belong now. Of a split that is decided later: nobody can tell."""

    heading = "Key individuals"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """Those in the network, and those proposed."""
        for each in individuals_here(scene.session, scene.ids):
            options = (*scene.successors(each.unit_id), *_OTHERS)
            usual = _OTHERS[0] if scene.is_split else options[0]
            yield Line(
                f"key-individual_{each.id}",
                self._words(scene, each),
                f"{each.id}.{each.version}",
                options,
                (usual.value,),
            )

    def _words(self, scene: Scene, individual: KeyIndividual) -> str:
        unit = scene.of(individual.unit_id)
        name = individual.name if names_are_shown(scene) else individual.reference
        return f"{name}, {individual.sector.wording.lower()}, {unit.name}"

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What is to be decided later waits on the list of the closed neighbourhood."""
        where = {each.id: each.unit_id for each in individuals_here(scene.session, scene.ids)}
        for unit in scene.closing.values():
            values = {line.key: chosen[line.name][0] for line in lines if where[line.key] == unit.id}
            to = {key: code for key, value in values.items() if (code := code_in(value)) is not None}
            left = [key for key, value in values.items() if value == ENDS]
            if to or left:
                carry_over(scene.session, closed=unit, to=to, left=left)


def names_are_shown(scene: Scene) -> bool:
    """Whether whoever reviews keeps the key individuals of all that closes, and so reads their names."""
    return all(scene.may(Permission.KEEP_KIN, unit.path) for unit in scene.closing.values())
