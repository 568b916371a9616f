"""The mix: who was heard, or can speak for others, held against who lives here, group by group.

Expected is what a group would have by its share of the population. The verdict is that of the exact interval
of `npt.kit.statistics`. People whose group is not known stand in no denominator: they are counted beside it.
Somebody who stands for several communities counts in each of them, so shares need not add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from npt.kit.shares import Share
from npt.kit.statistics import Ends, Proportion, Verdict, proportion

#: One after the other in a list: what asks for something comes first.
_ORDER = (Verdict.UNDER, Verdict.TOO_FEW, Verdict.IN_LINE, Verdict.OVER)
_WORDS = {
    Verdict.UNDER: "under",
    Verdict.OVER: "over",
    Verdict.IN_LINE: "in line",
    Verdict.TOO_FEW: "too few to say",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people: its share of the population (0 to 1; None where not known), and how many of it were
    heard.
    """

    name: str
    share: Fraction | None
    heard: int


@dataclass(frozen=True)
class MixRow:
    """A group among the `of` people whose group is known."""

    group: Group
    of: int

    @property
    def name(self) -> str:
        """The group."""
        return self.group.name

    @property
    def heard(self) -> int:
        """How many of it were heard."""
        return self.group.heard

    @property
    def share(self) -> Fraction | None:
        """Its share of the population, 0 to 1; None where it is not known."""
        return self.group.share

    @property
    def heard_share(self) -> Share:
        """Its share of those heard; not known where nobody was."""
        return Share(self.group.heard, self.of)

    @property
    def expected(self) -> Fraction | None:
        """How many would be its share; None where the share is not known."""
        return None if self.share is None else self.of * self.share

    @cached_property
    def judged(self) -> Proportion | None:
        """What the figures say; None where the share is not known, or nobody was heard at all."""
        if self.share is None or not self.of:
            return None
        return proportion(heard=self.group.heard, of=self.of, share=self.share * 100)

    @property
    def ends(self) -> Ends | None:
        """The 95% interval of the heard share, 0 to 1; None where nothing is judged."""
        return None if self.judged is None else self.judged.ends

    @property
    def verdict(self) -> Verdict | None:
        """The verdict; None where nothing is judged."""
        return None if self.judged is None else self.judged.verdict

    @property
    def in_words(self) -> str:
        """The verdict in words: "under", "too few to say", "share not known"."""
        if self.verdict is not None:
            return _WORDS[self.verdict]
        return "share not known" if self.share is None else "nobody heard yet"


@dataclass(frozen=True)
class Mix:
    """Groups held against the population."""

    rows: Sequence[MixRow]
    #: how many people were heard whose group is known: n of every row
    of: int
    #: people who would not say, and people whom nobody asked: they stand beside n
    not_stated: int = 0
    not_asked: int = 0

    @property
    def nobody(self) -> list[MixRow]:
        """The groups of which nobody was heard."""
        return [row for row in self.rows if not row.heard]

    @property
    def under(self) -> list[MixRow]:
        """The groups heard less than their share."""
        return [row for row in self.rows if row.verdict is Verdict.UNDER]


def mix_of(groups: Iterable[Group], *, of: int, not_stated: int = 0, not_asked: int = 0) -> Mix:
    """The mix of `of` people whose group is known: what is under comes first, then the largest share.

    NotJudged where more were heard of a group than of everybody.
    """
    rows = [MixRow(group, of) for group in groups]
    return Mix(sorted(rows, key=_rank), of, not_stated, not_asked)


def _rank(row: MixRow) -> tuple[int, Fraction, str]:
    place = len(_ORDER) if row.verdict is None else _ORDER.index(row.verdict)
    return place, -(row.share or Fraction()), row.name


@dataclass(frozen=True, slots=True)
class Part:
    """One of several neighbourhoods: its people, and the share of a group; None for what is not known."""

    people: int | None
    share: Fraction | None


def share_together(parts: Iterable[Part]) -> Fraction | None:
    """The share of a group in several neighbourhoods together; None unless all of it is known.

    A neighbourhood that has no such group is a part of it with a share of 0. Of one neighbourhood the share
    is told whether or not it is known how many people live there.
    """
    known = list(parts)
    if len(known) == 1:
        return known[0].share
    people = group = Fraction()
    for part in known:
        if part.people is None or part.share is None:
            return None
        people += part.people
        group += part.people * part.share
    return group / people if people else None
