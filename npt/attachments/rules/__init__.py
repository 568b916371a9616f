"""The law of files, by subject: their kinds, their names, what a scanner says of them."""

from npt.attachments.rules.kinds import (
    ACCEPTED,
    ENDINGS,
    LARGEST,
    SIZE_IN_WORDS,
    FileKind,
    FileRefused,
    check_size,
    kind_of,
)
from npt.attachments.rules.names import disposition, kept_name
from npt.attachments.rules.scanning import Answer, ScanState, Verdict, is_over_limits, verdict_of
