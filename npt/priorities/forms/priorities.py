"""A priority as it is typed: proposed, agreed, corrected, looked at again, no longer chosen."""

from collections.abc import Mapping
from typing import Any, ClassVar

from npt.priorities.forms.originators import RaisedBy
from npt.priorities.models import Priority
from npt.priorities.rules import LONGEST_REASON, LONGEST_TITLE, AgreedHow
from npt.problems.rules import LONGEST_PLACE, LONGEST_WORDS
from npt.webkit.fields import (
    Choice,
    ConfirmField,
    DateField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords

#: Chosen in place of a problem record: one is started.
START = "start"
_HOW = tuple(Choice(each.value, each.wording) for each in AgreedHow)


class _Worded:
    """The wording, and of which neighbourhood it is."""

    title = TextField(
        "What is to be solved?",
        limit=LONGEST_TITLE,
        missing="Say what is to be solved.",
        hint="As it is published: name the place and the problem, and nobody",
        noun="What is to be solved",
    )
    neighbourhood = SelectField("Neighbourhood", missing=None, empty="The whole team")
    is_nobody_named = ConfirmField("The wording names nobody", missing=None)

    def offer_places(self, neighbourhoods: Mapping[str, str]) -> None:
        """Let one of these neighbourhoods be chosen, by code."""
        self.neighbourhood.choices = tuple(Choice(*each) for each in neighbourhoods.items())


class NewPriorityForm(_Worded, RaisedBy, CreateForm[Keywords]):
    """A priority to be proposed, with whoever raised it."""

    raised_on = DateField("Raised on", missing="Enter the day on which it was raised.", noun="The day")


class _Led:
    """Who leads it, and the problem record behind it."""

    lead = SelectField("Who leads it?", missing="Choose who leads it.", of=int)
    problem = SelectField("Problem record", missing="Choose a problem record, or start one.")

    def offer_leads(self, leads: Mapping[int, str]) -> None:
        """Let one of these members be chosen, by key."""
        self.lead.choices = tuple(Choice(str(key), words) for key, words in leads.items())

    def offer_problems(self, problems: Mapping[str, str], *first: Choice) -> None:
        """Let one of these problem records be chosen, by reference."""
        found = (Choice(reference, f"{reference} {title}") for reference, title in problems.items())
        self.problem.choices = (*first, *found)


def _chosen(record: Priority) -> Mapping[str, object]:
    return {
        "lead": record.lead_id,
        "problem": None if record.problem is None else record.problem.reference,
    }


class AgreeForm(_Led, EditForm[Keywords]):
    """A priority to be agreed, with its lead and its problem record from this day on."""

    agreed_how = RadiosField(
        "How was it agreed?", missing="Choose how it was agreed.", choices=_HOW, of=AgreedHow
    )
    agreed_on = DateField("Agreed on", missing="Enter the day on which it was agreed.", noun="The day")
    category = SelectField("What kind of problem?", missing=None, of=int)
    place = TextField("Where is it?", limit=LONGEST_PLACE, missing=None, hint="A street or a place")
    harmed = TextField("Who is harmed?", limit=LONGEST_WORDS, missing=None)

    def offer(
        self, leads: Mapping[int, str], problems: Mapping[str, str], categories: Mapping[int, str]
    ) -> None:
        """Let these be chosen."""
        self.offer_leads(leads)
        self.offer_problems(problems, Choice(START, "Start a new problem record"))
        self.category.choices = tuple(Choice(str(key), name) for key, name in categories.items())

    @classmethod
    def values_of(cls, record: Priority) -> Mapping[str, object]:
        """What was chosen, by the values of the choices."""
        return _chosen(record)

    @property
    def starts_one(self) -> bool:
        """Whether a new record is to be started."""
        return self.problem.data == START

    #: what a new record lacks
    refusals_beside: ClassVar[Mapping[str, str]] = {"owner": "lead", "title": "problem"}


class CorrectForm(_Worded, _Led, EditForm[Keywords]):
    """A correction of a priority."""

    @classmethod
    def values_of(cls, record: Priority) -> Mapping[str, object]:
        """What was chosen, by the values of the choices."""
        place = record.neighbourhood
        return {"neighbourhood": None if place is None else place.code, **_chosen(record)}

    def let_be_open(self) -> None:
        """A proposal may have neither a lead nor a record yet."""
        for control in (self.lead, self.problem):
            field: Any = control
            field.missing, field.empty = None, "Not yet"


class LookForm(EditForm[Keywords]):
    """A priority looked at again, and kept."""

    words = TextAreaField(
        "What has been done, and why does it stay a priority?",
        limit=LONGEST_REASON,
        rows=4,
        missing="Say what has been done, and why it stays.",
        noun="What has been done",
    )


class StopForm(EditForm[Keywords]):
    """A priority that is no longer chosen."""

    reason = TextAreaField(
        "Why is it no longer a priority?",
        limit=LONGEST_REASON,
        rows=3,
        missing="Say why it is no longer a priority.",
        noun="Why",
    )
