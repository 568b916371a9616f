"""Problems as a program is told them: RFC 9457, in the words that a person would read."""

import json
from typing import Any, NoReturn

from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

#: Where programs ask.
PREFIX = "/api"
MEDIA_TYPE = "application/problem+json"


def is_asked_by_program() -> bool:
    """Whether this request came to the interface for programs."""
    return f"{request.path}/".startswith(f"{PREFIX}/")


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """The answer that says what is wrong and what to do; `more` are further members of the object."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Response(json.dumps(told, ensure_ascii=False) + "\n", status, content_type=MEDIA_TYPE)


class Problem(HTTPException):
    """What a program asked cannot be answered; to be raised where the answer to that is known."""

    def __init__(self, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.code = status
        self._title = title
        self._detail = detail
        self._headers = headers or {}

    def answer(self) -> Response:
        """The answer."""
        response = problem(self.code or 500, self._title, self._detail)
        response.headers.update(self._headers)
        return response


def not_found() -> NoReturn:
    """End the request here: there is nothing at this address."""
    abort(404)
