"""Pages of accounts: signing in and out, one's own account, and what was sent after a session had ended."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, cast

from flask import Flask, current_app, redirect, request, url_for
from sqlalchemy.orm import Session

from npt.access.rules import Open, SignedIn
from npt.accounts import actions, doorkeeper, queries
from npt.accounts.forms import PasswordForm, SignInForm
from npt.accounts.models import Account, SignInSession
from npt.accounts.rules import KEPT_POST, TooManyAttempts, origin_in_session, read
from npt.kit.refusals import Refusal
from npt.webkit.converters import KEY
from npt.webkit.pages import Answer, Pages
from npt.webkit.redirects import own_address
from npt.webkit.told_forms import told
from npt.webkit.visit import Visit

pages = Pages("accounts")


_RETURNS = "npt_returned_letters"


class ReturnedLetters(Protocol):
    """What is known of letters that came back from an address."""

    @property
    def stopped_at(self) -> datetime | None:
        """Since when it gets no more; None while it does."""
        ...

    @property
    def answer(self) -> str:
        """What the mail server said last."""
        ...


#: Tells of the letters that came back from an address; None where none did.
ReturnsTeller = Callable[[Session, str], ReturnedLetters | None]


def register(app: Flask, teller: ReturnsTeller) -> None:
    """Let `app` ask `teller`: accounts know no letters, so the factory hands over who does."""
    app.extensions[_RETURNS] = teller


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@pages.form("/sign-in", needs=Open(because="whoever comes here has not signed in yet"))
def sign_in(visit: Visit[None]) -> Answer:
    """Sign in, and go on to what was wanted or to what was kept."""
    wanted = own_address(request.args.get("next"))
    if visit.viewer is not None and not visit.is_sent:
        return redirect(wanted)
    form = SignInForm()
    if not (visit.is_sent and form.validate()):
        return visit.render(form=form, late_post=doorkeeper.late_post(), status=422 if visit.is_sent else 200)
    try:
        started, token = actions.sign_in(
            visit.session,
            **form.value(),
            address=request.remote_addr,
            now=visit.now,
            secret=_secret(),
            browser=doorkeeper.browser(),
        )
    except Refusal as refusal:
        return _refused(visit, form, refusal, late_post=doorkeeper.late_post())
    return _welcomed(visit, started, token, wanted)


def _refused(visit: Visit[None], form: SignInForm | PasswordForm, refusal: Refusal, **shown: Any) -> Answer:
    """The form again with the refusal. The failure behind it is committed, so that it counts."""
    visit.session.commit()
    form.refuse(refusal)
    return visit.render(form=form, status=429 if isinstance(refusal, TooManyAttempts) else 422, **shown)


def _welcomed(visit: Visit[None], started: SignInSession, token: str, wanted: str) -> Answer:
    """On to what was kept for this person, else to `wanted`. Whoever was signed in before is signed out."""
    before = doorkeeper.current()
    if before is not None:
        actions.sign_out(visit.session, sign_in_id=before.sign_in_id, now=visit.now)
    visit.session.info["actor"] = (started.account_id, "sign in")
    doorkeeper.let_in(started, token)
    return visit.saved(_next_kept(visit, started.account_id) or wanted)


@pages.write("/sign-out", needs=Open(because="signing out twice is harmless, and must never ask to sign in"))
def sign_out(visit: Visit[None]) -> Answer:
    """End this session on the server and in the browser."""
    person = doorkeeper.current()
    if person is not None:
        actions.sign_out(visit.session, sign_in_id=person.sign_in_id, now=visit.now)
    doorkeeper.show_out()
    return visit.saved(url_for("accounts.sign_in"), "You have signed out.")


@pages.form("/account", needs=SignedIn(because="it is the person's own account"))
def account(visit: Visit[None]) -> Answer:
    """One's own name, address and roles; a new password."""
    form, person = PasswordForm(), doorkeeper.current()
    if person is None or not (visit.is_sent and form.validate()):
        return visit.render(form=form, status=422 if visit.is_sent else 200, **_own(visit))
    try:
        actions.change_password(
            visit.session,
            account=visit.session.get_one(Account, visit.by),
            **form.value(),
            sign_in_id=person.sign_in_id,
            origin=origin_in_session(person.email, person.sign_in_id, secret=_secret()),
            now=visit.now,
        )
    except Refusal as refusal:
        return _refused(visit, form, refusal, **_own(visit))
    return visit.saved(
        url_for("accounts.account"),
        "Your password is changed. Your other browsers are signed out.",
    )


def _own(visit: Visit[None]) -> dict[str, Any]:
    """What the page shows beside the form."""
    person = doorkeeper.current()
    returned = cast(ReturnsTeller, current_app.extensions[_RETURNS])(visit.session, visit.person.email)
    return {
        "sign_ins": queries.sign_ins_of(visit.session, visit.by, visit.now),
        "this_sign_in_id": None if person is None else person.sign_in_id,
        "wants_reminders": visit.session.get_one(Account, visit.by).wants_reminders,
        "returned": returned if returned is not None and returned.stopped_at is not None else None,
    }


@pages.write("/account/sign-out-elsewhere", needs=SignedIn(because="it is the person's own account"))
def sign_out_elsewhere(visit: Visit[None]) -> Answer:
    """End the person's sessions in every other browser."""
    person = doorkeeper.current()
    if person is not None:
        actions.sign_out_elsewhere(visit.session, account_id=visit.by, but=person.sign_in_id, now=visit.now)
    return visit.saved(url_for("accounts.account"), "You are signed out everywhere else.")


@pages.write(
    f"/account/sign-ins/<{KEY}:sign_in_id>/end", needs=SignedIn(because="it is the person's own account")
)
def end_sign_in(visit: Visit[None], sign_in_id: int) -> Answer:
    """End one of the person's sessions; pressed twice it is the same."""
    found = visit.found(queries.sign_in_of(visit.session, visit.by, sign_in_id))
    actions.sign_out(visit.session, sign_in_id=found.id, now=visit.now)
    return visit.saved(url_for("accounts.account"), "You are signed out in that browser.")


@pages.write("/account/reminders", needs=SignedIn(because="it is the person's own account"))
def reminders(visit: Visit[None]) -> Answer:
    """Want the daily email, or want none (`wanted` is yes or no); pressed twice it is the same."""
    wanted = request.form.get("wanted") == "yes"
    actions.want_reminders(visit.session.get_one(Account, visit.by), wanted)
    return visit.saved(
        url_for("accounts.account"),
        "The daily email is on." if wanted else "The daily email is off.",
    )


@pages.form(
    f"/kept/<{KEY}:kept_id>", needs=SignedIn(because="it shows a person only what they sent themselves")
)
def kept(visit: Visit[None], kept_id: int) -> Answer:
    """What was sent after a session had ended: save it now, or discard it (POST)."""
    if visit.is_sent:
        actions.forget_kept_post(visit.session, account_id=visit.by, kept_id=kept_id)
        return visit.saved(_next_kept(visit, visit.by) or "/", "The kept text is deleted.")
    found = visit.found(queries.kept_post(visit.session, visit.by, kept_id))
    sent = read(found.body)
    return visit.render(
        kept=found,
        sent=sent,
        told=told(visit, found.address, sent.fields),
        others=[each for each in queries.kept_posts(visit.session, visit.by) if each.id != kept_id],
        name_of_kept=KEPT_POST,
    )


def _next_kept(visit: Visit[None], account_id: int) -> str | None:
    waiting = queries.kept_posts(visit.session, account_id)
    return url_for("accounts.kept", kept_id=waiting[0].id) if waiting else None
