"""What is said when a month is signed off."""

from npt.seals.rules import LONGEST_REASON
from npt.webkit.fields import HiddenField, TextAreaField
from npt.webkit.forms import CreateForm


def _reason(missing: str | None) -> TextAreaField:
    hint = "It stands on every page with these figures."
    return TextAreaField("Reason", limit=LONGEST_REASON, rows=3, missing=missing, hint=hint)


class SignForm(CreateForm[None]):
    """What may be said when a month is signed off; it carries which figures were seen."""

    seen = HiddenField("What was seen", missing=None)
    reason = _reason(None)

    def show(self, digest: str) -> None:
        """Say that the figures of this digest are shown now."""
        self.seen.data, self.seen.typed = digest, []


class SignAllTheSameForm(SignForm):
    """Why a month is signed off with days unconfirmed, or again."""

    reason = _reason("Say why it is signed off all the same.")
