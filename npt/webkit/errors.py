"""Error pages: what happened, what to do, and never a stack trace or a blank sheet."""

import logging
import sqlite3

from flask import Flask, Response, current_app, g, make_response, render_template, request
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Forbidden, HTTPException

from npt.access.rules import Permission
from npt.kit import events
from npt.kit.refusals import Refusal
from npt.webkit.extensions import db
from npt.webkit.problems import Problem, is_asked_by_program, problem

log = logging.getLogger(__name__)

_WORDS = {
    400: ("This request could not be read", "Go back, check what you entered and send it again."),
    404: (
        "Page not found",
        "Check the address. The unit, person or day may not exist, or may have another code.",
    ),
    405: ("This page cannot be opened this way", "Go back and use the button or the link on the page."),
    413: (
        "That is too much to send at once",
        "Nothing was saved. Send it in smaller parts: a shorter text, fewer ticks or fewer rows.",
    ),
    429: ("Too many attempts", "Wait a few minutes, then try again."),
    500: (
        "Something went wrong",
        "Nothing was saved. Try again; if it happens again, tell your administrator the time.",
    ),
    503: ("The system is busy", "Nothing was saved. Wait a moment, then send it again."),
}
#: The same for a program, where it is to do something else.
_WORDS_FOR_PROGRAMS = {
    400: ("This request could not be read", "Send it as HTTP and the description of this API require."),
    404: (
        "Not found",
        "Check the address and what it asks for: nothing there is open to this token.",
    ),
    405: ("This address does not take that method", "Use a method that the Allow header names."),
    413: (
        "That is too much to send at once",
        "Nothing was saved. Send it in smaller parts, fewer rows at once.",
    ),
}
_AWAY = (
    "The records cannot be reached",
    "Nothing was saved. Wait a minute, then try again; if it still fails, tell your administrator.",
)
_DISK_FULL = ("The system's disk is full", "Nothing was saved. Tell your administrator, then send it again.")
#: What SQLite says while somebody else is at work; the first byte of a code is its plain kind.
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PLAIN_CODE = 0xFF
#: What PostgreSQL says on a full disk, and while it is stopping, starting or lost.
_PG_DISK_FULL = "53100"
_PG_AWAY = ("57P", "08")


class DoorClosed(Forbidden):
    """The person is signed in but lacks `permission` at the place, which is named if they may see it."""

    def __init__(self, permission: Permission, place_name: str = "") -> None:
        super().__init__()
        self.permission = permission
        self.place_name = place_name


class Barred(Forbidden):
    """The person is signed in, and their account opens nothing at present: `why` says so, and whom to ask."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


def page(status: int, heading: str, advice: str) -> Response:
    """The page that says what happened and what to do; a program is told the same."""
    if is_asked_by_program():
        return problem(status, heading, advice)
    try:
        shown = render_template("webkit/error.html", heading=heading, advice=advice, status=status)
    except (DatabaseError, InterfaceError) as fault:  # what stands around every page asks the database too
        return _database(fault)
    return make_response(shown, status)


def _note_refusal(error: HTTPException) -> None:
    """Tell whoever watches the log who was refused what."""
    account_id, _ = db.session().info.get("actor", (None, ""))
    permission = error.permission.wording if isinstance(error, DoorClosed) else None
    events.note("refused", account=account_id, endpoint=request.endpoint, permission=permission)


def _http(error: HTTPException) -> Response:
    db.session.rollback()
    if isinstance(error, Problem):
        return error.answer()
    status = error.code or 500
    fault = getattr(error, "original_exception", None)
    if isinstance(fault, DatabaseError | InterfaceError):  # met while another answer was made
        return _database(fault)
    if status in {301, 302, 303, 307, 308}:
        return make_response(error.get_response())
    if status == 403:
        _note_refusal(error)
        if isinstance(error, Barred):
            return page(403, "You cannot use your account at present", error.why)
        what = "open this page"
        if isinstance(error, DoorClosed):
            # The wording is of a third person, as a list of permissions has it.
            what = error.permission.wording.replace("their own", "your own")
            if error.permission is Permission.SEE_UNITS:
                what = f"open {error.place_name or 'this page'}"
            elif error.place_name:
                what += f" for {error.place_name}"
        advice = f"You cannot {what}. Ask the person who manages accounts in your force if you need to."
        return page(403, "You cannot do that here", advice)
    words = _WORDS | _WORDS_FOR_PROGRAMS if is_asked_by_program() else _WORDS
    response = page(status, *words.get(status, words[400]))
    # What HTTP asks for beside the status: Allow with 405, Retry-After with 429.
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response


def _refused(refusal: Refusal) -> Response:
    db.session.rollback()
    heading = "That was not saved" if request.method == "POST" else "That cannot be shown"
    return page(422, heading, str(refusal))


def _stale(_error: StaleDataError) -> Response:
    db.session.rollback()
    return page(
        409,
        "Someone else changed this first",
        "Nothing was saved. Open the page again, check what they saved, then make your change.",
    )


def is_database_away() -> bool:
    """Whether this request has found that the database cannot be asked: its answer is to do without."""
    return bool(g.get("npt_is_database_away", False))


def _database(error: DBAPIError) -> Response:
    """The database cannot be asked, or not now. A violated constraint and the like are faults of ours."""
    if not isinstance(error, OperationalError | InterfaceError) and type(error) is not DatabaseError:
        if current_app.testing:
            raise error
        return _unexpected(error)
    db.session.rollback()
    log.error("the database refused a request: %s", error.orig)
    g.npt_is_database_away = True
    return page(503, *_words_of(error.orig))


def _words_of(fault: BaseException | None) -> tuple[str, str]:
    """What to tell of what a driver said: SQLite by its code, PostgreSQL by the state that a server gives."""
    code, state = getattr(fault, "sqlite_errorcode", None), getattr(fault, "sqlstate", None)
    if state == _PG_DISK_FULL or code == sqlite3.SQLITE_FULL:
        return _DISK_FULL
    if code is not None and code & _PLAIN_CODE in _BUSY_CODES:
        return _WORDS[503]
    is_at_work = state is not None and not state.startswith(_PG_AWAY)
    return _WORDS[503] if is_at_work else _AWAY


def _all_taken(_error: NoConnectionFree) -> Response:
    g.npt_is_database_away = True
    return page(503, *_WORDS[503])


def _unexpected(error: Exception) -> Response:
    db.session.rollback()
    log.exception("unexpected error", exc_info=error)
    return page(500, *_WORDS[500])


def register(app: Flask) -> None:
    """Give `app` its error pages. Tests see the unexpected error itself."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DatabaseError, _database)
    app.register_error_handler(InterfaceError, _database)
    app.register_error_handler(NoConnectionFree, _all_taken)
    if not app.config["TESTING"]:
        app.register_error_handler(Exception, _unexpected)
