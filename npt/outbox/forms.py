"""The form that asks which letters."""

from npt.outbox.queries import LettersAsked
from npt.outbox.rules import Standing, Topic
from npt.webkit.fields import Choice, SelectField, TextField
from npt.webkit.forms import QueryForm

_STANDINGS = tuple(Choice(each.value, each.wording.capitalize()) for each in Standing)
_TOPICS = tuple(Choice(each.value, each.wording) for each in Topic)


class LettersForm(QueryForm[LettersAsked]):
    """State, topic and whom to; each may be left empty."""

    state = SelectField("State", choices=_STANDINGS, missing=None, empty="All states")
    topic = SelectField("Topic", choices=_TOPICS, missing=None, empty="All topics")
    to = TextField("To", limit=100, missing=None, hint="Some of the name or address")

    def value(self) -> LettersAsked:
        """What was asked."""
        return LettersAsked(
            standing=Standing(self.state.data) if self.state.data else None,
            topic=Topic(self.topic.data) if self.topic.data else None,
            to=self.to.data or "",
        )
