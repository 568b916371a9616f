"""Questions about the photos of members."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.staffing.models import MemberPhoto, MemberPicture


def photo_of(session: Session, member_id: int) -> MemberPhoto | None:
    """What is known of a member's photo; None where there is none."""
    return session.get(MemberPhoto, member_id)


def picture_of(session: Session, member_id: int) -> bytes | None:
    """The photo itself, a JPEG; None where there is none."""
    return session.scalar(select(MemberPicture.picture).where(MemberPicture.member_id == member_id))


def photographed(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Which of these few members have a photo: by key, the first digits of its SHA-256. One statement."""
    asked = select(MemberPhoto.member_id, MemberPhoto.sha256).where(MemberPhoto.member_id.in_(member_ids))
    return {member_id: sha256[:12] for member_id, sha256 in session.execute(asked)}
