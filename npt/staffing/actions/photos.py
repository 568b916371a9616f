"""The photo of a member is kept, or removed."""

import hashlib

from sqlalchemy import delete
from sqlalchemy.orm import Session

from npt.attachments.actions import Received
from npt.attachments.pictures import portrait
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.people.models import Member
from npt.staffing.models import MemberPhoto, MemberPicture
from npt.staffing.queries import photo_of
from npt.store.constraints import refusing

#: Of the photo as it is kept, in pixels: sharp at twice the size at which it is shown. Ours.
SIDE = 240


class NotAPicture(Refusal):
    """A file was sent as a photo that is no picture."""


def keep_photo(session: Session, member: Member, *, file: Received, stamp: Stamp) -> MemberPhoto:
    """Keep the middle of the picture as the member's photo, in place of the one before. NotAPicture."""
    if not file.kind.is_picture:
        raise NotAPicture(f"This is {file.kind.wording}: choose a JPEG, PNG or WebP picture.", field="file")
    picture = portrait(file.content, file.kind, SIDE)
    remove_photo(session, member)
    photo = MemberPhoto(
        member_id=member.id,
        sha256=hashlib.sha256(picture).hexdigest(),
        set_by_id=stamp.account_id,
        set_at=stamp.now,
    )
    with refusing(session):
        session.add_all([photo, MemberPicture(member_id=member.id, picture=picture)])
    return photo


def remove_photo(session: Session, member: Member) -> None:
    """Remove the member's photo; nothing where there is none."""
    photo = photo_of(session, member.id)
    if photo is not None:
        session.execute(delete(MemberPicture).where(MemberPicture.member_id == member.id))
        session.delete(photo)
        session.flush()
