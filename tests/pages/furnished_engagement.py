"""Contacts, patrols and five a day in the furnished world."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.categories.queries import category_coded
from npt.engagement.actions import (
    ContactFacts,
    PatrolFacts,
    check_mix,
    record_contact,
    record_patrol,
    set_target,
    sign_nil,
)
from npt.engagement.rules import Asker, PatrolMode
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.phone.actions import Sending
from tests.world import HomeForce


def listen(
    session: Session,
    force: HomeForce,
    bcu: Unit,
    team: Unit,
    place: Unit,
    member: Member,
    *,
    reference: str,
    now: datetime,
    today: date,
    count: int,
) -> str:
    """Contacts in `place` by the member, the first under `reference`, and patrols; the reference of one."""
    stamp = Stamp(force.accounts[Role.SERGEANT].id, now)
    for number in range(count + 1):
        facts = ContactFacts(
            place,
            at=now - timedelta(hours=number + 1),
            category=category_coded(session, "noise"),
            words=f"Pat Sample of {place.name} cannot sleep",
            street="Mill Lane",
            ethnicity="A",
            wants_answer=number % 2 == 0,
        )
        typed_at = now - timedelta(hours=3) if number else None
        given = f"{reference}-{place.code}-{number}" if number else reference
        record_contact(session, facts=facts, sending=Sending(stamp, member, given, typed_at))
    patrols = [f"patrol-{place.code}-{number}" for number in range(count)]
    for given in patrols:
        walk = PatrolFacts(
            place,
            now - timedelta(hours=2),
            now - timedelta(hours=1),
            PatrolMode.FOOT,
            7,
            "Noise",
        )
        record_patrol(session, facts=walk, sending=Sending(stamp, member, given))
    for asker in Asker:
        for days in range(count):
            set_target(
                session,
                unit=place,
                asker=asker,
                people=5,
                starts_on=today - timedelta(days=days),
                stamp=stamp,
            )
            set_target(
                session,
                unit=bcu,
                asker=asker,
                people=5,
                starts_on=today - timedelta(days=9 + days),
                stamp=stamp,
            )
    for days in range(count):
        first = today - timedelta(days=90)
        check_mix(session, unit=team, first_on=first, last_on=today, to_do=f"Ask shops {days}", stamp=stamp)
    sign_nil(session, member=member, on=today - timedelta(days=1), reason="Search", stamp=stamp)
    return patrols[0]
