"""One visit to one page: everything a view is given, and the few ways in which it may answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, cast

from flask import Response, current_app, flash, make_response, redirect, render_template, request
from sqlalchemy.orm import Session

from npt.access.rules import Permission, ShareLevel, Viewer
from npt.kit.clock import local_day
from npt.kit.stamps import Stamp
from npt.webkit import submissions
from npt.webkit.asked import Format, asked_format
from npt.webkit.errors import DoorClosed
from npt.webkit.listing import File, Table
from npt.webkit.problems import not_found
from npt.webkit.redirects import own_address
from npt.webkit.surroundings import check_names

P = TypeVar("P")
Found = TypeVar("Found")


class Place(Protocol):
    """A unit, as far as the web floor needs to know it."""

    @property
    def path(self) -> str:
        """Where the unit stands: the codes from the force down."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...


class Matter(Place, Protocol):
    """A record that may be shared, as far as the web floor needs to know it; its path is that of its unit."""

    @property
    def id(self) -> int:
        """Its key."""
        ...


@dataclass(frozen=True)
class Doors:
    """What the web floor asks of the floors above it; the factory fills it in."""

    #: who is signed in, if anybody
    viewer: Callable[[Session], Viewer | None]
    #: whose token a program shows, if it shows one that counts
    bearer: Callable[[Session], Viewer | None]
    #: the unit of a code, if there is one
    place: Callable[[Session, str], Place | None]
    #: the matter of a reference, if there is one
    matter: Callable[[Session, str], Matter | None]
    #: the level at which the matter of a key is shared with the agency of a person at this moment
    shared: Callable[[Session, Viewer, int], ShareLevel | None]
    #: the answer to somebody who has to sign in first; a POST is kept for them
    ask_to_sign_in: Callable[[], Any]
    #: log, in a transaction of its own, that personal data was shown, or (in words) that a file was taken
    note_view: Callable[[Session, Viewer, str, int | None, str], None]
    #: look at a file that was sent (its name and bytes), outside any transaction: what is made of it, for its
    #: field to take; a Refusal where it is not taken
    examine: Callable[[str, bytes], object]
    #: end the transaction of an answered request
    close: Callable[[Session, int], None]
    now: Callable[[], datetime]


def say_next(message: str, category: str) -> None:
    """Say something on the next page, as far as the cookie has room that carries it there.

    A browser drops a cookie of more than 4,096 bytes, and then nothing at all would be said.
    """
    if len(message) > _LONGEST_SAID:
        message = f"{message[:_LONGEST_SAID].rpartition(' ')[0]} … and more of the same."
    flash(message, category)


#: In characters: those of other scripts take six bytes before the cookie is packed.
_LONGEST_SAID = 1_000


def doors() -> Doors:
    """The doors of the running application."""
    return cast(Doors, current_app.extensions["npt_doors"])


class FormToTell(Exception):
    """The form of a page that is only to tell what it holds (`npt.webkit.told_forms`), and whose it is."""

    def __init__(self, form: object, whose: str) -> None:
        super().__init__()
        self.form, self.whose = form, whose


@dataclass
class Visit(Generic[P]):
    """One request that has passed the door: `place` is the unit, or the matter, that the address names."""

    session: Session
    viewer: Viewer | None
    place: P
    #: the instant at which the application believes the request happens, UTC
    now: datetime
    endpoint: str
    #: the level of the share by which a partner came in; None for whoever needs none. What it is set for is
    #: drawn by a template of its own, see `render`
    level: ShareLevel | None = None
    #: whether the answer shows the personal data that its page is declared with; a view that has none says no
    shows_personal: bool = field(default=True, init=False)
    #: which record's personal data the page shows, for the journal
    personal_record_id: int | None = field(default=None, init=False)
    #: the name of the file that the answer is; "" for a page
    taken_out: str = field(default="", init=False)

    #: nothing is to be done: the form that was sent is only told in words
    is_only_told: bool = field(default=False, init=False)

    @property
    def today(self) -> date:
        """The local date of this request."""
        return local_day(self.now)

    @property
    def by(self) -> int:
        """The account that acts. Only on pages that need a person signed in."""
        return self.person.account_id

    @property
    def stamp(self) -> Stamp:
        """Who acts, and when. Only on pages that need a person signed in."""
        return Stamp(self.by, self.now)

    @property
    def person(self) -> Viewer:
        """The person signed in. Only on pages that need one."""
        if self.viewer is None:
            raise RuntimeError(f"{self.endpoint} is open to anybody: there may be no person")
        return self.viewer

    @property
    def is_sent(self) -> bool:
        """Whether the form was sent (POST), not only opened."""
        return request.method == "POST"

    @property
    def sent_version(self) -> int:
        """The version that a button carried; 0, which no record has, where that cannot be read."""
        version = request.form.get("version", "")
        return int(version) if re.fullmatch("[0-9]{1,9}", version) else 0

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Whether the person may do `permission` at `path` (anywhere, without one)."""
        return self.viewer is not None and self.viewer.may(permission, path)

    @property
    def may_take_out(self) -> bool:
        """Whether the person may take a list of this page out as a file."""
        return self.may(Permission.EXPORT, None if self.place is None else cast(Place, self.place).path)

    def render(self, *, status: int | None = None, instead: Mapping[str, Any] = {}, **shown: Any) -> Response:
        """The page `templates/<feature>/<view>.html`. One that refuses what was sent: 422 or 409.

        Where no status is said it is 422 with a form that has errors, as of what the address asks, else 200.

        For a partner who came in by a share it is `<view>_shared.html`, so that nothing is shown to them that
        was not written for them.

        Where the address asks for a file (`?format=csv`), the list that the page takes out, as that.

        `instead`: what stands around this page in place of what the layout has, by the layout's own names.
        """
        check_names(self.endpoint, shown)
        if status is None:
            status = 422 if any(getattr(each, "has_errors", False) for each in shown.values()) else 200
        form = asked_format()
        if form is not None and status == 200:
            return self._list_as_file(form, shown)
        of_whom = "" if self.level is None else "_shared"
        template = f"{self.endpoint.replace('.', '/')}{of_whom}.html"
        return make_response(
            render_template(template, visit=self, place=self.place, **instead, **shown), status
        )

    def tell(self, form: object = None, whose: str = "") -> None:
        """End here (FormToTell) where the form is only to be told; a button has none."""
        if self.is_only_told:
            raise FormToTell(form, whose)

    def saved(self, location: str, message: str | None = None) -> Response:
        """Commit the one unit of work of this request and send the person to `location`."""
        self.tell()
        key = request.form.get(submissions.FIELD, "")[:36]
        if key and self.viewer is not None:
            submissions.settle(self.session, key, location)
        self.session.commit()
        if message:
            say_next(message, "success")
        return make_response(redirect(location, 303))

    def back_to(self, otherwise: str) -> str:
        """Where a button stood: the page that it names (`next`), else `otherwise`."""
        return own_address(request.form.get("next"), otherwise)

    def take_out(self, file: File, form: Format) -> Response:
        """A file to keep, not to show. The journal is told of it."""
        self.taken_out = f"{file.name}.{form.value}"
        response = make_response(file.written(form))
        response.headers["Content-Type"] = form.media_type
        response.headers["Content-Disposition"] = f'attachment; filename="{self.taken_out}"'
        return response

    def _list_as_file(self, form: Format, shown: Mapping[str, Any]) -> Response:
        if not self.may_take_out:
            raise DoorClosed(Permission.EXPORT)
        tables = [each for each in shown.values() if isinstance(each, Table) and each.file]
        if not tables:
            not_found()
        (table,) = tables
        return self.take_out(table.as_file(), form)

    def found(self, record: Found | None) -> Found:
        """What was looked for; ends the request with "not found" where there is none."""
        return not_found() if record is None else record
