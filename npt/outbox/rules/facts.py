"""What a letter says of itself when it is queued, and how what was typed is made fit for a letter."""

from dataclasses import dataclass
from datetime import datetime

from npt.outbox.rules.topics import Topic

LONGEST_NAME = 200
#: A longer subject is cut at a word: nobody reads on, and servers refuse lines of 998 characters.
LONGEST_SUBJECT = 200
#: In characters. A letter that is longer is a mistake, or somebody's file: files go out as links.
LONGEST_TEXT = 100_000
LONGEST_IDENTITY = 120
#: The longest answer of a server that is kept.
LONGEST_ANSWER = 300


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter to be queued."""

    #: what makes it this letter: the same identity is queued once only
    identity: str
    to_address: str
    to_name: str
    subject: str
    #: without the reason why the person gets it, which its topic adds
    text: str
    topic: Topic
    #: the path of the unit from whose work it comes: who may see letters there sees it
    path: str
    #: whose account it goes to, if anybody's
    account_id: int | None = None
    #: the instant before which it is not sent; None: it goes at once
    not_before: datetime | None = None
    #: whether it may go although the person has had a letter of this day or week
    is_urgent: bool = False


def fitting_subject(subject: str) -> str:
    """The subject on one line, cut at a word where it is too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    if len(line) <= LONGEST_SUBJECT:
        return line
    return f"{line[: LONGEST_SUBJECT - 2].rpartition(' ')[0] or line[: LONGEST_SUBJECT - 2]} …"


def letter_text(text: str) -> str:
    """The text with plain line ends and without control characters, which no letter holds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable())
