"""The code of figures: a short text that says whether figures once printed are still what the records give.

It is made of the figures and of nothing else: not of how they were looked at, when, on which engine, or in
which order. Whoever has the rows (the page, its CSV, the interface for programs) can work it out again.
"""

import hashlib
import json
import re
from collections.abc import Iterable

from npt.performance.rules import RateRow

#: Characters of a printed code: short enough to type, long enough that two pages never share one by chance.
CODE_LENGTH = 12
_CODE = re.compile(f"[0-9a-f]{{{CODE_LENGTH}}}")


def digest(rows: Iterable[RateRow]) -> str:
    """The SHA-256 of the figures, in 64 hexadecimal characters: what a month that is signed off is kept by.

    Of each row unit, group, reason (or null), month, definition, minutes lost and minutes they are out of,
    as JSON with sorted names, no blanks and ASCII only; the rows in the order of that text, each once.
    """
    lines = {
        json.dumps(
            {
                "abstracted": row.abstracted,
                "definition": row.definition,
                "denominator": row.denominator,
                "group": row.group,
                "month": str(row.month),
                "reason": row.reason,
                "unit": row.unit,
            },
            sort_keys=True,
            separators=(",", ":"),
        )
        for row in rows
    }
    return hashlib.sha256(f"[{','.join(sorted(lines))}]".encode()).hexdigest()


def figures_code(rows: Iterable[RateRow]) -> str:
    """The code of the figures as pages print it: the first characters of their digest."""
    return digest(rows)[:CODE_LENGTH]


def is_figures_code(text: str) -> bool:
    """Whether a text could be such a code at all."""
    return _CODE.fullmatch(text) is not None
