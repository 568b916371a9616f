"""Rows of a form: a few controls, several times.

They need no script: two rows more than are filled in stand ready, and a row that is emptied goes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from npt.webkit.forms import Form

Rowed = TypeVar("Rowed", bound=type[Form[Any]])
#: So many empty rows stand ready.
_SPARE = 2


class Rows:
    """What a row holds, by the names of its controls: "kind" stands in a form as "kind-1", "kind-2" …"""

    most: ClassVar[int]
    parts: ClassVar[Mapping[str, Callable[[int], Any]]]

    @classmethod
    def of(cls, form: Form[Any]) -> list[list[Any]]:
        """The controls of every row."""
        return [[form[f"{name}-{number}"] for name in cls.parts] for number in range(1, cls.most + 1)]

    @classmethod
    def shown(cls, form: Form[Any]) -> list[list[Any]]:
        """The controls of the rows up to the last that holds something, and of two more."""
        rows = cls.of(form)
        filled = (
            number for number, row in enumerate(rows, 1) if any(each.text or each.errors for each in row)
        )
        return rows[: max(filled, default=0) + _SPARE]

    @classmethod
    def values(cls, rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
        """What the controls of a form are filled in with; of rows beyond the last, nothing."""
        given: Sequence[Mapping[str, object]] = list(rows)
        return {
            f"{name}-{number}": given[number - 1][name] if number <= len(given) else None
            for number in range(1, cls.most + 1)
            for name in cls.parts
        }


def rows_of(rows: type[Rows]) -> Callable[[Rowed], Rowed]:
    """Give a form the controls of these rows."""

    def give(form: Rowed) -> Rowed:
        for number in range(1, rows.most + 1):
            for name, control in rows.parts.items():
                setattr(form, f"{name}-{number}", control(number))
        return form

    return give
