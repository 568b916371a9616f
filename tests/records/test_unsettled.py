"""The definition to come: an empty slot that nothing is counted by, and nobody fills by guessing."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from npt.counting.actions import DefinitionFacts, copy_definition
from npt.counting.rules import UNSETTLED, DefinitionNotSettled
from npt.kit.months import Month
from npt.performance.queries import definition_named, headrooms_under, rates
from tests import make
from tests.records.desk import NOW

CODE = UNSETTLED[0].code


def test_nothing_is_counted_by_it(session: Session) -> None:
    unit, month = make.team(session), Month(2026, 10)
    with pytest.raises(DefinitionNotSettled, match="not settled yet"):
        rates(session, unit=unit, first=month, last=month, definition=CODE)
    with pytest.raises(DefinitionNotSettled):
        headrooms_under(session, unit=unit, month=month, today=date(2026, 11, 16), each=None, definition=CODE)
    with pytest.raises(DefinitionNotSettled):
        definition_named(session, CODE)


@pytest.mark.parametrize(("source", "code"), [("local-2008", CODE), (CODE, "ours")])
def test_nobody_makes_it_or_copies_it(session: Session, source: str, code: str) -> None:
    facts = DefinitionFacts("A name", "An explanation")
    with pytest.raises(DefinitionNotSettled):
        copy_definition(session, source=source, code=code, facts=facts, now=NOW)
