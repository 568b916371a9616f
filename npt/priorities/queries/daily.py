"""What the daily letter tells those who lead a priority: that whoever raised it says it is not solved."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import local_midnight
from npt.organisation.models import Unit
from npt.outbox.rules import DailyPart
from npt.people.models import Holder
from npt.priorities.models import Closing, Priority
from npt.priorities.rules import Answered


def daily_parts(session: Session, *, today: date, address: Callable[[str, int], str]) -> list[DailyPart]:
    """By account, what was refused since yesterday and is open. `address` builds that of a priority, of the
    code of its team and its key. One statement.
    """
    since = local_midnight(today - timedelta(days=1))
    refused = select(Closing.priority_id).where(
        Closing.answered == Answered.REFUSED, Closing.answered_at >= since
    )
    asked = (
        select(Holder.account_id, Priority.id, Priority.reference, Priority.title, Unit.code, Unit.path)
        .join(Priority, Priority.lead_id == Holder.member_id)
        .join(Unit, Unit.id == Priority.unit_id)
        .where(Priority.id.in_(refused), Priority.closed_on.is_(None), Priority.asked_on.is_(None))
        .order_by(Holder.account_id, Priority.id)
    )
    return [
        DailyPart(
            account_id,
            path,
            f"{reference} is not solved",
            f"Whoever raised the priority {reference}, {title}, says that it is not solved. It is open again;"
            f" what they say stands here:\n\n{address(code, key)}",
        )
        for account_id, key, reference, title, code, path in session.execute(asked)
    ]
