"""The body of a request: taken in whole and within bounds before anything else is done with it.

So no transaction waits for somebody who sends slowly, nothing is saved of a form that broke off on its way,
and nothing is drawn of one that no page has.
"""

from flask import Flask, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from npt.webkit.problems import is_asked_by_program

#: The largest push taken: 15,000 rows as duty systems write them.
LARGEST_PUSH = 2 * 1024 * 1024
#: The largest form taken. The largest of ours is a roster of a month: 150 members with every day ticked by
#: hand are 4,700 fields, with the versions of as many shifts 0.3 MB.
LARGEST_FORM = 500_000
MOST_FIELDS = 10_000


def _take_in() -> None:
    """Read the body of a POST that has somewhere to go.

    RequestEntityTooLarge when it is out of bounds, ClientDisconnected when its end is missing.
    """
    if request.method != "POST" or request.endpoint is None:
        return
    largest = LARGEST_PUSH if is_asked_by_program() else LARGEST_FORM
    # One byte more, since Werkzeug cuts off a longer body that came in chunks and says nothing of it.
    request.max_content_length = largest + 1
    body = request.get_data()
    if len(body) > largest:
        raise RequestEntityTooLarge
    if len(body) < (request.content_length or 0):
        raise ClientDisconnected
    # Werkzeug itself counts the parts of multipart/form-data, as forms with a file are, and nothing else.
    if request.mimetype == "application/x-www-form-urlencoded" and body.count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


def register(app: Flask) -> None:
    """Take in the bodies of requests to `app`, before any other step that it is given after this one."""
    app.before_request(_take_in)
