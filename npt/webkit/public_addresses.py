"""The addresses of pages as people elsewhere reach them: from a letter, or a calendar on a phone."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for

from npt.settings import Settings, WrongSetting

#: The whole address of a page, of its endpoint and what its address names.
Build = Callable[[str, Mapping[str, object]], str]


def public_url(settings: Settings) -> str:
    """Where people reach the application. WrongSetting when it is not said."""
    if settings.public_url is None:
        raise WrongSetting(
            "NPT_PUBLIC_URL is not set: without the address of the application, like"
            " https://npt.example.org, emails cannot contain links"
        )
    return settings.public_url


def addresses_at(url: str) -> Build:
    """Builds addresses under `url`, also where the application is in a folder of the host."""
    parts = urlsplit(url)
    bound = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    return lambda endpoint, named: bound.build(endpoint, named, force_external=True)


def public_address(endpoint: str, named: Mapping[str, object]) -> str:
    """The whole address of a page; without NPT_PUBLIC_URL it begins as that of the request."""
    settings: Settings = current_app.extensions["npt_settings"]
    if settings.public_url is None:
        asked: dict[str, Any] = dict(named)
        return url_for(endpoint, _external=True, **asked)
    return addresses_at(settings.public_url)(endpoint, named)
