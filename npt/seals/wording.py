"""Seals in words, where several features' screens, files and commands say them alike."""

from npt.kit.clock import local_day
from npt.kit.months import Month
from npt.measures.rules import Figure
from npt.measures.wording import figure_in_words, made_of
from npt.measures.wording import signed_in_words as then_in_words
from npt.seals.models import Seal
from npt.seals.rules import Restated, SealedMeasure
from npt.webkit.filters import day, plural


def signed_in_words(seal: Seal, month: Month) -> str:
    """Who signed, when, and which edition: "October 2026 was signed off on 5 November 2026 by Ann Lee"."""
    by = "" if seal.signed_by is None else f" by {seal.signed_by.name}"
    edition = "" if seal.edition == 1 else f" (edition {seal.edition})"
    return f"{month.title} was signed off on {day(local_day(seal.signed_at))}{by}{edition}."


def unconfirmed_in_words(seal: Seal) -> str:
    """How many days were not confirmed then; "" for none."""
    if not seal.unconfirmed_days:
        return ""
    return f"{plural(seal.unconfirmed_days, 'team-day')} not confirmed."


def restated_in_words(measure: SealedMeasure, now: Figure) -> str:
    """Both figures: "13.1% now; 12.4% was signed off"."""
    live, signed = measure.live, measure.figure
    words = figure_in_words(live, now)
    made = made_of(live, now) if words == figure_in_words(live, signed) else ""
    return f"{words}{made and f' ({made})'} now; {then_in_words(live, signed, now)} was signed off"


def changes_in_words(restated: Restated, most: int) -> list[str]:
    """The records that are others now, a line each, the first `most` of them and how many more."""
    lines = [each.words for each in restated.records[:most]]
    if (more := len(restated.records) - most) > 0:
        lines.append(f"and {plural(more, 'more record')}")
    return lines
