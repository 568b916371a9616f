"""What is done with files: received, kept, scanned, removed."""

from npt.attachments.actions.keeping import TooMuchTogether, keep_file, remove_bytes
from npt.attachments.actions.receiving import InfectedFile, Received, receive
from npt.attachments.actions.scanning import note_verdict, verdict_on
