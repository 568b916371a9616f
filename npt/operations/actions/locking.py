"""Holding an operation while it is changed, so that two people who change it at once lose nothing."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from npt.kit.refusals import Refusal
from npt.operations.models import Operation
from npt.operations.rules import OperationStatus
from npt.store.versions import check_version


class WrongStatus(Refusal):
    """Something was to be done to an operation that it is too late, or too early, for."""


_INSTEAD = {
    OperationStatus.DRAFT: "It is still a draft: commit it first.",
    OperationStatus.COMMITTED: (
        "The operation is committed. Add members or release them, or cancel it and plan it again."
    ),
    OperationStatus.CANCELLED: "The operation is cancelled: plan a new one.",
}


def hold(
    session: Session,
    operation: Operation,
    *,
    now: datetime,
    expected_version: int,
    allowed: Collection[OperationStatus],
) -> None:
    """Hold the operation until the transaction ends, and give it its next version.

    StaleRecord when somebody changed it after version `expected_version`; WrongStatus when its status is none
    of `allowed`.
    """
    session.execute(select(Operation.id).where(Operation.id == operation.id).with_for_update())
    session.refresh(operation, ["version", "status"])
    check_version(operation, expected_version)
    if operation.status not in allowed:
        raise WrongStatus(_INSTEAD[operation.status])
    operation.changed_at = now
    # Also where the clock says the same as before: what is asked and chosen belongs to the version.
    flag_modified(operation, "changed_at")
