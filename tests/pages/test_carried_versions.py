"""What a page carries to say what it showed: taken back as it was written, and in no other way."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from npt.rostering.forms.block import SeenField
from npt.rostering.rules import Cell
from npt.shifts.forms import VersionsField
from npt.webkit.forms import Form
from tests.pages.style_guide import style_guide


class Carrying(Form[None]):
    """Both ways of saying what was shown."""

    class Meta:
        csrf = False

    versions = VersionsField("Versions", missing=None)
    seen = SeenField("Versions", missing=None)


@pytest.fixture(scope="module")
def site() -> Flask:
    return style_guide()


@pytest.fixture(autouse=True)
def request_context(site: Flask) -> Iterator[None]:
    with site.test_request_context("/"):
        yield


def sent(**fields: str) -> Carrying:
    return Carrying(formdata=MultiDict(fields))


def test_what_was_carried_is_read_back() -> None:
    shown = {Cell(7, date(2026, 11, 2)): {31: 4, 32: 1}}
    first = Carrying(formdata=None)
    first.versions.show({31: 4})
    first.seen.show(shown)
    back = sent(versions=first.versions.text, seen=first.seen.text)
    assert back.validate()
    assert (back.versions.versions, back.seen.seen) == ({31: 4}, shown)


@pytest.mark.parametrize("text", ["31", "31:4 x", "0:1", "31:4  32:1", "31:4 " * 4001])
def test_versions_that_nobody_wrote_are_refused(text: str) -> None:
    form = sent(versions=text)
    assert not form.validate()
    assert form.versions.errors == ["The page was incomplete: open the day again."]


@pytest.mark.parametrize("text", ["7.2026-11-02:31", "7.2026-02-30:31:4", "7.2026-11-02:31:4 7", "x"])
def test_cells_that_nobody_wrote_are_refused(text: str) -> None:
    form = sent(seen=text)
    assert not form.validate()
    assert form.seen.errors == ["The page was incomplete: open the roster again."]
