"""The figures that were signed off: the room of seals stands above this one, and says how to ask it."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.rules import SignedFigure

#: By the code of the measure, the path of the unit and the month.
SignedFigures = Mapping[tuple[str, str, Month], SignedFigure]
AskSigned = Callable[[Session, Asked], SignedFigures]

_asks: list[AskSigned] = []


def register(ask: AskSigned) -> None:
    """Let every row of a measure tell what was signed off; another way of asking takes the place of this."""
    _asks[:] = [ask]


def signed_in(session: Session, asked: Asked) -> SignedFigures:
    """What was signed off of the units and months asked for, under the definition that they are asked by."""
    found: dict[tuple[str, str, Month], SignedFigure] = {}
    for ask in _asks:
        found.update(ask(session, asked))
    return found
