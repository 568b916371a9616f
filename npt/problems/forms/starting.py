"""A problem as somebody types it in the street, and as an old paper record has it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from npt.categories.forms import choices_of as categories_offered
from npt.categories.models import Category
from npt.organisation.models import Unit
from npt.phone.forms import PhoneForm
from npt.phone.rules import LONGEST_REFERENCE, Purpose
from npt.problems.actions import KeyedFacts, StartFacts
from npt.problems.forms.choices import NOTICED, choices_of, chosen
from npt.problems.rules import (
    LONGEST_PLACE,
    LONGEST_SENTENCE,
    LONGEST_WORDS,
    Noticed,
    Outcome,
    Stage,
)
from npt.webkit.fields import (
    Choice,
    DateField,
    HiddenField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm
from npt.work.forms import OwnerFields
from npt.work.rules import Owner


class _Start:
    """The five things that start a problem. What it is takes a sentence and a word for the lists."""

    title = TextAreaField(
        "What is the problem?",
        limit=LONGEST_SENTENCE,
        rows=2,
        noun="What the problem is",
        missing="Say in one sentence what the problem is.",
        hint="One sentence, without the names of people.",
    )
    category = SelectField("Category", noun="The category", missing="Choose a category.")
    place = TextField(
        "Where is it?",
        limit=LONGEST_PLACE,
        noun="Where it is",
        missing="Say where it is.",
        autocomplete="off",
        hint="A street or a postcode puts it on the map.",
    )
    noticed = SelectField(
        "How did it come to notice?",
        noun="How it came to notice",
        missing="Choose how it came to notice.",
        choices=NOTICED,
        of=Noticed,
    )
    harmed = TextField(
        "Who is harmed?",
        limit=LONGEST_WORDS,
        noun="Who is harmed",
        missing="Say who is harmed.",
        autocomplete="off",
        hint="Such as shoppers, or people who live above the shops.",
    )
    team = SelectField("Team", noun="The team", missing="Choose the team.")

    _teams: Mapping[str, Unit]
    _categories: Mapping[str, Category]

    def offer(self, teams: Sequence[Unit], categories: Sequence[Category]) -> None:
        """Offer these teams and categories."""
        self._teams = {unit.code: unit for unit in teams}
        self._categories = {each.code: each for each in categories}
        self.team.choices = tuple(Choice(unit.code, unit.name) for unit in teams)
        self.category.choices = categories_offered(categories)

    def started(self) -> StartFacts:
        """What was typed."""
        return StartFacts(
            self._teams[self.team.value],
            self.title.value,
            self._categories[self.category.value],
            self.place.value,
            Noticed(self.noticed.value),
            self.harmed.value,
        )


class StartForm(_Start, PhoneForm[StartFacts]):
    """A problem, as somebody comes upon it."""

    where = "team"
    refusals_beside: ClassVar[Mapping[str, str]] = {"typed_at": ""}
    reference = HiddenField("Reference", missing=None, default=Purpose.PROBLEM.new_reference)


class KeyedForm(_Start, OwnerFields[Any], CreateForm[Any]):
    """An old paper record, at whatever stage it stands."""

    stage = RadiosField(
        "How far had it come?",
        noun="The stage",
        missing="Choose the stage.",
        choices=choices_of(Stage),
        of=Stage,
    )
    opened_on = DateField("Opened on", noun="The first day", missing="Enter the day on which it was opened.")
    closed_on = DateField(
        "Closed on", noun="The last day", missing=None, hint="Leave blank while it is open.", blank="open"
    )
    outcome = SelectField(
        "What came of it",
        missing=None,
        empty="Not said",
        choices=choices_of(Outcome),
        of=Outcome,
        blank="not said",
    )
    paper = TextField(
        "Reference on the paper", limit=LONGEST_REFERENCE, missing=None, blank="none", autocomplete="off"
    )
    refusals_beside: ClassVar[Mapping[str, str]] = {"reference": "paper"}

    def keyed(self, owner: Owner) -> KeyedFacts:
        """What was typed, of the owner that was found."""
        return KeyedFacts(
            self.started(),
            owner,
            Stage(self.stage.value),
            self.opened_on.value,
            self.closed_on.data,
            chosen(Outcome, self.outcome.data),
            self.paper.data,
        )
