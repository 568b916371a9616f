"""Where a shift counts, for many members and days, with the refusal of one that would count nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, Lineage
from npt.people.models import Member
from npt.people.queries import HeldPosting, PostingBook, posting_book
from npt.people.rules import TeamMustBeNamed
from npt.shifts.attribution import Place, place_of
from npt.store.batches import batches

#: Only teams and areas have duty of their own.
LEVELS_WITH_DUTY = frozenset({Level.TEAM, Level.AREA})


class NotPosted(Refusal):
    """A shift for a member who is posted nowhere on the day it starts."""


class TeamClosed(Refusal):
    """A shift for a team that does not stand on the day it starts."""


class NotATeam(Refusal):
    """A shift, or the confirmation of a day, for a unit that has no duty of its own."""


class OutsidePlace(Refusal):
    """A shift that would count at a unit other than the one that is being rostered."""


def check_has_duty(unit: Unit, day: date, field_name: str = "team") -> None:
    """Refuse (NotATeam, TeamClosed) a unit that has no shifts of its own on `day`."""
    if unit.level not in LEVELS_WITH_DUTY:
        raise NotATeam(
            f"{unit.code} is a {unit.level.wording}, and only teams and areas have shifts of their own:"
            " name a team or an area.",
            field=field_name,
        )
    if unit.stands_on(day):
        return
    when = f"opens on {day_in_words(unit.opened_on)}"
    if unit.closed_on is not None and day > unit.closed_on:
        when = f"closed on {day_in_words(unit.closed_on)}"
    raise TeamClosed(
        f"{unit.code} {when} and has no shifts on {day_in_words(day)}: name a team that is open then,"
        " or correct the date.",
        field=field_name,
    )


@dataclass
class Places:
    """Members, postings and named teams met so far. With `within`, shifts have to count there or below."""

    session: Session
    within: Unit | None = None
    _members: dict[int, tuple[str, str]] = field(default_factory=dict)
    _book: PostingBook = field(default_factory=lambda: PostingBook(date.min, date.max, {}))
    _units: dict[int, Unit] = field(default_factory=dict)

    def meet(self, pairs: Iterable[tuple[int, int | None]]) -> None:
        """Get to know members and the teams named for them, and hold them as they are.

        Who changes a posting or closes a team waits for this transaction, so that its shifts follow too.
        """
        strangers: set[int] = set()
        named: set[int] = set()
        for member_id, unit_id in pairs:
            if member_id not in self._members:
                strangers.add(member_id)
            if unit_id is not None and unit_id not in self._units:
                named.add(unit_id)
        for some in batches(sorted(strangers)):
            asked = select(Member.id, Member.number, Member.name).where(Member.id.in_(some))
            asked = asked.order_by(Member.id).with_for_update(read=True)
            for key, number, name in self.session.execute(asked):
                self._members[key] = (number, name)
        self._book.held.update(posting_book(self.session, strangers, date.min, date.max).held)
        if named:
            lock_units(self.session, named)
            self._units.update((key, self.session.get_one(Unit, key)) for key in named)

    def of(self, member_id: int, day: date, unit_id: int | None) -> Place:
        """Where a shift that starts on `day` counts, and as whose; `unit_id` when the roster names the team.

        NotPosted (names the nearest posting), TeamMustBeNamed, TeamClosed, NotATeam, OutsidePlace. The member
        and the team have been met.
        """
        if unit_id is not None:
            check_has_duty(self._units[unit_id], day)
        try:
            place = place_of(self._book, member_id, day, unit_id)
        except TeamMustBeNamed as refusal:
            raise TeamMustBeNamed(f"{self.who(member_id)}: {refusal.message}", field="team") from None
        postings = self._book.held.get(member_id, ())
        if place is None:
            raise NotPosted(
                f"{self.who(member_id)} is posted nowhere on {day_in_words(day)}{_nearest(postings, day)}:"
                " correct the date, or have a posting recorded for that day.",
                field="starts",
            )
        if self.within is not None:
            self._check_within(self.within, member_id, day, self._path(place.unit_id, postings))
        return place

    def who(self, member_id: int) -> str:
        """The member in a message: name and number."""
        number, name = self._members.get(member_id, ("no number", "Nobody known"))
        return f"{name} ({number})"

    def name(self, member_id: int) -> str:
        """The name of a member who has been met."""
        return self._members[member_id][1]

    def _path(self, unit_id: int, postings: Sequence[HeldPosting]) -> str:
        if unit_id in self._units:
            return self._units[unit_id].path
        return next(posting.unit_path for posting in postings if posting.unit_id == unit_id)

    def _check_within(self, place: Unit, member_id: int, day: date, path: str) -> None:
        if not path.startswith(place.path):
            raise OutsidePlace(
                f"{self.who(member_id)} counts at {Lineage.parse(path).code} on {day_in_words(day)}, not at"
                f" {place.code}: leave that day out, or name the team that the shift is for.",
                field="team",
            )


def _nearest(postings: Sequence[HeldPosting], day: date) -> str:
    """What the message says of the posting that ended last before `day`, else of the first one after it."""
    ended = [posting for posting in postings if posting.span.last is not None and posting.span.last < day]
    if ended:
        posting = max(ended, key=lambda each: each.span.last or date.min)
        code = Lineage.parse(posting.unit_path).code
        return f" (their last posting, to {code}, ended on {day_in_words(posting.span.last or day)})"
    if postings:
        posting = min(postings, key=lambda each: each.span.first)
        code = Lineage.parse(posting.unit_path).code
        return f" (their first posting, to {code}, starts on {day_in_words(posting.span.first)})"
    return ", and never was"
