"""Questions about owners: who can own work of a unit, what they are called, and who of them has gone."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from npt.access.rules import ONLOOKERS, Role
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage
from npt.partners.models import Agency, PartnerAccount
from npt.people.models import Grant, Holder, Member, Posting
from npt.people.queries import members_of
from npt.store.batches import found_by
from npt.store.dated import holding, lasting
from npt.work.models import Action, Owned
from npt.work.rules import Owner, OwnerKind

#: The accounts of owners, apart from those of whoever set something.
OwnerAccount = aliased(Account, name="owner_account")
Work = type[Owned]


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """Somebody who can own work: what they are called, and what tells them from others of that name."""

    owner: Owner
    name: str
    note: str
    #: whether they have left, or closed
    is_gone: bool = False
    #: the forces that they work for, by code: none of an account that only looks on, and none of an agency,
    #: since all forces know the same ones
    forces: frozenset[str] = frozenset()


def owner_name() -> ColumnElement[str]:
    """What the owner of a record is called; to be asked for after `with_owner`."""
    return func.coalesce(Member.name, OwnerAccount.name, Agency.name)


def with_owner(asked: Select[*tuple[Any, ...]], work: Work) -> Select[*tuple[Any, ...]]:
    """A question of records joined with their owners, so that `owner_name` can be asked."""
    return (
        asked.outerjoin(Member, Member.id == work.owner_member_id)
        .outerjoin(OwnerAccount, OwnerAccount.id == work.owner_account_id)
        .outerjoin(Agency, Agency.id == work.owner_agency_id)
    )


def is_without_owner(work: Work, today: date) -> ColumnElement[bool]:
    """The condition that the owner of a record has gone.

    A closed account, also that of a member; a member whose last posting is over; an agency that has closed;
    a partner who acts for none any more that stands.
    """
    accounts = select(Account.id).where(or_(Account.closed_at.is_not(None), _left_their_agency(today)))
    closed = select(Holder.account_id).join(Account, Account.id == Holder.account_id)
    closed = closed.where(Holder.member_id == work.owner_member_id, Account.closed_at.is_not(None))
    posted = select(Posting.id).where(Posting.member_id == work.owner_member_id)
    agencies = select(Agency.id).where(Agency.id == work.owner_agency_id, Agency.closed_on < today)
    return or_(
        and_(
            work.owner_member_id.is_not(None),
            or_(
                closed.correlate(work).exists(),
                ~posted.where(lasting(Posting.ends_on, today)).correlate(work).exists(),
            ),
        ),
        accounts.where(Account.id == work.owner_account_id).correlate(work).exists(),
        agencies.correlate(work).exists(),
    )


def _left_their_agency(today: date) -> ColumnElement[bool]:
    """The condition that an account of no other role was a partner's who left, or whose agency closed."""
    acted = select(PartnerAccount.id).where(PartnerAccount.account_id == Account.id)
    acting = acted.join(PartnerAccount.agency).where(
        PartnerAccount.ended_at.is_(None), lasting(Agency.closed_on, today)
    )
    other = select(Grant.id).where(Grant.account_id == Account.id, Grant.role != Role.PARTNER)
    has_acted, acts, has_another = (each.correlate(Account).exists() for each in (acted, acting, other))
    return and_(has_acted, ~acts, ~has_another)


def owners_offered(session: Session, unit: Unit, today: date) -> list[OwnerLine]:
    """Who is offered as an owner of work of the unit: whoever counts there or above it, those of its accounts
    that are no member's and do not only look on, and the agencies that stand. By kind, then by name. Four
    statements.
    """
    path = unit.path
    above = [lineage.path for lineage in Lineage.parse(path).ancestors]
    posted = [(each.member, each.posting) for each in members_of(session, path, today)]
    leaders = select(Member, Posting).join(Posting, Posting.member_id == Member.id).join(Posting.unit)
    leaders = leaders.where(Unit.path.in_(above), Posting.holding(today)).order_by(Member.name, Member.id)
    posted += [(member, posting) for member, posting in session.execute(leaders)]
    members = {
        member.id: OwnerLine(
            Owner(OwnerKind.MEMBER, member.id), member.name, f"{member.number}, {posting.role.wording}"
        )
        for member, posting in posted
    }
    accounts = (
        select(Account.id, Account.name, Account.email)
        .join(Grant, Grant.account_id == Account.id)
        .join(Unit, Unit.id == Grant.unit_id)
        .outerjoin(Holder, Holder.account_id == Account.id)
        .where(or_(within(path), Unit.path.in_(above)), Account.closed_at.is_(None))
        .where(Holder.account_id.is_(None), Grant.role.not_in(ONLOOKERS), ~_left_their_agency(today))
        .distinct()
        .order_by(Account.name, Account.id)
    )
    agencies = select(Agency.id, Agency.name, Agency.code).order_by(Agency.name, Agency.id)
    agencies = agencies.where(holding(Agency.opened_on, Agency.closed_on, today))
    return [
        *sorted(members.values(), key=lambda line: (line.name, line.note)),
        *(
            OwnerLine(Owner(OwnerKind.ACCOUNT, key), name, email)
            for key, name, email in session.execute(accounts)
        ),
        *(
            OwnerLine(Owner(OwnerKind.AGENCY, key), name, code)
            for key, name, code in session.execute(agencies)
        ),
    ]


def owners_under(session: Session, path: str) -> list[OwnerLine]:
    """Who owns actions of the unit at `path` or under it, by name. Four statements."""
    columns = (Action.owner_member_id, Action.owner_account_id, Action.owner_agency_id)
    rows = session.execute(select(*columns).join(Action.unit).where(within(path)).distinct())
    names = owner_names(session, {Owner.of(*row) for row in rows})
    lines = (OwnerLine(owner, name, "") for owner, name in names.items())
    return sorted(lines, key=lambda line: (line.name, line.owner.text))


def owner_names(session: Session, owners: Collection[Owner]) -> dict[Owner, str]:
    """What these owners are called. Three statements at most."""
    tables: tuple[tuple[OwnerKind, InstrumentedAttribute[int], Any], ...] = (
        (OwnerKind.MEMBER, Member.id, Member.name),
        (OwnerKind.ACCOUNT, Account.id, Account.name),
        (OwnerKind.AGENCY, Agency.id, Agency.name),
    )
    found: dict[Owner, str] = {}
    for kind, key, name in tables:
        wanted = {owner.id for owner in owners if owner.kind is kind}
        if wanted:
            rows = session.execute(select(key, name).where(key.in_(wanted)))
            found |= {Owner(kind, of): called for of, called in rows}
    return found


def owners_named(session: Session, texts: Collection[str], today: date) -> Mapping[str, OwnerLine]:
    """Whom these texts name: a force number, the code of an agency, or the email address of an account.

    The account of a member stands for the member. In that order where a text could be two of them; one that
    names nobody is left out. Eleven statements at most, for each few thousand texts.
    """
    emails = {text.lower(): text for text in texts if "@" in text}
    accounts = list(found_by(session, select(Account), Account.email, emails))
    agencies = found_by(session, select(Agency), Agency.code, texts)
    members = list(found_by(session, select(Member), Member.number, texts))
    of_accounts = _account_lines(session, accounts, today)
    of_members = _member_lines(session, members, today)
    return {
        **{emails[account.email]: of_accounts[account.id] for account in accounts},
        **{agency.code: _agency_line(agency, today) for agency in agencies},
        **{member.number: of_members[member.id] for member in members},
    }


def owner_line(session: Session, owner: Owner, today: date) -> OwnerLine | None:
    """The owner of this key, gone or not; None when there is none. The account of a member is the member."""
    match owner.kind:
        case OwnerKind.MEMBER:
            member = session.get(Member, owner.id)
            return None if member is None else _member_lines(session, [member], today)[member.id]
        case OwnerKind.ACCOUNT:
            account = session.get(Account, owner.id)
            return None if account is None else _account_lines(session, [account], today)[account.id]
        case OwnerKind.AGENCY:
            agency = session.get(Agency, owner.id)
            return None if agency is None else _agency_line(agency, today)


def _agency_line(agency: Agency, today: date) -> OwnerLine:
    is_gone = not agency.span.covers(today)
    return OwnerLine(Owner(OwnerKind.AGENCY, agency.id), agency.name, agency.code, is_gone)


def _account_lines(session: Session, accounts: Collection[Account], today: date) -> dict[int, OwnerLine]:
    """The accounts as owners, by key; that of a member is the member. Six statements."""
    keys = {account.id for account in accounts}
    left = set(session.scalars(select(Account.id).where(Account.id.in_(keys), _left_their_agency(today))))
    held = select(Holder.account_id, Holder.member_id).where(Holder.account_id.in_(keys))
    holders = {row.account_id: row.member_id for row in session.execute(held)} if keys else {}
    members = list(found_by(session, select(Member), Member.id, holders.values()))
    lines, forces = _member_lines(session, members, today), _forces_of_accounts(session, keys)
    return {
        account.id: lines[holders[account.id]]
        if account.id in holders
        else OwnerLine(
            Owner(OwnerKind.ACCOUNT, account.id),
            account.name,
            account.email,
            account.closed_at is not None or account.id in left,
            forces[account.id],
        )
        for account in accounts
    }


def _member_lines(session: Session, members: Collection[Member], today: date) -> dict[int, OwnerLine]:
    """The members as owners, by key. Two statements."""
    keys = {member.id for member in members}
    postings: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    if keys:
        asked = select(Posting.member_id, Unit.path, lasting(Posting.ends_on, today)).join(Posting.unit)
        for member_id, path, lasts in session.execute(asked.where(Posting.member_id.in_(keys))):
            postings[member_id].append((path, bool(lasts)))
        closed = select(Holder.member_id).join(Account, Account.id == Holder.account_id)
        closed = closed.where(Holder.member_id.in_(keys), Account.closed_at.is_not(None))
        gone = set(session.scalars(closed))
    else:
        gone = set()
    return {
        member.id: OwnerLine(
            Owner(OwnerKind.MEMBER, member.id),
            member.name,
            member.number,
            member.id in gone or not any(lasts for _, lasts in postings[member.id]),
            frozenset(Lineage.parse(path).codes[0] for path, _ in postings[member.id]),
        )
        for member in members
    }


def _forces_of_accounts(session: Session, accounts: Collection[int]) -> defaultdict[int, frozenset[str]]:
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    if accounts:
        asked = select(Grant.account_id, Unit.path).join(Unit, Unit.id == Grant.unit_id)
        asked = asked.where(Grant.account_id.in_(accounts), Grant.role.not_in(ONLOOKERS))
        for account_id, path in session.execute(asked):
            found[account_id] |= {Lineage.parse(path).codes[0]}
    return found
