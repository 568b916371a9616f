"""A matter as pages name it: its title, with the way to its page."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Flask, current_app, url_for

from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.webkit.parts import Link
from npt.webkit.routes import ROUTES

_PAGES = "npt_matter_pages"


def register(app: Flask, pages: Mapping[MatterKind, str]) -> None:
    """Say which page shows a matter of each kind: a page of the matter, or one of its unit that takes a
    `reference`.
    """
    app.extensions[_PAGES] = pages


def link_to(matter: Matter) -> Link:
    """The matter in words, and the address of its page, "" for a kind that has none. Its unit is loaded."""
    endpoint = cast(Mapping[MatterKind, str], current_app.extensions[_PAGES]).get(matter.kind)
    if endpoint is None:
        return Link(matter.title, "")
    route = ROUTES[endpoint]
    named: dict[str, Any] = {} if route.within is None else {route.within: matter.unit.code}
    named[route.within_matter or "reference"] = matter.reference
    return Link(matter.title, url_for(endpoint, **named))
