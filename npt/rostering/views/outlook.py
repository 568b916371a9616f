"""What a change of the roster does to cover and headroom: both looked at before it and after it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from npt.counting.queries import default_definition, headrooms
from npt.counting.rollup.settle import settle
from npt.counting.rules import Headroom, HeadroomChange
from npt.counting.views.headroom import change_in_words
from npt.kit.months import Month, month_range
from npt.organisation.models import Unit
from npt.people.rules import RoleGroup
from npt.rostering.queries import Cover, CoverLine, cover_touching
from npt.rostering.rules import CoverChange, Days, cover_changes
from npt.rostering.views.door import when_in_words
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class Outlook:
    """The cover of some units and those above them, and the headroom of the roster's own, by month."""

    cover: Cover
    rooms: Mapping[Month, Mapping[RoleGroup, Headroom]]


def outlook(visit: Visit[Unit], units: Collection[Unit], days: Days) -> Outlook:
    """How things stand now, with what this transaction has changed so far."""
    # Sums that a change has made due are added up here as before a commit; a preview is rolled back.
    settle(visit.session)
    definition = default_definition(visit.session)
    # A band that begins the evening before reaches into the first of the days.
    around = Days(days.first - timedelta(days=1), days.last)
    return Outlook(
        cover_touching(visit.session, units, around),
        {
            month: headrooms(visit.session, visit.place.path, month, today=visit.today, definition=definition)
            for month in month_range(Month.of(days.first), Month.of(days.last))
        },
    )


def cover_effects(place: Unit, before: Outlook, after: Outlook) -> list[tuple[str, str, str]]:
    """The gaps that open, close, or change, in order of time.

    What happens, when, and how many there are: "Opens a gap", "Tue 17 Nov 18:00 to 22:00", "met now, …".
    """
    found = [
        (change.interval, _cover_effect(place, line, change))
        for line in before.cover.lines
        for day in before.cover.days
        for change in cover_changes(
            line.minimum.number,
            before.cover.bands.get((line.id, day), ()),
            after.cover.bands.get((line.id, day), ()),
        )
    ]
    return [effect for _, effect in sorted(found, key=lambda each: each[0])]


def headroom_effects(before: Outlook, after: Outlook) -> tuple[str, ...]:
    """What the change does to the headroom of each month in which it does anything."""
    words: list[str] = []
    for month, rooms in before.rooms.items():
        changes = {group: HeadroomChange(room, after.rooms[month][group]) for group, room in rooms.items()}
        if any(change.minutes for change in changes.values()):
            words.append(f"{month.title}: {change_in_words(changes)}")
    return tuple(words)


def _cover_effect(place: Unit, line: CoverLine, change: CoverChange) -> tuple[str, str, str]:
    asked, was, will = line.minimum, change.lacking_before, change.lacking_after
    now = "met" if not was else f"{asked.number - was} of {asked.counted}"
    then = "met" if not will else f"{asked.number - will} of {asked.counted}"
    if not was:
        verb = "Opens a gap"
    elif not will:
        verb = "Closes a gap"
    else:
        verb = "Makes a gap worse" if will > was else "Eases a gap"
    where = "" if line.unit_id == place.id else f" for {line.unit_name}"
    return f"{verb}{where}", when_in_words(change.interval), f"{now} now, {then} then"
