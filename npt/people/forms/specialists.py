"""What is typed about neighbourhood specialist officers (NSOs) and the PCSOs that they line-manage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from npt.people.models import LineManagement, Specialist
from npt.webkit.fields import Choice, ConfirmField, FirstDayField, LastDayField, RadiosField, SelectField
from npt.webkit.forms import CreateForm, EditForm

_DUE, _NOT_DUE = "yes", "no"
PAYMENTS = (
    Choice(_DUE, "The special priority payment is due"),
    Choice(_NOT_DUE, "No payment is due"),
)


def manager_choices(marks: Iterable[Specialist]) -> tuple[Choice, ...]:
    """NSOs as choices, by the keys of their marks."""
    return tuple(
        Choice(
            str(mark.id),
            f"{mark.posting.member.name} ({mark.posting.member.number}), {mark.posting.unit.name}",
        )
        for mark in marks
    )


def _mark_last_day_field() -> LastDayField:
    return LastDayField(hint="Leave it empty if it holds for as long as the posting.")


def _management_last_day_field() -> LastDayField:
    return LastDayField(
        hint="Leave it empty if it holds for as long as the one is an NSO and the other a PCSO of the area."
    )


def _payment_field() -> RadiosField:
    return RadiosField("Payment", missing="Choose whether the payment is due.", choices=PAYMENTS)


@dataclass(frozen=True, slots=True)
class NewSpecialist:
    """A mark as typed."""

    starts_on: date
    ends_on: date | None
    is_payment_due: bool
    takes_over: bool


class SpecialistForm(CreateForm[NewSpecialist]):
    """A constable becomes an NSO in a posting."""

    starts_on = FirstDayField()
    ends_on = _mark_last_day_field()
    payment = _payment_field()
    takes_over = ConfirmField("Take over from the record that holds until then", missing=None)

    def value(self) -> NewSpecialist:
        """What was typed."""
        return NewSpecialist(
            self.starts_on.value,
            self.ends_on.data,
            self.payment.value == _DUE,
            bool(self.takes_over.data),
        )


@dataclass(frozen=True, slots=True)
class CorrectedSpecialist:
    """What of a mark may be corrected, as typed."""

    ends_on: date | None
    is_payment_due: bool


class CorrectSpecialistForm(EditForm[CorrectedSpecialist]):
    """A correction of a mark; a last day ends it."""

    ends_on = _mark_last_day_field()
    payment = _payment_field()

    @classmethod
    def values_of(cls, record: Specialist) -> dict[str, object]:
        """Whether the payment is due, as it is chosen."""
        return {"payment": _DUE if record.is_payment_due else _NOT_DUE}

    def value(self) -> CorrectedSpecialist:
        """What was typed."""
        return CorrectedSpecialist(self.ends_on.data, self.payment.value == _DUE)


@dataclass(frozen=True, slots=True)
class NewLineManager:
    """Who is to line-manage a PCSO, as typed: the key of their mark, and the days."""

    specialist_id: int
    starts_on: date
    ends_on: date | None
    takes_over: bool


def _manager_field() -> SelectField:
    return SelectField("Line manager", missing="Choose the line manager.", noun="The line manager")


class LineManagerForm(CreateForm[NewLineManager]):
    """An NSO line-manages a PCSO."""

    manager = _manager_field()
    starts_on = FirstDayField()
    ends_on = _management_last_day_field()
    takes_over = ConfirmField("Take over from whoever is line manager until then", missing=None)

    def value(self) -> NewLineManager:
        """What was typed."""
        return NewLineManager(
            int(self.manager.value),
            self.starts_on.value,
            self.ends_on.data,
            bool(self.takes_over.data),
        )


@dataclass(frozen=True, slots=True)
class CorrectedLineManager:
    """What of line management may be corrected, as typed."""

    specialist_id: int
    ends_on: date | None


class CorrectLineManagerForm(EditForm[CorrectedLineManager]):
    """A correction of who line-manages a PCSO; a last day ends it."""

    manager = _manager_field()
    ends_on = _management_last_day_field()

    @classmethod
    def values_of(cls, record: LineManagement) -> dict[str, object]:
        """The line manager, as they are chosen."""
        return {"manager": str(record.specialist_id)}

    def value(self) -> CorrectedLineManager:
        """What was typed."""
        return CorrectedLineManager(int(self.manager.value), self.ends_on.data)
