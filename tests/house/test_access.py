"""Every route states its permission and place, and what it states is committed."""

from dataclasses import replace
from pathlib import Path

from flask import Blueprint

from npt.access.rules import Permission
from npt.webkit.pages import ROUTES
from tests.house.access import COMMITTED, difference, main, table, undeclared
from tests.house.visits import House


def test_every_route_is_declared(house: House) -> None:
    faults = undeclared(house.app)
    assert not faults, "\n".join(faults)


def test_who_may_do_what_is_as_committed() -> None:
    changed = difference(COMMITTED.read_text(), table())
    assert not changed, changed


# Planted ----------------------------------------------------------------------------------------------------


def test_a_route_beside_the_declared_ones_is_named_with_the_cure(bare_house: House) -> None:
    back_door = Blueprint("back", __name__)
    back_door.add_url_rule("/back", "door", lambda: "in", methods=["POST"])
    bare_house.app.register_blueprint(back_door)
    (fault,) = undeclared(bare_house.app)
    assert fault.startswith("POST /back (back.door) is not declared: state its permission and place by Pages")


def test_another_method_at_a_declared_address_is_named(house: House) -> None:
    home = ROUTES["overview.home"]
    (fault,) = undeclared(house.app, {**ROUTES, "overview.home": replace(home, methods=("POST",))})
    assert fault.startswith("GET / (overview.home) is not declared")


def test_a_declared_route_that_nothing_answers_is_named_with_the_cure(house: House) -> None:
    planted = replace(ROUTES["overview.home"], endpoint="problems.new")
    (fault,) = undeclared(house.app, {**ROUTES, "problems.new": planted})
    assert fault.startswith("problems.new is declared and not answered: register the blueprint")


def test_a_change_of_authority_shows_as_a_difference_with_the_cure() -> None:
    lowered = replace(ROUTES["organisation.close"], needs=Permission.SEE_UNITS)
    changed = difference(table(), table({**ROUTES, "organisation.close": lowered}))
    assert "-organisation.close · GET POST · /units/<code>/close · manage units · admin" in changed
    assert "+organisation.close · GET POST · /units/<code>/close · see units · admin board" in changed
    assert "python -m tests.house.access --write" in changed


def test_the_roles_that_hold_the_permission_stand_in_the_table() -> None:
    (line,) = [line for line in table().splitlines() if line.startswith("people.new_member ")]
    assert line.endswith(" · admin board manager · within <code>")


def test_the_committed_table_is_written_by_the_command_that_the_cure_names(tmp_path: Path) -> None:
    file = tmp_path / "access.txt"
    assert main(["--write"], file) == 0
    assert file.read_text() == table()
