"""Contacts and patrols in words, as pages say them."""

from npt.engagement.models import Contact, Patrol
from npt.engagement.rules import AskingSums
from npt.kit.shares import Share
from npt.webkit.filters import moment


def who(record: Contact | Patrol) -> str:
    """Who spoke or patrolled; member and account are loaded."""
    if record.member is not None:
        return record.member.name
    return "not said" if record.recorded_by is None else record.recorded_by.name


def sent_in_words(record: Contact | Patrol) -> str:
    """That it was sent late; "" where it was not."""
    return f"sent late, {moment(record.received_at)}" if record.is_late else ""


def asked_share(sums: AskingSums) -> Share:
    """People asked of those to be asked; not known where nobody was to ask."""
    return Share(sums.asked, sums.expected)
