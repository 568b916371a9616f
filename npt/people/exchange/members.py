"""The file of members, in and out. An empty email says nothing and leaves what is known."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.people.actions import check_member
from npt.people.exchange.postings import posted
from npt.people.models import Member, Posting
from npt.people.queries import members_numbered
from npt.sheets.columns import Column, Shape, code, email, text
from npt.sheets.reading import Row
from npt.store.constraints import refusing
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

MEMBERS = Shape(
    "members",
    (
        Column("number", code, hint="the member's force number"),
        Column("name", text(200), hint="the member's name"),
        Column("email", email, is_required=False),
    ),
)


def save_members(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of members in; see `npt.store.exchange.Import`."""
    outcome = Outcome()
    lines: dict[str, int] = {}
    for chunk in chunks:
        rows = [(row.line, *(cast(Any, row.values[name]) for name in MEMBERS.names)) for row in chunk]
        known = members_numbered(session, [number for _, number, _, _ in rows])
        for line, number, name, address in rows:
            member = known.get(number)
            try:
                check_member(number, name)
            except Refusal as refusal:
                outcome.refuse(line, refusal.field, refusal.message)
                continue
            if number in lines:
                outcome.refuse(
                    line, "number", f"{number} is on line {lines[number]} already: keep one of the two rows."
                )
            elif member is None:
                session.add(Member(number=number, name=name, email=address))
                outcome.added += 1
            elif member.name == name and address in (None, member.email):
                outcome.unchanged += 1
            elif not order.may_update:
                outcome.refuse(
                    line,
                    "number",
                    f"{number} is recorded with another name or email: correct the row, or import with"
                    " --update to change the member.",
                )
            else:
                member.name, member.email = name, address or member.email
                outcome.changed += 1
            lines.setdefault(number, line)
        with refusing(session):
            session.flush()
        order.progress(len(chunk))
    return outcome


def member_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The members posted at or under the path, in the month if one is given; all members without either."""
    asked = select(Member.number, Member.name, Member.email).order_by(Member.number)
    if order.path is not None or order.month is not None:
        asked = asked.where(Member.id.in_(posted(order).with_only_columns(Posting.member_id)))
    yield from (tuple(row) for row in session.execute(asked))
