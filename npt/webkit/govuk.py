"""GOV.UK Frontend's macros, called alike from Python (form fields) and from templates.

The macros read keys that their callers may leave out, so they cannot run where an undefined name is an error,
as it is in our own templates. They therefore have an environment of their own, and our templates receive them
as plain functions: ``{{ govukButton({"text": "Save"}) }}``, with no import.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from flask import Flask
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

# Any: the macros take nested mappings of strings, booleans and lists whose shapes only GOV.UK's own
# documentation defines; https://design-system.service.gov.uk/components/ lists them.
Parameters = Mapping[str, Any]

COMPONENTS = (
    "back-link",
    "breadcrumbs",
    "button",
    "character-count",
    "checkboxes",
    "date-input",
    "details",
    "error-summary",
    "fieldset",
    "file-upload",
    "input",
    "inset-text",
    "notification-banner",
    "pagination",
    "panel",
    "password-input",
    "phase-banner",
    "radios",
    "select",
    "skip-link",
    "summary-list",
    "tag",
    "task-list",
    "warning-text",
)

#: components kept as drawn: a few kilobytes each, and a page has ten
_KEPT = 256

# Its files do not change while we run: no one look, at each use of each macro, whether they have.
_environment = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    auto_reload=False,
)
# How far a line is indented means nothing in HTML, and taking every part of a form into lines costs a lot.
_environment.filters["indent"] = lambda text, *_width: text


def macro_name(component: str) -> str:
    """The name GOV.UK gives to a component's macro: "error-summary" has govukErrorSummary."""
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


@cache
def macro(component: str) -> Callable[[Parameters], Markup]:
    """The macro of a component, as a function from its parameters to safe markup.

    Jinja's TemplateNotFound for a component that GOV.UK Frontend does not have.
    """
    template = _environment.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    found: Callable[[Parameters], Markup] = getattr(template.module, macro_name(component))
    return found


def drawn(component: str, parameters: Parameters) -> Markup:
    """The markup of a component, remembered for parameters that come again with every page.

    It depends on nothing but them, so that it is never out of date. For what a form is first shown with, not
    for what somebody typed: that is not kept.
    """
    return _drawn(component, _Frozen(parameters))


class _Frozen:
    """Parameters as a key: alike when every part is, and of the same type ("text" is escaped, markup not)."""

    __slots__ = ("_hash", "_parts", "parameters")

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._parts = _parts_of(parameters)
        self._hash = hash(self._parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self._parts == other._parts


def _parts_of(value: object) -> tuple[object, ...]:
    if isinstance(value, Mapping):
        return dict, *((name, _parts_of(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return list, *(_parts_of(each) for each in value)
    return type(value), value


@lru_cache(_KEPT)
def _drawn(component: str, frozen: _Frozen) -> Markup:
    return macro(component)(frozen.parameters)


def register(app: Flask) -> None:
    """Give every template of ``app`` the macros under GOV.UK's own names."""
    for component in COMPONENTS:
        app.jinja_env.globals[macro_name(component)] = macro(component)
