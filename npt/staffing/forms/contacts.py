"""What is typed about the contacts of neighbourhoods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from npt.people.models import Member
from npt.staffing.models import Contact
from npt.staffing.rules import ContactKind
from npt.webkit.fields import (
    Choice,
    ConfirmField,
    FirstDayField,
    LastDayField,
    RadiosField,
    SelectField,
)
from npt.webkit.forms import CreateForm, EditForm

KINDS = (
    Choice(ContactKind.CONTACT.value, "Contact", "answers for the neighbourhood"),
    Choice(ContactKind.DEPUTY.value, "Deputy", "answers while the contact is away"),
)


def member_choices(members: Iterable[Member]) -> tuple[Choice, ...]:
    """Members to choose from, by number."""
    return tuple(Choice(member.number, f"{member.name} ({member.number})") for member in members)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact as typed."""

    number: str
    kind: ContactKind
    starts_on: date
    ends_on: date | None
    ends_previous: bool


def _member_field() -> SelectField:
    return SelectField(
        "Member", missing="Choose a member.", hint="Constables and PCSOs of the neighbourhood’s team."
    )


class ContactForm(CreateForm[NewContact]):
    """A contact to be named. The view says who may be chosen."""

    kind = RadiosField("Part", missing="Choose whether it is the contact or the deputy.", choices=KINDS)
    number = _member_field()
    starts_on = FirstDayField()
    ends_on = LastDayField()
    ends_previous = ConfirmField("Take over from whoever is named until then", missing=None)

    def value(self) -> NewContact:
        """What was typed."""
        return NewContact(
            number=self.number.value,
            kind=ContactKind(self.kind.value),
            starts_on=self.starts_on.value,
            ends_on=self.ends_on.data,
            ends_previous=bool(self.ends_previous.data),
        )


@dataclass(frozen=True, slots=True)
class CorrectedContact:
    """What of a contact may be corrected, as typed."""

    number: str
    ends_on: date | None


class CorrectContactForm(EditForm[CorrectedContact]):
    """A correction of a contact; a last day ends it."""

    number = _member_field()
    ends_on = LastDayField()

    @classmethod
    def values_of(cls, record: Contact) -> Mapping[str, object]:
        """The number of whoever is named."""
        return {"number": record.member.number}

    def offer(self, members: Sequence[Choice]) -> None:
        """Let one of these be named."""
        self.number.choices = tuple(members)

    def value(self) -> CorrectedContact:
        """What was typed."""
        return CorrectedContact(number=self.number.value, ends_on=self.ends_on.data)
