"""The link by which a person stops letters. It names the letter, which knows the person and the topic."""

from npt.outbox.rules import LETTER_KEPT_FOR
from npt.webkit.signed_links import LinkPurpose

STOP_LETTERS = LinkPurpose("stop letters", lasts=LETTER_KEPT_FOR)
