"""The demonstration force has an operation behind it and one before it."""

from npt.demonstration.accounts import INSPECTED_AREA
from npt.operations.queries import chosen, operation_planned_in, operations_of
from npt.operations.rules import OperationStatus
from tests.records.demonstration.loading import TODAY, Loaded


def test_the_past_operation_took_whom_it_asked_for_and_their_records_still_stand(
    demonstration: Loaded,
) -> None:
    session, path = demonstration.session, demonstration.unit(INSPECTED_AREA).path
    (past,) = operations_of(session, path, today=TODAY, is_past=True, limit=9)
    assert past.status is OperationStatus.COMMITTED
    assert 0 < past.chosen == past.asked
    operation = operation_planned_in(session, path, past.id)
    assert operation is not None
    assert [line.number for line in chosen(session, operation) if line.problem] == []


def test_the_operation_to_come_is_a_draft_with_places_left_to_fill(demonstration: Loaded) -> None:
    path = demonstration.unit(INSPECTED_AREA).path
    (coming,) = operations_of(demonstration.session, path, today=TODAY, is_past=False, limit=9)
    assert coming.status is OperationStatus.DRAFT
    assert 0 < coming.chosen < coming.asked
