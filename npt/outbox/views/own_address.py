"""A person's own address, from which letters came back: they say that it works again."""

from flask import url_for

from npt.access.rules import SignedIn
from npt.outbox.actions import let_address_be
from npt.outbox.views.door import pages
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.write("/account/address-works", needs=SignedIn(because="it is the person's own address"))
def address_works(visit: Visit[None]) -> Answer:
    """Write to the person again; pressed twice it is the same."""
    let_address_be(visit.session, visit.person.email)
    return visit.saved(url_for("accounts.account"), "You get emails again.")
