"""What is typed about neighbourhood specialist officers (NSOs) and the PCSOs that they line-manage."""

from collections.abc import Iterable

from npt.people.models import Specialist
from npt.webkit.fields import Choice, ConfirmField, FirstDayField, LastDayField, SelectField, YesNoField
from npt.webkit.forms import CreateForm, EditForm, Keywords


def manager_choices(marks: Iterable[Specialist]) -> tuple[Choice, ...]:
    """NSOs as choices, by the keys of their marks."""
    return tuple(
        Choice(
            str(mark.id),
            f"{mark.posting.member.name} ({mark.posting.member.number}), {mark.posting.unit.name}",
        )
        for mark in marks
    )


class SpecialistForm(CreateForm[Keywords]):
    """A constable becomes an NSO in a posting."""

    starts_on = FirstDayField()
    ends_on = LastDayField(hint="Leave blank if it lasts as long as the posting.")
    is_payment_due = YesNoField(
        "Payment",
        missing="Choose whether the payment is due.",
        yes="The special priority payment is due",
        no="No payment is due",
        name="payment",
    )
    takes_over = ConfirmField("End the current record the day before", missing=None)


class CorrectSpecialistForm(EditForm[Keywords]):
    """A correction of a mark; a last day ends it."""

    ends_on = SpecialistForm.ends_on
    is_payment_due = SpecialistForm.is_payment_due


def _manager_field() -> SelectField:
    return SelectField(
        "Line manager", missing="Choose the line manager.", noun="The line manager", of=int, name="manager"
    )


class LineManagerForm(CreateForm[Keywords]):
    """An NSO, by the key of their mark, line-manages a PCSO."""

    specialist_id = _manager_field()
    starts_on = FirstDayField()
    ends_on = LastDayField(
        hint="Leave blank if it lasts while one is an NSO and the other a PCSO of the area."
    )
    takes_over = ConfirmField("End the current line management the day before", missing=None)


class CorrectLineManagerForm(EditForm[Keywords]):
    """A correction of who line-manages a PCSO; a last day ends it."""

    specialist_id = _manager_field()
    ends_on = LineManagerForm.ends_on
