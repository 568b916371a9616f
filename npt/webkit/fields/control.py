"""What all fields share: label, hint, wording, the typed text kept as typed, and the link from its error."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from wtforms import Field, Form
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from npt.webkit import govuk

Value = TypeVar("Value")


def _draw(field: "Control[Any]", **overrides: object) -> Markup:
    return field.draw(overrides)


class Control(Field, Generic[Value]):
    """A form field that holds a ``Value`` or nothing.

    ``missing`` is the message when nothing is given; None makes the field optional and says so in its label.
    ``noun`` is how messages call it; the label unless given. ``blank`` is what its emptiness means, in words.
    ``data`` is the typed value or None.
    """

    component = "input"
    #: whether two versions of a record are compared by it
    is_compared = True
    #: whether its value is in somebody's own words, which are not kept once the page is drawn
    holds_words = False
    data: Value | None
    # WTForms asks for a widget; every control draws itself.
    widget = staticmethod(_draw)

    def __init__(
        self,
        label: str,
        *,
        missing: str | None,
        hint: str = "",
        noun: str = "",
        blank: str = "",
        classes: str = "",
        **wtforms: Any,
    ) -> None:
        super().__init__(label, **wtforms)
        self.blank = blank
        self.missing = missing
        self.hint = hint
        self.noun = noun or label
        self.classes = classes
        self.typed: list[str] = []

    # reading

    @property
    def value(self) -> Value:
        """The typed value. LookupError when the field is empty: ask ``data`` of an optional field instead."""
        if self.data is None:
            raise LookupError(f"The field {self.name} is empty: validate the form first, or read its data.")
        return self.data

    @property
    def given(self) -> object:
        """The value as an action is given it; None where there is none."""
        return self.data

    def names(self) -> Sequence[str]:
        """The names under which the browser sends this field."""
        return (self.name,)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the sent form, or take the given data. In a query form an absent field keeps its default."""
        absent = formdata is not None and not any(name in formdata for name in self.names())
        if absent and getattr(self.meta, "absent_means_default", False):
            formdata = None
        self.typed = [] if formdata is None else [formdata.get(name, "") for name in self.names()]
        super().process(formdata, data, extra_filters=extra_filters)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse what was typed. A refused text leaves no value, only its message and the text itself."""
        self.data = None
        if any(part.strip() for part in self.typed):
            self.data = self.parse(self.typed)

    def parse(self, typed: list[str]) -> Value:
        """The value of what was typed, one text for each of ``names``. ValueError with a message to show."""
        raise NotImplementedError

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse emptiness where a value is needed."""
        if self.data is None and self.missing and not self.process_errors:
            raise StopValidation(self.missing)

    def refuse(self, message: str) -> None:
        """Put a message on the field."""
        self.errors = [*self.errors, message]

    # showing

    @property
    def focus_id(self) -> str | None:
        """The id of the control that the error summary's link reaches; None when there is none to reach."""
        return self.id

    @property
    def text(self) -> str:
        """What the control shows: the text as typed, else the value in its own wording."""
        if self.typed:
            return self.typed[0]
        return "" if self.data is None else self.wording(self.data)

    def wording(self, value: Value) -> str:
        """A value as a person would type it."""
        return str(value)

    def in_words(self) -> str:
        """The value as a person reads it beside another."""
        return self.blank if self.data is None else self.reading(self.data)

    def reading(self, value: Value) -> str:
        """A value as a person reads it."""
        return self.wording(value)

    def sent(self) -> Sequence[tuple[str, str]]:
        """What the browser sent for this field, as names with their texts."""
        return list(zip(self.names(), self.typed, strict=False))

    @property
    def caption(self) -> str:
        """The label, marked when the field may be left empty; in some forms every field may."""
        needs_no_mark = self.missing or any(
            getattr(self.meta, all_may, False) for all_may in ("absent_means_default", "saves_unfinished")
        )
        return self.label.text if needs_no_mark else f"{self.label.text} (optional)"

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**self.described(), "label": {"text": self.caption}, "value": self.text}

    def described(self) -> dict[str, Any]:
        """The parameters that every GOV.UK control has: name, id, hint and error."""
        described: dict[str, Any] = {"id": self.id, "name": self.name, "classes": self.classes}
        if self.hint:
            described["hint"] = {"text": self.hint}
        if self.errors:
            described["errorMessage"] = {"text": " ".join(self.errors)}
        return described

    def draw(self, overrides: Mapping[str, object]) -> Markup:
        """The whole control: label, hint, error and input. ``overrides`` are parameters of the macro."""
        parameters = {**self.parameters(), **overrides}
        if self.typed or self.errors or (self.holds_words and self.data is not None):
            return govuk.macro(self.component)(parameters)
        return govuk.drawn(self.component, parameters)


def controls(form: Form | BaseForm) -> list[Control[Any]]:
    """The controls of a form, in the order in which they are declared."""
    return [field for field in form if isinstance(field, Control)]
