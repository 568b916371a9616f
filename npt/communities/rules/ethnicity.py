"""Self-defined ethnicity as the police record it: the codes 18+1 and 16+1, and the five groups of both.

18+1 has the categories of the 2011 census and "not stated", 16+1 those of the 2001 census. 16+1 has neither
W3 nor O2, and calls O1 what 18+1 calls A4. Figures of both are compared by the five groups, in which Chinese
people count as Asian whatever the code.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache

from npt.kit.refusals import Refusal


class UnknownEthnicity(Refusal):
    """A code that is none, or one of the other system."""


class EthnicGroup(Enum):
    """One of the five groups that every system has."""

    WHITE = "W"
    MIXED = "M"
    ASIAN = "A"
    BLACK = "B"
    OTHER = "O"

    @property
    def wording(self) -> str:
        """The group as census and police forms say it."""
        return _GROUPS[self]


_GROUPS = {
    EthnicGroup.WHITE: "White",
    EthnicGroup.MIXED: "Mixed or multiple ethnic groups",
    EthnicGroup.ASIAN: "Asian or Asian British",
    EthnicGroup.BLACK: "Black or Black British",
    EthnicGroup.OTHER: "Other ethnic group",
}

#: People who did not say, or were not asked by a form that had to say something.
NOT_STATED = "NS"
#: Everybody, whatever their ethnicity.
EVERYBODY = "ALL"


class CodeSystem(Enum):
    """A set of codes."""

    EIGHTEEN = "18+1"
    SIXTEEN = "16+1"

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes in the order of the form, "not stated" left out."""
        return tuple(_LABELS[self])

    @property
    def other(self) -> "CodeSystem":
        """The other of the two."""
        return CodeSystem.SIXTEEN if self is CodeSystem.EIGHTEEN else CodeSystem.EIGHTEEN

    @cache
    def codes_in(self, group: EthnicGroup) -> tuple[str, ...]:
        """The codes that make up a group."""
        return tuple(code for code in self.codes if group_of(code) is group)

    def label(self, code: str) -> str:
        """What a code stands for: "Pakistani". KeyError for a code that is not in the system."""
        return _LABELS[self][code]


_COMMON_PARTS = {
    "M1": "White and Black Caribbean",
    "M2": "White and Black African",
    "M3": "White and Asian",
    "M9": "Any other Mixed or multiple ethnic background",
    "A1": "Indian",
    "A2": "Pakistani",
    "A3": "Bangladeshi",
}
_ANY_OTHER_ASIAN = "Any other Asian background"
_BLACK = {"B1": "Caribbean", "B2": "African", "B9": "Any other Black background"}
_LABELS: Mapping[CodeSystem, Mapping[str, str]] = {
    CodeSystem.EIGHTEEN: {
        "W1": "English, Welsh, Scottish, Northern Irish or British",
        "W2": "Irish",
        "W3": "Gypsy or Irish Traveller",
        "W9": "Any other White background",
        **_COMMON_PARTS,
        "A4": "Chinese",
        "A9": _ANY_OTHER_ASIAN,
        **_BLACK,
        "O2": "Arab",
        "O9": "Any other ethnic group",
    },
    CodeSystem.SIXTEEN: {
        "W1": "British",
        "W2": "Irish",
        "W9": "Any other White background",
        **_COMMON_PARTS,
        "A9": _ANY_OTHER_ASIAN,
        **_BLACK,
        "O1": "Chinese",
        "O9": "Any other ethnic group",
    },
}
#: What the other system calls a code that this one has not, or where it counts those people.
_ELSEWHERE = {
    "O1": "O1 of 16+1 is A4 of 18+1",
    "A4": "A4 of 18+1 is O1 of 16+1",
    "W3": "W3 of 18+1 counts as W9 in 16+1",
    "O2": "O2 of 18+1 counts as O9 in 16+1",
}


@lru_cache(maxsize=256)
def group_of(code: str) -> EthnicGroup | None:
    """The group to which a code, or a group's own letter, belongs; None for NS, ALL and what is no code."""
    if code == "O1":
        return EthnicGroup.ASIAN
    is_code = len(code) == 1 or any(code in system.codes for system in CodeSystem)
    return next((group for group in EthnicGroup if is_code and code.startswith(group.value)), None)


def check_ethnicity(code: str, system: CodeSystem) -> None:
    """Refuse (UnknownEthnicity) what is neither a code of the system nor a group, NS or ALL."""
    wholes = {group.value for group in EthnicGroup} | {NOT_STATED, EVERYBODY}
    if code in wholes or code in system.codes:
        return
    if code in system.other.codes:
        raise UnknownEthnicity(
            f"{named_in_words(code, system.other)} is no code of {system.value}: {_ELSEWHERE[code]};"
            " correct the code, or the code system.",
            field="ethnicity",
        )
    raise UnknownEthnicity(
        f"“{code[:20]}” is no code of {system.value}: give one of {', '.join(system.codes)}, {NOT_STATED},"
        f" a group (W, M, A, B, O), or {EVERYBODY} for everybody.",
        field="ethnicity",
    )


def named_in_words(code: str, system: CodeSystem) -> str:
    """A code, a group's letter, NS or ALL in words, and as files name it: "Pakistani (A2)"."""
    return f"{wording_of(code, system)} ({code})"


def wording_of(code: str, system: CodeSystem) -> str:
    """A code, a group's letter, NS or ALL in words."""
    if code == NOT_STATED:
        return "Not stated"
    if code == EVERYBODY:
        return "Everybody"
    return EthnicGroup(code).wording if len(code) == 1 else system.label(code)
