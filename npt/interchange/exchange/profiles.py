"""The file of a profile (TOML), in and out, and how a profile reads the files of its system.

time_zone = "Europe/London"
date_format = "%d/%m/%Y %H:%M"
may_update = true
ignored_columns = ["Station"]

[columns.duty]          # their word = ours
"Collar No" = "number"
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.exchange import IMPORTS
from npt.interchange.rules import (
    KINDS,
    LONGEST_WORD,
    Profile,
    ProfileRefused,
    check_date_format,
    check_time_zone,
)
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.sheets.columns import Column, Shape, code, instant, nearest, shown
from npt.sheets.reading import Row
from npt.shifts.queries import reasons
from npt.store.exchange import Import, ImportOrder, Outcome

_SETTINGS = ("time_zone", "date_format", "may_update", "ignored_columns", "columns", "reasons", "teams")
_DEFAULT_ZONE = "Europe/London"
_DEFAULT_FORMAT = "%Y-%m-%dT%H:%M"


# In and out -------------------------------------------------------------------------------------------------


def read_profile(session: Session, name: str, text: str) -> Profile:
    """The profile that the text of a TOML file says. ProfileRefused, listing everything that is wrong in it.

    Its words for us are held against the columns, reasons and teams that there are.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileRefused(f"The profile is not TOML: {error}.") from None
    reading = _Reading(told)
    reading.check("name", lambda: code(name))
    reading.know("the profile", told, _SETTINGS)
    profile = Profile(
        name=name,
        time_zone=reading.word("time_zone", _DEFAULT_ZONE, check_time_zone),
        date_format=reading.word("date_format", _DEFAULT_FORMAT, check_date_format),
        may_update=reading.truth("may_update"),
        columns=reading.columns(),
        ignored=reading.ignored(),
        reasons=reading.words("reasons", [reason.code for reason in reasons(session)], "reason"),
        teams=reading.words("teams", _teams(session), "team or area"),
    )
    if not reading.faults:
        for kind in KINDS:
            reading.check(f"columns.{kind}", partial(under_profile, IMPORTS[kind], profile))
    if reading.faults:
        raise ProfileRefused("\n".join(reading.faults))
    return profile


def _teams(session: Session) -> list[str]:
    asked = select(Unit.code).where(Unit.level.in_([Level.TEAM, Level.AREA])).order_by(Unit.path)
    return list(session.scalars(asked))


@dataclass
class _Reading:
    """What a TOML file told, and what is wrong with it."""

    told: Mapping[str, Any]
    faults: list[str] = field(default_factory=list)

    def check(self, place: str, check: Callable[[], object]) -> None:
        try:
            check()
        except ValueError as error:
            self.faults.append(f"{place}: {str(error).rstrip('.')}.")

    def know(self, where: str, words: Iterable[str], known: Sequence[str]) -> None:
        for word in words:
            if word not in known:
                self._unknown(where, word, "setting", known)

    def word(self, name: str, default: str, check: Callable[[str], None]) -> str:
        word = self.told.get(name, default)
        if not isinstance(word, str):
            self.faults.append(f"{name}: {shown(str(word))} is no text: write it between quotation marks.")
            return default
        self.check(name, lambda: check(word))
        return word

    def truth(self, name: str) -> bool:
        truth = self.told.get(name, False)
        if not isinstance(truth, bool):
            self.faults.append(
                f"{name}: {shown(str(truth))} is neither true nor false: write one of the two."
            )
        return truth is True

    def ignored(self) -> tuple[str, ...]:
        names = self.told.get("ignored_columns", [])
        if not isinstance(names, list) or not all(self._is_word(name) for name in names):
            self.faults.append('ignored_columns: it is no list of names: write it like ["Station", "Rank"].')
            return ()
        return tuple(sorted(set(names)))

    def columns(self) -> dict[str, dict[str, str]]:
        by_kind = self._table(self.told, "columns", "columns")
        self.know("columns", by_kind, KINDS)
        return {
            kind: self._words(by_kind, kind, f"columns.{kind}", IMPORTS[kind].shape.names, "column")
            for kind in KINDS
            if kind in by_kind
        }

    def words(self, name: str, known: Sequence[str], what: str) -> dict[str, str]:
        return self._words(self.told, name, name, known, what)

    def _words(
        self, told: Mapping[str, Any], name: str, where: str, known: Sequence[str], what: str
    ) -> dict[str, str]:
        words = self._table(told, name, where)
        for theirs, ours in words.items():
            if not self._is_word(theirs):
                self.faults.append(
                    f"{where}: {shown(theirs)} is no name: give one of up to {LONGEST_WORD} characters."
                )
            if not isinstance(ours, str) or ours not in known:
                self._unknown(f"{where}, {shown(theirs)}", str(ours), what, known)
        return dict(words)

    def _table(self, told: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
        table = told.get(name, {})
        if isinstance(table, dict):
            return table
        self.faults.append(f"{where}: it is no table: write [{where}], and under it lines of theirs = ours.")
        return {}

    def _unknown(self, where: str, word: str, what: str, known: Sequence[str]) -> None:
        near = nearest(word, known)
        cure = f"did you mean “{near}”?" if near else f"there are {', '.join(known) or 'none yet'}."
        self.faults.append(f"{where}: there is no {what} {shown(word)}: {cure}")

    @staticmethod
    def _is_word(name: object) -> bool:
        return isinstance(name, str) and 0 < len(name) <= LONGEST_WORD and name.isprintable()


def profile_text(profile: Profile) -> str:
    """The profile as the TOML file that `read_profile` reads."""

    def quoted(word: object) -> str:
        return json.dumps(word, ensure_ascii=False)  # such words are written alike in JSON and in TOML

    lines = [
        f"time_zone = {quoted(profile.time_zone)}",
        f"date_format = {quoted(profile.date_format)}",
        f"may_update = {quoted(profile.may_update)}",
        f"ignored_columns = {quoted(list(profile.ignored))}",
    ]
    tables = {f"columns.{kind}": words for kind, words in profile.columns.items()}
    for name, words in (tables | {"reasons": profile.reasons, "teams": profile.teams}).items():
        lines += ["", f"[{name}]", *(f"{quoted(theirs)} = {quoted(ours)}" for theirs, ours in words.items())]
    return "\n".join(lines) + "\n"


# Reading files of the other system --------------------------------------------------------------------------


def under_profile(importer: Import, profile: Profile) -> Import:
    """The import that reads files in the words of the profile, and tells what is wrong in the same words.

    ValueError when two columns would have one name.
    """
    theirs = _theirs(importer, profile)
    ours = {word: column for column, word in theirs.items()}
    columns = [_translated(column, theirs[column.name], profile) for column in importer.shape.columns]
    columns += [Column(name, _nothing, is_required=False) for name in profile.ignored]
    folded = [column.name.casefold() for column in columns]
    for column in columns:
        if folded.count(column.name.casefold()) > 1:
            raise ValueError(f"two columns would be called {shown(column.name)}: give each its own name")

    def save(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
        allowed = replace(order, may_update=order.may_update or profile.may_update)
        outcome = importer.save(session, _renamed(chunks, ours), allowed)
        outcome.problems = [
            replace(problem, column=theirs.get(problem.column or "", problem.column))
            for problem in outcome.problems
        ]
        return outcome

    return Import(Shape(importer.shape.kind, tuple(columns)), save)


def _theirs(importer: Import, profile: Profile) -> dict[str, str]:
    """What each of our columns is called in files of the other system. ValueError when it has two names."""
    theirs: dict[str, str] = {}
    for word, ours in profile.columns.get(importer.shape.kind, {}).items():
        if ours in theirs:
            raise ValueError(
                f"{shown(theirs[ours])} and {shown(word)} both stand for {ours}: keep one of them"
            )
        theirs[ours] = word
    return {name: theirs.get(name, name) for name in importer.shape.names}


def _translated(column: Column, name: str, profile: Profile) -> Column:
    if column.parse is instant:
        return replace(column, name=name, parse=profile.reader, hint="", is_instant=True)
    words = {"reason": profile.reasons, "team": profile.teams}.get(column.name)
    if words:
        return replace(column, name=name, parse=lambda text: column.parse(words.get(text, text)))
    return replace(column, name=name)


def _nothing(_text: str) -> None:
    return None


def _renamed(chunks: Iterable[Sequence[Row]], ours: Mapping[str, str]) -> Iterator[list[Row]]:
    for chunk in chunks:
        yield [Row(row.line, {name: row.values[theirs] for theirs, name in ours.items()}) for row in chunk]
