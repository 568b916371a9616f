"""What a field of one line takes: no control characters, and no sign that some program ends a line at."""

from collections.abc import Iterator
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm
from wtforms.fields.core import UnboundField

from npt.webkit.fields import TextAreaField
from npt.webkit.fields.control import Control
from npt.webkit.forms import Form

#: Every control character, and the line separators of Unicode; ends of lines are among them.
SIGNS = [chr(number) for number in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)]
CURE = "let the field clean what it reads by npt.webkit.fields.text.clean_line"


def forms(of: type[Form[Any]] = Form) -> Iterator[type[Form[Any]]]:
    """Every form of the application that is imported."""
    for each in of.__subclasses__():
        yield each
        yield from forms(each)


def one_line_fields(form: type[Form[Any]]) -> Iterator[tuple[str, "UnboundField[Any]"]]:
    """The fields of a form that do not hold several lines, by name."""
    for name in dir(form):
        field = getattr(form, name)
        is_field = isinstance(field, UnboundField) and issubclass(field.field_class, Control)
        if is_field and not issubclass(field.field_class, TextAreaField):
            yield name, field


def faults(form: type[Form[Any]]) -> Iterator[str]:
    """The signs that a field of the form keeps."""
    for name, field in one_line_fields(form):
        control = control_of(name, field)
        for sign in SIGNS:
            kept = _kept(control, f"a{sign}b")
            if kept is not None and sign in kept:
                yield f"{form.__name__}.{name} keeps U+{ord(sign):04X}: {CURE}"


def control_of(name: str, field: "UnboundField[Any]") -> Control[Any]:
    """The field in a form of its own."""
    control: Control[Any] = type("Alone", (PlainForm,), {name: field})()[name]
    return control


def _kept(control: Control[Any], typed: str) -> str | None:
    """What the field makes of one text in all its boxes; None where it refuses it or makes no text of it."""
    boxes = control.names()
    control.process(MultiDict(dict.fromkeys(boxes, typed)))
    # A list of choices refuses later what it does not offer.
    is_choice = hasattr(control, "choices")
    return control.data if isinstance(control.data, str) and not is_choice else None
