"""Where the demonstration force works: BCUs, areas, teams and neighbourhoods, and the posts of each.

The numbers of units, posts and people are those of the HMIC report of September 2008;
the names are of real places of the county, and who covers which of them is ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from npt.people.rules import PolicingRole

FORCE_CODE, FORCE_NAME = "BEDS", "Bedfordshire"


@dataclass(frozen=True)
class Posts:
    """How many people of a role are in post, and how many are funded; None where nobody has said."""

    in_post: int
    funded: int | None


@dataclass(frozen=True)
class Neighbourhood:
    """A neighbourhood and its priority class: 1 is the densest, 4 the most rural."""

    code: str
    name: str
    priority_class: int


@dataclass(frozen=True)
class Team:
    """A safer neighbourhood team."""

    code: str
    name: str
    posts: Mapping[PolicingRole, Posts]
    neighbourhoods: tuple[Neighbourhood, ...]


@dataclass(frozen=True)
class Area:
    """An inspector-led neighbourhood area, with the special constables who work for all of it."""

    code: str
    name: str
    posts: Mapping[PolicingRole, Posts]
    teams: tuple[Team, ...]


@dataclass(frozen=True)
class Bcu:
    """A basic command unit."""

    code: str
    name: str
    areas: tuple[Area, ...]


def _area(code: str, name: str, *teams: Team, specials: int = 0) -> Area:
    posts = {PolicingRole.INSPECTOR: Posts(1, 1), PolicingRole.SPECIAL: Posts(specials, None)}
    return Area(code, name, posts, teams)


def _team(
    code: str,
    name: str,
    neighbourhoods: str,
    sergeants: tuple[int, int],
    constables: tuple[int, int],
    pcsos: tuple[int, int],
    *,
    volunteers: int = 2,
    specials: int = 0,
) -> Team:
    """A team; the pairs are people in post and posts funded; each neighbourhood ends with its class."""
    named = [each.strip().rsplit(" ", 1) for each in neighbourhoods.split(",")]
    return Team(
        code,
        name,
        {
            PolicingRole.SERGEANT: Posts(*sergeants),
            PolicingRole.CONSTABLE: Posts(*constables),
            PolicingRole.PCSO: Posts(*pcsos),
            PolicingRole.SPECIAL: Posts(specials, None),
            PolicingRole.VOLUNTEER: Posts(volunteers, None),
        },
        tuple(
            Neighbourhood(f"{code}{number}", place, int(priority))
            for number, (place, priority) in enumerate(named, start=1)
        ),
    )


# Columns: code, name, neighbourhoods with their classes, sergeants, constables, PCSOs (in post, funded).
# fmt: off
LUTON = Bcu("C", "Luton", (
    _area("C1", "Luton Central",
        _team("C11", "Luton Town Centre", "Luton town centre 1, High Town 1, Park Town 1, New Town 2",
              (1, 2), (5, 6), (8, 9), volunteers=4, specials=38),
        _team("C12", "Bury Park and Dallow", "Bury Park 1, Dallow 1, Biscot 1, Saints 2",
              (1, 1), (4, 5), (7, 9), specials=4)),
    _area("C2", "Luton North",
        _team("C21", "Marsh Farm and Sundon Park", "Marsh Farm 1, Sundon Park 2, Bramingham 3, Limbury 2",
              (1, 1), (4, 5), (8, 9), volunteers=3, specials=4),
        _team("C22", "Leagrave and Lewsey", "Leagrave 2, Lewsey Farm 1, Hockwell Ring 1, Challney 2",
              (1, 1), (3, 4), (8, 9), specials=2)),
    _area("C3", "Luton South and East",
        _team("C31", "Stopsley and Wigmore", "Stopsley 3, Round Green 2, Wigmore 3, Crawley 2",
              (1, 1), (3, 4), (8, 9), specials=2),
        _team("C32", "Farley Hill and St Ann’s",
              "Farley Hill 1, Stockwood 3, St Ann’s Hill 2, Luton Airport 3",
              (1, 1), (3, 4), (7, 9), specials=2)),
))

BEDFORD_AND_DUNSTABLE = Bcu("J", "Bedford and Dunstable", (
    _area("J1", "Bedford Town",
        _team("J11", "Bedford Town Centre", "Midland Road 1, High Street and Castle Quay 1, Riverside 2",
              (1, 1), (4, 4), (3, 4), volunteers=4),
        _team("J12", "Queens Park", "Queens Park 1, Black Tom 2", (1, 1), (2, 3), (3, 3)),
        _team("J13", "Cauldwell and Kingsbrook", "Cauldwell 1, Kingsbrook 2, London Road 2",
              (0, 0), (2, 2), (2, 3)),
        _team("J14", "Harpur and De Parys", "Harpur 2, De Parys 3", (1, 1), (2, 2), (2, 2)),
        _team("J15", "Castle and Newnham", "Castle 2, Newnham 3", (0, 0), (1, 1), (2, 2)),
        specials=20),
    _area("J2", "Bedford East and North",
        _team("J21", "Goldington", "Goldington 2, Elms Farm 3", (1, 1), (2, 2), (2, 3)),
        _team("J22", "Putnoe and Brickhill", "Putnoe 3, Brickhill 3", (0, 0), (2, 2), (2, 2)),
        _team("J23", "Clapham and Oakley", "Clapham 4, Oakley 4", (1, 1), (1, 1), (2, 2)),
        _team("J24", "Sharnbrook and Riseley", "Sharnbrook 4, Riseley 4, Harrold 4", (0, 0), (1, 1), (2, 2)),
        specials=8),
    _area("J3", "Kempston and Marston Vale",
        _team("J31", "Kempston North and Central", "Kempston North 2, Kempston Central 2",
              (1, 1), (2, 2), (2, 3)),
        _team("J32", "Kempston South and West", "Kempston South 3, Kempston West 3", (0, 0), (1, 1), (2, 2)),
        _team("J33", "Wootton and Stewartby", "Wootton 4, Stewartby 4", (0, 0), (1, 1), (2, 2)),
        _team("J34", "Elstow and Shortstown", "Elstow 4, Shortstown 3, Wilshamstead 4",
              (1, 1), (1, 1), (2, 2)),
        specials=9),
    _area("J4", "Ivel Valley",
        _team("J41", "Biggleswade", "Biggleswade North 3, Biggleswade South 3",
              (1, 1), (2, 2), (3, 3), volunteers=3),
        _team("J42", "Sandy", "Sandy North 3, Sandy South 3", (0, 0), (2, 2), (2, 2)),
        _team("J43", "Potton", "Potton 4, Wrestlingworth 4", (0, 0), (1, 1), (2, 2)),
        _team("J44", "Shefford and Stotfold", "Shefford 4, Stotfold 4, Arlesey 4", (1, 1), (2, 2), (2, 3)),
        specials=10),
    _area("J5", "Ampthill and Woburn",
        _team("J51", "Ampthill", "Ampthill 4, Maulden 4", (0, 0), (1, 1), (2, 2)),
        _team("J52", "Flitwick", "Flitwick 3, Westoning 4", (1, 1), (1, 1), (2, 2)),
        _team("J53", "Cranfield and Marston", "Cranfield 4, Marston Moretaine 4", (0, 0), (1, 1), (1, 2)),
        _team("J54", "Woburn and Aspley Guise", "Woburn 4, Aspley Guise 4", (0, 0), (1, 1), (2, 2)),
        specials=8),
    _area("J6", "Dunstable and Houghton Regis",
        _team("J61", "Dunstable Town", "Dunstable Central 1, Northfields 2",
              (1, 1), (3, 3), (3, 3), volunteers=3),
        _team("J62", "Icknield and Watling", "Icknield 3, Watling 3", (0, 0), (1, 1), (2, 2)),
        _team("J63", "Manshead and Caddington", "Manshead 2, Caddington 4", (0, 0), (1, 1), (2, 2)),
        _team("J64", "Houghton Regis", "Parkside 1, Tithe Farm 2, Houghton Hall 3", (1, 1), (2, 3), (2, 3)),
        specials=13),
    _area("J7", "Leighton Buzzard",
        _team("J71", "Leighton Buzzard", "Leighton Buzzard Central 2, Leighton Buzzard North 3",
              (1, 1), (2, 2), (2, 3), volunteers=3),
        _team("J72", "Linslade", "Linslade 3", (0, 0), (1, 1), (1, 1)),
        _team("J73", "Toddington and Barton", "Toddington 4, Barton-le-Clay 4, Harlington 4",
              (0, 0), (2, 2), (2, 2)),
        _team("J74", "Heath and Reach and Eaton Bray", "Heath and Reach 4, Eaton Bray 4",
              (0, 0), (1, 1), (2, 2)),
        specials=10),
))
# fmt: on

BCUS = (LUTON, BEDFORD_AND_DUNSTABLE)
#: The team of the demonstration's sergeant, constable and PCSO: what there is to do must be seen there.
SHOWN_TEAM = "C12"


def areas() -> Iterator[Area]:
    """Every area, in the order of the codes."""
    for bcu in BCUS:
        yield from bcu.areas


def teams() -> Iterator[Team]:
    """Every team, in the order of the codes."""
    for area in areas():
        yield from area.teams


def posted_units() -> Iterator[Area | Team]:
    """Every unit to which people are posted: the areas, then the teams."""
    yield from areas()
    yield from teams()


def area_code(unit: str) -> str:
    """The code of the area that a team or an area belongs to: codes grow by one character a level."""
    return unit[:2]
