"""What managers say of abstraction at review: appropriate, avoidable, or nothing yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from npt.accounts.models import Account
from npt.counting.queries.definitions import DatedDefinition
from npt.counting.queries.records import counting_parts
from npt.kit.paging import FIRST_PAGE, Page
from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds, within
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.reporting.models import Review, Reviewed
from npt.reporting.queries.losses import in_shifts_of
from npt.reporting.rules import Verdict
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.queries.records import RECORD_COLUMNS, AwayRecord, record_of, with_its_shift
from npt.shifts.rules import ReasonKind
from npt.store.exchange import ExportOrder

#: Reviews of a unit that can be taken back where they are shown: the latest of them.
REVIEWS_OFFERED = 5


class Judged(Enum):
    """Which abstractions are listed, by what was said of them."""

    ALL = "all"
    NOT_REVIEWED = "not-reviewed"
    AVOIDABLE = "avoidable"
    APPROPRIATE = "appropriate"

    @property
    def wording(self) -> str:
        """The choice as a link."""
        return "All" if self is Judged.ALL else verdict_in_words(self.verdict)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is listed; None for all and for those that have none."""
        return Verdict(self.value) if self in (Judged.AVOIDABLE, Judged.APPROPRIATE) else None


def verdict_in_words(verdict: Verdict | None) -> str:
    """What was said of an abstraction."""
    return "Not reviewed" if verdict is None else verdict.wording


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many abstractions a verdict was given on, and their minutes together."""

    records: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """An abstraction with what was said of it; `review_id` 0 and no verdict while nobody has."""

    record: AwayRecord
    review_id: int
    verdict: Verdict | None
    why: str | None
    by_name: str | None
    reviewed_at: datetime | None

    @property
    def wording(self) -> str:
        """What was said: "Avoidable", or that nobody has."""
        return verdict_in_words(self.verdict)

    @property
    def turn(self) -> int:
        """What a form carries so that nothing newer is overwritten; never 0."""
        return self.review_id + 1


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of abstractions under review; `judgements` are of all of them."""

    judgements: Mapping[Verdict | None, Judgement]
    lines: tuple[ReviewLine, ...]
    total: int

    def listed_as(self, judged: Judged) -> Judgement:
        """How many abstractions a list holds, on all its pages, and their minutes together."""
        if judged is not Judged.ALL:
            return self.judgements[judged.verdict]
        every = self.judgements.values()
        return Judgement(sum(each.records for each in every), sum(each.minutes for each in every))


@dataclass(frozen=True, slots=True)
class ReviewAct:
    """A review that can be taken back: its verdict, on how many."""

    id: int
    verdict: Verdict | None
    records: int
    by_name: str
    reviewed_at: datetime

    @property
    def wording(self) -> str:
        """What was said."""
        return verdict_in_words(self.verdict)


_Holding = aliased(Review)
#: The review that holds for an abstraction, its shift joined: the latest that was not taken back.
_LATEST = (
    select(func.max(Reviewed.review_id))
    .join(Review, Review.id == Reviewed.review_id)
    .where(
        Reviewed.member_id == Shift.member_id,
        Reviewed.starts_at == Away.starts_at,
        Reviewed.reason_id == Away.reason_id,
        Review.undone_at.is_(None),
    )
    .correlate(Shift, Away)
    .scalar_subquery()
)


def judgements(
    session: Session,
    path: str,
    first: date,
    last: date,
    *,
    roles: Collection[PolicingRole],
    definition: DatedDefinition,
) -> dict[Verdict | None, Judgement]:
    """What was said of the abstraction that counts under the definition, in shifts from `first` to `last`.

    Of the unit at `path` and all under it; under None what nobody has reviewed. Every verdict has its entry,
    and their sums are the records and minutes of the rate's numerator, absence apart. One statement.
    """
    found: dict[Verdict | None, Judgement] = dict.fromkeys([*Verdict, None], Judgement())
    parts = counting_parts(definition, first, last)
    for verdict, records, minutes in session.execute(_judged(len(parts)), _asked(path, roles, parts)):
        found[verdict] = Judgement(int(records), int(minutes))
    return found


@cache
def _judged(parts: int) -> Select[*tuple[Any, ...]]:
    """What `judgements` asks of a definition that counts in so many ways meanwhile; put together once."""
    return (
        _reviewed(select(_Holding.verdict, func.count(), func.sum(Away.minutes)))
        .where(*_conditions(parts))
        .group_by(_Holding.verdict)
    )


def review_page(
    session: Session,
    path: str,
    first: date,
    last: date,
    *,
    roles: Collection[PolicingRole],
    definition: DatedDefinition,
    judged: Judged = Judged.ALL,
    page: Page = FIRST_PAGE,
) -> ReviewPage:
    """The abstraction that `judgements` counts, narrowed to a verdict; in the order of days and times."""
    counts = judgements(session, path, first, last, roles=roles, definition=definition)
    parts = counting_parts(definition, first, last)
    conditions = _conditions(len(parts))
    if judged is not Judged.ALL:
        conditions.append(_Holding.verdict.is_not_distinct_from(judged.verdict))
    asked = (
        _lines()
        .where(*conditions)
        .order_by(Shift.on_date, Away.starts_at, Member.number, Away.id)
        .limit(page.size)
        .offset(page.offset)
    )
    listed = [counts[judged.verdict]] if judged is not Judged.ALL else list(counts.values())
    return ReviewPage(
        judgements=counts,
        lines=tuple(_line(row) for row in session.execute(asked, _asked(path, roles, parts))),
        total=sum(each.records for each in listed),
    )


def verdicts_asked(order: ExportOrder) -> Select[*tuple[Any, ...]]:
    """The abstractions with a verdict in the shifts of the order: the abstraction, what was said, and why."""
    time_away = (Unit.code, Member.number, Away.starts_at, Away.ends_at, Reason.code)
    asked = (
        _reviewed(select(*time_away, _Holding.verdict, _Holding.why))
        .join(Member, Member.id == Shift.member_id)
        .where(Reason.kind == ReasonKind.ABSTRACTION, _Holding.verdict.is_not(None))
        .order_by(Member.number, Away.starts_at)
    )
    return in_shifts_of(asked, order)


def lines_of(session: Session, path: str, away_ids: Collection[int]) -> dict[int, ReviewLine]:
    """These abstractions by key, at the unit at `path` and under it, with the review that holds for each."""
    asked = _lines().where(within(path), Reason.kind == ReasonKind.ABSTRACTION, Away.id.in_(away_ids))
    lines = [_line(row) for row in session.execute(asked)]
    return {line.record.id: line for line in lines}


def reviews_of(session: Session, unit: Unit) -> tuple[ReviewAct, ...]:
    """The latest reviews made on the pages of `unit` that were not taken back, latest first."""
    asked = (
        select(Review.id, Review.verdict, func.count(), Account.name, Review.reviewed_at)
        .join(Reviewed, Reviewed.review_id == Review.id)
        .join(Account, Account.id == Review.account_id)
        .where(Review.unit_id == unit.id, Review.undone_at.is_(None))
        .group_by(Review.id, Review.verdict, Account.name, Review.reviewed_at)
        .order_by(Review.id.desc())
        .limit(REVIEWS_OFFERED)
    )
    return tuple(ReviewAct(*row) for row in session.execute(asked))


def _reviewed(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Time away with its shift, unit and reason, and the review that holds for it."""
    return with_its_shift(asked.select_from(Away)).outerjoin(_Holding, _Holding.id == _LATEST)


def _lines() -> Select[*tuple[Any, ...]]:
    said = (_Holding.verdict, _Holding.why, Account.name, _Holding.reviewed_at)
    return (
        _reviewed(select(*RECORD_COLUMNS, func.coalesce(_Holding.id, 0), *said))
        .join(Member, Member.id == Shift.member_id)
        .outerjoin(Account, Account.id == _Holding.account_id)
    )


def _line(row: Row[*tuple[Any, ...]]) -> ReviewLine:
    width = len(RECORD_COLUMNS)
    return ReviewLine(record_of(row[:width]), *row[width:])


def _conditions(parts: int) -> list[ColumnElement[bool]]:
    """Abstraction that counts under a definition while it counts in so many ways; see `_asked`."""
    return [
        bound_within(),
        Shift.role.in_(bindparam("roles", expanding=True)),
        Reason.kind == ReasonKind.ABSTRACTION,
        or_(
            *(
                and_(
                    Shift.on_date.between(
                        bindparam(f"begins_{number}", type_=Date), bindparam(f"until_{number}", type_=Date)
                    ),
                    Reason.code.in_(bindparam(f"codes_{number}", expanding=True)),
                )
                for number in range(parts)
            )
        ),
    ]


def _asked(
    path: str, roles: Collection[PolicingRole], parts: Sequence[tuple[date, date, list[str]]]
) -> dict[str, Any]:
    """What `_conditions` are asked with."""
    asked: dict[str, Any] = {**path_bounds(path), "roles": list(roles)}
    for number, (begins, until, codes) in enumerate(parts):
        asked |= {f"begins_{number}": begins, f"until_{number}": until, f"codes_{number}": codes}
    return asked
