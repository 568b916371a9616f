"""What is typed about shares, and what a resident answers."""

from enum import Enum

from npt.access.rules import ShareLevel
from npt.partners.rules import ENDS_SOON, PURPOSE_LENGTH, LegalBasis, ShareTerms
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    DateField,
    EmailField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords, QueryForm

_HINTS = {
    ShareLevel.EXISTS: "its reference, what kind of record it is, and whom to ask",
    ShareLevel.SUMMARY: "also what it is about and how it stands",
    ShareLevel.FULL: "all but sensitive parts, which never leave the force",
}
LEVELS = tuple(Choice(each.value, each.wording, _HINTS[each]) for each in ShareLevel)
BASES = tuple(Choice(each.value, each.wording) for each in LegalBasis)


class SoughtShares(Enum):
    """Which shares are looked for."""

    TO_CONFIRM = "to-confirm"
    ENDING = "ending"


class SharesForm(QueryForm[None]):
    """Whether only those shares are shown that somebody has to look at."""

    show = SelectField(
        "Shares",
        choices=(
            Choice(SoughtShares.TO_CONFIRM.value, "To confirm after a change of unit"),
            Choice(SoughtShares.ENDING.value, f"Ending within {ENDS_SOON.days} days"),
        ),
        missing=None,
        empty="All",
        of=SoughtShares,
    )


class _Terms:
    """What a share is for, on what basis, until when."""

    purpose = TextAreaField(
        "What it is shared for",
        limit=PURPOSE_LENGTH,
        missing="Enter what it is shared for.",
        noun="The purpose",
        rows=3,
    )
    basis = SelectField(
        "Legal basis", missing="Choose the legal basis.", noun="The legal basis", choices=BASES, of=LegalBasis
    )
    until = DateField(
        "Last day",
        missing="Enter the last day.",
        noun="The last day",
        hint="A year from today at most. It can be extended before it ends, and withdrawn at any time.",
    )

    def terms(self) -> ShareTerms:
        """The terms as typed."""
        return ShareTerms(self.purpose.value, LegalBasis(self.basis.value), self.until.value)


class ShareForm(_Terms, CreateForm[tuple[str, ShareLevel, ShareTerms]]):
    """A matter to be shared with an agency. The view says which there are."""

    agency = SelectField("Agency", missing="Choose an agency.", noun="The agency")
    level = RadiosField("How much they see", missing="Choose how much they see.", choices=LEVELS)

    def value(self) -> tuple[str, ShareLevel, ShareTerms]:
        """The code of the agency, the level, and the terms."""
        return self.agency.value, ShareLevel(self.level.value), self.terms()


class InviteForm(_Terms, CreateForm[tuple[str, str, ShareTerms]]):
    """A resident to be invited to look at a matter."""

    resident_name = TextField("Their name", limit=200, missing="Enter their name.", noun="The name")
    resident_email = EmailField(
        "Their email address", missing="Enter their email address.", noun="The address"
    )

    def value(self) -> tuple[str, str, ShareTerms]:
        """Name, address, and the terms."""
        return self.resident_name.value, self.resident_email.value, self.terms()


class ExtendForm(EditForm[Keywords]):
    """A later last day of a share."""

    until = _Terms.until


class CarryOverForm(CreateForm[tuple[str, tuple[str, ...]]]):
    """What ended with an agency and is to be shared with one that took over. The view gives the choices."""

    successor = RadiosField("Share with", missing="Choose the agency that is to see it.", noun="The agency")
    shares = CheckboxesField(
        "What to share",
        missing="Tick what is to be shared.",
        hint="On the same terms as before: level, purpose, legal basis and last day.",
    )

    def value(self) -> tuple[str, tuple[str, ...]]:
        """The code of the successor, and the keys of the shares."""
        return self.successor.value, self.shares.data or ()


class AnswerForm(CreateForm[Keywords]):
    """What a resident answers."""

    text = TextAreaField("Your answer", limit=2000, missing="Enter your answer.", noun="Your answer", rows=6)
