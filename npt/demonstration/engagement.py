"""Contacts, patrols and five a day of the demonstration: thirteen months, all invented.

In Luton NSOs and PCSOs are to ask five people a day, and mostly ask three or four; elsewhere nobody counts.
The teams of some neighbourhoods speak only to people like themselves, and nobody in Luton has spoken to the
Polish community.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.categories.queries import categories, category_coded
from npt.demonstration.calendar import Calendar
from npt.demonstration.chance import stream
from npt.demonstration.heard import (
    Duty,
    communities_spoken_to,
    duties,
    neighbourhoods_under,
    streets_named,
)
from npt.demonstration.places import FORCE_CODE, LUTON, SHOWN_TEAM
from npt.engagement.actions import ContactFacts, check_mix, record_contact, set_target
from npt.engagement.models import AskedNobody, Contact, ContactWords, Patrol
from npt.engagement.rules import Asker, PatrolMode
from npt.journal.many import add_rows
from npt.kit.clock import local_day, to_local
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.people.rules import PolicingRole
from npt.phone.actions import Sending
from npt.store.base import Base
from npt.store.many import Stored
from npt.store.types import WholeMinute, minute_number

#: How many people somebody asks on a day, on average.
_IN_LUTON = {PolicingRole.PCSO: 3.9, PolicingRole.CONSTABLE: 2.3}
_ELSEWHERE = {PolicingRole.PCSO: 0.8, PolicingRole.CONSTABLE: 0.3}
_LUTON_PEOPLE = {"W": 46, "A": 31, "B": 9, "M": 4, "O": 1, "NS": 4, None: 12}
_COUNTY_PEOPLE = {"W": 80, "A": 6, "B": 3, "M": 2, "O": 1, "NS": 2, None: 14}
#: Teams that speak to hardly anybody but white residents.
_ONE_SIDED = ("C11", "C22", "J13", "J21", "J54")
_MATTERS = {
    "asb": 24, "parking": 15, "speeding": 14, "litter": 9, "drugs": 9, "noise": 8, "burglary": 5,
    "vehicle-crime": 5, "criminal-damage": 4, "theft": 3, "alcohol": 2, "other": 2,
}  # fmt: skip
_WORDS = (
    "Mopeds on the footpath most evenings.",
    "Nobody can park by the school at three.",
    "Cars race past the shops after dark.",
    "Young people gather by the garages, no harm so far.",
    "Bags are left beside the bins every week.",
    "It has been quiet since the lights were mended.",
    "Somebody sells drugs behind the flats.",
    "Would like to see an officer on foot more often.",
    "The priorities are the right ones.",
    "Asked when the next meeting is.",
)
_MODES = {
    PatrolMode.FOOT: 70,
    PatrolMode.CYCLE: 10,
    PatrolMode.VEHICLE: 14,
    PatrolMode.BUS: 4,
    PatrolMode.MOBILE_STATION: 2,
}
_NIL = ("Search for a missing person", "At the scene of a fire all day", "Paper for court", "Heavy snow")
_MINUTE = timedelta(minutes=1)


@dataclass
class _Invention:
    """What is made of the shifts, row by row."""

    chance: Random
    matters: Mapping[str, int]
    #: by neighbourhood, its communities with how many of a hundred are spoken to, and the streets
    communities: Mapping[int, Mapping[int, float]]
    streets: Mapping[int, Sequence[str]]
    contacts: list[dict[str, Any]]
    patrols: list[dict[str, Any]]
    nil: list[dict[str, Any]]

    def add(self, duty: Duty) -> None:
        """A day: whom they spoke to, where they went, or that they signed for nobody."""
        chance = self.chance
        mean = (_IN_LUTON if duty.is_in_luton else _ELSEWHERE)[duty.role]
        count = 0 if chance.random() < 0.07 else round(chance.gauss(mean, 1.4))
        for _ in range(max(0, count)):
            self.contacts.append(self._contact(duty))
        if count <= 0 and duty.is_in_luton and chance.random() < 0.45:
            signed = {"member_id": duty.member_id, "on_date": duty.on, "reason": chance.choice(_NIL)}
            self.nil.append({**signed, "signed_at": duty.ends, "version": 1})
        if chance.random() < 0.3:
            self.patrols.append(self._patrol(duty))

    def _contact(self, duty: Duty) -> dict[str, Any]:
        chance, place = self.chance, self.chance.choice(duty.places)
        people = _LUTON_PEOPLE if duty.is_in_luton else _COUNTY_PEOPLE
        is_one_sided = place.code.startswith(_ONE_SIDED)
        streets = self.streets.get(place.id, ())
        is_asked, community = self._community(place)
        at = self._instant(duty)
        matters = chance.random() < 0.9
        return {
            "reference": f"c-{len(self.contacts) + 1:06}",
            "unit_id": place.id,
            "member_id": duty.member_id,
            "at": at,
            "on_date": local_day(at),
            "street": chance.choice(streets) if streets and chance.random() < 0.4 else None,
            "category_id": self.matters[_one_of(chance, _MATTERS)] if matters else None,
            "ethnicity": "W" if is_one_sided else _one_of(chance, people),
            "community_id": community,
            "is_of_none": is_asked and community is None,
            "are_priorities_right": chance.choice((True, True, True, False, None)),
            "typed_at": at,
            "received_at": at + timedelta(hours=3) if chance.random() < 0.02 else at,
            "version": 1,
        }

    def _community(self, place: Unit) -> tuple[bool, int | None]:
        """Whether somebody is asked of their community, as most are where there are any; and which it is."""
        there = self.communities.get(place.id)
        if not there or self.chance.random() > 0.8:
            return False, None
        others = max(10.0, 100 - sum(there.values()))
        return True, self.chance.choices([*there, None], [*there.values(), others])[0]

    def _patrol(self, duty: Duty) -> dict[str, Any]:
        chance, place = self.chance, self.chance.choice(duty.places)
        starts = self._instant(duty)
        minutes = min(chance.randint(2, 9) * 15, max(15, int((duty.ends - starts) / _MINUTE)))
        streets = self.streets.get(place.id, ())
        return {
            "reference": f"p-{len(self.patrols) + 1:06}",
            "unit_id": place.id,
            "member_id": duty.member_id,
            "on_date": local_day(starts),
            "starts_at": starts,
            "ends_at": starts + minutes * _MINUTE,
            "minutes": minutes,
            "mode": _one_of(chance, _MODES),
            "spoken_to": chance.randint(0, 9) if chance.random() < 0.8 else None,
            "note": chance.choice(streets) if streets and chance.random() < 0.25 else None,
            "typed_at": starts + minutes * _MINUTE,
            "received_at": starts + minutes * _MINUTE,
            "version": 1,
        }

    def _instant(self, duty: Duty) -> datetime:
        minutes = int((duty.ends - duty.starts) / _MINUTE)
        return duty.starts + self.chance.randrange(0, max(1, minutes - 15)) * _MINUTE


def _one_of(chance: Random, shares: Mapping[Any, int]) -> Any:
    return chance.choices(list(shares), list(shares.values()))[0]


def listen(session: Session, seed: int, calendar: Calendar, by: str, now: datetime) -> None:
    """Fill the neighbourhoods with what people said, as members of the account of `by` check it."""
    units = units_coded(session, [FORCE_CODE, LUTON.code, SHOWN_TEAM])
    force, luton, team = (units[code] for code in (FORCE_CODE, LUTON.code, SHOWN_TEAM))
    made = _Invention(
        stream(seed, "contacts"),
        {each.code: each.id for each in categories(session)},
        communities_spoken_to(session, force.path, luton.path, calendar.today),
        streets_named(session, calendar.today),
        [],
        [],
        [],
    )
    for duty in duties(session, force.path, luton.path, now):
        made.add(duty)
    for model, rows in ((Contact, made.contacts), (Patrol, made.patrols), (AskedNobody, made.nil)):
        _add(session, model, rows)
    _write_words(session, made.chance)
    stamp = Stamp(session.scalars(select(Account.id).where(Account.email == by)).one(), now)
    for asker in (Asker.NSO, Asker.PCSO):
        set_target(session, unit=luton, asker=asker, people=5, starts_on=calendar.first, stamp=stamp)
    _promise(session, team, stamp)
    check_mix(
        session,
        unit=team,
        first_on=calendar.today - timedelta(days=120),
        last_on=calendar.today - timedelta(days=30),
        to_do="Nobody has spoken to the Polish community: call at the new shops by the end of the month.",
        stamp=stamp,
    )


def _write_words(session: Session, chance: Random) -> None:
    """What one in eight said, in words."""
    asked = select(Contact.id, Contact.received_at).order_by(Contact.id)
    rows = [
        {"contact_id": key, "words": chance.choice(_WORDS), "written_at": written}
        for key, written in session.execute(asked)
        if chance.random() < 0.125
    ]
    _add(session, ContactWords, rows)


def _add(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as a file of a million would be written: by the unit of work they take half a minute."""
    names = tuple(rows[0])
    columns = [model.__table__.columns[name].type for name in names]
    ahead = "+00:00" if session.get_bind().dialect.name == "postgresql" else ""

    def stored(value: Any, kind: Any) -> Stored:
        if isinstance(value, datetime):
            return (
                minute_number(value)
                if isinstance(kind, WholeMinute)
                else f"{value:%Y-%m-%d %H:%M:%S.%f}{ahead}"
            )
        if isinstance(value, date):
            return value.isoformat()
        return str(value.value) if isinstance(value, Enum) else cast(Stored, value)

    kinds = list(zip(names, columns, strict=True))
    table = model.metadata.tables[model.__tablename__]
    add_rows(session, table, names, [tuple(stored(row[name], kind) for name, kind in kinds) for row in rows])


def _promise(session: Session, team: Unit, stamp: Stamp) -> None:
    """Three people of the team that is shown wait for an answer, one of them for too long."""
    place = session.scalars(neighbourhoods_under(team.path).limit(1)).one()
    for hours, code in ((90, "parking"), (30, "asb"), (5, "litter")):
        facts = ContactFacts(
            place,
            at=to_local(stamp.now - timedelta(hours=hours)),
            category=category_coded(session, code),
            words="Wants to know what the team will do.",
            wants_answer=True,
        )
        record_contact(session, facts=facts, sending=Sending(stamp, None))
