"""Documents and other matters, handed over with the work and the shares that hang on them; other work."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from npt.access.rules import Permission
from npt.matters.actions import hand_over
from npt.matters.models import Matter
from npt.reorganisation.actions.scene import STAYS, Chosen, Line, Option, Scene
from npt.work.actions import hand_over_work
from npt.work.models import Action, Clock
from npt.work.queries import matters_at_work, work_of_units

_STAYS = Option(STAYS, "Leave it with what closes")


class Matters:
    """Each document, or other record that work and shares hang on, to whoever keeps it now."""

    heading = "Documents and other records"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """What is open, or still has work to be done; of a split it goes to the team."""
        is_needed = Matter.closed_on.is_(None) | Matter.id.in_(matters_at_work(scene.session, scene.ids))
        asked = select(Matter).where(Matter.unit_id.in_(scene.ids), is_needed)
        for each in scene.session.scalars(asked.order_by(Matter.kind, Matter.id)):
            path = scene.of(each.unit_id).path
            title = f", {each.title}" if scene.may(each.kind.needs, path) else ""
            yield _line(
                scene,
                f"matter_{each.id}",
                f"{each.kind.wording.capitalize()} {each.reference}{title}",
                each.version,
                each.unit_id,
            )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Handed over, with actions and clocks; shares are to be confirmed."""
        for line in lines:
            matter = scene.session.get_one(Matter, line.key)
            for unit in map(scene.target, chosen[line.name]):
                if unit is not None:
                    hand_over(scene.session, matter, unit=unit, stamp=scene.stamp)


class Work:
    """Actions and clocks of the neighbourhood itself."""

    heading = "Actions and clocks"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """What is open and hangs on no record; of a split it goes to the team."""
        for each in work_of_units(scene.session, scene.ids):
            kind = "action" if isinstance(each, Action) else "clock"
            is_seen = scene.may(Permission.SEE_ACTIONS, scene.of(each.unit_id).path)
            words = each.what if is_seen else f"{kind.capitalize()} {each.id}"
            yield _line(scene, f"{kind}_{each.id}", words, each.version, each.unit_id)

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Given to the unit that was chosen, the clocks of an action with it."""
        for line in lines:
            session, is_action = scene.session, line.name.startswith("action")
            record = session.get_one(Action, line.key) if is_action else session.get_one(Clock, line.key)
            for unit in map(scene.target, chosen[line.name]):
                if unit is not None:
                    hand_over_work(session, record, unit=unit)


def _line(scene: Scene, name: str, words: str, version: int, unit_id: int) -> Line:
    options = scene.team_or_successors(unit_id)
    usual = options[-1] if scene.is_split else options[0]
    return Line(name, words, f"{name}.{version}", (*options, _STAYS), (usual.value,))
