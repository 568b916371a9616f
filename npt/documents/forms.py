"""What is typed on the pages of the library. The file stands last in its form."""

from collections.abc import Mapping
from typing import Any

from npt.attachments.actions import Received
from npt.attachments.forms import AttachmentField
from npt.documents.actions import Facts
from npt.documents.models import Document
from npt.documents.rules import ABOUT_LENGTH, DocumentKind
from npt.organisation.rules import CODE_LENGTH
from npt.webkit.fields import (
    Choice,
    DateField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    YesNoField,
)
from npt.webkit.forms import CreateForm, EditForm, Form, Keywords, QueryForm

KINDS = tuple(Choice(kind.value, kind.wording) for kind in DocumentKind)
WITHDRAWN, DUE, ALL = "withdrawn", "due", "all"


class _DocumentFields(Form[Any]):
    """What is said of a document: the same boxes when it is new and when it is corrected."""

    title = TextField("Title", limit=200, missing="Enter a title.", hint="What people will look for it by.")
    kind = RadiosField(
        "What is it?", noun="Kind", missing="Choose what it is.", choices=KINDS, of=DocumentKind
    )
    about = TextAreaField(
        "In a sentence",
        limit=ABOUT_LENGTH,
        rows=2,
        noun="The sentence",
        missing="Enter what it is, in a sentence.",
        hint="What it is for, and who agreed it.",
    )
    dated_on = DateField(
        "Date of the document",
        noun="The date",
        missing="Enter the date of the document.",
        hint="The date it bears.",
    )
    valid_from = DateField(
        "Valid from", missing=None, hint="Leave blank if it holds from its date.", blank="its date"
    )
    valid_to = DateField(
        "Valid until",
        missing=None,
        hint="Leave blank if it holds until further notice.",
        blank="until further notice",
    )
    review_on = DateField("Review on", noun="The review date", missing=None, blank="no review date")
    reaches_down = YesNoField(
        "Who can read it?",
        noun="Who can read it",
        missing="Choose who can read it.",
        yes="This unit, and everyone in the units below it",
        no="This unit, and the units above it",
    )

    def facts(self) -> Facts:
        """What was said."""
        return Facts(
            title=self.title.value,
            kind=DocumentKind(self.kind.value),
            about=self.about.value,
            dated_on=self.dated_on.value,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            review_on=self.review_on.data,
            reaches_down=self.reaches_down.value == "yes",
        )


class NewDocumentForm(CreateForm[Any], _DocumentFields):
    """A document that comes into the library."""

    file = AttachmentField("The document")


class CorrectDocumentForm(EditForm[Facts], _DocumentFields):
    """What is said of a document, corrected."""

    def value(self) -> Facts:
        """What was said."""
        return self.facts()


class NewVersionForm(EditForm[Keywords]):
    """Another version of a document."""

    changes = TextAreaField(
        "What changed?",
        limit=ABOUT_LENGTH,
        rows=2,
        noun="What changed",
        missing="Enter what changed since the last version.",
    )
    file = AttachmentField("The new version")

    @property
    def received(self) -> Received:
        """The file."""
        return self.file.value


class WithdrawForm(EditForm[Keywords]):
    """Why a document leaves the library, and when."""

    last_on = DateField(
        "Last day", noun="The last day", missing="Enter its last day in the library.", hint="Usually today."
    )
    why = TextAreaField(
        "Why?",
        limit=ABOUT_LENGTH,
        rows=2,
        noun="The reason",
        missing="Enter why it is withdrawn.",
        hint="For example what replaces it.",
    )

    @classmethod
    def values_of(cls, record: Document) -> Mapping[str, object]:
        """Nothing is known of it before."""
        return {"last_on": None, "why": record.withdrawn_why}


class HandOverForm(EditForm[Keywords]):
    """Which unit takes a document over."""

    unit = TextField(
        "Code of the unit",
        limit=CODE_LENGTH,
        noun="The unit",
        missing="Enter the code of the unit that takes it over.",
    )

    @classmethod
    def values_of(cls, record: Document) -> Mapping[str, object]:
        """The unit that has it."""
        return {"unit": record.matter.unit.code}


class LibraryForm(QueryForm[Any]):
    """What is shown of the library."""

    words = TextField("Words", limit=100, missing=None)
    kind = SelectField("Kind", missing=None, empty="All kinds", choices=KINDS, of=DocumentKind)
    show = SelectField(
        "Show",
        missing=None,
        empty="In the library",
        choices=(Choice(DUE, "Review due"), Choice(WITHDRAWN, "Withdrawn"), Choice(ALL, "All")),
    )
