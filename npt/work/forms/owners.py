"""Who is to own something: chosen from those at hand, or named."""

from collections.abc import Sequence
from typing import TypeVar

from wtforms import ValidationError

from npt.webkit.fields import Choice, SelectField, TextField
from npt.webkit.forms import Form
from npt.work.queries import OwnerLine
from npt.work.rules import Owner

Value = TypeVar("Value")


class OwnerFields(Form[Value]):
    """An owner from the list, or one who is named by number, email address or code."""

    owner = SelectField(
        "Owner", noun="The owner", missing=None, empty="Choose, or name one below", of=Owner.parse
    )
    owner_named = TextField(
        "Or somebody else",
        noun="The owner",
        limit=254,
        missing=None,
        hint="A force number, the email address of an account, or the code of an agency.",
    )

    def offer_owners(self, lines: Sequence[OwnerLine], present: OwnerLine | None = None) -> None:
        """Offer these, and whoever owns it at present."""
        offered = {line.owner.text: Choice(line.owner.text, _words(line)) for line in lines}
        if present is not None:
            gone = ": has gone" if present.is_gone else ""
            offered.setdefault(present.owner.text, Choice(present.owner.text, f"{_words(present)}{gone}"))
        self.owner.choices = tuple(offered.values())

    def validate_owner_named(self, field: TextField) -> None:
        """Refuse what nobody owns."""
        if not field.data and not self.owner.data and self.needs_owner:
            raise ValidationError("Choose who owns it, or name them here.")

    #: whether somebody has to be chosen
    needs_owner = True


def _words(line: OwnerLine) -> str:
    return f"{line.name} ({line.note})" if line.note else line.name
