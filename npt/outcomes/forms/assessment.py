"""What came of a response, as it is typed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from npt.outcomes.actions.assessment import AssessmentFacts
from npt.problems.actions.kept import PAIRS
from npt.problems.forms.choices import StageForm, StageRecord, choices_of, chosen
from npt.problems.models import Problem
from npt.problems.rules import LONGEST_TEXT, LONGEST_WORDS, Outcome, WasDone, Window
from npt.webkit.fields import DateField, IntegerField, MoneyField, RadiosField, TextAreaField
from npt.webkit.fields.control import controls
from npt.work.rules import MOST_PENCE

_MOST = 10_000_000


def _count_field(label: str) -> IntegerField:
    return IntegerField(
        label, noun="The number", lowest=0, highest=_MOST, missing=None, blank="counted here, or not known"
    )


class AssessmentRecord(StageRecord):
    """What is said at the assessment; days after are proposed while nobody has said any."""

    def __init__(self, problem: Problem, proposed: Window | None = None) -> None:
        super().__init__(problem, problem.assessment)
        self.proposed = proposed if problem.assessment is None else None


class AssessmentForm(StageForm[AssessmentFacts]):
    """Was it done, what do the figures show, what moved, what did it cost, what came of it."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"cost_pence": "cost"}

    was_done = RadiosField(
        "Was the response carried out?",
        noun="Whether it was carried out",
        missing=None,
        choices=choices_of(WasDone),
        of=WasDone,
        blank="not said",
    )
    was_done_how = TextAreaField(
        "What was done, and what was not?",
        noun="What was done",
        limit=LONGEST_TEXT,
        rows=4,
        missing=None,
        blank="not said",
    )
    after_from = DateField("First day", missing=None, blank="not said")
    after_to = DateField("Last day", missing=None, blank="not said")
    after_count = _count_field("How many there were after")
    not_measured_why = TextAreaField(
        "If there is no count, why?",
        noun="Why there is no count",
        limit=LONGEST_WORDS,
        rows=2,
        missing=None,
        blank="not said",
    )
    elsewhere_before = _count_field("Before, in the area to compare with")
    elsewhere_after = _count_field("After, in the area to compare with")
    buffer_before = _count_field("Before, around this place")
    buffer_after = _count_field("After, around this place")
    buffer_elsewhere_before = _count_field("Before, around the other area")
    buffer_elsewhere_after = _count_field("After, around the other area")
    displacement = TextAreaField(
        "Did it move?",
        noun="Whether it moved",
        limit=LONGEST_TEXT,
        rows=3,
        missing=None,
        blank="not said",
        hint="To another place, another time, other victims, another kind of offence; or did other places"
        " get better too?",
    )
    cost = MoneyField(
        "Cost beside that of its actions",
        noun="The cost",
        lowest=0,
        highest=MOST_PENCE,
        missing=None,
        blank="not known",
    )
    cost_words = TextAreaField(
        "What did it cost, also in hours?",
        noun="What it cost",
        limit=LONGEST_WORDS,
        rows=2,
        missing=None,
        blank="not said",
    )
    lessons = TextAreaField(
        "What can others learn?",
        noun="The lessons",
        limit=LONGEST_TEXT,
        rows=4,
        missing=None,
        blank="not said",
        hint="What did not work helps as much as what did.",
    )
    outcome = RadiosField(
        "What came of it?",
        noun="What came of it",
        missing=None,
        choices=choices_of(Outcome),
        of=Outcome,
        blank="not said",
    )

    @property
    def has_counts_beside(self) -> bool:
        """Whether counts of other places were given, or refused."""
        names = {f"{name}_{when}" for name in PAIRS for when in ("before", "after")}
        return any(each.text or each.errors for each in controls(self) if each.name in names)

    @classmethod
    def values_of(cls, record: AssessmentRecord) -> Mapping[str, object]:
        """What has other names in the record, and the days proposed."""
        proposed = record.proposed
        values: dict[str, Any] = {"cost": record.cost_pence, "outcome": record.problem.outcome}
        if proposed is not None:
            values |= {"after_from": proposed.first, "after_to": proposed.last}
        return values

    def facts(self) -> AssessmentFacts:
        """What was typed."""
        return AssessmentFacts(
            was_done=chosen(WasDone, self.was_done.data),
            was_done_how=self.was_done_how.data,
            after_from=self.after_from.data,
            after_to=self.after_to.data,
            after_count=self.after_count.data,
            not_measured_why=self.not_measured_why.data,
            pairs={name: (self[f"{name}_before"].data, self[f"{name}_after"].data) for name in PAIRS},
            displacement=self.displacement.data,
            cost_pence=self.cost.data,
            cost_words=self.cost_words.data,
            lessons=self.lessons.data,
            outcome=chosen(Outcome, self.outcome.data),
            involvement=self.involvement(),
        )
