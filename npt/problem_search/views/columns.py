"""The columns of what is found."""

from npt.problem_search.queries import MOST_FOUND
from npt.problems.queries import ProblemLine
from npt.problems.rules import Bearing
from npt.problems.views.listing import problem_column, unit_column, unproved
from npt.webkit.listing import Column, Columns

#: What is said under what was found, where it goes no further.
MORE_FOUND = f"The latest {MOST_FOUND} are listed: enter more words, or download the list to have all."


def columns_found() -> Columns[ProblemLine]:
    """What the search says of problems, also to partners: no more than a summary does."""
    return (
        problem_column(),
        Column("Category", lambda line: line.category, is_sortable=True),
        Column("Stage", lambda line: line.stage, below=unproved),
        Column("Outcome", lambda line: line.outcome_words or "", tone=_tone),
        unit_column(),
        Column("Raised", lambda line: line.raised_on, is_sortable=True),
    )


def _tone(line: ProblemLine) -> str:
    return {Bearing.SHOWN: "good", Bearing.NOT_SHOWN: "caution"}.get(line.bearing or Bearing.NOT_JUDGED, "")
