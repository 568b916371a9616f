"""What is typed in a review: a comment, and why limits are drawn anew."""

from collections.abc import Sequence

from npt.measures.rules import Measure
from npt.reviews.rules import LONGEST_COMMENT
from npt.signals.rules import LONGEST_REASON
from npt.webkit.fields import Choice, MonthField, SelectField, TextAreaField
from npt.webkit.forms import CreateForm, Keywords


class CommentForm(CreateForm[Keywords]):
    """What is said of a measure, or of the month."""

    measure = SelectField("About", missing=None, empty="The month as a whole")
    words = TextAreaField(
        "Comment",
        limit=LONGEST_COMMENT,
        rows=6,
        missing="Write a comment.",
        hint="It is kept for good, with your name. Do not name residents or say why a member was away.",
    )

    def offer(self, measures: Sequence[Measure]) -> None:
        """Let one of these be chosen."""
        self.measure.choices = tuple(Choice(each.code, each.name) for each in measures)


class RebaseForm(CreateForm[Keywords]):
    """From which month on the limits of a measure are drawn, and why."""

    measure = SelectField("Measure", missing="Choose a measure.")
    starts = MonthField(
        "Draw limits from",
        noun="The month",
        missing="Enter the first month that is like the work of today.",
        hint="Months before it are left out. To bring them back, give an earlier month.",
    )
    reason = TextAreaField(
        "Reason",
        limit=LONGEST_REASON,
        rows=3,
        missing="Say why work is not what it was.",
        hint="What changed, and when: a new shift pattern, a merged team.",
    )

    def offer(self, measures: Sequence[Measure]) -> None:
        """Let one of these be chosen."""
        self.measure.choices = tuple(Choice(each.code, each.name) for each in measures)
