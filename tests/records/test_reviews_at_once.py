"""Two inspectors review the same neighbourhood at the same moment: one review is carried out, whole."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.kin.models import KeyIndividual
from npt.organisation.actions import AlreadyClosed
from npt.organisation.models import Unit
from npt.reorganisation.actions import Scene, carry_out, hanging
from npt.reorganisation.rules import Opening, Plan, ReviewKind
from npt.store.transaction import engine_at
from tests.records.test_boundary_reviews import FIRST, TODAY, Patch, usual
from tests.records.test_kin_at_once import at_once

Act = Callable[[Session], object]


@pytest.fixture
def engine(session: Session, database_url: str) -> Iterator[Engine]:
    """An engine on which each of the two has a session of their own; the patch is there."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def test_of_two_reviews_at_once_one_is_refused_and_nothing_is_carried_twice(
    session: Session, engine: Engine
) -> None:
    stamp = Patch(session).stamp

    def review(
        code: str, kind: ReviewKind, closing: tuple[str, ...], team: str
    ) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            units = {each.code: each for each in session.scalars(select(Unit))}
            plan = Plan(kind, FIRST, closing, (Opening(code, code, team, 2),))
            scene = Scene(
                session,
                plan,
                {each: units[each] for each in closing},
                {each: units[each] for each in ("T1", "T2")},
                stamp,
                TODAY,
                lambda _permission, _path: True,
            )
            found = hanging(scene, is_held=True)
            chosen = dict(usual(found, {}))
            carry_out(scene, found, chosen)

        return act

    refused = at_once(
        engine,
        review("N8", ReviewKind.MERGE, ("N1", "N2"), "T1"),
        review("N9", ReviewKind.TRANSFER, ("N2",), "T2"),
    )
    assert [type(each) for each in refused if each is not None] == [AlreadyClosed]
    with Session(engine) as session:
        opened = session.scalars(select(Unit.code).where(Unit.opened_on == FIRST)).all()
        assert len(opened) == 1
        assert session.scalar(select(func.count()).select_from(KeyIndividual)) == 2
