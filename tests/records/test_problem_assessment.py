"""A problem is assessed, closed with its figures, opened again, and its record scored."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.outcomes.actions.assessment import AssessmentFacts, BadCounts, say_assessment
from npt.outcomes.actions.closing import close_problem, closing_of
from npt.outcomes.actions.scores import OwnRecord, score_problem
from npt.outcomes.queries.figures_shown import baselines_offered, shown_of
from npt.people.actions import link_account_to_member
from npt.people.models import Member
from npt.problems.actions import KeyedFacts, StartFacts, change_keyed, move_problem, say_response
from npt.problems.actions.kept import PAIRS
from npt.problems.actions.stages import ResponseFacts
from npt.problems.models import Problem
from npt.problems.queries import problem_of
from npt.problems.rules import (
    BadWindows,
    Bearing,
    Involvement,
    Marks,
    MeasureKind,
    NotReady,
    Outcome,
    Stage,
    StageRefused,
    Use,
    WasDone,
)
from npt.store.versions import StaleRecord
from npt.work.actions import move_action
from npt.work.models import Action, ActionMove
from npt.work.rules import ActionState, Owner, OwnerKind
from tests import make
from tests.measured import AFTER, BEFORE, MIDDLE, NOW, TODAY, incident, problem, reached, spread

STAMP = Stamp(None, NOW)
NOTHING: dict[str, tuple[int | None, int | None]] = dict.fromkeys(PAIRS, (None, None))
FACTS = AssessmentFacts(
    was_done=WasDone.AS_PLANNED,
    was_done_how=None,
    after_from=AFTER.first,
    after_to=AFTER.last,
    after_count=None,
    not_measured_why=None,
    pairs=NOTHING,
    displacement="None was seen",
    cost_pence=25_000,
    cost_words="40 hours and the gate",
    lessons="Ask the shops first",
    outcome=Outcome.REDUCED,
    involvement=Involvement(False),
)


@pytest.fixture
def units(session: Session) -> dict[str, Unit]:
    """Team T1 with neighbourhood N1, and T2 with N2."""
    team = make.team(session, code="T1")
    other = make.team(session, code="T2")
    return {
        "T1": team,
        "T2": other,
        "N1": make.neighbourhood(session, under=team, code="N1"),
        "N2": make.neighbourhood(session, under=other, code="N2"),
    }


@pytest.fixture
def member(session: Session, units: dict[str, Unit]) -> Member:
    """A constable of T1."""
    return make.member(session, team=units["T1"])


@pytest.fixture
def assessed(session: Session, units: dict[str, Unit], member: Member) -> Problem:
    """A problem at assessment: 25 incidents before, 12 after, and nothing said yet."""
    reached(session, units["N1"])
    spread(session, units["N1"], BEFORE, 25)
    spread(session, units["N1"], AFTER, 12)
    return at_assessment(session, units, member)


def at_assessment(
    session: Session, units: dict[str, Unit], member: Member, *, measure: MeasureKind = MeasureKind.INCIDENTS
) -> Problem:
    """A problem at assessment, without days after."""
    made = problem(
        session,
        team=units["T1"],
        owner=Owner(OwnerKind.MEMBER, member.id),
        stage=Stage.ASSESSMENT,
        measure=measure,
        after=None,
    )
    return loaded(session, made)


def loaded(session: Session, found: Problem) -> Problem:
    """The problem as it is now."""
    again = problem_of(session, found.matter_id)
    assert again is not None
    return again


def say(session: Session, found: Problem, version: int = 0, **changes: object) -> None:
    """Say what came of it, by these changes of what the tests say."""
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]  # the fields of the facts
    say_assessment(session, found, facts=facts, stamp=STAMP, expected_version=version)


def respond(session: Session, found: Problem, version: int = 1, **changes: object) -> None:
    """Say again how one will know that it worked, by these changes of what was said."""
    facts = ResponseFacts(
        objective="Fewer",
        measure=MeasureKind.INCIDENTS,
        measure_words=None,
        noticed_from=None,
        noticed_to=None,
        baseline_from=BEFORE.first,
        baseline_to=BEFORE.last,
        baseline_count=None,
        use=Use.CONTINUE,
        elsewhere_unit=None,
        elsewhere_words=None,
        involvement=Involvement(False),
    )
    say_response(
        session,
        found,
        facts=replace(facts, **changes),  # type: ignore[arg-type]  # the fields of the facts
        stamp=STAMP,
        expected_version=version,
    )


def close(session: Session, found: Problem) -> None:
    """Close it as it is seen now."""
    close_problem(session, found, stamp=STAMP, expected_version=found.version)


# Said -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "bearing"),
    [
        (Outcome.REDUCED, Bearing.SHOWN),
        (Outcome.NO_CHANGE, Bearing.NOT_SHOWN),
        (Outcome.WORSE, Bearing.NOT_SHOWN),
        (Outcome.PASSED_ON, Bearing.NOT_JUDGED),
        (None, None),
    ],
)
def test_an_outcome_is_judged_by_the_incidents(
    session: Session, assessed: Problem, outcome: Outcome | None, bearing: Bearing | None
) -> None:
    say(session, assessed, outcome=outcome)
    assert (assessed.outcome, assessed.bearing) == (outcome, bearing)


def test_days_after_that_overlap_those_of_before_are_refused(session: Session, assessed: Problem) -> None:
    with pytest.raises(BadWindows, match="overlap"):
        say(session, assessed, after_from=BEFORE.last)


def test_days_to_come_and_half_a_window_are_refused(session: Session, assessed: Problem) -> None:
    with pytest.raises(BadWindows, match="wait until then"):
        say(session, assessed, after_to=TODAY + timedelta(days=1))
    with pytest.raises(BadWindows, match="or neither") as refused:
        say(session, assessed, after_to=None)
    assert refused.value.field == "after_to"


def test_one_count_of_two_is_refused(session: Session, assessed: Problem) -> None:
    with pytest.raises(BadCounts, match="or neither") as refused:
        say(session, assessed, pairs={**NOTHING, "buffer_elsewhere": (3, None)})
    assert refused.value.field == "buffer_elsewhere_after"


def test_counts_of_an_area_that_nobody_named_are_refused(session: Session, assessed: Problem) -> None:
    with pytest.raises(BadCounts, match="names no area"):
        say(session, assessed, pairs={**NOTHING, "elsewhere": (20, 21)})


def test_what_somebody_else_has_said_meanwhile_is_not_overwritten(
    session: Session, assessed: Problem
) -> None:
    say(session, assessed)
    with pytest.raises(StaleRecord):
        say(session, assessed, version=0)


def test_entered_counts_are_kept_and_judged(session: Session, units: dict[str, Unit], member: Member) -> None:
    found = at_assessment(session, units, member, measure=MeasureKind.COUNTS)
    assert found.response is not None
    found.response.baseline_count = 200
    found.response.elsewhere_words = "The next town"
    say(
        session,
        found,
        after_count=100,
        pairs={**NOTHING, "elsewhere": (50, 25), "buffer": (1, 2)},
    )
    figures = shown_of(session, found).figures
    assert figures is not None
    assert figures.beside is not None
    assert round(float(figures.beside.ratio), 2) == 1
    assert figures.fewer is None
    assert found.bearing is Bearing.SHOWN


# Closed -----------------------------------------------------------------------------------------------------


def test_closing_keeps_the_figures_and_sets_the_owner_to_look_again(
    session: Session, units: dict[str, Unit], assessed: Problem
) -> None:
    say(session, assessed)
    close(session, assessed)
    assert (assessed.stage, assessed.closed_on, assessed.outcome_words) == (
        Stage.CLOSED,
        TODAY,
        "Fewer incidents",
    )
    dues = session.scalars(select(Action.due_on).where(Action.matter_id == assessed.matter_id)).all()
    assert sorted(dues) == [TODAY + timedelta(days=30), TODAY + timedelta(days=90)]
    assert not shown_of(session, assessed).is_otherwise_now
    spread(session, units["N1"], AFTER, 10)
    shown = shown_of(session, assessed)
    assert shown.is_otherwise_now
    assert shown.kept is not None
    assert shown.figures is not None
    assert (shown.kept.after.count, shown.figures.after.count) == (12, 22)
    assert shown.standing == shown.kept


def test_closing_judges_by_the_incidents_of_that_day(
    session: Session, units: dict[str, Unit], assessed: Problem
) -> None:
    say(session, assessed)
    spread(session, units["N1"], AFTER, 10)
    close(session, assessed)
    assert assessed.outcome_words == "Fewer incidents, not shown by the figures"


def test_a_problem_is_not_closed_while_anything_is_missing(session: Session, assessed: Problem) -> None:
    say(session, assessed, lessons=None, outcome=None)
    with pytest.raises(NotReady) as refused:
        close(session, assessed)
    assert [each.field for each in refused.value.lacks] == ["lessons", "outcome"]


def test_unknown_incidents_ask_why_there_is_no_count(
    session: Session, units: dict[str, Unit], member: Member
) -> None:
    reached(session, units["N1"], last=date(2026, 9, 1))
    found = at_assessment(session, units, member)
    say(session, found)
    with pytest.raises(NotReady) as refused:
        close(session, found)
    assert [each.field for each in refused.value.lacks] == ["not_measured_why"]
    say(session, found, version=1, not_measured_why="The file of autumn is not here")
    close(session, found)
    assert found.outcome_words == "Fewer incidents, not shown by the figures"


def test_of_two_who_close_it_at_once_one_is_told(session: Session, assessed: Problem) -> None:
    say(session, assessed)
    seen = assessed.version
    close(session, assessed)
    with pytest.raises(StaleRecord):
        close_problem(session, assessed, stamp=STAMP, expected_version=seen)
    with pytest.raises(StageRefused, match="at closed"):
        close(session, assessed)


def test_only_a_problem_at_assessment_is_closed_and_a_closed_one_stays_as_it_was_said(
    session: Session, assessed: Problem
) -> None:
    assessed.stage = Stage.RESPONSE
    session.flush()
    with pytest.raises(StageRefused, match="once it is at assessment"):
        close(session, assessed)
    assessed.stage = Stage.ASSESSMENT
    session.flush()
    say(session, assessed)
    close(session, assessed)
    with pytest.raises(StageRefused, match="opened again"):
        say(session, assessed, version=loaded(session, assessed).assessment.version)  # type: ignore[union-attr]  # said above


def test_the_count_before_of_a_closed_problem_stays_as_it_was_kept(
    session: Session, assessed: Problem
) -> None:
    say(session, assessed)
    close(session, assessed)
    response = loaded(session, assessed).response
    assert response is not None
    with pytest.raises(StageRefused, match="opened again"):
        respond(session, assessed, version=response.version)
    kept = shown_of(session, loaded(session, assessed)).kept
    assert kept is not None
    assert kept.before.count == 25


def test_the_days_before_never_reach_into_the_days_after(session: Session, assessed: Problem) -> None:
    say(session, assessed)
    earlier = BEFORE.first - timedelta(days=1)
    with pytest.raises(BadWindows, match="on the assessment") as refused:
        respond(session, assessed, noticed_from=earlier, noticed_to=earlier, baseline_to=AFTER.first)
    assert refused.value.field == "baseline_to"


def test_an_outcome_is_not_shown_by_figures_that_changed_until_it_is_judged_again(
    session: Session, assessed: Problem
) -> None:
    say(session, assessed)
    bearings = []
    for version, first in ((1, BEFORE.first), (2, BEFORE.last)):
        respond(session, assessed, version=version, baseline_from=first)
        bearings.append(assessed.bearing)
    assert bearings == [Bearing.SHOWN, Bearing.NOT_SHOWN]
    assert closing_of(session, assessed).outcome_words == "Fewer incidents, not shown by the figures"


def reopen(session: Session, found: Problem) -> None:
    """Open it again."""
    move_problem(
        session, found, stamp=STAMP, stage=Stage.ASSESSMENT, reason="They are back", expected_version=None
    )


def test_a_problem_opened_again_counts_anew(
    session: Session, units: dict[str, Unit], assessed: Problem
) -> None:
    say(session, assessed)
    close(session, assessed)
    reopen(session, assessed)
    assert assessed.closed_on is None
    incident(session, units["N1"], AFTER.last, times=3)
    shown = shown_of(session, assessed)
    assert shown.kept is None
    assert shown.counts.after == 15


def looks(session: Session, found: Problem) -> list[tuple[ActionState, date]]:
    """How far the actions to look again have come, and until when they are to be done."""
    asked = select(Action).where(Action.matter_id == found.matter_id).order_by(Action.id)
    return [(each.state, each.due_on) for each in session.scalars(asked)]


def test_looking_again_is_dropped_once_a_problem_is_opened_again_and_set_anew_when_it_closes(
    session: Session, assessed: Problem
) -> None:
    say(session, assessed)
    close(session, assessed)
    reopen(session, assessed)
    days = (TODAY + timedelta(days=30), TODAY + timedelta(days=90))
    dropped = [(ActionState.DROPPED, day) for day in days]
    assert looks(session, assessed) == dropped
    assert set(session.scalars(select(ActionMove.reason))) == {"It was opened again: They are back"}
    close(session, assessed)
    assert looks(session, assessed) == [*dropped, *((ActionState.PLANNED, day) for day in days)]


def test_looking_again_is_dropped_too_where_a_file_opens_an_old_record_again(
    session: Session, units: dict[str, Unit], assessed: Problem
) -> None:
    assessed.is_unproved = True
    say(session, assessed)
    close(session, assessed)
    start = StartFacts(
        units["T1"], assessed.title, assessed.category, assessed.place, assessed.noticed, assessed.harmed
    )
    facts = KeyedFacts(start, assessed.owner, Stage.ASSESSMENT, assessed.raised_on)
    change_keyed(session, assessed, facts=facts, stamp=STAMP)
    assert {state for state, _ in looks(session, assessed)} == {ActionState.DROPPED}


def test_looking_again_that_was_done_stays_done(session: Session, assessed: Problem) -> None:
    say(session, assessed)
    close(session, assessed)
    first = session.scalars(select(Action).order_by(Action.id)).first()
    assert first is not None
    done = ActionState.DONE
    move_action(session, first, stamp=STAMP, today=TODAY, state=done, expected_version=None)
    reopen(session, assessed)
    assert [state for state, _ in looks(session, assessed)] == [done, ActionState.DROPPED]


# Offered ----------------------------------------------------------------------------------------------------


def test_windows_and_ground_that_could_be_counted_before_are_offered(
    session: Session, units: dict[str, Unit], member: Member
) -> None:
    reached(session, units["N1"], first=date(2026, 1, 1))
    found = at_assessment(session, units, member)
    assert found.response is not None
    found.response.noticed_from, found.response.noticed_to = date(2026, 11, 1), TODAY
    spread(session, units["N1"], AFTER, 10)
    spread(session, units["N1"], AFTER, 10, metres_north=400)
    offered = [
        (each.window.days, each.radius, each.shows and (each.shows.before.count, each.shows.most_after))
        for each in baselines_offered(session, found)
    ]
    assert offered == [
        (92, 250, (10, 2)),
        (183, 250, (10, 2)),
        (365, 250, None),
        (92, 500, (20, 8)),
        (183, 500, (20, 8)),
        (365, 500, None),
    ]
    assert found.point == MIDDLE


# Scored -----------------------------------------------------------------------------------------------------


def test_a_record_is_scored_by_somebody_who_had_no_part_in_it(session: Session, assessed: Problem) -> None:
    scorer = make.account(session)
    score_problem(session, assessed, marks=Marks(4, 3, 5, 2), words=" ", stamp=Stamp(scorer.id, NOW))
    score_problem(session, assessed, marks=Marks(4, 4, 5, 2), words="Better", stamp=Stamp(scorer.id, NOW))
    assert [each.marks.total for each in loaded(session, assessed).scores] == [19, 21]


def test_neither_its_owner_nor_its_recorder_scores_a_record(
    session: Session, assessed: Problem, member: Member
) -> None:
    owner, recorder = make.account(session, email="o@x.example"), make.account(session, email="r@x.example")
    link_account_to_member(session, owner, member)
    assessed.recorded_by_id = recorder.id
    session.flush()
    for each in (owner, recorder):
        refuse_score(session, assessed, each)
    assessed.owner, assessed.recorded_by_id = Owner(OwnerKind.ACCOUNT, owner.id), None
    session.flush()
    refuse_score(session, assessed, owner)


def refuse_score(session: Session, found: Problem, account: Account) -> None:
    """Fail unless the account may not score the record."""
    with pytest.raises(OwnRecord):
        score_problem(session, found, marks=Marks(1, 1, 1, 1), words=None, stamp=Stamp(account.id, NOW))


def test_a_record_that_has_not_come_to_its_assessment_is_not_scored(
    session: Session, assessed: Problem
) -> None:
    assessed.stage = Stage.RESPONSE
    session.flush()
    with pytest.raises(StageRefused, match="once it has come"):
        score_problem(
            session,
            assessed,
            marks=Marks(1, 1, 1, 1),
            words=None,
            stamp=Stamp(make.account(session).id, NOW),
        )
