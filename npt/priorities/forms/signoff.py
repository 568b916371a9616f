"""Sign-off as it is typed: what was done, what whoever raised it answered, what an inspector decided."""

from collections.abc import Iterable

from npt.priorities.rules import LONGEST_REASON, Recorded, Way
from npt.webkit.fields import Choice, RadiosField, SelectField, TextAreaField, YesNoField
from npt.webkit.forms import CreateForm, EditForm, Keywords

_WAYS = tuple(Choice(each.value, each.wording) for each in Way)
_RECORDED = tuple(Choice(each.value, each.wording) for each in Recorded)


class AskForm(EditForm[Keywords]):
    """A priority that the team calls solved."""

    done = TextAreaField(
        "What was done?",
        limit=LONGEST_REASON,
        rows=4,
        missing="Say what was done.",
        hint="Whoever raised it reads this when they are asked.",
        noun="What was done",
    )


class RecordForm(EditForm[Keywords]):
    """What came of asking somebody."""

    originator_id = SelectField("Who was asked?", missing="Choose who was asked.", of=int)
    recorded = RadiosField(
        "What came of it?", missing="Choose what came of it.", choices=_RECORDED, of=Recorded
    )
    way = SelectField(
        "How were they asked?",
        missing=None,
        choices=_WAYS,
        of=Way,
        hint="Needed where they answered, or were not reached",
    )
    reason = TextAreaField(
        "What is not solved?",
        limit=LONGEST_REASON,
        rows=3,
        missing=None,
        hint="Needed where they say that it is not solved",
    )

    def offer(self, asked: Iterable[tuple[int, str]]) -> None:
        """Let one of these be chosen."""
        self.originator_id.choices = tuple(Choice(str(key), words) for key, words in asked)


class OverruleForm(EditForm[Keywords]):
    """An inspector closes a priority against whoever raised it."""

    reason = TextAreaField(
        "Why is it closed all the same?",
        limit=LONGEST_REASON,
        rows=4,
        missing="Say why it is closed all the same.",
        noun="Why",
    )


class OwnAnswerForm(CreateForm[Keywords]):
    """The answer of whoever raised a priority, by their link."""

    is_solved = YesNoField(
        "Is it solved?", yes="Yes, it is solved", no="No, it is not solved", missing="Choose yes or no."
    )
    reason = TextAreaField(
        "If not, what is still wrong?",
        limit=LONGEST_REASON,
        rows=4,
        missing=None,
        hint="Please name no other people",
    )
