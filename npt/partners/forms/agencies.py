"""What is typed about agencies and their groups."""

from collections.abc import Iterable
from datetime import date

from npt.organisation.rules import CODE_LENGTH
from npt.partners.models import AgencyGroup
from npt.partners.rules import AgencyFacts
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import Choice, FirstDayField, LastDayField, SelectField, TextField
from npt.webkit.forms import CreateForm, EditForm, Keywords


def group_choices(groups: Iterable[AgencyGroup]) -> tuple[Choice, ...]:
    """Groups to choose from."""
    return tuple(Choice(group.code, group.name) for group in groups)


class AgenciesForm(AsAtForm):
    """The day of the list, and the group that it is of."""

    group = SelectField("Group", missing=None, empty="All agencies", noun="The group")


class _Code:
    """The code of an agency or a group, which never changes."""

    code = TextField(
        "Code",
        limit=CODE_LENGTH,
        missing="Enter a code.",
        noun="The code",
        hint="Letters A to Z, digits, dots, underscores or hyphens. It cannot be changed later.",
    )


class _Facts:
    """What is recorded of an agency."""

    name = TextField("Name", limit=200, missing="Enter the agency’s name.", noun="The name")
    opened_on = FirstDayField()
    closed_on = LastDayField(hint="Leave blank while the agency is open.", blank="open")

    def facts(self) -> AgencyFacts:
        """The facts as typed."""
        return AgencyFacts(self.name.value, self.opened_on.value, self.closed_on.data)


class OpenAgencyForm(_Code, _Facts, CreateForm[tuple[str, AgencyFacts]]):
    """A new agency."""

    def value(self) -> tuple[str, AgencyFacts]:
        """The code, and what is recorded of the agency."""
        return self.code.value, self.facts()


class ChangeAgencyForm(_Facts, EditForm[AgencyFacts]):
    """A correction of an agency."""

    def value(self) -> AgencyFacts:
        """What was typed."""
        return self.facts()


class CloseAgencyForm(EditForm[tuple[date, tuple[str, ...]]]):
    """The last day of an agency, and who takes over."""

    closed_on = LastDayField(is_needed=True, hint="The last day it is open.", blank="open")
    successors = TextField(
        "Agencies that take over",
        limit=400,
        missing=None,
        noun="The agencies that take over",
        hint="Their codes, separated by spaces. They must be open on the day after.",
    )

    def value(self) -> tuple[date, tuple[str, ...]]:
        """The last day, and the codes of the agencies that take over."""
        return self.closed_on.value, tuple(dict.fromkeys((self.successors.data or "").split()))


class AddGroupForm(_Code, CreateForm[Keywords]):
    """A new group."""

    name = TextField("Name", limit=200, missing="Enter the group’s name.", noun="The name")


class RenameGroupForm(EditForm[Keywords]):
    """Another name of a group."""

    name = AddGroupForm.name


class JoinGroupForm(CreateForm[Keywords]):
    """That an agency belongs to a group. The view says which there are."""

    group = SelectField("Group", missing="Choose a group.", noun="The group")
    starts_on = FirstDayField()
    ends_on = LastDayField()


class ChangeMembershipForm(EditForm[Keywords]):
    """The days on which an agency belongs to a group; a last day ends it."""

    starts_on = FirstDayField()
    ends_on = LastDayField()
