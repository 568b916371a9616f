"""How many people of which ethnicity: figures that hold together, their groups, and sums of neighbourhoods.

A figure that nobody gave is unknown, and never 0. People who did not state their ethnicity are counted and
shown, and stand in no denominator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from npt.communities.rules.ethnicity import (
    EVERYBODY,
    NOT_STATED,
    CodeSystem,
    EthnicGroup,
    check_ethnicity,
    named_in_words,
)
from npt.kit.refusals import Refusal
from npt.kit.shares import Share

#: More than lives in any force's area: what is over it is a slip of the keyboard.
MOST_PEOPLE = 10_000_000


class BadCount(Refusal):
    """Fewer people than none, or more than there can be."""


class PartsOverWhole(Refusal):
    """The parts of a group, or the groups, add up to more people than the whole has."""


class NoFigures(Refusal):
    """Figures of a population without a single one."""


@dataclass(frozen=True)
class Figures:
    """The people of one neighbourhood by code, group letter, NS and ALL; what is left out is not known."""

    codes: CodeSystem
    people: Mapping[str, int]

    def of(self, group: EthnicGroup) -> int | None:
        """The people of a group: as given, else the sum of its codes where all are given; None else."""
        given = self.people.get(group.value)
        if given is not None:
            return given
        parts = [self.people.get(code) for code in self.codes.codes_in(group)]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    @cached_property
    def stated(self) -> int | None:
        """Everybody who said: the denominator of every share; None unless all five groups are known."""
        known = [people for people in map(self.of, EthnicGroup) if people is not None]
        return sum(known) if len(known) == len(EthnicGroup) else None

    @property
    def not_stated(self) -> int | None:
        """Who did not say."""
        return self.people.get(NOT_STATED)

    @property
    def everybody(self) -> int | None:
        """All, as given; else those who said and those who did not."""
        if EVERYBODY in self.people:
            return self.people[EVERYBODY]
        return None if self.stated is None else self.stated + (self.not_stated or 0)

    @property
    def is_detailed(self) -> bool:
        """Whether every code is given."""
        return all(code in self.people for code in self.codes.codes)

    def share(self, group: EthnicGroup) -> Share:
        """The share of a group among those who said; not known where either is not."""
        people, whole = self.of(group), self.stated
        return Share(0, 0) if people is None or whole is None else Share(people, whole)

    def share_of_code(self, code: str) -> Share:
        """The share of a code among those who said."""
        people, whole = self.people.get(code), self.stated
        return Share(0, 0) if people is None or whole is None else Share(people, whole)


def check_figures(figures: Figures) -> None:
    """Refuse figures that cannot be. UnknownEthnicity, BadCount, NoFigures, PartsOverWhole."""
    if not figures.people:
        raise NoFigures("There is no figure: give at least one. A blank means not known; type 0 for nobody.")
    for code, people in figures.people.items():
        check_ethnicity(code, figures.codes)
        if not 0 <= people <= MOST_PEOPLE:
            raise BadCount(
                f"{named_in_words(code, figures.codes)}: {people:,} people cannot be: give a"
                f" number from 0 to {MOST_PEOPLE:,}.",
                field="people",
            )
    for group in EthnicGroup:
        _check_parts(figures, group.value, figures.codes.codes_in(group))
    at_least = {group.value: _at_least(figures, group) for group in EthnicGroup}
    at_least[NOT_STATED] = figures.not_stated or 0
    whole = figures.people.get(EVERYBODY)
    if whole is not None and sum(at_least.values()) > whole:
        raise _parts_over_whole(
            figures.codes, {code: n for code, n in at_least.items() if n}, whole, EVERYBODY
        )


def _check_parts(figures: Figures, whole_code: str, codes: Iterable[str]) -> None:
    whole = figures.people.get(whole_code)
    parts = {code: figures.people[code] for code in codes if code in figures.people}
    if whole is None or sum(parts.values()) <= whole:
        return
    raise _parts_over_whole(figures.codes, parts, whole, whole_code)


def _parts_over_whole(
    codes: CodeSystem, parts: Mapping[str, int], whole: int, whole_code: str
) -> PartsOverWhole:
    counted = ", ".join(f"{named_in_words(code, codes)} {people:,}" for code, people in parts.items())
    return PartsOverWhole(
        f"The parts add up to {sum(parts.values()):,} people, more than the {whole:,} of"
        f" {named_in_words(whole_code, codes)}: correct a part or the whole. The parts are {counted}.",
        field="people",
    )


def _at_least(figures: Figures, group: EthnicGroup) -> int:
    given = figures.people.get(group.value)
    if given is not None:
        return given
    return sum(figures.people.get(code, 0) for code in figures.codes.codes_in(group))


def summed(several: Iterable[Figures]) -> Figures | None:
    """The people of several neighbourhoods together, by what all of their figures know; None for none.

    By code where all have every code of one system, else by the five groups, which every system has.
    """
    known = list(several)
    if not known:
        return None
    codes = known[0].codes
    people: dict[str, int] = {}
    is_detailed = all(each.codes is codes and each.is_detailed for each in known)
    if is_detailed:
        people = {code: sum(each.people[code] for each in known) for code in codes.codes}
    for group in EthnicGroup:
        counts = [count for each in known if (count := each.of(group)) is not None]
        is_more_than_its_codes = any(group.value in each.people for each in known)
        if len(counts) == len(known) and (is_more_than_its_codes or not is_detailed):
            people[group.value] = sum(counts)
    unstated = [each.not_stated for each in known if each.not_stated is not None]
    if unstated:
        people[NOT_STATED] = sum(unstated)
    return Figures(codes, people)
