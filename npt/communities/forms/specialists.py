"""What is typed about a specialist contact."""

from dataclasses import fields

from npt.communities.actions import SpecialistFacts
from npt.communities.models import SpecialistContact
from npt.communities.rules import LONGEST_NAME, LONGEST_SUBJECT, LONGEST_WAY, Calling
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    EmailField,
    FirstDayField,
    LastDayField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords

_CALLS = tuple(Choice(each.value, each.wording.capitalize()) for each in Calling)


_FACTS = tuple(each.name for each in fields(SpecialistFacts))


def _facts(typed: Keywords) -> SpecialistFacts:
    return SpecialistFacts(**{name: typed[name] for name in _FACTS})


class SpecialistForm(CreateForm[SpecialistFacts]):
    """A specialist contact to be named."""

    subject = TextField(
        "What to ask them about",
        limit=LONGEST_SUBJECT,
        missing="Say what they are to be asked about.",
        hint="For example, hate crime, licensing, autism and ADHD",
        noun="What they are asked about",
    )
    name = TextField("Name and post", limit=LONGEST_NAME, missing="Enter their name or post.")
    telephone = TextField("Telephone", limit=LONGEST_WAY, missing=None, autocomplete="off", blank="none")
    email = EmailField("Email address", missing=None, autocomplete="off", blank="none")
    calls = CheckboxesField("Shown beside", choices=_CALLS, of=Calling, missing=None, blank="no community")
    starts_on = FirstDayField()
    ends_on = LastDayField()

    def value(self) -> SpecialistFacts:
        """What was typed, without the first day."""
        return _facts(self.keywords())


class CorrectSpecialistForm(EditForm[SpecialistFacts]):
    """A correction of a specialist contact; a last day ends it."""

    subject = SpecialistForm.subject
    name = SpecialistForm.name
    telephone = SpecialistForm.telephone
    email = SpecialistForm.email
    calls = SpecialistForm.calls
    ends_on = SpecialistForm.ends_on

    @classmethod
    def values_of(cls, record: SpecialistContact) -> dict[str, object]:
        """What calls for them, by value."""
        return {"calls": tuple(each.value for each in Calling if each in record.calls)}

    def value(self) -> SpecialistFacts:
        """What was typed."""
        return _facts(self.keywords())
