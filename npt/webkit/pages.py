"""Pages: a route states its address, the permission it needs and the place it concerns in one call.

    pages = Pages("duty")

    @pages.read("/teams/<code>/day/<day:on>", needs=Permission.SEE_DUTY, within="code")
    def day(visit: Visit[Unit], on: date) -> Answer:
        return visit.render(grid=queries.day_grid(visit.session, visit.place, on))

`read` answers GET, `write` answers POST, `form` answers both, `files` answers GET with a file. A view loads,
asks or acts, and renders or redirects; it never checks who may see it, because it is not called for anybody
who may not.

A page of a matter (a document, a problem) names it by its reference, and may say that a share opens it:

    @pages.read(
        "/documents/<reference>",
        needs=Permission.SEE_DOCUMENTS,
        within_matter="reference",
        shared=ShareLevel.SUMMARY,
    )
    def document(visit: Visit[Matter]) -> Answer:

The place of the visit is then the matter, which has its unit's path. Whoever holds the permission there sees
it as always, and `visit.level` is None. A partner to whose agency the matter is shared at that level or above
comes in with `visit.level` set, and `visit.render` draws *another template*, `document_shared.html`, which
says for itself what each level shows: a feature that forgets to say so shows a partner nothing. Whoever may
not come in cannot tell whether there is such a matter: the answer is "not found".
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint, Response, current_app, make_response, redirect, request
from sqlalchemy.orm import Session

from npt.access.rules import Open, ShareLevel, Viewer
from npt.store.transaction import begin_writing, overlook_changes
from npt.webkit import examining, submissions
from npt.webkit.asked import Format
from npt.webkit.doorways import check_door, enter_matter
from npt.webkit.errors import Barred
from npt.webkit.extensions import db
from npt.webkit.listing import File
from npt.webkit.routes import ROUTES, VIEWS, Answer, Needs, Route
from npt.webkit.visit import Place, Visit, doors, not_found

View = TypeVar("View", bound=Callable[..., Answer])
FileView = TypeVar("FileView", bound=Callable[..., File])


class Comer(NamedTuple):
    """Who has passed the door of a page, to which place, and by a share of which level if not by a role."""

    viewer: Viewer | None
    place: Place | None
    level: ShareLevel | None = None


class SentBefore(Exception):
    """The form was sent before and led to `location`, and what is sent now is something else."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.location = location


#: Statuses of an answer that is the page itself: as asked for, overtaken by somebody else, refused.
_DRAWN = (200, 409, 422)


class Pages:
    """The pages of one feature, `templates/<feature>/<view name>.html` each."""

    def __init__(self, feature: str) -> None:
        self.feature = feature
        self.blueprint = Blueprint(feature, __name__)

    def read(
        self,
        address: str,
        *,
        needs: Needs,
        within: str | None = None,
        within_matter: str | None = None,
        shared: ShareLevel | None = None,
        shows_personal: str | None = None,
    ) -> Callable[[View], View]:
        """Declare a page that is only looked at."""
        return self._declare(
            address,
            ("GET",),
            needs,
            within=within,
            shows_personal=shows_personal,
            within_matter=within_matter,
            shared=shared,
        )

    def write(
        self,
        address: str,
        *,
        needs: Needs,
        within: str | None = None,
        within_matter: str | None = None,
        shared: ShareLevel | None = None,
    ) -> Callable[[View], View]:
        """Declare a change: a POST that ends in a redirect."""
        return self._declare(
            address, ("POST",), needs, within=within, within_matter=within_matter, shared=shared
        )

    def form(
        self,
        address: str,
        *,
        needs: Needs,
        within: str | None = None,
        shows_personal: str | None = None,
        within_matter: str | None = None,
        shared: ShareLevel | None = None,
        largest_file: int = 0,
    ) -> Callable[[View], View]:
        """Declare a form: shown on GET, acted on at POST, shown again with its errors when refused.

        `largest_file`: it takes files up to so many bytes, which are examined before the view is called.
        """
        return self._declare(
            address,
            ("GET", "POST"),
            needs,
            within=within,
            shows_personal=shows_personal,
            largest_file=largest_file,
            within_matter=within_matter,
            shared=shared,
        )

    def files(
        self, address: str, *, needs: Needs, within: str | None = None, shows_personal: str | None = None
    ) -> Callable[[FileView], FileView]:
        """Declare what is only taken out: `<address>.csv` and `.xlsx` of the file that one view returns.

        The view `month_file` makes the endpoints `month_csv` and `month_xlsx`.
        """

        def declare(view: FileView) -> FileView:
            for form in Format:

                def answer(visit: Visit[Any], form: Format = form, **arguments: Any) -> Answer:
                    return visit.take_out(view(visit, **arguments), form)

                answer.__name__ = f"{view.__name__.removesuffix('_file')}_{form.value}"
                self._declare(
                    f"{address}.{form.value}", ("GET",), needs, within=within, shows_personal=shows_personal
                )(answer)
            return view

        return declare

    def _declare(
        self, address: str, methods: tuple[str, ...], needs: Needs, **said: Any
    ) -> Callable[[View], View]:
        """`said`: what else a Route says."""

        def declare(view: View) -> View:
            endpoint = f"{self.feature}.{view.__name__}"
            route = Route(endpoint, address, methods, needs, **said)
            ROUTES[endpoint], VIEWS[endpoint] = route, view

            def answer(**arguments: Any) -> Response:
                return self._answer(route, view, arguments)

            # By these the protection against forgery knows a view that is open to it (`csrf.exempt`).
            answer.__module__, answer.__name__ = view.__module__, view.__name__
            self.blueprint.add_url_rule(address, view.__name__, answer, methods=list(methods))
            return view

        return declare

    def _answer(self, route: Route, view: Callable[..., Answer], arguments: dict[str, Any]) -> Response:
        """Open the unit of work, find viewer and place, check the door, call the view, close."""
        session = db.session()
        if request.method == "POST":
            if route.largest_file and examining.has_files():
                # Whoever may not come in has nothing looked at, and nobody else waits while it is.
                if self._comer(session, route, dict(arguments)) is None:
                    session.rollback()
                    return self._turn_away()
                session.rollback()
                examining.examine_files()
            begin_writing(session)  # nobody is waited for any more: its body is here, see `npt.webkit.bodies`
        comer = self._comer(session, route, arguments)
        if comer is None:
            session.rollback()
            return self._turn_away()
        viewer, place, level = comer
        visit: Visit[Any] = Visit(session, viewer, place, doors().now(), route.endpoint, level)
        earlier = self._earlier_answer(visit)
        if earlier is not None:
            session.rollback()
            return earlier
        opened = None if level is None else visit.place.id
        response = make_response(view(visit, **arguments))
        doors().close(session, response.status_code)
        is_personal = route.shows_personal is not None and visit.shows_personal
        if (is_personal or visit.taken_out) and response.status_code in _DRAWN and viewer is not None:
            what = route.shows_personal or "file"
            act = f"take out {visit.taken_out}" if visit.taken_out else ""
            doors().note_view(session, viewer, what, visit.personal_record_id, act)
        if level is not None and response.status_code in _DRAWN and viewer is not None:
            doors().note_view(session, viewer, "matter", opened, f"open shared: {level.value}")
        return response

    def _comer(self, session: Session, route: Route, arguments: dict[str, Any]) -> Comer | None:
        """Who comes and to which place, taken out of the arguments, once the door is found open.

        None for nobody known where the page needs somebody. DoorClosed, Barred, or "not found" for no place.
        """
        is_for_nobody = isinstance(route.needs, Open) and not route.needs.asks_who
        viewer = None if is_for_nobody else self._viewer(session)
        if not isinstance(route.needs, Open) and viewer is None:
            return None
        if viewer is not None and viewer.barred and not isinstance(route.needs, Open):
            raise Barred(viewer.barred)
        session.info["actor"] = (viewer.account_id if viewer else None, route.endpoint)
        if route.within_matter is not None:
            reference = self._code(route.within_matter, arguments)
            return Comer(viewer, *enter_matter(session, route, viewer, reference))
        place = None
        if route.within is not None:
            place = doors().place(session, self._code(route.within, arguments))
            if place is None:
                not_found()
        check_door(route.needs, viewer, place)
        return Comer(viewer, place)

    # What is otherwise where no person at a browser asks ----------------------------------------------------

    def _viewer(self, session: Session) -> Viewer | None:
        """Who asks; None when it is nobody known."""
        return doors().viewer(session)

    def _turn_away(self) -> Response:
        """The answer to nobody known."""
        return make_response(doors().ask_to_sign_in())

    def _code(self, name: str, arguments: dict[str, Any]) -> str:
        """The code of the place, taken out of the arguments of the address."""
        return str(arguments.pop(name))

    def _earlier_answer(self, visit: Visit[Any]) -> Response | None:
        """Where the first sending of this form led, if this is not the first. SentBefore for another one."""
        key = request.form.get(submissions.FIELD, "") if visit.is_sent else ""
        if not key or visit.viewer is None:
            return None
        earlier = submissions.claim(visit.session, key[:36], visit.by, visit.now, _sent_digest())
        if earlier is None:
            overlook_changes(visit.session)  # a form that is only checked, or refused, leaves its key unused
            return None
        if not earlier.is_same:
            raise SentBefore(earlier.location)
        return make_response(redirect(earlier.location, 303))


def _sent_digest() -> str:
    """Of what this request sends, but for what is not the person's: see `submissions.digest_of`."""
    fields = [each for each in request.form.items(multi=True) if each[0] not in _OURS]
    files = [(name, examining.bytes_of(file)) for name, file in request.files.items(multi=True)]
    return submissions.digest_of(fields, files, str(current_app.config["SECRET_KEY"]))


#: The token against forgery, and which kept post it is (`npt.accounts.rules.KEPT_POST`, a floor above): both
#: differ where the same is sent again.
_OURS = {"csrf_token", "kept_post"}
