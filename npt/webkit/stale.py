"""Somebody else saved the record first: both versions side by side, and a choice; nothing typed is lost."""

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template
from markupsafe import Markup

from npt.webkit.fields.control import controls
from npt.webkit.forms import EditForm, Sides
from npt.webkit.parts import Version


def both_versions(form: EditForm[Any], version: int, sides: Sequence[Sides], *, back_href: str) -> Response:
    """The page that shows both, with status 409.

    Saving "yours" sends the same form again with `version`, the one that is shown as "theirs".
    """
    form.carry_version(version)
    fields = [(name, yours, theirs, yours != theirs) for name, yours, theirs in sides]
    return make_response(
        render_template(
            "webkit/stale.html",
            yours=Version(
                "Yours", "Not saved yet", tuple((name, yours, differs) for name, yours, _, differs in fields)
            ),
            theirs=Version(
                "Theirs",
                "Saved after you opened the page",
                tuple((name, theirs, differs) for name, _, theirs, differs in fields),
            ),
            address="",
            fields=_sent_again(form),
            back_href=back_href,
        ),
        409,
    )


def _sent_again(form: EditForm[Any]) -> Markup:
    """What was typed, as hidden inputs, after the form's own hidden fields."""
    inputs = [
        Markup('<input type="hidden" name="{}" value="{}">').format(name, text)
        for control in controls(form)
        if control is not form.version
        for name, text in control.sent()
    ]
    return Markup("\n").join([form.hidden_fields(), *inputs])
