"""A form that is given back, to be sent again on purpose.

Its token does not fit the cookie: somebody signed in anew, is a stranger, or forges. Or it was sent before,
and holds something else now: somebody went back in their browser and changed it.
"""

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError

from npt.access.rules import Open, Viewer
from npt.webkit import submissions
from npt.webkit.errors import page
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES, SentBefore
from npt.webkit.told_forms import told
from npt.webkit.visit import Visit, doors


def _unfitting(_error: CSRFError) -> Response:
    """To whoever is signed in: what was sent. A stranger is shown none of it."""
    session = db.session()
    viewer = doors().viewer(session)
    if viewer is not None:
        return _given_back(
            viewer,
            400,
            heading="Check this before it is saved",
            lead="The page had expired, so nothing was saved. Nothing you typed is lost.",
        )
    session.rollback()
    if isinstance(ROUTES[str(request.endpoint)].needs, Open):
        return page(
            400,
            "This page had expired",
            "Nothing was saved. Let your browser keep cookies for this site, open the page again and send it"
            " once more.",
        )
    return make_response(doors().ask_to_sign_in())


def _sent_before(earlier: SentBefore) -> Response:
    """To whoever sent another with the same key: what they typed now, with a key of its own."""
    session = db.session()
    session.rollback()
    viewer = doors().viewer(session)
    if viewer is None:  # somebody ended their session meanwhile, in another tab
        return make_response(doors().ask_to_sign_in())
    return _given_back(
        viewer,
        409,
        heading="You have already sent this form",
        lead="What you sent the first time is saved. What you typed now is not saved, and not lost.",
        key=submissions.new_key(),
        saved_href=earlier.location,
    )


def _given_back(
    viewer: Viewer, status: int, *, heading: str, lead: str, key: str = "", saved_href: str = ""
) -> Response:
    """What was sent, in words, and its fields as they came; with `key` for its single-use key."""
    visit = Visit(db.session(), viewer, None, doors().now(), str(request.endpoint))
    typed = [
        (name, key if key and name == submissions.FIELD else value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token"
    ]
    address = request.full_path.rstrip("?")
    in_words = told(visit, address, typed)
    visit.session.rollback()
    return make_response(
        render_template(
            "webkit/resend.html",
            heading=heading,
            lead=lead,
            typed=typed,
            told=in_words,
            address=address,
            saved_href=saved_href,
        ),
        status,
    )


def register(app: Flask) -> None:
    """Give `app` its answers to forms that are to be sent again on purpose."""
    app.register_error_handler(CSRFError, _unfitting)
    app.register_error_handler(SentBefore, _sent_before)
