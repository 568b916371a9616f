"""Names of people in words that are to be published.

Two ways of finding one: the full name, or title and last name, of somebody who is known; and a word with a
capital after a title that people have. A last name alone is often a street or a colour: it is let pass.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from npt.kit.refusals import Refusal

_TITLES = (
    *("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Sir", "Lady", "Lord", "Dame", "Cllr", "Councillor"),
    *("Rev", "Revd", "Fr", "Imam", "Rabbi", "Pastor", "Canon"),
    *("PC", "PCSO", "WPC", "DC", "DS", "DI", "Sgt", "Sergeant", "Insp", "Inspector", "Constable", "Supt"),
)
_TITLED = re.compile(
    rf"\b(?:{'|'.join(sorted(_TITLES, key=len, reverse=True))})\.?\s+(?:[A-Z]\.?\s+)*[A-Z][\w’'-]*"
)


class Named(Refusal):
    """Words that are to be published name somebody, or seem to."""


@dataclass(frozen=True, slots=True)
class _Words:
    folded: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "_Words":
        return cls(tuple(re.findall(r"[\w’'-]+", text.casefold())))

    def have(self, name: "_Words") -> bool:
        size = len(name.folded)
        return any(self.folded[at : at + size] == name.folded for at in range(len(self.folded) - size + 1))


def people_named(text: str, known: Iterable[str]) -> list[str]:
    """Whom the words name, as they stand there or as they are known: each once, in their order.

    `known`: full names. One word alone is no full name.
    """
    words = _Words.of(text)
    found = [match.group().strip() for match in _TITLED.finditer(text)]
    for name in known:
        parts = _Words.of(name)
        if len(parts.folded) > 1 and words.have(parts):
            found.append(name)
    return list(dict.fromkeys(found))
