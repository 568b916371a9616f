"""The addresses of pages as people reach them: a letter stands on no page that links could start from."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import current_app

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
