"""Contacts and patrols as people record them in the street, look at them and correct them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.communities.actions import add_community
from npt.communities.rules import CommunityKind
from npt.engagement.models import Contact, Patrol
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole
from npt.priorities.actions import stop_choosing
from npt.store.transaction import writing
from npt.work.models import Clock
from tests import make
from tests.records.priority_desk import DAY, FILE, agreed, lead_of, proposed
from tests.visiting import Visitor, plain, stop_the_clock

NOW = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)


@pytest.fixture
def patch(app: Flask, session: Session) -> Flask:
    """Neighbourhoods N1 and N2 of team T1, N3 of team T2, a PCSO, a sergeant, an inspectorate, and others."""
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="C"), code="A1")
    team, other = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    for code, unit in (("N1", team), ("N2", team), ("N3", other)):
        make.neighbourhood(session, under=unit, code=code)
    pat = make.member(session, name="Pat Okoro", role=PolicingRole.PCSO, team=team)
    make.account(session, role=Role.PCSO, unit=team, email="pcso@f.example", name="Pat", member=pat)
    for role, unit in ((Role.SERGEANT, team), (Role.OFFICER, other), (Role.HMIC, force)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@f.example", name=role.wording)
    session.commit()
    stop_the_clock(app, NOW)
    return app


@pytest.fixture
def pcso(patch: Flask) -> Visitor:
    return Visitor(patch, "pcso@f.example")


def test_a_contact_takes_no_choice_but_what_matters(pcso: Visitor, session: Session) -> None:
    assert pcso.send("/contacts/new", neighbourhood="N1", category="noise").status_code == 303
    assert "Contact recorded: 1 person today." in plain(pcso.open("/contacts/new").text)
    (contact,) = session.scalars(select(Contact)).all()
    assert (contact.ethnicity, contact.matter_id, contact.is_late) == (None, None, False)
    listed = plain(pcso.open("/units/T1/community-contacts").text)
    assert re.search(r"\(N1\).* Noise .* not asked .* Pat Okoro no", listed)


def test_whoever_asks_about_the_priorities_reads_those_of_now(pcso: Visitor, session: Session) -> None:
    t1, n1, n2 = (unit_at(session, code) for code in ("T1", "N1", "N2"))
    t2 = unit_at(session, "T2")
    assert t1 is not None
    assert t2 is not None
    agreed(session, t1, lead_of(session, t1), title="Racing in Mill Lane", neighbourhood=n1)
    ended = agreed(session, t1, lead_of(session, t1), title="Litter in the park", neighbourhood=n2)
    stop_choosing(session, ended, reason="Chosen afresh.", stamp=FILE, today=DAY)
    proposed(session, t1, title="Dogs on the green")
    agreed(session, t2, lead_of(session, t2), title="Parking at the school")
    session.commit()
    page = plain(pcso.open("/contacts/new").text)
    assert f"Priorities of {t1.name} now: Racing in Mill Lane Are the team’s priorities" in page
    for other in ("Litter in the park", "Dogs on the green", "Parking at the school"):
        assert other not in page


def test_none_of_the_communities_is_an_answer_and_not_asked_is_none(pcso: Visitor, session: Session) -> None:
    add_community(
        session,
        neighbourhood=session.scalars(select(Unit).where(Unit.code == "N1")).one(),
        name="Polish",
        kind=CommunityKind.ETHNIC,
        stamp=Stamp(None, NOW),
        today=NOW.date(),
    )
    session.commit()
    for community in ("", "none"):
        pcso.send("/contacts/new", neighbourhood="N1", community=community, reference=f"c{community}")
    said = dict(session.execute(select(Contact.reference, Contact.is_of_none)).all())
    session.rollback()
    assert said == {"c": False, "cnone": True}
    assert "Community none of those here" in plain(pcso.open("/units/N1/community-contacts/cnone").text)
    here = "/units/N1/community-contacts/cnone/correct"
    assert '<option value="none" selected' in pcso.open(here).text
    pcso.send(here, neighbourhood="N1", community="")
    assert not session.scalars(select(Contact).where(Contact.reference == "cnone")).one().is_of_none


@pytest.mark.parametrize(
    ("address", "boxes"),
    [
        ("community-contacts", ("20", "10", "16", "11")),
        ("patrols", ("20", "10", "16", "11")),
        ("contact-mix", ("18", "8", "16", "11")),
        ("contact-mix?from-day=1&from-month=9&from-year=2026", ("1", "9", "16", "11")),
    ],
)
def test_the_boxes_show_the_days_that_are_shown(pcso: Visitor, address: str, boxes: tuple[str, ...]) -> None:
    page = pcso.open(f"/units/N1/{address}").text
    names = ("from-day", "from-month", "to-day", "to-month")
    for name, value in zip(names, boxes, strict=True):
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert tag is not None
        assert f'value="{value}"' in tag[0]


def test_the_form_offers_the_neighbourhood_of_last_time_first(pcso: Visitor) -> None:
    pcso.send("/contacts/new", neighbourhood="N2", category="noise")
    assert re.search(r'<option value="N2" selected', pcso.open("/contacts/new").text)
    assert re.search(r'<option value="N2" selected', pcso.open("/patrols/new").text)


def test_the_same_reference_sent_again_is_kept_once(pcso: Visitor, session: Session) -> None:
    for words in ("Music at night", "Music at night", "Something else"):
        answer = pcso.send("/contacts/new", neighbourhood="N1", words=words, reference="phone-1")
        assert answer.status_code == 303
    assert "recorded already, so nothing was added" in plain(pcso.open("/").text)
    assert session.scalars(select(Contact.reference)).all() == ["phone-1"]


def test_a_reference_of_somebody_else_is_refused(pcso: Visitor, patch: Flask, session: Session) -> None:
    pcso.send("/contacts/new", neighbourhood="N1", reference="phone-1")
    answer = Visitor(patch, "sergeant@f.example").send(
        "/contacts/new", neighbourhood="N1", reference="phone-1", words="Other words"
    )
    assert answer.status_code == 422
    assert "Another record has this reference" in plain(answer.text)
    assert len(session.scalars(select(Contact)).all()) == 1


@pytest.mark.parametrize(
    ("hours", "is_late"),
    [(0.5, False), (1.5, True), (8 * 24, True)],
    ids=["half an hour", "later", "eight days"],
)
def test_what_is_sent_much_later_than_it_was_typed_is_marked(
    pcso: Visitor, session: Session, hours: float, is_late: bool
) -> None:
    typed = NOW - timedelta(hours=hours)
    answer = pcso.send(
        "/contacts/new", neighbourhood="N1", typed_at=typed.isoformat(), wants_answer="yes", reference="late"
    )
    assert answer.status_code == 303
    contact = session.scalars(select(Contact)).one()
    assert contact.is_late is is_late
    assert contact.at == typed.replace(second=0, microsecond=0)
    clock = session.scalars(select(Clock)).one()
    assert clock.starts_at == contact.at
    assert clock.due_at == contact.at + timedelta(hours=72)
    assert ("Sent late" in pcso.open("/units/N1/community-contacts/late").text) is is_late


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"typed_at": "yesterday"}, "Part of this page was missing"),
        ({"typed_at": "2199-01-01T00:00:00Z"}, "is still to come"),
        ({"reference": "<b>"}, "is not a reference"),
        ({"on": "1 11 2020", "at": "12:00"}, "Day must be"),
        ({"on": "1 11 2026"}, "Enter the time"),
        ({"neighbourhood": "N3"}, "choose one from the list"),
        ({"ethnicity": "X"}, "choose one from the list"),
        ({"words": "x" * 1001}, "must be 1,000 characters or fewer"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_saved(
    pcso: Visitor, session: Session, typed: dict[str, str], told: str
) -> None:
    answer = pcso.send("/contacts/new", **{"neighbourhood": "N1", **typed})
    assert answer.status_code == 422
    assert told in plain(answer.text)
    assert session.scalars(select(Contact)).all() == []


def test_what_people_said_is_read_only_where_one_works(pcso: Visitor, patch: Flask) -> None:
    pcso.send("/contacts/new", neighbourhood="N1", words="Ann of number 7 sings", reference="one")
    for address in ("/units/N1/community-contacts/one", "/units/T1/community-contacts"):
        assert "Ann of number 7" in pcso.open(address).text
        for role in ("hmic", "officer"):
            seen = Visitor(patch, f"{role}@f.example").open(address)
            assert "Ann of number 7" not in seen.text
    taken_out = Visitor(patch, "hmic@f.example").open("/units/F/community-contacts?format=csv").text
    assert "N1" in taken_out
    assert "Ann" not in taken_out


def test_the_number_of_a_house_is_not_kept(pcso: Visitor, session: Session) -> None:
    pcso.send("/contacts/new", neighbourhood="N1", street="Flat 2, 12a Mill Lane")
    assert session.scalars(select(Contact.street)).one() == "Mill Lane"


def test_a_contact_is_corrected_and_removed(pcso: Visitor, session: Session) -> None:
    pcso.send("/contacts/new", neighbourhood="N1", words="Music", category="noise", reference="one")
    here = "/units/N1/community-contacts/one"
    answer = pcso.send(
        f"{here}/correct", neighbourhood="N2", words="Loud music", category="noise", ethnicity="A"
    )
    assert answer.status_code == 303
    shown = plain(pcso.open(here.replace("N1", "N2")).text)
    assert "What matters Noise" in shown
    assert "Ethnicity Asian or Asian British" in shown
    assert "Loud music" in shown
    here = here.replace("N1", "N2")
    pcso.open(f"{here}/correct")
    assert pcso.fill(f"{here}/remove", version="1").status_code == 303
    assert "Somebody else changed this" in plain(pcso.open("/units/T1/community-contacts").text)
    pcso.open(f"{here}/correct")
    assert pcso.fill(f"{here}/remove", version="2").status_code == 303
    assert session.scalars(select(Contact)).all() == []


PATROL = {"neighbourhood": "N1", "mode": "foot", "on": "2 11 2026", "starts": "10:00", "ends": "11:30"}


def test_a_patrol_is_recorded_corrected_and_removed(pcso: Visitor, session: Session) -> None:
    assert pcso.send("/patrols/new", **PATROL, spoken_to="4", reference="p1").status_code == 303
    assert "1 h 30 min" in plain(pcso.open("/units/T1/patrols?from-day=1&from-month=11&from-year=2026").text)
    here = "/units/N1/patrols/p1"
    assert pcso.send(f"{here}/correct", **{**PATROL, "ends": "12:00"}).status_code == 303
    patrol = session.scalars(select(Patrol)).one()
    assert (patrol.minutes, patrol.spoken_to) == (120, None)
    session.rollback()
    pcso.open(f"{here}/correct")
    assert pcso.fill(f"{here}/remove").status_code == 303
    session.rollback()
    assert session.scalars(select(Patrol)).all() == []


def test_why_somebody_patrolled_there_is_for_those_who_work_there(pcso: Visitor, patch: Flask) -> None:
    pcso.send("/patrols/new", **PATROL, note="Ann of number 7 asked", reference="p1")
    asked = "from-day=1&from-month=11&from-year=2026"
    assert "Ann of number 7" in pcso.open(f"/units/T1/patrols?{asked}").text
    for address in (f"/units/F/patrols?{asked}", f"/units/F/patrols?{asked}&format=csv"):
        seen = Visitor(patch, "hmic@f.example").open(address).text
        assert "N1" in seen
        assert "Ann" not in seen


def test_what_was_in_a_neighbourhood_that_closed_since_is_recorded_there(
    pcso: Visitor, session: Session
) -> None:
    pcso.send("/contacts/new", neighbourhood="N1", reference="before")
    with writing(session):
        closed = unit_at(session, "N1")
        assert closed is not None
        close_unit(session, closed, on=date(2026, 11, 15))
    form = plain(pcso.open("/contacts/new").text)
    assert re.search(r"N2 .*N1, to 15 November 2026", form.replace("Neighbourhood N", "N"))
    on_its_last_day = {"on": "15 11 2026", "at": "10:00"}
    assert pcso.send("/contacts/new", neighbourhood="N1", **on_its_last_day).status_code == 303
    assert pcso.send("/patrols/new", **PATROL).status_code == 303
    after = pcso.send("/contacts/new", neighbourhood="N1", words="Music")
    assert after.status_code == 422
    assert "Music" in after.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"on": "25 10 2026", "starts": "01:30", "ends": "02:30"}, "01:30 happens twice"),
        ({"on": "29 3 2026", "starts": "01:30", "ends": "02:30"}, "never happens"),
        ({"starts": "10:00", "ends": "09:00"}, "more than 16 hours"),
        ({"spoken_to": "501"}, "must be from 0 to 500"),
        ({"mode": "horse"}, "choose one from the list"),
    ],
)
def test_a_patrol_that_cannot_be_is_told(pcso: Visitor, typed: dict[str, str], told: str) -> None:
    answer = pcso.send("/patrols/new", **{**PATROL, **typed})
    assert answer.status_code == 422
    assert told in plain(answer.text)
