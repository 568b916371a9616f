"""How much of their duty each team loses to abstraction, month by month.

Since it was measured the force has kept within its targets (HMIC 2008): officers are planned at 9 to 17%,
PCSOs at 1 to 4%. Two groups go over, so that there is something to see: the officers of Bedford town centre,
drained by the nights there, and the PCSOs of Marsh Farm, who stand at scenes. The months are ours.
"""

from npt.demonstration.calendar import Calendar, Period
from npt.demonstration.chance import stream
from npt.demonstration.places import area_code
from npt.people.rules import RoleGroup

#: Unit and group over target, and the rates of the last three full months and the present one, in per cent.
OVER = {
    ("J11", RoleGroup.OFFICERS): (22.5, 23.5, 24.5, 22.5),
    ("C21", RoleGroup.PCSOS): (6.0, 6.4, 6.9, 6.4),
}
#: The most, in per cent, for the teams beside them: their area as a whole stays within its target.
_BESIDE = {RoleGroup.OFFICERS: 15.5, RoleGroup.PCSOS: 2.4}
_AREAS_OVER = {(area_code(unit), group) for unit, group in OVER}
#: The average and its spread over teams, the spread over months, the least and the most, in per cent.
_RATES = {
    RoleGroup.OFFICERS: (12.5, 2.5, 1.5, 6.0, 17.5),
    RoleGroup.PCSOS: (2.1, 0.8, 0.6, 0.4, 3.9),
}
#: What is planned ahead is a fraction of what will happen.
_KNOWN_AHEAD = 0.3
#: Months in which the town centres take more, in percentage points of the officers' duty.
_SEASON = {5: 1.5, 7: 0.8, 8: 0.8, 12: 2.0}


def rate(seed: int, unit: str, group: RoleGroup, period: Period, calendar: Calendar) -> float:
    """What the unit's group is to lose of its duty in a period, in per cent, within its target or over it."""
    wanted = _wanted(seed, unit, group, period, calendar)
    return wanted * _KNOWN_AHEAD if period.is_ahead else wanted


def _wanted(seed: int, unit: str, group: RoleGroup, period: Period, calendar: Calendar) -> float:
    months = (*calendar.last_full_months, calendar.month)
    if (unit, group) in OVER and period.month in months:
        return OVER[unit, group][months.index(period.month)]
    average, spread, noise, least, most = _RATES[group]
    usual = average + stream(seed, "usual", unit, group.value).uniform(-spread, spread)
    if (area_code(unit), group) in _AREAS_OVER:
        most = _BESIDE[group]
    chance = stream(seed, "rate", unit, group.value, period.month)
    season = _SEASON.get(period.month.month, 0.0) if group is RoleGroup.OFFICERS else 0.0
    return min(max(usual + season + chance.uniform(-noise, noise), least), most)
