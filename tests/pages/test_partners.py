"""Partners at their browsers and programs: what is shared with them, and what ends while they look."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role, ShareLevel
from npt.accounts.models import Account
from npt.api.actions import make_token
from npt.attachments.actions import receive
from npt.documents.actions import Facts, file_document
from npt.documents.rules import DocumentKind
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.matters.queries import matter_referred
from npt.organisation.models import Unit
from npt.partners.actions import close_agency, leave
from npt.partners.models import Agency, PartnerAccount, Share
from npt.partners.queries import latest_membership
from tests import make
from tests.visiting import Visitor, plain, stop_the_clock

NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)
TODAY = date(2026, 11, 16)
PARTNER, SERGEANT, MANAGER = "partner@council.example", "sergeant@force.example", "manager@force.example"


@pytest.fixture
def today() -> date:
    """A Monday."""
    return TODAY


@pytest.fixture
def council(app: Flask, session: Session) -> Agency:
    """An agency for which a partner of BCU C acts; the BCU has a team T1 and people who may share."""
    stop_the_clock(app, NOW)
    session.expire_on_commit = False  # what was made is told without asking: a reader would be in the way
    bcu = make.bcu(session, under=make.force(session, code="BEDS"), code="C")
    team = make.team(session, under=make.area(session, under=bcu), code="T1")
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT, name="Sergeant Example")
    make.account(session, role=Role.MANAGER, unit=bcu, email=MANAGER)
    agency = make.agency(session, code="COUNCIL")
    make.partner(session, make.account(session, role=Role.PARTNER, unit=bcu, email=PARTNER), agency=agency)
    session.commit()
    return agency


@pytest.fixture
def document(session: Session, council: Agency) -> Matter:
    """A plan of the team."""
    unit = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    by = session.scalars(select(Account).where(Account.email == SERGEANT)).one()
    facts = Facts(
        "Plan for the market",
        DocumentKind.PLAN,
        "Who does what on market days.",
        TODAY,
        None,
        None,
        None,
        reaches_down=False,
    )
    made = file_document(
        session,
        stamp=Stamp(by.id, NOW),
        unit=unit,
        facts=facts,
        file=receive("plan.txt", b"Meet at nine.", scanner=None),
    )
    session.commit()
    found = matter_referred(session, made.reference)
    session.commit()
    assert found is not None
    return found


def share(session: Session, document: Matter, council: Agency, level: ShareLevel) -> Share:
    made = make.share(session, matter=document, agency=council, level=level, now=NOW - timedelta(hours=1))
    session.commit()
    return made


def acting(session: Session) -> PartnerAccount:
    account = session.scalars(select(Account).where(Account.email == PARTNER)).one()
    found = latest_membership(session, account.id)
    assert found is not None
    return found


# What is shared ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ShareLevel)
def test_of_a_withdrawn_document_a_partner_is_told_and_given_no_file(
    app: Flask, session: Session, document: Matter, council: Agency, level: ShareLevel
) -> None:
    share(session, document, council, level)
    sergeant, partner = Visitor(app, SERGEANT), Visitor(app, PARTNER)
    page = f"/units/{document.unit.code}/documents/{document.reference}"
    assert f"shared with {council.name}" in plain(sergeant.open(f"{page}/withdraw").text)
    assert sergeant.send(f"{page}/withdraw", last_on="16 11 2026", why="Replaced.").status_code == 303
    shown = plain(partner.open(f"/documents/{document.reference}").text)
    assert "Withdrawn on 16 November 2026" in shown
    assert "Download" not in shown
    file = partner.open(f"/documents/{document.reference}/file")
    assert file.status_code == (302 if level is ShareLevel.FULL else 404)
    sergeant.open(page)
    assert sergeant.fill(f"{page}/put-back").status_code == 303
    assert ("Download" in partner.open(f"/documents/{document.reference}").text) is (level is ShareLevel.FULL)


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (ShareLevel.EXISTS, "Document DOC-", "Plan for the market"),
        (ShareLevel.SUMMARY, "Who does what on market days.", "Download"),
        (ShareLevel.FULL, "Download", "Add a new version"),
    ],
)
def test_each_level_shows_what_it_says_and_no_more(
    app: Flask,
    session: Session,
    document: Matter,
    council: Agency,
    level: ShareLevel,
    shown: str,
    hidden: str,
) -> None:
    share(session, document, council, level)
    partner = Visitor(app, PARTNER)
    words = plain(partner.open(f"/documents/{document.reference}").text)
    assert shown in words
    assert hidden not in words
    file = partner.open(f"/documents/{document.reference}/file")
    assert file.status_code == (200 if level is ShareLevel.FULL else 404)
    assert ("Meet at nine." in file.text) is (level is ShareLevel.FULL)


def test_what_is_not_shared_looks_like_what_is_not_there(
    app: Flask, document: Matter, council: Agency
) -> None:
    partner = Visitor(app, PARTNER)
    there, nowhere = (partner.open(f"/documents/{each}") for each in (document.reference, "DOC-4711"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert plain(there.text) == plain(nowhere.text)


def test_a_partner_starts_with_what_is_shared_and_has_no_other_page(
    app: Flask, session: Session, document: Matter, council: Agency
) -> None:
    partner = Visitor(app, PARTNER)
    assert "Nothing is shared yet" in partner.open("/").text
    share(session, document, council, ShareLevel.SUMMARY)
    start = partner.open("/").text
    assert f"/documents/{document.reference}" in start
    assert "Plan for the market" in start
    assert "/neighbourhoods" not in start


def test_whoever_reads_the_library_is_led_to_it_by_the_reference(app: Flask, document: Matter) -> None:
    answer = Visitor(app, SERGEANT).open(f"/documents/{document.reference}")
    assert answer.location == f"/units/T1/documents/{document.reference}"


def test_withdrawn_while_they_look_it_is_gone_at_the_next_request(
    app: Flask, session: Session, document: Matter, council: Agency
) -> None:
    made, partner, sergeant = (
        share(session, document, council, ShareLevel.SUMMARY),
        Visitor(app, PARTNER),
        Visitor(app, SERGEANT),
    )
    address, page = f"/documents/{document.reference}", f"/matters/{document.reference}/shares"
    assert partner.open(address).status_code == 200
    assert "Plan for the market" in sergeant.open(page).text
    assert sergeant.fill(f"{page}/{made.id}/withdraw").status_code == 303
    assert partner.open(address).status_code == 404
    assert "withdrawn 16 November 2026" in plain(sergeant.open(page).text)
    assert "has ended already" in plain(_after(sergeant, f"{page}/{made.id}/withdraw", page))


def _after(visitor: Visitor, button: str, page: str) -> str:
    assert visitor.fill(button).status_code == 303
    return visitor.open(page).text


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), 200),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), 404),
    ],
)
def test_a_share_ends_with_its_local_day_where_the_clocks_change(
    app: Flask, session: Session, document: Matter, council: Agency, at: datetime, status: int
) -> None:
    make.share(
        session,
        matter=document,
        agency=council,
        until=date(2026, 10, 25),
        now=datetime(2026, 10, 1, tzinfo=UTC),
    )
    session.commit()
    stop_the_clock(app, at)
    assert Visitor(app, PARTNER).open(f"/documents/{document.reference}").status_code == status


# Who is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("vetting", "Your vetting ended on 15 November 2026"),
        ("agency", "Agency COUNCIL closed on 15 November 2026"),
        ("membership", "You have not acted for Agency COUNCIL since 16 November 2026"),
    ],
)
def test_whose_standing_ends_is_refused_at_the_next_request_and_told_whom_to_ask(
    app: Flask, session: Session, document: Matter, council: Agency, change: str, why: str
) -> None:
    share(session, document, council, ShareLevel.FULL)
    partner = Visitor(app, PARTNER)
    with app.app_context():
        token = make_token(session, session.get_one(Account, acting(session).account_id), "program", now=NOW)
        session.commit()
    program = {"Authorization": f"Bearer {token}"}
    assert partner.client.get("/api/v1/units", headers=program).status_code == 200
    yesterday = TODAY - timedelta(days=1)
    if change == "vetting":
        acting(session).vetted_until = yesterday
    elif change == "agency":
        close_agency(session, council, closed_on=yesterday, stamp=Stamp(None, NOW))
    else:
        leave(session, acting(session), stamp=Stamp(None, NOW))
    session.commit()
    for address in ("/", f"/documents/{document.reference}", "/units/C"):
        refused = partner.open(address)
        assert refused.status_code == 403
        assert why in refused.text
        assert "Ask whoever manages partner accounts for" in refused.text
    by_program = partner.client.get("/api/v1/units", headers=program)
    assert by_program.status_code == 403
    assert why in by_program.json["detail"]  # type: ignore[index]  # it is JSON


def test_renewing_opens_again(app: Flask, session: Session, council: Agency) -> None:
    acting(session).vetted_until = date(2026, 1, 1)
    account_id = acting(session).account_id
    session.commit()
    partner, manager = Visitor(app, PARTNER), Visitor(app, MANAGER)
    assert partner.open("/").status_code == 403
    assert "refused: vetting ended" in plain(manager.open("/units/C/partners").text)
    address = f"/units/C/partners/{account_id}/vetting"
    assert manager.send(address, vetting="nppv3", vetted_until="1 12 2026").status_code == 303
    assert partner.open("/").status_code == 200
    assert "1 December 2026" in manager.open("/").text


@pytest.mark.parametrize("change", ["never had one", "closed"])
def test_who_manages_partners_is_told_of_accounts_without_an_agency(
    app: Flask, session: Session, council: Agency, change: str
) -> None:
    told = "Partner accounts without an agency"
    member = acting(session)
    session.commit()
    manager = Visitor(app, MANAGER)
    assert told not in manager.open("/").text
    if change == "closed":
        close_agency(session, council, closed_on=TODAY - timedelta(days=1), stamp=Stamp(None, NOW))
    else:
        session.delete(member)
    make.agency(session, code="FIRE")
    session.commit()
    start = manager.open("/").text
    assert told in start
    assert "/units/C/partners?show=without-agency" in start
    its_page = f'href="/units/C/partners/{member.account_id}"'
    assert its_page in manager.open("/units/C/partners?show=without-agency").text
    assert its_page not in manager.open("/units/C/partners?show=vetting-ending").text
    typed = {"agency": "FIRE", "vetting": "nppv2-full", "vetted_until": "1 12 2027"}
    address = f"/units/C/partners/{member.account_id}/agency"
    assert manager.send(address, **typed).status_code == 303
    assert told not in manager.open("/").text


def test_who_left_an_agency_is_no_task_for_anybody(app: Flask, session: Session, council: Agency) -> None:
    leave(session, acting(session), stamp=Stamp(None, NOW))
    session.commit()
    assert "Partner accounts without an agency" not in Visitor(app, MANAGER).open("/").text


def test_who_is_moved_to_another_agency_sees_what_that_one_sees(
    app: Flask, session: Session, document: Matter, council: Agency
) -> None:
    share(session, document, council, ShareLevel.FULL)
    make.agency(session, code="FIRE")
    account_id = acting(session).account_id
    session.commit()
    partner, manager = Visitor(app, PARTNER), Visitor(app, MANAGER)
    assert partner.open(f"/documents/{document.reference}").status_code == 200
    typed = {"agency": "FIRE", "vetting": "nppv2-full", "vetted_until": "1 12 2027"}
    assert manager.send(f"/units/C/partners/{account_id}/agency", **typed).status_code == 303
    assert partner.open(f"/documents/{document.reference}").status_code == 404


def test_an_account_of_another_bcu_is_not_found_by_its_manager(
    app: Flask, session: Session, council: Agency
) -> None:
    other = make.account(session, role=Role.PARTNER, unit=make.bcu(session, code="J"))
    session.commit()
    assert Visitor(app, MANAGER).open(f"/units/C/partners/{other.id}").status_code == 404


# Sharing ----------------------------------------------------------------------------------------------------

TERMS = {"purpose": "Joint patrols", "basis": "crime-and-disorder", "level": "summary", "agency": "COUNCIL"}


def test_a_sergeant_shares_and_extends(app: Flask, document: Matter) -> None:
    sergeant, page = Visitor(app, SERGEANT), f"/matters/{document.reference}"
    assert f"{page}/shares" in sergeant.open(f"/units/T1/documents/{document.reference}").text
    assert sergeant.send(f"{page}/share", until="30 11 2026", **TERMS).status_code == 303
    assert "is shared with Agency COUNCIL until 30 November 2026" in sergeant.open(f"{page}/shares").text
    assert sergeant.send(f"{page}/share", until="30 11 2026", **TERMS).status_code == 422
    assert "30 November 2026" in sergeant.open("/units/T1/shares?show=ending").text
    assert "No share of the kind" in sergeant.open("/units/T1/shares?show=to-confirm").text
    assert sergeant.send(f"{page}/shares/1/extend", until="1 12 2026").status_code == 303
    assert "1 December 2026" in sergeant.open("/units/T1/shares").text
    assert "No share of the kind" in sergeant.open("/units/T1/shares?show=ending").text


@pytest.mark.parametrize("until", ["15 11 2026", "18 11 2027"])
def test_a_share_until_yesterday_or_for_longer_than_a_year_is_refused_beside_its_day(
    app: Flask, document: Matter, until: str
) -> None:
    sergeant = Visitor(app, SERGEANT)
    refused = sergeant.send(f"/matters/{document.reference}/share", until=until, **TERMS)
    assert refused.status_code == 422
    assert 'id="until-error"' in refused.text


def test_what_is_shared_is_found_by_day_and_by_who_may_see_it_alone(
    app: Flask, session: Session, document: Matter, council: Agency
) -> None:
    share(session, document, council, ShareLevel.SUMMARY)
    make.account(session, role=Role.SERGEANT, unit=make.team(session), email="other@force.example")
    session.commit()
    day, before = "/agencies/COUNCIL/seen?as-at=2026-11-17", "/agencies/COUNCIL/seen?as-at=2026-11-15"
    sergeant = Visitor(app, SERGEANT)
    assert "Plan for the market" in sergeant.open(day).text
    assert "Plan for the market" not in sergeant.open(before).text
    assert "09:00" in sergeant.open("/agencies/COUNCIL/seen?as-at=2026-11-16").text
    assert "Plan for the market" in sergeant.open(f"{day}&format=csv").text
    assert "Plan for the market" not in Visitor(app, "other@force.example").open(day).text


def test_a_successor_is_given_what_somebody_ticks_and_no_more(
    app: Flask, session: Session, document: Matter, council: Agency
) -> None:
    made = share(session, document, council, ShareLevel.SUMMARY)
    new = make.agency(session, code="UNITARY")
    close_agency(
        session, council, closed_on=TODAY - timedelta(days=1), taken_over_by=[new], stamp=Stamp(None, NOW)
    )
    session.commit()
    sergeant = Visitor(app, SERGEANT)
    assert "1 share ended because it closed" in plain(sergeant.open("/agencies/COUNCIL").text)
    assert sergeant.send("/agencies/COUNCIL/carry-over", successor="UNITARY").status_code == 422
    ticked = sergeant.send("/agencies/COUNCIL/carry-over", successor="UNITARY", shares=str(made.id))
    assert ticked.status_code == 303
    assert "Plan for the market" in sergeant.open("/agencies/UNITARY/seen").text
    assert "Nothing to carry over" in sergeant.open("/agencies/COUNCIL/carry-over").text


# Agencies ---------------------------------------------------------------------------------------------------


def test_a_manager_opens_groups_and_closes_agencies(app: Flask, council: Agency) -> None:
    manager = Visitor(app, MANAGER)
    assert (
        manager.send("/new-agency", code="FIRE", name="Fire service", opened_on="1 4 2008").status_code == 303
    )
    assert manager.send("/new-agency-group", code="cdrp", name="Town partnership").status_code == 303
    assert manager.send("/agencies/FIRE/join", group="cdrp", starts_on="1 4 2008").status_code == 303
    assert "Town partnership" in manager.open("/agencies/FIRE").text
    assert "Fire service" in manager.open("/agencies?group=cdrp&as-at=2008-04-01").text
    assert "Fire service" not in manager.open("/agencies?as-at=2008-03-31").text
    itself = manager.send("/agencies/FIRE/close", closed_on="31 3 2026", successors="FIRE")
    assert itself.status_code == 422
    assert "cannot take over from itself" in itself.text
    assert (
        manager.send("/agencies/FIRE/close", closed_on="31 3 2026", successors="COUNCIL").status_code == 303
    )
    assert "Taken over by" in manager.open("/agencies/FIRE").text
    assert "Fire service" in manager.open("/search?q=fire").text


def test_a_share_whose_page_had_expired_is_given_back_in_its_own_words(app: Flask, document: Matter) -> None:
    visitor = Visitor(app, SERGEANT)
    address = f"/matters/{document.reference}/share"
    visitor.open(address)
    told = visitor.fill(address, csrf_token="old", note="For the market days")
    assert (told.status_code, "For the market days" in told.text) == (400, True)
