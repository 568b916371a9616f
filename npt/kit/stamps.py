"""Who changed something, and when: what every record of a change carries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """The account that acts, None for the command line, and the instant (UTC) at which it does."""

    by: int | None
    now: datetime

    @property
    def account_id(self) -> int:
        """The account, of a change that only a person can make. LookupError for the command line."""
        if self.by is None:
            raise LookupError("only somebody with an account can do this")
        return self.by
