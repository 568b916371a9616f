"""Forms without a signal: what the script of a phone asks of us, and what it is answered.

The forms are kept on the phone as pages without a name, a token or a link, and what is typed waits there
for whoever typed it. A script names itself by a header; everybody else sees the pages as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from flask import Response, get_flashed_messages, jsonify, make_response, request, url_for
from flask_wtf.csrf import generate_csrf

from npt.access.rules import Open, Permission, Viewer
from npt.people.models import Member
from npt.phone.actions import Sending, check_typist
from npt.phone.forms import PhoneForm
from npt.phone.rules import FORMS
from npt.settings import ROOT
from npt.webkit.form_flow import Page, Saved, form_page
from npt.webkit.pages import Answer, Pages
from npt.webkit.routes import ROUTES
from npt.webkit.visit import Visit

Done = TypeVar("Done")
pages = Pages("phone")

#: By this header the script says what it asks for: who is signed in, the form to keep on the phone, or that
#: what waited be saved; anything else where somebody has just pressed the button.
ASKS = "X-Npt-Phone"
WHO, FORM, SEND = "who", "form", "send"
_DIST = ROOT / "npt" / "static" / "dist"


class Phone(NamedTuple):
    """What a page tells the script of a phone."""

    #: whose page it is; "" for nobody's
    account: str = ""
    #: the addresses of the forms that it may keep for them
    forms: Sequence[str] = ()
    #: whether it is kept on the phone, so that it says nothing of who is signed in now
    is_kept: bool = False

    @property
    def build(self) -> str:
        """Which pages, styles and scripts the server has now."""
        return _build()


@cache
def _build() -> str:
    parts = ROOT / "templates"
    kept = [
        *_DIST.glob("*.*s"),
        parts / "layout.html",
        *(parts / "components").glob("*.html"),
        *(each for view in FORMS for each in (parts / view.partition(".")[0]).glob("*.html")),
    ]
    return sha256(b"".join(each.read_bytes() for each in sorted(kept))).hexdigest()[:16]


def phone_of(viewer: Viewer | None) -> Phone:
    """What every page tells the script."""
    if viewer is None:
        return Phone()
    forms = [ROUTES[view] for view in FORMS]
    theirs = [each for each in forms if isinstance(each.needs, Permission) and viewer.may(each.needs)]
    return Phone(str(viewer.account_id), [each.address for each in theirs])


def is_kept() -> bool:
    """Whether the page asked for is to be kept on a phone."""
    return request.headers.get(ASKS) == FORM


def phone_page(
    visit: Visit[None],
    form: PhoneForm[Any],
    member: Member | None,
    *,
    act: Callable[[Sending], Done],
    saved: Saved[Done],
    page: Page = dict,
) -> Response:
    """As `form_page`, for a form that a phone may keep and send later; the script has its own answers."""
    asks = request.headers.get(ASKS)
    if asks is not None:
        visit.shows_personal = False
    if asks == WHO and not visit.is_sent:
        return jsonify(account=str(visit.by), token=generate_csrf(), now=visit.now.isoformat())
    response = form_page(
        visit,
        form,
        act=lambda: act(_sending(visit, form, member)),
        saved=saved,
        back_href=url_for("overview.home"),
        page=lambda: {**page(), **_around_kept(visit)},
    )
    if asks is None or not visit.is_sent:
        return response
    return _answered(form, response, asks)


def _sending(visit: Visit[None], form: PhoneForm[Any], member: Member | None) -> Sending:
    check_typist(form.typed_by.data, visit.stamp)
    return Sending(visit.stamp, member, form.reference.data, form.typed_at.instant)


def _around_kept(visit: Visit[None]) -> Mapping[str, Any]:
    """What stands around a form that is kept on a phone: whose it is, and nothing of them."""
    if not is_kept():
        return {}
    phone = Phone(str(visit.by), is_kept=True)
    instead: Mapping[str, Any] = {
        "on_phone": phone,
        "signed_in_as": None,
        "navigation": [],
        "search_address": "",
    }
    return {"instead": instead}


def _answered(form: PhoneForm[Any], response: Response, asks: str) -> Response:
    """What became of the form, in the script's terms: `kept` leads on, `refused` says why."""
    if response.status_code == 303:
        if asks == SEND:  # nobody pressed a button just now, so the next page has nothing to say of it
            get_flashed_messages()
        return jsonify(kept=response.location)
    return make_response(jsonify(refused=[each["text"] for each in form.error_list()]), response.status_code)


@pages.read("/on-this-phone", needs=Open("it shows only what the phone itself holds", asks_who=False))
def on_this_phone(visit: Visit[None]) -> Answer:
    """What waits on this phone; a page of its own without a signal too."""
    return visit.render(instead={"on_phone": Phone(is_kept=True)})


@pages.read("/worker.js", needs=Open("it keeps pages that anybody may see", asks_who=False))
def worker(visit: Visit[None]) -> Answer:
    """The script that answers for us without a signal. At the root, since it answers for all under it.

    It has the headers of every page: without `connect-src` in its own it could fetch nothing. It names the
    build first, so that a new one is another script, which browsers take in place of the old.
    """
    script = (_DIST / "worker.js").read_text(encoding="utf-8")
    return f'self.build = "{_build()}"\n{script}', 200, {"Content-Type": "text/javascript; charset=utf-8"}
