"""The profiles of the demonstration: invented words, most of them reviewed in time, some overdue or missing.

Those of the shown team are rich, with versions to compare; that of the neighbourhood that was split waits to
be carried over.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.accounts.models import Account
from npt.demonstration.chance import stream
from npt.demonstration.places import SHOWN_TEAM
from npt.demonstration.units import SPLIT_CODE
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Posting
from npt.people.rules import PolicingRole
from npt.profiles.models import PartVersion, Profile, ProfileReview
from npt.profiles.rules import Part, review_due

#: Nobody has written these yet.
_MISSING = ("J243", "J434", "J512")
_ABOUT = {
    1: "Dense streets of terraces and flats around a busy shopping street. People move in and out quickly,"
    " and many households rent. Footfall is high until late in the evening.",
    2: "Estates of the 1960s and 1970s with a parade of shops, two schools and a community centre. Most"
    " people have lived here for more than ten years.",
    3: "Mostly owner-occupied houses around a green. Commuters leave early and come back late, and the"
    " streets are empty at midday.",
    4: "A village and the farms around it. There is one shop, a hall and a church; the bus runs every two"
    " hours. Neighbours know one another and ring late.",
}
_KEY = {
    1: "The market hall, the bus station, the college, two places of worship, the night shelter.",
    2: "The parade of shops, the community centre, the upper school, the health centre.",
    3: "The green, the lower school, the station car park, the leisure centre.",
    4: "The village hall, the shop, the church, the recreation ground.",
}
_DEMAND = {
    1: "Friday and Saturday nights outside the takeaways. Weekday afternoons at the bus station, when the"
    " schools close.",
    2: "The garages behind the parade, after dark. The bus shelter on the ring road.",
    3: "The station car park by day. The footpath behind the school in the holidays.",
    4: "The recreation ground on summer evenings. Farm yards before the weekend.",
}
_SIGNAL = {
    1: "Street drinking by the fountain, and cars that race along the main road at night.",
    2: "Burnt-out bins, and graffiti on the underpass that nobody removes.",
    3: "Cars with broken windows in the station car park.",
    4: "Fly-tipping in gateways, and hare coursing after harvest.",
}
#: of the shown team: part, words by version, the last one the newest
_RICH: Mapping[Part, tuple[str, ...]] = {
    Part.ABOUT: (
        "Terraced streets around the market, with many families from Pakistan and Kashmir.",
        "Terraced streets around the market, with many families from Pakistan and Kashmir. Romanian families"
        " have come to the streets by the railway since the spring.\n\nThe market is busy on Fridays, and the"
        " streets around it are full when the mosques close.",
    ),
    Part.CRIME: (
        "Anti-social behaviour has gone down since the council lit the alleys and the youth club opens on"
        " Thursdays.\n\nTheft rises before the holidays, mostly from vans.",
    ),
    Part.DEMAND_LOCATIONS: (
        "The alleys behind the market, after dark.",
        "The alleys behind the market were the worst until they were lit. Now it is the car park by the"
        " railway, after ten at night.",
    ),
}


def write_profiles(session: Session, seed: int, now: datetime, today: date) -> None:
    """Write the profiles of all neighbourhoods, of the one that closed too."""
    units = session.scalars(select(Unit).where(Unit.level == Level.NEIGHBOURHOOD).order_by(Unit.path)).all()
    sergeant = session.scalars(select(Account).where(Account.email == "sergeant@demo.example")).one()
    owners = _owners(session, today)
    for unit in units:
        if unit.code in _MISSING:
            continue
        chance = stream(seed, "profile", unit.code)
        days = chance.randint(20, 350) if chance.random() < 0.85 else chance.randint(380, 600)
        reviewed_on = max(today - timedelta(days=days), unit.opened_on)
        of_team = owners.get(unit.parent_id or 0, [])
        profile = Profile(
            unit=unit,
            owner_id=chance.choice(of_team) if of_team and unit.closed_on is None else None,
            review_due_on=review_due(reviewed_on),
        )
        session.add(profile)
        is_shown = unit.path.endswith(f"/{SHOWN_TEAM}/{unit.code}/")
        if is_shown:
            session.add(ProfileReview(profile=profile, reviewed_on=reviewed_on, reviewed_by_id=sergeant.id))
        for part, versions in _parts(unit, is_rich=is_shown):
            for number, words in enumerate(versions, start=1):
                ago = timedelta(days=days + 30 * (len(versions) - number))
                session.add(
                    PartVersion(
                        profile=profile,
                        part=part,
                        number=number,
                        words=words,
                        written_by_id=sergeant.id if is_shown else None,
                        written_at=now - ago,
                    )
                )
    session.flush()


def _parts(unit: Unit, *, is_rich: bool) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """What stands in the parts of a profile, version by version."""
    rank = unit.priority_class or 2
    told = {
        Part.ABOUT: (_ABOUT[rank],),
        Part.KEY_LOCATIONS: (_KEY[rank],),
        Part.DEMAND_LOCATIONS: (_DEMAND[rank],),
        Part.SIGNAL_CRIMES: (_SIGNAL[rank],),
        **(_RICH if is_rich else {}),
    }
    if unit.code == SPLIT_CODE:
        told = {Part.ABOUT: (_ABOUT[1],), Part.DEMAND_LOCATIONS: (_DEMAND[1],)}
    yield from told.items()


def _owners(session: Session, today: date) -> Mapping[int, list[int]]:
    """The keys of the constables and PCSOs of each team, by the key of the team."""
    asked = select(Posting).options(joinedload(Posting.member)).order_by(Posting.id)
    asked = asked.where(Posting.role.in_((PolicingRole.CONSTABLE, PolicingRole.PCSO)), Posting.holding(today))
    found: dict[int, list[int]] = {}
    for posting in session.scalars(asked):
        found.setdefault(posting.unit_id, []).append(posting.member_id)
    return found
