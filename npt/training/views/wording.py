"""Standings in words, for the pages and for the files of figures."""

from datetime import date

from npt.training.models import Completion
from npt.training.rules import Due, DueKind, Stage, Standing
from npt.webkit.filters import day as day_in_words


def standing_in_words(standing: Standing, modules: int) -> str:
    """How far a member has come with a programme of so many modules: "registered, 3 of 7 completed"."""
    if standing.stage is None:
        return "not registered" if standing.is_needed else "not needed"
    if standing.has_reached(Stage.VERIFIED):
        return "verified" + _external(standing)
    if standing.has_reached(Stage.COMPLETED):
        if modules == 1:
            return "completed, not verified"
        return f"completed, {standing.verified} of {modules} verified"
    if standing.due is not None and standing.due.kind is DueKind.EXPIRED:
        return "verified, but expired"
    return "registered" if modules == 1 else f"registered, {standing.completed} of {modules} completed"


def _external(standing: Standing) -> str:
    if standing.granted_on is not None:
        return ", also externally"
    return ", external verification asked for" if standing.asked_on is not None else ""


def due_in_words(due: Due, day: date) -> str:
    """What is due and when: "not registered, by 4 May 2026", "stalled since 4 May 2026"."""
    on = day_in_words(due.on)
    if due.kind is DueKind.TO_REGISTER:
        return f"overdue: should have registered by {on}" if due.is_overdue(day) else f"to register by {on}"
    if due.kind is DueKind.STALLED:
        return f"stalled since {on}"
    return f"expired on {on}" if due.kind is DueKind.EXPIRED else f"expires on {on}"


def verifier_in_words(completion: Completion) -> str:
    """Who verified a module; empty while nobody has."""
    if completion.verified_by is not None:
        return completion.verified_by.name
    member = completion.verified_by_member
    return "" if member is None else f"{member.name} ({member.number})"
