"""The one place where everything meets: settings, extensions, features, doors."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from flask import Flask, url_for
from jinja2 import StrictUndefined
from sqlalchemy.orm import Session

from npt.access.rules import ShareLevel, Viewer
from npt.accounts import doorkeeper
from npt.accounts import views as accounts
from npt.api import doorkeeper as api_doorkeeper
from npt.api import views as api
from npt.attachments.actions import receive
from npt.categories import views as categories
from npt.communities import views as communities
from npt.counting import views as counting
from npt.counting.rollup import settle
from npt.data_protection import models as data_protection  # noqa: F401 - only commands use it; its table is ours
from npt.data_protection.kinds import key_erasures
from npt.documents import views as documents
from npt.duty import views as duty
from npt.duty.views import origins
from npt.engagement import views as engagement
from npt.engagement.actions import erasure as words_erased
from npt.engagement.queries import places_of_contacts, said_of_priorities
from npt.exemplars import views as exemplars
from npt.exemplars.views.exemplar import exemplar_part
from npt.incidents import views as incidents
from npt.interchange import models as other_systems  # noqa: F401 - only commands use them; the tables are ours
from npt.interchange import views as interchange
from npt.journal import listener
from npt.journal.actions import note_view
from npt.kin import views as kin
from npt.kin.actions import erasure as kin_erasure
from npt.kin.actions import spoken_for
from npt.kin.views import door as kin_door
from npt.kit import events
from npt.kit.clock import local_day, to_local
from npt.matters import wording as matters
from npt.matters.queries import matter_referred
from npt.matters.rules import MatterKind
from npt.measures import views as measures
from npt.measures.queries import signed as signed_measures
from npt.operations import views as operations
from npt.organisation import views as organisation
from npt.organisation.queries import unit_at
from npt.outbox import views as outbox
from npt.outbox.queries import returned_address
from npt.outcomes import views as outcomes
from npt.overview import views as overview
from npt.overview.navigation import NO_FORCE, Surroundings, surroundings
from npt.packs import views as packs
from npt.partners import views as partners
from npt.partners import wording as partner_wording
from npt.partners.actions import erasure as residents_erased
from npt.partners.actions import follow_matters
from npt.partners.queries import as_partner, level_shared
from npt.partners.views import residents
from npt.people import views as people
from npt.people.actions import erasure, postings
from npt.people.queries import scopes_of
from npt.performance import views as performance
from npt.performance.queries import signed as signed_rates
from npt.performance.views import signed as signed_months
from npt.phone import views as phone
from npt.phone.views import phone_of
from npt.places import views as places
from npt.places.actions import inheriting
from npt.priorities import views as priorities
from npt.priorities.actions import erasure as originators_erased
from npt.priorities.queries import SIGN_OFFS
from npt.priorities.views import door as priorities_door
from npt.priorities.views.problem_part import priorities_part
from npt.problem_search import search_index
from npt.problem_search import views as problem_search
from npt.problems import views as problems
from npt.problems.queries import stage_told_to_residents
from npt.problems.views import door as problems_door
from npt.problems.views import parts as problem_parts
from npt.profiles import views as profiles
from npt.reorganisation import views as reorganisation
from npt.reporting import views as reporting
from npt.reviews import views as reviews
from npt.rostering import views as rostering
from npt.rostering.actions import pattern_assignments
from npt.seals import views as seals
from npt.seals.queries import signed_of_measures, signed_of_rates
from npt.settings import ROOT, Settings
from npt.shifts import attribution
from npt.shifts.actions import renaming
from npt.staffing import views as staffing
from npt.store import transaction
from npt.store.transaction import engine_options, has_uncommitted_changes, prepare
from npt.training import views as training
from npt.webkit import bodies, converters, errors, filters, govuk, headers, sending_again, views
from npt.webkit.extensions import csrf, db, login_manager
from npt.webkit.proxies import BehindProxies
from npt.webkit.surroundings import Surrounding
from npt.webkit.visit import Doors, doors
from npt.work import views as work
from npt.work.actions import follow_matters as follow_with_work
from npt.work.actions.withdrawals import follow_shares
from npt.work.wording import told_to_residents


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The instant the application believes it is: the clock's, on NPT_TODAY's date where one is given."""
    if settings.today is None:
        return lambda: datetime.now(UTC)
    believed: date = settings.today

    def now() -> datetime:
        actual = datetime.now(UTC)
        return actual + timedelta(days=(believed - to_local(actual).date()).days)

    return now


def close_transaction(session: Session, status: int) -> None:
    """End the transaction of an answered request; changes that nobody committed are a fault of the view."""
    is_left_open = has_uncommitted_changes(session)
    session.rollback()
    if is_left_open and status < 400:
        raise RuntimeError("the view left changes without committing them: answer with visit.saved(…)")


def create_app(
    settings: Settings | None = None, *, can_migrate: bool = True, writes_log: bool = True
) -> Flask:
    """The application, ready to serve. Without settings it reads them from the environment.

    `can_migrate`: whether Flask-Migrate may be asked to bring its database up to date. `writes_log`: whether
    events go to standard error, which is not so for a command, whose user reads what it says itself.
    """
    settings = settings or Settings.from_environment()
    if writes_log and not settings.is_testing:
        events.write_lines()
    is_behind_tls = not (settings.is_demonstration or settings.is_testing)
    app = Flask("npt", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "npt" / "static"))
    app.config.from_mapping(
        SECRET_KEY=settings.secret_keys[0],
        SECRET_KEY_FALLBACKS=list(settings.secret_keys[1:]),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        TESTING=settings.is_testing,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch is still the same person's form
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_behind_tls,
        # By this beginning a browser keeps other hosts of our domain, and plain HTTP, from planting one.
        SESSION_COOKIE_NAME="__Host-session" if is_behind_tls else "session",
        PERMANENT_SESSION_LIFETIME=timedelta(days=31),  # the row on the server ends a session, not the cookie
    )
    app.extensions["npt_settings"] = settings
    if settings.proxies:
        app.wsgi_app = BehindProxies(  # type: ignore[method-assign]  # Flask's own documented way
            app.wsgi_app, settings.proxies, settings.hosts
        )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["map_tiles"] = lambda: app.extensions["npt_settings"].tiles
    _extend(app, settings)
    if can_migrate:
        _let_migrate(app)
    _open_doors(app, settings)
    _surround(app, settings)
    for feature in (
        accounts,
        organisation,
        outbox,
        people,
        categories,
        partners,
        places,
        work,
        staffing,
        communities,
        kin,
        incidents,
        profiles,
        counting,
        reporting,
        duty,
        rostering,
        training,
        documents,
        phone,
        problems,
        outcomes,
        problem_search,
        exemplars,
        performance,
        measures,
        seals,
        operations,
        interchange,
        engagement,
        priorities,
        reorganisation,
        reviews,
        packs,
        overview,
        api,
    ):
        app.register_blueprint(feature.pages.blueprint)
    if settings.is_testing or settings.is_demonstration:
        app.register_blueprint(views.pages.blueprint)  # the style guide
    return app


def _extend(app: Flask, settings: Settings) -> None:
    """Bind the extensions and everything the web floor brings."""
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    bodies.register(app)  # before the check against forgery, which reads the form
    csrf.init_app(app)
    login_manager.init_app(app, add_context_processor=False)  # it asks the database, on error pages too
    for part in (converters, errors, filters, govuk, headers, sending_again):
        part.register(app)
    wire(*settings.secret_keys)


def wire(secret: str, *older: str) -> None:
    """Let all that follows what is written do so, in every session of this process, whoever opens it.

    `secret` keys the digests of the journal and of erasures, `older` ones tell those of before. Calling it
    again changes only that. The order tells where two listen to one event, but for the roll-up: it asks to be
    first before a commit.
    """
    transaction.register()
    listener.register(secret)
    key_erasures(secret, *older)
    erasure.register()
    residents_erased.register()
    kin_erasure.register()
    words_erased.register()
    originators_erased.register()
    postings.register()
    attribution.register()
    renaming.register()
    spoken_for.register()
    inheriting.register()
    settle.register()
    search_index.register()
    pattern_assignments.register()
    signed_rates.register(signed_of_rates)
    signed_measures.register(signed_of_measures)
    follow_matters()
    follow_with_work()
    follow_shares()


def _surround(app: Flask, settings: Settings) -> None:
    """Give every page, error pages too, what the layout shows around it."""
    now = clock_of(settings)

    def around() -> Surrounding:
        today = local_day(now())
        viewer, shown = None, Surroundings(NO_FORCE)
        if not errors.is_database_away():
            viewer = as_partner(db.session(), doorkeeper.current_viewer(db.session(), scopes_of), today)
            shown = surroundings(db.session(), viewer, today)
        return {
            "force_name": shown.force_name,
            "navigation": shown.navigation,
            "signed_in_as": viewer.name if viewer else None,
            "on_phone": phone_of(viewer),
            "account_address": url_for("accounts.account"),
            "sign_out_address": url_for("accounts.sign_out"),
            "search_address": shown.search_address,
            "is_demonstration": settings.is_demonstration,
            "believed_today": today,
        }

    app.context_processor(lambda: dict(around()))


def _let_migrate(app: Flask) -> None:
    from flask_migrate import Migrate  # Alembic takes ten megabytes, which no worker that serves has to hold

    Migrate(app, db, directory=str(ROOT / "migrations"))


def _open_doors(app: Flask, settings: Settings) -> None:
    """Tell the web floor who answers its questions."""
    doorkeeper.register(app, login_manager)
    origins.register(app, operations.origins)
    accounts.register(app, returned_address)
    outbox.register()
    matters.register(
        app,
        {
            MatterKind.DOCUMENT: "documents.document",
            MatterKind.CONTACT: "engagement.contact",
            MatterKind.PROBLEM: "problems.problem",
            MatterKind.REVIEW: reviews.review_of_matter,
        },
    )
    residents.register(app, told_to_residents, stage_told_to_residents)
    kin_door.register(app, places_of_contacts)
    partner_wording.register(
        app, {MatterKind.DOCUMENT: "documents.referred", MatterKind.PROBLEM: "problems.problem"}
    )

    priorities_door.register(app, said_of_priorities)
    signed_months.register(app, seals.signed_part)
    problems_door.register(app, SIGN_OFFS)
    problem_parts.register(
        app,
        {
            problem_parts.Place.SCANNING: [problem_search.same_part],
            problem_parts.Place.ANALYSIS: [problem_search.similar_part],
            problem_parts.Place.RESPONSE: [outcomes.offers_part],
            problem_parts.Place.OUTCOME: [outcomes.came_of_it_part],
            problem_parts.Place.CLOSING: [priorities_part, exemplar_part],
            problem_parts.Place.AFTER: [outcomes.scored_part],
        },
    )

    def known(session: Session, viewer: Viewer | None) -> Viewer | None:
        return as_partner(session, viewer, local_day(doors().now()))

    def shared(session: Session, viewer: Viewer, matter_id: int) -> ShareLevel | None:
        if viewer.agency_id is None:
            return None
        return level_shared(session, viewer.agency_id, matter_id, doors().now())

    app.extensions["npt_doors"] = Doors(
        viewer=lambda session: known(session, doorkeeper.current_viewer(session, scopes_of)),
        bearer=lambda session: known(session, api_doorkeeper.bearer(session, scopes_of)),
        place=unit_at,
        matter=matter_referred,
        shared=shared,
        ask_to_sign_in=doorkeeper.ask_to_sign_in,
        note_view=note_view,
        examine=partial(receive, scanner=settings.scanner),
        close=close_transaction,
        now=clock_of(settings),
    )
