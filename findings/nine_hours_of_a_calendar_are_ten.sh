#!/usr/bin/env bash
# A night of PT9H in a calendar lasts ten hours when the clocks go back: icalendar 7.3.0, recurring-ical-events 3.8.2.
#
# Guess, before looking: an event that starts at 22:00 in Europe/London on 24 October 2026 with DURATION:PT9H ends
# nine hours later, at 06:00 GMT. RFC 5545, 3.3.6, tells days and weeks of a duration, which follow the calendar,
# from hours, minutes and seconds, which are exact.
# Seen: both the event's own `end` and the occurrence that recurring-ical-events makes of it are at 07:00 GMT, ten
# hours after the start. On the night after, nine hours are nine.
# Why: the duration is added to a datetime with its zone, and Python adds to the clock on the wall.
# What we do: npt/interchange/exchange/calendars.py adds the length of a single event to its instant in UTC.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --disable-pip-version-check --quiet install \
	icalendar==7.3.0 recurring-ical-events==3.8.2 tzdata 2>/dev/null
seen="$("$place/venv/bin/python" - <<'PYTHON'
from datetime import UTC, datetime

import recurring_ical_events
from icalendar import Calendar

NIGHT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:night
BEGIN:VEVENT
UID:night
DTSTAMP:20261001T000000Z
DTSTART;TZID=Europe/London:{day}T220000
DURATION:PT9H
END:VEVENT
END:VCALENDAR
"""


def hours(starts: datetime, ends: datetime) -> float:
    return (ends.astimezone(UTC) - starts.astimezone(UTC)).total_seconds() / 3600


for day in ("20261024", "20261025"):
    calendar = Calendar.from_ical(NIGHT.format(day=day).replace("\n", "\r\n"))
    (event,) = calendar.walk("VEVENT")
    (made,) = recurring_ical_events.of(calendar).between((2026, 10, 24), (2026, 10, 27))
    print(day, hours(event.start, event.end), hours(made["DTSTART"].dt, made["DTEND"].dt))
PYTHON
)"
echo "$seen"
[ "$seen" = "20261024 10.0 10.0
20261025 9.0 9.0" ] || { echo "This has changed: look again." >&2; exit 1; }
