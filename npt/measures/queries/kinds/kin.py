"""Whether key individuals are met, and for how many communities somebody can speak."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.kin.models import Encounter, KeyIndividual, SpokenFor
from npt.kin.queries.mix import in_network_on, place_on
from npt.kin.rules import NOT_SEEN_AFTER
from npt.kit.months import Month
from npt.kit.quarters import Quarter
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months, months_table
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows, when
from npt.measures.rules import At, Behind, Better, CountedIn, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.store.dated import holding

_EVERYWHERE = frozenset(Level)
_NOBODY = "Nobody was in the network on the day."
_NO_COMMUNITIES = "No community was recorded on the day."

MET = Measure(
    code="kin-met",
    name="Key individuals met within 90 days",
    definition="Key individuals in the network who were met, or joined it, within 90 days, out of all in"
    " the network, on the last day of the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Is the network of key individuals alive?",
    owner="the sergeant of the team",
    target=100,
    levels=_EVERYWHERE,
)
SPOKEN_FOR = Measure(
    code="kin-communities",
    name="Communities that somebody can speak for",
    definition="Communities for which somebody in the network of key individuals can speak, out of all"
    " communities of the unit, those of one name counted once, on the last day of the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Does the network of key individuals stand for all of a neighbourhood?",
    owner="the sergeant of the team",
    target=100,
    levels=_EVERYWHERE,
)


def _rows(months: Months) -> Rows:
    """Who was in the network on the day, in the neighbourhood that was theirs then."""
    encounter = exists().where(
        Encounter.individual_id == KeyIndividual.id,
        Encounter.at >= months.since_at,
        Encounter.at < months.end_at,
    )
    met = or_(encounter, KeyIndividual.active_on >= months.since, KeyIndividual.recorded_on >= months.since)
    return Rows(
        select()
        .select_from(KeyIndividual)
        .join(months.table, in_network_on(months.day))
        .join(Unit, Unit.id == place_on(months.day, months.table)),
        KeyIndividual.id,
        {MET.code: Counting(when(met), ONE)},
    )


def _network(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    return Behind("kin.individuals", {"code": unit.code})


COUNTED = Recorded(
    (
        Part(
            (MET,),
            "key_individual",
            _rows,
            _network,
            where_none={MET.code: _NOBODY},
            since=lambda day: day - NOT_SEEN_AFTER,
        ),
    )
)


@dataclass(frozen=True)
class Spoken:
    """The communities of a unit by name, as the page of the mix has them."""

    MEASURES: tuple[Measure, ...] = (SPOKEN_FOR,)

    def figures(self, session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
        """One statement."""
        months = asked.months
        if not months:
            return {SPOKEN_FOR.code: {}}
        table = months_table(session, asked, months)
        names: dict[At, dict[str, bool]] = {}
        statement = _communities(table).add_columns(
            Unit.path, table.number, Community.name, _is_spoken(table)
        )
        for path, number, name, is_spoken in session.execute(statement.where(within(asked.path))):
            for above in asked.over(path):
                known = names.setdefault((above, months[number]), {})
                known[name.casefold()] = known.get(name.casefold(), False) or bool(is_spoken)
        return {
            SPOKEN_FOR.code: {
                (unit.path, month): Figure(
                    sum(known.values()), len(known), why_unknown="" if known else _NO_COMMUNITIES
                )
                for unit in asked.units
                for month in months
                for known in [names.get((unit.path, month), {})]
            }
        }

    def records(
        self, session: Session, code: str, unit: Unit, month: Month, asked: Asked
    ) -> Iterator[RecordSeen]:
        """The communities of the neighbourhoods, and whether somebody can speak for each."""
        table = months_table(session, asked, [month])
        statement = _communities(table).add_columns(Community.id, _is_spoken(table))
        for key, is_spoken in session.execute(statement.where(within(unit.path)).order_by(Community.id)):
            yield RecordSeen("community", key, str(int(is_spoken)))

    def behind(self, code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
        """Whom the network stands for, at the end of the quarter."""
        return Behind("kin.mix", {"code": unit.code, "quarter": str(Quarter.of(asked.day_of(month)))})


def _communities(months: Months) -> Select[*tuple[Any, ...]]:
    """The communities of the neighbourhoods that stand on the day."""
    return (
        select()
        .select_from(Community)
        .join(Unit, Unit.id == Community.unit_id)
        .join(months.table, Community.holding(months.day))
        .where(holding(Unit.opened_on, Unit.closed_on, months.day))
    )


def _is_spoken(months: Months) -> Any:
    return when(
        exists()
        .where(
            SpokenFor.community_id == Community.id,
            KeyIndividual.id == SpokenFor.individual_id,
            in_network_on(months.day),
        )
        .correlate(Community, months.table)
    )


SPOKEN = Spoken()
