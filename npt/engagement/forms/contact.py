"""A contact as somebody types it in the street: big targets, sensible choices made already."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from wtforms import ValidationError

from npt.categories.forms import choices_of
from npt.categories.models import Category
from npt.communities.models import Community
from npt.communities.rules import NO_COMMUNITY, NOT_STATED, CodeSystem, EthnicGroup, wording_of
from npt.engagement.actions import ContactFacts
from npt.engagement.forms.places import neighbourhood_choices
from npt.engagement.models import Contact
from npt.engagement.rules import LONGEST_STREET, LONGEST_WORDS
from npt.kin.queries import Choice as Individual
from npt.kit.clock import local_day, local_midnight, to_local
from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.phone.forms import PhoneForm
from npt.phone.rules import OLDEST, Purpose
from npt.shifts.forms import WhichField, shown_times
from npt.shifts.rules import TypedTime, WhichOfTwo, typed_interval
from npt.webkit.fields import (
    Choice,
    ConfirmField,
    DateField,
    HiddenField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
)
from npt.webkit.forms import EditForm

_DAY = timedelta(days=1)
#: What the street offers; files have the codes too.
_GROUPS = (
    *(Choice(group.value, group.wording) for group in EthnicGroup),
    Choice(NOT_STATED, "Did not say"),
)
_NOT_ASKED = "not-asked"
_RIGHT = {"yes": True, "no": False}
_RIGHT_SHOWN = {True: "yes", False: "no", None: _NOT_ASKED}
_OF_NONE = Choice(NO_COMMUNITY, "None of these")


def ethnicity_in_words(code: str | None) -> str:
    """What is recorded of somebody’s ethnicity: "Asian or Asian British", "did not say", "not asked"."""
    if code is None:
        return "not asked"
    if code == NOT_STATED:
        return "did not say"
    system = CodeSystem.SIXTEEN if code == "O1" else CodeSystem.EIGHTEEN
    return wording_of(code, system)


def right_in_words(said: bool | None) -> str:
    """Whether somebody says that the priorities are the right ones: "yes", "no", "not asked"."""
    return "not asked" if said is None else "yes" if said else "no"


def community_in_words(contact: Contact) -> str | None:
    """The community of a contact: "Polish", "none of those here"; None where nobody asked."""
    if contact.is_of_none:
        return "none of those here"
    return None if contact.community is None else contact.community.name


def _community_value(record: Contact) -> str | None:
    if record.is_of_none:
        return NO_COMMUNITY
    return None if record.community_id is None else str(record.community_id)


class _About:
    """What is asked of a contact, new or corrected."""

    category = RadiosField(
        "What matters to them?", noun="What matters", missing=None, blank="nothing", classes="npt-tiles"
    )
    words = TextAreaField("In their words", limit=LONGEST_WORDS, rows=3, missing=None, blank="nothing")
    ethnicity = RadiosField(
        "Ethnicity, as they say it",
        noun="Ethnicity",
        missing=None,
        blank="not asked",
        choices=(*_GROUPS, Choice(_NOT_ASKED, "Not asked")),
        classes="npt-tiles",
    )
    are_priorities_right = RadiosField(
        "Are the team’s priorities the right ones?",
        noun="The priorities",
        missing=None,
        blank="not asked",
        choices=(Choice("yes", "Yes"), Choice("no", "No"), Choice(_NOT_ASKED, "Not asked")),
        classes="npt-tiles",
    )
    individual = SelectField(
        "Key individual", missing=None, empty="Nobody of our network", blank="nobody of the network"
    )
    community = SelectField(
        "Community", missing=None, empty="Not asked or not known", blank="not asked or not known"
    )
    wants_answer = ConfirmField("They want an answer: we reply within 72 hours", missing=None)
    neighbourhood = SelectField("Neighbourhood", missing="Choose the neighbourhood.", noun="Neighbourhood")
    street = TextField("Street", limit=LONGEST_STREET, missing=None, autocomplete="off", blank="not given")
    on = DateField("Day", missing=None, blank="today")
    at = TimeField("Time", missing=None, blank="now")
    at_which = WhichField("Which of the two?", classes="")

    _units: Mapping[str, Unit]
    _categories: Mapping[str, Category]
    _communities: Mapping[str, Community]

    def offer(
        self,
        units: Sequence[Unit],
        categories: Sequence[Category],
        communities: Sequence[Community],
        individuals: Sequence[Individual],
        today: date,
    ) -> None:
        """Offer these neighbourhoods, categories and communities, and the days up to today."""
        self.on.earliest, self.on.latest = today - OLDEST, today
        self._units = {unit.code: unit for unit in units}
        self._categories = {each.code: each for each in categories}
        self._communities = {str(each.id): each for each in communities}
        self.neighbourhood.choices = neighbourhood_choices(units)
        self.category.choices = choices_of(categories)
        self.individual.choices = tuple(Choice(str(each.id), each.words) for each in individuals)
        names = [each.name for each in communities]
        there = tuple(
            Choice(
                str(each.id), f"{each.name}, {each.unit.name}" if names.count(each.name) > 1 else each.name
            )
            for each in communities
        )
        self.community.choices = (_OF_NONE, *there) if there or self.community.data == NO_COMMUNITY else ()

    @property
    def units(self) -> list[Unit]:
        """The neighbourhoods that are offered."""
        return list(self._units.values())

    def _instant(self, today: date) -> datetime | None:
        """When it was; None where nothing is said. TimeHappensTwice, TimeNeverHappens."""
        if self.at.data is None:
            return None
        day = self.on.data or today
        whole = Interval(local_midnight(day), local_midnight(day + _DAY))
        which = WhichOfTwo(self.at_which.data) if self.at_which.data else None
        return typed_interval(whole, TypedTime(self.at.data, which), None)[0]

    def facts(self, today: date) -> ContactFacts:
        """What was typed. TimeHappensTwice, TimeNeverHappens."""
        asked = self.ethnicity.data
        return ContactFacts(
            neighbourhood=self._units[self.neighbourhood.value],
            at=self._instant(today),
            street=self.street.data,
            category=self._categories.get(self.category.data or ""),
            words=self.words.data,
            ethnicity=None if asked in {None, _NOT_ASKED} else asked,
            community=self._communities.get(self.community.data or ""),
            is_of_none=self.community.data == NO_COMMUNITY,
            individual_id=None if self.individual.data is None else int(self.individual.data),
            wants_answer=self.wants_answer.given,
            are_priorities_right=_RIGHT.get(self.are_priorities_right.data or _NOT_ASKED),
        )


_BESIDE = {"starts": "at", "starts_which": "at_which", "typed_at": ""}


class ContactForm(_About, PhoneForm[ContactFacts]):
    """A contact, as it has just been."""

    refusals_beside = _BESIDE
    reference = HiddenField("Reference", missing=None, default=Purpose.CONTACT.new_reference)

    def begin_with(self, individual: Individual) -> None:
        """Choose the key individual, until somebody chooses."""
        if not self.individual.typed:
            self.individual.process_data(str(individual.id))

    def validate_at(self, field: TimeField) -> None:
        """Refuse a day without a time: nobody knows then when it was."""
        if field.data is None and self.on.data is not None:
            raise ValidationError("Enter the time, about when it was.")


class CorrectContactForm(_About, EditForm[ContactFacts]):
    """A correction of a contact."""

    refusals_beside = _BESIDE

    @classmethod
    def values_of(cls, record: Contact) -> Mapping[str, object]:
        """What it names by code or key, and when it was."""
        times = shown_times(record.at, None)
        return {
            "category": None if record.category is None else record.category.code,
            "community": _community_value(record),
            "individual": None if record.individual is None else str(record.individual.id),
            "neighbourhood": record.unit.code,
            "ethnicity": record.ethnicity or _NOT_ASKED,
            "wants_answer": record.matter_id is not None,
            "are_priorities_right": _RIGHT_SHOWN[record.are_priorities_right],
            "on": local_day(record.at),
            "at": to_local(record.at).time(),
            "at_which": times["starts_which"],
        }

    def offer_code(self, code: str | None) -> None:
        """Offer the ethnicity that is recorded, where it is a code that the street does not ask."""
        if code is not None and code not in {choice.value for choice in self.ethnicity.choices}:
            self.ethnicity.choices = (Choice(code, ethnicity_in_words(code)), *self.ethnicity.choices)
