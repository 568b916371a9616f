"""What a person chooses on the pages of performance; the answers are part of the address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import request
from wtforms import ValidationError

from npt.counting.queries import DatedDefinition
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR, Month
from npt.organisation.models import Unit
from npt.people.rules import RoleGroup
from npt.performance.figures_code import CODE_LENGTH, is_figures_code
from npt.performance.rules import WhatIf
from npt.reporting.actions import Seen
from npt.reporting.queries import ReviewLine
from npt.reporting.rules import Verdict
from npt.shifts.forms import ShiftsField, VersionsField
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import (
    Choice,
    ConfirmField,
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadiosField,
    SelectField,
    TextField,
)
from npt.webkit.fields.control import controls
from npt.webkit.forms import CreateForm, QueryForm


class DefinitionForm(QueryForm[str]):
    """The way of counting under which the figures are shown."""

    definition = SelectField("Definition", missing="Choose a definition.")
    sort = HiddenField("Order", missing=None)

    def offer(self, definitions: Iterable[DatedDefinition], chosen: str) -> None:
        """Offer these, with the one that is in use chosen."""
        self.definition.choices = tuple(Choice(each.code, each.name) for each in definitions)
        self.definition.typed = [chosen]

    def value(self) -> str:
        """The code of the definition."""
        return self.definition.value


class BesideForm(DefinitionForm):
    """The way of counting, and another to stand beside it."""

    beside = SelectField("Compare with", missing=None, empty="Nothing", name="with")

    def offer(self, definitions: Iterable[DatedDefinition], chosen: str, beside: str = "") -> None:
        """Offer these, with those that are in use chosen."""
        super().offer(definitions, chosen)
        self.beside.choices = self.definition.choices
        self.beside.typed = [beside]


class FigureForm(BesideForm):
    """The way of counting of one figure, which the address names."""

    group = HiddenField("Group", missing=None)
    role = HiddenField("Role", missing=None)
    reason = HiddenField("Reason", missing=None)
    member = HiddenField("Member", missing=None)
    show = HiddenField("List", missing=None)
    first = HiddenField("From", missing=None, name="from")
    last = HiddenField("To", missing=None, name="to")


class CodeForm(QueryForm[str]):
    """The code at the foot of a printed page, to see whether its figures still stand."""

    code = TextField(
        "Code of a printed page",
        noun="The code",
        missing=None,
        limit=40,
        hint=f"The {CODE_LENGTH} characters at the foot of the page.",
        classes="govuk-input--width-10",
    )
    definition = HiddenField("Definition", missing=None)
    beside = HiddenField("Compare with", missing=None, name="with")
    group = HiddenField("Group", missing=None)
    role = HiddenField("Role", missing=None)
    reason = HiddenField("Reason", missing=None)
    member = HiddenField("Member", missing=None)
    first = HiddenField("From", missing=None, name="from")
    last = HiddenField("To", missing=None, name="to")

    def asked(self) -> str | None:
        """The code that the address asks about; None where it asks nothing, or what can be no code."""
        if not self.validate() or self.code.data is None:
            return None
        code = self.code.data.replace(" ", "").lower()
        if not is_figures_code(code):
            self.code.refuse(f"The code must be {CODE_LENGTH} characters from 0 to 9 and a to f, as printed.")
            return None
        return code


class CoverForm(AsAtForm):
    """Which neighbourhoods are shown: all of a day, or those where somebody has to look."""

    show = SelectField(
        "Neighbourhoods",
        missing=None,
        choices=(
            Choice("flagged", "Where the contact is away"),
            Choice("without", "Without a contact"),
        ),
        empty="All",
    )


class HeadroomForm(DefinitionForm):
    """The month, and the way of counting, under which headroom is shown."""

    month = HiddenField("Month", missing=None)

    def read_month(self, today: date) -> Month:
        """The month of the address; that of `today` where it gives none, or none that can be read.

        What cannot be read is told in the summary.
        """
        try:
            month = Month.parse(self.month.text) if self.month.text else Month.of(today)
            if not EARLIEST_YEAR < month.year < LATEST_YEAR:
                raise ValueError(f"{month.title} is too far away: open a month nearer to today.")
        except ValueError as error:
            self.month.errors = [str(error)]
            month = Month.of(today)
        self.month.typed = [str(month)]
        return month


class WhatIfForm(QueryForm[WhatIf]):
    """So many members taken for so long, of a unit (its code), before anything is recorded."""

    group = SelectField(
        "Who",
        missing="Choose who would be taken.",
        choices=tuple(Choice(group.value, group.wording) for group in RoleGroup),
        default=RoleGroup.OFFICERS.value,
    )
    members = IntegerField("Members", missing="Enter how many members.", lowest=1, highest=9_999)
    hours = DecimalField(
        "Hours each, a day",
        missing="Enter for how many hours a day.",
        noun="The hours",
        places=2,
        lowest=Decimal("0.25"),
        highest=Decimal(24),
    )
    days = IntegerField(
        "Days in a row", missing="Enter on how many days.", lowest=1, highest=31, default=1, noun="The days"
    )
    first_on = DateField("From", missing="Enter the first day.", noun="The first day", name="from")
    unit = SelectField("Taken from", missing="Choose the unit they would be taken from.")

    @property
    def is_asked(self) -> bool:
        """Whether the address tries something out."""
        return any(name in request.args for field in controls(self) for name in field.names())

    def offer(self, units: Sequence[Unit], first_on: date) -> None:
        """Offer these; the first of them, and the day, unless the address says otherwise."""
        self.unit.choices = tuple(Choice(unit.code, unit.name) for unit in units)
        if not self.unit.typed:
            self.unit.data = units[0].code
        if not self.first_on.typed:
            self.first_on.data = first_on

    def validate_hours(self, field: DecimalField) -> None:
        """Refuse hours that do not make whole minutes."""
        if field.data is not None and field.data * 60 % 1:
            raise ValidationError("The hours must make whole minutes, like 7.5 or 0.25.")

    def value(self) -> WhatIf:
        """What is tried out."""
        return WhatIf(
            group=RoleGroup(self.group.value),
            members=self.members.value,
            minutes=int(self.hours.value * 60),
            first_on=self.first_on.value,
            days=self.days.value,
        )


#: What the button sends that takes verdicts away again.
NO_VERDICT = "none"
#: The verdicts as buttons.
VERDICTS = (
    *(Choice(verdict.value, verdict.wording) for verdict in Verdict),
    Choice(NO_VERDICT, "Clear review"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What was said of some abstractions: by key, with the version and the turn of each that was shown."""

    verdict: Verdict | None
    why: str | None
    seen: Mapping[int, Seen]


class MarkForm(CreateForm[Marked]):
    """A verdict on as many abstractions as are ticked."""

    records = ShiftsField("Which?", missing=None)
    everything = ConfirmField("All on this page", missing=None)
    why = TextField(
        "Why",
        limit=300,
        missing=None,
        hint="Needed for “Avoidable”: what would have avoided it. One line for all those ticked.",
    )
    #: sent by the button that is pressed
    verdict = RadiosField("Verdict", missing="Press one of the buttons", choices=VERDICTS)
    versions = VersionsField("Versions", missing=None)
    turns = VersionsField("Reviews", missing=None)

    def offer(self, lines: Sequence[ReviewLine]) -> None:
        """Offer these abstractions, and carry how they were shown."""
        self.records.choices = tuple(Choice(str(line.record.id), "") for line in lines)

    def show(self, lines: Sequence[ReviewLine]) -> None:
        """Carry how these abstractions are shown now."""
        self.versions.show({line.record.id: line.record.version for line in lines})
        self.turns.show({line.record.id: line.turn for line in lines})

    @property
    def has_versions(self) -> bool:
        """Whether the form came back with what it had been shown."""
        return bool(self.versions.data and self.turns.data)

    def validate_records(self, field: ShiftsField) -> None:
        """Refuse a verdict on nothing."""
        if not field.data and not self.everything.data:
            raise ValidationError("Tick at least one abstraction, or all on this page")

    def value(self) -> Marked:
        """What was chosen. One that the page did not show has no version, and is refused as stale."""
        turns, versions = self.turns.versions, self.versions.versions
        keys = set(versions) if self.everything.data else set(self.records.keys)
        return Marked(
            verdict=None if self.verdict.value == NO_VERDICT else Verdict(self.verdict.value),
            why=self.why.data,
            seen={key: Seen(versions.get(key, 0), turns.get(key, 0)) for key in sorted(keys)},
        )
