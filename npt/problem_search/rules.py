"""Which other problems may be the same one, and which are like it. Distance and months are the design's."""

import re
from collections.abc import Collection
from datetime import date, timedelta

from npt.places.rules import Circle, Point, street_key

#: Two records of one sort nearer than this may be of one problem, in metres.
SAME_WITHIN = 250
#: So many days after it was closed a problem may still be the same as a new one: six months.
SAME_DAYS = 183
_BETWEEN = " and | by | near | at | behind | outside | opposite | corner of "
_PARTS = re.compile(f"[,;()/]|{_BETWEEN}", re.IGNORECASE)
#: What the names of streets end with. Others are not told from a shop or a park.
_ENDINGS = (
    "street road avenue lane close drive crescent gardens place square terrace court grove way hill walk row"
    " rise mews parade broadway"
)
_STREETS = frozenset(_ENDINGS.split())


def first_day_of_same(today: date) -> date:
    """The first day on which a problem may have been closed that could still be the same as one of today."""
    return today - timedelta(days=SAME_DAYS)


def streets_in(place: str) -> frozenset[str]:
    """The streets that the words of a place name, however they are shortened."""
    keys = (street_key(part) for part in _PARTS.split(place))
    without_numbers = (re.sub(r"^[0-9]+[a-z]? ", "", key) for key in keys)
    return frozenset(key for key in without_numbers if len(key.split()) > 1 and key.split()[-1] in _STREETS)


def is_nearby(here: tuple[str, Point | None], there: tuple[str, Point | None]) -> bool:
    """Whether two places, in words and as a point where it is known, are so near or in the same street."""
    (words, point), (other_words, other_point) = here, there
    if point is not None and other_point is not None and Circle(point, SAME_WITHIN).holds(other_point):
        return True
    return bool(streets_in(words) & streets_in(other_words))


def likeness(terms: Collection[str], others: Collection[str]) -> int:
    """How many words in a thousand two texts share, of those in either."""
    both, either = set(terms) & set(others), set(terms) | set(others)
    return 1000 * len(both) // len(either) if either else 0
