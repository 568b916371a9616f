"""What is typed beside the stages: moves, owners, files, names and tactics, links."""

from collections.abc import Mapping
from typing import Any

from wtforms import ValidationError

from npt.attachments.forms import AttachmentField
from npt.organisation.rules import CODE_LENGTH
from npt.phone.rules import LONGEST_REFERENCE
from npt.problems.forms.choices import choices_of
from npt.problems.models import LinkKind, Problem
from npt.problems.rules import LONGEST_SENTENCE, LONGEST_TEXT, LONGEST_WORDS, Stage
from npt.webkit.fields import Choice, ConfirmField, RadiosField, TextAreaField, TextField
from npt.webkit.forms import CreateForm, EditForm, Keywords
from npt.work.forms import OwnerFields

#: No link, as the form says it.
NONE = "none"


class MoveForm(EditForm[Keywords]):
    """The stage that a problem goes to."""

    stage = RadiosField(
        "Stage", noun="The stage", missing="Choose a stage.", choices=choices_of(Stage), of=Stage
    )
    reason = TextAreaField(
        "Reason",
        limit=LONGEST_WORDS,
        rows=2,
        missing=None,
        hint="Needed to go back to an earlier stage, or to open it again.",
        blank="none",
    )

    @classmethod
    def values_of(cls, record: Problem) -> Mapping[str, object]:
        """The next stage is meant, until somebody chooses."""
        following = record.stage.next
        return {"stage": following if following is not Stage.CLOSED else None, "reason": None}


class OwnerForm(OwnerFields[Any], EditForm[Any]):
    """Who owns a problem, and which unit has it."""

    unit = TextField(
        "Unit",
        limit=CODE_LENGTH,
        missing="Enter the code of the unit.",
        hint="The code of a team, area or BCU. Change it to hand the problem over.",
        autocomplete="off",
    )

    @classmethod
    def values_of(cls, record: Problem) -> Mapping[str, object]:
        """What has other names in the record."""
        return {"owner": record.owner.text, "owner_named": None, "unit": record.matter.unit.code}


class EvidenceForm(CreateForm[Any]):
    """A file that shows something."""

    words = TextField(
        "What it shows", limit=LONGEST_SENTENCE, missing="Say what it shows.", autocomplete="off"
    )
    file = AttachmentField()


class SensitiveForm(EditForm[Keywords]):
    """Named people, and what is planned."""

    people = TextAreaField(
        "People",
        limit=LONGEST_TEXT,
        rows=6,
        missing=None,
        blank="nobody named",
        hint="Who is part of it, by name.",
    )
    tactics = TextAreaField("Tactics", limit=LONGEST_TEXT, rows=6, missing=None, blank="none")
    is_emptied = ConfirmField("Nothing is to be kept here: remove what is written", missing=None)

    def validate_tactics(self, _field: TextAreaField) -> None:
        """Refuse to remove all of it unless that is meant."""
        if not (self.people.data or self.tactics.data or self.is_emptied.given) and not self.people.errors:
            raise ValidationError("Write something, or tick that what is written is to be removed.")

    def keywords(self) -> Keywords:
        """What was typed."""
        return {name: said for name, said in super().keywords().items() if name != "is_emptied"}


class LinkForm(CreateForm[Any]):
    """Another problem that belongs to this one."""

    other = TextField(
        "Reference of the other problem",
        noun="The reference",
        limit=LONGEST_REFERENCE,
        missing="Enter the reference of the other problem.",
        hint="Such as P-12.",
        autocomplete="off",
    )
    kind = RadiosField(
        "What is it to this one?",
        noun="What it is to this one",
        missing="Choose what it is to this one.",
        choices=(*choices_of(LinkKind), Choice(NONE, "Not linked any more")),
    )
