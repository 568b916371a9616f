"""A matter as pages name it: its title, with the way to its page."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Flask, current_app, url_for

from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.webkit.parts import Link
from npt.webkit.routes import ROUTES

_PAGES = "npt_matter_pages"
#: The page of a matter, or of its unit with a `reference`; or what gives its address, its unit being loaded.
PageOf = str | Callable[[Matter], str]


def register(app: Flask, pages: Mapping[MatterKind, PageOf]) -> None:
    """Say which page shows a matter of each kind."""
    app.extensions[_PAGES] = pages


def link_to(matter: Matter) -> Link:
    """The matter in words, and the address of its page, "" for a kind that has none. Its unit is loaded."""
    endpoint = cast(Mapping[MatterKind, PageOf], current_app.extensions[_PAGES]).get(matter.kind)
    if endpoint is None:
        return Link(matter.title, "")
    if not isinstance(endpoint, str):
        return Link(matter.title, endpoint(matter))
    route = ROUTES[endpoint]
    named: dict[str, Any] = {} if route.within is None else {route.within: matter.unit.code}
    named[route.within_matter or "reference"] = matter.reference
    return Link(matter.title, url_for(endpoint, **named))
