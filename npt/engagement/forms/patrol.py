"""A patrol as somebody types it at its end."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from npt.engagement.actions import PatrolFacts
from npt.engagement.forms.places import neighbourhood_choices
from npt.engagement.models import Patrol
from npt.engagement.rules import LONGEST_NOTE, MOST_SPOKEN_TO, PatrolMode
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.phone.forms import PhoneForm
from npt.phone.rules import OLDEST, Purpose
from npt.shifts.forms import Times, TimesForm, WhichField, shown_times
from npt.shifts.rules import typed_shift
from npt.webkit.fields import (
    Choice,
    DateField,
    HiddenField,
    IntegerField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)

#: What a patrol begins with on the form: half an hour that ends now.
USUAL = timedelta(minutes=30)
_MODES = tuple(Choice(mode.value, mode.wording.capitalize()) for mode in PatrolMode)


class _Patrol(Times):
    """What is asked of a patrol, new or corrected."""

    mode = RadiosField(
        "How?", noun="How", missing="Choose how.", choices=_MODES, of=PatrolMode, classes="npt-tiles"
    )
    neighbourhood = SelectField("Neighbourhood", missing="Choose the neighbourhood.", noun="Neighbourhood")
    on = DateField("Day it started", missing="Enter the day.", noun="The day")
    starts = TimeField("From", noun="The start", missing="Enter the start.")
    starts_which = WhichField("Which start?", classes="")
    ends = TimeField("To", noun="The end", missing="Enter the end.")
    ends_which = WhichField("Which end?", classes="")
    spoken_to = IntegerField(
        "How many people did you speak to?",
        noun="The number of people",
        lowest=0,
        highest=MOST_SPOKEN_TO,
        missing=None,
        blank="not counted",
    )
    note = TextField(
        "Streets, and why there", limit=LONGEST_NOTE, missing=None, autocomplete="off", blank="not said"
    )

    _units: Mapping[str, Unit]

    def offer(self, units: Sequence[Unit], today: date) -> None:
        """Offer these neighbourhoods, and the days up to today."""
        self.on.earliest, self.on.latest = today - OLDEST, today
        self._units = {unit.code: unit for unit in units}
        self.neighbourhood.choices = neighbourhood_choices(units)

    def facts(self) -> PatrolFacts:
        """What was typed. TimeHappensTwice, TimeNeverHappens."""
        started, ended = self.typed_start, self.typed_end
        if started is None or ended is None:
            raise Refusal("Enter the start and the end.", field="starts")
        starts, ends = typed_shift(self.on.value, started, ended)
        return PatrolFacts(
            neighbourhood=self._units[self.neighbourhood.value],
            starts=starts,
            ends=ends,
            mode=PatrolMode(self.mode.value),
            spoken_to=self.spoken_to.data,
            note=self.note.data,
        )


class PatrolForm(_Patrol, PhoneForm[PatrolFacts]):
    """A patrol, as it has just ended."""

    reference = HiddenField("Reference", missing=None, default=Purpose.PATROL.new_reference)


class CorrectPatrolForm(_Patrol, TimesForm[PatrolFacts]):
    """A correction of a patrol."""

    @classmethod
    def values_of(cls, record: Patrol) -> Mapping[str, object]:
        """Where and when it was."""
        return {
            "neighbourhood": record.unit.code,
            "on": record.on_date,
            **shown_times(record.starts_at, record.ends_at),
        }
