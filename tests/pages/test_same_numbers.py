"""The same numbers by page, interface for programs, command and export, for one unit and month."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.api.actions import make_token
from npt.commands import npt
from npt.kit.clock import local_midnight
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole
from npt.webkit.filters import hours
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

REASONS = ("custody", "response", "training", "sickness")


@built_once
def bcu(session: Session) -> Unit:
    """BCU C, whose two teams had a constable and a PCSO each on duty in October 2026, now and then away."""
    bcu = make.bcu(session, code="C")
    area = make.area(session, under=bcu, code="C1")
    for place in (1, 2):
        team = make.team(session, under=area, code=f"T{place}")
        for number, role in enumerate((PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.SPECIAL)):
            member = make.member(session, number=f"{place}{number}", role=role, team=team)
            for day in range(1, 29, place + number + 1):
                on = f"2026-10-{day:02}"
                shift = make.shift(session, member=member, starts=f"{on}T08:00", ends=f"{on}T17:30")
                reason = REASONS[(day + number) % 4]
                ends = f"{on}T{8 + place:02}:{day:02}"
                make.away(session, shift=shift, starts=f"{on}T08:00", ends=ends, reason=reason)
        for day in range(1, 20):
            make.confirmation(session, unit=team, day=date(2026, 10, day))
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example")
    session.commit()
    return bcu


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str, session: Session, bcu: Unit) -> None:
    """The command asks the same database."""
    session.rollback()
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")


def by_command(*arguments: str) -> str:
    ran = CliRunner().invoke(npt, arguments, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


def by_program(app: Flask, session: Session, address: str) -> Any:
    account = existing_account(session, "manager@force.example")
    token = make_token(session, account, f"asks {address}"[:80], now=local_midnight(date(2026, 11, 1)))
    session.commit()
    answer = app.test_client().get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


@pytest.mark.usefixtures("environment")
def test_rates_are_the_same_by_page_program_command_and_export(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    commanded = json.loads(by_command("rates", "--unit", "C", "--month", "2026-10", "--format", "json"))
    assert {row["group"] for row in commanded} == {"officers", "pcsos"}
    assert all(row["abstracted_minutes"] for row in commanded)

    assert by_program(app, session, "rates?unit=C&month=2026-10") == commanded

    manager = Visitor(app, "manager@force.example")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", manager.open("/units/C/months/2026-10").text))
    for row in commanded:
        assert f"{float(row['rate']):.1f}%" in page

    downloaded = csv.DictReader(io.StringIO(manager.open("/units/C/months/2026-10.csv").text))
    here = [row for row in downloaded if (row["unit"], row["month"]) == ("C", "2026-10")]
    assert here == [_as_cells(row) for row in commanded]

    by_command(
        "export", "london-abstractions", "--unit", "C", "--month", "2026-10", "--to", f"{tmp_path}/l.csv"
    )
    minutes: Counter[str] = Counter()
    with open(tmp_path / "l.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            minutes[row["Abstracted From Duty"]] += int(row["Abstraction Minutes"])
    assert minutes["Yes"] == sum(row["abstracted_minutes"] for row in commanded)
    assert minutes.total() == sum(row["duty_minutes"] for row in commanded)


@pytest.mark.usefixtures("environment")
def test_headroom_is_the_same_by_page_program_and_command(app: Flask, session: Session) -> None:
    asked = ("headroom", "--unit", "C", "--month", "2026-10", "--format", "json")
    commanded = json.loads(by_command(*asked))
    assert by_program(app, session, "headroom?unit=C&month=2026-10") == commanded

    rated = json.loads(by_command("rates", "--unit", "C", "--month", "2026-10", "--format", "json"))
    assert [
        (row["group"], row["duty_minutes"], row["used_minutes"] + row["planned_minutes"]) for row in commanded
    ] == [(row["group"], row["duty_minutes"], row["abstracted_minutes"]) for row in rated]

    page = Visitor(app, "manager@force.example").open("/units/C/headroom?month=2026-10").text
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for row in commanded:
        taken = row["used_minutes"] + row["planned_minutes"] + row["left_minutes"]
        assert taken == row["allowed_minutes"] == row["target"] * row["duty_minutes"] // 100
        lengths = [row["duty_minutes_so_far"], row["duty_minutes_rostered"], row["allowed_minutes"]]
        lengths += [row["used_minutes"], row["planned_minutes"], row["left_minutes"]]
        words = " ".join(hours(minutes) for minutes in lengths)
        assert f"C {words} {float(row['pace']):.1f}% {float(row['coverage']):.1f}%" in shown


def _as_cells(row: dict[str, Any]) -> dict[str, str]:
    """The row as a spreadsheet has it."""
    cells = {name: "" if value is None else str(value) for name, value in row.items()}
    return {**cells, "reason": "", "within": cells["within"].lower()}


@pytest.mark.usefixtures("environment")
def test_two_definitions_are_side_by_side_by_program_command_and_export_alike(
    app: Flask, session: Session
) -> None:
    asked = ("rates", "--unit", "C", "--month", "2026-10", "--with", "inspectorate")
    commanded = json.loads(by_command(*asked, "--format", "json"))
    assert [(row["group"], row["definition"]) for row in commanded] == [
        (group, code) for group in ("officers", "pcsos") for code in ("local-2008", "inspectorate")
    ]
    assert by_program(app, session, "rates?unit=C&month=2026-10&with=inspectorate") == commanded

    manager = Visitor(app, "manager@force.example")
    downloaded = csv.DictReader(
        io.StringIO(manager.open("/units/C/months/2026-10.csv?with=inspectorate").text)
    )
    here = [row for row in downloaded if (row["unit"], row["month"]) == ("C", "2026-10")]
    assert sorted(here, key=lambda row: row["group"]) == [_as_cells(row) for row in commanded]

    alone = by_command(*asked[:-2], "--code")
    assert re.fullmatch("[0-9a-f]{12}\n", alone)
    assert by_command(*asked, "--code") != alone


@pytest.mark.usefixtures("environment")
def test_strength_is_the_same_by_page_program_command_and_export(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    commanded = json.loads(by_command("staffing", "--unit", "C", "--as-at", "2026-10-31", "--format", "json"))
    assert by_program(app, session, "staffing?unit=C&as-at=2026-10-31") == commanded

    by_command("export", "london-strengths", "--unit", "C", "--month", "2026-10", "--to", f"{tmp_path}/s.csv")
    fte: Counter[str] = Counter()
    with open(tmp_path / "s.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fte[row["Rank"].lower()] += int(float(row["FTE"]))
    strengths = {row["role"]: row["strength"] for row in commanded["roles"]}
    assert fte == {role: strengths[role] for role in ("constable", "pcso")}

    page = Visitor(app, "manager@force.example").open("/units/C/staffing?as-at=2026-10-31").text
    for role in ("constable", "pcso"):
        assert re.search(
            rf"(?i){role}s?\b.{{0,400}}?\b{strengths[role]}\b", re.sub(r"<[^>]+>", " ", page), re.S
        )


@pytest.mark.usefixtures("environment")
def test_shifts_and_time_away_are_the_same_by_program_and_export(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    for kind in ("duty", "away"):
        by_command("export", kind, "--unit", "C", "--month", "2026-10", "--to", f"{tmp_path}/{kind}.csv")
        with open(tmp_path / f"{kind}.csv", encoding="utf-8", newline="") as file:
            exported = list(csv.DictReader(file))
        given = by_program(app, session, f"{kind}?unit=C&month=2026-10")["rows"]
        assert [{name: value or "" for name, value in row.items()} for row in given] == exported


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("by", ["role", "reason"])
def test_rates_by_role_and_reason_are_the_same_by_program_and_command_and_add_up_to_the_groups(
    app: Flask, session: Session, by: str
) -> None:
    asked = ("rates", "--unit", "C", "--month", "2026-10", "--format", "json")
    commanded = json.loads(by_command(*asked, "--by", by))
    assert by_program(app, session, f"rates?unit=C&month=2026-10&by={by}") == commanded

    groups = {row["group"]: row for row in json.loads(by_command(*asked))}
    lost: Counter[str] = Counter()
    for row in commanded:
        group = row["group"] if row["group"] in groups else "pcsos" if row["group"] == "pcso" else "officers"
        lost[group] += row["abstracted_minutes"]
    assert lost == {group: row["abstracted_minutes"] for group, row in groups.items()}


@pytest.mark.usefixtures("environment")
def test_staffing_is_the_same_by_page_program_command_and_export(
    app: Flask, session: Session, bcu: Unit, tmp_path: Path
) -> None:
    make.establishment(session, unit=bcu, role=PolicingRole.CONSTABLE, posts=4)
    session.commit()
    asked = ("staffing", "--unit", "C", "--as-at", "2026-10-31")
    commanded = json.loads(by_command(*asked, "--format", "json"))
    known = {row["role"]: row for row in commanded["roles"]}
    assert known["constable"] == {
        "role": "constable",
        "strength": 2,
        "establishment": 4,
        "vacancy": 2,
        "fill": 50,
    }

    assert by_program(app, session, "staffing?unit=C&as-at=2026-10-31") == commanded

    by_command("export", "postings", "--unit", "C", "--to", f"{tmp_path}/postings.csv")
    strength: defaultdict[str, Decimal] = defaultdict(Decimal)
    with open(tmp_path / "postings.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["from"] <= "2026-10-31" <= (row["to"] or "9999"):
                strength[row["role"]] += Decimal(row["fte"])
    assert strength == {role: row["strength"] for role, row in known.items() if row["strength"]}

    shown = Visitor(app, "manager@force.example").open("/units/C/staffing?as-at=2026-10-31").text
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))
    assert "Constables 2 Constables: see the vacancies 2/4 2 constables of 4 posts 4 50.0% 2" in page
    for role, row in known.items():
        if row["establishment"] is None:
            plural = PolicingRole(role).plural
            assert f"{row['strength']} {plural}; establishment not known" in page


@pytest.mark.parametrize("is_counted", [False, True])
@pytest.mark.usefixtures("environment")
def test_strength_with_student_officers_and_specialists_is_the_same_everywhere(
    app: Flask, session: Session, bcu: Unit, tmp_path: Path, is_counted: bool
) -> None:
    day = date(2026, 10, 31)
    team = unit_at(session, "T1")
    assert team is not None
    make.student(session, unit=team, starts_on=date(2026, 10, 1))
    force = session.get_one(Unit, bcu.parent_id)
    make.student_rule(session, force=force, starts_on=day, is_counted=is_counted)
    make.line_management(
        session, specialist=make.specialist(session, posting=make.posting(session, unit=team))
    )
    session.commit()
    commanded = json.loads(by_command("staffing", "--unit", "C", "--as-at", "2026-10-31", "--format", "json"))
    strength = next(row["strength"] for row in commanded["roles"] if row["role"] == "constable")
    assert strength == 3 + is_counted
    assert by_program(app, session, "staffing?unit=C&as-at=2026-10-31") == commanded

    by_command("export", "london-strengths", "--unit", "C", "--month", "2026-10", "--to", f"{tmp_path}/s.csv")
    with open(tmp_path / "s.csv", encoding="utf-8", newline="") as file:
        fte = sum(Decimal(row["FTE"]) for row in csv.DictReader(file) if row["Rank"] == "Constable")
    assert fte == strength

    told = by_program(app, session, "students?unit=C&as-at=2026-10-31")
    assert (told["students"], told["in_strength"]) == (1, is_counted)
    specialists = by_program(app, session, "specialists?unit=C&as-at=2026-10-31")
    assert (specialists["specialists"], specialists["line_managed"]) == (1, 1)
    assert specialists["without_line_manager"] == 2

    printed = by_command("staffing", "--unit", "C", "--as-at", "2026-10-31")
    page = plain(Visitor(app, "manager@force.example").open("/units/C/staffing?as-at=2026-10-31").text)
    for sentence in (
        f"1 student officer, {'' if is_counted else 'not '}counted in strength.",
        "1 NSO, line-managing 1 PCSO; 2 PCSOs without a line manager.",
    ):
        assert sentence in printed
        assert sentence in page
