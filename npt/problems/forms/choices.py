"""What forms of problems offer, and the two controls that stand at the end of each stage."""

from collections.abc import Iterable
from typing import Any

from npt.problems.models import (
    Problem,
    ProblemAnalysis,
    ProblemAssessment,
    ProblemResponse,
    ProblemScanning,
)
from npt.problems.rules import LONGEST_WORDS, Involvement, Noticed, PlaceKind, SourceKind
from npt.webkit.fields import Choice, HiddenField, TextAreaField, YesNoField
from npt.webkit.fields.control import controls
from npt.webkit.forms import EditForm, Value


def choices_of(kinds: Iterable[Any]) -> tuple[Choice, ...]:
    """The members of an enum that words itself, as a form offers them."""
    return tuple(Choice(each.value, each.wording) for each in kinds)


NOTICED, SOURCES = choices_of(Noticed), choices_of(SourceKind)
PLACE_KINDS = choices_of(PlaceKind)


def chosen(kind: type[Any], value: str | None) -> Any:
    """The member of an enum that was chosen; None where nothing was."""
    return None if value is None else kind(value)


class StageRecord:
    """What is said of a problem at a stage, as its form reads it; version 0 while nothing is."""

    def __init__(
        self,
        problem: Problem,
        said: ProblemScanning | ProblemAnalysis | ProblemResponse | ProblemAssessment | None,
    ) -> None:
        self.problem, self._said = problem, said

    @property
    def version(self) -> int:
        """How often it was written."""
        return 0 if self._said is None else self._said.version

    @property
    def whose(self) -> str:
        """What the form is told of."""
        return self.problem.title

    def __getattr__(self, name: str) -> Any:
        return None if self._said is None else getattr(self._said, name)


class StageForm(EditForm[Value]):
    """What is said of a problem at a stage. The part of the community stands last."""

    class Meta:
        """What the fields ask about the form."""

        saves_unfinished = True

    is_involved = YesNoField(
        "Did the community have a part in this stage?",
        noun="The part of the community",
        missing=None,
        yes="Yes",
        no="No",
        blank="not said",
    )
    involved_how = TextAreaField(
        "Who took part, and how?",
        noun="Who took part",
        limit=LONGEST_WORDS,
        rows=2,
        missing=None,
        blank="not said",
    )

    #: what is said where nothing at all was filled in
    nothing = "Fill in what you know, then save. It need not be all."

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything typed could be read, and anything was typed at all."""
        is_valid = super().validate(extra_validators)
        self.check_rows()
        told = [each for each in controls(self) if not isinstance(each, HiddenField)]
        if is_valid and not any(each.data for each in told):
            told[0].refuse(self.nothing)
        return is_valid and not self.has_errors

    def check_rows(self) -> None:
        """Refuse rows of which a part is missing, beside that."""

    def involvement(self) -> Involvement:
        """What was said of it."""
        said = self.is_involved.data
        return Involvement(None if said is None else said == "yes", self.involved_how.data)
