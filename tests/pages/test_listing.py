"""Lists: one table on the page, in parts, in the order that the reader chooses, and taken out as a file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from markupsafe import Markup
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from npt.access.rules import Role
from npt.journal.models import Entry
from npt.kit.paging import Page, Part, page_number
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.webkit.asked import asked_page, this_address
from npt.webkit.filters import hours
from npt.webkit.listing import Column, Columns, Table, part_of
from tests import make
from tests.built_once import built_once
from tests.pages.style_guide import style_guide
from tests.visiting import Visitor, plain


@dataclass(frozen=True)
class Line:
    """A row of an invented list."""

    name: str
    minutes: int | None = 90
    role: PolicingRole = PolicingRole.PCSO
    on: date | None = date(2026, 5, 4)


COLUMNS: Columns[Line] = (
    Column("Name", lambda line: line.name, holds_words=True, is_sortable=True),
    Column("Time", lambda line: line.minutes, is_number=True, words=hours, name="minutes", is_sortable=True),
    Column("Role", lambda line: line.role, is_sortable=True),
    Column("Last day", lambda line: line.on, unknown="further notice"),
)
LINES = [Line(f"Line {number}", number) for number in range(1, 251)]


@pytest.fixture(scope="module")
def site() -> Flask:
    return style_guide()


def listed(site: Flask, address: str, lines: Sequence[Line] = LINES) -> Part[Line]:
    """The part of the lines that the address asks for."""
    with site.test_request_context(address):
        return part_of(lines, COLUMNS, 100)


# Which page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.0", "", " 1", "²", "1e3", "9" * 30])
def test_what_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number of a page"):
        page_number(text)


@pytest.mark.parametrize(
    "asked", ["page=0", "page=x", "page=4", "page=", "sort=mine", "sort=-", "format=pdf"]
)
def test_a_page_an_order_or_a_file_that_is_not_there_is_not_found(site: Flask, asked: str) -> None:
    with site.test_request_context(f"/?{asked}"), pytest.raises(NotFound):
        Table("Lines", COLUMNS, part_of(LINES, COLUMNS, 100))


def test_a_page_of_a_list_says_where_it_is_and_leads_to_the_others(site: Flask) -> None:
    with site.test_request_context("/units/C?page=2&role=pcso&as-at=2026-05-04"):
        table = Table("Lines", COLUMNS, part_of(LINES, COLUMNS, 100), noun="lines", anchor="here")
        where = table.where()
    assert [each.name for each in table.shown][:2] == ["Line 101", "Line 102"]
    assert where is not None
    assert where.words == "101 to 200 of 250 lines"
    assert where.previous_href == "/units/C?role=pcso&as-at=2026-05-04#here"
    assert where.next_href == "/units/C?role=pcso&as-at=2026-05-04&page=3#here"


def test_an_empty_list_has_one_page_and_says_nothing_of_it(site: Flask) -> None:
    with site.test_request_context("/"):
        assert Table("Lines", COLUMNS, part_of([], COLUMNS, 100)).where() is None


def test_a_form_sent_from_a_page_that_has_gone_stands_on_the_last(site: Flask) -> None:
    with site.test_request_context("/?page=9", method="POST"):
        where = Table("Lines", COLUMNS, part_of(LINES, COLUMNS, 100), noun="lines").where()
    assert where is not None
    assert where.words == "201 to 250 of 250 lines"


def test_an_address_keeps_all_that_it_asks_but_what_is_replaced(site: Flask) -> None:
    with site.test_request_context("/units/Ä B?role=pcso&role=special&page=2&q=a%26b"):
        assert this_address(page=3) == "/units/%C3%84%20B?role=pcso&role=special&q=a%26b&page=3"
        assert this_address(page=None, role=None, q=None) == "/units/%C3%84%20B"


# In what order ----------------------------------------------------------------------------------------------


def test_a_list_is_sorted_as_a_whole_before_it_is_cut(site: Flask) -> None:
    assert listed(site, "/?sort=-minutes&page=3").rows[-1].minutes == 1
    assert listed(site, "/").rows[0].minutes == 1


def test_rows_that_are_alike_keep_their_order_and_what_is_not_known_comes_last(site: Flask) -> None:
    lines = [Line("b", None), Line("a", 5), Line("c", 5), Line("d", 9)]
    assert [line.name for line in listed(site, "/?sort=minutes", lines).rows] == ["a", "c", "d", "b"]
    assert [line.name for line in listed(site, "/?sort=-minutes", lines).rows] == ["d", "a", "c", "b"]


def test_text_is_sorted_whatever_its_case_and_an_enum_in_its_own_order(site: Flask) -> None:
    lines = [Line("Zoe", role=PolicingRole.CONSTABLE), Line("adam", role=PolicingRole.SERGEANT)]
    assert [line.name for line in listed(site, "/?sort=name", lines).rows] == ["adam", "Zoe"]
    assert [line.name for line in listed(site, "/?sort=role", lines).rows] == ["adam", "Zoe"]


def test_headings_lead_to_an_order_and_back_and_say_which_one_it_is(site: Flask) -> None:
    with site.test_request_context("/?sort=name&page=2&role=pcso"):
        name, time, _, last = Table("Lines", COLUMNS, part_of(LINES, COLUMNS, 100)).headings()
    assert (name.sorted, name.sort_href) == ("ascending", "/?role=pcso&sort=-name")
    assert (time.sorted, time.sort_href) == ("", "/?role=pcso&sort=minutes")
    assert last.sort_href == ""


# What is shown, and what a file holds -----------------------------------------------------------------------


def test_cells_are_worded_by_what_they_are_and_nothing_typed_is_taken_for_markup(site: Flask) -> None:
    lines = [Line("<b>&", 90), Line("x", None, on=None)]
    with site.test_request_context("/"):
        body = Table("Lines", COLUMNS, lines, href=lambda line: f"/?a=1&b={line.minutes}").body()
    assert '<a class="govuk-link npt-row-link__target" href="/?a=1&amp;b=90">' in body
    assert "<bdi>&lt;b&gt;&amp;</bdi>" in body
    words = " ".join(plain(body).split())
    assert words == "<b>& 1 h 30 min PCSO 4 May 2026 x not known PCSO further notice"


def test_a_file_holds_plain_values_under_names_and_the_columns_that_are_its_own() -> None:
    columns: Columns[Line] = (
        *COLUMNS,
        Column("Kept", lambda _line: "x", is_in_file=False),
        Column("more", lambda _line: Decimal("1.50"), is_on_page=False),
    )
    file = Table("Lines", columns, [Line("=1+1", 90, on=None)], file="lines").as_file()
    assert file.headings == ["name", "minutes", "role", "last_day", "more"]
    assert file.rows == [["=1+1", 90, PolicingRole.PCSO, None, Decimal("1.50")]]


def test_columns_of_one_name_and_markup_make_no_file() -> None:
    twice: Columns[Line] = (Column("Name", lambda line: line.name), Column("name", lambda line: line.name))
    with pytest.raises(ValueError, match="heading twice"):
        Table("Lines", twice, LINES, file="lines").as_file()
    marked: Columns[Line] = (Column("Name", lambda _line: Markup("<b>x</b>")),)
    with pytest.raises(TypeError, match="in_file"):
        Table("Lines", marked, LINES, file="lines").as_file()


def test_a_value_that_no_type_words_asks_for_words(site: Flask) -> None:
    columns: Columns[Line] = (Column("Name", lambda line: (line.name,)),)
    with site.test_request_context("/"), pytest.raises(TypeError, match="give the column its words"):
        Table("Lines", columns, LINES).body()


def test_for_a_file_the_whole_list_is_asked_for(site: Flask) -> None:
    with site.test_request_context("/?format=csv&page=2"):
        assert asked_page(100) == Page.whole()


# On a page of the application -------------------------------------------------------------------------------

MEMBERS = "/units/C/members"


@built_once
def bcu(app: Flask, session: Session) -> Unit:
    """A BCU with a team of 130, and people who may and may not take files out."""
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="C11")
    for number in range(130):
        make.member(session, number=f"{number:03}", name=f"=Member {129 - number:03}", team=team)
    for role in (Role.MANAGER, Role.OFFICER, Role.HMIC, Role.ADMIN):
        make.account(session, role=role, unit=bcu, email=f"{role.value}@force.example")
    session.commit()
    return bcu


@pytest.fixture
def manager(app: Flask, bcu: Unit) -> Visitor:
    return Visitor(app, "manager@force.example")


def test_a_list_of_people_is_taken_out_whole_filtered_and_in_the_order_of_the_page(manager: Visitor) -> None:
    answer = manager.open(f"{MEMBERS}?role=constable&sort=name&page=2&format=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="members-C-2026-11-16.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["number"] for row in rows] == [f"{number:03}" for number in reversed(range(130))]
    assert rows[0]["name"] == "'=Member 000"
    assert manager.open(f"{MEMBERS}?role=pcso&format=csv").text.splitlines() == [
        "name,number,role,unit,kind,fte,first_day,last_day"
    ]


def test_the_workbook_holds_the_same_as_text(manager: Visitor) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(manager.open(f"{MEMBERS}?format=xlsx").data))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 131
    assert rows[1][:4] == ["=Member 129", "000", "constable", "C11"]


def test_the_page_offers_the_file_and_the_other_orders_with_what_it_asks(manager: Visitor) -> None:
    page = manager.open(f"{MEMBERS}?role=constable&sort=-name").text
    assert f'href="{MEMBERS}?role=constable&amp;sort=-name&amp;format=csv"' in page
    assert 'aria-sort="descending"' in page
    assert f'href="{MEMBERS}?role=constable&amp;sort=-name&amp;page=2"' in page
    assert "1 to 100 of 130 postings" in page


def test_files_are_for_those_who_may_take_them_out(app: Flask, bcu: Unit) -> None:
    officer, inspectorate = (Visitor(app, f"{name}@force.example") for name in ("officer", "hmic"))
    assert "format=csv" not in officer.open("/units/C/establishment/history").text
    assert officer.open("/units/C/establishment/history?format=csv").status_code == 403
    assert inspectorate.open("/units/C/establishment/history?format=csv").status_code == 200
    assert inspectorate.open(f"{MEMBERS}?format=csv").status_code == 403


def test_a_page_without_a_list_has_no_file(manager: Visitor) -> None:
    assert manager.open("/account?format=csv").status_code == 404


def test_a_file_that_is_taken_out_is_noted_in_the_journal(manager: Visitor, session: Session) -> None:
    manager.open(f"{MEMBERS}?format=csv")
    manager.open("/units/C/months/2026-10/records?show=shifts&format=csv")
    noted = session.execute(
        select(Entry.act, Entry.record_type).order_by(Entry.sequence.desc()).limit(2)
    ).all()
    assert [tuple(each) for each in reversed(noted)] == [
        ("take out members-C-2026-11-16.csv", "members at unit"),
        ("take out records-C-2026-10.csv", "time away at unit"),
    ]


def test_accounts_are_sorted_and_cut_by_the_database(app: Flask, bcu: Unit, session: Session) -> None:
    for number in range(101):
        make.account(session, role=Role.OFFICER, unit=bcu, email=f"n{number:03}@force.example", name="Same")
    session.commit()
    admin = Visitor(app, "admin@force.example")
    first, second = (plain(admin.open(f"/units/C/accounts?sort=-email&page={n}").text) for n in (1, 2))
    assert "1 to 100 of 105 accounts" in first
    assert first.index("officer@force.example") < first.index("n100@force.example") < first.index("n099@")
    assert "n000@force.example" in second
    assert admin.open("/units/C/accounts?page=3").status_code == 404
    assert len(admin.open("/units/C/accounts?format=csv").text.splitlines()) == 106


def test_what_the_page_could_not_read_stays_out_of_its_links(manager: Visitor) -> None:
    answer = manager.open(f"{MEMBERS}?as-at=no+day&role=constable")
    assert answer.status_code == 422
    assert f'href="{MEMBERS}?role=constable&amp;page=2"' in answer.text
    answer = manager.open(f"{MEMBERS}?role=mine")
    assert f'href="{MEMBERS}?page=2"' in answer.text


def test_markup_and_the_text_that_it_equals_are_told_apart(site: Flask) -> None:
    columns: Columns[bool] = (
        Column("Name", lambda _is_markup: "x"),
        Column("Said", lambda is_markup: Markup("<b>") if is_markup else "<b>"),
    )
    with site.test_request_context("/"):
        assert Table("Lines", columns, [True, False, True]).body().count("&lt;b&gt;") == 1
        assert Table("Lines", columns, [False, True, False]).body().count("&lt;b&gt;") == 2
