"""Questions about monthly reviews."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from npt.accounts.models import Account
from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.matters.models import Matter
from npt.measures.queries.asked import Asked
from npt.measures.queries.registry import BY_CODE, figures_of
from npt.measures.queries.targets import targets_of
from npt.measures.rules import At, Figure, Measure, SignedFigure
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.reviews.models import MonthlyReview, ReviewComment
from npt.reviews.rules import Below, Ranked, Reading, ranked, reading_of
from npt.seals.models import Seal
from npt.seals.queries import signed_figures
from npt.seals.queries.signed import Key
from npt.signals.models import LimitsRebase
from npt.signals.queries import rebases_of, series_of, since_of
from npt.signals.rules import MONTHS_BEFORE, drawn_for
from npt.work.queries import ActionLine, actions_of_matter


@dataclass(frozen=True, slots=True)
class MonthRead:
    """The figures of a unit's month: each measure with its months, and the units below in their order."""

    unit: Unit
    month: Month
    asked: Asked
    #: by the code of each measure, as the records give them
    figures: Mapping[str, Mapping[At, Figure]]
    readings: Sequence[Reading]
    children: Sequence[Unit]
    #: by the code of each measure
    rankings: Mapping[str, Sequence[Ranked]]
    rebases: Mapping[str, LimitsRebase]
    #: what was signed off, of the unit and of those below: by measure, path and month
    signed: Mapping[Key, SignedFigure]

    def restated(self, measure: Measure, path: str, month: Month, now: Figure) -> Figure | None:
        """The figure that was signed off, where the records give another one since; else None."""
        found = self.signed.get((measure.code, path, month))
        return None if found is None or not found.is_restated_by(now) else found.figure


def month_read(
    session: Session, unit: Unit, month: Month, *, definition: DatedDefinition, today: date
) -> MonthRead:
    """The figures of a unit's month, of the twelve before it, and of the units below.

    A number of statements that depends on no figure.
    """
    # Nobody is posted to a neighbourhood: its figures are those of its team.
    below = [] if unit.level is Level.TEAM else children(session, unit, month=month)
    asked = Asked([unit, *below], month.plus(-MONTHS_BEFORE), month, definition, today)
    figures = figures_of(session, asked)
    targets = targets_of(session, unit.path)
    rebases = rebases_of(session, asked.units, month)
    signed = signed_figures(session, asked.units, asked.first, month)
    readings, rankings = [], {}
    for code, found in figures.items():
        measure = BY_CODE[code]
        if unit.level not in measure.levels:
            continue
        of = _as_seen(measure, found, signed)
        series = series_of(of, unit.path)
        drawn = drawn_for(series, month, since_of(rebases.get((unit.id, code))))
        readings.append(reading_of(measure, month, series, targets.in_month(measure, unit, month), drawn))
        compared = [each for each in below if each.level in measure.levels]
        rankings[code] = ranked(measure, month, [_below(each, of, rebases, code) for each in compared])
    own = {code: rebase for (unit_id, code), rebase in rebases.items() if unit_id == unit.id}
    return MonthRead(unit, month, asked, figures, readings, below, rankings, own, signed)


def _as_seen(
    measure: Measure, figures: Mapping[At, Figure], signed: Mapping[Key, SignedFigure]
) -> Mapping[At, Figure]:
    """The figures; of a measure that history cannot give again, as seen when the month was signed."""
    if measure.is_recomputable:
        return figures
    own = ((path, month, each) for (code, path, month), each in signed.items() if code == measure.code)
    seen = {(path, month): each.figure for path, month, each in own}
    return {**figures, **seen}


def _below(
    unit: Unit, figures: Mapping[At, Figure], rebases: Mapping[tuple[int, str], LimitsRebase], code: str
) -> Below:
    return Below(unit.path, series_of(figures, unit.path), since_of(rebases.get((unit.id, code))))


# What is said and done --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and who made it; None for the command line."""

    comment: ReviewComment
    who: str | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was said of a month, and the actions of the review before it."""

    review: MonthlyReview | None
    comments: Sequence[Said]
    #: the review of the month before
    before: MonthlyReview | None
    actions_before: Sequence[ActionLine]

    def said_of(self, measure: str | None) -> list[Said]:
        """The comments on a measure, or on the month as a whole."""
        return [each for each in self.comments if each.comment.measure == measure]


def reviews_in(session: Session, unit: Unit, months: Collection[Month]) -> dict[Month, MonthlyReview]:
    """The reviews of a unit's months, with their matters. One statement."""
    asked = (
        select(MonthlyReview)
        .join(MonthlyReview.matter)
        .join(Matter.unit)
        .options(contains_eager(MonthlyReview.matter).contains_eager(Matter.unit))
        .where(
            MonthlyReview.unit_id == unit.id,
            MonthlyReview.month_begins_on.in_([month.first for month in months]),
        )
    )
    return {each.month: each for each in session.scalars(asked)}


def reviewed(session: Session, unit: Unit, month: Month, *, today: date) -> Reviewed:
    """What was said of a unit's month, and the actions of the review before it. Three statements."""
    found = reviews_in(session, unit, [month, month.previous])
    review, before = found.get(month), found.get(month.previous)
    comments = [] if review is None else _comments(session, review)
    actions = [] if before is None else actions_of_matter(session, before.matter, today=today)
    return Reviewed(review, comments, before, actions)


def _comments(session: Session, review: MonthlyReview) -> list[Said]:
    asked = (
        select(ReviewComment, Account.name)
        .outerjoin(Account, Account.id == ReviewComment.account_id)
        .where(ReviewComment.review_id == review.id)
        .order_by(ReviewComment.id)
    )
    return [Said(comment, name) for comment, name in session.execute(asked)]


def names_of(session: Session, accounts: Collection[int]) -> dict[int, str]:
    """Who has these accounts. One statement, none without an account."""
    if not accounts:
        return {}
    asked = select(Account.id, Account.name).where(Account.id.in_(accounts))
    return {row.id: row.name for row in session.execute(asked)}


def last_said(session: Session, units: Collection[Unit], month: Month) -> dict[int, datetime]:
    """By the key of the unit, when something was last said of its month. One statement."""
    asked = (
        select(MonthlyReview.unit_id, ReviewComment.at)
        .join(ReviewComment, ReviewComment.review_id == MonthlyReview.id)
        .where(
            MonthlyReview.unit_id.in_([unit.id for unit in units]),
            MonthlyReview.month_begins_on == month.first,
        )
        .order_by(ReviewComment.id)
    )
    return {row.unit_id: row.at for row in session.execute(asked)}


def last_signed(session: Session, units: Collection[Unit], month: Month) -> dict[int, datetime]:
    """By the key of the unit, when its month was last signed off. One statement."""
    asked = select(Seal.unit_id, Seal.signed_at).where(
        Seal.unit_id.in_([unit.id for unit in units]), Seal.month_on == month.first
    )
    return {row.unit_id: row.signed_at for row in session.execute(asked.order_by(Seal.edition))}
