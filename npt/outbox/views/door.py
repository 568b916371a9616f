"""What the pages of letters share: where they are declared, and the unit that they are of."""

from typing import Protocol

from npt.webkit.pages import Pages

pages = Pages("outbox")


class UnitHere(Protocol):
    """A unit, as far as letters need to know it: the structure stands beside them, not below."""

    @property
    def id(self) -> int:
        """Its key."""
        ...

    @property
    def code(self) -> str:
        """As addresses name it."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def path(self) -> str:
        """Where it stands."""
        ...
