"""The templates, read without rendering: names that nobody gives them, and what they fetch and never use."""

import ast
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from flask import Flask
from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from npt.settings import ROOT

TEMPLATES = ROOT / "templates"


def names_given(app: Flask, template: str) -> set[str]:
    """Every name that a template may ask for: the application's, and what its feature's Python hands over.

    A component is given nothing: it shows what it is called with.
    """
    feature = template.partition("/")[0]
    return set(app.jinja_env.globals) if feature == "components" else _given_to(app, feature)


@cache
def _given_to(app: Flask, feature: str) -> set[str]:
    given = set(app.jinja_env.globals)
    with app.test_request_context():
        around: dict[str, object] = {}
        app.update_template_context(around)
    # The one flow of forms hands over the form, the way back, and the record that is corrected; the page of a
    # problem what it calls the part that another room adds.
    given |= set(around) | {"visit", "place", "form", "back_href", "record", "part"}
    for file in (ROOT / "npt" / feature).rglob("*.py"):
        given |= handed_over(file)
    return given


@cache
def handed_over(file: Path) -> frozenset[str]:
    """The names of what a file passes by name, or gathers under a name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.keyword) and node.arg is not None:
            names.add(node.arg)
        if isinstance(node, ast.Dict):
            names |= {
                key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
    return frozenset(names)


def faults_in_template(templates: Environment, name: str, given: Collection[str]) -> list[str]:
    """What is wrong with a template, each with its cure."""
    try:
        parsed = _parsed(templates, name)
    except TemplateSyntaxError as error:
        return [f"{name}:{error.lineno}: {error.message}"]
    return [*_undefined(templates, name, parsed, given), *_unused(templates, name, parsed)]


def _undefined(
    templates: Environment, name: str, parsed: nodes.Template, given: Collection[str]
) -> Iterator[str]:
    """Names that nobody gives. What a template sets or imports at its top, its blocks see."""
    known = set(given) | _set_at_top(parsed) | _imported(parsed) | _macros(parsed)
    undefined_names = meta.find_undeclared_variables(parsed) - known
    if undefined_names:
        undefined_names -= _set_by_children(templates, name)
    for undefined in sorted(undefined_names):
        yield f"{name}: nobody gives it “{undefined}”: pass it by visit.render, or correct the name"


def _unused(templates: Environment, name: str, parsed: nodes.Template) -> Iterator[str]:
    used = {each.name for each in parsed.find_all(nodes.Name) if each.ctx == "load"}
    for unused in sorted(_imported(parsed) - used):
        yield f"{name}: imports “{unused}” and does not use it: take the import out"
    for parent in _parents(parsed):
        used |= {each.name for each in _parsed(templates, parent).find_all(nodes.Name)}
    for unused in sorted(_set_at_top(parsed) - used):
        yield f"{name}: sets “{unused}”, which nothing shows: take it out"


@cache
def _parsed(templates: Environment, name: str) -> nodes.Template:
    assert templates.loader is not None
    return templates.parse(templates.loader.get_source(templates, name)[0])


def _parents(parsed: nodes.Template) -> list[str]:
    """The templates that this one extends, by name."""
    extended = [each.template for each in parsed.find_all(nodes.Extends)]
    return [each.value for each in extended if isinstance(each, nodes.Const)]


def _set_by_children(templates: Environment, name: str) -> set[str]:
    """What the templates that extend this one set at their top."""
    children = (_parsed(templates, each) for each in templates.list_templates(extensions=["html"]))
    return {known for child in children if name in _parents(child) for known in _set_at_top(child)}


def _set_at_top(parsed: nodes.Template) -> set[str]:
    targets = [each.target for each in parsed.body if isinstance(each, (nodes.Assign, nodes.AssignBlock))]
    return {name.name for target in targets for name in target.find_all(nodes.Name)} | {
        target.name for target in targets if isinstance(target, nodes.Name)
    }


def _macros(parsed: nodes.Template) -> set[str]:
    return {each.name for each in parsed.body if isinstance(each, nodes.Macro)}


def _imported(parsed: nodes.Template) -> set[str]:
    """The names under which a template holds what it imports."""
    names = {each.target for each in parsed.find_all(nodes.Import)}
    for each in parsed.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in each.names}
    return names
