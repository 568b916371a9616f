"""What is typed about establishments."""

from collections.abc import Mapping
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
from npt.webkit.forms import CreateForm, EditForm, Keywords, QueryForm, Sides


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


class EstablishmentForm(CreateForm[Keywords]):
    """A new establishment of a unit."""

    role = SelectField("Role", missing="Choose a role.", choices=ROLES_IN_PLURAL, of=PolicingRole)
    posts = DecimalField(
        "Number of posts",
        missing="Enter the number of posts.",
        hint="Funded full-time equivalents, for example 28 or 12.5.",
        places=2,
        lowest=Decimal(0),
        highest=MOST_POSTS,
    )
    starts_on = FirstDayField()
    ends_on = LastDayField()
    ends_previous = ConfirmField("End the current establishment the day before", missing=None)
    reason = TextAreaField(
        "Reason",
        missing="Enter the reason for the change.",
        hint="Why it changes and who decided it. It is kept in the history.",
        limit=REASON_LENGTH,
        rows=2,
    )


class CorrectionForm(EditForm[Keywords]):
    """A correction of an establishment; a last day ends it."""

    posts = EstablishmentForm.posts
    ends_on = EstablishmentForm.ends_on
    reason = EstablishmentForm.reason

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
