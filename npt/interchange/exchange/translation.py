"""How the files of another system are read in the words of its profile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from sqlalchemy.orm import Session

from npt.interchange.rules import (
    DATE,
    LONGEST_WORD,
    TIME,
    Profile,
    date_reader,
    joined,
    split_format,
    time_reader,
)
from npt.kit.clock import Reading
from npt.sheets.columns import Column, Shape, doubt, heading, instant, shown, text
from npt.sheets.reading import Row
from npt.store.exchange import Import, ImportOrder, Outcome, RowProblem


class _Refused(ValueError):
    """The text under a heading of the other system cannot be taken."""

    def __init__(self, column: str, error: ValueError) -> None:
        super().__init__(str(error).rstrip("."))
        self.column = column


@dataclass(frozen=True)
class _Joint:
    """A column of ours for which the other system has two: its date, if there is one, and its time."""

    ours: str
    date: str | None
    time: str


def our_words(shape: Shape) -> list[str]:
    """What headings of another system may stand for: our columns, and the date or the time of a moment."""
    moments = [column.name for column in shape.columns if column.parse is instant]
    return [*shape.names, *(f"{name}{part}" for name in moments for part in (DATE, TIME))]


def under_profile(importer: Import, profile: Profile) -> Import:
    """The import that reads files in the words of the profile, and tells what is wrong in the same words.

    ValueError when two columns would have one name, or when half of a moment is missing.
    """
    theirs = _theirs(importer, profile)
    joints = list(_joints(importer.shape, theirs))
    joiner = _Joiner(profile, importer.shape, joints)
    apart = {joint.ours for joint in joints}
    whole = {name: theirs[name] for name in importer.shape.names if name not in apart}
    columns = list(_columns(importer.shape, theirs, profile, joints))
    _check_headings(columns)
    blamed = whole | {joint.ours: joint.time for joint in joints}

    def save(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
        allowed = replace(order, may_update=order.may_update or profile.may_update)
        told = Outcome()

        def translated() -> Iterator[list[Row]]:
            for chunk in chunks:
                rows = ((row, {name: row.values[word] for name, word in whole.items()}) for row in chunk)
                yield [Row(row.line, values) for row, values in rows if joiner.join(row, values, told)]

        outcome = importer.save(session, translated(), allowed)
        outcome.problems = told.problems + [
            replace(problem, column=blamed.get(problem.column or "", problem.column))
            for problem in outcome.problems
        ]
        outcome.warnings = told.warnings + outcome.warnings
        return outcome

    return Import(Shape(importer.shape.kind, tuple(columns)), save)


def _theirs(importer: Import, profile: Profile) -> dict[str, str]:
    """What each of our words is in files of the other system. ValueError when it has two names."""
    theirs: dict[str, str] = {}
    for word, ours in profile.columns.get(importer.shape.kind, {}).items():
        if ours in theirs:
            raise ValueError(
                f"{shown(theirs[ours])} and {shown(word)} both stand for {ours}: keep one of them"
            )
        theirs[ours] = word
    return {name: name for name in importer.shape.names} | theirs


def _joints(shape: Shape, theirs: Mapping[str, str]) -> Iterator[_Joint]:
    for place, column in enumerate(shape.columns):
        day, clock = theirs.get(column.name + DATE), theirs.get(column.name + TIME)
        if day is None and clock is None:
            continue
        if theirs[column.name] != column.name:
            raise ValueError(
                f"{column.name} has a column of its own, {shown(theirs[column.name])}: keep that or its parts"
            )
        if clock is None:
            raise ValueError(f"{column.name} has a date and no time: name the column of {column.name}{TIME}")
        if day is None and shape.columns[place - 1].parse is not instant:
            raise ValueError(f"{column.name} has a time and no date: name the column of {column.name}{DATE}")
        yield _Joint(column.name, day, clock)


def _columns(
    shape: Shape, theirs: Mapping[str, str], profile: Profile, joints: Sequence[_Joint]
) -> Iterator[Column]:
    parts = {joint.ours: [part for part in (joint.date, joint.time) if part is not None] for joint in joints}
    for column in shape.columns:
        if column.name in parts:
            yield from (Column(part, text(LONGEST_WORD)) for part in parts[column.name])
        else:
            yield _translated(column, theirs[column.name], profile)
    yield from (Column(name, _nothing, is_required=False) for name in profile.ignored)


def _check_headings(columns: Sequence[Column]) -> None:
    folded = [heading(column.name).casefold() for column in columns]
    for column, name in zip(columns, folded, strict=True):
        if folded.count(name) > 1:
            raise ValueError(f"two columns would be called {shown(column.name)}: give each its own name")


def _translated(column: Column, name: str, profile: Profile) -> Column:
    if column.parse is instant:
        return replace(column, name=name, parse=profile.reader, hint="", is_instant=True)
    words = {"reason": profile.reasons, "team": profile.teams}.get(column.name)
    if words:
        return replace(column, name=name, parse=lambda text: column.parse(words.get(text, text)))
    return replace(column, name=name)


def _nothing(_text: str) -> None:
    return None


class _Joiner:
    """Puts moments together whose date and time the other system has in two columns."""

    def __init__(self, profile: Profile, shape: Shape, joints: Sequence[_Joint]) -> None:
        day_format, time_format = split_format(profile.date_format) if joints else ("", "")
        self._read_day, self._read_time = date_reader(day_format), time_reader(time_format)
        self._zone = profile.zone
        self._joints = {joint.ours: joint for joint in joints}
        self._moments = [column.name for column in shape.columns if column.parse is instant] if joints else []

    def join(self, row: Row, values: dict[str, object], told: Outcome) -> bool:
        """Put the moments of a row of theirs among the values of ours; False when one cannot be, and is told.

        A time without a date of its own is on the date of the moment before it, or, where it is earlier than
        that, on the next day.
        """
        before: Reading | None = None
        for name in self._moments:
            joint = self._joints.get(name)
            if joint is not None:
                try:
                    values[name] = self._moment(joint, row.values, before)
                except _Refused as refusal:
                    told.tell(row.line, refusal.column, str(refusal))
                    return False
                words = doubt(values[name])
                if words is not None:
                    told.warnings.append(RowProblem(row.line, joint.time, words))
            before = cast(Reading, values[name])
        return True

    def _moment(self, joint: _Joint, cells: Mapping[str, object], before: Reading | None) -> Reading:
        with _blaming(joint.time):
            clock = self._read_time(str(cells[joint.time]))
        if joint.date is not None:
            with _blaming(joint.date):
                day = self._read_day(str(cells[joint.date]))
            with _blaming(joint.time):
                return joined(day, clock, self._zone)
        if before is None:
            raise RuntimeError("a moment without a date follows one that has it")
        day = before.instant.astimezone(self._zone).date()
        with _blaming(joint.time):
            found = joined(day, clock, self._zone)
            is_later = found.instant >= before.instant
            return found if is_later else joined(day + timedelta(days=1), clock, self._zone)


@contextmanager
def _blaming(column: str) -> Iterator[None]:
    """Do something with the text under a heading, which is named when it cannot be done."""
    try:
        yield
    except ValueError as error:
        raise _Refused(column, error) from None
