"""A review of boundaries at its pages: the steps, what they refuse, and all of it done once."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.communities.actions import add_community
from npt.communities.models import Community
from npt.communities.rules import CommunityKind
from npt.kin.models import KeyIndividual
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from tests import make
from tests.built_once import built_once
from tests.house.filling import forms_to_fill_in
from tests.visiting import Visitor, plain

AREA = "/units/A/boundary-review"
ON = "on-day=10&on-month=11&on-year=2026"
MERGE = f"kind=merge&{ON}&places=N1&places=N2"
OLD_TOWN = "code-0=N9&name-0=Old+Town&team-0=T1&class-0=2"
LAST_STEP = f"{AREA}?step=carry&{MERGE}&{OLD_TOWN}"


@built_once
def area(session: Session) -> Unit:
    """Area A: team T1 with the neighbourhoods N1 (somebody in its network) and N2, and team T2."""
    area = make.area(session, code="A")
    first, _ = (make.team(session, under=area, code=code) for code in ("T1", "T2"))
    one, _ = (make.neighbourhood(session, under=first, code=code) for code in ("N1", "N2"))
    make.key_individual(session, unit=one, name="Kit Sample")
    for role, unit in (
        (Role.INSPECTOR, area),
        (Role.SERGEANT, first),
        (Role.BOARD, area),
        (Role.ADMIN, area),
    ):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return area


@pytest.fixture
def inspector(app: Flask, area: Unit) -> Visitor:
    return Visitor(app, "inspector@force.example")


def apply(visitor: Visitor, address: str, **changed: str) -> str:
    """Send the last step as it is shown, with these lines changed; what the person reads then."""
    (form,) = forms_to_fill_in(visitor.open(address))
    answer = visitor.client.post(address, data={**form.as_shown, **changed})
    return plain((visitor.open(answer.location) if answer.status_code == 303 else answer).text)


def test_an_inspector_merges_two_neighbourhoods_of_their_area(inspector: Visitor, session: Session) -> None:
    read = apply(inspector, LAST_STEP)
    assert "2 neighbourhoods closed, Neighbourhood" not in read
    assert "2 neighbourhoods closed, Old Town (N9) opened." in read
    opened = unit_at(session, "N9")
    assert opened is not None
    assert [each.unit_id for each in session.scalars(select(KeyIndividual))] == [opened.id]


def test_pressing_twice_reviews_once(inspector: Visitor, session: Session) -> None:
    (form,) = forms_to_fill_in(inspector.open(LAST_STEP))
    answers = [inspector.client.post(LAST_STEP, data=form.as_shown) for _ in range(2)]
    assert [(each.status_code, each.location) for each in answers] == [(303, "/units/A")] * 2


def test_what_changed_meanwhile_is_told_and_what_was_chosen_stays_chosen(
    inspector: Visitor, session: Session
) -> None:
    (form,) = forms_to_fill_in(inspector.open(LAST_STEP))
    kit_id = session.scalars(select(KeyIndividual.id)).one()
    place = session.scalars(select(Unit).where(Unit.code == "N2")).one()
    make.key_individual(session, unit=place, name="Pat Later")
    session.commit()
    sent = {**form.as_shown, f"key-individual_{kit_id}": "ends"}
    answer = inspector.client.post(LAST_STEP, data=sent)
    told = plain(answer.text)
    assert "Something changed after you opened this page" in told
    assert "New since you opened this page: Pat Later, faith, Neighbourhood N2." in told
    assert "Choose where it goes." not in told
    (again,) = forms_to_fill_in(answer)
    assert again.as_shown[f"key-individual_{kit_id}"] == "ends"
    assert inspector.client.post(LAST_STEP, data=again.as_shown).status_code == 303
    session.expire_all()
    assert session.get_one(KeyIndividual, kit_id).left_on is not None


def test_a_line_that_somebody_corrected_and_one_that_went_meanwhile_are_told(
    inspector: Visitor, session: Session
) -> None:
    place = session.scalars(select(Unit).where(Unit.code == "N2")).one()
    second = make.key_individual(session, unit=place, name="Pat Second")
    session.commit()
    (form,) = forms_to_fill_in(inspector.open(LAST_STEP))
    kit = session.scalars(select(KeyIndividual).where(KeyIndividual.id != second.id)).one()
    kit.name = "Kit Corrected"
    second.unit_id = place.parent_id or 0
    session.commit()
    told = plain(inspector.client.post(LAST_STEP, data=form.as_shown).text)
    assert "Changed: Kit Corrected, faith, Neighbourhood N1." in told
    assert "No longer here: 1 line that the page showed." in told


@pytest.mark.parametrize("shown", ["<script>", "key-individual_1:zz", "x" * 300_000])
def test_a_page_whose_lines_were_tampered_with_does_nothing(
    inspector: Visitor, session: Session, shown: str
) -> None:
    (form,) = forms_to_fill_in(inspector.open(LAST_STEP))
    answer = inspector.client.post(LAST_STEP, data={**form.as_shown, "shown": shown})
    assert answer.status_code == 422
    assert "The page was incomplete: open the review again." in answer.text
    assert unit_at(session, "N9") is None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("step=which", "Choose what happens."),
        (f"step=which&kind=merge&{ON}&places=N1", "Choose the two or more neighbourhoods that become one."),
        (f"step=which&kind=split&{ON}&places=N1&places=N2", "Choose the one neighbourhood that is split."),
        (f"step=which&kind=merge&{ON}&places=N1&places=X", "is no longer in the list"),
        (
            "step=which&kind=split&on-day=17&on-month=11&on-year=2026&places=N1",
            "17 November 2026 is still to come: give today or an earlier day",
        ),
        (
            "step=which&kind=split&on-day=1&on-month=4&on-year=2008&places=N1",
            "opened on 1 April 2008: give a later day.",
        ),
        (f"step=carry&{MERGE}", "Enter a code that was never used."),
        (f"step=carry&{MERGE}&{OLD_TOWN}".replace("N9", "N2"), "Another unit has or had this code"),
        (f"step=carry&{MERGE}&{OLD_TOWN}".replace("N9", "a/b"), "is not a unit code"),
        (
            f"step=carry&kind=transfer&{ON}&places=N1&code-0=N9&name-0=N&team-0=T1",
            "It is with this team already: choose another.",
        ),
        (
            f"step=carry&kind=split&{ON}&places=N1&code-0=N8&name-0=N&team-0=T1&code-1=N8&name-1=N&team-1=T1",
            "N8 is given twice",
        ),
    ],
)
def test_a_step_that_cannot_be_read_says_why(inspector: Visitor, asked: str, told: str) -> None:
    answer = inspector.open(f"{AREA}?{asked}")
    assert answer.status_code == 422
    assert told in plain(answer.text)


def test_what_was_typed_in_a_step_is_carried_to_the_next(inspector: Visitor) -> None:
    shown = inspector.open(f"{AREA}?step=which&{MERGE}").text
    assert '<input type="hidden" name="places" value="N2">' in shown
    assert '<input type="hidden" name="on-day" value="10">' in shown


@pytest.mark.parametrize(("who", "status"), [("board", 200), ("sergeant", 403), ("admin", 403)])
def test_boundaries_are_reviewed_by_inspectors_and_above(
    app: Flask, area: Unit, who: str, status: int
) -> None:
    assert Visitor(app, f"{who}@force.example").open(AREA).status_code == status


def test_the_board_reads_no_name_of_a_key_individual(app: Flask, area: Unit) -> None:
    shown = plain(Visitor(app, "board@force.example").open(LAST_STEP).text)
    assert "K1, faith" in shown
    assert "Kit Sample" not in shown


def test_the_page_of_a_neighbourhood_leads_to_a_review_with_it_chosen(inspector: Visitor) -> None:
    address = f"{AREA}?places=N1"
    assert f'href="{address}"' in inspector.open("/units/N1").text
    assert 'value="N1" checked' in inspector.open(address).text


def test_a_neighbourhood_itself_has_no_review(inspector: Visitor) -> None:
    assert inspector.open("/units/N1/boundary-review").status_code == 404


def test_of_a_split_nothing_is_sent_on_and_ended_at_once(inspector: Visitor, session: Session) -> None:
    place = session.scalars(select(Unit).where(Unit.code == "N1")).one()
    polish = add_community(
        session,
        neighbourhood=place,
        name="Polish",
        kind=CommunityKind.ETHNIC,
        starts_on=make.START,
        stamp=Stamp(None, datetime(2026, 11, 1, 9, tzinfo=UTC)),
        today=date(2026, 11, 1),
    )
    line, key = f"community_{polish.id}", polish.id
    session.commit()
    parts = "code-0=N8&name-0=East&team-0=T1&code-1=N9&name-1=West&team-1=T1"
    address = f"{AREA}?step=carry&kind=split&{ON}&places=N1&{parts}"
    page = inspector.open(address)
    assert 'value="ends" data-behaviour="exclusive"' in page.text
    (form,) = forms_to_fill_in(page)
    both = inspector.client.post(address, data={**form.as_shown, line: ["to:N8", "ends"]})
    assert both.status_code == 422
    assert "Polish, Neighbourhood N1: “Nowhere: it ended” is ticked beside others." in plain(both.text)
    (form,) = forms_to_fill_in(both)
    assert inspector.client.post(address, data={**form.as_shown, line: ["ends"]}).status_code == 303
    assert session.get_one(Community, key).ends_on == date(2026, 11, 9)
    assert [each.name for each in session.scalars(select(Community))] == ["Polish"]
