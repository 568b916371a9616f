"""Consent to messages, topic by topic: the last word on a topic holds."""

from enum import Enum


class KinTopic(Enum):
    """What a key individual may be sent."""

    NEWS = "news"
    MEETINGS = "meetings"
    SURVEYS = "surveys"
    ALERTS = "alerts"

    @property
    def wording(self) -> str:
        """The topic as a form says it."""
        return _TOPICS[self]


_TOPICS = {
    KinTopic.NEWS: "News from the neighbourhood team",
    KinTopic.MEETINGS: "Meetings and events",
    KinTopic.SURVEYS: "Surveys",
    KinTopic.ALERTS: "Crime alerts and appeals",
}
