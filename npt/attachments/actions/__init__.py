"""What is done with files: received, kept, judged by a scanner, removed."""

from npt.attachments.actions.keeping import (
    TooMuchTogether,
    judge,
    keep_file,
    remove_bytes,
)
from npt.attachments.actions.receiving import InfectedFile, Received, receive
