"""The first and the last day of whatever holds for some days: one pair of fields, worded once."""

from typing import Any

from wtforms.validators import StopValidation

from npt.kit.spans import last_day_in_words
from npt.webkit.fields.times import DateField

_OPEN_END = last_day_in_words(None)
_MAY_BE_EMPTY = {"missing": None, "hint": f"Leave blank if it applies {_OPEN_END}."}


class FirstDayField(DateField):
    """The first day, which is always needed."""

    def __init__(self, label: str = "First day", **control: Any) -> None:
        super().__init__(label, **{"missing": "Enter the first day.", "noun": "The first day", **control})


class LastDayField(DateField):
    """The last day; unless it is needed, none means until further notice.

    `not_before`, where set, is the name of the field with the first day. Elsewhere the action sees to their
    order, which knows the first day also where it cannot be changed.
    """

    def __init__(
        self, label: str = "Last day", *, is_needed: bool = False, not_before: str = "", **control: Any
    ) -> None:
        worded = {"missing": "Enter the last day."} if is_needed else _MAY_BE_EMPTY
        super().__init__(label, **{"noun": "The last day", "blank": _OPEN_END, **worded, **control})
        self.not_before = not_before

    def pre_validate(self, form: Any) -> None:
        """Refuse a day before the first."""
        super().pre_validate(form)
        first = form[self.not_before].data if self.not_before else None
        if self.data is not None and first is not None and self.data < first:
            raise StopValidation(f"{self.noun} must be the first day or later.")
