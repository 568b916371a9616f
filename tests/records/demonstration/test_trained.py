"""The training of the demonstration force has the numbers that the HMIC report of 2008 published."""

from npt.demonstration.places import FORCE_CODE
from npt.training.queries import Training, programmes_of, training_of
from npt.training.rules import Counts, DueKind
from tests.records.demonstration.loading import TODAY, Loaded


def _training(demonstration: Loaded, code: str) -> Training:
    unit = demonstration.unit(code)
    programmes = programmes_of(demonstration.session, unit.path)
    return training_of(demonstration.session, unit, TODAY, programmes)


def _certificate(training: Training) -> Counts:
    return training.counts(next(each for each in training.programmes if each.code == "certificate"))


def test_202_are_registered_for_the_certificate_18_verified_and_8_asked_for_external_verification(
    demonstration: Loaded,
) -> None:
    counts = _certificate(_training(demonstration, FORCE_CODE))
    assert (counts.registered, counts.verified, counts.asked, counts.granted) == (202, 18, 8, 0)


def test_both_bcus_together_are_the_force(demonstration: Loaded) -> None:
    parts = [_certificate(_training(demonstration, code)) for code in ("C", "J")]
    assert sum(each.registered for each in parts) == 202
    assert all(each.verified for each in parts)


def test_all_four_programmes_have_somebody_in_them_and_there_is_somebody_due_for_each_reason(
    demonstration: Loaded,
) -> None:
    training = _training(demonstration, FORCE_CODE)
    assert {each.code for each in training.programmes if training.counts(each).verified} == {
        "certificate",
        "sara",
        "problem-records",
        "duty-recording",
    }
    due = {
        standing.due.kind for each in training.members for standing in each.standings.values() if standing.due
    }
    assert {DueKind.TO_REGISTER, DueKind.STALLED, DueKind.EXPIRING} <= due
