"""Members: taking them on, correcting what is known of them, saying whose account is whose."""

import re
from collections.abc import Callable

from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.people.models import Holder, Member
from npt.people.queries import account_of_member, member_of_account
from npt.people.rules import MemberFacts
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version

# As a unit's code: it stands in addresses and in files.
_NUMBER = re.compile(r"[A-Za-z0-9._-]{0,19}[A-Za-z0-9]")


class BadNumber(Refusal):
    """A force number with characters or a length that it cannot have."""


class NumberTaken(Refusal):
    """A member was to be added under a number that another member has."""


class MemberErased(Refusal):
    """A number was given that was a member's who is erased."""


class UnknownMember(Refusal):
    """A number was given that no member of the force has."""


class AccountHasMember(Refusal):
    """An account was to be linked to a member, but belongs to another."""


class MemberHasAccount(Refusal):
    """A member was to be given an account, but has another."""


name_violation(
    "uq_member_number",
    lambda: NumberTaken(
        "Another member has this number: check it. To post somebody who is already recorded, use "
        "their number.",
        field="number",
    ),
)
name_violation(
    "uq_holder_member_id",
    lambda: MemberHasAccount("This member already has an account: link that one.", field="number"),
)


def unknown_member(number: str) -> UnknownMember:
    """The refusal of a number that nobody has, or nobody whom the person may know of."""
    return UnknownMember(
        f"There is no member {number} in this force: correct the number, or add the member.", field="number"
    )


def check_member(number: str, name: str) -> None:
    """Refuse a number (BadNumber) or a name (BadName) that a member cannot have."""
    if _NUMBER.fullmatch(number) is None:
        raise BadNumber(
            f"“{number[:40]}” is not a force number: use up to 20 letters A to Z, digits, dots, underscores"
            " or hyphens, with a letter or a digit at the end.",
            field="number",
        )
    check_name(name)


def add_member(session: Session, *, number: str, facts: MemberFacts) -> Member:
    """Add a member, and send them to the database. BadNumber, BadName, NumberTaken."""
    check_member(number, facts.name)
    member = Member(number=number, name=facts.name, email=facts.email)
    with refusing(session):
        session.add(member)
    return member


#: Does what has to follow when a member is called otherwise; given the name of before.
Renaming = Callable[[Session, Member, str], None]
_FOLLOWING: list[Renaming] = []


def follow_renaming(follow: Renaming) -> None:
    """Let a floor above, which this one does not know, follow when a member is called otherwise.

    What was done to shifts is the case: it names members in words.
    """
    if follow not in _FOLLOWING:
        _FOLLOWING.append(follow)


def change_member(
    session: Session, member: Member, *, facts: MemberFacts, expected_version: int | None = None
) -> None:
    """Correct a member's name and address. StaleRecord, BadName."""
    check_version(member, expected_version)
    check_name(facts.name)
    before, member.name, member.email = member.name, facts.name, facts.email
    if before != member.name:
        for follow in _FOLLOWING:
            follow(session, member, before)


def link_account_to_member(session: Session, account: Account, member: Member) -> None:
    """Say that the account is this member's; saying it again changes nothing.

    AccountHasMember when it is another member's, MemberHasAccount when they have another account.
    """
    held_by = member_of_account(session, account.id)
    if held_by is member:
        return
    if held_by is not None:
        raise AccountHasMember(
            f"This account belongs to member {held_by.number}: choose another account.", field="number"
        )
    if account_of_member(session, member) is not None:
        raise MemberHasAccount(
            f"Member {member.number} already has an account: link that one.", field="number"
        )
    with refusing(session):
        session.add(Holder(account_id=account.id, member_id=member.id))
