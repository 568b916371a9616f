"""What a member reports of themselves, and what their supervisor answers."""

from collections.abc import Mapping, Sequence

from npt.kit.intervals import Interval
from npt.reporting.queries import ReportLine
from npt.reporting.rules import AbstractionFacts
from npt.shifts.forms import (
    NOTE_HINT,
    NOTE_LENGTH,
    LostField,
    LostWordsField,
    ReasonField,
    Times,
    TimesForm,
    WhichField,
    shown_times,
)
from npt.shifts.rules import typed_interval
from npt.webkit.fields import Choice, TextAreaField, TimeField
from npt.webkit.forms import CreateForm

WORDS_LENGTH = 300


class _Abstraction(Times):
    """Why somebody has been taken off, since when, and until when if that is known."""

    reason = ReasonField("Why?", noun="Reason", missing="Choose a reason")
    starts = TimeField("Since", noun="The start", missing="Enter the start")
    starts_which = WhichField("Which start?")
    ends = TimeField("Until", noun="The end", missing=None, hint="Leave blank if it is not known yet.")
    ends_which = WhichField("Which end?")
    note = TextAreaField("Note", limit=NOTE_LENGTH, rows=2, missing=None, hint=NOTE_HINT)
    lost = LostField()
    lost_words = LostWordsField()
    #: the shift in which the times are read
    shift: Interval

    def offer(self, on_duty: Sequence[Choice]) -> None:
        """Offer these reasons, the commonest first."""
        self.reason.offer(on_duty, ())

    def value(self) -> AbstractionFacts:
        """What was typed. TimeHappensTwice, TimeNeverHappens."""
        starts, ends = typed_interval(self.shift, self.typed_start, self.typed_end)
        return AbstractionFacts(
            starts=starts,
            ends=None if self.typed_end is None else ends,
            reason=self.reason.value,
            note=self.note.data,
            lost=self.lost.lost(self.lost_words.data),
        )


class ReportForm(_Abstraction, CreateForm[AbstractionFacts]):
    """A member says that they have been taken off."""


class AnswerForm(_Abstraction, TimesForm[AbstractionFacts]):
    """A report as it is to be recorded: as it came, or corrected. Or why it is refused."""

    why = TextAreaField(
        "Why you refuse it",
        limit=WORDS_LENGTH,
        rows=2,
        missing=None,
        hint="Only needed if you refuse. The member will read this.",
    )
    #: the report is to be refused, so that nothing else of the form matters
    is_refusal = False

    @classmethod
    def values_of(cls, record: ReportLine) -> Mapping[str, object]:
        """Its reason by code, and its times as they are typed."""
        return {"reason": record.reason_code, **shown_times(record.starts, record.ends)}

    def validate(self, extra_validators: object = None) -> bool:
        """Whether what was typed could be read, as far as it matters."""
        is_read = super().validate(extra_validators)
        if self.is_refusal:
            for control in (each for each in self if each.name not in ("why", "version", "csrf_token")):
                control.errors = []
        return is_read or not self.errors
