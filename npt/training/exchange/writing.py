"""The file of training, written."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.people.models import Holder, Member
from npt.store.exchange import ExportOrder
from npt.training.queries import registrations_under


def training_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The training of everybody who is or was posted at or under the path (of everybody, without one).

    With a month, the registrations that were made in it.
    """
    holders = dict(session.execute(select(Holder.account_id, Member.number).join(Holder.member)).all())
    for each in registrations_under(session, order.path):
        if order.month is not None and not order.month.first <= each.registered_on <= order.month.last:
            continue
        known = each.member.number, each.programme.code, each.registered_on
        yield (
            *known,
            *(None, None, None, None),
            *(each.asked_on, each.granted_on, each.granted_by, each.withdrawn_on),
        )
        for done in sorted(each.completions, key=lambda one: one.module.number):
            by = done.verified_by_member
            number = by.number if by is not None else holders.get(done.verified_by_id or 0)
            yield (
                *known,
                *(done.module.number, done.completed_on, done.verified_on, number),
                *(None, None, None, None),
            )
