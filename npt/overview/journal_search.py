"""The journal as it is searched: what was done at a unit and under it, by whom, and about which member.

An entry names no unit. So a unit's journal is what accounts with a role there have done, unless they have one
in another force as well; that of a force which is alone in the database is all of it, what commands did too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, not_, or_, select, true, union
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.journal.models import Entry
from npt.journal.rules import ChangeKind
from npt.kit.clock import local_midnight
from npt.kit.months import LATEST_YEAR
from npt.kit.paging import Page, Part
from npt.organisation.models import Unit
from npt.organisation.queries import forces, within
from npt.organisation.rules import Lineage
from npt.people.models import Grant, Posting
from npt.reporting.models import Report
from npt.shifts.models import Away, AwayChange, Shift, ShiftChange
from npt.store.batches import batches
from npt.store.paging import paged


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; None and "" for what does not matter. Days are local."""

    first: date
    last: date | None = None
    member_id: int | None = None
    account_id: int | None = None
    kind: ChangeKind | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry, and who acted where the unit may know."""

    entry: Entry
    name: str | None
    email: str | None


#: No account has this key.
_NOBODY = 0
Acting = Callable[[ColumnElement[Any]], ColumnElement[bool]]


def journal_of(session: Session, unit: Unit, question: Question, today: date, page: Page) -> Part[FoundEntry]:
    """The entries of the unit's journal that the question asks for, latest first.

    Four statements, and for a whole journal one more for each few thousand accounts.
    """
    is_alone = [force.id for force in forces(session, as_at=today)] == [unit.id]
    acting_here: Acting = (lambda _: true()) if is_alone else partial(_acting_here, unit)
    asked = select(Entry).where(*_conditions(question, acting_here)).order_by(Entry.sequence.desc())
    found = paged(session, asked, page)
    entries = [entry for (entry,) in found.rows]
    known: dict[int, tuple[str, str]] = {}
    for some in batches({entry.account_id or _NOBODY for entry in entries} or {_NOBODY}):
        accounts = select(Account.id, Account.name, Account.email)
        accounts = accounts.where(Account.id.in_(some), acting_here(Account.id.expression))
        known |= {account_id: (name, email) for account_id, name, email in session.execute(accounts)}
    unknown = (None, None)
    return found.of([FoundEntry(each, *known.get(each.account_id or _NOBODY, unknown)) for each in entries])


def _conditions(question: Question, acting_here: Acting) -> Iterator[ColumnElement[bool]]:
    yield Entry.at >= local_midnight(question.first)
    if question.last is not None and question.last.year < LATEST_YEAR:  # nothing is written after it
        yield Entry.at < local_midnight(question.last + timedelta(days=1))
    # Whoever looks for a member who belongs here sees who saw them, wherever that was.
    yield (
        acting_here(Entry.account_id.expression) if question.member_id is None else _about(question.member_id)
    )
    if question.account_id is not None:
        yield Entry.account_id == question.account_id
    if question.kind is not None:
        yield Entry.change == question.kind.value
    if question.act:
        yield _blanked(Entry.act).contains(act_in_words(question.act).lower(), autoescape=True)


def _acting_here(unit: Unit, account_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that an account has a role at the unit or under it, and none in another force."""
    force = f"{Lineage.parse(unit.path).codes[0]}/"
    granted = select(Grant.account_id).join(Unit, Unit.id == Grant.unit_id)
    in_another = granted.where(not_(within(force)))
    return and_(account_id.in_(granted.where(within(unit.path))), account_id.not_in(in_another))


def account_here(session: Session, unit: Unit, email: str) -> int | None:
    """The account of this email address if it holds a role at the unit or under it."""
    asked = select(Account.id).join(Grant, Grant.account_id == Account.id)
    asked = asked.join(Unit, Unit.id == Grant.unit_id)
    return session.scalar(asked.where(Account.email == email.lower(), within(unit.path)).limit(1))


def act_in_words(act: str) -> str:
    """An act as people read it: the name of a page without its stops, "people new grant"."""
    return act.replace("_", " ").replace(".", " ")


#: Facts that the records have by short names, as people say them. Others are words already.
_FACTS = {
    "at": "when", "act": "action", "by": "by whom", "cell": "place on the map", "claim": "held for",
    "details": "facts", "digest": "contents", "fte": "FTE", "harmed": "harm done", "hash": "seal",
    "is_whole": "whole file", "lat": "latitude", "lng": "longitude", "on_date": "day", "ours": "our part",
    "part": "part of the profile", "path": "place in the structure", "position": "place in the list",
    "previous_hash": "seal before", "said": "what was said", "sha256": "contents",
    "stage": "status", "theirs": "their part", "told": "what they were told", "typed_at": "when it was typed",
    "what": "what is to be done", "words": "wording",
}  # fmt: skip
_ENDINGS = (
    ("starts_on", "first day"), ("ends_on", "last day"), ("opened_on", "first day"),
    ("closed_on", "last day"), ("starts_at", "start"), ("ends_at", "end"),
)  # fmt: skip


def fact_in_words(name: str) -> str:
    """What a record has by this name, as people say it: "first day" for starts_on, "unit" for unit_id."""
    if name in _FACTS:
        return _FACTS[name]
    for ending, words in _ENDINGS:
        if name == ending or name.endswith(f"_{ending}"):
            return act_in_words(name.removesuffix(ending) + words)
    plain = name.removesuffix("_id").removesuffix("_on").removesuffix("_at").removeprefix("is_")
    return act_in_words(plain)


def _blanked(act: SQLColumnExpression[str]) -> ColumnElement[str]:
    return func.replace(func.replace(func.lower(act), "_", " "), ".", " ")


def _about(member_id: int) -> ColumnElement[bool]:
    """The entries about a member: their record, and what is kept of them by its own key."""
    shifts = select(Shift.id).where(Shift.member_id == member_id)
    away = select(Away.id).join(Shift, Shift.id == Away.shift_id).where(Shift.member_id == member_id)
    reports = select(Report.id).where(Report.member_id == member_id)
    # What was removed has no member any more; the act that removed it knows whose it was.
    acts = union(
        *(select(each.act_id).where(each.member_id == member_id) for each in (ShiftChange, AwayChange))
    )
    kept = {
        "duty_act": acts,
        "posting": select(Posting.id).where(Posting.member_id == member_id),
        "shift": shifts,
        "away": away,
        "abstraction_report": reports,
        "report of abstraction": reports,
    }
    of_record = [and_(Entry.record_type == each, Entry.record_id.in_(ids)) for each, ids in kept.items()]
    of_member = Entry.record_type.in_(["member", "own reports of abstraction"])
    return or_(and_(of_member, Entry.record_id == member_id), *of_record)
