"""Who can own work: a member, an account that is no member's, or a partner agency. Ours."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Self

from npt.kit.refusals import Refusal


class UnknownOwner(Refusal):
    """Work was to be given to somebody whom nobody here knows."""


class OwnerElsewhere(UnknownOwner):
    """Work was to be given to somebody of another force; said as if they were unknown."""


class OwnerGone(Refusal):
    """Work was to be given to a closed account, a member who has left, or an agency that has closed."""


class OwnerKind(Enum):
    """What kind of owner somebody is."""

    MEMBER = "member"
    ACCOUNT = "account"
    AGENCY = "agency"


_TEXT = re.compile(r"(member|account|agency)-([1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner by kind and key."""

    kind: OwnerKind
    id: int

    @property
    def text(self) -> str:
        """As forms and addresses name it: "member-17"."""
        return f"{self.kind.value}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "member-17". ValueError for what is none."""
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError("no owner of ours")
        return cls(OwnerKind(match[1]), int(match[2]))

    @classmethod
    def of(cls, member_id: int | None, account_id: int | None, agency_id: int | None) -> Self:
        """The owner whom a record names in one of three columns. ValueError for none."""
        keys = zip(OwnerKind, (member_id, account_id, agency_id), strict=True)
        for kind, key in keys:
            if key is not None:
                return cls(kind, key)
        raise ValueError("work has an owner")

    @property
    def columns(self) -> dict[str, int | None]:
        """The three columns of a record that is owned by this one."""
        return {f"owner_{kind.value}_id": self.id if kind is self.kind else None for kind in OwnerKind}
