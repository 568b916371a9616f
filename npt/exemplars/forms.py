"""What a supervisor types about an exemplar, and which are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from npt.categories.forms import choices_of
from npt.categories.models import Category
from npt.exemplars.models import Exemplar
from npt.exemplars.rules import (
    LONGEST_LINE,
    LONGEST_STORY,
    LONGEST_TITLE,
    ExemplarFacts,
    Focus,
    Scale,
    Works,
)
from npt.problems.models import Problem
from npt.webkit.fields import Choice, ConfirmField, DateField, SelectField, TextAreaField, TextField
from npt.webkit.forms import EditForm, QueryForm


@dataclass(frozen=True, slots=True)
class Kept:
    """A problem, and what the library has of it."""

    problem: Problem
    exemplar: Exemplar | None

    @property
    def version(self) -> int:
        """How often it was written; 0 where there is nothing."""
        return 0 if self.exemplar is None else self.exemplar.version

    @property
    def whose(self) -> str:
        """What the form is about."""
        return self.problem.title


class ExemplarForm(EditForm[ExemplarFacts | None]):
    """What the library tells of a problem, for colleagues who do not see the record."""

    title = TextField("Title", limit=LONGEST_TITLE, missing="Enter a title.")
    problem = TextAreaField("Problem", limit=LONGEST_STORY, rows=3, missing="Say what the problem was.")
    solution = TextAreaField("Solution", limit=LONGEST_STORY, rows=5, missing="Say what was done.")
    outcomes = TextAreaField(
        "Outcomes",
        limit=LONGEST_STORY,
        rows=3,
        missing="Say what came of it.",
        hint="Also what did not work. The result of the test is shown beside it.",
    )
    contact = TextField(
        "Contact",
        limit=LONGEST_LINE,
        missing="Say whom to ask.",
        hint="A team or an office, not a person: people move on.",
    )
    focus = SelectField(
        "Focus",
        missing="Choose what it is for.",
        choices=tuple(Choice(each.value, each.wording) for each in Focus),
    )
    partners = TextField("Partners", limit=LONGEST_LINE, missing=None, blank="none")
    starts_on = DateField("Started on", missing="Enter the day on which it started.")
    scale = SelectField(
        "Scale",
        missing="Choose how wide it was done.",
        choices=tuple(Choice(each.value, each.wording) for each in Scale),
    )
    is_out = ConfirmField("Take it out of the library", missing=None)

    @classmethod
    def values_of(cls, record: Kept) -> Mapping[str, object]:
        """What the library has; of a problem that is not there, what its record gives."""
        there, problem = record.exemplar, record.problem
        if there is not None:
            return {
                "title": there.title,
                "problem": there.problem_words,
                "solution": there.solution,
                "outcomes": there.outcomes,
                "contact": there.contact,
                "focus": there.focus.value,
                "partners": there.partners,
                "starts_on": there.starts_on,
                "scale": there.scale.value,
            }
        return {
            "title": problem.title[:LONGEST_TITLE],
            "problem": problem.title,
            "solution": None,
            "outcomes": problem.assessment and problem.assessment.lessons,
            "contact": problem.matter.unit.name,
            "focus": None,
            "partners": None,
            "starts_on": problem.raised_on,
            "scale": None,
        }

    def value(self) -> ExemplarFacts | None:
        """What was typed; None to take it out."""
        if self.is_out.given:
            return None
        return ExemplarFacts(
            self.title.value,
            self.problem.value,
            self.solution.value,
            self.outcomes.value,
            self.contact.value,
            Focus(self.focus.value),
            self.partners.data,
            self.starts_on.value,
            Scale(self.scale.value),
        )


class LibraryForm(QueryForm[None]):
    """Which exemplars are asked for."""

    words = TextField("Words", limit=100, missing=None)
    topic = SelectField("Topic", missing=None, empty="Any")
    works = SelectField(
        "Does it work?",
        missing=None,
        empty="Any",
        choices=tuple(Choice(each.value, each.wording) for each in Works),
    )

    def offer(self, categories: Sequence[Category]) -> None:
        """Let one of these be chosen."""
        self.topic.choices = choices_of(categories)
