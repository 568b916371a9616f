"""All that a seal seals: as the records give it now, and as it was kept."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition
from npt.duty.queries import unconfirmed_days
from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.queries.registry import all_measures, figures_of, records_of
from npt.measures.queries.targets import targets_of
from npt.measures.rules import RecordSeen
from npt.organisation.models import Unit
from npt.seals.models import Seal, SealedFigure, SealedRecords
from npt.seals.rules import Content, Counting, SealedLimits, SealedMeasure
from npt.signals.queries import limits_of_unit
from npt.signals.rules import MONTHS_BEFORE


def content_now(
    session: Session,
    unit: Unit,
    month: Month,
    *,
    definition: DatedDefinition,
    today: date,
    with_records: bool = True,
) -> Content:
    """What signing the month off would seal. `with_records`: not needed for what is only shown."""
    asked = Asked([unit], month.plus(-MONTHS_BEFORE), month, definition, today)
    of_month = Asked([unit], month, month, definition, today)
    figures = figures_of(session, asked)
    targets = targets_of(session, unit.path)
    limits = limits_of_unit(session, unit, month, figures)
    return Content(
        unit=unit.code,
        month=month,
        counting=counting_in(definition, month),
        unconfirmed_days=len(unconfirmed_days(session, unit.path, month.first, month.last)),
        measures=tuple(
            SealedMeasure.of(
                measure,
                targets.in_month(measure, unit, month).target.amount,
                figures[measure.code][unit.path, month],
                SealedLimits.of(limits[measure.code]),
                records_of(session, measure.code, unit, month, of_month)
                if with_records and measure.is_recomputable and unit.level in measure.levels
                else (),
            )
            for measure in all_measures()
        ),
    )


def counting_in(definition: DatedDefinition, month: Month) -> Counting:
    """How a definition counts in a month."""
    return Counting(
        definition.code,
        definition.name,
        definition.puts_absence_back,
        tuple((day, tuple(sorted(codes))) for day, codes in definition.stands(month.first, month.last)),
    )


def content_of(session: Session, seal: Seal) -> Content:
    """What was sealed, as it is kept. Two statements."""
    records: defaultdict[str, list[RecordSeen]] = defaultdict(list)
    for each in session.scalars(select(SealedRecords).where(SealedRecords.seal_id == seal.id)):
        records[each.code] += records_in(each.kind, each.lines)
    figures = session.scalars(
        select(SealedFigure).where(SealedFigure.seal_id == seal.id).order_by(SealedFigure.place)
    )
    return Content(
        unit=seal.unit.code,
        month=seal.month,
        counting=Counting(
            seal.definition, seal.definition_name, seal.puts_absence_back, stands_in(seal.counting)
        ),
        unconfirmed_days=seal.unconfirmed_days,
        measures=tuple(
            SealedMeasure(
                code=each.code,
                name=each.name,
                definition=each.definition,
                question=each.question,
                owner=each.owner,
                counted_in=each.counted_in,
                better=each.better,
                is_recomputable=each.is_recomputable,
                target=each.target,
                figure=each.figure,
                limits=each.limits,
                records=tuple(sorted(records[each.code])),
            )
            for each in figures
        ),
    )


# How the two are written ------------------------------------------------------------------------------------


def stands_as_text(counting: Counting) -> str:
    """What counts from each day on, a line a day: the day and the codes of the reasons."""
    return "\n".join(" ".join((day.isoformat(), *codes)) for day, codes in counting.stands)


def stands_in(text: str) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """The same, read again."""
    lines = (line.split(" ") for line in text.splitlines())
    return tuple((date.fromisoformat(day), tuple(codes)) for day, *codes in lines)


def records_as_text(records: Iterator[RecordSeen]) -> str:
    """The records of one kind, a line each: the number and what counts of it."""
    return "\n".join(f"{each.record_id} {each.mark}" for each in records)


def records_in(kind: str, text: str) -> Iterator[RecordSeen]:
    """The same, read again."""
    for line in text.split("\n"):
        number, _, mark = line.partition(" ")
        yield RecordSeen(kind, int(number), mark)
