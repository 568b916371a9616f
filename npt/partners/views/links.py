"""The link by which a resident looks at one matter: good for nothing else, dead with its share."""

from datetime import date

from npt.partners.models import Share
from npt.webkit.public_addresses import public_address
from npt.webkit.signed_links import LinkPurpose, secret_keys

RESIDENTS_VIEW = LinkPurpose("residents' view of a matter")


def resident_address(share: Share, today: date) -> str:
    """The whole address that a resident is sent."""
    return public_address("partners.resident", {"link": RESIDENTS_VIEW.sign(secret_keys(), share.id, today)})
