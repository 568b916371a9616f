"""Who is at the door: the signed-in person of a request, and what happens to somebody who is not signed in.

The cookie holds a token and nothing about the person; the row on the server says whose it is and ends it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from urllib.parse import quote

import flask
import flask_login
from flask import Response, current_app, g, make_response, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from npt.access.rules import Scope, Viewer
from npt.accounts import actions, queries
from npt.accounts.models import SignInSession
from npt.accounts.rules import BROWSER_KNOWN_FOR, KEPT_POST, Browser, keepable, new_token, origin_of
from npt.store.transaction import writing
from npt.webkit.extensions import db
from npt.webkit.redirects import is_own_address
from npt.webkit.visit import doors

log = logging.getLogger(__name__)

#: Where Flask-Login keeps the token inside the signed cookie.
_TOKEN = "_user_id"  # noqa: S105  the name of the place, not a secret
#: What became of a POST that arrived without a session: one of the values below, until somebody signs in.
_LATE_POST = "late_post"
KEPT, KEPT_IN_PART, NOT_KEPT, TOO_MUCH = "kept", "kept in part", "not kept", "too much"
#: Where the cookie keeps the token of a session that was ended here. It opens nothing; by it is found who
#: sends something from another tab.
_ENDED = "ended_token"

#: Where a request keeps the session it belongs to and the person with what they may do.
_VIEWER = "npt_viewer"

ScopesOf = Callable[[Session, int], tuple[Scope, ...]]


@dataclass(frozen=True)
class SignedInPerson:
    """The person of a request, in the shape that Flask-Login asks for."""

    token: str
    is_signed_in: queries.SignedIn
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token


def register(app: flask.Flask, login_manager: flask_login.LoginManager) -> None:
    """Say how a token in a cookie becomes a person, and what becomes of a kept post that was sent again."""
    app.after_request(forget_saved_post)
    # Binding a session to the browser's address would end it whenever a phone changes network.
    login_manager.session_protection = None
    login_manager.user_loader(_person_of)


def _person_of(token: str) -> SignedInPerson | None:
    found = queries.signed_in(db.session(), token, doors().now())
    return None if found is None else SignedInPerson(token, found)


def current() -> queries.SignedIn | None:
    """Whose session this request belongs to, read once a request; None when nobody is signed in."""
    person = flask_login.current_user
    return cast(SignedInPerson, person).is_signed_in if person.is_authenticated else None


def current_viewer(session: Session, scopes_of: ScopesOf) -> Viewer | None:
    """The person at the other end of the request and what they may do; None when nobody is signed in.

    What they may is read once in a request: the door asks, and so does what stands around every page.
    """
    person = current()
    if person is None:
        return None
    known, viewer = cast("tuple[object, Viewer | None]", g.get(_VIEWER, (None, None)))
    if known is not person or viewer is None:
        viewer = Viewer(person.account_id, person.name, person.email, scopes_of(session, person.account_id))
        setattr(g, _VIEWER, (person, viewer))
    return viewer


def let_in(sign_in: SignInSession, token: str) -> None:
    """Give the browser the token, in a cookie that holds nothing from before: a planted one is worthless.

    Another cookie outlives the session: by it the browser is known to the account.
    """
    flask.session.clear()
    found = queries.signed_in(db.session(), token, sign_in.started_at)
    if found is None:
        raise RuntimeError("a session that has just begun has to hold")
    flask_login.login_user(SignedInPerson(token, found))
    origin = origin_of(found.email, request.remote_addr, secret=str(current_app.config["SECRET_KEY"]))
    known = (browser() or Browser(new_token())).having_seen(origin.email_digest)
    flask.after_this_request(lambda response: _remember(response, known))


def browser() -> Browser | None:
    """The browser of this request as its cookie names it; None where it has none of ours."""
    try:
        name, accounts = _browser_seals().loads(
            request.cookies.get(_browser_cookie(), ""), max_age=BROWSER_KNOWN_FOR // timedelta(seconds=1)
        )
    except BadSignature:
        return None
    return Browser(name, tuple(accounts))


def _remember(response: Response, known: Browser) -> Response:
    """Let the browser show from now on to which accounts somebody has signed in here."""
    response.set_cookie(
        _browser_cookie(),
        str(_browser_seals().dumps([known.name, known.accounts])),
        max_age=BROWSER_KNOWN_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _browser_cookie() -> str:
    return str(current_app.config["SESSION_COOKIE_NAME"]).replace("session", "browser")


def _browser_seals() -> URLSafeTimedSerializer:
    """Signs with the first of the secret keys and takes the signatures of all."""
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="browser")


def show_out() -> None:
    """Empty the browser's cookie of all but whose session it was, for what another tab still sends."""
    token = flask.session.get(_TOKEN)
    flask_login.logout_user()
    flask.session.clear()
    if token:
        flask.session[_ENDED] = token


def late_post() -> str | None:
    """What became of the POST that led to the sign-in page, one of the four words above; or None."""
    return cast("str | None", flask.session.get(_LATE_POST))


def ask_to_sign_in() -> Response:
    """Lead to the sign-in page. A POST of somebody whose session has ended is kept for them first."""
    if request.method == "POST":
        flask.session[_LATE_POST] = _keep()
        return make_response(redirect(url_for("accounts.sign_in"), 303))
    return make_response(redirect(url_for("accounts.sign_in", next=_address()), 303))


def _address() -> str:
    """The address of this request as a browser would send it."""
    query = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{query}" if query else "")


def _keep() -> str:
    """Keep this POST for the person whose session ended, in its own transaction; say what became of it."""
    token, address = flask.session.get(_TOKEN) or flask.session.get(_ENDED), _address()
    sent = keepable(request.form.items(multi=True), request.files)
    if not token or not is_own_address(address) or not (sent.fields or sent.left_out):
        return NOT_KEPT
    session = db.session()
    with writing(session):
        account_id = queries.account_of_ended(session, token)
        if account_id is None:
            return NOT_KEPT
        kept = actions.keep_post(
            session, account_id=account_id, address=address, sent=sent, now=doors().now()
        )
    return TOO_MUCH if kept is None else KEPT_IN_PART if sent.left_out else KEPT


def forget_saved_post(response: Response) -> Response:
    """Once a kept post that was sent again has led somewhere (303), drop it, and lead to the next that waits.

    A refused one stays.
    """
    kept_id = (
        request.form.get(KEPT_POST, "") if request.method == "POST" and response.status_code == 303 else ""
    )
    if kept_id.isdecimal() and len(kept_id) < 18 and (person := current()) is not None:
        session = db.session()
        session.rollback()
        try:
            with writing(session):
                actions.forget_kept_post(session, account_id=person.account_id, kept_id=int(kept_id))
                waiting = queries.kept_posts(session, person.account_id)
            if waiting:
                response.location = url_for("accounts.kept", kept_id=waiting[0].id)
        except OperationalError as error:
            # What was sent is saved; at worst it is offered once more at the next sign-in.
            log.warning("a kept post could not be dropped: %s", error.orig)
    return response
