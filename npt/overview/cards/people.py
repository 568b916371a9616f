"""Whom to ask: the specialist contacts that the communities here call for."""

from flask import url_for

from npt.access.rules import Permission
from npt.communities.queries import called_for, specialists_at
from npt.overview.cards.card import Card, Line, Patch


def specialists(patch: Patch) -> Card | None:
    """The specialist contacts whom a community here calls for, and for which."""
    session, place, day = patch.session, patch.place, patch.day
    if not patch.may(Permission.SEE_STAFFING) or not patch.may(Permission.SEE_PROFILES):
        return None
    contacts = specialists_at(session, place, as_at=day)
    called = {
        contact.id for community in patch.communities for contact in called_for(contacts, community, day)
    }
    shown = [each for each in contacts if each.id in called]
    return Card(
        "Specialist contacts",
        url_for("communities.specialists", code=place.code),
        "All specialist contacts",
        lines=[
            Line(f"{each.subject}: {each.name}", "", ", ".join(filter(None, (each.telephone, each.email))))
            for each in shown
        ],
        words="" if shown else "No community here calls for one of them.",
    )
