"""Whom the team spoke to this month, and where it patrolled."""

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.organisation.rules import Level
from npt.overview.cards.card import Card, Fact, Patch
from npt.overview.listening import heard_under
from npt.webkit.addresses import address
from npt.webkit.filters import hours, number
from npt.webkit.parts import Link


def listening(patch: Patch) -> Card | None:
    """Contacts and patrols of the month so far."""
    code, month = patch.place.code, Month.of(patch.day)
    if not patch.may(Permission.SEE_PROFILES):
        return None
    heard = heard_under(patch.session, patch.place.path, month.first, month.last)
    days = {"from-day": 1, "from-month": month.month, "from-year": month.year}
    contacts = address("engagement.contacts", code=code, **days)
    patrols = address("engagement.patrols", code=code, **days)
    ways = []
    if patch.may(Permission.RECORD_CONTACTS) and patch.place.level in (Level.TEAM, Level.NEIGHBOURHOOD):
        ways = [
            Link("Record a contact", url_for("engagement.new_contact")),
            Link("Record a patrol", url_for("engagement.new_patrol")),
        ]
    return Card(
        f"Heard in {month.title}",
        contacts,
        "Contacts",
        [
            Fact(number(heard.contacts), "contact" if heard.contacts == 1 else "contacts", contacts),
            Fact(number(heard.patrols), "patrol" if heard.patrols == 1 else "patrols", patrols),
            *([Fact(hours(heard.minutes), "on patrol", patrols)] if heard.minutes else []),
        ],
        more=[Link("Patrols", patrols), *ways],
    )
