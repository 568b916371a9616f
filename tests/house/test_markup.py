"""The rules for markup, each tried on a page that breaks it."""

import pytest

from tests.house.markup import faults_in

SOUND = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Team day – Tracker</title></head>
<body>
<h1>Team day</h1>
<form method="post" action="/save">
  <input type="hidden" name="csrf_token" value="x">
  <label for="note">Note</label> <input id="note" name="note">
  <button>Save</button>
</form>
<table><caption>Shifts</caption><tr><th scope="col">Day</th></tr><tr><td>1</td></tr></table>
</body>
</html>
"""

#: What is planted in the sound page in place of what, and what the fault says.
OFFENDERS = {
    "an element left open": ("<h1>Team day</h1>", "<h1>Team day</h1><div>", "not valid HTML"),
    "an element that is no more": ("<h1>", "<isindex><h1>", "not valid HTML"),
    "no heading": ("<h1>Team day</h1>", "<p>Team day</p>", "0 first-level headings"),
    "two headings": ("</table>", "</table><h1>Again</h1>", "2 first-level headings"),
    "another title": ("<title>Team", "<title>The team", "does not begin with the heading"),
    "an id given twice": ("<h1>", '<h1 id="note">', "“note” stands 2 times"),
    "a label for nothing": ('for="note"', 'for="notes"', "names nothing on the page"),
    "a description that is not there": (
        'name="note"',
        'name="note" aria-describedby="hint"',
        "names nothing on the page",
    ),
    "a field without a label": ('<label for="note">Note</label>', "", "“note” has no label"),
    "a field with an empty label": (">Note<", "><", "“note” has no label"),
    "a table without a caption": ("<caption>Shifts</caption>", "", "a table has no caption"),
    "a heading cell without a scope": ('<th scope="col">', "<th>", "“Day” has no scope"),
    "a form without its token": ('name="csrf_token"', 'name="token"', "carries 0 tokens against forgery"),
    "an empty token": ('value="x"', 'value=""', "carries 1 tokens against forgery"),
    "an error that links to a box": (
        "<h1>",
        '<div class="govuk-error-summary"><a href="#box">Enter a note</a></div><div id="box"></div><h1>',
        "links to #box, where no control is",
    ),
    "an error that links to nothing": (
        "<h1>",
        '<div class="govuk-error-summary"><a href="#box">Enter a note</a></div><h1>',
        "links to #box, where no control is",
    ),
    "a style in an attribute": ("<h1>", '<h1 style="color: red">', "<h1 style=…>: the content policy"),
    "a handler in an attribute": (
        "<button>",
        '<button onclick="f()">',
        "<button onclick=…>: the content policy",
    ),
    "a script on the page": ("</table>", "</table><script>f()</script>", "<script> with its content"),
    "a style sheet on the page": ("</head>", "<style>h1 {}</style></head>", "<style> with its content"),
    "a link that is a script": ("</table>", '</table><a href="javascript:f()">f</a>', "the content policy"),
}


def test_a_sound_page_has_no_fault() -> None:
    assert faults_in(SOUND) == []


@pytest.mark.parametrize("offender", OFFENDERS)
def test_a_page_that_breaks_a_rule_is_told_so(offender: str) -> None:
    sound, planted, words = OFFENDERS[offender]
    assert sound in SOUND
    assert any(words in fault for fault in faults_in(SOUND.replace(sound, planted)))
