"""The web floor alone, without records: enough to show the style guide and to try out forms."""

from datetime import date

from flask import Flask, render_template
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from npt.phone.views import Phone
from npt.settings import ROOT, Settings
from npt.webkit import filters, govuk, headers
from npt.webkit.components_page import examples
from npt.webkit.parts import Link


def style_guide() -> Flask:
    """An application with one page, /components, and none of the floors above."""
    app = Flask("npt", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "npt" / "static"))
    app.config.update(SECRET_KEY="a key for tests, which protects nothing", TESTING=True)
    app.extensions["npt_settings"] = Settings("sqlite://", ("a key for tests",), is_testing=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    CSRFProtect(app)
    for part in (filters, govuk, headers):
        part.register(app)
    app.context_processor(
        lambda: {
            "force_name": "Bedfordshire Police",
            "navigation": [Link("Start", "/", "page"), Link("People", "/people")],
            "signed_in_as": "Lee Marsh",
            "account_address": "/account",
            "sign_out_address": "/sign-out",
            "search_address": "/search",
            "is_demonstration": True,
            "believed_today": date(2026, 5, 4),
            "on_phone": Phone(),
        }
    )

    @app.get("/components")
    def components() -> str:
        return render_template("webkit/components.html", **examples())

    return app
