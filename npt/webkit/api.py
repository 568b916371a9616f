"""Routes for programs: declared like pages, opened by a token instead of a cookie, answered in JSON.

    pages = Api("api")

    @pages.read("/api/v1/rates", needs=Permission.SEE_STAFFING, within="unit")
    def rates(visit: Visit[Unit]) -> Answer:
        return answered(…)

The place is named in the question (`?unit=C`), or in the address. There is no cookie, so nothing to forge a
request with.
"""

import json
from typing import Any, NoReturn

from flask import Response, request
from sqlalchemy.orm import Session

from npt.access.rules import Viewer
from npt.webkit.extensions import csrf
from npt.webkit.pages import Pages
from npt.webkit.problems import Problem, problem
from npt.webkit.visit import Visit, doors, not_found


class Api(Pages):
    """The routes of one feature for programs."""

    def __init__(self, feature: str) -> None:
        super().__init__(feature)
        csrf.exempt(self.blueprint)

    def _viewer(self, session: Session) -> Viewer | None:
        return doors().bearer(session)

    def _turn_away(self) -> Response:
        if request.authorization is None:
            detail = "Send a token, in the header “Authorization: Bearer TOKEN”: npt account token makes one."
        else:
            detail = (
                "This token is not known, has ended (its day is over, it was revoked, or the password was"
                " changed), or its account is closed: check it, or make a new one with npt account token."
            )
        response = problem(401, "A token is needed", detail)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    def _code(self, name: str, arguments: dict[str, Any]) -> str:
        codes = [str(arguments.pop(name))] if name in arguments else request.args.getlist(name)
        if len(codes) != 1 or not codes[0]:
            wrong_question(name, f"say which {name} is meant, once, like ?{name}=CODE")
        code = codes[0]
        if not code.isprintable():
            not_found()  # a database would refuse to look for it
        return code

    def _earlier_answer(self, visit: Visit[Any]) -> Response | None:
        return None  # a push has a key of its own, which the view looks at


def wrong_question(name: str, what: str) -> NoReturn:
    """End here: the question in the address cannot be understood."""
    raise Problem(400, "This request could not be read", f"{name}: {what}.")


def answered(told: object, status: int = 200) -> Response:
    """An answer in JSON."""
    text = json.dumps(told, ensure_ascii=False)
    return Response(text + "\n", status, content_type="application/json")
