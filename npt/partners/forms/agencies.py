"""What is typed about agencies and their groups."""

from collections.abc import Iterable

from npt.organisation.forms import CloseForm, Coded, name_field, open_until_field, successors_field
from npt.partners.models import AgencyGroup
from npt.partners.rules import AgencyFacts
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import Choice, FirstDayField, LastDayField, SelectField
from npt.webkit.forms import CreateForm, EditForm, Keywords


def group_choices(groups: Iterable[AgencyGroup]) -> tuple[Choice, ...]:
    """Groups to choose from."""
    return tuple(Choice(group.code, group.name) for group in groups)


class AgenciesForm(AsAtForm):
    """The day of the list, and the group that it is of."""

    group = SelectField("Group", missing=None, empty="All agencies", noun="The group")


class _Facts:
    """What is recorded of an agency."""

    name = name_field("agency")
    opened_on = FirstDayField()
    closed_on = open_until_field("agency")

    def facts(self) -> AgencyFacts:
        """The facts as typed."""
        return AgencyFacts(self.name.value, self.opened_on.value, self.closed_on.data)


class OpenAgencyForm(Coded, _Facts, CreateForm[tuple[str, AgencyFacts]]):
    """A new agency."""

    def value(self) -> tuple[str, AgencyFacts]:
        """The code, and what is recorded of the agency."""
        return self.code.value, self.facts()


class ChangeAgencyForm(_Facts, EditForm[AgencyFacts]):
    """A correction of an agency."""

    def value(self) -> AgencyFacts:
        """What was typed."""
        return self.facts()


class CloseAgencyForm(CloseForm):
    """The last day of an agency, and the agencies that take over."""

    successors = successors_field("agencies")


class AddGroupForm(Coded, CreateForm[Keywords]):
    """A new group."""

    name = name_field("group")


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
