"""Hooks are wired in one place, npt/factory.py, and in no module when it is imported."""

from pathlib import Path

import pytest

from tests.house.wiring import CURE, wired_at_import

OFFENDERS = {
    "a decorated listener": "@event.listens_for(Session, 'after_flush')\ndef note(session, context): ...\n",
    "a call": "listen(Session, 'after_flush', print)\n",
    "a call in a loop": "for name in ('before_commit', 'after_begin'):\n    listen(Session, name, print)\n",
    "a hook of ours": "check_span_by(print)\n",
}


def test_no_module_wires_anything_when_it_is_imported() -> None:
    found = wired_at_import()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("offender", OFFENDERS)
def test_a_module_that_wires_when_it_is_imported_is_found(offender: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(OFFENDERS[offender])
    assert [each.split(": ", 2)[2] for each in wired_at_import(tmp_path)] == [CURE]


def test_a_declaration_beside_its_table_is_no_wiring(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("name_violation('uq_unit_code', print)\nLIMIT = int('3')\n")
    assert not wired_at_import(tmp_path)
