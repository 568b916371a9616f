"""What stands on the page of a neighbourhood beside its rooms: photos, reviews of priority classes."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.stamps import Stamp
from npt.organisation.actions import review_priority_class
from npt.organisation.models import Unit
from npt.staffing.models import Contact, MemberPhoto, MemberPicture


def look_after(
    session: Session,
    places: Iterable[Unit],
    contacts: Iterable[Contact],
    *,
    by: Account,
    now: datetime,
    count: int,
) -> None:
    """Give each contact a photo, and each neighbourhood `count` reviews of its class."""
    for contact in contacts:
        session.add_all(
            [
                MemberPhoto(member_id=contact.member_id, sha256="0" * 64, set_by_id=by.id, set_at=now),
                MemberPicture(member_id=contact.member_id, picture=b"a small JPEG"),
            ]
        )
    for place in places:
        for _ in range(count):
            review_priority_class(
                session, place, priority_class=2, reason="Few calls, many homes.", stamp=Stamp(by.id, now)
            )
