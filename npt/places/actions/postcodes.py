"""Recording postcodes from a directory, of which a file may have millions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from npt.journal.many import add_rows
from npt.kit.refusals import Refusal
from npt.places.models import Postcode
from npt.places.rules import (
    COARSE_QUALITIES,
    NO_POSITION,
    BadPoint,
    Point,
    check_point,
    postcode_number,
    postcode_words,
)
from npt.store.batches import batches
from npt.store.exchange import RowProblem, Saved, Tell
from npt.store.lines_of_file import LinesOfFile


class NoPosition(Refusal):
    """A postcode of which the directory knows no place."""


class PostcodeDiffers(Refusal):
    """A postcode is recorded, or told before, with other values."""


class _Facts(NamedTuple):
    """What is recorded of a postcode."""

    lat: int
    lng: int
    terminated_on: date | None
    quality: int | None


@dataclass(frozen=True, slots=True)
class WantedPostcode:
    """A postcode to be recorded; `line` is where it stands in a file."""

    line: int
    postcode: str
    lat: int
    lng: int
    terminated_on: date | None
    quality: int | None

    @property
    def facts(self) -> _Facts:
        """What is to be recorded of it."""
        return _Facts(self.lat, self.lng, self.terminated_on, self.quality)


_TABLE: Any = Postcode.__table__
_NAMES = ("postcode", "lat", "lng", "terminated_on", "quality")


@dataclass
class PostcodeRecording:
    """What is known while postcodes are recorded from a file that comes in pieces."""

    session: Session
    may_update: bool = False
    #: passes over a postcode without a place, and says so
    is_forced: bool = False
    #: what was taken in, or passed over, and is doubtful
    warnings: list[RowProblem] = field(default_factory=list)
    _lines: LinesOfFile = field(default_factory=LinesOfFile)

    def take(self, wanted: Sequence[WantedPostcode], tell: Tell) -> Saved:
        """Record the next piece; `tell` is told of each bad one.

        NoPosition, BadPoint, LooksSwapped, PostcodeDiffers. One that a file says twice is taken once.
        """
        sound = [(place, each) for place, each in enumerate(wanted) if self._is_sound(place, each, tell)]
        recorded = self._recorded([each.postcode for _, each in sound])
        told: dict[str, WantedPostcode] = {}
        changing: dict[str, WantedPostcode] = {}
        saved = Saved()
        for place, each in sound:
            first = told.setdefault(each.postcode, each)
            was = first.facts if first is not each else recorded.get(each.postcode)
            if was is None:
                saved.added += 1
            elif was == each.facts:
                saved.unchanged += 1
            else:
                line = first.line if first is not each else self._lines.of(postcode_number(each.postcode))
                if line is None and self.may_update:
                    changing[each.postcode] = each
                    saved.changed += 1
                else:
                    tell(place, self._differs(each, line))
        new = [each for postcode, each in told.items() if postcode not in recorded]
        self._write(new, list(changing.values()))
        self._lines.add((postcode_number(postcode), each.line) for postcode, each in told.items())
        return saved

    def _is_sound(self, place: int, each: WantedPostcode, tell: Tell) -> bool:
        words = postcode_words(each.postcode)
        if each.quality == NO_POSITION:
            message = f"{words} has no position (quality 9)"
            if self.is_forced:
                self.warnings.append(RowProblem(each.line, "quality", f"{message}: it was passed over"))
            else:
                cure = f"{message}: delete the row, or pass over such rows with --force."
                tell(place, NoPosition(cure, field="quality"))
            return False
        try:
            check_point(Point(each.lat, each.lng))
        except BadPoint as refusal:
            tell(place, refusal)
            return False
        if each.quality in COARSE_QUALITIES:
            message = f"the place of {words} is only about right (quality {each.quality})"
            self.warnings.append(RowProblem(each.line, "quality", message))
        return True

    def _differs(self, each: WantedPostcode, line: int | None) -> PostcodeDiffers:
        words = postcode_words(each.postcode)
        if line is not None:
            return PostcodeDiffers(
                f"{words} is on line {line} already with other values: keep one of the two rows.",
                field="postcode",
            )
        return PostcodeDiffers(
            f"{words} is recorded with other values: correct the row, or import with --update to change the"
            " record.",
            field="postcode",
        )

    def _recorded(self, postcodes: Sequence[str]) -> dict[str, _Facts]:
        asked = select(*(_TABLE.c[name] for name in _NAMES))
        return {
            postcode: _Facts(*facts)
            for some in batches(postcodes)
            for postcode, *facts in self.session.execute(asked.where(_TABLE.c.postcode.in_(some)))
        }

    def _write(self, new: Sequence[WantedPostcode], changing: Sequence[WantedPostcode]) -> None:
        table: Table = _TABLE
        rows = [
            (
                each.postcode,
                each.lat,
                each.lng,
                None if each.terminated_on is None else each.terminated_on.isoformat(),
                each.quality,
            )
            for each in new
        ]
        add_rows(self.session, table, _NAMES, rows)
        if changing:
            statement = update(table).where(table.c.postcode == bindparam("of"))
            self.session.execute(
                statement, [{"of": each.postcode, **each.facts._asdict()} for each in changing]
            )
