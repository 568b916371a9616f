"""What a board types about reasons for being away and about the definitions that count them."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    HiddenField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm

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
        hint=f"For files and addresses, like {example}: small letters, digits, hyphens. It stays.",
        limit=CODE_LENGTH,
    )


def _reason_name_field() -> TextField:
    return TextField("Name", missing="Enter the name of the reason.", limit=REASON_NAME_LENGTH)


def _planned_field() -> ConfirmField:
    return ConfirmField("It is planned: known when the roster is made", missing=None)


def _force_wide_field() -> ConfirmField:
    return ConfirmField("It is decided force-wide, so that no team could have avoided it", missing=None)


def _note_field() -> ConfirmField:
    return ConfirmField("It needs a note", missing=None)


@dataclass(frozen=True, slots=True)
class NewReason:
    """A reason as typed; `counts_under` are codes of definitions."""

    code: str
    kind: ReasonKind
    facts: ReasonFacts
    counts_under: tuple[str, ...]


class NewReasonForm(CreateForm[NewReason]):
    """A reason is added."""

    kind = RadiosField(
        "What kind of reason is it?", noun="The kind", missing="Choose the kind.", choices=KINDS
    )
    name = _reason_name_field()
    code = _code_field("mutual-aid")
    counts_under = CheckboxesField(
        "If it is an abstraction, where does it count?",
        missing=None,
        hint="Leave the box empty where it does not.",
    )
    is_planned = _planned_field()
    is_force_wide = _force_wide_field()
    needs_note = _note_field()

    def value(self) -> NewReason:
        """What was typed."""
        facts = ReasonFacts(
            name=self.name.value,
            needs_note=bool(self.needs_note.data),
            is_planned=bool(self.is_planned.data),
            is_force_wide=bool(self.is_force_wide.data),
        )
        return NewReason(
            self.code.value, ReasonKind(self.kind.value), facts, tuple(self.counts_under.data or ())
        )


class ChangeReasonForm(EditForm[ReasonFacts]):
    """A reason is renamed, closed or opened again."""

    name = _reason_name_field()
    is_planned = _planned_field()
    is_force_wide = _force_wide_field()
    needs_note = _note_field()
    closed_on = LastDayField(
        "Last day for which it may be recorded",
        hint="Leave it empty while it may be recorded. What is recorded stays, and counts as it did.",
    )

    def value(self) -> ReasonFacts:
        """What was typed."""
        return ReasonFacts(
            name=self.name.value,
            needs_note=bool(self.needs_note.data),
            is_planned=bool(self.is_planned.data),
            is_force_wide=bool(self.is_force_wide.data),
            closed_on=self.closed_on.data,
        )


def _definition_name_field() -> TextField:
    return TextField("Name", missing="Enter the name of the definition.", limit=DEFINITION_NAME_LENGTH)


def _explanation_field() -> TextAreaField:
    return TextAreaField(
        "What it counts, in a sentence",
        noun="The sentence",
        missing="Say in a sentence what it counts.",
        hint="It stands under the figures.",
        limit=EXPLANATION_LENGTH,
        rows=3,
    )


@dataclass(frozen=True, slots=True)
class NewDefinition:
    """A definition as typed; `source` is the code of the one that it copies."""

    source: str
    code: str
    facts: DefinitionFacts


class NewDefinitionForm(CreateForm[NewDefinition]):
    """A definition is made by copying another."""

    source = SelectField(
        "Copy what counts from", noun="The definition to copy", missing="Choose a definition."
    )
    name = _definition_name_field()
    code = _code_field("board-2027")
    explanation = _explanation_field()

    def value(self) -> NewDefinition:
        """What was typed."""
        return NewDefinition(
            self.source.value, self.code.value, DefinitionFacts(self.name.value, self.explanation.value)
        )


class ChangeDefinitionForm(EditForm[DefinitionFacts]):
    """A definition is reworded, closed or opened again."""

    name = _definition_name_field()
    explanation = _explanation_field()
    closed_on = LastDayField(
        hint="Months that begin later cannot be counted by it. Leave it empty while it is in use."
    )

    def value(self) -> DefinitionFacts:
        """What was typed."""
        return DefinitionFacts(self.name.value, self.explanation.value, self.closed_on.data)


class _SeenForm(EditForm[str]):
    """A change that is saved only once what it restates has been seen: `seen` tells which restatement was."""

    seen = HiddenField("What was seen", missing=None)

    def show(self, digest: str) -> None:
        """Note that the restatement of this digest is shown now."""
        self.seen.data, self.seen.typed = digest, []


def _why_field() -> TextField:
    return TextField(
        "Why?",
        noun="The reason for the change",
        missing="Say why.",
        hint="Who decided it, and what for. It is kept with the change.",
        limit=WHY_LENGTH,
    )


@dataclass(frozen=True, slots=True)
class TypedCounting:
    """Reasons (codes) that are to count, or not, from a day on."""

    reasons: tuple[str, ...]
    counts: bool
    starts_on: date
    why: str


class CountingForm(_SeenForm):
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

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these reasons."""
        self.reasons.choices = tuple(choices)

    def typed(self) -> TypedCounting:
        """What was typed."""
        return TypedCounting(
            tuple(self.reasons.value), self.counts.value == "yes", self.starts_on.value, self.why.value
        )

    def value(self) -> str:
        """Why."""
        return self.why.value


class PutBackForm(_SeenForm):
    """A change of what counts is put back."""

    why = _why_field()

    def value(self) -> str:
        """Why."""
        return self.why.value
