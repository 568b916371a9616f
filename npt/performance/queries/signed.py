"""The rates that were signed off: the room of seals stands above this one, and says how to ask it."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.performance.rules import SignedRate

#: By the path of a unit, the group (its value) and the month.
SignedRates = Mapping[tuple[str, str, Month], SignedRate]
#: Of these units, from the first month to the last, those that were counted by the definition of a code.
AskSigned = Callable[[Session, Sequence[Unit], Month, Month, str], SignedRates]

NONE_SIGNED: SignedRates = {}
_asks: list[AskSigned] = []


def register(ask: AskSigned) -> None:
    """Let every rate tell what was signed off of it; another way of asking takes the place of this one."""
    _asks[:] = [ask]


def signed_rates(
    session: Session, units: Sequence[Unit], first: Month, last: Month, definition: str
) -> SignedRates:
    """The rates of groups that were signed off of these units and months, under this definition."""
    found: dict[tuple[str, str, Month], SignedRate] = {}
    for ask in _asks:
        found.update(ask(session, units, first, last, definition))
    return found
