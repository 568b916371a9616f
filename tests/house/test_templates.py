"""Every template can be read, is given what it shows, and fetches nothing for nothing."""

from typing import Any

import pytest
from jinja2 import DictLoader

from npt.access.rules import Role, SignedIn
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit
from tests.house.templating import TEMPLATES, faults_in_template, names_given
from tests.house.visits import House

NAMES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_the_template_is_given_what_it_shows_and_uses_what_it_fetches(house: House, name: str) -> None:
    faults = faults_in_template(house.app.jinja_env, name, names_given(house.app, name))
    assert not faults, "\n".join(faults)


# Planted ----------------------------------------------------------------------------------------------------

AROUND = {
    "layout.html": "<h1>{{ heading }}</h1>{% block content %}{% endblock %}",
    "parts.html": "{% macro tag(words) %}{{ words }}{% endmacro %}",
}
OFFENDERS = {
    "a name that nobody gives": ("{{ membr }}", "nobody gives it “membr”: pass it by visit.render"),
    "a name used in a block alone": (
        '{% extends "layout.html" %}{% set heading = 1 %}{% block content %}{{ membr }}{% endblock %}',
        "nobody gives it “membr”",
    ),
    "an import for nothing": ('{% from "parts.html" import tag %}', "imports “tag” and does not use it"),
    "an import under another name": (
        '{% from "parts.html" import tag as mark %}{{ tag }}',
        "imports “mark” and does not use it",
    ),
    "a file imported for nothing": ('{% import "parts.html" as parts %}', "imports “parts”"),
    "a value set for nothing": (
        '{% extends "layout.html" %}{% set heading = 1 %}{% set hedding = 2 %}',
        "sets “hedding”, which nothing shows",
    ),
    "a tag left open": ("{% if member %}", "page.html:1: Unexpected end of template"),
}
SOUND = {
    "a given name": "{{ member }}",
    "an import that is used in a block": (
        '{% extends "layout.html" %}{% from "parts.html" import tag %}{% set heading = 1 %}'
        "{% block content %}{{ tag(member) }}{% endblock %}"
    ),
    "a macro that is called in a block": (
        '{% extends "layout.html" %}{% set heading = 1 %}{% macro line(words) %}{{ words }}{% endmacro %}'
        "{% block content %}{{ line(member) }}{% endblock %}"
    ),
    "what the children set": AROUND["layout.html"],
}


def _faults(house: House, source: str) -> list[str]:
    child = '{% extends "page.html" %}{% set heading = 1 %}'
    planted = {**AROUND, "page.html": source, "child.html": child}
    templates = house.app.jinja_env.overlay(loader=DictLoader(planted))
    return faults_in_template(templates, "page.html", {"member"})


@pytest.mark.parametrize("offender", OFFENDERS)
def test_a_template_that_breaks_the_rule_is_named_with_the_cure(house: House, offender: str) -> None:
    source, words = OFFENDERS[offender]
    faults = _faults(house, source)
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_template_has_no_fault(house: House, kind: str) -> None:
    assert _faults(house, SOUND[kind]) == []


@pytest.mark.parametrize("name", ["navigation", "on_phone", "search_address", "csrf_token"])
def test_a_view_that_gives_its_page_a_name_of_the_layout_fails_with_the_cure(
    bare_house: House, planted: Pages, name: str
) -> None:
    @planted.read("/planted", needs=SignedIn(because="it is planted"))
    def shadow(visit: Visit[None]) -> Answer:
        """Call something as the layout calls another thing."""
        shown: dict[str, Any] = {name: "something else"}
        return visit.render(**shown)

    bare_house.app.register_blueprint(planted.blueprint)
    with pytest.raises(RuntimeError, match=f"planted.shadow gives its page {name}.*call it otherwise"):
        bare_house.person(Role.OFFICER).get("/planted")
