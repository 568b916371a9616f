"""The teams over target in words, a table a group, however deep under the page's unit they lie."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.rules import RoleGroup
from npt.performance.queries import teams_against_target
from npt.performance.views.door import month_address
from npt.performance.views.figures import figure_of
from npt.webkit.filters import hours, percent
from npt.webkit.parts import Figure, Heading
from npt.webkit.visit import Visit

#: The levels under which teams lie.
_OVER_TEAMS = (Level.FORCE, Level.BCU, Level.AREA)

_COLUMNS = (
    Heading("Team"),
    Heading("Abstracted"),
    Heading("Over by", is_number=True),
    Heading("Confirmed", is_number=True, note="of shifts"),
)


@dataclass(frozen=True, slots=True)
class TeamOver:
    """A team over target: its figure, and by how much."""

    team: Unit
    href: str
    figure: Figure
    hours_over: str
    confirmed: str
    #: where the shifts are that are confirmed or not
    shifts_href: str


@dataclass(frozen=True, slots=True)
class TeamsOver:
    """The teams of one group that are over target, the furthest first, and those that nobody knows of."""

    group: RoleGroup
    caption: str
    columns: tuple[Heading, ...]
    over: tuple[TeamOver, ...]
    #: names and addresses
    unknown: tuple[tuple[str, str], ...]


def teams_over(
    visit: Visit[Unit],
    month: Month,
    definition: DatedDefinition,
    href: Callable[[Unit], str],
    groups: Collection[RoleGroup] = tuple(RoleGroup),
) -> tuple[TeamsOver, ...]:
    """The teams under the page's unit against target, group by group; nothing for a team, or one below.

    `href` is where a team's name leads.
    """
    if visit.place.level not in _OVER_TEAMS:
        return ()
    found = teams_against_target(visit.session, visit.place, month, month, definition)
    return tuple(
        TeamsOver(
            group=group,
            caption=f"{group.wording} over {percent(str(group.target))}",
            columns=_COLUMNS,
            over=tuple(
                TeamOver(
                    team=team,
                    href=href(team),
                    figure=figure_of(row, definition),
                    hours_over=hours(None if row.left is None else -row.left),
                    confirmed=percent(row.coverage),
                    shifts_href=month_address(
                        team.code, month, definition.code, view="records", group=row.group, show="shifts"
                    ),
                )
                for team, row in found.over
                if row.group == group.value
            ),
            unknown=tuple((team.name, href(team)) for team, row in found.unknown if row.group == group.value),
        )
        for group in groups
    )
