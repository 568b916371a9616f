"""What a search finds: people, places, documents and so on, as far as the reader may open them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from npt.access.rules import Permission, Viewer
from npt.communities.models import Community
from npt.documents.queries import documents_read_at
from npt.incidents.queries import incidents_referred
from npt.kin.queries import individuals_sought
from npt.kit.search_words import Sought
from npt.operations.queries import operations_at
from npt.operations.views.door import when_of
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage
from npt.partners.queries import all_agencies
from npt.people.models import Member, Posting
from npt.people.queries import places_of
from npt.places.queries import places_found
from npt.priorities.queries import priorities_to_search
from npt.priorities.wording import state_in_words
from npt.store.batches import batches
from npt.training.queries import programmes_of
from npt.webkit.filters import day
from npt.work.queries import actions_sought

#: How long ago an action that is found may have ended.
ACTIONS_LOOK_BACK = timedelta(days=366)
#: The most that a group shows; whoever looks for one of more says more of it.
MOST_SHOWN = 20

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that fits, what tells it from others like it, and where it is opened."""

    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    heading: str
    found: Sequence[Found]

    @property
    def shown(self) -> Sequence[Found]:
        """The first of them."""
        return self.found[:MOST_SHOWN]

    @property
    def further(self) -> int:
        """How many there are besides."""
        return len(self.found) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that fits, by kind."""

    people: Group
    key_individuals: Group
    others: Sequence[Group]

    @property
    def names_people(self) -> bool:
        """Whether somebody was found whose record is personal."""
        return bool(self.people.found or self.key_individuals.found)

    @property
    def groups(self) -> list[Group]:
        """The kinds of which something was found, people first."""
        return [group for group in (self.people, self.key_individuals, *self.others) if group.found]


def results(session: Session, viewer: Viewer, typed: str, today: date) -> Results:
    """What fits, each only where `viewer` may open it.

    A statement or two for each kind and each of the viewer's outermost units, however much is recorded.
    """
    sought = Sought(typed)
    return Results(
        Group("People", list(_people(session, viewer, sought, today))),
        Group("Key individuals", list(_key_individuals(session, viewer, sought))),
        (
            Group("Places", list(_places(session, viewer, sought))),
            Group("Communities", list(_communities(session, viewer, sought, today))),
            Group("Partner agencies", list(_agencies(session, viewer, sought))),
            Group("Incidents", list(_incidents(session, viewer, typed))),
            Group("Priorities", list(_priorities(session, viewer, sought))),
            Group("Actions", list(_actions(session, viewer, sought, today))),
            Group("Operations", list(_operations(session, viewer, sought))),
            Group("Documents", list(_documents(session, viewer, sought))),
            Group("Training programmes", list(_programmes(session, viewer, sought))),
            Group("Streets and postcodes", list(_streets(session, viewer, typed, today))),
        ),
    )


def _people(session: Session, viewer: Viewer, sought: Sought, today: date) -> Iterator[Found]:
    """Members by name and number, at a unit of the viewer to which they belong: see `member_in`."""
    paths = viewer.reach(Permission.SEE_MEMBERS)
    if not paths:
        return
    here = select(Posting.member_id).join(Posting.unit).where(or_(*map(within, paths)))
    asked = select(Member.id, Member.name, Member.number).where(Member.id.in_(here))
    names = {row.id: row for row in session.execute(asked) if sought.fits(f"{row.name} {row.number}")}
    postings: defaultdict[int, list[Posting]] = defaultdict(list)
    for some in batches(sorted(names)):
        of_some = select(Posting).join(Posting.unit).options(contains_eager(Posting.unit))
        for posting in session.scalars(of_some.where(Posting.member_id.in_(some))):
            postings[posting.member_id].append(posting)
    for row in sorted(names.values(), key=lambda row: (row.name, row.number)):
        for place in places_of(postings[row.id], today):
            if place.unit.path.startswith(paths):
                note = f"{row.number}, {place.role.wording}, {place.unit.name}"
                yield Found(row.name, note, url_for("people.member", code=place.unit.code, number=row.number))
                break


def _places(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Units by name and code, those that stand before those that have closed."""
    paths = viewer.reach(Permission.SEE_UNITS)
    if not paths:
        return
    asked = select(Unit.name, Unit.code, Unit.level, Unit.closed_on).where(or_(*map(within, paths)))
    for unit in sorted(
        session.execute(asked.order_by(Unit.path)), key=lambda unit: unit.closed_on is not None
    ):
        if sought.fits(f"{unit.name} {unit.code}"):
            closed = f", closed on {day(unit.closed_on)}" if unit.closed_on else ""
            href = url_for("overview.unit", code=unit.code)
            yield Found(unit.name, f"{unit.level.wording} {unit.code}{closed}", href)


def _communities(session: Session, viewer: Viewer, sought: Sought, today: date) -> Iterator[Found]:
    """Communities by name, code and languages, those that are there before those that have gone."""
    paths = viewer.reach(Permission.SEE_PROFILES)
    if not paths:
        return
    asked = select(Community).join(Community.unit).where(or_(*map(within, paths)))
    asked = asked.options(contains_eager(Community.unit)).order_by(Unit.path, Community.name)
    for each in sorted(session.scalars(asked), key=lambda each: not each.span.covers(today)):
        if sought.fits(f"{each.name} {each.code} {each.languages or ''}"):
            ended = f", until {day(each.ends_on)}" if each.ends_on else ""
            href = url_for("communities.community", code=each.unit.code, community_id=each.id)
            yield Found(each.name, f"{each.kind.wording} community, {each.unit.name}{ended}", href)


def _key_individuals(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Key individuals by name and organisation, for whoever keeps their records."""
    for _, each in _at_each(
        viewer, Permission.KEEP_KIN, lambda path: individuals_sought(session, path, sought)
    ):
        note = f"{each.organisation}, {each.unit_name}" if each.organisation else each.unit_name
        href = url_for("kin.individual", code=each.code, individual_id=each.id)
        yield Found(each.name, f"key individual, {note}", href)


def _agencies(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Partner agencies by name and code, which are the same for all forces."""
    if viewer.may(Permission.SEE_PARTNERS):
        for agency in all_agencies(session):
            if sought.fits(f"{agency.name} {agency.code}"):
                closed = f", closed on {day(agency.closed_on)}" if agency.closed_on else ""
                href = url_for("partners.agency", agency=agency.code)
                yield Found(agency.name, f"agency {agency.code}{closed}", href)


def _incidents(session: Session, viewer: Viewer, typed: str) -> Iterator[Found]:
    """Incidents by their whole reference, as the other system has it: there are too many for parts of it."""
    if not viewer.may(Permission.SEE_PROFILES) or not typed:
        return
    for each in incidents_referred(session, typed):
        if viewer.may(Permission.SEE_PROFILES, each.unit.path):
            note = f"incident, {each.category.name}, {each.unit.name}, {day(each.on_date)}"
            yield Found(
                each.reference, note, url_for("incidents.incidents", code=each.unit.code, ref=each.reference)
            )


def _actions(session: Session, viewer: Viewer, sought: Sought, today: date) -> Iterator[Found]:
    """Actions by their words and references, the latest first; those that ended within a year, too."""
    since = today - ACTIONS_LOOK_BACK
    for path, line in _at_each(
        viewer, Permission.SEE_ACTIONS, lambda path: actions_sought(session, path, sought, since=since)
    ):
        href = url_for("work.action", code=Lineage.parse(path).code, action_id=line.id)
        yield Found(line.what, f"action {line.reference}, {line.state.wording.lower()}", href)


def _priorities(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Priorities by their published words and references, present ones first; never by who raised them."""
    for path, each in _at_each(
        viewer, Permission.SEE_PROBLEMS, lambda path: priorities_to_search(session, path)
    ):
        if sought.fits(f"{each.title} {each.reference}"):
            code = Lineage.parse(path).code
            href = url_for("priorities.priority", code=code, priority_id=each.id)
            yield Found(each.title, f"priority {each.reference}, {state_in_words(each).lower()}", href)


def _operations(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Operations by name, latest first, as the viewer's own unit sees them."""
    for path, line in _at_each(viewer, Permission.SEE_DUTY, lambda path: operations_at(session, path)):
        if sought.fits(line.name):
            href = url_for("operations.operation", code=Lineage.parse(path).code, operation_id=line.id)
            yield Found(line.name, f"{line.status.wording}, {when_of(line)}", href)


def _documents(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Documents by title and reference, as the viewer's own unit reads them; withdrawn ones last."""
    seen = set[str]()
    for path in viewer.reach(Permission.SEE_DOCUMENTS):
        for line in documents_read_at(session, path):
            if line.reference not in seen and sought.fits(f"{line.title} {line.reference}"):
                seen.add(line.reference)
                code = Lineage.parse(path).code
                href = url_for("documents.document", code=code, reference=line.reference)
                state = "withdrawn, " if line.withdrawn_on else ""
                note = f"{state}{line.kind.wording.lower()} of {line.unit_name}, {day(line.dated_on)}"
                yield Found(line.title, note, href)


def _programmes(session: Session, viewer: Viewer, sought: Sought) -> Iterator[Found]:
    """Training programmes by name and code: who of the viewer's unit stands where in them."""
    for path, each in _at_each(viewer, Permission.SEE_STAFFING, lambda path: programmes_of(session, path)):
        if sought.fits(f"{each.name} {each.code}"):
            href = url_for("training.training", code=Lineage.parse(path).code, programme=each.code)
            yield Found(each.name, f"programme {each.code}", href)


def _streets(session: Session, viewer: Viewer, typed: str, today: date) -> Iterator[Found]:
    """Streets and postcodes in neighbourhoods that the viewer sees, each with where it is."""
    if not viewer.may(Permission.SEE_UNITS) or not Sought(typed).words:
        return
    for match in places_found(session, typed, as_at=today):
        unit = match.unit
        if unit is not None and viewer.may(Permission.SEE_UNITS, unit.path):
            yield Found(match.name, unit.name, url_for("overview.unit", code=unit.code))


def _at_each(
    viewer: Viewer, permission: Permission, of: Callable[[str], Iterable[Named]]
) -> Iterator[tuple[str, Named]]:
    """What there is at each of the viewer's units, once where two of them have it."""
    seen = set[object]()
    for path in viewer.reach(permission):
        for each in of(path):
            if (key := attrgetter("id")(each)) not in seen:
                seen.add(key)
                yield path, each
