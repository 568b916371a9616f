"""Who was carried over by a review and erased after it does not come back with a backup from before it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.backups.actions import back_up
from npt.data_protection.actions import forget
from npt.data_protection.kinds import key_erasures
from npt.data_protection.queries import person_named
from npt.kin.actions import carry_over
from npt.kin.actions.erasure import KIND
from npt.kin.models import KeyIndividual
from npt.kin.queries import kin_counts
from npt.kin.rules import Status
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.store.transaction import writing
from tests import make
from tests.records.backups import Places, records_at
from tests.records.erased import everything
from tests.records.kin_desk import join, meet

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY, YESTERDAY = NOW.date(), date(2026, 11, 29)
KEY = "k" * 32


def place(session: Session, code: str) -> Unit:
    found = unit_at(session, code)
    assert found is not None
    return found


def counted(session: Session) -> Mapping[Status, int]:
    return kin_counts(session, place(session, "T1"), TODAY).statuses


def test_who_was_carried_over_and_erased_is_erased_again_where_they_were_before(
    places: Places, tmp_path: Path
) -> None:
    list_file = tmp_path / "erasures.json"
    places.patch.setenv("NPT_ERASURES", str(list_file))
    places.patch.setenv("NPT_SECRET_KEY", KEY)
    key_erasures(KEY)
    with records_at(places.here) as session, writing(session):
        team = make.team(session, code="T1")
        closing = make.neighbourhood(session, under=team, code="N1")
        quentin = join(session, closing, "Quentin Xylander", reference="QX-1")
        join(session, closing, "Ann Example")
        meet(session, quentin, 5, said="Quentin Xylander says that cars are raced.")
    back_up(places.settings(places.here), places.file, None)
    with records_at(places.here) as session, writing(session):
        closing = place(session, "N1")
        heir = make.neighbourhood(session, under=place(session, "T1"), code="N2", opened_on=TODAY)
        close_unit(session, closing, on=YESTERDAY, taken_over_by=[heir])
        keys = session.scalars(select(KeyIndividual.id)).all()
        carry_over(session, closed=closing, to=dict.fromkeys(keys, "N2"), left=[])
        person = person_named(session, f"{KIND}:QX-1")
        forget(session, person, today=TODAY, now=NOW, also_current=True)
        before = counted(session)
    places.there, places.emptied = places.here, lambda: places.there
    said = places.restore("--replace")
    assert (said.exit_code, "1 people erased since the backup" in said.stdout) == (0, True), said.output
    with records_at(places.here) as session:
        assert "xylander" not in everything(session).lower()
        assert {each.unit_id for each in session.scalars(select(KeyIndividual))} == {place(session, "N1").id}
        assert counted(session) == before
