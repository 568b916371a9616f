"""Verdicts on abstraction: the latest holds, and to take one back is to have the one before."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from npt.counting.queries import definition_coded, records_behind
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.stamps import Stamp
from npt.people.rules import PolicingRole
from npt.reporting.actions import Seen, StaleReview, review_abstraction, undo_review
from npt.reporting.models import Review
from npt.reporting.queries import (
    Judged,
    Judgement,
    judgements,
    lines_of,
    loss_counts,
    losses_page,
    review_page,
)
from npt.reporting.rules import Verdict
from npt.shifts.actions import CannotUndo, Lost, NothingChosen, keep_loss
from npt.shifts.rules import LossKind, ReasonKind, WordsMissing
from tests.records.desk import DAY, NOW, Desk, at, sit_down

OFFICERS = (PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE)
AVOIDABLE, APPROPRIATE = Verdict.AVOIDABLE, Verdict.APPROPRIATE


@pytest.fixture
def desk(session: Session) -> Desk:
    """Response of an hour for each of three constables, and court, which does not count, for one of them."""
    desk = sit_down(session)
    desk.record(*(desk.entry("15:00", "16:00", number) for number in range(3)))
    desk.record(desk.entry("18:00", "19:00"), reason="court")
    return desk


def keys(desk: Desk, reason: str = "response") -> list[int]:
    return [away.id for shift in desk.grid().shifts for away in shift.away if away.reason_code == reason]


def seen(desk: Desk, *away_ids: int) -> Mapping[int, Seen]:
    lines = lines_of(desk.session, desk.team.path, away_ids)
    return {key: Seen(line.record.version, line.turn) for key, line in lines.items()}


def review(
    desk: Desk,
    verdict: Verdict | None,
    *away_ids: int,
    why: str | None = "Could have waited",
    as_seen: Mapping[int, Seen] | None = None,
) -> Review:
    return review_abstraction(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        unit=desk.team,
        verdict=verdict,
        why=why,
        seen=seen(desk, *away_ids) if as_seen is None else as_seen,
    )


def counts(desk: Desk) -> dict[Verdict | None, Judgement]:
    definition = definition_coded(desk.session, DEFAULT_DEFINITION)
    assert definition is not None
    return judgements(desk.session, desk.team.path, DAY, DAY, roles=OFFICERS, definition=definition)


def test_what_nobody_reviewed_is_its_own_figure_and_all_of_them_make_the_numerator(desk: Desk) -> None:
    first, second, _ = keys(desk)
    review(desk, AVOIDABLE, first)
    review(desk, APPROPRIATE, second, why=None)
    found = counts(desk)
    assert found == {
        APPROPRIATE: Judgement(1, 60),
        AVOIDABLE: Judgement(1, 60),
        None: Judgement(1, 60),
    }
    definition = definition_coded(desk.session, DEFAULT_DEFINITION)
    behind = records_behind(
        desk.session,
        desk.team.path,
        DAY,
        DAY,
        roles=OFFICERS,
        kind=ReasonKind.ABSTRACTION,
        counted_under=definition,
    )
    assert (behind.total, behind.minutes) == (
        sum(each.records for each in found.values()),
        sum(each.minutes for each in found.values()),
    )


def test_every_count_opens_as_many_records(desk: Desk) -> None:
    review(desk, AVOIDABLE, *keys(desk)[:2])
    definition = definition_coded(desk.session, DEFAULT_DEFINITION)
    assert definition is not None
    for judged, number in (
        (Judged.ALL, 3),
        (Judged.AVOIDABLE, 2),
        (Judged.APPROPRIATE, 0),
        (Judged.NOT_REVIEWED, 1),
    ):
        page = review_page(
            desk.session, desk.team.path, DAY, DAY, roles=OFFICERS, definition=definition, judged=judged
        )
        assert (page.total, len(page.lines)) == (number, number)


def test_a_review_says_who_and_why(desk: Desk) -> None:
    (key, *_) = keys(desk)
    review(desk, AVOIDABLE, key)
    line = lines_of(desk.session, desk.team.path, [key])[key]
    assert (line.verdict, line.why, line.by_name, line.reviewed_at) == (
        AVOIDABLE,
        "Could have waited",
        desk.by.name,
        NOW,
    )


def test_the_latest_verdict_holds_and_taking_it_back_restores_the_one_before(desk: Desk) -> None:
    (key, *_) = keys(desk)
    review(desk, AVOIDABLE, key)
    later = review(desk, APPROPRIATE, key)
    assert counts(desk)[APPROPRIATE].records == 1
    undo_review(desk.session, now=NOW, unit=desk.team, review_id=later.id)
    assert counts(desk)[AVOIDABLE].records == 1


def test_a_review_that_was_overtaken_is_not_taken_back(desk: Desk) -> None:
    (key, *_) = keys(desk)
    first = review(desk, AVOIDABLE, key)
    review(desk, None, key, why=None)
    with pytest.raises(CannotUndo, match="reviewed again since"):
        undo_review(desk.session, now=NOW, unit=desk.team, review_id=first.id)
    assert counts(desk)[None].records == 3


def test_a_review_is_not_taken_back_twice(desk: Desk) -> None:
    made = review(desk, AVOIDABLE, *keys(desk))
    undo_review(desk.session, now=NOW, unit=desk.team, review_id=made.id)
    with pytest.raises(CannotUndo):
        undo_review(desk.session, now=NOW, unit=desk.team, review_id=made.id)


def test_what_somebody_else_reviewed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    first, second, _ = keys(desk)
    as_seen = seen(desk, first, second)
    review(desk, APPROPRIATE, second)
    with pytest.raises(StaleReview):
        review(desk, AVOIDABLE, as_seen=as_seen)
    assert counts(desk)[AVOIDABLE].records == 0


def test_what_was_corrected_meanwhile_is_not_judged(desk: Desk) -> None:
    (key, *_) = keys(desk)
    as_seen = seen(desk, key)
    desk.correct(desk.grid().shifts[0].away[0], "15:00", "15:30")
    with pytest.raises(StaleReview):
        review(desk, AVOIDABLE, as_seen=as_seen)


def test_avoidable_needs_to_say_how_and_nothing_is_nothing(desk: Desk) -> None:
    with pytest.raises(WordsMissing):
        review(desk, AVOIDABLE, *keys(desk), why=" ")
    with pytest.raises(NothingChosen):
        review(desk, APPROPRIATE, as_seen={})


def test_an_abstraction_corrected_to_another_reason_was_never_reviewed(desk: Desk) -> None:
    (key, *_) = keys(desk)
    review(desk, AVOIDABLE, key)
    act = desk.correct(desk.grid().shifts[0].away[0], "15:00", "16:00", reason="custody")
    assert counts(desk)[AVOIDABLE].records == 0
    desk.undo(act)
    assert counts(desk)[AVOIDABLE].records == 1


def test_a_removal_taken_back_brings_the_verdict_and_the_loss_back(desk: Desk) -> None:
    (key, *_) = keys(desk)
    review(desk, AVOIDABLE, key)
    keep_loss(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        member_id=desk.shifts[0].member_id,
        starts=at("15:00"),
        lost=Lost(LossKind.SURGERY, "Bury Park"),
    )
    act = desk.remove(desk.grid().shifts[0].away[0])
    assert (counts(desk)[AVOIDABLE].records, lost(desk)) == (0, 0)
    desk.undo(act)
    assert (counts(desk)[AVOIDABLE].records, lost(desk)) == (1, 1)


def lost(desk: Desk) -> int:
    return sum(loss_counts(desk.session, desk.team.path, DAY, DAY).values())


def test_a_loss_follows_the_abstraction_to_another_start_and_back(desk: Desk) -> None:
    keep_loss(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        member_id=desk.shifts[0].member_id,
        starts=at("15:00"),
        lost=Lost(LossKind.VISIT),
    )
    act = desk.correct(desk.grid().shifts[0].away[0], "15:30", "16:00")
    assert lost(desk) == 1
    desk.undo(act)
    assert lost(desk) == 1


def test_every_count_of_losses_opens_as_many_of_them(desk: Desk) -> None:
    for number, kind in enumerate((LossKind.PATROL, LossKind.PATROL, LossKind.SURGERY)):
        keep_loss(
            desk.session,
            stamp=Stamp(desk.by.id, NOW),
            member_id=desk.shifts[number].member_id,
            starts=at("15:00"),
            lost=Lost(kind),
        )
    for kind in LossKind:
        page = losses_page(desk.session, desk.team.path, DAY, DAY, kind=kind)
        assert len(page.records) == page.total == page.counts[kind]
    assert losses_page(desk.session, desk.team.path, DAY, DAY).total == 3
