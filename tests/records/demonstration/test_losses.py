"""The demonstration force has lost something by abstraction, and its manager has judged most of a month."""

from sqlalchemy import func, select

from npt.counting.queries import definition_coded
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.people.rules import PolicingRole, group_of
from npt.reporting.models import Report
from npt.reporting.queries import judgements, loss_counts
from npt.reporting.rules import ReportState, Verdict
from npt.shifts.models import Loss
from tests.records.demonstration.loading import TODAY, Loaded

LAST_MONTH = Month.of(TODAY).previous


def test_every_loss_belongs_to_abstraction_that_is_recorded(demonstration: Loaded) -> None:
    path = demonstration.unit("C").path
    found = sum(
        sum(loss_counts(demonstration.session, path, month.first, month.last).values())
        for month in (LAST_MONTH.previous, LAST_MONTH)
    )
    assert found > 10
    assert found == demonstration.session.scalar(select(func.count()).select_from(Loss))


def test_most_of_the_last_month_is_judged_and_some_of_it_is_not(demonstration: Loaded) -> None:
    definition = definition_coded(demonstration.session, DEFAULT_DEFINITION)
    assert definition is not None
    said = judgements(
        demonstration.session,
        demonstration.unit("C").path,
        LAST_MONTH.first,
        LAST_MONTH.last,
        roles=[role for role in PolicingRole if group_of(role)],
        definition=definition,
    )
    assert said[Verdict.APPROPRIATE].records > said[Verdict.AVOIDABLE].records > 0
    assert said[None].records > 0


def test_the_report_of_the_pcso_waits(demonstration: Loaded) -> None:
    states = demonstration.session.scalars(select(Report.state)).all()
    assert set(states) <= {ReportState.WAITING}
