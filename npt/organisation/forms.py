"""What is typed on the pages of the structure."""

from collections.abc import Mapping
from datetime import date

from npt.organisation.rules import CODE_LENGTH, LONGEST_REASON, PriorityClass, UnitFacts
from npt.webkit.fields import (
    Choice,
    FirstDayField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords

CLASSES = tuple(Choice(str(each.value), each.wording) for each in PriorityClass)


class _Code:
    """The code of a unit that is opened, before all else."""

    code = TextField(
        "Code",
        limit=CODE_LENGTH,
        missing="Enter a code.",
        noun="The code",
        hint="Letters A to Z, digits, dots, underscores or hyphens. It cannot be changed later.",
    )


class _Facts:
    """What is recorded of a unit."""

    name = TextField("Name", limit=200, missing="Enter the unit's name.", noun="The name")
    opened_on = FirstDayField()
    closed_on = LastDayField(hint="Leave blank while the unit is open.", blank="open")
    priority_class = SelectField(
        "Priority class",
        missing=None,
        empty="Not classified",
        blank="not classified",
        choices=CLASSES,
        hint="Priority 1 has the highest demand and the most cover.",
    )

    def facts(self) -> UnitFacts:
        """The facts as typed."""
        return UnitFacts(
            name=self.name.value,
            opened_on=self.opened_on.value,
            closed_on=self.closed_on.data,
            priority_class=int(self.priority_class.data) if self.priority_class.data else None,
        )


class OpenUnitForm(_Code, _Facts, CreateForm[tuple[str, UnitFacts]]):
    """A new unit under the one that the page is of."""

    def value(self) -> tuple[str, UnitFacts]:
        """The code, and what is recorded of the unit."""
        return self.code.value, self.facts()


class ChangeUnitForm(_Facts, EditForm[UnitFacts]):
    """A correction of a unit."""

    def value(self) -> UnitFacts:
        """What was typed."""
        return self.facts()


class CloseUnitForm(EditForm[tuple[date, tuple[str, ...]]]):
    """The last day of a unit, and who takes over."""

    closed_on = LastDayField(is_needed=True, hint="The last day it is open.", blank="open")
    successors = TextField(
        "Units that take over",
        limit=400,
        missing=None,
        noun="The units that take over",
        hint="Their codes, separated by spaces. They must be open on the day after.",
    )

    def value(self) -> tuple[date, tuple[str, ...]]:
        """The last day, and the codes of the units that take over."""
        return self.closed_on.value, tuple(dict.fromkeys((self.successors.data or "").split()))


class ReviewPriorityForm(EditForm[Keywords]):
    """A review of the priority class of a neighbourhood."""

    priority_class = RadiosField(
        "Priority class",
        missing="Choose a priority class.",
        choices=CLASSES,
        hint="Priority 1 has the highest demand and the most cover.",
        of=int,
    )
    reason = TextAreaField(
        "Reason",
        missing="Say why it has this priority class.",
        noun="The reason",
        limit=LONGEST_REASON,
        hint="What was looked at, and what it says. Do not name residents.",
    )

    @classmethod
    def values_of(cls, record: object) -> Mapping[str, object]:
        """The class that stands; a reason is given anew."""
        return {"reason": ""}
