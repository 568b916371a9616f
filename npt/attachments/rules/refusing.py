"""The refusal of a file."""

from npt.kit.refusals import Refusal


class FileRefused(Refusal):
    """A file is not kept; the message says why in half a sentence, and what to do."""
