"""The body of a request: taken in whole and within bounds before anything else is done with it.

So no transaction waits for somebody who sends slowly, nothing is saved of a form that broke off on its way,
and nothing is drawn of one that no page has. Files stay in memory: evidence that lay in a folder for
temporary files would be nobody's to protect or to remove.
"""

from io import BytesIO
from typing import IO, Any, cast

from flask import Flask, Request, Response, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from npt.webkit.examining import let_go, note_too_large, too_large
from npt.webkit.pages import ROUTES
from npt.webkit.problems import is_asked_by_program

#: The largest push taken: 15,000 rows as duty systems write them.
LARGEST_PUSH = 2 * 1024 * 1024
#: The largest form taken, beside the file that it may have. The largest of ours is a roster of a month: 150
#: members with every day ticked by hand are 4,700 fields, with the versions of as many shifts 0.3 MB.
LARGEST_FORM = 500_000
MOST_FIELDS = 10_000
#: Werkzeug counts the parts of a form with a file itself; so many of one whose file is too large.
_MOST_PARTS = 1_000


class _Request(Request):
    """A request whose files lie in memory."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()

    def take(self, fields: list[tuple[str, str]]) -> None:
        """Take these fields for all of the form, and no file."""
        self.__dict__["form"] = ImmutableMultiDict(fields)
        self.__dict__["files"] = ImmutableMultiDict()

    def let_go(self) -> None:
        """Let go of the files, where any were taken in."""
        for file in self.__dict__.get("files", {}).values():
            file.close()


def _take_in() -> None:
    """Read the body of a POST that has somewhere to go.

    RequestEntityTooLarge when it is out of bounds, ClientDisconnected when its end is missing. Of a form that
    is only too large for its file, what was typed is taken and the rest left unread: its page says so then.
    """
    if request.method != "POST" or request.endpoint is None:
        return
    largest_file = _largest_file()
    if largest_file and request.mimetype == "multipart/form-data":
        _take_parts(LARGEST_FORM + largest_file)
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


def _largest_file() -> int:
    route = ROUTES.get(request.endpoint or "")
    return route.largest_file if route is not None else 0


def _take_parts(largest: int) -> None:
    """Take in a form with a file: apart as it comes, so that a file is in memory once, or only its beginning.

    RequestEntityTooLarge, ClientDisconnected.
    """
    length = request.content_length or 0
    if length > largest:
        _take_beginning()
        return
    request.environ["wsgi.input"] = body = _Counted(request.environ["wsgi.input"])
    request.max_content_length = largest + 1
    request.files  # noqa: B018  what is asked for first takes all of it in
    if body.taken > largest:
        raise RequestEntityTooLarge
    if body.taken < length:
        raise ClientDisconnected


class _Counted:
    """A body that counts what is read of it: a server may end it where its sender did."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body, self.taken = body, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, `size` at most."""
        some = self._body.read(size)
        self.taken += len(some)
        return some


def _take_beginning() -> None:
    """Take what stands before the first file: a form has its file last. RequestEntityTooLarge without one."""
    beginning = request.environ["wsgi.input"].read(LARGEST_FORM)
    decoder = MultipartDecoder(
        request.mimetype_params.get("boundary", "").encode(),
        max_form_memory_size=LARGEST_FORM,
        max_parts=_MOST_PARTS,
    )
    fields: list[tuple[str, str]] = []
    field: Field | File | None = None
    text = b""
    try:
        decoder.receive_data(beginning)
        while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
            if isinstance(event, File) and event.filename:
                note_too_large(event.name)
                cast(_Request, request).take(fields)
                return
            if isinstance(event, Field | File):
                field, text = event, b""
            elif isinstance(event, Data) and isinstance(field, Field):
                text += event.data
                if not event.more_data:
                    fields.append((field.name, text.decode(errors="replace")))
    except ValueError:
        pass  # it is no form at all
    raise RequestEntityTooLarge


def _hang_up(response: Response) -> Response:
    """End the connection after the answer to a form whose rest was left unread."""
    if too_large():
        response.headers["Connection"] = "close"
    return response


def _let_go(_error: BaseException | None) -> None:
    if request.method == "POST" and _largest_file():
        let_go()
        cast(_Request, request).let_go()


def register(app: Flask) -> None:
    """Take in the bodies of requests to `app`, before any other step that it is given after this one."""
    app.request_class = _Request
    app.before_request(_take_in)
    app.after_request(_hang_up)
    app.teardown_request(_let_go)
