"""The file of communities, in and out. A community is known by its neighbourhood and its code.

An empty cell says nothing and leaves what is known: a file takes no flag away by leaving the cell empty.
Flags that a filled cell leaves out end. A file signs nothing: that is somebody's word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.communities.actions import (
    add_community,
    change_community,
    change_flag,
    record_share,
    remove_flag,
    set_flag,
)
from npt.communities.models import Community
from npt.communities.queries import communities_of, communities_under
from npt.communities.rules import LONGEST_NAME, LONGEST_SOURCE, CommunityKind, Flag, check_past
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.sheets.columns import BadCell, Column, Shape, choice, code, day, decimal, text
from npt.store.exchange import ExportOrder, ImportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow

#: Why a flag was set, or ended, where the file gives no source.
FROM_A_FILE = "It came from a file."
LEFT_OUT = "A file no longer names it."

_flag = choice(Flag)


def _flags(typed: str) -> tuple[str, ...]:
    """Flags separated by blanks, in the order of flags; none twice."""
    found = [_flag(part) for part in typed.split()]
    for flag in Flag:
        if found.count(flag) > 1:
            raise BadCell(f"“{flag.value}” appears twice: name each flag once")
    return tuple(flag.value for flag in Flag if flag in found)


@dataclass(frozen=True, slots=True)
class CommunityRow(KeyedRow):
    """One row of the file."""

    neighbourhood: Unit
    code: str
    name: str
    kind: CommunityKind
    share: Decimal | None
    flags: tuple[str, ...] | None
    languages: str | None
    source: str | None
    as_at: date | None


def _as_row(community: Community) -> CommunityRow:
    known = community.shares[-1] if community.shares else None
    standing = {each.flag for each in community.flags if each.ends_on is None}
    return CommunityRow(
        0,
        community.unit,
        community.code,
        community.name,
        community.kind,
        None if known is None else known.percent,
        tuple(flag.value for flag in Flag if flag in standing) or None,
        community.languages,
        None if known is None else known.source,
        None if known is None else known.as_at,
    )


def _differs(was: CommunityRow, row: CommunityRow) -> str:
    share = "" if was.share is None else f", {was.share.normalize():f}%"
    flags = f", {' '.join(was.flags)}" if was.flags else ""
    as_at = f", as at {was.as_at.isoformat()}" if was.as_at else ""
    return f"{row.code} is recorded with other values (“{was.name}”, {was.kind.value}{share}{flags}{as_at})"


def _take(intake: Intake[CommunityRow, Community]) -> None:
    for row, community in intake.changing:
        with intake.telling(row):
            told = intake.rows[COMMUNITIES.key(row)]
            _change(intake.session, community, row, told, intake.order)
    for row in intake.new:
        with intake.telling(row):
            _add(intake.session, row, intake.order)


def _first_day(row: CommunityRow, order: ImportOrder) -> date:
    """Since when the community is known: the day of the row, but not before there was a neighbourhood."""
    return max(row.as_at or order.today, row.neighbourhood.opened_on)


def _add(session: Session, row: CommunityRow, order: ImportOrder) -> None:
    if row.as_at is not None:
        check_past(row.as_at, order.today, "as_at")
    add_community(
        session,
        neighbourhood=row.neighbourhood,
        code=row.code,
        name=row.name,
        kind=row.kind,
        languages=row.languages,
        share=row.share,
        as_at=row.as_at,
        source=row.source,
        flags=[Flag(value) for value in row.flags or ()],
        reason=_reason(row),
        starts_on=_first_day(row, order),
        stamp=order.stamp,
        today=order.today,
    )


def _reason(row: CommunityRow) -> str:
    return f"Source: {row.source}" if row.source else FROM_A_FILE


def _change(
    session: Session, community: Community, row: CommunityRow, told: CommunityRow, order: ImportOrder
) -> None:
    """Change what differs. A later day without a share says nothing of the share on that day."""
    change_community(
        session,
        community,
        name=row.name,
        kind=row.kind,
        languages=row.languages,
        ends_on=community.ends_on,
        today=order.today,
    )
    was = _as_row(community)
    if (row.share, row.source, row.as_at) != (was.share, was.source, was.as_at):
        is_later = row.as_at != was.as_at
        record_share(
            session,
            community,
            share=told.share if is_later else row.share,
            as_at=row.as_at or order.today,
            source=told.source if is_later else row.source,
            today=order.today,
        )
    _change_flags(session, community, row, order)


def _change_flags(session: Session, community: Community, row: CommunityRow, order: ImportOrder) -> None:
    wanted = {Flag(value) for value in row.flags or ()}
    standing = {each.flag: each for each in community.flags if each.ends_on is None}
    first = max(row.as_at or order.today, community.starts_on)
    for flag in Flag:
        if flag in wanted and flag not in standing:
            set_flag(
                session,
                community,
                flag=flag,
                reason=_reason(row),
                starts_on=first,
                stamp=order.stamp,
                today=order.today,
            )
        elif flag in standing and flag not in wanted:
            over = standing[flag]
            if over.starts_on >= order.today:
                remove_flag(session, over, neighbourhood=community.unit)
            else:
                change_flag(
                    session,
                    over,
                    neighbourhood=community.unit,
                    reason=over.reason,
                    ends_on=order.today - timedelta(days=1),
                    end_reason=LEFT_OUT,
                    today=order.today,
                )


def _load(session: Session, rows: Sequence[CommunityRow]) -> list[Community]:
    return communities_of(session, {row.neighbourhood.id for row in rows})


def _records(session: Session, order: ExportOrder) -> Iterable[Community]:
    return (each for each in communities_under(session, order.path) if order.covers(each.span))


COMMUNITIES = Keyed(
    shape=Shape(
        "communities",
        (
            Column("neighbourhood", code, hint="the code of the neighbourhood"),
            Column("code", code, hint="what files call the community, like polish"),
            Column("name", text(LONGEST_NAME), hint="the name of the community"),
            Column(
                "kind", choice(CommunityKind), hint="what its people have in common, like ethnic or faith"
            ),
            Column("share", decimal(1, 0, 100), is_required=False),
            Column("flags", _flags, is_required=False),
            Column("languages", text(LONGEST_SOURCE), is_required=False),
            Column("source", text(LONGEST_SOURCE), is_required=False),
            Column("as_at", day, is_required=False),
        ),
    ),
    row=CommunityRow,
    known_by=("neighbourhood", "code"),
    about="name",
    names={"neighbourhood": UNITS_CODED},
    kept=("share", "flags", "languages", "source", "as_at"),
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=_take,
    records=_records,
)
