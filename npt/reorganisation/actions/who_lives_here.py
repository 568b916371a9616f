"""Communities and population, carried over."""

from collections.abc import Iterable, Sequence

from npt.communities.actions import carry_over, record_population
from npt.communities.models import Population
from npt.communities.queries import communities_of, populations_of
from npt.communities.rules import LONGEST_SOURCE, summed
from npt.kit.clock import day_in_words
from npt.reorganisation.actions.scene import ENDS, STAYS, Chosen, Line, Option, Scene, code_in
from npt.reorganisation.rules import ReviewKind


class Communities:
    """Each community to the neighbourhoods where it lives now, with its flags."""

    heading = "Communities"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """Of a split each to every part: whoever knows better takes it away."""
        for each in communities_of(scene.session, scene.ids):
            if each.ends_on is not None:
                continue
            successors = scene.successors(each.unit_id)
            others = [Option(ENDS, "Nowhere: it ended")] if each.starts_on <= scene.plan.last_day else []
            if not scene.is_split:
                others.append(Option(STAYS, "Decide later"))
            flags = ", ".join(flag.flag.wording for flag in each.flags_on(scene.today))
            yield Line(
                f"community_{each.id}",
                f"{each.name}, {scene.name_of(each.unit_id)}" + (f" ({flags})" if flags else ""),
                f"{each.id}.{each.version}",
                (*successors, *others),
                tuple(option.value for option in successors),
                is_many=scene.is_split,
            )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """What nobody chose for stays with what closed, and is asked for there."""
        of_unit = {each.id: each.unit_id for each in communities_of(scene.session, scene.ids)}
        for unit in scene.closing.values():
            to: dict[int, Sequence[str]] = {}
            ended: list[int] = []
            for line in lines:
                values = chosen[line.name]
                codes = [code for value in values if (code := code_in(value)) is not None]
                if of_unit[line.key] != unit.id:
                    continue
                if ENDS in values:
                    ended.append(line.key)
                elif codes:
                    to[line.key] = codes
            if to or ended:
                carry_over(scene.session, closed=unit, to=to, ended=ended, stamp=scene.stamp)


class Figures:
    """The population: of a merge the sum, where it is known of all; of one given to another team the same."""

    heading = "Population"

    def lines(self, scene: Scene) -> Iterable[Line]:
        """One line for each neighbourhood that opens, where figures make one; none of a split."""
        for opening in scene.plan.openings:
            known = self._known(scene, opening.code)
            if known:
                sources = " and ".join(f"{scene.name_of(each.unit_id)} ({each.source})" for each in known)
                words = f"Figures of {sources}" if len(known) == 1 else f"The sum of {sources}"
                options = (Option(STAYS, "Leave them with what closes"),)
                to_it = Option(f"to:{opening.code}", f"{opening.name} ({opening.code})")
                yield Line(
                    f"population_{known[0].id}",
                    words,
                    ".".join(f"{each.id}.{each.version}" for each in known),
                    (to_it, *options),
                    (to_it.value,),
                )

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Recorded as at the first day, with the sources they come from."""
        wanted = {code_in(value) for line in lines for value in chosen[line.name]}
        for opening in scene.plan.openings:
            known = self._known(scene, opening.code) if opening.code in wanted else []
            figures = summed(each.figures for each in known)
            if figures is None:
                continue
            parts = [
                f"{scene.of(each.unit_id).code}: {each.source}, {day_in_words(each.as_at)}" for each in known
            ]
            record_population(
                scene.session,
                neighbourhood=scene.opened[opening.code],
                as_at=scene.plan.first_day,
                codes=figures.codes,
                source="; ".join(parts)[:LONGEST_SOURCE],
                people=figures.people,
                today=scene.today,
            )

    def _known(self, scene: Scene, code: str) -> list[Population]:
        """The latest figures of those from which the neighbourhood takes over; empty unless all are known."""
        if scene.plan.kind is ReviewKind.SPLIT:
            return []
        latest: dict[int, Population] = {}
        for each in populations_of(scene.session, scene.ids):
            if each.as_at <= scene.plan.last_day and each.figures.stated is not None:
                latest.setdefault(each.unit_id, each)
        units = [scene.closing[each] for each in scene.plan.closing if code in scene.plan.taking_over(each)]
        known = [latest[unit.id] for unit in units if unit.id in latest]
        return known if len(known) == len(units) else []
