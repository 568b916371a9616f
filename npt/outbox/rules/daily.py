"""The daily letter: what several features have to say to one person, in one letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DailyPart:
    """What one feature has to say to one person today."""

    account_id: int
    #: the path of the unit that it is about
    path: str
    #: what it adds to the subject: "3 days of Riverside to confirm"
    subject: str
    #: paragraphs with blank lines between: no greeting, no reason, no link to stop it
    text: str


@dataclass(frozen=True, slots=True)
class DailyLetter:
    """The letter of a person's parts."""

    account_id: int
    path: str
    subject: str
    text: str

    def greeting(self, name: str) -> str:
        """The whole letter to a person of this name."""
        return f"Dear {name},\n\n{self.text}\n"


def daily_letters(parts: Iterable[DailyPart]) -> list[DailyLetter]:
    """One letter a person, in the order in which they are first named; its parts in the order given.

    It belongs to the unit of its first part.
    """
    of_person: dict[int, list[DailyPart]] = {}
    for part in parts:
        of_person.setdefault(part.account_id, []).append(part)
    return [
        DailyLetter(
            account_id,
            own[0].path,
            "; ".join(part.subject for part in own),
            "\n\n".join(part.text.strip("\n") for part in own),
        )
        for account_id, own in of_person.items()
    ]


def daily_identity(account_id: int, day: date) -> str:
    """What makes a daily letter one a day."""
    return f"daily-{account_id}-{day.isoformat()}"
