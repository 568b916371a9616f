"""What is typed about establishments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from npt.people.forms import ROLES_IN_PLURAL
from npt.people.rules import PolicingRole
from npt.staffing.actions import MOST_POSTS, REASON_LENGTH
from npt.staffing.models import Establishment
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import (
    ConfirmField,
    DecimalField,
    FirstDayField,
    LastDayField,
    SelectField,
    TextAreaField,
)
from npt.webkit.forms import CreateForm, EditForm, QueryForm, Sides


class _RoleOrAll:
    """One role, or all."""

    role = SelectField("Role", missing=None, choices=ROLES_IN_PLURAL, empty="All roles")

    @property
    def chosen_role(self) -> PolicingRole | None:
        """The role asked for; None for all."""
        return None if self.role.data is None else PolicingRole(self.role.data)


class AsAtOfRoleForm(AsAtForm, _RoleOrAll):
    """What is shown: of a day, and of one role or of all."""


class HistoryForm(_RoleOrAll, QueryForm[PolicingRole | None]):
    """Whose history is shown: that of one role or of all."""


@dataclass(frozen=True, slots=True)
class NewEstablishment:
    """An establishment as typed."""

    role: PolicingRole
    posts: Decimal
    starts_on: date
    ends_on: date | None
    ends_previous: bool
    reason: str


def _reason_field() -> TextAreaField:
    return TextAreaField(
        "Reason",
        missing="Enter the reason for the change.",
        hint="Why it changes, and who decided it. It stays in the history.",
        limit=REASON_LENGTH,
        rows=2,
    )


def _posts_field() -> DecimalField:
    return DecimalField(
        "Number of posts",
        missing="Enter the number of posts.",
        hint="Full-time equivalents that are funded, like 28 or 12.5.",
        places=2,
        lowest=Decimal(0),
        highest=MOST_POSTS,
    )


class EstablishmentForm(CreateForm[NewEstablishment]):
    """A new establishment of a unit."""

    role = SelectField("Role", missing="Choose a role.", choices=ROLES_IN_PLURAL)
    posts = _posts_field()
    starts_on = FirstDayField()
    ends_on = LastDayField()
    ends_previous = ConfirmField("End the establishment that holds until then, the day before", missing=None)
    reason = _reason_field()

    def value(self) -> NewEstablishment:
        """What was typed."""
        return NewEstablishment(
            role=PolicingRole(self.role.value),
            posts=self.posts.value,
            starts_on=self.starts_on.value,
            ends_on=self.ends_on.data,
            ends_previous=bool(self.ends_previous.data),
            reason=self.reason.value,
        )


@dataclass(frozen=True, slots=True)
class CorrectedEstablishment:
    """What of an establishment may be corrected, as typed."""

    posts: Decimal
    ends_on: date | None
    reason: str


class CorrectionForm(EditForm[CorrectedEstablishment]):
    """A correction of an establishment; a last day ends it."""

    posts = _posts_field()
    ends_on = LastDayField()
    reason = _reason_field()

    #: why the record is as it is
    why = ""

    @classmethod
    def values_of(cls, record: Establishment) -> Mapping[str, object]:
        """No reason yet: each change has its own."""
        return {"reason": None}

    def sides(self, theirs: Self) -> list[Sides]:
        """What both hold, and why the record is as it is."""
        *others, (name, mine, _) = super().sides(theirs)
        return [*others, (name, mine, theirs.why)]

    def value(self) -> CorrectedEstablishment:
        """What was typed."""
        return CorrectedEstablishment(
            posts=self.posts.value, ends_on=self.ends_on.data, reason=self.reason.value
        )
