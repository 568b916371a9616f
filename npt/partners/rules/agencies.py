"""Agencies: their codes, how they close, and which may follow which. All of it is ours, as for units."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Span, checked_span
from npt.organisation.rules import CODE_LENGTH, BadCode, check_code


class BadAgencyCode(Refusal):
    """A code has characters or a length that a code cannot have."""


class AlreadyClosed(Refusal):
    """A closed agency was closed again."""


class WrongSuccessor(Refusal):
    """An agency was named as the successor of one that it cannot follow."""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What is recorded of an agency besides its code; its days are both included."""

    name: str
    opened_on: date
    closed_on: date | None = None

    @property
    def span(self) -> Span:
        """Its days. DayOutOfRange, EndsBeforeItStarts."""
        return checked_span(self.opened_on, self.closed_on, first_field="opened_on", last_field="closed_on")


def check_agency_code(code: str) -> None:
    """Refuse (BadAgencyCode) what no agency and no group can have as its code."""
    try:
        check_code(code)
    except BadCode:
        raise BadAgencyCode(
            f"“{code[:40]}” cannot be a code: use up to {CODE_LENGTH} letters A to Z, digits, dots,"
            " underscores or hyphens, with at least one letter or digit.",
            field="code",
        ) from None


def check_closing(name: str, span: Span, last_day: date) -> None:
    """Refuse to close an agency with this last day: AlreadyClosed, DayOutOfRange, EndsBeforeItStarts."""
    if span.last is not None:
        raise AlreadyClosed(
            f"{name} closed on {day_in_words(span.last)}: correct the agency to change that day.",
            field="closed_on",
        )
    checked_span(span.first, last_day, first_field="opened_on", last_field="closed_on")


def check_successor(
    code: str, last_day: date, successor: str, stands: Span, following: Mapping[str, Collection[str]]
) -> None:
    """Refuse (WrongSuccessor) the agency itself, one that it followed, and one not open the day after.

    `following` has, by code, who took over from each: over however many steps, no agency follows itself.
    """
    after = last_day + timedelta(days=1)
    if successor == code:
        why = f"{code} cannot take over from itself: name another agency."
    elif code in _followers_of(successor, following):
        why = (
            f"{code} took over from {successor}, directly or by others in between, so {successor} cannot"
            f" take over from {code}: name another agency."
        )
    elif not stands.covers(after):
        why = (
            f"{successor} is not open on the day after {code} closes ({day_in_words(last_day)}):"
            " name an agency that is, or change the dates."
        )
    else:
        return
    raise WrongSuccessor(why, field="successors")


def _followers_of(code: str, following: Mapping[str, Collection[str]]) -> set[str]:
    """Whoever took over from an agency, directly or by others in between."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        for each in following.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
