"""Recording incidents from a file, which may have hundreds of thousands, or from a push."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Integer, Table, bindparam, select, update
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.categories.rules import check_open
from npt.incidents.actions.finding import Ground, point_of
from npt.incidents.models import Incident
from npt.incidents.queries import month_number
from npt.incidents.rules import spot_of
from npt.journal.many import add_rows
from npt.kit.clock import local_day, moment_in_words
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.store.batches import batches
from npt.store.constraints import name_violation, refusing
from npt.store.exchange import Saved, Tell
from npt.store.lines_of_file import LinesOfFile
from npt.store.types import minute_number


class StillToCome(Refusal):
    """An incident that has not happened yet."""


class IncidentDiffers(Refusal):
    """An incident is recorded, or told before, with other values."""


name_violation(
    "uq_incident_reference",
    lambda: IncidentDiffers(
        "Somebody else has just recorded an incident of this reference: import the file again.", field="ref"
    ),
)


class _Facts(NamedTuple):
    """What a file tells of an incident, but for its neighbourhood."""

    minutes: int
    category_id: int
    lat: int | None
    lng: int | None
    street: str | None


@dataclass(frozen=True)
class WantedIncident:
    """An incident to be recorded; `line` is where it stands in a file."""

    line: int
    reference: str
    at: datetime
    category: Category
    lat: int | None
    lng: int | None
    neighbourhood: Unit | None
    street: str | None

    @cached_property
    def on(self) -> date:
        """The local day on which it happened."""
        return local_day(self.at)

    @cached_property
    def facts(self) -> _Facts:
        """What is to be recorded of it."""
        return _Facts(minute_number(self.at), self.category.id, self.lat, self.lng, self.street)


_TABLE: Any = Incident.__table__
_NEW = (
    "reference",
    "happened_at",
    "on_date",
    "month",
    "category_id",
    "lat",
    "lng",
    "unit_id",
    "street",
    "spot",
)
#: A recorded incident: its neighbourhood, and what was told of it.
_Recorded = tuple[int, _Facts]
_CHANGE = (
    update(_TABLE)
    .where(_TABLE.c.reference == bindparam("of"))
    # The minutes are bound as the number that they are stored as.
    .values(
        happened_at=bindparam("happened_at", type_=Integer),
        **{name: bindparam(name) for name in _NEW if name not in ("reference", "happened_at")},
    )
)


@dataclass
class IncidentRecording:
    """What is known while incidents are recorded from a file that comes in pieces."""

    session: Session
    now: datetime
    may_update: bool = False
    _ground: Ground = field(init=False)
    _lines: LinesOfFile = field(default_factory=LinesOfFile)

    def __post_init__(self) -> None:
        """Know no ground yet."""
        self._ground = Ground(self.session)

    def take(self, wanted: Sequence[WantedIncident], tell: Tell) -> Saved:
        """Record the next piece; `tell` is told of each bad one.

        StillToCome, CategoryClosed, IncidentDiffers, and what `Ground.unit_of` refuses. One that a file says
        twice is taken once, or told twice. One that is recorded with the same values is left as it is,
        wherever it would be placed now.
        """
        recorded = self._recorded([each.reference for each in wanted])
        told: dict[str, WantedIncident] = {}
        again = defaultdict[str, list[int]](list)
        saved, placing = Saved(), list[tuple[int, WantedIncident]]()
        for place, each in enumerate(wanted):
            first = told.setdefault(each.reference, each)
            is_repeated, was = first is not each, recorded.get(each.reference)
            is_same = _is_same(each, first) if is_repeated else was is not None and _is_as(each, was)
            if is_same:
                saved.unchanged += 1
                again[each.reference] += [place] if is_repeated else []
            elif is_repeated or was is not None:
                line = first.line if is_repeated else self._lines.of(_key(each.reference))
                if line is None and self.may_update:
                    placing.append((place, each))
                else:
                    tell(place, _differs(each, line))
            else:
                placing.append((place, each))

        def tell_each(place: int, refusal: Refusal) -> None:
            for one in (place, *again[wanted[place].reference]):
                tell(one, refusal)

        self._save(list(self._placed(placing, tell_each)), recorded, saved)
        self._lines.add((_key(reference), each.line) for reference, each in told.items())
        return saved

    def _recorded(self, references: Collection[str]) -> dict[str, _Recorded]:
        c = _TABLE.c
        asked = select(c.reference, c.unit_id, c.happened_at, c.category_id, c.lat, c.lng, c.street)
        return {
            reference: (unit_id, _Facts(minute_number(at), *facts))
            for some in batches(references)
            for reference, unit_id, at, *facts in self.session.execute(asked.where(c.reference.in_(some)))
        }

    def _placed(
        self, placing: Sequence[tuple[int, WantedIncident]], tell: Tell
    ) -> Iterator[tuple[WantedIncident, int]]:
        """Those that can be placed, each with its neighbourhood; the others are told."""
        sound = list[tuple[int, WantedIncident]]()
        for place, each in placing:
            try:
                if each.at > self.now:
                    raise StillToCome(
                        f"{moment_in_words(each.at)} is still to come: correct the time.", field="at"
                    )
                check_open(each.category.name, each.category.closed_on, each.on)
                point_of(each)
            except Refusal as refusal:
                tell(place, refusal)
            else:
                sound.append((place, each))
        self._ground.meet(each for _, each in sound)
        for place, each in sound:
            try:
                yield each, self._ground.unit_of(each).id
            except Refusal as refusal:
                tell(place, refusal)

    def _save(
        self, placed: Sequence[tuple[WantedIncident, int]], recorded: dict[str, _Recorded], saved: Saved
    ) -> None:
        table: Table = _TABLE
        new = [_row(each, unit_id) for each, unit_id in placed if each.reference not in recorded]
        changing = [
            {"of": each.reference, **dict(zip(_NEW[1:], _row(each, unit_id, day=each.on)[1:], strict=True))}
            for each, unit_id in placed
            if each.reference in recorded
        ]
        with refusing(self.session):
            add_rows(self.session, table, _NEW, new)
            if changing:
                self.session.execute(_CHANGE, changing)
        saved.added += len(new)
        saved.changed += len(changing)


def _row(each: WantedIncident, unit_id: int, *, day: date | None = None) -> tuple[Any, ...]:
    """The values of `_NEW`; the day as it is stored, unless it is to be bound as a `day`."""
    point = point_of(each)
    return (
        each.reference,
        each.facts.minutes,
        day or each.on.isoformat(),
        month_number(Month.of(each.on)),
        each.category.id,
        each.lat,
        each.lng,
        unit_id,
        each.street,
        spot_of(point, each.street),
    )


def _key(reference: str) -> int:
    """A number of 63 bits for a reference. Should two share one, a wrong line is told, and no more."""
    return int.from_bytes(blake2b(reference.encode(), digest_size=8).digest(), "big") >> 1


def _is_same(each: WantedIncident, other: WantedIncident) -> bool:
    return each.facts == other.facts and each.neighbourhood is other.neighbourhood


def _is_as(each: WantedIncident, recorded: _Recorded) -> bool:
    unit_id, facts = recorded
    said = each.neighbourhood
    # What closed before that day is named by a file from before a review of boundaries.
    return each.facts == facts and (said is None or said.id == unit_id or not said.stands_on(each.on))


def _differs(each: WantedIncident, line: int | None) -> IncidentDiffers:
    if line is not None:
        return IncidentDiffers(
            f"{each.reference} is on line {line} already with other values: keep one of the two rows.",
            field="ref",
        )
    return IncidentDiffers(
        f"{each.reference} is recorded with other values: correct the row, or import with --update to change"
        " the record.",
        field="ref",
    )
