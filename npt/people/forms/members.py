"""What is typed on the pages of members, postings and accounts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar

from npt.access.rules import Role
from npt.accounts.rules import SHORTEST_PASSWORD
from npt.people.rules import (
    FULL_TIME,
    MemberFacts,
    PolicingRole,
    PostingKind,
    Terms,
    student_last_day,
)
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import (
    Choice,
    DecimalField,
    EmailField,
    FirstDayField,
    LastDayField,
    PasswordField,
    SelectField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Form, Keywords


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


ROLES = tuple(Choice(role.value, _first_upper(role.wording)) for role in PolicingRole)
#: The roles where several of each are meant.
ROLES_IN_PLURAL = tuple(Choice(role.value, role.heading) for role in PolicingRole)
KINDS = tuple(Choice(kind.value, _first_upper(kind.wording)) for kind in PostingKind)


def role_choices(roles: Sequence[Role]) -> tuple[Choice, ...]:
    """The roles that a person may grant, as choices."""
    return tuple(Choice(role.value, role.wording) for role in roles)


class MembersForm(AsAtForm):
    """Which members a list shows."""

    role = SelectField("Role", missing=None, empty="All roles", choices=ROLES)


def _number_field(hint: str = "") -> TextField:
    return TextField(
        "Force number", limit=20, missing="Enter the force number.", noun="The number", hint=hint
    )


def _name_field() -> TextField:
    return TextField("Name", limit=200, missing="Enter the name.", noun="The name")


class _Number:
    """The force number, before all else."""

    number = _number_field()


class _NewNumber:
    """The force number of somebody who is added."""

    number = _number_field("As on the warrant card or payroll. It cannot be changed later.")


class _Facts:
    """What is known of a member."""

    name = _name_field()
    email = EmailField("Email address", missing=None, autocomplete="off")

    def facts(self) -> MemberFacts:
        """The facts as typed."""
        return MemberFacts(self.name.value, self.email.data)


class _Terms:
    """The terms of a posting."""

    role = SelectField("Role", missing="Choose what the member does there.", choices=ROLES)
    fte = DecimalField(
        "Full-time equivalent (FTE)",
        missing="Enter the full-time equivalent.",
        noun="The FTE",
        hint="1 for full time, 0.5 for half time.",
        places=2,
        lowest=Decimal("0.01"),
        highest=FULL_TIME,
        default=FULL_TIME,
    )
    kind = SelectField(
        "Kind",
        missing="Choose the kind of posting.",
        choices=KINDS,
        default=PostingKind.SUBSTANTIVE.value,
        hint="If there are several on one day, an attachment comes first, then a student officer attachment, "
        "then a temporary posting.",
    )

    starts_on = FirstDayField()
    ends_on = LastDayField(
        hint="Leave blank if it has no end date. A student officer attachment ends after three "
        "months unless you "
        "give an earlier day."
    )

    def terms(self) -> Terms:
        """The terms as typed; a student officer attachment without a last day is one of three months."""
        kind, starts_on, ends_on = PostingKind(self.kind.value), self.starts_on.value, self.ends_on.data
        if kind is PostingKind.STUDENT and ends_on is None:
            ends_on = student_last_day(starts_on)
        return Terms(PolicingRole(self.role.value), self.fte.value, kind, starts_on, ends_on)


class NewMemberForm(_NewNumber, _Facts, _Terms, CreateForm[tuple[str, MemberFacts, Terms]]):
    """A new member and their first posting."""

    def value(self) -> tuple[str, MemberFacts, Terms]:
        """The force number, what is known of the member, and the first posting."""
        return self.number.value, self.facts(), self.terms()


class NewPostingForm(_Number, _Terms, CreateForm[tuple[str, Terms]]):
    """A posting of a known member to the unit that the page is of."""

    def value(self) -> tuple[str, Terms]:
        """The force number, and the posting."""
        return self.number.value, self.terms()


class CorrectPostingForm(_Terms, EditForm[Terms]):
    """A correction of a posting."""

    def value(self) -> Terms:
        """What was typed."""
        return self.terms()


class EndPostingForm(EditForm[date]):
    """The last day of a posting."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"": "ends_on"}

    ends_on = LastDayField(is_needed=True)

    def value(self) -> date:
        """What was typed."""
        return self.ends_on.value


class CorrectMemberForm(_Facts, EditForm[MemberFacts]):
    """A correction of a member's name and address."""

    def value(self) -> MemberFacts:
        """What was typed."""
        return self.facts()


# Accounts


def _account_role_field() -> SelectField:
    return SelectField("Role here", missing="Choose a role.", noun="The role", of=Role)


def _password_field() -> PasswordField:
    return PasswordField(
        "Password",
        missing="Enter a password.",
        hint=(
            f"At least {SHORTEST_PASSWORD} characters, and not a common password. Hand it over in person; "
            f"they can change it later."
        ),
        autocomplete="new-password",
    )


class NewAccountForm(CreateForm[Keywords]):
    """A new account with a role on the unit that the page is of, and the member it belongs to."""

    email = EmailField("Email address", missing="Enter the email address.", autocomplete="off")
    name = _name_field()
    password = _password_field()
    role = _account_role_field()
    number = TextField(
        "Force number",
        limit=20,
        missing=None,
        noun="The number",
        hint="The member who uses this account. Leave blank for a partner agency or other staff.",
    )


class NewGrantForm(CreateForm[Keywords]):
    """A role on the unit that the page is of, for somebody who has an account."""

    email = EmailField("Email address of the account", missing="Enter the email address.", autocomplete="off")
    role = _account_role_field()


class NewPasswordForm(Form[str]):
    """A password that an administrator gives."""

    password = _password_field()

    def value(self) -> str:
        """What was typed."""
        return self.password.value


class AccountMemberForm(_Number, Form[str]):
    """Whose account it is."""

    def value(self) -> str:
        """What was typed."""
        return self.number.value
