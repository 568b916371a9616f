"""What a card of a unit's page is made of, and what several of them look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from npt.access.rules import Permission
from npt.communities.models import Community
from npt.kin.queries import NetworkMix, network_mix
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.webkit.parts import Link
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with what it is of; `href` opens its records."""

    value: str
    words: str
    href: str = ""
    #: whether somebody has to look
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Something by its name, with marks beside it (words and tone) and a note below."""

    words: str
    href: str = ""
    note: str = ""
    marks: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A part of the page under a heading. What is empty is not drawn."""

    title: str
    #: all of it, and how that is called
    href: str = ""
    link: str = ""
    facts: Sequence[Fact] = ()
    lines: Sequence[Line] = ()
    #: a sentence below, or what will be here where there is nothing
    words: str = ""
    more: Sequence[Link] = ()

    @property
    def id(self) -> str:
        """What it is known by on the page."""
        return self.title.lower().replace(" ", "-")


class Patch:
    """The unit whose page is opened. What several cards look at is asked for once."""

    def __init__(self, visit: Visit[Unit]) -> None:
        self.visit, self.session, self.place, self.today = visit, visit.session, visit.place, visit.today

    @property
    def is_neighbourhood(self) -> bool:
        """Whether it is a neighbourhood; else its page is the sum of those under it."""
        return self.place.level is Level.NEIGHBOURHOOD

    @property
    def stands(self) -> bool:
        """Whether it stands today: of what has closed the page says how it was on its last day."""
        return self.place.stands_on(self.today)

    @cached_property
    def day(self) -> date:
        """Today, or the last day on which the unit stood."""
        closed_on = self.place.closed_on
        return self.today if closed_on is None else min(closed_on, self.today)

    @cached_property
    def network(self) -> NetworkMix:
        """The key individual network, held against the people and the communities here. Eight statements."""
        (mix,) = network_mix(self.session, self.place, self.day)
        return mix

    @property
    def communities(self) -> Sequence[Community]:
        """The communities here, whole."""
        return self.network.ground.communities

    def may(self, permission: Permission) -> bool:
        """Whether the reader may do this at the unit."""
        return self.visit.may(permission, self.place.path)


CardOf = Callable[[Patch], Card | None]
