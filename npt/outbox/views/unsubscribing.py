"""The link that stops letters: one click in a mail program (RFC 8058), or a page with a button."""

from flask import request

from npt.access.rules import Open
from npt.kit.refusals import Refusal
from npt.outbox.actions import stop_letters, want_letters
from npt.outbox.links import STOP_LETTERS
from npt.outbox.models import Letter
from npt.outbox.views.door import pages
from npt.webkit.extensions import csrf
from npt.webkit.pages import Answer
from npt.webkit.signed_links import LinkExpired, secret_keys
from npt.webkit.visit import Visit


@pages.form(
    "/letters/stop/<signed>",
    needs=Open(
        because="a mail program has no account; the signed link says whose letters about what are meant"
    ),
)
def stop(visit: Visit[None], signed: str) -> Answer:
    """Stop the letters that the link came with, when posted (`again` takes that back); GET only asks."""
    try:
        letter = _letter(visit, signed)
    except Refusal as refusal:
        return visit.render(letter=None, refusal=refusal, is_stopped=False, status=404)
    wants_again = request.form.get("again") == "yes"
    if visit.is_sent:
        if wants_again:
            want_letters(visit.session, letter)
        else:
            stop_letters(visit.session, letter, now=visit.now)
        visit.session.commit()
    # No redirect: RFC 8058 says that mail programs follow none.
    return visit.render(letter=letter, refusal=None, is_stopped=visit.is_sent and not wants_again)


def register() -> None:
    """Let a mail program post without a cookie, and so without a token against forgery: the link is proof."""
    csrf.exempt(stop)


def _letter(visit: Visit[None], signed: str) -> Letter:
    """The letter of a link. LinkAltered, LinkExpired."""
    letter = visit.session.get(Letter, STOP_LETTERS.read(secret_keys(), signed, visit.today))
    if letter is None:
        raise LinkExpired("This link has expired: open the one in a newer email.")
    return letter
