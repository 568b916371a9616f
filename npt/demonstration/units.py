"""The rows of the structure and of the establishment: see `places` for what they say."""

from collections.abc import Iterator
from datetime import date, timedelta

from npt.demonstration.calendar import OPENED_ON, Calendar
from npt.demonstration.chance import stream
from npt.demonstration.places import BCUS, FORCE_CODE, FORCE_NAME, posted_units
from npt.people.rules import PolicingRole

#: code, name, level, parent, opened_on, closed_on, priority_class, successors
UnitRow = tuple[str, str, str, str | None, date, date | None, int | None, str | None]
#: unit, role, posts, from, to
EstablishmentRow = tuple[str, str, int, date, date | None]

# Bedford town centre was one neighbourhood and became three (HMIC 2008).
SPLIT_TEAM, SPLIT_CODE, SPLIT_NAME, _SPLIT_CLASS = "J11", "J110", "Bedford town centre", 1
# A second sergeant was funded for the largest team, and is not yet in post.
_GROWN_TEAM, _GROWN_ROLE = "C11", PolicingRole.SERGEANT


def unit_rows(calendar: Calendar) -> Iterator[UnitRow]:
    """Every unit, a parent before its children."""
    yield FORCE_CODE, FORCE_NAME, "force", None, OPENED_ON, None, None, None
    for bcu in BCUS:
        yield bcu.code, bcu.name, "bcu", FORCE_CODE, OPENED_ON, None, None, None
        for area in bcu.areas:
            yield area.code, area.name, "area", bcu.code, OPENED_ON, None, None, None
            for team in area.teams:
                yield team.code, team.name, "team", area.code, OPENED_ON, None, None, None
                is_split = team.code == SPLIT_TEAM
                opened_on = calendar.reorganised_on if is_split else OPENED_ON
                codes = [neighbourhood.code for neighbourhood in team.neighbourhoods]
                if is_split:
                    yield (
                        SPLIT_CODE,
                        SPLIT_NAME,
                        "neighbourhood",
                        team.code,
                        OPENED_ON,
                        opened_on - timedelta(days=1),
                        _SPLIT_CLASS,
                        " ".join(codes),
                    )
                for code, each in zip(codes, team.neighbourhoods, strict=True):
                    yield (
                        code,
                        each.name,
                        "neighbourhood",
                        team.code,
                        opened_on,
                        None,
                        each.priority_class,
                        None,
                    )


def establishment_rows(seed: int, calendar: Calendar) -> Iterator[EstablishmentRow]:
    """The funded posts, recorded where people are posted: of inspectors at areas, of the others at teams.

    They were settled team by team, before the thirteen months begin, so that vacancies differ in age. Nothing
    is recorded for special constables and volunteers: nobody has said how many there should be.
    """
    for unit in posted_units():
        for role, posts in unit.posts.items():
            if posts.funded is None:
                continue
            settled = stream(seed, "settled", unit.code, role.value).randint(14, 26)
            first = calendar.month.plus(-settled).first
            if (unit.code, role) == (_GROWN_TEAM, _GROWN_ROLE):
                grown_on = calendar.reorganised_on
                yield unit.code, role.value, posts.funded - 1, first, grown_on - timedelta(days=1)
                first = grown_on
            yield unit.code, role.value, posts.funded, first, None
