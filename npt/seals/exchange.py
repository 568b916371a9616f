"""The figures of a month as scripts and spreadsheets read them: as signed off, and as they are now."""

from collections.abc import Sequence
from typing import Any

from npt.kit.clock import local_day
from npt.measures.exchange import value_told
from npt.measures.rules import is_restated
from npt.seals.models import Seal
from npt.seals.rules import Content, SealedMeasure

REVIEW_COLUMNS = (
    "measure",
    "name",
    "counted",
    "of",
    "value",
    "target",
    "signed_counted",
    "signed_of",
    "signed_value",
)


def months_as_json(now: Content, seal: Seal | None, signed: Content | None) -> dict[str, Any]:
    """A month as one object. The keys of what was signed only in a measure that was restated since."""
    known = {} if signed is None else signed.by_code
    return {
        "unit": now.unit,
        "month": str(now.month),
        "definition": now.counting.code,
        "signed": None if seal is None else _seal_as_json(seal),
        "measures": [
            {
                "measure": each.code,
                "name": each.name,
                "counted": each.figure.counted,
                "of": each.figure.of,
                "value": value_told(each.live, each.figure),
                "target": each.target,
                **_signed_as_json(each, known.get(each.code)),
            }
            for each in now.measures
        ],
    }


def _seal_as_json(seal: Seal) -> dict[str, Any]:
    return {
        "edition": seal.edition,
        "on": local_day(seal.signed_at).isoformat(),
        "unconfirmed_days": seal.unconfirmed_days,
        "reason": seal.reason,
        "hash": seal.hash,
    }


def _signed_as_json(now: SealedMeasure, signed: SealedMeasure | None) -> dict[str, Any]:
    if signed is None or not now.is_recomputable or not is_restated(signed.figure, now.figure):
        return {}
    return {
        "signed_counted": signed.figure.counted,
        "signed_of": signed.figure.of,
        "signed_value": value_told(now.live, signed.figure),
    }


def month_lines(now: Content, signed: Content | None) -> list[Sequence[object]]:
    """The same as a table under `REVIEW_COLUMNS`, with what was signed beside; "" where nothing was."""
    known = {} if signed is None else signed.by_code
    lines: list[Sequence[object]] = []
    for each in now.measures:
        told: tuple[object, ...] = ("", "", "")
        if each.code in known:
            figure = known[each.code].figure
            told = figure.counted, figure.of, value_told(each.live, figure)
        lines.append(
            (
                each.code,
                each.name,
                each.figure.counted,
                "" if each.figure.of is None else each.figure.of,
                value_told(each.live, each.figure),
                "" if each.target is None else each.target,
                *told,
            )
        )
    return lines
