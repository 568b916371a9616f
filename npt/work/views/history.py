"""What happened to an action, in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from npt.kit.money import pounds_in_words
from npt.webkit.filters import day
from npt.work.queries import HistoryLine
from npt.work.rules import ActionState, MatterStage

#: What a value is called, and how it is worded; None where only that it changed is told.
_WORDS: Mapping[str, tuple[str, Callable[[Any], str] | None]] = {
    "due_on": ("due date", lambda value: day(date.fromisoformat(value))),
    "what": ("what is to be done", None),
    "result": ("result", None),
    "cost_pence": ("cost", pounds_in_words),
    "funding": ("funding source", None),
    "stage": ("stage", lambda value: MatterStage(value).wording),
    "is_for_residents": ("shown to residents", lambda value: "yes" if value else "no"),
}


def in_words(line: HistoryLine) -> list[str]:
    """A change, a sentence for each part of it."""
    return list(_parts(line))


def _parts(line: HistoryLine) -> Iterator[str]:
    before, after = line.owner or (None, None)
    if line.is_new:
        due = line.changes.get("due_on", (None, None))[1]
        until = "" if due is None else f", due {day(date.fromisoformat(due))}"
        yield f"Set for {after or 'somebody'}{until}."
        return
    if "state" in line.changes:
        was, is_now = (ActionState(value) for value in line.changes["state"])
        verb = "Reopened" if is_now.is_open and not was.is_open else is_now.wording
        yield f"{verb}: {line.reason}" if line.reason else f"{verb}."
    if line.owner is not None:
        yield f"Given to {after or 'somebody'}, before {before or 'somebody'}."
    for name, (was, is_now) in line.changes.items():
        if name in _WORDS:
            yield _changed(*_WORDS[name], was, is_now)


def _changed(called: str, words: Callable[[Any], str] | None, was: Any, is_now: Any) -> str:
    if words is None:
        verb = "Added" if was is None else "Removed" if is_now is None else "Changed"
        return f"{verb}: {called}."
    told = [("none" if value is None else words(value)) for value in (was, is_now)]
    return f"{called.capitalize()}: {told[1]}, before {told[0]}."
