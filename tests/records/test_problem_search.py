"""The search over problems: the same on both engines, in step with what is written, within what one sees."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Role, Scope, ShareLevel, Viewer
from npt.kit.paging import FIRST_PAGE
from npt.kit.search_terms import fits, terms_of, terms_sought
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.problem_search.models import TermsDue
from npt.problem_search.queries import problems_found
from npt.problems.models import ProblemAnalysis, ProblemHypothesis, ProblemResponse, ProblemSensitive
from npt.problems.queries import Asked
from npt.problems.rules import Bearing, Outcome, PlaceKind, Stage
from tests import make

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)
EVERYTHING = Asked()
#: Finds problems by words, as a viewer.
Find = Callable[..., list[str]]


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1", under=make.area(session, under=make.bcu(session)))


def officer_of(unit: Unit) -> Viewer:
    return Viewer(1, "Officer", "officer@force.example", (Scope(Role.OFFICER, unit.path),))


@pytest.fixture
def find(session: Session, team: Unit) -> Find:
    def found(typed: str, *, viewer: Viewer | None = None, asked: Asked = EVERYTHING) -> list[str]:
        session.commit()
        answer = problems_found(
            session, viewer or officer_of(team), typed, asked, today=TODAY, now=NOW, page=FIRST_PAGE
        )
        assert answer.part.total == len(answer.part.rows)
        return sorted(line.title for line in answer.part.rows)

    return found


def test_a_problem_is_found_by_its_sentence_its_place_and_all_that_is_said_of_it(
    session: Session, team: Unit, find: Find
) -> None:
    problem = make.problem(session, unit=team, title="Mopeds raced", place="Market Square", harmed="Shoppers")
    session.add(ProblemAnalysis(problem_id=problem.id, offender="Riders from elsewhere"))
    session.add(ProblemHypothesis(problem_id=problem.id, words="The barrier is never shut"))
    session.add(ProblemResponse(problem_id=problem.id, objective="Half as many calls"))
    for words in ("moped", "market", "shopper", "rider barrier", "calling half", "race shut"):
        assert find(words) == ["Mopeds raced"], words
    assert find("moped lorry") == []


def test_what_is_changed_or_removed_is_found_as_it_is_now(session: Session, team: Unit, find: Find) -> None:
    problem = make.problem(session, unit=team, title="Fires in bins")
    said = ProblemHypothesis(problem_id=problem.id, words="Matches are sold to children")
    session.add(said)
    assert find("matches") == ["Fires in bins"]
    session.get_one(Matter, problem.matter_id).title = "Fires in skips"
    session.delete(said)
    assert (find("matches"), find("bins"), find("skip")) == ([], [], ["Fires in skips"])


def test_a_statement_that_goes_past_the_records_is_followed_too(
    session: Session, team: Unit, find: Find
) -> None:
    make.problem(session, unit=team, title="Lost")
    session.commit()
    session.execute(update(Matter).values(title="Found"))
    assert (find("lost"), find("found")) == ([], ["Found"])
    assert session.query(TermsDue).count() == 0


def test_names_and_tactics_are_never_in_the_search(session: Session, team: Unit, find: Find) -> None:
    problem = make.problem(session, unit=team)
    session.add(
        ProblemSensitive(problem_id=problem.id, people="Quentin Quill", tactics="Plain-clothes patrol")
    )
    assert find("quill") == find("patrol") == []


def test_nothing_outside_the_reach_of_the_reader_is_found_or_counted(
    session: Session, team: Unit, find: Find
) -> None:
    make.problem(session, unit=team, title="Ours")
    make.problem(session, unit=make.team(session, code="T2"), title="Theirs")
    assert find("people") == ["Ours"]
    nobody = Viewer(1, "", "", (Scope(Role.CALLTAKER, team.path),))
    assert not nobody.may(Permission.SEE_PROBLEMS)
    assert find("people", viewer=nobody) == find("", viewer=nobody) == []


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (ShareLevel.EXISTS, ""),
        (ShareLevel.SUMMARY, "title objective"),
        (ShareLevel.FULL, "title objective place"),
    ],
)
def test_a_partner_finds_a_problem_by_what_their_share_shows(
    session: Session, team: Unit, find: Find, level: ShareLevel, words: str
) -> None:
    agency = make.agency(session)
    problem = make.problem(session, unit=team, title="A title", place="A place")
    session.add(ProblemResponse(problem_id=problem.id, objective="An objective"))
    make.problem(session, unit=team, title="Another title, not shared")
    make.share(session, matter=problem.matter, agency=agency, level=level, now=NOW - timedelta(days=1))
    partner = Viewer(1, "", "", (Scope(Role.PARTNER, team.path),), agency_id=agency.id)
    other = Viewer(1, "", "", (Scope(Role.PARTNER, team.path),), agency_id=agency.id + 1)
    for word in ("title", "objective", "place"):
        assert find(word, viewer=partner) == (["A title"] if word in words else []), word
        assert find(word, viewer=other) == []
    assert find("", viewer=partner) == (["A title"] if words else [])


def test_a_search_is_narrowed_by_category_outcome_and_what_the_figures_show(
    session: Session, team: Unit, find: Find
) -> None:
    for title, bearing in (("One", Bearing.SHOWN), ("Two", Bearing.NOT_SHOWN)):
        make.problem(
            session, unit=team, stage=Stage.CLOSED, title=title, outcome=Outcome.REDUCED, bearing=bearing
        )
    make.problem(session, unit=team, title="Three", category="noise")
    assert find("people", asked=Asked(category="noise")) == ["Three"]
    assert find("people", asked=Asked(outcome=Outcome.REDUCED)) == ["One", "Two"]
    assert find("people", asked=Asked(bearing=Bearing.SHOWN)) == ["One"]


def test_a_search_is_narrowed_by_the_kind_of_place(session: Session, team: Unit, find: Find) -> None:
    for title, kind in (("One", PlaceKind.CAR_PARK), ("Two", PlaceKind.GREEN), ("Three", None)):
        make.problem(session, unit=team, title=title).place_kind = kind
    assert find("people", asked=Asked(place_kind=PlaceKind.CAR_PARK)) == ["One"]
    assert find("", asked=Asked(place_kind=PlaceKind.GREEN)) == ["Two"]


_WORDS = st.text(
    st.sampled_from("aeinrst 15-/'’.,\"*:()&|!^{}éßø£школ"), min_size=1, max_size=14
) | st.sampled_from(["AND", "OR NOT", "NEAR(a b)", "whole : x", "SW1A 1AA", "anti-social", "a:*", "\\", "'"])


def test_both_engines_find_what_our_own_words_fit_and_nothing_else(session: Session, team: Unit) -> None:
    """The same set on both by construction: each is held against the one rule."""
    problems = [make.problem(session, unit=team) for _ in range(4)]
    matters = [each.matter for each in problems]
    session.commit()
    viewer = officer_of(team)

    @given(st.lists(_WORDS, min_size=4, max_size=4), st.lists(_WORDS, min_size=1, max_size=3))
    @settings(
        max_examples=25,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    def hold(titles: list[str], asked: list[str]) -> None:
        for matter, title in zip(matters, titles, strict=True):
            matter.title = title
        session.commit()
        typed = " ".join(asked)
        sought = terms_sought(typed)
        expected = {
            each.id
            for each, title in zip(problems, titles, strict=True)
            if not sought or fits(sought, terms_of(f"{title} ; {each.place} ; {each.harmed}"))
        }
        found = problems_found(session, viewer, typed, Asked(), today=TODAY, now=NOW, page=FIRST_PAGE)
        assert {line.id for line in found.part.rows} == expected

    hold()
