"""The marks of a record, as they are typed."""

from npt.problems.rules import LONGEST_TEXT, MARK_WORDS, Marks, Stage
from npt.webkit.fields import Choice, RadiosField, TextAreaField
from npt.webkit.forms import CreateForm


def _mark_field(stage: Stage) -> RadiosField:
    words = MARK_WORDS[stage.value]
    return RadiosField(
        f"{stage.wording}{', counts twice' if stage in (Stage.ANALYSIS, Stage.ASSESSMENT) else ''}",
        noun=f"The mark of {stage.value}",
        missing=f"Give {stage.value} a mark.",
        choices=tuple(Choice(str(mark), f"{mark}: {said}") for mark, said in enumerate(words)),
        classes="govuk-radios--small",
    )


class ScoreForm(CreateForm[Marks]):
    """A mark for each stage, and words."""

    scanning = _mark_field(Stage.SCANNING)
    analysis = _mark_field(Stage.ANALYSIS)
    response = _mark_field(Stage.RESPONSE)
    assessment = _mark_field(Stage.ASSESSMENT)
    words = TextAreaField(
        "What would make it better?",
        noun="What would make it better",
        limit=LONGEST_TEXT,
        rows=4,
        missing=None,
        blank="not said",
    )

    def value(self) -> Marks:
        """The marks."""
        return Marks(
            int(self.scanning.value),
            int(self.analysis.value),
            int(self.response.value),
            int(self.assessment.value),
        )
