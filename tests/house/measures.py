"""The list of measures, made from the registry, so that it cannot drift from what is counted.

It is committed as docs/measures.md. `python -m tests.house.measures --write` renders it anew.
"""

import sys
from pathlib import Path

from npt.measures.queries.registry import MEASURES
from npt.measures.rules import Measure, Target
from npt.measures.wording import target_in_words
from npt.organisation.rules import Level
from npt.settings import ROOT
from tests.house.processing import unlike

COMMITTED = ROOT / "docs" / "measures.md"
CURE = (
    "What is measured has changed. Read the difference as that; when it is meant, run"
    " `.venv/bin/python -m tests.house.measures --write` and commit docs/measures.md with it.\n"
)
_HEADING = """# Measures

<!-- Made by `python -m tests.house.measures --write` from npt/measures/queries/registry.py. -->

What is counted of a unit and month, in the order in which it is shown. The page of a unit’s measures
(`/units/CODE/months/YYYY-MM/measures`) has every figure with its target and opens the records behind it;
programs ask for them at `/api/v1/measures?unit=CODE&month=YYYY-MM`, with `to=YYYY-MM` for several months and
`definition=CODE` for another definition of abstraction.

- A figure is *not known* rather than 0 where nothing is recorded to count it from, and says why.
- Figures as at a day are of the last day of the month, or of today while it lasts.
- *Recomputable*: the records give the same figure again later. *Observed*: it depends on the day on which
  somebody looks. It is known of this month and the last, and kept when a month is signed off.
- A target holds from a day on, for a unit and all under it that have none of their own. A month is judged by
  the target of its last day; where another held before, the page says so. The targets below are as installed.

| code | measure | what is counted | in | better | target | question | owner | kind |
|---|---|---|---|---|---|---|---|---|
"""


def listing() -> str:
    """The list, in Markdown."""
    return _HEADING + "".join(_row(measure) for measure in MEASURES)


def _row(measure: Measure) -> str:
    kind = "recomputable" if measure.is_recomputable else "observed"
    if Level.NEIGHBOURHOOD in measure.levels:
        kind += "; of neighbourhoods too"
    cells = (
        f"`{measure.code}`",
        measure.name,
        measure.definition,
        measure.counted_in.value,
        measure.better.value,
        target_in_words(measure, Target.installed(measure)),
        measure.question,
        measure.owner,
        kind,
    )
    return f"| {' | '.join(cells)} |\n"


def difference(committed: str) -> str:
    """The lines that differ, with the cure; empty when none do."""
    return unlike(committed, listing(), CURE)


def main(arguments: list[str], file: Path = COMMITTED) -> int:
    """Print the list, or write it where it is committed."""
    if arguments == ["--write"]:
        file.write_text(listing())
    else:
        sys.stdout.write(listing())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
