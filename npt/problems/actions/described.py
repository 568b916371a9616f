"""What every problem says of itself from its start: in one sentence what it is, where, and who is harmed."""

from typing import Protocol

from npt.problems.rules import LONGEST_PLACE, LONGEST_SENTENCE, LONGEST_WORDS, check_text


class Described(Protocol):
    """Whatever says so, at the start or while scanning."""

    @property
    def title(self) -> str:
        """What it is."""

    @property
    def place(self) -> str:
        """Where."""

    @property
    def harmed(self) -> str:
        """Who."""


def checked_words(said: Described) -> tuple[str, str, str]:
    """Title, place and who is harmed, as they are kept. BadProblemText."""
    return (
        check_text(said.title, LONGEST_SENTENCE, "title", "Say in one sentence what the problem is."),
        check_text(said.place, LONGEST_PLACE, "place", "Say where it is."),
        check_text(said.harmed, LONGEST_WORDS, "harmed", "Say who is harmed."),
    )
