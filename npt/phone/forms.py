"""What a form carries that may be sent later than it was typed: its reference, and when it was typed.

A phone without a signal keeps what the form holds, by the names of its controls, and sends it to the same
address once it can; the answer leads elsewhere (303) once it is kept, also if it was kept before.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, ClassVar

from wtforms import ValidationError

from npt.kit.clock import local_day
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.organisation.models import Unit
from npt.phone.rules import OLDEST
from npt.webkit.fields import HiddenField
from npt.webkit.fields.choices import SelectField
from npt.webkit.fields.control import controls
from npt.webkit.forms import CreateForm, Value


class TypedAtField(HiddenField):
    """The instant at which a form was typed, as a phone writes it: "2026-11-30T09:15:00Z". Empty for now."""

    def parse(self, typed: list[str]) -> str:
        """The text. ValueError when it is no instant with its time zone."""
        text = super().parse(typed)
        try:
            instant = datetime.fromisoformat(text)
            is_instant = instant.tzinfo is not None and EARLIEST_YEAR <= instant.year <= LATEST_YEAR
        except ValueError:
            is_instant = False
        if not is_instant:
            raise ValueError("Part of this page was missing. Check what you typed and send it again.")
        return text

    @property
    def instant(self) -> datetime | None:
        """The instant, UTC; None for now."""
        return None if self.data is None else datetime.fromisoformat(self.data).astimezone(UTC)


class PhoneForm(CreateForm[Value]):
    """A form that a phone may keep and send later.

    It says who typed it, so that nobody else's hands send it, and which edition of the form it was: answers
    to other questions would be misread, so whoever typed them looks at them once more.
    """

    reference: HiddenField
    #: the control that says where it is: it stays as it was for the next entry
    where: ClassVar[str] = "neighbourhood"
    typed_at = TypedAtField("When it was typed", missing=None)
    typed_by = HiddenField("Who typed it", missing=None)
    edition = HiddenField("Edition of the form", missing=None)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._edition = self._edition_now()
        if self.edition.data is None:
            self._carry_edition()

    def _edition_now(self) -> str:
        """What the form asks, digested: other names, labels or choices of its own make another edition."""
        asked = [
            (
                each.name,
                each.label.text,
                [choice.value for choice in each.choices] if isinstance(each, SelectField) else [],
            )
            for each in controls(self)
        ]
        return sha256(json.dumps(asked).encode()).hexdigest()[:16]

    def _carry_edition(self) -> None:
        self.edition.data, self.edition.typed = self._edition, []

    def validate_edition(self, field: HiddenField) -> None:
        """Refuse what was typed into another edition; the page then shows it in this one."""
        if field.data != self._edition:
            self._carry_edition()
            raise ValidationError(
                "This form has changed since it was filled in. Check every answer, then send it again."
            )

    def begin_at(self, units: Sequence[Unit]) -> None:
        """Choose the first of the units, until somebody chooses."""
        where = self[self.where]
        if units and isinstance(where, SelectField) and not where.typed:
            where.process_data(units[0].code)

    def day(self, today: date) -> date:
        """The day on which it was typed, whose units and categories it may name; else today."""
        typed = self.typed_at.instant
        day = today if typed is None else local_day(typed)
        return day if today - OLDEST <= day <= today else today
