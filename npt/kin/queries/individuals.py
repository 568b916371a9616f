"""Questions about key individuals: the list of a unit, one of them, and whom a form may name."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from npt.communities.models import Community
from npt.data_protection.queries import is_erased
from npt.journal.rules import PersonKey
from npt.kin.models import Consent, KeyIndividual, SpokenFor
from npt.kin.rules import DORMANT_AFTER, NOT_SEEN_AFTER, Sector, Stage, Status, review_from
from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.kit.search_words import Sought
from npt.organisation.models import Succession, Unit
from npt.organisation.queries import successors, within
from npt.store.batches import found_by
from npt.store.loading import loaded_with
from npt.store.paging import Sortable, found_and_paged, paged, sorted_by
from npt.store.searching import may_fit


class Attention(Enum):
    """Which records are asked for that somebody has to look at."""

    NOT_SEEN = "not-seen"
    TO_REVIEW = "to-review"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which key individuals are asked for: those in the network or proposed, unless something is said."""

    sector: Sector | None = None
    #: the name of a community, in small letters
    community: str | None = None
    status: Status | None = None
    attention: Attention | None = None


#: What the list may be sorted by.
SORTABLE: dict[str, Sortable] = {
    "name": KeyIndividual.name,
    "sector": KeyIndividual.sector,
    "last_met": KeyIndividual.last_met_at,
}
_HERE = (Stage.PROPOSED, Stage.ACTIVE)


def whole() -> Select[KeyIndividual]:
    """Key individuals with their neighbourhood, their communities and what they agreed to."""
    return loaded_with(KeyIndividual, KeyIndividual.unit).options(
        selectinload(KeyIndividual.communities),
        selectinload(KeyIndividual.consents).joinedload(Consent.recorded_by),
    )


def _conditions(asked: Asked, path: str, today: date) -> Iterator[ColumnElement[bool]]:
    match asked.status:
        case None:
            yield KeyIndividual.stage.in_(_HERE)
        case Status.PROPOSED:
            yield KeyIndividual.stage == Stage.PROPOSED
        case Status.LEFT:
            yield KeyIndividual.stage == Stage.LEFT
        case Status.ACTIVE:
            yield KeyIndividual.stage == Stage.ACTIVE
            yield KeyIndividual.quiet_since >= today - DORMANT_AFTER
        case Status.DORMANT:
            yield KeyIndividual.stage == Stage.ACTIVE
            yield KeyIndividual.quiet_since < today - DORMANT_AFTER
    if asked.sector is not None:
        yield KeyIndividual.sector == asked.sector
    if asked.community is not None:
        named = select(SpokenFor.individual_id).join(Community, Community.id == SpokenFor.community_id)
        yield KeyIndividual.id.in_(named.where(func.lower(Community.name) == asked.community))
    match asked.attention:
        case Attention.NOT_SEEN:
            yield not_seen(today)
        case Attention.TO_REVIEW:
            yield to_review(today)
        case Attention.TWICE:
            yield _is_twice(path, itself=0 if asked.status is Status.LEFT else 1)


def not_seen(today: date) -> ColumnElement[bool]:
    """The condition that somebody in the network has not been met for longer than 90 days."""
    return (KeyIndividual.stage == Stage.ACTIVE) & (KeyIndividual.quiet_since < today - NOT_SEEN_AFTER)


def to_review(today: date) -> ColumnElement[bool]:
    """The condition that somebody has to say whether a record is still kept."""
    return KeyIndividual.stage.in_(_HERE) & (KeyIndividual.reviewed_on <= review_from(today))


def _is_twice(path: str, itself: int) -> ColumnElement[bool]:
    """The condition that another record of the neighbourhood, at or under `path`, may be of the same person.

    `itself`: how many of those who are here each of the records asked for is, 1 or 0. What several have told
    is listed once: to look through the neighbourhood for each record took twenty seconds for 20,000.
    """

    def is_told_twice(told: SQLColumnExpression[Any], *known: ColumnElement[bool]) -> ColumnElement[bool]:
        several = select(KeyIndividual.unit_id, told).join(KeyIndividual.unit).where(within(path), *known)
        several = several.where(KeyIndividual.stage.in_(_HERE)).group_by(KeyIndividual.unit_id, told)
        return tuple_(KeyIndividual.unit_id, told).in_(several.having(func.count() > itself).correlate(None))

    return or_(
        is_told_twice(KeyIndividual.phone, KeyIndividual.phone.is_not(None)),
        is_told_twice(KeyIndividual.email, KeyIndividual.email.is_not(None)),
        is_told_twice(func.lower(KeyIndividual.name)),
    )


def individuals_under(
    session: Session, path: str, asked: Asked, *, today: date, page: Page, sorting: Sorting = OWN_ORDER
) -> Part[KeyIndividual]:
    """One page of the key individuals of neighbourhoods at or under `path`, whole: those whom nobody has met
    for longest come first. Four statements at most.
    """
    statement = select(KeyIndividual.id).join(KeyIndividual.unit).where(within(path))
    statement = statement.where(*_conditions(asked, path, today)).order_by(
        *sorted_by(sorting, SORTABLE), KeyIndividual.quiet_since, KeyIndividual.id
    )
    find = found_and_paged if asked.attention is Attention.TWICE else paged
    part = find(session, statement, page, sorting)
    return part.of(individuals_listed(session, [key for (key,) in part.rows]))


def individuals_listed(session: Session, keys: Sequence[int]) -> list[KeyIndividual]:
    """The key individuals of these keys, in their order, with what a list shows. Two statements."""
    asked = loaded_with(KeyIndividual, KeyIndividual.unit).options(selectinload(KeyIndividual.communities))
    found = {each.id: each for each in found_by(session, asked, KeyIndividual.id, keys)}
    return [found[key] for key in keys]


def individual_in(session: Session, unit: Unit, individual_id: int) -> KeyIndividual | None:
    """The key individual of this key, whole, when they are of the neighbourhood itself; the record that goes
    on where theirs was merged into it.
    """
    key = select(func.coalesce(KeyIndividual.merged_into_id, KeyIndividual.id))
    asked = whole().where(KeyIndividual.id == key.where(KeyIndividual.id == individual_id).scalar_subquery())
    asked = asked.options(
        joinedload(KeyIndividual.basis_by),
        joinedload(KeyIndividual.recorded_by),
    )
    return session.scalar(asked.where(KeyIndividual.unit_id == unit.id))


def individual_keyed(session: Session, individual_id: int) -> KeyIndividual | None:
    """The key individual of this key, whole, or the record that goes on where theirs was merged into it.

    None for one that was erased.
    """
    if is_erased(session, PersonKey(KeyIndividual.__tablename__, individual_id)):
        return None
    key = select(func.coalesce(KeyIndividual.merged_into_id, KeyIndividual.id))
    asked = whole().where(KeyIndividual.id == key.where(KeyIndividual.id == individual_id).scalar_subquery())
    return session.scalar(asked)


def individuals_of(session: Session, references: Collection[str]) -> list[KeyIndividual]:
    """The key individuals of these references, whole."""
    return list(found_by(session, whole(), KeyIndividual.reference, references))


def network_under(session: Session, path: str | None) -> list[KeyIndividual]:
    """Who is in the network at or under `path` (everywhere, without one), whole, by neighbourhood."""
    asked = whole().where(KeyIndividual.stage == Stage.ACTIVE)
    if path is not None:
        asked = asked.where(within(path))
    return list(session.scalars(asked.order_by(Unit.path, KeyIndividual.id)))


def communities_spoken_for(session: Session, path: str) -> list[tuple[str, str]]:
    """The communities at or under `path` that somebody can speak for: as they are compared, and by name."""
    key = func.lower(Community.name)
    asked = select(key, func.min(Community.name)).join(Unit, Unit.id == Community.unit_id)
    asked = asked.where(within(path), Community.id.in_(select(SpokenFor.community_id)))
    return [(each, name) for each, name in session.execute(asked.group_by(key).order_by(key))]


@dataclass(frozen=True, slots=True)
class Choice:
    """A key individual whom a form may name."""

    id: int
    name: str
    organisation: str | None
    unit_id: int

    @property
    def words(self) -> str:
        """As a choice says it: "Ann Example, Corner Shop"."""
        return self.name if self.organisation is None else f"{self.name}, {self.organisation}"


def to_choose(session: Session, path: str) -> list[Choice]:
    """Who is in the network of neighbourhoods at or under `path`, by name. One statement.

    Names: only for whoever keeps key individuals there.
    """
    asked = select(KeyIndividual.id, KeyIndividual.name, KeyIndividual.organisation, KeyIndividual.unit_id)
    asked = asked.join(KeyIndividual.unit).where(within(path), KeyIndividual.stage == Stage.ACTIVE)
    return [Choice(*row) for row in session.execute(asked.order_by(KeyIndividual.name, KeyIndividual.id))]


def chosen(session: Session, path: str, individual_id: int) -> KeyIndividual | None:
    """The key individual of this key in the network of a neighbourhood at or under `path`."""
    asked = select(KeyIndividual).join(KeyIndividual.unit).where(within(path))
    return session.scalar(asked.where(KeyIndividual.id == individual_id, KeyIndividual.stage == Stage.ACTIVE))


@dataclass(frozen=True, slots=True)
class SoughtLine:
    """A key individual as they are searched for."""

    id: int
    name: str
    organisation: str | None
    code: str
    unit_name: str


def individuals_sought(session: Session, path: str, sought: Sought) -> Iterator[SoughtLine]:
    """Who at or under `path` is found by name or organisation, unless they have left."""
    words = KeyIndividual.name + " " + func.coalesce(KeyIndividual.organisation, "")
    asked = select(KeyIndividual.id, KeyIndividual.name, KeyIndividual.organisation, Unit.code, Unit.name)
    asked = asked.join(KeyIndividual.unit).where(within(path), KeyIndividual.stage.in_(_HERE))
    for row in session.execute(asked.where(may_fit(sought, words)).order_by(KeyIndividual.name)):
        line = SoughtLine(*row)
        if sought.fits(f"{line.name} {line.organisation or ''}"):
            yield line


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records of a unit somebody has to look at."""

    not_seen: int
    to_review: int
    proposed: int


NOTHING_WAITS = Waiting(0, 0, 0)


def waiting_under(session: Session, path: str, today: date) -> Waiting:
    """How many at or under `path` have not been seen, are to be reviewed, and are proposed. One statement."""
    asked = select(
        func.count().filter(not_seen(today)),
        func.count().filter(to_review(today)),
        func.count().filter(KeyIndividual.stage == Stage.PROPOSED),
    )
    asked = asked.select_from(KeyIndividual).join(KeyIndividual.unit).where(within(path))
    return Waiting(*session.execute(asked).one())


def likely_same(
    session: Session,
    unit_id: int,
    *,
    name: str,
    phone: str | None,
    email: str | None,
    except_id: int | None = None,
) -> Sequence[KeyIndividual]:
    """Who of the neighbourhood, unless they have left, has the same phone, email or name. Whole."""
    same = [func.lower(KeyIndividual.name) == name.lower()]
    if phone is not None:
        same.append(KeyIndividual.phone == phone)
    if email is not None:
        same.append(KeyIndividual.email == email)
    asked = whole().where(KeyIndividual.unit_id == unit_id, KeyIndividual.stage.in_(_HERE), or_(*same))
    return session.scalars(asked.where(KeyIndividual.id != (except_id or 0)).order_by(KeyIndividual.id)).all()


def left_behind(session: Session, unit: Unit) -> list[KeyIndividual]:
    """Who of a closed neighbourhood waits for somebody to say where they belong now, whole, by name.

    Nobody while it is open, or where nobody took over from it.
    """
    if unit.closed_on is None or not successors(session, unit):
        return []
    asked = whole().where(KeyIndividual.unit_id == unit.id, KeyIndividual.stage.in_(_HERE))
    return list(session.scalars(asked.order_by(KeyIndividual.name, KeyIndividual.id)))


def units_with_left_behind(session: Session, path: str) -> list[Unit]:
    """The closed neighbourhoods at or under `path` with key individuals to carry over; see `left_behind`."""
    waiting = select(KeyIndividual.unit_id).where(KeyIndividual.stage.in_(_HERE))
    succeeded = select(Succession.predecessor_id)
    asked = select(Unit).where(within(path), Unit.closed_on.is_not(None), Unit.id.in_(succeeded))
    return list(session.scalars(asked.where(Unit.id.in_(waiting)).order_by(Unit.path)))
