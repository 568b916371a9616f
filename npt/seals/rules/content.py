"""What is sealed of a month, its one spelling, and the hash of that."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from npt.journal.rules import canonical
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.shares import rounded_half_up
from npt.measures.rules import Better, CountedIn, Figure, Measure, RecordSeen, Target
from npt.organisation.rules import Level
from npt.signals.rules import Drawn

LONGEST_REASON = 1000
#: Whose months are signed: by the manager, and by the board's lead.
SIGNED_LEVELS = frozenset({Level.BCU, Level.FORCE})
#: Of limits, which are drawn from figures and no figures themselves, so many decimals are kept.
PLACES = 6


class NotToBeSigned(Refusal):
    """The month cannot be signed off, now or at all."""


class ReasonMissing(Refusal):
    """Days are not confirmed, or the month was signed before, and nobody says why all the same."""


@dataclass(frozen=True, slots=True)
class SealedLimits:
    """The limits of a figure as they were signed, in decimals; None where there were none, and then why."""

    mean: str | None = None
    low: str | None = None
    high: str | None = None
    is_trial: bool = False
    why: str = ""

    @classmethod
    def of(cls, drawn: Drawn) -> "SealedLimits":
        """The limits that a month is judged by."""
        found = drawn.limits
        if found is None or found.low is None or found.high is None:
            return cls(why=drawn.why_none)
        return cls(_decimal(found.mean), _decimal(found.low), _decimal(found.high), found.is_trial)


def _decimal(value: Fraction) -> str:
    return str(rounded_half_up(value, PLACES))


@dataclass(frozen=True, slots=True)
class SealedMeasure:
    """A measure as it stood when the month was signed, its figure, and the records that it rests on."""

    code: str
    name: str
    definition: str
    question: str
    owner: str
    counted_in: str
    better: str
    is_recomputable: bool
    #: a decimal, in what people count it in; None without one
    target: str | None
    figure: Figure
    limits: SealedLimits
    #: by kind and number; empty for a measure that was sealed as it was seen
    records: tuple[RecordSeen, ...] = ()

    @property
    def live(self) -> Measure:
        """The measure as it stood, for whatever puts its figures into words."""
        return Measure(
            code=self.code,
            name=self.name,
            definition=self.definition,
            counted_in=CountedIn(self.counted_in),
            better=Better(self.better),
            question=self.question,
            owner=self.owner,
            is_recomputable=self.is_recomputable,
        )

    @property
    def goal(self) -> Target:
        """The target that the month was judged by."""
        return Target(None if self.target is None else Decimal(self.target))

    @classmethod
    def of(
        cls,
        measure: Measure,
        target: Decimal | None,
        figure: Figure,
        limits: SealedLimits,
        records: Iterable[RecordSeen],
    ) -> "SealedMeasure":
        """What is kept of a measure."""
        return cls(
            measure.code,
            measure.name,
            measure.definition,
            measure.question,
            measure.owner,
            measure.counted_in.value,
            measure.better.value,
            measure.is_recomputable,
            None if target is None else f"{target.normalize():f}",
            figure,
            limits,
            tuple(sorted(records)) if measure.is_recomputable else (),
        )


@dataclass(frozen=True, slots=True)
class Counting:
    """The definition of abstraction that the month was counted by, as it stood in the month."""

    code: str
    name: str
    puts_absence_back: bool
    #: from each day, the codes of the reasons that count
    stands: tuple[tuple[date, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a seal seals: no name, no words that somebody typed, nobody's record but by its number."""

    unit: str
    month: Month
    counting: Counting
    #: days of units on which shifts were not confirmed
    unconfirmed_days: int
    measures: tuple[SealedMeasure, ...]

    @property
    def hash(self) -> str:
        """SHA-256 over the one spelling: sorted names, no blanks, ASCII."""
        return _hash(_spelt(self, with_records=True))

    @property
    def seen(self) -> str:
        """The same of all but the records: what somebody who looks at the page before they sign has seen."""
        return _hash(_spelt(self, with_records=False))

    @property
    def by_code(self) -> Mapping[str, SealedMeasure]:
        """The measures by their codes."""
        return {each.code: each for each in self.measures}

    def with_records_of(self, now: "Content") -> "Content":
        """The same with the counting, figures and records of `now` for what history can give again.

        Definitions in words, targets, limits and what was seen stay as they were sealed.
        """
        known = now.by_code
        return replace(
            self,
            counting=now.counting,
            measures=tuple(
                replace(each, figure=known[each.code].figure, records=known[each.code].records)
                if each.is_recomputable and each.code in known
                else each
                for each in self.measures
            ),
        )


def _hash(spelt: object) -> str:
    return hashlib.sha256(canonical(spelt).encode("ascii")).hexdigest()


def _spelt(content: Content, *, with_records: bool) -> Mapping[str, object]:
    counting = content.counting
    return {
        "format": 1,
        "unit": content.unit,
        "month": str(content.month),
        "unconfirmed_days": content.unconfirmed_days,
        "definition": {
            "code": counting.code,
            "name": counting.name,
            "puts_absence_back": counting.puts_absence_back,
            "stands": [[day.isoformat(), list(codes)] for day, codes in counting.stands],
        },
        "measures": [_measure_spelt(each, with_records=with_records) for each in content.measures],
    }


def _measure_spelt(measure: SealedMeasure, *, with_records: bool) -> Mapping[str, object]:
    figure, limits = measure.figure, measure.limits
    return {
        "code": measure.code,
        "name": measure.name,
        "definition": measure.definition,
        "question": measure.question,
        "owner": measure.owner,
        "counted_in": measure.counted_in,
        "better": measure.better,
        "recomputable": measure.is_recomputable,
        "target": measure.target,
        "counted": figure.counted,
        "of": figure.of,
        "why_unknown": figure.why_unknown,
        "coverage": None if figure.coverage is None else [figure.coverage.part, figure.coverage.whole],
        "limits": [limits.mean, limits.low, limits.high, limits.is_trial, limits.why],
        "records": [list(each) for each in measure.records] if with_records else None,
    }
