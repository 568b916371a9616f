"""Fields for shifts and time away: reasons in two groups, shifts to tick, the versions that were shown."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self, TypeVar

from wtforms.validators import StopValidation

from npt.kit.clock import to_instant, to_local
from npt.shifts.rules import LossKind, Lost, TypedTime, WhichOfTwo
from npt.webkit.fields import (
    CarriedField,
    CheckboxesField,
    Choice,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from npt.webkit.forms import EditForm, Sides

Value = TypeVar("Value")

NOTE_LENGTH = 1000
NOTE_HINT = "What it was for. No health or case details."

_PAIR = re.compile(r"([1-9][0-9]{0,17}):([1-9][0-9]{0,8})")
#: Far more shifts than any unit has in a day.
_LONGEST = 20_000


class ReasonField(RadiosField):
    """Why somebody is away: first what they are taken off duty for, then what keeps them off duty."""

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **{"classes": "govuk-radios--small npt-reasons", **control})
        self.off_duty: tuple[Choice, ...] = ()

    def offer(self, on_duty: Sequence[Choice], off_duty: Sequence[Choice]) -> None:
        """Offer these reasons; the commonest first in each group."""
        self.choices = (*on_duty, *off_duty)
        self.off_duty = tuple(off_duty)

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given: the items of the two groups under their headings."""
        items: list[dict[str, Any]] = []
        for number, choice in enumerate(self.choices):
            if number == 0 and choice not in self.off_duty:
                items.append({"divider": "On duty, elsewhere"})
            if self.off_duty and choice == self.off_duty[0]:
                items.append({"divider": "Off duty"})
            # Headings count as items, so that the macro's own numbering would miss the field's id.
            own_id = self.id if number == 0 else f"{self.id}-{choice.value}"
            items.append(
                {
                    "value": choice.value,
                    "text": choice.words,
                    "id": own_id,
                    "checked": choice.value == self.text,
                }
            )
        return {**super().parameters(), "items": items}


class MembersField(CheckboxesField):
    """Members to tick. Whether none is right depends on another box, so the label says nothing of it."""

    @property
    def caption(self) -> str:
        """The label as it is."""
        return str(self.label.text)


class MemberField(SelectField):
    """A member to choose. Whether none is right depends on another field, so the label says nothing of it."""

    @property
    def caption(self) -> str:
        """The label as it is."""
        return str(self.label.text)


class ShiftsField(CheckboxesField):
    """Shifts that were ticked, by key. One that is no longer there is for the action to notice."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no key."""
        if self.data is not None and not all(re.fullmatch("[1-9][0-9]{0,17}", key) for key in self.data):
            self.data = None
            raise StopValidation("Tick members in the table.")

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys of the shifts ticked, none without any."""
        return tuple(int(key) for key in self.data or ())

    @property
    def focus_id(self) -> str | None:
        """The first box of the table, where there is one."""
        return self.id if self.choices else None


class VersionsField(CarriedField):
    """The version of each shift that the page showed, so that nothing newer is overwritten."""

    part = _PAIR
    longest = _LONGEST
    page = "the day"

    def show(self, versions: dict[int, int]) -> None:
        """Carry these versions from now on, whatever was sent."""
        self.carry(f"{key}:{version}" for key, version in sorted(versions.items()))

    @property
    def versions(self) -> dict[int, int]:
        """The version of each shift by its key; empty when nothing was shown."""
        return {int(key): int(version) for key, version in _PAIR.findall(self.data or "")}


class WhichField(RadiosField):
    """Which of two is meant. Shown only once a time that happens twice was typed."""

    def __init__(self, label: str, **control: Any) -> None:
        choices = tuple(Choice(which.value, which.wording) for which in WhichOfTwo)
        small = {"missing": None, "choices": choices, "classes": "govuk-radios--small"}
        super().__init__(label, **{**small, **control})

    @property
    def caption(self) -> str:
        """The label: who is asked has to answer, so it is not marked as optional."""
        return str(self.label.text)

    @property
    def is_asked(self) -> bool:
        """Whether the question has to be shown: it was asked, or has an answer."""
        return bool(self.errors or self.data)


def shown_times(starts: datetime, ends: datetime | None) -> dict[str, object]:
    """Two instants as the four controls of a form with times show them; `ends` None: not known."""
    return {
        "starts": to_local(starts).time(),
        "starts_which": _which_of_two(starts),
        "ends": None if ends is None else to_local(ends).time(),
        "ends_which": None if ends is None else _which_of_two(ends),
    }


def _which_of_two(instant: datetime) -> WhichOfTwo | None:
    """Which of the two an instant is in the hour that happens twice; None in any other."""
    local = to_local(instant)
    if not to_instant(local.replace(tzinfo=None)).is_ambiguous:
        return None
    return WhichOfTwo.SECOND if local.fold else WhichOfTwo.FIRST


class Times:
    """From when to when something lasts: a form that asks it has these four controls."""

    starts: TimeField
    starts_which: WhichField
    ends: TimeField
    ends_which: WhichField

    @property
    def typed_start(self) -> TypedTime | None:
        """When it starts; None when no time was typed."""
        return _typed(self.starts, self.starts_which)

    @property
    def typed_end(self) -> TypedTime | None:
        """When it ends; None when no time was typed."""
        return _typed(self.ends, self.ends_which)


def _typed(clock: TimeField, which: WhichField) -> TypedTime | None:
    if clock.data is None:
        return None
    return TypedTime(clock.data, WhichOfTwo(which.data) if which.data else None)


class TimesForm(Times, EditForm[Value]):
    """A form that changes from when to when something lasts."""

    @property
    def times(self) -> str:
        """Both times as they stand in their boxes."""
        return f"{self.starts.text} to {self.ends.text}"

    def sides(self, theirs: Self) -> list[Sides]:
        """Both times as one, and a question that was not asked left out."""
        labels = (self.starts.label.text, self.ends.label.text)
        rest = [each for each in super().sides(theirs) if each[0] not in labels and (each[1] or each[2])]
        return [("Times", self.times, theirs.times), *rest]


class LostField(SelectField):
    """What the neighbourhood lost by it. Nothing chosen is nothing known, and the label says so."""

    def __init__(self, **control: Any) -> None:
        super().__init__(
            "What did the neighbourhood lose by it?",
            noun="What was lost",
            missing=None,
            choices=tuple(Choice(kind.value, kind.wording) for kind in LossKind),
            empty="Nothing known",
            **control,
        )

    @property
    def caption(self) -> str:
        """The label: its first choice says that it may stay as it is."""
        return str(self.label.text)

    def lost(self, words: str | None) -> Lost | None:
        """What was lost, in these words; None when nothing was chosen."""
        return Lost(LossKind(self.data), words) if self.data else None


class LostWordsField(TextField):
    """A few words about what was lost, beside a `LostField` called `lost`."""

    def pre_validate(self, form: Any) -> None:
        """Refuse words about nothing: they would be lost in silence."""
        super().pre_validate(form)
        if self.data and not form.lost.data:
            raise StopValidation("Choose what was lost, or clear the details")

    def __init__(self, **control: Any) -> None:
        super().__init__(
            "Which one, where",
            noun="What was lost",
            limit=300,
            missing=None,
            hint="For example “Bury Park, Tuesday evening”. No names of residents.",
            **control,
        )
