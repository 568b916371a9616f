"""What a member reports of themselves, and what their supervisor answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from npt.shifts.forms import (
    NOTE_HINT,
    NOTE_LENGTH,
    LostField,
    LostWordsField,
    ReasonField,
    WhichField,
    typed_time,
)
from npt.shifts.rules import LossKind, TypedTime
from npt.webkit.fields import Choice, TextAreaField, TimeField
from npt.webkit.forms import CreateForm, EditForm

WORDS_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Reported:
    """An abstraction as its member, or whoever answers, has typed it; `ends` None: not known yet."""

    reason: str
    starts: TypedTime
    ends: TypedTime | None
    note: str | None
    lost: LossKind | None
    lost_words: str | None


class ReportForm(CreateForm[Reported]):
    """Why somebody has been taken off, since when, and until when if that is known."""

    reason = ReasonField("What for?", noun="Reason", missing="Choose what you were taken off for")
    starts = TimeField("Since", noun="The start", missing="Enter since when")
    starts_which = WhichField("Which start?")
    ends = TimeField("Until", noun="The end", missing=None, hint="Leave it empty while you do not know.")
    ends_which = WhichField("Which end?")
    note = TextAreaField("Note", limit=NOTE_LENGTH, rows=2, missing=None, hint=NOTE_HINT)
    lost = LostField()
    lost_words = LostWordsField()

    def offer(self, on_duty: Sequence[Choice]) -> None:
        """Offer these reasons, the commonest first."""
        self.reason.offer(on_duty, ())

    def value(self) -> Reported:
        """What was typed."""
        return _reported(self)


class AnswerForm(EditForm[Reported]):
    """A report as it is to be recorded: as it came, or corrected. Or why it is refused."""

    reason = ReasonField("What for?", noun="Reason", missing="Choose what the member was taken off for")
    starts = TimeField("Since", noun="The start", missing="Enter since when")
    starts_which = WhichField("Which start?")
    ends = TimeField("Until", noun="The end", missing=None, hint="Empty: not known yet.")
    ends_which = WhichField("Which end?")
    note = TextAreaField("Note", limit=NOTE_LENGTH, rows=2, missing=None, hint=NOTE_HINT)
    lost = LostField()
    lost_words = LostWordsField()
    why = TextAreaField(
        "Why you refuse it",
        limit=WORDS_LENGTH,
        rows=2,
        missing=None,
        hint="Needed only to refuse. The member reads this.",
    )

    def offer(self, on_duty: Sequence[Choice]) -> None:
        """Offer these reasons, the commonest first."""
        self.reason.offer(on_duty, ())

    @property
    def is_why_refused(self) -> bool:
        """Whether what a refusal needs could not be read: nothing else of the form matters to it."""
        return bool(self.why.errors or self.version.errors or self["csrf_token"].errors)

    def clear_errors(self) -> None:
        """Forget what was said of the fields before the action was asked."""
        for field in self:
            field.errors = []

    def value(self) -> Reported:
        """What is to be recorded."""
        return _reported(self)


def _reported(form: ReportForm | AnswerForm) -> Reported:
    starts = typed_time(form.starts, form.starts_which)
    if starts is None:
        raise LookupError("the start is empty: validate the form first")
    return Reported(
        reason=form.reason.value,
        starts=starts,
        ends=typed_time(form.ends, form.ends_which),
        note=form.note.data,
        lost=form.lost.kind,
        lost_words=form.lost_words.data,
    )
