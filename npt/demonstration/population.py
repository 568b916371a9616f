"""The population of the demonstration force: invented, in proportions that fit what each place is like."""

from collections.abc import Iterator, Mapping
from datetime import date

from npt.demonstration.calendar import Calendar
from npt.demonstration.chance import stream
from npt.demonstration.places import Neighbourhood, teams

#: neighbourhood, ethnicity, people, source, as_at, codes
PopulationRow = tuple[str, str, int, str, date, str]

SOURCE = "Demonstration, invented"
#: The day of the last census, or the first day of the records where that is earlier.
CENSUS_DAY = date(2021, 3, 21)
#: People by priority class: the densest have most.
_PEOPLE = {1: 8_200, 2: 6_900, 3: 5_600, 4: 4_100}
#: Of a thousand who said; the rest are W1.
_SHARES: Mapping[str, Mapping[str, int]] = {
    "Bury Park": {
        "W2": 8, "W9": 62, "M1": 10, "M2": 4, "M3": 14, "M9": 6, "A1": 28, "A2": 395, "A3": 178, "A4": 3,
        "A9": 42, "B1": 26, "B2": 44, "B9": 9, "O2": 14, "O9": 12,
    },
    "Luton": {
        "W2": 24, "W3": 2, "W9": 118, "M1": 24, "M2": 8, "M3": 12, "M9": 9, "A1": 52, "A2": 92, "A3": 38,
        "A4": 8, "A9": 30, "B1": 42, "B2": 60, "B9": 12, "O2": 6, "O9": 13,
    },
    "Queens Park": {
        "W2": 8, "W9": 128, "M1": 14, "M2": 5, "M3": 14, "M9": 7, "A1": 158, "A2": 118, "A3": 84, "A4": 5,
        "A9": 36, "B1": 30, "B2": 36, "B9": 8, "O2": 6, "O9": 21,
    },
    "Bedford": {
        "W2": 14, "W3": 1, "W9": 154, "M1": 18, "M2": 6, "M3": 11, "M9": 8, "A1": 44, "A2": 26, "A3": 22,
        "A4": 8, "A9": 22, "B1": 32, "B2": 34, "B9": 7, "O2": 4, "O9": 14,
    },
    "town": {
        "W2": 12, "W3": 2, "W9": 44, "M1": 12, "M2": 3, "M3": 6, "M9": 5, "A1": 14, "A2": 6, "A3": 4,
        "A4": 5, "A9": 8, "B1": 9, "B2": 14, "B9": 3, "O2": 1, "O9": 5,
    },
    "country": {
        "W2": 8, "W3": 5, "W9": 22, "M1": 5, "M2": 1, "M3": 4, "M9": 3, "A1": 7, "A2": 2, "A3": 1,
        "A4": 3, "A9": 4, "B1": 3, "B2": 4, "B9": 1, "O2": 1, "O9": 2,
    },
}  # fmt: skip
#: What a team is like, where it is neither of Luton nor in the country.
_LIKE = {
    "C12": "Bury Park",
    "J12": "Queens Park",
    **dict.fromkeys(("J11", "J13", "J14", "J15"), "Bedford"),
    **dict.fromkeys(("J21", "J22", "J31", "J32", "J41", "J42", "J61", "J62", "J64", "J71", "J72"), "town"),
}
#: A team whose figures are old, in the codes of the census before; and one that has none.
OLD_CODES_TEAM, WITHOUT_TEAM = "J43", "J54"
_NOT_STATED = 9


def population_rows(seed: int, calendar: Calendar) -> Iterator[PopulationRow]:
    """The people of every neighbourhood by ethnicity, but of one team."""
    as_at = min(CENSUS_DAY, calendar.first)
    for team in teams():
        if team.code == WITHOUT_TEAM:
            continue
        like = _LIKE.get(team.code, "Luton" if team.code.startswith("C") else "country")
        codes = "16+1" if team.code == OLD_CODES_TEAM else "18+1"
        for each in team.neighbourhoods:
            for ethnicity, people in _people(seed, each, _SHARES[like], codes).items():
                yield each.code, ethnicity, people, SOURCE, as_at, codes


def _people(seed: int, place: Neighbourhood, shares: Mapping[str, int], codes: str) -> dict[str, int]:
    chance = stream(seed, "population", place.code)
    said = round(_PEOPLE[place.priority_class] * chance.uniform(0.85, 1.15))
    counted = {
        ethnicity: round(said * share / 1000 * chance.uniform(0.7, 1.3))
        for ethnicity, share in shares.items()
    }
    for group in ("W3", "O2"):
        counted.setdefault(group, 0)
    people = {"W1": said - sum(counted.values()), **counted, "NS": said * _NOT_STATED // 1000}
    if codes == "16+1":
        people["O1"] = people.pop("A4")
        people["W9"] += people.pop("W3")
        people["O9"] += people.pop("O2")
    return people
