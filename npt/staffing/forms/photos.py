"""The photo of a named contact, chosen."""

from npt.attachments.actions import Received
from npt.attachments.forms import AttachmentField
from npt.webkit.forms import CreateForm


class PhotoForm(CreateForm[Received]):
    """A picture."""

    file = AttachmentField(
        "Photo",
        missing="Choose a picture.",
        accept="image/jpeg,image/png,image/webp",
        hint="JPEG, PNG or WebP, head and shoulders. The middle is kept, small; what a camera noted"
        " is taken out.",
    )

    def value(self) -> Received:
        """The picture."""
        return self.file.value
