"""What a form carries that may be sent later than it was typed: its reference, and when it was typed.

A phone without a signal keeps what the form holds, by the names of its controls, and sends it to the same
address once it can; the answer leads elsewhere (303) once it is kept, also if it was kept before.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from npt.organisation.models import Unit
from npt.webkit.fields import Choice, HiddenField
from npt.webkit.filters import day


class TypedAtField(HiddenField):
    """The instant at which a form was typed, as a phone writes it: "2026-11-30T09:15:00Z". Empty for now."""

    def parse(self, typed: list[str]) -> str:
        """The text. ValueError when it is no instant with its time zone."""
        text = super().parse(typed)
        try:
            is_instant = datetime.fromisoformat(text).tzinfo is not None
        except ValueError:
            is_instant = False
        if not is_instant:
            raise ValueError("Part of this page was missing. Check what you typed and send it again.")
        return text

    @property
    def instant(self) -> datetime | None:
        """The instant, UTC; None for now."""
        return None if self.data is None else datetime.fromisoformat(self.data).astimezone(UTC)


def neighbourhood_choices(units: Sequence[Unit]) -> tuple[Choice, ...]:
    """Where something happened: each neighbourhood by name, with its last day where it has one."""
    return tuple(
        Choice(unit.code, unit.name if unit.closed_on is None else f"{unit.name}, to {day(unit.closed_on)}")
        for unit in units
    )
