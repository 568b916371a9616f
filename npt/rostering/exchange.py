"""A person's shifts and actions as an iCalendar file (RFC 5545), for the calendar on their phone.

An action is an event of the whole day on which it is due. To-do items (VTODO) would say it better, but the
calendars that people have pass over them in an address they subscribe to: Google's, Outlook's and Apple's
show events only. The day after is given as its end, without which some calendars show it at midnight.
A shift that is gone is gone from the file: a calendar that is subscribed to takes the file as all there is.
One for which the member is absent stays, as cancelled. Why anybody is away is never in it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from npt.organisation.rules import Lineage
from npt.rostering.queries import OwnShift
from npt.work.models import Action

MEDIA_TYPE = "text/calendar; charset=utf-8"
#: How often a calendar should look again.
REFRESHED_EVERY = timedelta(hours=1)


def calendar_file(
    shifts: Iterable[OwnShift], actions: Iterable[Action] = (), *, written_at: datetime
) -> bytes:
    """The file of these shifts, instants in UTC, and of these actions, whose units are loaded.

    The name of an event (UID) is that of its record for ever, and its SEQUENCE grows with every change.
    """
    # Here, since only this needs it: it takes a fifth of a second of the start of everything else.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//npt//Neighbourhood policing tracker//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, "Duty and actions")
    # RFC 7986 gives this property no type of its own, so it has to say which one it has.
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for shift in shifts:
        event = Event()
        event.add("uid", f"shift-{shift.id}@{shift.force_code.lower()}.npt")
        event.add("sequence", shift.version - 1)
        event.add("dtstamp", written_at.replace(microsecond=0))
        event.add("dtstart", shift.interval.starts)
        event.add("dtend", shift.interval.ends)
        event.add("summary", "Not on duty" if shift.is_off else f"On duty, {shift.unit_name}")
        event.add("location", shift.unit_name)
        event.add("status", "CANCELLED" if shift.is_off else "CONFIRMED")
        event.add("transp", "TRANSPARENT" if shift.is_off else "OPAQUE")
        calendar.add_component(event)
    for action in actions:
        event = Event()
        event.add("uid", f"action-{action.id}@{Lineage.parse(action.unit.path).codes[0].lower()}.npt")
        event.add("sequence", action.version - 1)
        event.add("dtstamp", written_at.replace(microsecond=0))
        event.add("dtstart", action.due_on)
        event.add("dtend", action.due_on + timedelta(days=1))
        event.add("summary", f"Due: {action.what}")
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
