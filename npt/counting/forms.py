"""What a board types about reasons for being away and about the definitions that count them."""

from datetime import date

from npt.counting.actions import (
    DEFINITION_NAME_LENGTH,
    EXPLANATION_LENGTH,
    REASON_NAME_LENGTH,
    WHY_LENGTH,
    DefinitionFacts,
    ReasonFacts,
)
from npt.counting.rules import CODE_LENGTH
from npt.shifts.rules import ReasonKind
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, SeenForm

KINDS = (
    Choice(
        ReasonKind.ABSTRACTION.value,
        "Abstraction",
        "On duty, away from the neighbourhood: response, court.",
    ),
    Choice(ReasonKind.ABSENCE.value, "Absence", "Off duty during a rostered shift: leave, sickness."),
)


def _code_field(example: str) -> TextField:
    return TextField(
        "Code",
        missing="Enter a code.",
        hint=f"For files and web addresses, such as {example}: lower-case letters, digits and "
        "hyphens. It cannot be changed later.",
        limit=CODE_LENGTH,
    )


class _Kind:
    """What kind of reason it is, before all else."""

    kind = RadiosField(
        "What kind of reason is it?", noun="The kind", missing="Choose the kind.", choices=KINDS
    )


class _ReasonName:
    """What a reason is called."""

    name = TextField("Name", missing="Enter the name of the reason.", limit=REASON_NAME_LENGTH)


class _CodeAndCounting:
    """What is said of a reason only when it is added."""

    code = _code_field("mutual-aid")
    counts_under = CheckboxesField(
        "If it is an abstraction, which definitions count it?",
        missing=None,
        hint="Leave the box unticked where it does not.",
    )


class _Marks(_ReasonName):
    """What may change in a reason."""

    is_planned = ConfirmField("Planned: known when the roster is made", missing=None)
    is_force_wide = ConfirmField("Decided force-wide: no team could have avoided it", missing=None)
    needs_note = ConfirmField("Needs a note", missing=None)

    def facts(self, closed_on: date | None = None) -> ReasonFacts:
        """The facts as typed."""
        return ReasonFacts(
            name=self.name.value,
            needs_note=bool(self.needs_note.data),
            is_planned=bool(self.is_planned.data),
            is_force_wide=bool(self.is_force_wide.data),
            closed_on=closed_on,
        )


class NewReasonForm(_Kind, _CodeAndCounting, _Marks, CreateForm[ReasonFacts]):
    """A reason is added."""

    def value(self) -> ReasonFacts:
        """What may change later of what was typed."""
        return self.facts()


class ChangeReasonForm(_Marks, EditForm[ReasonFacts]):
    """A reason is renamed, closed or opened again."""

    closed_on = LastDayField(
        "Last day it may be recorded",
        hint="Leave blank while it is in use. Existing records are kept and count as before.",
    )

    def value(self) -> ReasonFacts:
        """What was typed."""
        return self.facts(self.closed_on.data)


class _Source:
    """The definition to copy, before all else."""

    source = SelectField("Copy from", noun="The definition to copy", missing="Choose a definition.")


class _DefinitionName:
    """What a definition is called."""

    name = TextField("Name", missing="Enter the name of the definition.", limit=DEFINITION_NAME_LENGTH)


class _DefinitionCode:
    """The code of a new definition."""

    code = _code_field("board-2027")


class _Words(_DefinitionName):
    """What may change in a definition without any figure."""

    explanation = TextAreaField(
        "What it counts, in a sentence",
        noun="The sentence",
        missing="Say in a sentence what it counts.",
        hint="It is shown under the figures.",
        limit=EXPLANATION_LENGTH,
        rows=3,
    )

    def facts(self, closed_on: date | None = None) -> DefinitionFacts:
        """The facts as typed."""
        return DefinitionFacts(self.name.value, self.explanation.value, closed_on)


class NewDefinitionForm(_Source, _DefinitionCode, _Words, CreateForm[DefinitionFacts]):
    """A definition is made by copying another."""

    def value(self) -> DefinitionFacts:
        """What may change later of what was typed."""
        return self.facts()


class ChangeDefinitionForm(_Words, EditForm[DefinitionFacts]):
    """A definition is reworded, closed or opened again."""

    closed_on = LastDayField(
        hint="It is not used for months that begin later. Leave blank while it is in use."
    )

    def value(self) -> DefinitionFacts:
        """What was typed."""
        return self.facts(self.closed_on.data)


def _why_field() -> TextField:
    return TextField(
        "Why?",
        noun="The reason for the change",
        missing="Say why.",
        hint="Who decided it, and why. It is kept with the change.",
        limit=WHY_LENGTH,
    )


class CountingForm(SeenForm[str]):
    """What counts under a definition changes from a day on."""

    reasons = CheckboxesField(
        "Which reasons?",
        noun="Reasons",
        missing="Tick at least one reason.",
        classes="govuk-checkboxes--small",
    )
    counts = RadiosField(
        "From that day they",
        noun="What they do",
        missing="Choose whether they count.",
        choices=(Choice("yes", "count"), Choice("no", "do not count")),
    )
    starts_on = DateField("From which day?", noun="The day", missing="Enter the day.")
    why = _why_field()

    def value(self) -> str:
        """Why."""
        return self.why.value


class PutBackForm(SeenForm[str]):
    """A change of what counts is put back."""

    why = _why_field()

    def value(self) -> str:
        """Why."""
        return self.why.value
