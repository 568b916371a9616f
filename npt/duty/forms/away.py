"""Time away: recorded for one member or many at once, and corrected afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from wtforms import ValidationError

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.shifts.forms import (
    NOTE_HINT,
    NOTE_LENGTH,
    LostField,
    LostWordsField,
    ReasonField,
    ShiftsField,
    Times,
    TimesForm,
    VersionsField,
    WhichField,
    shown_times,
)
from npt.shifts.queries import AwayRecord
from npt.shifts.rules import LossKind, Lost, TypedTime, rest_of_shift, typed_interval
from npt.webkit.fields import Choice, ConfirmField, RadiosField, TextAreaField, TimeField
from npt.webkit.filters import clock
from npt.webkit.forms import CreateForm


class When(Enum):
    """Which part of the shift somebody was away."""

    WHOLE = "whole"
    NOW = "now"
    RUNNING = "running"
    BETWEEN = "between"


#: The parts of a shift that begin when the form is sent.
_FROM_NOW = (When.NOW.value, When.RUNNING.value)


@dataclass(frozen=True, slots=True)
class RecordedAway:
    """Time away as typed for some shifts, or for everybody on duty."""

    shift_ids: tuple[int, ...]
    is_whole_team: bool
    reason: str
    when: When
    starts: TypedTime | None
    ends: TypedTime | None
    note: str | None
    #: the version of each shift that was shown
    shown: Mapping[int, int]
    lost: Lost | None = None

    def times_in(self, shift: Interval, now: datetime) -> tuple[datetime, datetime]:
        """From when to when it is in this shift. ShiftIsOver, TimeHappensTwice, TimeNeverHappens."""
        if self.when.value in _FROM_NOW:
            return rest_of_shift(shift, now)
        if self.when is When.BETWEEN:
            return typed_interval(shift, self.starts, self.ends)
        return shift.starts, shift.ends


class RecordForm(Times, CreateForm[RecordedAway]):
    """Who was away, why, and when."""

    members = ShiftsField("Who?", missing=None)
    whole_team = ConfirmField("Whole team", missing=None)
    reason = ReasonField("Why?", noun="Reason", missing="Choose a reason")
    when = RadiosField(
        "When?",
        noun="When",
        missing="Choose when",
        default=When.WHOLE.value,
        classes="govuk-radios--small",
    )
    starts = TimeField("From", noun="The start", missing=None)
    starts_which = WhichField("Which start?")
    ends = TimeField("To", noun="The end", missing=None)
    ends_which = WhichField("Which end?")
    note = TextAreaField("Note", limit=NOTE_LENGTH, rows=2, missing=None, hint=NOTE_HINT)
    lost = LostField()
    lost_words = LostWordsField()
    shown = VersionsField("Versions", missing=None)

    def offer(
        self,
        shifts: Sequence[Choice],
        on_duty: Sequence[Choice],
        off_duty: Sequence[Choice],
        now: datetime | None,
    ) -> None:
        """Offer these shifts and reasons; “from now” where `now` lies in one of the shifts."""
        self.members.choices = tuple(shifts)
        self.reason.offer(on_duty, off_duty)
        choices = [Choice(When.WHOLE.value, "The whole shift")]
        if now is not None:
            choices.append(Choice(When.NOW.value, f"From now ({clock(now)}) to the end of the shift"))
            choices.append(Choice(When.RUNNING.value, f"From now ({clock(now)}), end not known yet"))
        self.when.choices = (*choices, Choice(When.BETWEEN.value, "Between two times:"))

    def validate_members(self, field: ShiftsField) -> None:
        """Refuse an entry for nobody."""
        if not field.data and not self.whole_team.data:
            raise ValidationError("Tick at least one member, or the whole team")

    def validate_when(self, field: RadiosField) -> None:
        """Times that are typed mean “between two times”, and beside “from now” contradict it.

        “The whole shift” is chosen before anybody has touched the form.
        """
        if not (self.starts.text or self.ends.text):
            return
        if field.data == When.WHOLE.value:
            field.data = When.BETWEEN.value
            field.typed = [field.data]  # what the page shows where another field is refused
        elif field.data in _FROM_NOW:
            raise ValidationError("There are times below: choose “Between two times”, or clear them")

    def validate_starts(self, field: TimeField) -> None:
        """Refuse “between two times” without any."""
        if self.when.data == When.BETWEEN.value and not field.text and not self.ends.text:
            raise ValidationError("Enter a start, an end, or both")

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal; without typed times it is not about their boxes."""
        if refusal.field in ("starts", "ends") and self.when.data != When.BETWEEN.value:
            refusal = Refusal(refusal.message, field="when")
        super().refuse(refusal)

    def value(self) -> RecordedAway:
        """What was typed."""
        return RecordedAway(
            shift_ids=self.members.keys,
            is_whole_team=self.whole_team.data is True,
            reason=self.reason.value,
            when=When(self.when.value),
            starts=self.typed_start,
            ends=self.typed_end,
            note=self.note.data,
            shown=self.shown.versions,
            lost=self.lost.lost(self.lost_words.data),
        )


@dataclass(frozen=True, slots=True)
class Corrected:
    """Time away as it should have been recorded."""

    reason: str
    starts: TypedTime | None
    ends: TypedTime | None
    note: str | None


class CorrectForm(TimesForm[Corrected]):
    """One member's time away, to be put right."""

    reason = ReasonField("Why?", noun="Reason", missing="Choose a reason")
    starts = TimeField("From", noun="The start", missing="Enter the start")
    starts_which = WhichField("Which start?")
    ends = TimeField("To", noun="The end", missing="Enter the end")
    ends_which = WhichField("Which end?")
    note = TextAreaField("Note", limit=NOTE_LENGTH, rows=3, missing=None, hint=NOTE_HINT)

    @classmethod
    def values_of(cls, record: AwayRecord) -> Mapping[str, object]:
        """Its reason by code, and its times as they are typed."""
        return {"reason": record.reason_code, **shown_times(record.interval.starts, record.interval.ends)}

    def value(self) -> Corrected:
        """What was typed."""
        return Corrected(
            reason=self.reason.value,
            starts=self.typed_start,
            ends=self.typed_end,
            note=self.note.data,
        )


class RepeatForm(CreateForm[tuple[int, ...]]):
    """Which entries of an earlier day are recorded again, by key."""

    entries = ShiftsField("Which?", missing=None)
    shown = VersionsField("Versions", missing=None)

    def offer(self, entries: Iterable[Choice]) -> None:
        """Offer these entries, by key."""
        self.entries.choices = tuple(entries)

    def validate_entries(self, field: ShiftsField) -> None:
        """Refuse to repeat nothing."""
        if not field.data:
            raise ValidationError("Tick at least one entry")

    def value(self) -> tuple[int, ...]:
        """The entries that were ticked."""
        return self.entries.keys


class LossForm(CreateForm[Lost]):
    """One more thing that was lost by time away."""

    lost = LostField()
    lost_words = LostWordsField()

    def validate_lost(self, field: LostField) -> None:
        """Refuse to note that nothing was lost: that is what no note says."""
        if not field.data:
            raise ValidationError("Choose what was lost")

    def value(self) -> Lost:
        """What was lost, and in which words."""
        return Lost(LossKind(self.lost.value), self.lost_words.data)
