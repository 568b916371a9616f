"""The file of a profile (TOML), in and out.

time_zone = "Europe/London"
date_format = "%d/%m/%Y %H:%M"
may_update = true
ignored_columns = ["Station"]

[columns.duty]          # their word = ours
"Collar No" = "number"
"Day" = "starts date"   # where date and time have columns of their own
"Start" = "starts time"
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.exchange import IMPORTS
from npt.interchange.exchange.translation import our_words, under_profile
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
from npt.sheets.columns import code, heading, nearest, shown
from npt.shifts.queries import reasons

_SETTINGS = ("time_zone", "date_format", "may_update", "ignored_columns", "columns", "reasons", "teams")
_DEFAULT_ZONE = "Europe/London"
_DEFAULT_FORMAT = "%Y-%m-%dT%H:%M"


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
            self.faults.append(f"{name}: {shown(str(word))} is not text: write it between quotation marks.")
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
        if not isinstance(names, list) or not all(
            isinstance(name, str) and self._is_word(heading(name)) for name in names
        ):
            self.faults.append(
                'ignored_columns: it is not a list of names: write it like ["Station", "Rank"].'
            )
            return ()
        return tuple(sorted({heading(name) for name in names}))

    def columns(self) -> dict[str, dict[str, str]]:
        by_kind = self._table(self.told, "columns", "columns")
        self.know("columns", by_kind, KINDS)
        return {kind: self._headings(by_kind, kind) for kind in KINDS if kind in by_kind}

    def _headings(self, by_kind: Mapping[str, Any], kind: str) -> dict[str, str]:
        where = f"columns.{kind}"
        told = self._table(by_kind, kind, where)
        headings = {heading(theirs): ours for theirs, ours in told.items()}
        if len(headings) < len(told):
            self.faults.append(f"{where}: two headings differ only in spaces: keep one of them.")
        return self._words({kind: headings}, kind, where, our_words(IMPORTS[kind].shape), "column")

    def words(self, name: str, known: Sequence[str], what: str) -> dict[str, str]:
        return self._words(self.told, name, name, known, what)

    def _words(
        self, told: Mapping[str, Any], name: str, where: str, known: Sequence[str], what: str
    ) -> dict[str, str]:
        words = self._table(told, name, where)
        for theirs, ours in words.items():
            if not self._is_word(theirs):
                self.faults.append(
                    f"{where}: {shown(theirs)} is not a name: give one of up to {LONGEST_WORD} characters."
                )
            if not isinstance(ours, str) or ours not in known:
                self._unknown(f"{where}, {shown(theirs)}", str(ours), what, known)
        return dict(words)

    def _table(self, told: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
        table = told.get(name, {})
        if isinstance(table, dict):
            return table
        self.faults.append(
            f"{where}: it is not a table: write [{where}], and under it lines of theirs = ours."
        )
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
