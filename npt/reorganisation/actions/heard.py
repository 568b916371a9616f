"""What happened since the first day of what opens: until today it stands with what closed before."""

from collections.abc import Iterable, Mapping, Sequence

from npt.engagement import actions as of_engagement
from npt.engagement.queries import sent_since
from npt.incidents import actions as of_incidents
from npt.incidents.queries import happened_since
from npt.kit.clock import day_in_words
from npt.organisation.models import Unit
from npt.reorganisation.actions.scene import STAYS, Chosen, Line, Option, Scene

_LEFT = Option(STAYS, "Nowhere: leave them with the closed neighbourhood")


class Heard:
    """All of a neighbourhood together: nobody can tell by itself in which part of a split they were."""

    heading = "Contacts and patrols"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """One line for each neighbourhood in which there were any since."""
        found = sent_since(scene.session, scene.ids, scene.plan.first_day)
        told = {key: f"contacts {each[0]:,}, patrols {each[1]:,}" for key, each in found.items()}
        return _lines(scene, "heard", told)

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What happened from the first day on happened in the neighbourhood that was chosen."""
        for closed, into in _chosen(scene, lines, chosen):
            of_engagement.hand_over_since(scene.session, closed, scene.plan.first_day, into)


class Incidents:
    """All of a neighbourhood together: without ground nobody can tell in which part of a split they were."""

    heading = "Incidents"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """One line for each neighbourhood in which there were any since."""
        found = happened_since(scene.session, scene.ids, scene.plan.first_day)
        return _lines(scene, "incidents", {key: f"incidents {count:,}" for key, count in found.items()})

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What happened from the first day on happened in the neighbourhood that was chosen."""
        for closed, into in _chosen(scene, lines, chosen):
            of_incidents.hand_over_since(scene.session, closed, scene.plan.first_day, into)


def _lines(scene: Scene, name: str, told: Mapping[int, str]) -> Iterable[Line]:
    """A line for each neighbourhood of which something is told, by its key."""
    since = day_in_words(scene.plan.first_day)
    for unit in scene.closing.values():
        if unit.id in told:
            options = scene.successors(unit.id)
            usual = _LEFT if scene.is_split else options[0]
            yield Line(
                f"{name}_{unit.id}",
                f"In {unit.name} since {since}: {told[unit.id]}",
                f"{name}_{unit.id}.{told[unit.id]}",
                (*options, _LEFT),
                (usual.value,),
            )


def _chosen(scene: Scene, lines: Sequence[Line], chosen: Chosen) -> Iterable[tuple[Unit, Unit]]:
    """What closes, and what its lines were sent to; nothing of those that stay."""
    for line in lines:
        into = scene.target(chosen[line.name][0])
        if into is not None:
            yield scene.of(line.key), into
