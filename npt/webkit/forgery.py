"""A form whose token does not fit the cookie: of somebody who signed in anew, of a stranger, or forged."""

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError

from npt.access.rules import Open
from npt.webkit.errors import page
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from npt.webkit.told_forms import told
from npt.webkit.visit import Visit, doors


def _unfitting(_error: CSRFError) -> Response:
    """To whoever is signed in: what was sent, to be sent again on purpose. A stranger is shown none of it."""
    session = db.session()
    viewer = doors().viewer(session)
    if viewer is not None:
        return _resend(Visit(session, viewer, None, doors().now(), str(request.endpoint)))
    session.rollback()
    if isinstance(ROUTES[str(request.endpoint)].needs, Open):
        return page(
            400,
            "This page had expired",
            "Nothing was saved. Let your browser keep cookies for this site, open the page again and send it"
            " once more.",
        )
    return make_response(doors().ask_to_sign_in())


def _resend(visit: Visit[None]) -> Response:
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    address = request.full_path.rstrip("?")
    in_words = told(visit, address, typed)
    visit.session.rollback()
    return make_response(
        render_template(
            "webkit/resend.html",
            heading="Check this before it is saved",
            typed=typed,
            told=in_words,
            address=address,
        ),
        400,
    )


def register(app: Flask) -> None:
    """Give `app` its answer to forms whose token does not fit."""
    app.register_error_handler(CSRFError, _unfitting)
