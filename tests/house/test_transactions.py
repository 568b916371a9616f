"""A request that leaves changes uncommitted fails: what a person was told is saved is saved."""

import pytest
from sqlalchemy import update

from npt.access.rules import Role, SignedIn
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit
from tests.house.visits import House

ANYBODY = SignedIn(because="it is planted")


def _rename(visit: Visit[None]) -> None:
    unit = unit_at(visit.session, "H1")
    assert unit is not None
    unit.name = "Another name"


def changed(visit: Visit[None]) -> None:
    """A record is changed, and nothing more."""
    _rename(visit)


def sent(visit: Visit[None]) -> None:
    """A record is changed and sent to the database."""
    _rename(visit)
    visit.session.flush()


def asked_after(visit: Visit[None]) -> None:
    """A record is changed, and a question sends it to the database unasked."""
    _rename(visit)
    unit_at(visit.session, "H2")


def stated(visit: Visit[None]) -> None:
    """A statement changes a row past the record."""
    visit.session.execute(update(Unit).where(Unit.code == "H1").values(name="Another name"))


WAYS = {way.__name__: way for way in (changed, sent, asked_after, stated)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_view_that_forgets_to_commit_fails_with_the_cure(
    bare_house: House, planted: Pages, way: str, method: str
) -> None:
    declare = planted.read if method == "GET" else planted.write

    @declare("/planted", needs=ANYBODY)
    def forget(visit: Visit[None]) -> Answer:
        """Change something, and forget to save it."""
        WAYS[way](visit)
        return "Saved."

    bare_house.app.register_blueprint(planted.blueprint)
    officer = bare_house.person(Role.OFFICER)
    with pytest.raises(RuntimeError, match=r"without committing them: answer with visit\.saved"):
        officer.get("/planted") if method == "GET" else officer.post("/planted")


@pytest.mark.parametrize("way", WAYS)
def test_a_view_that_commits_by_its_answer_is_fine(bare_house: House, planted: Pages, way: str) -> None:
    @planted.write("/planted", needs=ANYBODY)
    def remember(visit: Visit[None]) -> Answer:
        """Change something and save it."""
        WAYS[way](visit)
        return visit.saved("/units/H1")

    bare_house.app.register_blueprint(planted.blueprint)
    assert bare_house.person(Role.OFFICER).post("/planted").status_code == 303
    assert "Another name" in bare_house.person(Role.ADMIN).get("/units/H1").text


@pytest.mark.parametrize("way", WAYS)
def test_a_view_that_takes_its_changes_back_is_fine(bare_house: House, planted: Pages, way: str) -> None:
    @planted.write("/planted", needs=ANYBODY)
    def preview(visit: Visit[None]) -> Answer:
        """Try something and take it back."""
        WAYS[way](visit)
        visit.session.rollback()
        return "This is what would happen."

    bare_house.app.register_blueprint(planted.blueprint)
    assert bare_house.person(Role.OFFICER).post("/planted").status_code == 200
    assert "Another name" not in bare_house.person(Role.ADMIN).get("/units/H1").text
