"""Partners of the demonstration: agencies in the four CDRPs, accounts that act for them, what they are shown.

Councils, fire and rescue, probation and the health trust are those of the county, and so are the days on
which two unitary councils replaced the county's and the districts': 1 April 2009. The housing association,
the school and all people are invented.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.access.rules import Role, ShareLevel
from npt.accounts.actions import existing_account, open_account
from npt.accounts.models import Account
from npt.attachments.actions import receive
from npt.demonstration.calendar import at
from npt.demonstration.places import LUTON, SHOWN_TEAM
from npt.documents.actions import Facts, file_document
from npt.documents.rules import DocumentKind
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.matters.queries import matter_referred
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.partners.actions import (
    act_for,
    add_group,
    close_agency,
    invite_resident,
    join_group,
    open_agency,
    share_with_agency,
    withdraw,
)
from npt.partners.models import Agency
from npt.partners.rules import AgencyFacts, LegalBasis, ShareTerms, Vetting
from npt.people.actions import grant_role

_DISTRICTS_SINCE, _CDRPS_SINCE = date(1974, 4, 1), date(1999, 4, 1)
_COUNTY_UNTIL, _UNITARY_SINCE = date(2009, 3, 31), date(2009, 4, 1)
_GROUPS = {
    "cdrp-luton": "Luton CDRP",
    "cdrp-bedford": "Bedford CDRP",
    "cdrp-mid": "Mid Bedfordshire CDRP",
    "cdrp-south": "South Bedfordshire CDRP",
}
#: Which of them an area of the force lies in; it may be that of a whole BCU.
GROUP_OF_AREA = {
    "C": "cdrp-luton",
    "J1": "cdrp-bedford",
    "J2": "cdrp-bedford",
    "J3": "cdrp-bedford",
    "J4": "cdrp-mid",
    "J5": "cdrp-mid",
    "J6": "cdrp-south",
    "J7": "cdrp-south",
}


class _Agency(NamedTuple):
    code: str
    name: str
    opened_on: date
    groups: str
    #: who took over on 1 April 2009
    followed_by: str = ""


_AGENCIES = (
    _Agency("CBC", "Central Bedfordshire Council", _UNITARY_SINCE, "cdrp-mid cdrp-south"),
    _Agency("BBC", "Bedford Borough Council", _DISTRICTS_SINCE, "cdrp-bedford"),
    _Agency("LBC", "Luton Borough Council", _DISTRICTS_SINCE, "cdrp-luton"),
    _Agency(
        "COUNTY",
        "Bedfordshire County Council",
        _DISTRICTS_SINCE,
        "cdrp-bedford cdrp-mid cdrp-south",
        "BBC CBC",
    ),
    _Agency("MBDC", "Mid Bedfordshire District Council", _DISTRICTS_SINCE, "cdrp-mid", "CBC"),
    _Agency("SBDC", "South Bedfordshire District Council", _DISTRICTS_SINCE, "cdrp-south", "CBC"),
    _Agency("FIRE", "Bedfordshire Fire and Rescue Service", _DISTRICTS_SINCE, " ".join(_GROUPS)),
    _Agency("PROBATION", "Bedfordshire Probation", date(2001, 4, 1), " ".join(_GROUPS)),
    _Agency("HEALTH", "Luton Primary Care Trust", date(2002, 4, 1), "cdrp-luton"),
    _Agency("HOMES", "Chiltern Edge Homes", date(1996, 9, 2), "cdrp-luton cdrp-south"),
    _Agency("SCHOOL", "Brook Lane High School", date(1988, 9, 1), ""),
)


def work_with_partners(
    session: Session, *, partner: str, sharer: str, manager: str, password: str, today: date
) -> None:
    """Open the agencies, let accounts act for them, and share some documents of Luton.

    Those accounts are named by their email addresses: the council's partner, the sergeant who shares, and the
    manager who looks after partners.
    """
    agencies = _open_agencies(session)
    units = units_coded(session, [LUTON.code, SHOWN_TEAM])
    by = existing_account(session, manager)
    begun = Stamp(by.id, at(today - timedelta(days=60), 10))
    accounts = [
        (existing_account(session, partner), "LBC", 240),
        (_account(session, "Dana Whitlock", "dana@fire.example", password, units[LUTON.code]), "FIRE", 20),
        (_account(session, "Ellis Crane", "ellis@homes.example", password, units[LUTON.code]), "HOMES", 75),
    ]
    for account, code, days in accounts:
        act_for(
            session,
            account,
            agency=agencies[code],
            vetting=Vetting.NPPV2_FULL,
            vetted_until=today + timedelta(days=days),
            stamp=begun,
        )
    _share(session, agencies, units[SHOWN_TEAM], existing_account(session, sharer), today)


def _open_agencies(session: Session) -> dict[str, Agency]:
    """The agencies by their codes, in their groups."""
    groups = {code: add_group(session, code=code, name=name) for code, name in _GROUPS.items()}
    opened = {
        each.code: open_agency(session, code=each.code, facts=AgencyFacts(each.name, each.opened_on))
        for each in _AGENCIES
    }
    for each in _AGENCIES:
        agency, last = opened[each.code], _COUNTY_UNTIL if each.followed_by else None
        for group in each.groups.split():
            since = max(_CDRPS_SINCE, each.opened_on)
            join_group(session, agency=agency, group=groups[group], starts_on=since, ends_on=last)
        if each.followed_by:
            successors = [opened[code] for code in each.followed_by.split()]
            stamp = Stamp(None, at(_COUNTY_UNTIL, 12))
            close_agency(session, agency, closed_on=_COUNTY_UNTIL, taken_over_by=successors, stamp=stamp)
    return opened


def _account(session: Session, name: str, email: str, password: str, unit: Unit) -> Account:
    made = open_account(session, email=email, name=name, password=password, may_be_common=True)
    grant_role(session, account=made, unit=unit, role=Role.PARTNER)
    return made


def _share(session: Session, agencies: dict[str, Agency], team: Unit, sharer: Account, today: date) -> None:
    """Three documents of the team, shared in every way that there is, one of them no more."""
    documents = list(_documents(session, team, sharer, today))
    market, lights, protocol = documents
    stamp = Stamp(sharer.id, at(today - timedelta(days=12), 11))

    def share(matter: Matter, code: str, level: ShareLevel, purpose: str, days: int) -> None:
        terms = ShareTerms(purpose, LegalBasis.CRIME_AND_DISORDER, today + timedelta(days=days))
        share_with_agency(
            session, matter=matter, agency=agencies[code], level=level, terms=terms, stamp=stamp
        )

    share(market, "LBC", ShareLevel.FULL, "Wardens and officers patrol together", 90)
    share(lights, "LBC", ShareLevel.SUMMARY, "The council mends the lights", 9)
    share(protocol, "LBC", ShareLevel.EXISTS, "So that the council knows that there is one", 200)
    share(market, "FIRE", ShareLevel.SUMMARY, "Arson in the bins behind the market", 90)
    gone = share_with_agency(
        session,
        matter=lights,
        agency=agencies["HOMES"],
        level=ShareLevel.FULL,
        terms=ShareTerms("Lights at its flats", LegalBasis.PUBLIC_TASK, today + timedelta(days=90)),
        stamp=stamp,
    )
    withdraw(session, gone, stamp=Stamp(sharer.id, at(today - timedelta(days=3), 9)))
    invite_resident(
        session,
        matter=lights,
        name="Robin Marlow",
        email="robin.marlow@home.example",
        terms=ShareTerms("They reported the lights", LegalBasis.CONSENT, today + timedelta(days=30)),
        stamp=stamp,
    )


def _documents(session: Session, team: Unit, sharer: Account, today: date) -> Iterable[Matter]:
    dated = today - timedelta(days=30)
    for title, kind, about in (
        ("Market days: who does what", DocumentKind.PLAN, "Patrols of wardens and officers on market days."),
        (
            "Street lights that are out",
            DocumentKind.ASSESSMENT,
            "Where people feel unsafe after dark.",
        ),
        ("Sharing information on offenders", DocumentKind.PROTOCOL, "Who may be told what of whom."),
    ):
        made = file_document(
            session,
            stamp=Stamp(sharer.id, at(dated, 15)),
            unit=team,
            facts=Facts(title, kind, about, dated, None, None, None, reaches_down=False),
            file=receive(f"{kind.value}.txt", f"{title}\n\n{about}\n".encode(), scanner=None),
        )
        matter = matter_referred(session, made.reference)
        if matter is None:
            raise LookupError(f"{made.reference} was filed a moment ago")
        yield matter
