"""Columns of what somebody owns: exactly one of a member, an account that is no member's, an agency."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from npt.store.base import Key
from npt.work.rules import Owner, OwnerKind


def one_owner() -> CheckConstraint:
    """The law of a table that it is owned by one."""
    given = " + ".join(f"(CASE WHEN owner_{kind.value}_id IS NULL THEN 0 ELSE 1 END)" for kind in OwnerKind)
    return CheckConstraint(f"{given} = 1", name="has_one_owner")


class Owned:
    """A record with one owner."""

    owner_member_id: Mapped[int | None] = mapped_column(Key, ForeignKey("member.id"))
    #: the account of somebody who is no member: a partner, an analyst
    owner_account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    owner_agency_id: Mapped[int | None] = mapped_column(Key, ForeignKey("agency.id"))

    @property
    def owner(self) -> Owner:
        """Who owns it."""
        return Owner.of(self.owner_member_id, self.owner_account_id, self.owner_agency_id)

    @owner.setter
    def owner(self, owner: Owner) -> None:
        for name, key in owner.columns.items():
            setattr(self, name, key)
