"""What is typed about clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from wtforms import ValidationError

from npt.kit.clock import NeverHappens, clock_in_words, to_instant, to_local
from npt.webkit.fields import Choice, DateField, IntegerField, RadiosField, SelectField, TextField, TimeField
from npt.webkit.forms import CreateForm, EditForm, Keywords, QueryForm
from npt.work.forms.owners import OwnerFields
from npt.work.models import Clock
from npt.work.queries import ClockShow
from npt.work.rules import (
    SHIPPED,
    ClockFacts,
    ClockKind,
    Measure,
    Owner,
    Rule,
    Until,
    until_day,
)

_KINDS = tuple(
    Choice(kind.value, f"{kind.wording}: {SHIPPED[kind].in_words}" if kind in SHIPPED else kind.wording)
    for kind in ClockKind
)
_MEASURES = tuple(Choice(each.value, each.wording) for each in Measure)
_UNTIL = tuple(Choice(each.value, each.wording.capitalize()) for each in Until)
_OTHERS = tuple(Choice(each.value, each.wording) for each in ClockShow if each is not ClockShow.RUNNING)
#: More than any rule; the rules say how many of each.
_MOST = 9_999


class NewClockForm(CreateForm[Owner | None], OwnerFields[Owner | None]):
    """A new clock: one of the limits that are the same for everybody, or a limit of its own."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"": "what"}

    kind = SelectField("What for", noun="What it is for", missing="Choose what it is for.", choices=_KINDS)
    what = TextField(
        "What waits", limit=300, missing="Say what waits.", hint="For example: answer to a letter."
    )
    starts_on = DateField("Started on", noun="The day", missing="Enter the day on which it started.")
    starts_time = TimeField("Started at", noun="The time", missing="Enter the time at which it started.")
    due_on = DateField(
        "Until the end of this day",
        noun="The last day",
        missing=None,
        hint="For a review, or another limit of its own.",
    )
    amount = IntegerField("Or for so long", noun="The length", lowest=1, highest=_MOST, missing=None)
    measure = SelectField("Counted in", missing=None, empty="Choose", choices=_MEASURES, of=Measure)
    until = RadiosField(
        "It ends at", missing=None, choices=_UNTIL, of=Until, classes="govuk-radios--small", noun="The end"
    )

    @staticmethod
    def starting(now: datetime) -> Keywords:
        """What stands in the boxes of a clock that starts now."""
        local = to_local(now)
        return {"starts_on": local.date(), "starts_time": local.time().replace(tzinfo=None)}

    @property
    def chosen(self) -> ClockKind | None:
        """What it is for."""
        return None if self.kind.data is None else ClockKind(self.kind.data)

    def validate_due_on(self, field: DateField) -> None:
        """Refuse a limit of its own that is not told, and one that the kind does not take."""
        if self.chosen in SHIPPED and (field.data is not None or self.amount.data is not None):
            raise ValidationError("This kind of clock has its own limit: leave this blank, or choose Other.")
        if self.chosen in SHIPPED or self.chosen is None or field.data is not None:
            return
        if self.amount.data is None or self.measure.data is None:
            raise ValidationError("Enter the last day, or a length and what it is counted in.")

    def validate_starts_time(self, field: TimeField) -> None:
        """Refuse a time that the clocks skip."""
        if self.starts_on.data is None or field.data is None:
            return
        try:
            self._started()
        except NeverHappens as never:
            raise ValidationError(f"{never}. Enter a time before or after the change.") from None

    @property
    def start_told(self) -> str:
        """Which of two the start is, where the clocks go back; "" where there is no doubt."""
        started, is_either = to_instant(datetime.combine(self.starts_on.value, self.starts_time.value))
        if not is_either:
            return ""
        return (
            f" {self.starts_time.value:%H:%M} happened twice that day, because the clocks went back: it"
            f" started at {clock_in_words(started)}, the first of the two."
        )

    def _started(self) -> datetime:
        return to_instant(datetime.combine(self.starts_on.value, self.starts_time.value)).instant

    def facts(self, owner: Owner) -> ClockFacts:
        """What was typed, of the owner that was found. BadRule."""
        kind, started = ClockKind(self.kind.value), self._started()
        return ClockFacts(kind, self.what.value, owner, self._rule(kind, started), started)

    def _rule(self, kind: ClockKind, started: datetime) -> Rule:
        if kind in SHIPPED:
            return SHIPPED[kind]
        if self.due_on.data is not None:
            return until_day(self.due_on.data, started)
        until = Until.DAY if self.until.data is None else Until(self.until.data)
        return Rule(self.amount.value, Measure(self.measure.value), until)


class ChangeClockForm(EditForm[Owner | None], OwnerFields[Owner | None]):
    """What waits, and on whom, said otherwise."""

    what = TextField("What waits", limit=300, missing="Say what waits.")

    @classmethod
    def values_of(cls, record: Clock) -> Mapping[str, object]:
        """What has other names in the record."""
        return {"owner": record.owner.text, "owner_named": None}


class PauseForm(EditForm[Keywords]):
    """Why a clock is paused."""

    reason = TextField(
        "What does it wait for?", noun="The reason", limit=300, missing="Say what it waits for."
    )

    @classmethod
    def values_of(cls, record: Clock) -> Mapping[str, object]:
        """The usual reason."""
        return {"reason": "Waiting for the person"}


class ClockShowForm(QueryForm[ClockShow]):
    """Which clocks are shown."""

    show = SelectField(
        "Show",
        missing=None,
        empty=ClockShow.RUNNING.wording,
        choices=tuple(
            Choice(each.value, each.wording) for each in ClockShow if each is not ClockShow.RUNNING
        ),
    )

    @property
    def chosen(self) -> ClockShow:
        """Those that run, unless others are asked for."""
        return ClockShow.RUNNING if self.show.data is None else ClockShow(self.show.data)
