"""The communities of the demonstration force, what was said of them, and specialist contacts: all invented.

In most neighbourhoods somebody has said which communities are vulnerable and which emerging, in some nobody
has, and in one the Polish community has been emerging for longer than a year without anybody looking again.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.communities.actions import SpecialistFacts, flagged, name_specialist_contact, say
from npt.communities.models import Community
from npt.communities.queries import communities_under
from npt.communities.rules import ASKED, Calling, Flag
from npt.demonstration.calendar import Calendar
from npt.demonstration.places import BEDFORD_AND_DUNSTABLE, FORCE_CODE, LUTON, SHOWN_TEAM
from npt.demonstration.units import SPLIT_CODE
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of, units_coded

#: neighbourhood, code, name, kind, share, flags, languages, source, as_at
CommunityRow = tuple[str, str, str, str, Decimal | None, str | None, str | None, str | None, date | None]


class _Community(NamedTuple):
    """A community as it is in several neighbourhoods."""

    code: str
    name: str
    kind: str
    #: in percent
    share: str
    flags: str
    languages: str | None
    source: str
    #: how many days ago that was so
    days_ago: int
    neighbourhoods: str


# fmt: off
_COMMUNITIES = (
    _Community("pakistani", "Pakistani", "ethnic", "39.5", "", "Urdu, Punjabi, English", "census", 200,
               "C121 C122 C123 C124"),
    _Community("kashmiri", "Kashmiri", "ethnic", "22", "", "Pahari, Urdu, English", "Kashmiri group", 190,
               "C121 C122 C123"),
    _Community("bangladeshi", "Bangladeshi", "ethnic", "17.8", "vulnerable", "Sylheti, Bengali, English",
               "census", 150,
               "C121 C123 C124 C224"),
    _Community("mosques", "Mosques", "faith", "", "", None, "Council of Mosques", 120,
               "C121 C122 C123 C124 C224 J121"),
    _Community("roma", "Romanian Roma", "ethnic", "", "vulnerable emerging", "Romanian, Romani",
               "community cohesion officer", 80,
               "C121 C112 C113"),
    _Community("polish", "Polish", "ethnic", "4.5", "emerging", "Polish, English",
               "shopkeepers and the Polish church", 130,
               "C111 C112 C221 C312 J111 J112 J122 J611 J641"),
    _Community("polish", "Polish", "ethnic", "6", "emerging", "Polish, English", "team", 430,
               "J131 J132 C122"),
    _Community("italian", "Italian", "ethnic", "5.2", "", "Italian, English", "Italian mission", 300,
               "J113 J131 J132 J141 J212"),
    _Community("indian", "Indian", "ethnic", "15.8", "", "Punjabi, Gujarati, English", "census", 220,
               "J121 J122"),
    _Community("irish", "Irish", "ethnic", "2.4", "", "English", "Irish forum", 260,
               "C112 C221 C224 C311 C312"),
    _Community("caribbean", "Caribbean", "ethnic", "4.2", "", "English", "census", 240,
               "C114 C212 C223 C321"),
    _Community("students", "Students", "age", "", "vulnerable", None, "university", 60,
               "C111 C113 J531 J151"),
    _Community("young-people", "Young people", "age", "", "hard-to-reach", None, "youth workers", 100,
               "C211 C222 C223 C321 J311 J321 J641 J642"),
    _Community("older-people", "Older people living alone", "age", "", "vulnerable", None,
               "parish councils", 170,
               "C213 C311 C313 J212 J221 J222 J343 J421 J511 J521 J711 J721 J732"),
    _Community("travellers", "Gypsies and Travellers", "ethnic", "", "vulnerable hard-to-reach",
               "English", "county liaison officer", 140,
               "J241 J332 J442 J522 J741"),
    _Community("airport", "Airport staff", "business", "", "", None, "airport", 310, "C324"),
    _Community("shops", "Shopkeepers", "business", "", "", None, "chamber of trade", 330,
               "C111 J111 J112 J611 J711 J411"),
    _Community("farms", "Farms", "business", "", "", None, "rural watch", 320,
               "J231 J241 J242 J243 J431 J432 J512 J731 J742"),
    _Community("hostels", "People in hostels", "housing", "", "vulnerable", None, "council housing", 40,
               "C111 J111 J131"),
    _Community("new-estates", "People of the new estates", "housing", "", "emerging", None, "council", 90,
               "J331 J342 J442 J443 J532 J622 J712"),
    _Community("lithuanian", "Lithuanian", "ethnic", "", "emerging", "Lithuanian, Russian",
               "language school", 50,
               "J411 J412 J611 J612"),
)
# fmt: on
#: The neighbourhoods of which nobody has ever said anything, by the beginnings of their codes.
_SILENT = ("C124", "C31", "J15", "J24", "J43", "J54", "J74")
#: Who signed for whom: the sergeant for the shown team, the manager for Luton, the board lead elsewhere.
_SIGNING = ((SHOWN_TEAM, "sergeant"), (LUTON.code, "manager"), (BEDFORD_AND_DUNSTABLE.code, "board"))
_SIGNED_AGO = timedelta(days=45)
_AT_RISK = (Calling.VULNERABLE, Calling.EMERGING)
#: unit, subject, name, telephone, email, what calls for them
_SPECIALISTS = (
    (FORCE_CODE, "Diversity", "Rowan Ashby", "01234 555 0101", None, (Calling.ETHNIC, Calling.FAITH)),
    (FORCE_CODE, "Autism and ADHD", "Ellis Marlowe", None, "autism@demo.example", ()),
    (FORCE_CODE, "Licensing", "Licensing desk", "01234 555 0102", None, (Calling.BUSINESS,)),
    (LUTON.code, "Hate crime", "Luton hate crime unit", "01582 555 0103", None, _AT_RISK),
    (LUTON.code, "Community cohesion", "Farah Lindqvist", None, "cohesion@demo.example", (Calling.FAITH,)),
    (BEDFORD_AND_DUNSTABLE.code, "Hate crime", "Bedford hate crime unit", "01234 555 0104", None, _AT_RISK),
)


def community_rows(calendar: Calendar) -> Iterator[CommunityRow]:
    """The communities of all neighbourhoods."""
    for each in _COMMUNITIES:
        for code in each.neighbourhoods.split():
            as_at = calendar.today - timedelta(days=each.days_ago)
            share = Decimal(each.share) if each.share else None
            told = share, each.flags, each.languages, each.source
            yield code, each.code, each.name, each.kind, *told, as_at
    closed_on = calendar.reorganised_on - timedelta(days=30)
    yield SPLIT_CODE, "market", "Market traders", "business", None, None, None, "council", closed_on


def say_for_neighbourhoods(session: Session, now: datetime, today: date) -> None:
    """Sign for the neighbourhoods which communities are vulnerable or emerging, or that there are none."""
    then = today - _SIGNED_AGO
    accounts = {each.email: each.id for each in session.scalars(select(Account))}
    units = units_coded(session, {code for code, _ in _SIGNING})
    signed = set[int]()
    for code, name in _SIGNING:
        stamp = Stamp(accounts[f"{name}@demo.example"], now - _SIGNED_AGO)
        there = communities_under(session, units[code].path, as_at=then)
        for place in neighbourhoods_of(session, units[code], as_at=then):
            if place.id in signed or place.code.startswith(_SILENT):
                continue
            signed.add(place.id)
            for flag in ASKED:
                _say(session, place, flag, stamp, then, there)


def _say(session: Session, place: Unit, flag: Flag, stamp: Stamp, day: date, there: list[Community]) -> None:
    here = flagged([each for each in there if each.unit_id == place.id], flag, day)
    oldest = min((each.starts_on for each in here), default=day)
    if (day - oldest).days > 365:
        return  # nobody has looked again at what was said more than a year ago
    say(session, neighbourhood=place, flag=flag, is_none=not here, stamp=stamp, today=day)


def name_specialists(session: Session, today: date) -> None:
    """Name the specialist contacts of the force and its BCUs."""
    units = units_coded(session, {each[0] for each in _SPECIALISTS})
    for code, subject, name, telephone, email, calls in _SPECIALISTS:
        facts = SpecialistFacts(subject, name, telephone, email, calls)
        name_specialist_contact(session, unit=units[code], starts_on=today - timedelta(days=300), facts=facts)
