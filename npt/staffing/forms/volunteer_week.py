"""What is typed about a week of time given: hours in boxes, one for each member and day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from npt.staffing.queries import GivenCell
from npt.staffing.rules import GivenWork, TimeSlot, hours_to_type, read_hours
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import CarriedField, Choice, SelectField
from npt.webkit.fields.control import Control
from npt.webkit.forms import CreateForm

_SEEN = re.compile(r"([1-9][0-9]{0,17})\.(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}):([1-9][0-9]{0,8})")
#: What takes an entry out.
_NONE = {"0", "0:00"}
#: Far more records than a page has boxes.
_LONGEST = 20_000


def box_name(slot: TimeSlot) -> str:
    """The name and the id of the box of a member's day."""
    return f"time-{slot.member_id}.{slot.on_date.isoformat()}"


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it is drawn."""

    name: str
    text: str
    error: str
    #: what is recorded now, where it is not what the box says
    recorded: str
    #: minutes of other work that day
    otherwise: int


class TimesField(Control[dict[TimeSlot, int | None]]):
    """The boxes of a week. The table draws them."""

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **control)
        self.cells: Mapping[TimeSlot, GivenCell] = {}
        self._sent: dict[str, str] = {}
        self._faults: dict[str, str] = {}

    def offer(self, cells: Mapping[TimeSlot, GivenCell]) -> None:
        """Draw and take these boxes."""
        self.cells = cells

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Keep what was typed until the boxes are known."""
        self._sent = {name: formdata.get(name, "") for name in formdata or () if name.startswith(("time-",))}
        super().process(None, data, extra_filters=extra_filters)

    def pre_validate(self, form: Any) -> None:
        """Read the boxes. An empty one says nothing, so that a page emptied by mistake takes nothing out; 0
        says that nothing was given.
        """
        self.data = {}
        for slot in self.cells:
            text = self._sent.get(box_name(slot), "").strip()
            if not text:
                continue
            try:
                self.data[slot] = None if text in _NONE else read_hours(text)
            except ValueError as fault:
                self._faults[box_name(slot)] = str(fault)
        if self._faults:
            count = len(self._faults)
            first = next(iter(self._faults.values()))
            more = "" if count == 1 else f" And {count - 1} more cannot be read."
            raise StopValidation(first + more)

    @property
    def focus_id(self) -> str | None:
        """The first box that cannot be read, else the first of all."""
        return next(iter(self._faults), next((box_name(slot) for slot in self.cells), None))

    def box(self, member_id: int, day: date) -> Box | None:
        """The box of a member's day, with what was typed into it; None where nothing can be entered."""
        slot = TimeSlot(member_id, day)
        cell = self.cells.get(slot)
        if cell is None:
            return None
        name, recorded = box_name(slot), "" if cell.minutes is None else hours_to_type(cell.minutes)
        text = self._sent.get(name, recorded)
        now = recorded if text.strip() != recorded else ""
        return Box(name, text, self._faults.get(name, ""), now, cell.otherwise)


class SeenField(CarriedField):
    """Which records the boxes showed, in which version."""

    part = _SEEN
    longest = _LONGEST
    page = "it"

    def show(self, cells: Mapping[TimeSlot, GivenCell]) -> None:
        """Carry these versions from now on, whatever was sent."""
        self.carry(
            f"{slot.member_id}.{slot.on_date.isoformat()}:{cell.version}"
            for slot, cell in cells.items()
            if cell.version
        )

    @property
    def seen(self) -> dict[TimeSlot, int]:
        """The version of each record that was shown."""
        return {
            TimeSlot(int(member_id), date.fromisoformat(day)): int(version)
            for member_id, day, version in _SEEN.findall(self.data or "")
        }


class GivenWeekForm(CreateForm[dict[TimeSlot, int | None]]):
    """Hours in boxes."""

    seen = SeenField("Versions", missing=None)
    times = TimesField("Hours", missing=None)

    def value(self) -> dict[TimeSlot, int | None]:
        """The minutes of each box that says something; None where nothing was given."""
        return self.times.value


class WhichWeekForm(AsAtForm):
    """Which week, and which work: `as-at` is any day of the week."""

    work = SelectField(
        "Work",
        missing=None,
        choices=tuple(Choice(work.value, work.wording) for work in GivenWork),
        empty=GivenWork.PATROL.wording,
    )

    @property
    def chosen_work(self) -> GivenWork:
        """The work asked for; patrol without a word."""
        return GivenWork.PATROL if self.work.data is None else GivenWork(self.work.data)
