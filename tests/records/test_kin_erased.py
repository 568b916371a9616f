"""Key individuals are erased like everybody else: who they were goes, what was counted stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget, retain
from npt.data_protection.queries import person_named
from npt.data_protection.queries.holdings import holdings_of
from npt.data_protection.rules import AlreadyErased, StillHere
from npt.kin.actions import leave, merge
from npt.kin.actions.erasure import KIND
from npt.kin.models import Consent, Encounter, KeyIndividual
from npt.kin.queries import individual_keyed, kin_counts, network_mix
from npt.kin.rules import KinTopic, LeaveReason, Stage
from npt.organisation.models import Unit
from npt.outbox.actions import queue
from npt.outbox.rules import LetterFacts, Topic
from tests import make
from tests.records.kin_desk import DAY, NOBODY, NOW, ago, community, join, meet
from tests.records.test_erasure import everything

NAME = "Quentin Xylander"


@pytest.fixture
def place(session: Session) -> Unit:
    return make.neighbourhood(session, code="N1")


@pytest.fixture
def quentin(session: Session, place: Unit) -> KeyIndividual:
    """Somebody with all there can be, two records of whom were merged."""
    made = join(
        session,
        place,
        NAME,
        reference="QX-1",
        organisation="Xylander and sons",
        phone="01632 960123",
        email="quentin@xylander.example",
        address="1 Xylander Street",
        language="Xylandrian",
        best_time="when Xylander is shut",
        ethnicity="A",
        communities=[community(session, place)],
        topics=[KinTopic.NEWS],
        recorded_on=ago(800),
    )
    other = join(session, place, NAME, reference="QX-2", may_be_twice=True, recorded_on=ago(800))
    merge(session, made, other, stamp=NOBODY)
    meet(session, made, 200, record="C-1", said=f"{NAME} says that cars are raced.", told="Quentin was told.")
    meet(session, made, 300)
    queue(
        session,
        LetterFacts(
            "x", "quentin@xylander.example", NAME, "What we hold", "Hello", Topic.INVITATION, place.path
        ),
        now=NOW,
    )
    return made


def erase(session: Session, reference: str = "QX-1") -> None:
    person = person_named(session, f"{KIND}:{reference}")
    forget(session, person, today=DAY, now=NOW, also_current=True)
    session.commit()


def test_nothing_names_somebody_erased_and_every_sum_stays(
    session: Session, place: Unit, quentin: KeyIndividual
) -> None:
    leave(session, quentin, left_on=DAY, left_because=LeaveReason.MOVED, today=DAY)

    def sums() -> list[object]:
        (mix,) = network_mix(session, place, ago(10))
        per_kind = select(Encounter.kind, Encounter.unit_id, func.count()).group_by(
            Encounter.kind, Encounter.unit_id
        )
        return [
            kin_counts(session, place, DAY).statuses,
            [(row.name, row.heard) for row in (*mix.communities.rows, *mix.ethnicities.rows)],
            mix.sectors,
            [tuple(row) for row in session.execute(per_kind)],
        ]

    before = sums()
    assert "Xylander" in everything(session)
    erase(session)
    left = everything(session).lower()
    assert [each for each in ("xyland", "quentin", "960123", "qx-") if each in left] == []
    assert sums() == before
    assert session.scalar(select(func.count()).select_from(Consent)) == 0


def test_both_records_of_a_merge_are_one_person(session: Session, quentin: KeyIndividual) -> None:
    erase(session, "QX-2")
    with pytest.raises(AlreadyErased):
        person_named(session, f"{KIND}:QX-1")


def test_who_is_in_the_network_is_erased_only_where_that_is_meant_and_then_has_left(
    session: Session, quentin: KeyIndividual
) -> None:
    person = person_named(session, f"{KIND}:QX-1")
    with pytest.raises(StillHere, match="is in the key individual network of N1"):
        forget(session, person, today=DAY, now=NOW)
    erase(session)
    found = session.get_one(KeyIndividual, quentin.id)
    assert (found.stage, found.left_on, found.name) == (Stage.LEFT, DAY, f"Erased key individual {found.id}")
    assert individual_keyed(session, quentin.id) is None


def test_an_access_request_holds_what_they_said_and_agreed_to(
    session: Session, quentin: KeyIndividual
) -> None:
    held = {
        each.table for each in holdings_of(session, person_named(session, f"{KIND}:QX-1")) if each.is_theirs
    }
    assert held >= {KIND, "encounter", "key_individual_consent", "key_individual_community", "letter"}


@pytest.mark.parametrize(("months", "is_erased"), [(24, True), (25, False)])
def test_who_left_is_erased_after_the_months_of_key_individuals(
    session: Session, quentin: KeyIndividual, months: int, is_erased: bool
) -> None:
    leave(session, quentin, left_on=ago(740), left_because=LeaveReason.MOVED, today=DAY)
    list(retain(session, today=DAY, now=NOW + timedelta(hours=1), months=72, months_of={KIND: months}))
    assert (session.get_one(KeyIndividual, quentin.id).name != NAME) is is_erased
