"""Whether whoever is shown personal data stands in the journal, and what of whom they were shown."""

from collections.abc import Iterator

from sqlalchemy import select
from werkzeug.test import TestResponse

from npt.access.rules import HOLDS, Permission, Role
from npt.accounts.actions import existing_account
from npt.journal.models import Entry
from npt.organisation.queries import unit_at
from npt.people.queries import member_numbered, member_of_account
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from tests.house.filling import forms_to_fill_in
from tests.house.visits import House
from tests.pages.gallery import Exhibit

#: Every page with personal data: what the journal calls it, and what in its address says whose it is ("self":
#: of the account's own member; "": nothing). Written from what pages show, not from how they are declared.
NOTED: dict[str, tuple[str, str]] = {
    # Members: name, address, postings, training
    "people.member": ("member", "number"),
    "people.correct_member": ("member", "number"),
    "people.held": ("member", "number"),
    "training.record": ("member", "number"),
    # Who did what
    "overview.journal": ("journal of unit", "code"),
    # Lists of people
    "people.members": ("members at unit", "code"),
    "people.accounts": ("accounts at unit", "code"),
    "staffing.temporary": ("members at unit", "code"),
    "staffing.succession": ("members at unit", "code"),
    "staffing.specialists": ("members at unit", "code"),
    "staffing.students": ("members at unit", "code"),
    "training.training": ("members at unit", "code"),
    "overview.search": ("member", ""),
    "reorganisation.review": ("key individuals at unit", "code"),
    # Letters: to whom, and what
    "outbox.letters": ("letters at unit", "code"),
    "outbox.letter": ("letter", "letter_id"),
    # Who acts for partners, and with whom something is shared
    "partners.agency": ("partner accounts of agency", "agency_id"),
    "partners.partner_accounts": ("partner accounts at unit", "code"),
    "partners.shares": ("shares of matter", "matter_id"),
    "partners.unit_shares": ("shares at unit", "code"),
    "partners.seen": ("what an agency opened", "agency_id"),
    # Key individuals: who can speak for part of a neighbourhood
    "kin.individuals": ("key individuals at unit", "code"),
    "kin.carry": ("key individuals at unit", "code"),
    "kin.individual": ("key_individual", "individual_id"),
    "kin.correct_individual": ("key_individual", "individual_id"),
    "kin.consent": ("key_individual", "individual_id"),
    "kin.leave": ("key_individual", "individual_id"),
    "kin.merge": ("key_individual", "individual_id"),
    # Who raised priorities
    "priorities.priority": ("priority", "priority_id"),
    "priorities.record": ("priority", "priority_id"),
    "priorities.correct_originator": ("originator", "originator_id"),
    "priorities.new_priority": ("key individuals at unit", "code"),
    "priorities.new_originator": ("key individuals at unit", "code"),
    "engagement.new_contact": ("key individuals at unit", ""),
    "engagement.correct_contact": ("key individuals at unit", "code"),
    "engagement.contact": ("key_individual", ""),
    "engagement.five_a_day": ("five a day of members at unit", "code"),
    # Problems: names and tactics, for the line that may see them
    "problems.problem": ("names and tactics of problem", "problem_id"),
    "problems.sensitive": ("names and tactics of problem", "problem_id"),
    # Absence, and notes on time away
    "duty.day": ("time away at unit", "code"),
    "duty.record": ("time away at unit", "code"),
    "duty.repeat": ("time away at unit", "code"),
    "performance.month": ("time away at unit", "code"),
    "performance.records": ("time away at unit", "code"),
    "performance.review": ("time away at unit", "code"),
    "performance.mark": ("time away at unit", "code"),
    "performance.losses": ("time away at unit", "code"),
    "duty.correct": ("away", "away_id"),
    "duty.lost": ("away", "away_id"),
    # What members report of themselves
    "duty.answer": ("report of abstraction", "report_id"),
    "reporting.my_abstractions": ("own reports of abstraction", "self"),
    # Who can be taken for an operation, and what would be taken from whom
    "operations.operation": ("operation", "operation_id"),
    "operations.muster": ("operation", "operation_id"),
    "operations.choose": ("operation", "operation_id"),
    # The same for programs
    "api.duty": ("shift", ""),
    "api.away": ("away", ""),
    "api.losses": ("loss", ""),
    "api.actions": ("action", ""),
    "api.problems": ("problem", ""),
    "api.problem": ("problem", "problem_id"),
    "api.verdicts": ("verdict", ""),
}
#: Who sees a page of these without what is personal of it, and why.
NOT_SHOWN: dict[tuple[str, Role | None], str] = {
    ("duty.day", Role.OFFICER): "who may not record sees that somebody is off duty, and not why",
    ("performance.month", Role.BOARD): "the month of a force names teams and nobody",
    ("performance.month", Role.MANAGER): "the month of a BCU names teams and nobody",
    ("staffing.specialists", Role.HMIC): "who may not see members is told how many they are",
    ("staffing.students", Role.OFFICER): "who may not see members is told how many they are",
    ("training.training", Role.HMIC): "who may not see members is told how many they are",
    ("training.training", Role.OFFICER): "who may not see members is told how many they are",
    ("overview.search", Role.SERGEANT): "nothing is found that fits",
    ("partners.agency", Role.SERGEANT): "who does not manage partners is told of no account",
    ("partners.seen", Role.MANAGER): "nobody opened anything on that day",
    ("partners.seen", Role.OFFICER): "nobody opened anything on that day",
    ("partners.seen", Role.HMIC): "nobody opened anything on that day",
    ("kin.individuals", Role.HMIC): "who does not keep their records sees for whom somebody can speak",
    ("priorities.priority", Role.HMIC): "who does not keep them reads of what kind whoever raised it is",
    ("overview.search", Role.PARTNER): "nothing is asked",
    ("problems.problem", Role.HMIC): "names and tactics never leave the team’s line",
    ("problems.problem", Role.PARTNER): "names and tactics are never shared",
    ("engagement.contact", Role.OFFICER): "it was with nobody of the network",
    ("engagement.contact", Role.HMIC): "it was with nobody of the network",
    ("engagement.five_a_day", Role.HMIC): "who may not see duty is told of teams and nobody",
    ("reorganisation.review", Role.INSPECTOR): "the first steps name neighbourhoods and nobody",
    (
        "reorganisation.review",
        Role.BOARD,
    ): "what is asked cannot be read, so that the first step stands there",
    ("duty.day", Role.INSPECTOR): "nobody of the area itself is absent, and no time away has a note",
}

Noted = tuple[int | None, str, str, int | None]
CURE = "declare shows_personal=, set visit.personal_record_id, and answer with visit.render"


def undeclared() -> list[str]:
    """Pages that show personal data without saying so, and those that say so and are not known here."""
    declared = {endpoint: route.shows_personal for endpoint, route in ROUTES.items() if route.shows_personal}
    known = {endpoint: record_type for endpoint, (record_type, _) in NOTED.items()}
    return [
        f"{endpoint} says that it shows {declared.get(endpoint)}, and shows {known.get(endpoint)}:"
        " declare shows_personal=, or correct NOTED of tests/house/personal.py"
        for endpoint in sorted({*declared, *known})
        if declared.get(endpoint) != known.get(endpoint)
    ]


def not_noted(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong with what the journal says after the page was seen, and after its forms were refused."""
    expected = [] if (endpoint, exhibit.role) in NOT_SHOWN else [_expected(house, endpoint, exhibit)]
    before = len(views(house))
    page = house.see_again(endpoint, exhibit)
    yield from _difference(page, views(house)[before:], expected)
    if "POST" in ROUTES[endpoint].methods:
        for form in forms_to_fill_in(page):
            before = len(views(house))
            answer = house.person(exhibit.role).post(form.address, form.left_empty)
            yield from _difference(answer, views(house)[before:], expected)


def taken_out_wrongly(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong when what a page lists is asked for as a file: who has it, and what the journal says."""
    before, person = len(views(house)), house.person(exhibit.role)
    as_file = Exhibit(exhibit.role, exhibit.code, {**exhibit.query, "format": "csv"})
    answer = person.get(house.address(endpoint, as_file))
    may = exhibit.role is not None and Permission.EXPORT in HOLDS[exhibit.role]
    acts = [act for _, act, _, _ in views(house)[before:]]
    if answer.status_code == 200 and not may:
        yield f"{person.email} may take nothing out, and has {answer.request.path} as a file: {CURE}"
    elif answer.status_code == 200 and not [act for act in acts if act.startswith("take out ")]:
        yield f"{person.email} took {answer.request.path} out, and the journal says {acts}: {CURE}"


def _difference(answer: TestResponse, found: list[Noted], expected: list[Noted]) -> Iterator[str]:
    if found != expected:
        asked = f"{answer.request.method} {answer.request.path} ({answer.status_code})"
        yield f"{asked} leaves {found} in the journal, not {expected}: {CURE}"


def views(house: House) -> list[Noted]:
    """Every look at personal data: who looked, in what act, and at what. That a share opened a matter is no
    such look.
    """
    asked = select(Entry.account_id, Entry.act, Entry.record_type, Entry.record_id)
    asked = asked.where(Entry.change == "viewed", Entry.act.not_like("open shared%"))
    with house.app.app_context():
        rows = db.session.execute(asked.order_by(Entry.sequence))
        return [(account, act, record_type, record_id) for account, act, record_type, record_id in rows]


def _expected(house: House, endpoint: str, exhibit: Exhibit) -> Noted:
    record_type, whose = NOTED[endpoint]
    with house.app.app_context():
        session = db.session()
        account = existing_account(session, house.person(exhibit.role).email)
        record_id: int | None = None
        if whose == "self":
            member = member_of_account(session, account.id)
            record_id = None if member is None else member.id
        elif whose == "number":
            found = member_numbered(session, house.places.home.number)
            record_id = None if found is None else found.id
        elif whose == "code":
            unit = unit_at(session, getattr(house.places.home, exhibit.code or ""))
            record_id = None if unit is None else unit.id
        elif whose:
            record_id = getattr(house.places.home, whose)
        return account.id, f"view {record_type}", record_type, record_id
