"""What the members have been trained in: the numbers that HMIC published in 2008, and days that are invented.

Of the inspectors, sergeants, constables and PCSOs all but the last to arrive are registered for the
introductory certificate: 202. All seven modules of 18 are verified, and 8 of those have asked for external
verification; none has been granted, since nobody pays for it yet.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from npt.demonstration.calendar import Calendar
from npt.demonstration.chance import stream
from npt.demonstration.confirmations import supervisor
from npt.demonstration.people import PAID, People, Person
from npt.demonstration.places import area_code
from npt.people.rules import PolicingRole
from npt.training.rules import CERTIFICATE, DUTY_RECORDING, PROBLEM_RECORDS, SARA

#: number, programme, registered, module, completed, verified, verified_by, external_asked, external_granted,
#: external_by, withdrawn
TrainingRow = tuple[
    str,
    str,
    date,
    int | None,
    date | None,
    date | None,
    str | None,
    date | None,
    date | None,
    str | None,
    date | None,
]

REGISTERED, VERIFIED, ASKED = 202, 18, 8
_MODULES = 7
#: How many days ago the certificate began in the force.
_BEGAN = 430
#: Days between two modules: of those who have finished, and of the rest.
_BRISK, _STEADY = (18, 24), (60, 130)
#: The part of those registered who stopped after a while.
_STOPPED = 0.12
#: How many days ago there were sessions on SARA, on problem records, and for supervisors on the duty system.
_SARA_SESSIONS = (385, 90)
_RECORDS_SESSIONS = (70, 56, 42, 21)
_RECORDING_SESSIONS = (690, 410, 120)
#: The part of the staff that has not been to a session on problem records.
_MISSED_RECORDS = 0.2


def training_rows(seed: int, people: People, calendar: Calendar) -> Iterator[TrainingRow]:
    """The training of everybody who is paid and posted today, by number."""
    today = calendar.today
    staff = sorted(
        (each for each in people.holders.values() if each.role in PAID), key=lambda each: each.number
    )
    learning = sorted(staff, key=lambda each: (_since(each), each.number))[:REGISTERED]
    # The first to arrive had the time to finish.
    finished = stream(seed, "certificate").sample(learning[: REGISTERED // 2], VERIFIED)
    for person in staff:
        chance = stream(seed, "training", person.number)
        verifier = _verifier(people, person)
        if person in finished:
            yield from _finished(chance, person, verifier, today, asks=person in finished[:ASKED])
        elif person in learning:
            yield from _under_way(chance, person, verifier, today)
        yield from _session(person, verifier, SARA, _SARA_SESSIONS, today)
        if person.role.is_supervisor:
            sessions = _RECORDING_SESSIONS[chance.randrange(len(_RECORDING_SESSIONS)) :]
            yield from _session(person, verifier, DUTY_RECORDING, sessions, today)
        if chance.random() >= _MISSED_RECORDS:
            yield from _session(person, verifier, PROBLEM_RECORDS, (chance.choice(_RECORDS_SESSIONS),), today)


def _since(person: Person) -> date:
    return min(posting.span.first for posting in person.postings)


def _verifier(people: People, person: Person) -> str:
    """Who verifies the person's modules: their supervisor; an inspector's, the inspector of another area."""
    if person.role is PolicingRole.INSPECTOR:
        inspectors = [each.number for each in people.holders.values() if each.role is person.role]
        return inspectors[inspectors.index(person.number) - 1]
    unit = area_code(person.seat.unit) if person.role is PolicingRole.SERGEANT else person.seat.unit
    return supervisor(people, unit).number


def _registered_on(chance: Random, person: Person, today: date) -> date:
    earliest = max(_since(person), today - timedelta(days=_BEGAN))
    return earliest + timedelta(days=chance.randint(14, 40))


def _finished(
    chance: Random, person: Person, verifier: str, today: date, *, asks: bool
) -> Iterator[TrainingRow]:
    """All seven modules, verified."""
    registered_on = _registered_on(chance, person, today)
    gap = chance.randint(*_BRISK)
    modules: list[tuple[date, date | None]] = []
    for number in range(1, _MODULES + 1):
        completed_on = registered_on + timedelta(days=number * gap)
        modules.append((completed_on, completed_on + timedelta(days=chance.randint(7, 28))))
    last = max(verified_on for _, verified_on in modules if verified_on is not None)
    asked_on = last + timedelta(days=chance.randint(10, 30)) if asks else None
    yield from _rows(person, CERTIFICATE, registered_on, modules, verifier, asked_on)


def _under_way(chance: Random, person: Person, verifier: str, today: date) -> Iterator[TrainingRow]:
    """Some modules, not all of them verified; a few people have stopped."""
    registered_on = _registered_on(chance, person, today)
    gap = chance.randint(*_STEADY)
    most = chance.randint(0, 2) if chance.random() < _STOPPED else _MODULES
    done = min(most, (today - registered_on).days // gap)
    verified = min(chance.randint(0, done), _MODULES - 1)
    modules: list[tuple[date, date | None]] = []
    for number in range(1, done + 1):
        completed_on = registered_on + timedelta(days=number * gap)
        verified_on = completed_on + timedelta(days=chance.randint(7, 28))
        is_verified = number <= verified and verified_on <= today
        modules.append((completed_on, verified_on if is_verified else None))
    yield from _rows(person, CERTIFICATE, registered_on, modules, verifier)


def _session(
    person: Person, verifier: str, programme: str, days_ago: Sequence[int], today: date
) -> Iterator[TrainingRow]:
    """The first session held after the person came; nothing when there was none yet."""
    came = _since(person)
    held = [day for day in (today - timedelta(days=days) for days in days_ago) if day >= came]
    if held:
        registered_on = max(came, held[0] - timedelta(days=14))
        modules = [(held[0], held[0] + timedelta(days=7))]
        yield from _rows(person, programme, registered_on, modules, verifier)


def _rows(
    person: Person,
    programme: str,
    registered_on: date,
    modules: Sequence[tuple[date, date | None]],
    verifier: str,
    asked_on: date | None = None,
) -> Iterator[TrainingRow]:
    known = person.number, programme, registered_on
    yield *known, None, None, None, None, asked_on, None, None, None
    for number, (completed_on, verified_on) in enumerate(modules, start=1):
        by = None if verified_on is None else verifier
        yield *known, number, completed_on, verified_on, by, None, None, None, None
