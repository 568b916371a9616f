"""Who changed something, and when: what every record of a change carries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which account acts, and the instant (UTC) at which it does."""

    by: int
    now: datetime
