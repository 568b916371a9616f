"""Whoever saves what somebody else changed meanwhile is told, and nothing is saved: every form and button."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import update
from sqlalchemy.engine import make_url

from npt.access.rules import Role, SignedIn
from npt.organisation.models import Unit
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES, Answer, Pages
from npt.webkit.visit import Visit
from tests.house.conftest import Template, opened
from tests.house.overtaking import SENT, Sent, missing, older, overtaken_wrongly
from tests.house.visits import FILES, House
from tests.pages.gallery import EXAMPLES, GALLERY, Exhibit


@pytest.fixture(scope="module")
def kept(
    templates: Callable[[int], Template],
    tmp_path_factory: pytest.TempPathFactory,
    compiled: FileSystemBytecodeCache,
) -> Iterator[tuple[House, Path]]:
    """A house in which everybody has signed in, and its database as it was then."""
    for house in opened(templates(1), tmp_path_factory.mktemp("overtaken"), compiled):
        for role in Role:
            house.person(role)
        database = Path(make_url(house.app.config["SQLALCHEMY_DATABASE_URI"]).database or "")
        _close(house)
        yield house, shutil.copyfile(database, database.with_suffix(".kept"))


@pytest.fixture
def renewed(kept: tuple[House, Path]) -> Iterator[House]:
    """The house as it was before the test before."""
    house, database = kept
    yield house
    _close(house)
    shutil.copyfile(database, database.with_suffix(".sqlite3"))
    house.counted = (0, 0)  # its journal is shorter again


def _close(house: House) -> None:
    with house.app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        pytest.param(target, sent, id=" ".join([target, *sent.filled_in, sent.asked]).strip())
        for target, several in SENT.items()
        for sent in several
    ],
)
def test_what_rests_on_what_is_no_longer_so_is_refused(renewed: House, target: str, sent: Sent) -> None:
    faults = list(overtaken_wrongly(renewed, target, sent))
    assert not faults, "\n".join(faults)


def test_every_form_that_says_what_it_showed_is_tried(house: House) -> None:
    shown = [(endpoint, GALLERY[endpoint][0]) for endpoint in GALLERY if "GET" in ROUTES[endpoint].methods]
    faults = missing(house, [house.see(*each) for each in shown if each[0] not in {*FILES, *EXAMPLES}])
    assert not faults, "\n".join(faults)


# Planted ----------------------------------------------------------------------------------------------------

ANYBODY = SignedIn(because="it is planted")
FORM = """<form method="post"><input type="hidden" name="version" value="1"><input name="name"></form>"""


def test_a_form_that_does_not_look_at_what_it_carries_is_found(
    bare_house: House, planted: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    @planted.form("/planted", needs=ANYBODY)
    def rename(visit: Visit[None]) -> Answer:
        """Rename a unit, whoever was first."""
        if not visit.is_sent:
            return FORM
        visit.session.execute(update(Unit).where(Unit.code == "H1").values(name="Another name"))
        return visit.saved("/units/H1")

    bare_house.app.register_blueprint(planted.blueprint)
    monkeypatch.setitem(GALLERY, "planted.rename", (Exhibit(Role.ADMIN),))
    changes, silence = overtaken_wrongly(bare_house, "planted.rename", Sent("planted.rename"))
    assert changes.startswith("an old version sent to /planted changes something: hand the version")
    assert silence.startswith("who sends an old version to /planted is not told")
    page = bare_house.person(Role.ADMIN).get("/planted")
    assert missing(bare_house, [page])[0].startswith("planted.rename is in no line of SENT")


def test_a_button_that_carries_nothing_is_found_unless_it_is_said_why(house: House, planted: Pages) -> None:
    @planted.write("/planted", needs=ANYBODY)
    def remove(visit: Visit[None]) -> Answer:
        """Remove what may have been changed meanwhile."""
        return visit.saved("/")

    assert "planted.remove carries no version: hand the version" in "\n".join(missing(house, []))


@pytest.mark.parametrize(
    ("carried", "before"),
    [("3", "2"), ("1", "2"), ("12:1 13:4", "12:2 13:3"), ("3.2026-11-16:3:2", "3.2026-11-16:3:1")],
)
def test_what_is_carried_is_made_old(carried: str, before: str) -> None:
    assert older(carried) == before
