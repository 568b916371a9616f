"""What the analysis of a problem has found: the triangle, hypotheses, what was tried before."""

from collections.abc import Mapping
from typing import Any, ClassVar

from npt.problems.actions import AnalysisFacts
from npt.problems.forms.choices import StageForm, StageRecord
from npt.problems.forms.rows import Rows, rows_of
from npt.problems.rules import LONGEST_TEXT, LONGEST_WORDS, Hypothesis, Triangle
from npt.webkit.fields import ConfirmField, TextAreaField

#: A problem with more explanations than these has not been analysed. Ours.
MOST_HYPOTHESES = 6


def _side(label: str, hint: str) -> TextAreaField:
    return TextAreaField(label, limit=LONGEST_TEXT, rows=3, missing=None, hint=hint, blank="not said")


class _Hypotheses(Rows):
    """The rows of hypotheses."""

    most = MOST_HYPOTHESES
    parts: ClassVar[Mapping[str, Any]] = {
        "why": lambda number: TextAreaField(
            f"Hypothesis {number}", limit=LONGEST_WORDS, rows=2, missing=None, blank="none"
        ),
        "supports": lambda number: TextAreaField(
            f"What supports hypothesis {number}", limit=LONGEST_TEXT, rows=2, missing=None, blank="nothing"
        ),
        "weakens": lambda number: TextAreaField(
            f"What weakens hypothesis {number}", limit=LONGEST_TEXT, rows=2, missing=None, blank="nothing"
        ),
    }


@rows_of(_Hypotheses)
class AnalysisForm(StageForm[AnalysisFacts]):
    """The triangle side by side with whoever could hold each side in check; why; what was tried."""

    victim = _side("Victim", "Who or what is harmed, when, and how often.")
    guardian = _side("Guardian of the victim", "Who protects them, or could. “Nobody” is an answer.")
    offender = _side(
        "Offender", "Who does it, as far as is known. Named people belong under Names and tactics."
    )
    handler = _side("Handler of the offender", "Who has a say with them: family, school, employer.")
    location = _side("Location", "What about the place makes it possible.")
    manager = _side("Manager of the location", "Who owns, runs or looks after the place.")
    tried_before = _side("What was tried before", "By whom, when, and what came of it.")
    similar = ConfirmField("I have looked at similar problems, here and elsewhere", missing=None)

    @classmethod
    def values_of(cls, record: StageRecord) -> Mapping[str, object]:
        """What is kept with the problem."""
        found = record.problem.hypotheses
        rows = [{"why": each.words, "supports": each.supports, "weakens": each.weakens} for each in found]
        return {"similar": record.similar_seen_on is not None, **_Hypotheses.values(rows)}

    @property
    def rows(self) -> list[list[Any]]:
        """The rows to show: those that hold something, and two more."""
        return _Hypotheses.shown(self)

    def check_rows(self) -> None:
        """Refuse what is said for or against a hypothesis that nobody has put."""
        for why, supports, weakens in _Hypotheses.of(self):
            if (supports.data or weakens.data) and not why.data and not why.errors:
                why.refuse("Say what the hypothesis is.")

    def value(self) -> AnalysisFacts:
        """What was typed."""
        return AnalysisFacts(
            Triangle(
                self.victim.data,
                self.guardian.data,
                self.offender.data,
                self.handler.data,
                self.location.data,
                self.manager.data,
            ),
            [
                Hypothesis(why.data, supports.data, weakens.data)
                for why, supports, weakens in _Hypotheses.of(self)
                if why.data
            ],
            self.tried_before.data,
            self.similar.given,
            self.involvement(),
        )
