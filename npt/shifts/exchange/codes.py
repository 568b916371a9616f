"""Who and what the codes in a file mean, asked of the database once each."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from npt.kit.clock import to_local
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.people.queries import member_ids_numbered
from npt.store.exchange import Outcome


@dataclass
class Named:
    """The members and units that a file has named so far; what nobody is called stays None."""

    session: Session
    members: dict[str, int | None] = field(default_factory=dict)
    units: dict[str, Unit | None] = field(default_factory=dict)

    def meet(self, numbers: Collection[str], codes: Collection[str] = ()) -> None:
        """Look up the numbers and codes not met before."""
        new_numbers = set(numbers) - self.members.keys()
        if new_numbers:
            found = member_ids_numbered(self.session, new_numbers)
            self.members.update((number, found.get(number)) for number in new_numbers)
        new_codes = set(codes) - self.units.keys()
        if new_codes:
            coded = units_coded(self.session, new_codes)
            self.units.update((code, coded.get(code)) for code in new_codes)

    def member(self, number: str, line: int, outcome: Outcome, *, column: str = "number") -> int | None:
        """The key of the member of this number; without one, the row is refused and the answer is None."""
        key = self.members[number]
        if key is None:
            outcome.refuse(
                line,
                column,
                f"There is no member {number}: correct the number, or import the member first.",
            )
        return key

    def unit(self, code: str, line: int, outcome: Outcome, *, column: str) -> Unit | None:
        """The unit of this code; without one, the row is refused and the answer is None."""
        unit = self.units[code]
        if unit is None:
            outcome.refuse(
                line, column, f"There is no unit {code}: correct the code, or import the unit first."
            )
        return unit


def local_text(instant: datetime) -> str:
    """The instant as a file has it: local time with its offset, "2026-10-25T22:00+00:00"."""
    return to_local(instant).isoformat(timespec="minutes")
