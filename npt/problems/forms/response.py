"""What the response to a problem is to reach, and how one will know."""

from collections.abc import Mapping

from npt.organisation.models import Unit
from npt.organisation.rules import CODE_LENGTH
from npt.problems.actions import ResponseFacts
from npt.problems.forms.choices import StageForm, StageRecord, choices_of, chosen
from npt.problems.rules import LONGEST_SENTENCE, LONGEST_WORDS, MeasureKind, Use
from npt.webkit.fields import DateField, IntegerField, RadiosField, TextAreaField, TextField

_MOST = 10_000_000


class ResponseForm(StageForm[ResponseFacts]):
    """Objective, measure, the days before, and the decision that the result has to serve."""

    objective = TextAreaField(
        "What is to be reached?",
        noun="The objective",
        limit=LONGEST_WORDS,
        rows=2,
        missing=None,
        blank="not said",
        hint="So that anybody can tell whether it was: how much less, until when.",
    )
    measure = RadiosField(
        "What will tell whether it worked?",
        noun="The measure",
        missing=None,
        choices=choices_of(MeasureKind),
        of=MeasureKind,
        blank="not said",
    )
    measure_words = TextField(
        "What do you count?", limit=LONGEST_SENTENCE, missing=None, blank="not said", autocomplete="off"
    )
    noticed_from = DateField("From", noun="The first day", missing=None, blank="28 days before it was raised")
    noticed_to = DateField("To", noun="The last day", missing=None, blank="the day before it was raised")
    baseline_from = DateField("First day", missing=None, blank="not said")
    baseline_to = DateField("Last day", missing=None, blank="not said")
    baseline_count = IntegerField(
        "How many there were",
        noun="The number",
        lowest=0,
        highest=_MOST,
        missing=None,
        blank="counted here, or not said",
        hint="Leave blank for recorded incidents: they are counted here.",
    )
    use = RadiosField(
        "What will be decided by the result?",
        noun="What will be decided",
        missing=None,
        choices=choices_of(Use),
        of=Use,
        blank="not said",
    )
    elsewhere_unit = TextField(
        "Code of a unit to compare with", limit=CODE_LENGTH, missing=None, blank="none", autocomplete="off"
    )
    elsewhere_words = TextField(
        "Or another area, in words", limit=LONGEST_SENTENCE, missing=None, blank="none", autocomplete="off"
    )

    @classmethod
    def values_of(cls, record: StageRecord) -> Mapping[str, object]:
        """What it names by code."""
        unit = record.elsewhere_unit
        return {"elsewhere_unit": unit and unit.code}

    def facts(self, elsewhere: Unit | None) -> ResponseFacts:
        """What was typed, of the unit that was found."""
        return ResponseFacts(
            objective=self.objective.data,
            measure=chosen(MeasureKind, self.measure.data),
            measure_words=self.measure_words.data,
            noticed_from=self.noticed_from.data,
            noticed_to=self.noticed_to.data,
            baseline_from=self.baseline_from.data,
            baseline_to=self.baseline_to.data,
            baseline_count=self.baseline_count.data,
            use=chosen(Use, self.use.data),
            elsewhere_unit=elsewhere,
            elsewhere_words=self.elsewhere_words.data,
            involvement=self.involvement(),
        )
