"""The register of processing: which columns hold whom, why, for how long, and what erasure does to them.

It is committed as docs/personal-data.md, so that a change of what is kept of people is a line that somebody
reads. `python -m tests.house.processing --write` renders it anew.
"""

import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import npt.factory  # noqa: F401 - every table of the house
from npt.settings import ROOT
from npt.store.personal import (
    ITSELF,
    WITH_THE_PERSON,
    Fate,
    Personal,
    mark_of,
    models_by_table,
    trail_of,
    unjudged,
)

COMMITTED = ROOT / "docs" / "personal-data.md"
CURE = (
    "What is kept of people has changed. Read the difference as that; when it is meant, run"
    " `.venv/bin/python -m tests.house.processing --write` and commit docs/personal-data.md with it.\n"
)
_HEADING = f"""# People in the records

The register of processing, made from what the tables say of themselves: every column that holds something
about a person, why it is kept, for how long, and what erasure (`npt forget`, `npt retention`) does to it. How
to work with it: [running.md](running.md#data-protection).

A row that is somebody's stays on erasure, under the pseudonym, unless it says “deleted”. How long, where
nothing else stands: {WITH_THE_PERSON.words}.

| on erasure | means |
|---|---|
{"".join(f"| {fate.name.lower().replace('_', ' ')} | {fate.value} |{chr(10)}" for fate in Fate)}
| table | whose row | what is held, and what erasure does | why | how long |
|---|---|---|---|---|
"""


def faults(models: Mapping[str, type[Any]] | None = None) -> list[str]:
    """What no table says of the people that it may hold, each with the cure."""
    return [fault for model in (models or models_by_table()).values() for fault in unjudged(model)]


def register() -> str:
    """The register, in Markdown."""
    held, not_held = list[str](), list[str]()
    for name, model in models_by_table().items():
        (held if mark_of(model).why else not_held).append(name)
    rows = "".join(_row(models_by_table()[name]) for name in held)
    return f"{_HEADING}{rows}\nThese tables hold nobody: {', '.join(not_held)}.\n"


def _row(model: type[Any]) -> str:
    mark, trail = mark_of(model), trail_of(model)
    owner = trail[-1].table.name.replace("_", " ") if trail else "whoever is named"
    kept = "" if mark.kept == WITH_THE_PERSON else mark.kept.words
    cells = (f"`{model.__table__.name}`", owner, "; ".join(_held(mark)), mark.why, kept)
    return f"| {' | '.join(cells)} |\n"


def _held(mark: Personal) -> Iterator[str]:
    if mark.whose not in {None, ITSELF}:
        yield f"the row, by `{mark.whose}`" + (": deleted" if mark.goes else "")
    for fate in Fate:
        if names := [f"`{name}`" for name, each in mark.holds.items() if each is fate]:
            yield f"{', '.join(names)}: {fate.name.lower().replace('_', ' ')}"
    if mark.others:
        yield "other people by " + ", ".join(f"`{name}`" for name in sorted(mark.others))


def difference(committed: str, rendered: str) -> str:
    """The lines that differ, with the cure; empty when none do."""
    return unlike(committed, rendered, CURE)


def unlike(committed: str, rendered: str, cure: str) -> str:
    """The lines in which two texts differ, with the cure; empty when none do."""
    lines: Iterable[str] = difflib.unified_diff(
        committed.splitlines(), rendered.splitlines(), "committed", "now", lineterm="", n=0
    )
    shown = "\n".join(lines)
    return f"{cure}{shown}" if shown else ""


def main(arguments: list[str], file: Path = COMMITTED) -> int:
    """Print the register, or write it where it is committed."""
    if arguments == ["--write"]:
        file.write_text(register())
    else:
        sys.stdout.write(register())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
