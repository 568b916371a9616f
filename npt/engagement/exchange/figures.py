"""The figures of contacts, patrols and five a day, as programs are given them: numbers alone."""

from typing import Any

from npt.engagement.queries import MonthHeard
from npt.engagement.rules import AskingState


def heard_as_json(heard: MonthHeard) -> dict[str, Any]:
    """What a unit heard in a month."""
    sums = heard.sums
    return {
        "unit": heard.unit.code,
        "month": str(heard.month),
        "contacts": heard.contacts,
        "answers_promised": heard.promised,
        "matters": [{"category": code, "contacts": count} for code, count in heard.matters],
        "patrols": heard.patrols,
        "patrol_minutes": heard.patrol_minutes,
        "spoken_to": heard.spoken_to,
        "people_to_ask": sums.expected,
        "people_asked": sums.asked,
        "people_lost_to_abstraction": sums.cost,
        "days_met": sums.of(AskingState.MET),
        "days_short": sums.of(AskingState.SHORT),
        "days_signed_nil": sums.of(AskingState.NIL),
        "days_not_recorded": sums.of(AskingState.NOT_RECORDED),
    }
