"""The link by which a resident looks at one matter: signed, good for nothing else, dead with its share."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from npt.partners.models import Share
from npt.settings import Settings

#: What such a link is signed for: a signature of ours for anything else opens nothing here.
PURPOSE = "residents' view of a matter"


def resident_link(share: Share) -> str:
    """What the link of a share ends with."""
    return str(_seals().dumps(share.id))


def share_meant(link: str) -> int | None:
    """The key of the share that a link is of; None for a link that we did not make."""
    try:
        key = _seals().loads(link)
    except BadSignature:
        return None
    return key if isinstance(key, int) else None


def resident_address(share: Share) -> str:
    """The whole address that a resident is sent."""
    settings: Settings = current_app.extensions["npt_settings"]
    link = resident_link(share)
    if settings.public_url is None:
        return url_for("partners.resident", link=link, _external=True)
    parts = urlsplit(settings.public_url)
    addresses = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    return addresses.build("partners.resident", {"link": link}, force_external=True)


def _seals() -> URLSafeSerializer:
    """Signs with the first of the secret keys and takes the signatures of all."""
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt=PURPOSE)
