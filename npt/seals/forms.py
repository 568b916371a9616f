"""What is said when a month is signed off."""

from npt.seals.rules import LONGEST_REASON
from npt.webkit.fields import HiddenField, TextAreaField
from npt.webkit.forms import CreateForm


class SignForm(CreateForm[None]):
    """Why a month is signed off with days unconfirmed, or again; it carries which figures were seen."""

    seen = HiddenField("What was seen", missing=None)
    reason = TextAreaField(
        "Reason",
        limit=LONGEST_REASON,
        rows=3,
        missing=None,
        hint="Needed with days that are not confirmed, or to sign a month off again. It stands on every page with"
        " these figures.",
    )

    def show(self, digest: str) -> None:
        """Say that the figures of this digest are shown now."""
        self.seen.data, self.seen.typed = digest, []
