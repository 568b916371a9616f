"""Fields where the person chooses: select, radios, checkboxes and a single confirmation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from wtforms.validators import StopValidation

from npt.webkit.fields.control import Control


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value in the form, its words, and a hint below them."""

    value: str
    words: str
    hint: str = ""
    #: of boxes to tick: it says that none of the others is meant
    is_alone: bool = False


class SelectField(Control[str]):
    """One of a list of choices, from a drop-down list. An optional one offers ``empty`` first.

    ``of`` makes of a choice what an action is given: an enum, or a number.
    """

    component = "select"

    def __init__(
        self,
        label: str,
        *,
        choices: Sequence[Choice] = (),
        empty: str = "Choose",
        of: Callable[[str], object] = str,
        **control: Any,
    ) -> None:
        super().__init__(label, **control)
        self.choices = tuple(choices)
        self.empty = empty
        self.of = of

    @property
    def given(self) -> object:
        """The choice as an action is given it."""
        return None if self.data is None else self.of(self.data)

    def process_data(self, value: Any) -> None:
        """Take a given value; of an enum, its own; a number as its digits."""
        value = value.value if isinstance(value, Enum) else value
        super().process_data(str(value) if isinstance(value, int) else value)

    def reading(self, value: str) -> str:
        """The words of the choice."""
        return next((choice.words for choice in self.choices if choice.value == value), value)

    def pre_validate(self, form: Any) -> None:
        """Refuse a value that is not offered. Only now, since a view may set the choices after reading."""
        super().pre_validate(form)
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            self.data = None
            raise StopValidation(f"{self.noun}: choose one from the list.")

    def parse(self, typed: list[str]) -> str:
        """The value chosen."""
        return typed[0]

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        items = [{"value": "", "text": self.empty, "selected": not self.text}]
        items += [
            {"value": choice.value, "text": choice.words, "selected": choice.value == self.text}
            for choice in self.choices
        ]
        return {**self.described(), "label": {"text": self.caption}, "items": items}


class RadiosField(SelectField):
    """One of a few choices, all in view."""

    component = "radios"

    @property
    def focus_id(self) -> str | None:
        """The first radio button, which has the field's own id."""
        return self.id if self.choices else None

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {
            **self.described(),
            "idPrefix": self.id,
            "fieldset": {"legend": {"text": self.caption}},
            "items": [_item(choice, choice.value == self.text) for choice in self.choices],
        }


class YesNoField(RadiosField):
    """Whether something is so: two choices, each in its own words."""

    def __init__(self, label: str, *, yes: str, no: str, **control: Any) -> None:
        choices = (Choice("yes", yes), Choice("no", no))
        super().__init__(label, choices=choices, of=lambda value: value == "yes", **control)

    def process_data(self, value: Any) -> None:
        """Take a given value, which is a truth."""
        super().process_data(value if value is None else "yes" if value else "no")


class CheckboxesField(Control[tuple[str, ...]]):
    """Any number of a list of choices, in the order of the list. ``of`` is as in a list to select from.

    ``takes_gone``: what was ticked and is offered no longer is left to the action, which can say what became
    of it; all the same it has to be what ``of`` reads.
    """

    component = "checkboxes"

    def __init__(
        self,
        label: str,
        *,
        choices: Sequence[Choice] = (),
        of: Callable[[str], object] = str,
        takes_gone: bool = False,
        **control: Any,
    ) -> None:
        super().__init__(label, **control)
        self.choices = tuple(choices)
        self.of = of
        self.takes_gone = takes_gone

    @property
    def given(self) -> tuple[object, ...]:
        """The choices as an action is given them."""
        return tuple(map(self.of, self.data or ()))

    def reading(self, value: tuple[str, ...]) -> str:
        """The words of the boxes that are ticked."""
        return ", ".join(choice.words for choice in self.choices if choice.value in value)

    def sent(self) -> list[tuple[str, str]]:
        """Every box that was ticked."""
        return [(self.name, text) for text in self.typed]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take every box that was ticked; none ticked is nothing."""
        self.typed = list(valuelist)
        self.data = tuple(dict.fromkeys(valuelist)) or None

    def pre_validate(self, form: Any) -> None:
        """Refuse values that are not offered."""
        super().pre_validate(form)
        if self.data is None:
            return
        offered = [choice.value for choice in self.choices]
        gone = tuple(value for value in self.data if value not in offered)
        if not all(map(self._may_have_gone, gone)):
            self.data = None
            raise StopValidation(
                f"{self.noun}: something that you ticked is no longer in the list. Check the boxes that are"
                " still ticked, and send it again."
            )
        self.data = (*(value for value in offered if value in self.data), *gone)
        alone = next((each for each in self.choices if each.is_alone and each.value in self.data), None)
        if alone is not None and len(self.data) > 1:
            raise StopValidation(
                f"{self.noun}: “{alone.words}” is ticked beside others. Tick that alone, or the others."
            )

    def _may_have_gone(self, value: str) -> bool:
        try:
            self.of(value)
        except ValueError:
            return False
        return self.takes_gone

    @property
    def focus_id(self) -> str | None:
        """The first box, which has the field's own id."""
        return self.id if self.choices else None

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        ticked = self.typed or self.data or ()
        return {
            **self.described(),
            "idPrefix": self.id,
            "fieldset": {"legend": {"text": self.caption}},
            "items": [_item(choice, choice.value in ticked) for choice in self.choices],
        }


class ConfirmField(Control[bool]):
    """One box to tick. Ticked is True; not ticked is empty, which ``missing`` refuses."""

    component = "checkboxes"

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **{"blank": "no", **control})

    def process_data(self, value: Any) -> None:
        """Take a given value; what is not so is a box not ticked."""
        super().process_data(value or None)

    @property
    def given(self) -> bool:
        """Whether it is ticked."""
        return self.data is True

    def reading(self, value: bool) -> str:
        """That it is ticked."""
        return "yes"

    def parse(self, typed: list[str]) -> bool:
        """Ticked, whatever the box was sent as."""
        return True

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        item = _item(Choice("yes", self.label.text), self.data is True)
        return {**self.described(), "idPrefix": self.id, "items": [item]}


def _item(choice: Choice, is_chosen: bool) -> dict[str, Any]:
    more: dict[str, Any] = {"hint": {"text": choice.hint}} if choice.hint else {}
    if choice.is_alone:
        more["behaviour"] = "exclusive"  # with JavaScript ticking it clears the others, and they clear it
    return {"value": choice.value, "text": choice.words, "checked": is_chosen, **more}
