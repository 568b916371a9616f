"""A form that was sent, told in words by the page that it was sent to, which does nothing with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, request
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from npt.kit.refusals import Refusal
from npt.webkit.doorways import check_door, enter_matter
from npt.webkit.fields.control import Control, controls
from npt.webkit.filters import day_long, plural
from npt.webkit.forms import Form
from npt.webkit.pages import ROUTES, VIEWS
from npt.webkit.visit import FormToTell, Visit, doors


@dataclass(frozen=True, slots=True)
class ToldForm:
    """Of what a form was, and what each control was filled in with: by the labels, in words."""

    about: str
    fields: tuple[tuple[str, str], ...]


def told(visit: Visit[Any], address: str, sent: Iterable[tuple[str, str]]) -> ToldForm | None:
    """What was `sent` to the page at `address`, as the visitor may see it there now.

    None where the page is gone, is closed to the visitor, or has no form that tells what it holds.
    """
    generate_csrf()  # kept for this request, before a form asks for one in the other
    try:
        with current_app.test_request_context(address, method="POST", data=MultiDict(list(sent))):
            return _told(visit)
    except (HTTPException, Refusal):
        return None


def _told(visit: Visit[Any]) -> ToldForm | None:
    route, arguments = ROUTES.get(request.endpoint or ""), dict(request.view_args or {})
    if route is None or "GET" not in route.methods:  # a button has no form
        return None
    place: Any = None
    if route.within_matter is not None:
        place, _ = enter_matter(visit.session, route, visit.viewer, str(arguments.pop(route.within_matter)))
    elif route.within is not None:
        place = doors().place(visit.session, str(arguments.pop(route.within)))
        if place is None:
            return None
    check_door(route.needs, visit.viewer, place)
    asked: Visit[Any] = Visit(visit.session, visit.viewer, place, visit.now, route.endpoint)
    asked.is_only_told = True
    try:
        VIEWS[route.endpoint](asked, **arguments)
    except FormToTell as found:
        if isinstance(found.form, Form):
            days = [day_long(each) for each in arguments.values() if isinstance(each, date)]
            about = ", ".join(filter(None, [found.whose, getattr(place, "name", ""), *days]))
            return ToldForm(about, tuple(_fields(found.form)))
    return None


def _fields(form: Form[Any]) -> Iterable[tuple[str, str]]:
    for control in controls(form):
        words = _words(control)
        if control.is_compared and words and "password" not in control.name:
            yield control.label.text.rstrip("?:"), words


def _words(control: Control[Any]) -> str:
    """What was typed, in words; as it was typed where it cannot be read."""
    if not any(control.typed):
        return ""
    if control.data is None:
        return " ".join(control.typed)
    # Boxes that a table draws may have no words of their own.
    return control.in_words() or plural(len(control.typed), "box", "boxes")
