"""Measures say of today what the pages of their features say: nothing is counted in two ways."""

from sqlalchemy.orm import Session

from npt.engagement.queries import month_heard
from npt.kin.queries import kin_counts, network_mix, waiting_under
from npt.kin.rules import Status
from npt.kit.months import Month
from npt.measures.queries import registry
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole
from npt.priorities.queries import Sought, total_at
from npt.problems.queries import board_of
from npt.problems.rules import Stage
from npt.profiles.queries import kept_under
from npt.staffing.queries import cover_of, staffing_of
from npt.training.queries import programmes_of, training_of
from npt.training.rules import Stage as TrainingStage
from npt.webkit.extensions import db
from tests.house.visits import House
from tests.pages.furnished import TODAY
from tests.records.measured import asked_of


def test_measures_of_today_are_those_of_the_pages(house: House) -> None:
    with house.app.app_context():
        _agree(db.session())


def _agree(session: Session) -> None:
    force = unit_at(session, "HOME")
    assert force is not None
    month = Month.of(TODAY)
    figures = registry.figures_of(session, asked_of(session, force, month=month, today=TODAY))
    said = {
        code: (each[force.path, month].counted, each[force.path, month].of) for code, each in figures.items()
    }

    cover = cover_of(session, force, TODAY, away=lambda *_: {})
    assert said["neighbourhoods-with-a-contact"] == (sum(each.has_contact for each in cover), len(cover))

    kin = kin_counts(session, force, TODAY).statuses
    network = kin[Status.ACTIVE] + kin[Status.DORMANT]
    assert said["kin-met"] == (network - waiting_under(session, force.path, TODAY).not_seen, network)

    (mix,) = network_mix(session, force, TODAY)
    groups = len(mix.ground.groups)
    assert said["kin-communities"] == (groups - len(mix.nobody_for), groups)

    lists = total_at(session, force, TODAY)
    present = lists[Sought.PRESENT]
    assert said["priorities"] == (present, None)
    assert said["priorities-with-record"] == (present - lists[Sought.WITHOUT_RECORD], present)

    heard = month_heard(session, force, month, TODAY)
    assert said["contacts"] == (heard.contacts, None)
    assert said["patrols"] == (heard.patrol_minutes, None)
    assert said["five-a-day"] == (heard.sums.asked, heard.sums.expected)

    kept = kept_under(session, force, TODAY)
    assert said["profiles-in-date"] == (sum(not each.keeping.is_overdue for each in kept), len(kept))

    pcsos = staffing_of(session, force, TODAY, with_children=False).of(PolicingRole.PCSO)
    assert said["strength-pcsos"] == (int(pcsos.strength * 100), 100)

    trained = training_of(session, force, TODAY, programmes_of(session, force.path))
    needed = [each for one in trained.members for each in one.standings.values() if each.is_needed]
    verified = sum(each.has_reached(TrainingStage.VERIFIED) for each in needed)
    assert said["training-verified"] == (verified, len(needed))

    board = board_of(session, force.path, today=TODAY, most=5)
    for stage in (each for each in Stage if each.is_open):
        assert said[f"problems-{stage.value}"] == (board[stage].total, None)
