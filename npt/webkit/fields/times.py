"""Fields that hold a day, a month or a time of day."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any, TypeVar

from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from npt.kit.clock import day_in_words
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES, Month
from npt.webkit.fields.control import Control

Value = TypeVar("Value")


class _PartsField(Control[Value]):
    """A value typed in several boxes. A message marks the boxes it is about, and links to the first."""

    component = "date-input"
    parts: tuple[str, ...]

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **control)
        self.wrong_parts: tuple[str, ...] = ()

    def names(self) -> Sequence[str]:
        """The names under which the browser sends the boxes."""
        return [f"{self.name}-{part}" for part in self.parts]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the boxes, or take the given data."""
        self.wrong_parts = ()
        super().process(formdata, data, extra_filters)

    def texts(self) -> list[str]:
        """What each box shows."""
        if self.typed:
            return self.typed
        return [""] * len(self.parts) if self.data is None else self.boxes(self.data)

    def boxes(self, value: Value) -> list[str]:
        """A value as a person would type it into the boxes."""
        raise NotImplementedError

    @property
    def focus_id(self) -> str | None:
        """The first box that is wrong, else the first box."""
        return f"{self.id}-{(self.wrong_parts or self.parts)[0]}"

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        # A message that names no box (empty, or refused by an action) is about all of them.
        wrong = (self.wrong_parts or self.parts) if self.errors else ()
        return {
            **self.described(),
            "namePrefix": self.name,
            "fieldset": {"legend": {"text": self.caption}},
            "items": [
                {
                    "name": part,
                    "classes": f"govuk-input--width-{4 if part == 'year' else 3 if part == 'month' else 2}"
                    + (" govuk-input--error" if part in wrong else ""),
                    # A month may be typed as a word, which a number pad has no keys for.
                    "inputmode": "text" if part == "month" else "numeric",
                    "value": text,
                }
                for part, text in zip(self.parts, self.texts(), strict=True)
            ],
        }

    def wrong(self, parts: Sequence[str], message: str) -> ValueError:
        """The error that marks ``parts``."""
        self.wrong_parts = tuple(parts)
        return ValueError(message)

    def read(self, typed: list[str]) -> dict[str, int]:
        """The number in each box. ValueError, with the wrong boxes marked, when one is empty or wrong."""
        texts = {part: text.strip() for part, text in zip(self.parts, typed, strict=True)}
        empty = [part for part in self.parts if not texts[part]]
        if empty:
            raise self.wrong(empty, f"{self.noun} must include a {' and a '.join(empty)}.")
        numbers = {part: _READERS[part](texts[part]) for part in self.parts}
        wrong = [part for part in self.parts if numbers[part] is None]
        if wrong:
            raise self.wrong(wrong, " ".join(f"{self.noun}: {_RULES[part]}." for part in wrong))
        return {part: number for part, number in numbers.items() if number is not None}


def _day(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,2}", text) and 1 <= int(text) <= 31 else None


def _month(text: str) -> int | None:
    if re.fullmatch("[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    word = text.casefold().rstrip(".")
    if len(word) < 3:  # "Ma" is March or May
        return None
    found = [number for number, name in enumerate(MONTH_NAMES, 1) if name.casefold().startswith(word)]
    # "Sept" is how many people shorten September; as a beginning of the word it is found already.
    return found[0] if len(found) == 1 else None


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{4}", text) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR else None


_READERS = {"day": _day, "month": _month, "year": _year}
_RULES = {
    "day": "the day must be a number from 1 to 31",
    "month": "the month must be a number from 1 to 12 or a name, like 5 or May",
    "year": f"the year must have four digits, from {EARLIEST_YEAR} to {LATEST_YEAR}",
}


class DateField(_PartsField[date]):
    """A day, in three boxes. ``earliest`` and ``latest``, where set, are the first and last day allowed."""

    parts = ("day", "month", "year")

    def __init__(
        self, label: str, *, earliest: date | None = None, latest: date | None = None, **control: Any
    ) -> None:
        super().__init__(label, **control)
        self.earliest = earliest
        self.latest = latest

    def parse(self, typed: list[str]) -> date:
        """The day. ValueError, with the wrong boxes marked, when there is none such."""
        numbers = self.read(typed)
        year, month, day = numbers["year"], numbers["month"], numbers["day"]
        days = calendar.monthrange(year, month)[1]
        if day > days:
            title = Month(year, month).title
            raise self.wrong(["day"], f"{self.noun}: {title} has only {days} days.")
        return date(year, month, day)

    def pre_validate(self, form: Any) -> None:
        """Refuse a day out of bounds. Only now, since a view may set them after reading."""
        super().pre_validate(form)
        if self.data is not None and self.earliest is not None and self.data < self.earliest:
            raise StopValidation(f"{self.noun} must be {day_in_words(self.earliest)} or later.")
        if self.data is not None and self.latest is not None and self.data > self.latest:
            raise StopValidation(f"{self.noun} must be {day_in_words(self.latest)} or earlier.")

    def reading(self, value: date) -> str:
        """The day in words."""
        return day_in_words(value)

    def boxes(self, value: date) -> list[str]:
        """The day as a person would type it into the boxes."""
        return [str(value.day), str(value.month), str(value.year)]


class MonthField(_PartsField[Month]):
    """A month, in two boxes."""

    parts = ("month", "year")

    def parse(self, typed: list[str]) -> Month:
        """The month. ValueError, with the wrong boxes marked, when there is none such."""
        numbers = self.read(typed)
        return Month(numbers["year"], numbers["month"])

    def reading(self, value: Month) -> str:
        """The month in words."""
        return value.title

    def boxes(self, value: Month) -> list[str]:
        """The month as a person would type it into the boxes."""
        return [str(value.month), str(value.year)]


_TYPED_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?|([0-9]{2})([0-9]{2})")
_HALF_OF_DAY = re.compile(r"(.*?)\s*([ap])\.?m\.?", re.IGNORECASE | re.DOTALL)


class TimeField(Control[time]):
    """A local time of day as people type it: "7:30", "07.30", "0730", "18", "6pm", "6.30 pm"."""

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **{"classes": "govuk-input--width-5", **control})

    def parse(self, typed: list[str]) -> time:
        """The time. ValueError when there is none such, or when it could be one of two."""
        text = typed[0].strip()
        half = _HALF_OF_DAY.fullmatch(text)
        match = _TYPED_TIME.fullmatch(text if half is None else half[1])
        if match is None:
            raise ValueError(f"{self.noun} must be a time on the 24-hour clock, like 07:30 or 22:00.")
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
        if half is not None:
            return self._on_12_hour_clock(hour, minute, half[2].lower())
        if hour == 24 and minute == 0:
            raise ValueError(f"{self.noun}: write midnight as 00:00.")
        if hour > 23 or minute > 59:
            raise ValueError(f"{self.noun} must be from 00:00 to 23:59.")
        if len(text) == 1 and hour:
            raise ValueError(
                f"{self.noun} could be {hour:02}:00 or {hour + 12}:00: write it on the 24-hour clock, or"
                f" {hour}am or {hour}pm."
            )
        return time(hour, minute)

    def _on_12_hour_clock(self, hour: int, minute: int, half: str) -> time:
        if not 1 <= hour <= 12 or minute > 59:
            raise ValueError(f"{self.noun}: before am or pm write 1 to 12, like 6pm or 6.30pm.")
        if hour == 12 and minute == 0:
            # People read both ways what noon and midnight are called on this clock.
            raise ValueError(f"{self.noun} could be noon or midnight: write 12:00 or 00:00.")
        return time(hour % 12 + (12 if half == "p" else 0), minute)

    def wording(self, value: time) -> str:
        """The time as a person would type it."""
        return f"{value:%H:%M}"

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        # A number pad on a phone has no colon, so the text keyboard it is; "0730" works on both.
        return {**super().parameters(), "spellcheck": False}
