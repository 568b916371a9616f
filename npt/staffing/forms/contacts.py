"""What is typed about the contacts of neighbourhoods."""

from collections.abc import Iterable, Mapping

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
from npt.webkit.forms import CreateForm, EditForm, Keywords

KINDS = (
    Choice(ContactKind.CONTACT.value, "Contact", "looks after the neighbourhood"),
    Choice(ContactKind.DEPUTY.value, "Deputy", "stands in while the contact is away"),
)


def member_choices(members: Iterable[Member]) -> tuple[Choice, ...]:
    """Members to choose from, by number."""
    return tuple(Choice(member.number, f"{member.name} ({member.number})") for member in members)


def _member_field() -> SelectField:
    return SelectField(
        "Member", missing="Choose a member.", hint="Constables and PCSOs of the neighbourhood’s team."
    )


class ContactForm(CreateForm[Keywords]):
    """A contact to be named. The view says who may be chosen."""

    kind = RadiosField(
        "Contact or deputy", missing="Choose contact or deputy.", choices=KINDS, of=ContactKind
    )
    number = _member_field()
    starts_on = FirstDayField()
    ends_on = LastDayField()
    ends_previous = ConfirmField("End the current entry the day before", missing=None)


class CorrectContactForm(EditForm[Keywords]):
    """A correction of a contact; a last day ends it."""

    number = _member_field()
    ends_on = ContactForm.ends_on

    @classmethod
    def values_of(cls, record: Contact) -> Mapping[str, object]:
        """The number of whoever is named."""
        return {"number": record.member.number}
