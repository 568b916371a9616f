"""Declared routes: what each says of itself, and all of them by endpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from npt.access.rules import Open, Permission, ShareLevel, SignedIn

Answer = ResponseReturnValue
Needs = Permission | Open | SignedIn


@dataclass(frozen=True)
class Route:
    """One declared route, as the access table of the house tests prints it."""

    endpoint: str
    address: str
    methods: tuple[str, ...]
    needs: Needs
    #: the argument that holds the code of the unit the page concerns; None for a page without a place
    within: str | None = None
    #: what kind of personal data is seen here, for the journal; None when there is none
    shows_personal: str | None = None
    #: the largest file that the form takes, in bytes; 0 for a form like any other
    largest_file: int = 0
    #: the argument that holds the reference of the matter the page is of, in place of `within`
    within_matter: str | None = None
    #: the lowest level of a share that opens it to a partner; None where no share does
    shared: ShareLevel | None = None

    def __post_init__(self) -> None:
        """Refuse (ValueError) a declaration that contradicts itself."""
        if self.within_matter is not None and (
            self.within is not None or not isinstance(self.needs, Permission)
        ):
            raise ValueError(f"{self.endpoint}: a page of a matter needs a permission there, and no unit")
        if self.shared is not None and self.within_matter is None:
            raise ValueError(f"{self.endpoint}: only a page of a matter can be shared: give within_matter=")


#: every declared route of the application, by endpoint
ROUTES: dict[str, Route] = {}
#: what answers each
VIEWS: dict[str, Callable[..., Answer]] = {}
