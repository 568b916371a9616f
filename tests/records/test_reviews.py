"""Reviews of months: what is read, said, done, and kept for good."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.months import Month
from npt.matters.models import Matter
from npt.measures.rules import Measure
from npt.organisation.models import Unit
from npt.reviews.actions import comment, open_review
from npt.reviews.models import MonthlyReview
from npt.reviews.queries import MonthRead, month_read, reviewed
from npt.reviews.rules import Reading, ReviewRefused, Why
from npt.signals.actions import rebase_limits
from npt.signals.rules import RebaseRefused
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, Owner, OwnerKind
from tests import make
from tests.records.sealed_month import NOW, OCTOBER, TODAY, SealedMonth, sealed_month

OFFICERS = "abstraction-officers"


@pytest.fixture
def october(session: Session) -> SealedMonth:
    return sealed_month(session)


def read(session: Session, unit: Unit, month: Month = OCTOBER, today: date = TODAY) -> MonthRead:
    session.flush()
    return month_read(session, unit, month, definition=default_definition(session), today=today)


def of(found: MonthRead, code: str = OFFICERS) -> Reading:
    return next(each for each in found.readings if each.measure.code == code)


def _on_duty(session: Session, unit: Unit, hours_away: int) -> None:
    """A confirmed late shift in October, so many hours of it taken off."""
    member = make.member(session, team=unit)
    shift = make.shift(session, member=member, starts="2026-10-12T14:00", ends="2026-10-12T22:00")
    make.away(
        session,
        shift=shift,
        starts="2026-10-12T14:00",
        ends=f"2026-10-12T{14 + hours_away}:00",
        reason="response",
    )
    make.confirmation(session, unit=unit, day=date(2026, 10, 12))


def test_the_force_rolls_up_sums_and_never_means(session: Session, october: SealedMonth) -> None:
    other = make.bcu(session, under=october.force, code="J")
    team = make.team(session, under=make.area(session, under=other, code="J1"), code="J11")
    _on_duty(session, team, 8)  # 100% of one shift, beside 2 hours of three
    found = of(read(session, october.force))
    assert (found.figure.counted, found.figure.of) == (600, 1920)
    assert found.whys == (Why.TARGET,)


def test_units_below_are_those_of_the_month_and_few_shifts_are_not_ranked(
    session: Session, october: SealedMonth
) -> None:
    make.area(session, under=october.bcu, code="C9", closed_on=date(2026, 9, 30))
    found = read(session, october.bcu)
    assert [each.code for each in found.children] == ["C1"]
    (ranked,) = found.rankings[OFFICERS]
    assert (ranked.rank, ranked.why_not) == (None, "Too few to rank: 3 shifts, and 30 are needed.")


def test_a_unit_that_closed_before_the_month_has_no_figure_and_says_why(
    session: Session, october: SealedMonth
) -> None:
    closed = make.bcu(session, under=october.force, code="X", closed_on=date(2026, 9, 30))
    found = of(read(session, closed))
    assert found.figure.why_unknown == "The unit was not open in the month."
    assert found.whys == (Why.UNKNOWN,)


def test_a_measure_whose_source_is_empty_is_not_known_and_never_nothing(
    session: Session, october: SealedMonth
) -> None:
    found = of(read(session, october.bcu), "abstraction-pcsos")
    assert found.figure.value is None
    assert found.drawn.why_none == "No limits: no month to draw them from, and 8 are needed."


def test_a_month_not_confirmed_is_told_and_not_judged_by_limits(
    session: Session, october: SealedMonth
) -> None:
    member = make.member(session, team=october.team)
    make.shift(session, member=member, starts="2026-10-20T14:00", ends="2026-10-20T22:00")
    found = of(read(session, october.bcu))
    assert (found.is_provisional, found.signals, found.whys) == (True, (), (Why.UNKNOWN,))


def test_a_comment_opens_the_review_once_and_is_kept_with_who_and_when(
    session: Session, october: SealedMonth
) -> None:
    for words, about in (("Quiet", None), ("Custody", OFFICERS)):
        comment(session, unit=october.bcu, month=OCTOBER, measure=about, words=words, stamp=october.stamp)
    found = reviewed(session, october.bcu, OCTOBER, today=TODAY)
    assert [each.comment.words for each in found.said_of(None)] == ["Quiet"]
    (said,) = found.said_of(OFFICERS)
    assert (said.comment.at, said.who is not None) == (NOW, True)
    assert session.scalar(select(func.count()).select_from(MonthlyReview)) == 1
    assert session.scalars(select(Matter.reference)).all() == ["REV-C-2026-10"]


@pytest.mark.parametrize(
    ("month", "measure", "words", "told"),
    [
        (OCTOBER, None, "  ", "write a comment"),
        (OCTOBER, "nothing-of-ours", "Said", "no such measure"),
        (Month(2026, 12), None, "Said", "has not begun"),
    ],
    ids=["nothing said", "no measure", "to come"],
)
def test_a_comment_that_says_nothing_or_is_of_nothing_is_refused(
    session: Session, october: SealedMonth, month: Month, measure: str | None, words: str, told: str
) -> None:
    with pytest.raises(ReviewRefused, match=told):
        comment(session, unit=october.bcu, month=month, measure=measure, words=words, stamp=october.stamp)


def test_actions_of_the_month_before_are_those_of_its_review(session: Session, october: SealedMonth) -> None:
    september = open_review(session, unit=october.bcu, month=OCTOBER.previous, stamp=october.stamp)
    set_action(
        session,
        stamp=october.stamp,
        today=TODAY,
        unit=october.bcu,
        matter=september.matter,
        facts=ActionFacts("Ask", Owner(OwnerKind.ACCOUNT, october.by), TODAY - timedelta(days=1)),
        may_be_past=True,
    )
    (line,) = reviewed(session, october.bcu, OCTOBER, today=TODAY).actions_before
    assert line.action.is_overdue(TODAY)


def rebased(session: Session, october: SealedMonth, starts: Month) -> None:
    rebase_limits(
        session,
        unit=october.bcu,
        measure=OFFICERS,
        starts=starts,
        reviewed=OCTOBER,
        reason="New shifts",
        stamp=october.stamp,
    )


def test_limits_drawn_anew_hold_for_later_months_alone_and_the_last_said_holds(
    session: Session, october: SealedMonth
) -> None:
    rebased(session, october, Month(2026, 6))
    assert of(read(session, october.bcu)).drawn.since == Month(2026, 6)
    assert of(read(session, october.bcu, Month(2026, 5))).drawn.since is None
    rebased(session, october, Month(2025, 1))  # taken back: from long before
    assert of(read(session, october.bcu)).drawn.since == Month(2025, 1)
    assert of(read(session, october.force)).drawn.since is None


def test_limits_are_not_drawn_anew_from_a_month_to_come(session: Session, october: SealedMonth) -> None:
    with pytest.raises(RebaseRefused):
        rebased(session, october, OCTOBER.next)


def test_a_figure_that_was_signed_off_and_corrected_since_is_told_with_both(
    session: Session, october: SealedMonth
) -> None:
    october.sign()
    measure: Measure = of(read(session, october.bcu)).measure
    figure = of(read(session, october.bcu)).figure
    assert read(session, october.bcu).restated(measure, october.bcu.path, OCTOBER, figure) is None
    october.correct()
    found = read(session, october.bcu)
    signed = found.restated(measure, october.bcu.path, OCTOBER, of(found).figure)
    assert (signed and signed.counted, of(found).figure.counted) == (120, 240)
