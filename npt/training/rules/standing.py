"""The law of training: what a registration has come to on a day, and who is due.

The report of 2008 gives stages and numbers; the periods, and the order of the steps, are ours.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from npt.kit.months import months_after
from npt.kit.spans import Span, lasts
from npt.people.rules import PolicingRole

#: From how many days before the end of its validity a training is due for renewal.
EXPIRY_NOTICE = timedelta(days=90)


class Stage(Enum):
    """How far a member has come with a programme. A later stage includes those before it."""

    REGISTERED = "registered"
    COMPLETED = "completed"
    VERIFIED = "verified"

    @property
    def reached(self) -> frozenset["Stage"]:
        """This stage and those before it."""
        stages = list(Stage)
        return frozenset(stages[: stages.index(self) + 1])


class DueKind(Enum):
    """Why a member is due for a programme."""

    TO_REGISTER = "to-register"
    STALLED = "stalled"
    EXPIRING = "expiring"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a programme asks for."""

    roles: frozenset[PolicingRole]
    modules: int
    #: days from taking up a role that needs it to the last day for registering
    register_within: int
    #: days without a step after which a registration has stalled
    stalls_after: int
    #: how many months a verification is valid; None without end
    months_valid: int | None
    has_external: bool = False
    #: the day from which the roles need it; None when they always have
    needed_from: date | None = None
    #: the last day on which one may register; None until further notice
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ModuleDates:
    """A completed module."""

    completed_on: date
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A registration with everything that followed, each step with its day."""

    registered_on: date
    modules: tuple[ModuleDates, ...] = ()
    withdrawn_on: date | None = None
    asked_on: date | None = None
    granted_on: date | None = None

    def known_on(self, day: date) -> "Progress | None":
        """The registration as it stood on `day`; None when it did not stand (not yet, or withdrawn)."""
        if self.registered_on > day or (self.withdrawn_on is not None and self.withdrawn_on <= day):
            return None
        return Progress(
            self.registered_on,
            tuple(
                ModuleDates(each.completed_on, _if_by(each.verified_on, day))
                for each in self.modules
                if each.completed_on <= day
            ),
            None,
            _if_by(self.asked_on, day),
            _if_by(self.granted_on, day),
        )

    @property
    def completed(self) -> int:
        """How many modules are completed."""
        return len(self.modules)

    @property
    def verified(self) -> int:
        """How many modules are verified internally."""
        return sum(each.verified_on is not None for each in self.modules)

    @property
    def last_step_on(self) -> date:
        """The day of the latest step: the registration or a completed module."""
        return max((self.registered_on, *(each.completed_on for each in self.modules)))

    def stage(self, modules: int) -> Stage:
        """How far it has come, of a programme of so many modules."""
        if self.verified >= modules:
            return Stage.VERIFIED
        return Stage.COMPLETED if self.completed >= modules else Stage.REGISTERED

    def verified_on(self, modules: int) -> date | None:
        """The day on which the last of so many modules was verified; None while one is not."""
        if self.stage(modules) is not Stage.VERIFIED:
            return None
        return max(each.verified_on for each in self.modules if each.verified_on is not None)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a member has to do, and the last day for it (of a stalled one: when it stalled)."""

    kind: DueKind
    on: date

    def is_overdue(self, day: date) -> bool:
        """Whether the last day has passed."""
        return day > self.on


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands with a programme on a day."""

    is_needed: bool
    #: None when not registered
    stage: Stage | None
    completed: int = 0
    verified: int = 0
    #: modules of the latest registration that are completed and wait for somebody to verify them
    to_verify: int = 0
    asked_on: date | None = None
    granted_on: date | None = None
    #: the last day on which the verification is valid; None when not verified, or without end
    valid_to: date | None = None
    due: Due | None = None

    def has_reached(self, stage: Stage) -> bool:
        """Whether the member counts at `stage`; a verification that has expired counts as a registration."""
        return self.stage is not None and stage in self.stage.reached


def _if_by(when: date | None, day: date) -> date | None:
    return when if when is not None and when <= day else None


def held_since(spans: Iterable[Span], day: date) -> date | None:
    """Since when a role has been held without a break up to `day`, over one posting after another.

    None when it is not held on that day.
    """
    known = sorted(spans, key=lambda span: span.first, reverse=True)
    held = next((span for span in known if span.covers(day)), None)
    if held is None:
        return None
    for span in known:
        held = held.joined(span) or held
    return held.first


def standing_on(
    terms: Terms, registrations: Sequence[Progress], needed_since: date | None, day: date
) -> Standing:
    """Where a member stands on `day` who has held a role that needs the programme since `needed_since`.

    None for `needed_since` when none of their roles needs it. While a renewal is under way, the verification
    before it counts until it expires.
    """
    known = sorted(
        (each for each in (one.known_on(day) for one in registrations) if each is not None),
        key=lambda each: each.registered_on,
    )
    if needed_since is not None and terms.needed_from is not None:
        needed_since = max(needed_since, terms.needed_from)
    is_needed = needed_since is not None and needed_since <= day
    if not known:
        return Standing(is_needed, None, due=_to_register(terms, needed_since, day) if is_needed else None)
    current = known[-1]
    # The one that is worth most today: a verification that is still valid, else the latest registration.
    counting = next((each for each in reversed(known) if _is_valid(terms, each, day)), current)
    stage, valid_to = counting.stage(terms.modules), _valid_to(terms, counting)
    has_expired = valid_to is not None and valid_to < day
    return Standing(
        is_needed,
        Stage.REGISTERED if has_expired else stage,
        counting.completed,
        counting.verified,
        current.completed - current.verified,
        next((each.asked_on for each in reversed(known) if each.asked_on), None),
        next((each.granted_on for each in reversed(known) if each.granted_on), None),
        valid_to,
        _due(terms, current, valid_to, is_needed, day),
    )


def _valid_to(terms: Terms, progress: Progress) -> date | None:
    verified_on = progress.verified_on(terms.modules)
    if verified_on is None or terms.months_valid is None:
        return None
    return months_after(verified_on, terms.months_valid)


def _is_valid(terms: Terms, progress: Progress, day: date) -> bool:
    if progress.stage(terms.modules) is not Stage.VERIFIED:
        return False
    valid_to = _valid_to(terms, progress)
    return lasts(valid_to, day)


def _to_register(terms: Terms, needed_since: date | None, day: date) -> Due | None:
    is_closed = terms.closed_on is not None and terms.closed_on < day
    if needed_since is None or is_closed:
        return None
    return Due(DueKind.TO_REGISTER, needed_since + timedelta(days=terms.register_within))


def _due(terms: Terms, current: Progress, valid_to: date | None, is_needed: bool, day: date) -> Due | None:
    stage = current.stage(terms.modules)
    if stage is Stage.REGISTERED:
        stalled_on = current.last_step_on + timedelta(days=terms.stalls_after)
        return Due(DueKind.STALLED, stalled_on) if stalled_on < day else None
    if stage is Stage.COMPLETED or valid_to is None or not is_needed:
        return None
    if valid_to < day:
        return Due(DueKind.EXPIRED, valid_to)
    return Due(DueKind.EXPIRING, valid_to) if valid_to - EXPIRY_NOTICE <= day else None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many members stand where with a programme. Each later stage is part of those before it."""

    members: int
    needing: int
    registered: int
    completed: int
    verified: int
    asked: int
    granted: int
    due: int


def counts_of(standings: Collection[Standing]) -> Counts:
    """The counts over the standings of different members with one programme."""
    return Counts(
        members=len(standings),
        needing=sum(each.is_needed for each in standings),
        registered=sum(each.has_reached(Stage.REGISTERED) for each in standings),
        completed=sum(each.has_reached(Stage.COMPLETED) for each in standings),
        verified=sum(each.has_reached(Stage.VERIFIED) for each in standings),
        asked=sum(each.asked_on is not None for each in standings),
        granted=sum(each.granted_on is not None for each in standings),
        due=sum(each.due is not None for each in standings),
    )
