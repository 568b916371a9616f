"""A problem as it is assessed, closed and scored on its pages, and what the figures show there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role, ShareLevel
from npt.accounts.actions import existing_account
from npt.api.actions import make_token
from npt.kit.stamps import Stamp
from npt.matters.queries import matter_referred
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.problems.models import Problem
from npt.problems.rules import MeasureKind, PlaceKind, Stage, Window
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, Owner, OwnerKind
from tests import make
from tests.measured import AFTER, BEFORE, NOW, problem, reached, spread
from tests.visiting import Visitor, plain, stop_the_clock

ASSESSED = {
    "was_done": "as-planned",
    "after_from": "1 8 2026",
    "after_to": "31 10 2026",
    "displacement": "None was seen",
    "cost_words": "40 hours",
    "lessons": "Ask the shops first",
    "outcome": "reduced",
    "is_involved": "no",
}
MARKS = {"scanning": "4", "analysis": "3", "response": "5", "assessment": "2", "words": "Ask who raised it"}


@pytest.fixture
def force(app: Flask, session: Session) -> Flask:
    """Team T1 with neighbourhood N1, an officer who owns its problems, a sergeant, and incidents to today."""
    team = make.team(session, code="T1")
    ann = make.member(session, name="Ann Bell", role=PolicingRole.CONSTABLE, team=team)
    make.account(session, role=Role.OFFICER, unit=team, email="officer@f.example", member=ann)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@f.example", name="Sam Hill")
    reached(session, make.neighbourhood(session, under=team, code="N1"))
    session.commit()
    stop_the_clock(app, NOW)
    return app


@pytest.fixture
def on_the_green(force: Flask, session: Session) -> str:
    """A problem at assessment whose incidents fell from 25 to 12."""
    return kept(session, measure=MeasureKind.INCIDENTS, counts=(25, 12))


def kept(
    session: Session,
    *,
    measure: MeasureKind = MeasureKind.COUNTS,
    counts: tuple[int, int] = (25, 12),
    stage: Stage = Stage.ASSESSMENT,
    after: Window | None = AFTER,
    elsewhere: str | None = None,
) -> str:
    """The address of a problem of T1 that Ann Bell owns, with these counts before and after."""
    team = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    owner = session.scalars(select(Member)).one()
    made = problem(
        session,
        team=team,
        owner=Owner(OwnerKind.MEMBER, owner.id),
        stage=stage,
        measure=measure,
        after=after,
    )
    if measure is MeasureKind.INCIDENTS:
        ground = session.scalars(select(Unit).where(Unit.code == "N1")).one()
        spread(session, ground, BEFORE, counts[0])
        spread(session, ground, AFTER, counts[1])
    elif made.response is not None:
        made.response.baseline_count, made.response.elsewhere_words = counts[0], elsewhere
        if made.assessment is not None:
            made.assessment.after_count = counts[1]
    address = f"/problems/{made.reference}"
    session.commit()
    return address


def page_of(visitor: Visitor, address: str) -> str:
    """A page in words."""
    return plain(visitor.open(address).text)


def test_before_the_response_the_page_says_how_far_the_count_has_to_fall(
    force: Flask, session: Session
) -> None:
    officer = Visitor(force, "officer@f.example")
    few = kept(session, counts=(5, 0), stage=Stage.RESPONSE, after=None)
    page = page_of(officer, few)
    assert "5 in 92 days, about 1.7 a month." in page
    assert "even none at all in as many days after could be chance" in page
    assert "you need 27 before: about 497 days at this rate" in page
    enough = kept(session, counts=(20, 0), stage=Stage.RESPONSE, after=None)
    assert "you need a fall to 8 or fewer to know that it fell" in page_of(officer, enough)


def test_the_response_form_offers_what_recorded_incidents_can_show(force: Flask, on_the_green: str) -> None:
    page = page_of(Visitor(force, "officer@f.example"), f"{on_the_green}/response")
    assert "183 days" in page
    assert "within 500 m" in page
    assert "12 or fewer after" in page


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((25, 12), ("0.48 (0.22 to 0.99), p 0.0470. Down 52%", "Fewer incidents")),
        ((9, 3), ("0.33 (0.06 to 1.34)", "No change is shown", "Fewer incidents, not shown by the figures")),
        ((5, 0), ("0.00 (0.00 to 1.09)", "zero is not proof")),
        ((0, 0), ("Nothing counted, so nothing can be said",)),
        ((0, 7), ("no ratio (1.44 to no upper end)", "Up from none")),
    ],
)
def test_what_the_figures_show_is_said_with_its_interval(
    force: Flask, session: Session, counts: tuple[int, int], words: tuple[str, ...]
) -> None:
    address = kept(session, counts=counts)
    officer = Visitor(force, "officer@f.example")
    answer = officer.send(f"{address}/assessment", **ASSESSED, after_count=str(counts[1]))
    assert answer.status_code == 303, plain(answer.text)
    page = page_of(officer, address)
    for each in words:
        assert each in page


@pytest.mark.parametrize("level", ShareLevel)
def test_a_partner_sees_the_figures_of_what_is_shared_in_full_and_nothing_of_abstraction(
    force: Flask, session: Session, on_the_green: str, level: ShareLevel
) -> None:
    matter = matter_referred(session, on_the_green.rpartition("/")[2])
    assert matter is not None
    session.scalars(select(Problem)).one().place_kind = PlaceKind.GREEN
    council = make.agency(session, code="COUNCIL")
    account = make.account(session, role=Role.PARTNER, unit=matter.unit, email="partner@council.example")
    make.partner(session, account, agency=council)
    make.share(session, matter=matter, agency=council, level=level, now=NOW - timedelta(hours=1))
    session.commit()
    page = page_of(Visitor(force, "partner@council.example"), on_the_green)
    assert "Kind of place Park, green or play area" in page
    assert ("0.48 (0.22 to 0.99)" in page) is (level is ShareLevel.FULL)
    for kept_back in ("abstraction", "Names and tactics", "Fill in the assessment", "Score"):
        assert kept_back not in page


def test_an_area_ten_times_as_large_gives_the_ratio_of_ratios_and_no_number(
    force: Flask, session: Session
) -> None:
    address = kept(session, counts=(20, 10), elsewhere="the whole county")
    officer = Visitor(force, "officer@f.example")
    counts = {"after_count": "10", "elsewhere_before": "400", "elsewhere_after": "380"}
    officer.send(f"{address}/assessment", **ASSESSED, **counts)
    page = page_of(officer, address)
    assert "Against the whole county: 0.53 (0.24 to 1.14) times the change there." in page
    assert "areas so unlike in size cannot be set against each other" in page


def test_windows_that_overlap_are_refused_beside_their_field_and_nothing_typed_is_lost(
    force: Flask, on_the_green: str
) -> None:
    officer = Visitor(force, "officer@f.example")
    address = f"{on_the_green}/assessment"
    answer = officer.send(address, **{**ASSESSED, "after_from": "31 5 2026"})
    assert answer.status_code == 422
    assert "a day cannot count both before and after" in plain(answer.text)
    assert "Ask the shops first" in answer.text


def test_a_problem_is_closed_with_what_came_of_it_and_looked_at_again(
    force: Flask, on_the_green: str
) -> None:
    officer = Visitor(force, "officer@f.example")
    address = on_the_green
    assert "Missing before it can be closed" in plain(officer.open(f"{address}/close").text)
    officer.send(f"{address}/assessment", **ASSESSED)
    late = Visitor(force, "sergeant@f.example")
    late.open(f"{address}/close")
    assert officer.send(f"{address}/close").status_code == 303
    page = page_of(officer, on_the_green)
    assert "What came of it Fewer incidents" in page
    assert "Look again, 30 days after it was closed" in page
    assert "Look again, 90 days after it was closed" in page
    told = late.fill(f"{address}/close")
    assert told.status_code == 200
    assert "It is closed, since 30 November 2026" in plain(told.text)


def test_figures_that_changed_after_the_page_was_opened_are_seen_before_a_problem_is_closed(
    force: Flask, session: Session, on_the_green: str
) -> None:
    officer, address = Visitor(force, "officer@f.example"), f"{on_the_green}/close"
    officer.send(f"{on_the_green}/assessment", **ASSESSED)
    assert "will read: Fewer incidents ." in plain(officer.open(address).text)
    spread(session, session.scalars(select(Unit).where(Unit.code == "N1")).one(), AFTER, 10)
    session.commit()
    told = plain(officer.fill(address).text)
    assert "look at it as it is now" in told
    assert "will read: Fewer incidents, not shown by the figures" in told
    assert officer.send(address).status_code == 303


def test_figures_counted_otherwise_after_closing_stand_beside_those_kept(
    force: Flask, session: Session, on_the_green: str
) -> None:
    officer = Visitor(force, "officer@f.example")
    address = on_the_green
    officer.send(f"{address}/assessment", **ASSESSED)
    officer.send(f"{address}/close")
    spread(session, session.scalars(select(Unit).where(Unit.code == "N1")).one(), AFTER, 5)
    session.commit()
    page = page_of(officer, on_the_green)
    assert "Kept when it was closed: 25, then 12. Counted again today: 25, then 17." in page
    officer.send(f"{address}/stage", stage="assessment", reason="They are back")
    assert "Kept when it was closed" not in page_of(officer, on_the_green)


def test_a_record_is_scored_with_words_and_never_by_its_owner(force: Flask, on_the_green: str) -> None:
    address = f"{on_the_green}/score"
    sergeant = Visitor(force, "sergeant@f.example")
    assert sergeant.send(address, **MARKS).status_code == 303
    page = page_of(sergeant, on_the_green)
    assert "19 of 30 , Sam Hill" in page
    assert "3 of 5: all three sides looked at" in page
    assert "Ask who raised it" in page
    assert Visitor(force, "officer@f.example").open(address).status_code in (403, 404)


def test_what_went_on_meanwhile_names_no_cause(force: Flask, on_the_green: str) -> None:
    page = page_of(Visitor(force, "officer@f.example"), on_the_green)
    assert "no duty of Team T1 is recorded, so nobody knows what it lost to abstraction" in page
    assert "Nothing here says that one caused the other." in page
    assert "because" not in page


def test_the_day_shows_the_work_that_waited_while_its_owner_was_taken_off(
    app: Flask, session: Session
) -> None:
    stop_the_clock(app, datetime(2026, 11, 16, 9, 0, tzinfo=UTC))
    team = make.team(session, code="T1")
    ann = make.member(session, name="Ann Bell", role=PolicingRole.CONSTABLE, team=team)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@f.example")
    make.away(session, shift=make.shift(session, member=ann))
    facts = ActionFacts("Mend the gate", Owner(OwnerKind.MEMBER, ann.id), date(2026, 11, 16))
    stamp = Stamp(None, datetime(2026, 11, 10, 9, 0, tzinfo=UTC))
    set_action(session, stamp=stamp, today=date(2026, 11, 10), unit=team, facts=facts)
    session.commit()
    sergeant = Visitor(app, "sergeant@f.example")
    page = plain(sergeant.open("/teams/T1/day/2026-11-16").text)
    assert "Work that waited" in page
    assert "Mend the gate due 16 November 2026" in page
    month = plain(sergeant.open("/units/T1/months/2026-11").text)
    assert "1 action waited in 1 abstracted shift: 1.0 a shift." in month


def test_programs_are_told_what_the_page_says(force: Flask, session: Session) -> None:
    address = kept(session, counts=(207, 110), elsewhere="the next town")
    officer = Visitor(force, "officer@f.example")
    counts = {
        "after_count": "110",
        "elsewhere_before": "308",
        "elsewhere_after": "318",
        "buffer_before": "178",
        "buffer_after": "157",
        "buffer_elsewhere_before": "150",
        "buffer_elsewhere_after": "140",
    }
    officer.send(f"{address}/assessment", **ASSESSED, **counts)
    page = page_of(officer, address)
    assert "Against the next town: 0.51 (0.39 to 0.68) times the change there. The change here is not" in page
    assert "118 fewer than the next town foretells, 95% interval -196 to -40." in page
    token = make_token(session, existing_account(session, "officer@f.example"), "figures", now=NOW)
    session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    one = force.test_client().get(f"/api/v1{address}", headers=headers).get_json()
    listed = force.test_client().get("/api/v1/problems?unit=T1", headers=headers).get_json()["rows"]
    told = one.pop("figures")
    assert [one] == listed
    assert told["before"] == {"from": "2026-03-01", "to": "2026-05-31", "count": 207}
    assert (one["outcome"], told["bearing"], told["counted"]) == ("reduced", "shown", False)
    assert told["change"]["elsewhere"]["ratio"] == "0.5147"
    assert told["change"]["elsewhere"]["prevented"] == {
        "difference": -118,
        "variance": 1568,
        "z": "-2.980",
        "low": "-195.61",
        "high": "-40.39",
    }
