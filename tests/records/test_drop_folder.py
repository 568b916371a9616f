"""The drop folder of a duty system: good rows are taken, bad ones rejected, and nothing is lost."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.commands.files import ImportRefused
from npt.commands.files.drops import FolderBusy, Taken, held, take_drop, waiting
from npt.duty.exchange import IMPORTS
from npt.journal.queries import head
from npt.organisation.models import Unit
from npt.shifts.models import Shift
from npt.store.exchange import ImportOrder
from tests import make
from tests.records.files import HEADERS, NOW, TWO_SHIFTS, team_of_two

GOOD = HEADERS["duty"] + TWO_SHIFTS
BAD = "9,2026-11-16T14:00,2026-11-16T22:00,\n1,2026-11-17T14:00,2026-11-17T14:00,\n"


@pytest.fixture
def team(session: Session) -> Unit:
    made = team_of_two(session)
    session.commit()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    with held(folder):
        pass
    return folder


def drop(session: Session, folder: Path, content: str, *, name: str = "roster.csv", **order: bool) -> Taken:
    """Put a file of shifts into the folder, and let it be taken in."""
    (folder / name).write_text(content, encoding="utf-8")
    may_update = order.get("may_update", False)
    return take_drop(session, IMPORTS["duty"], folder / name, ImportOrder(may_update, NOW, NOW.date()))


def files(folder: Path) -> set[str]:
    """What lies where, hidden files apart."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def shifts(session: Session) -> int:
    session.rollback()
    count = session.scalar(select(func.count()).select_from(Shift)) or 0
    session.rollback()  # an open read would keep the command from writing
    return count


# Row by row -------------------------------------------------------------------------------------------------


def test_what_was_skipped_above_the_header_is_told(session: Session, team: Unit, folder: Path) -> None:
    taken = drop(session, folder, "sep=,\nRoster\n" + GOOD)
    assert taken.accepted == 2
    assert [(each.line, each.column) for each in taken.warnings] == [(1, "header"), (2, "header")]


def test_a_good_file_is_taken_and_moved_to_done(session: Session, team: Unit, folder: Path) -> None:
    taken = drop(session, folder, GOOD)
    assert taken.in_words == "roster.csv: 2 rows taken (2 added, 0 changed, 0 unchanged), 0 rejected."
    assert files(folder) == {"done/roster.csv"}
    assert shifts(session) == 2


def test_good_rows_are_taken_and_bad_ones_kept_apart(session: Session, team: Unit, folder: Path) -> None:
    taken = drop(session, folder, GOOD + BAD)
    assert (taken.accepted, taken.rejected) == (2, {4, 5})
    assert shifts(session) == 2
    assert files(folder) == {
        "done/roster.csv",
        "rejected/roster.csv",
        "rejected/roster.csv.reasons.csv",
    }
    assert (folder / "rejected/roster.csv").read_text() == HEADERS["duty"] + BAD


def test_the_reasons_stand_beside_the_rejects_with_the_accepted_count(
    session: Session, team: Unit, folder: Path
) -> None:
    drop(session, folder, GOOD + BAD)
    with open(folder / "rejected/roster.csv.reasons.csv", encoding="utf-8", newline="") as file:
        header, unknown, too_short, accepted = csv.reader(file)
    assert header == ["line", "column", "message"]
    assert unknown[:2] == ["4", "number"]
    assert "There is no member 9" in unknown[2]
    assert too_short[:2] == ["5", "ends"]
    assert accepted == ["", "accepted", "2"]


def test_rejects_that_were_mended_can_be_dropped_again(session: Session, team: Unit, folder: Path) -> None:
    drop(session, folder, GOOD + BAD)
    make.member(session, number="9", team=team)
    session.commit()
    again = (folder / "rejected/roster.csv").read_text().replace("2026-11-17T14:00,\n", "2026-11-17T22:00,\n")
    taken = drop(session, folder, again, name="mended.csv")
    assert (taken.accepted, taken.rejected) == (2, set())
    assert shifts(session) == 4


def test_a_cell_that_cannot_be_read_rejects_its_row_alone(session: Session, team: Unit, folder: Path) -> None:
    taken = drop(session, folder, GOOD + "1,tomorrow,2026-11-18T22:00,\n1,2026-11-18T22:00\n")
    assert (taken.accepted, taken.rejected) == (2, {4, 5})


def test_other_values_for_a_shift_are_rejected_unless_changes_are_allowed(
    session: Session, team: Unit, folder: Path
) -> None:
    drop(session, folder, GOOD)
    longer = GOOD.replace("2026-11-16T22:00,\n2", "2026-11-16T23:00,\n2")
    assert drop(session, folder, longer).rejected == {2}
    taken = drop(session, folder, longer, may_update=True)
    assert (taken.outcome.changed, taken.outcome.unchanged, taken.rejected) == (1, 1, set())


def test_a_namesake_of_an_earlier_day_is_kept_beside_it(session: Session, team: Unit, folder: Path) -> None:
    for _ in range(3):
        drop(session, folder, GOOD + BAD)
    assert {"done/roster.csv", "done/roster-2.csv", "done/roster-3.csv"} < files(folder)
    assert {"rejected/roster-3.csv", "rejected/roster-3.csv.reasons.csv"} < files(folder)


def test_a_row_for_the_time_that_another_row_could_not_free_is_rejected_alone(
    session: Session, team: Unit, folder: Path
) -> None:
    drop(session, folder, GOOD)
    shift = session.scalars(select(Shift).order_by(Shift.member_id)).first()
    assert shift is not None
    make.away(session, shift=shift, starts="2026-11-16T20:00", ends="2026-11-16T22:00")
    session.commit()
    # The first row may not shorten the shift, because of the time away; so the second has no room.
    rows = "1,2026-11-16T14:00,2026-11-16T18:00,\n1,2026-11-16T18:00,2026-11-16T23:00,\n"
    free = "2,2026-11-17T14:00,2026-11-17T22:00,\n"
    taken = drop(session, folder, HEADERS["duty"] + rows + free, may_update=True)
    assert (taken.accepted, taken.rejected) == (1, {2, 3})
    assert shifts(session) == 3


# Whole files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "number,starts,ending\n1,2026-11-16T14:00,2026-11-16T22:00\n",
        "",
        GOOD + '1,"never closed\n2,2026-11-18T14:00,2026-11-18T22:00,\n' + "x" * 1_100_000,
    ],
)
def test_of_a_file_that_cannot_be_read_nothing_is_taken(
    session: Session, team: Unit, folder: Path, content: str
) -> None:
    taken = drop(session, folder, content)
    assert taken.is_refused
    assert taken.in_words == (
        "roster.csv: refused, nothing was imported; see rejected/roster.csv.reasons.csv."
    )
    assert files(folder) == {"rejected/roster.csv", "rejected/roster.csv.reasons.csv"}
    assert (folder / "rejected/roster.csv").read_text() == content
    assert shifts(session) == 0


def test_files_wait_in_the_order_of_their_names_and_unfinished_ones_are_left_alone(folder: Path) -> None:
    for name in ("b.csv", "a.csv", "c.csv.part", ".d.csv", "e.tmp"):
        (folder / name).write_text("")
    assert [path.name for path in waiting(folder)] == ["a.csv", "b.csv"]


def test_two_imports_never_have_the_folder_at_once(folder: Path) -> None:
    with held(folder), pytest.raises(FolderBusy, match="Another import is running"), held(folder):
        pass
    with held(folder):
        pass


def test_a_run_that_died_holds_nothing(folder: Path) -> None:
    died = "import os, sys\nfrom pathlib import Path\nfrom npt.commands.files.drops import held\n"
    died += "with held(Path(sys.argv[1])):\n    os._exit(9)\n"
    ran = subprocess.run([sys.executable, "-c", died, str(folder)], check=False)
    assert ran.returncode == 9
    with held(folder):
        pass


# The command ------------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, database_url: str, team: Unit, session: Session) -> "Run":
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    session.rollback()
    return Run()


class Run:
    """The command; a refusal comes through, as the program that prints it sees it."""

    def __call__(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(npt, [str(each) for each in arguments], catch_exceptions=False)


def test_one_run_takes_what_is_there_in_the_order_of_names(
    run: Run, session: Session, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "carm.toml").write_text('may_update = true\n[columns.duty]\n"Collar No" = "number"\n')
    assert run("profile", "add", "carm", tmp_path / "carm.toml").output == "carm, version 1, is kept.\n"
    header = "Collar No,starts,ends\n"
    (folder / "2.csv").write_text(header + "1,2026-11-16T14:00,2026-11-16T23:00\n")
    (folder / "1.csv").write_text(header + "1,2026-11-16T14:00,2026-11-16T22:00\n9,,\n")
    ran = run("import", "duty", "--watch", folder, "--profile", "carm", "--once")
    assert ran.exit_code == 0
    assert "row by row" in ran.output
    assert "1.csv: 1 row taken (1 added, 0 changed, 0 unchanged), 1 rejected; see" in ran.output
    assert "2.csv: 1 row taken (0 added, 1 changed, 0 unchanged), 0 rejected." in ran.output
    assert session.scalars(select(Shift.minutes)).one() == 540
    assert files(folder) == {
        "done/1.csv",
        "done/2.csv",
        "rejected/1.csv",
        "rejected/1.csv.reasons.csv",
    }


def test_what_is_no_file_is_left_alone_and_keeps_no_other_waiting(
    run: Run, session: Session, folder: Path
) -> None:
    (folder / "1.csv").mkdir()
    (folder / "2.csv").symlink_to(folder / "nowhere.csv")
    (folder / "done/3.csv").mkdir()
    (folder / "3.csv").write_text(GOOD)
    ran = run("import", "duty", "--watch", folder, "--once")
    assert ran.exit_code == 0
    assert "3.csv: 2 rows taken" in ran.output
    assert (folder / "done/3-2.csv").is_file()


def test_a_file_is_imported_whole_or_not_at_all_under_a_profile(
    run: Run, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "carm.toml").write_text('[columns.duty]\n"Collar No" = "number"\n')
    run("profile", "add", "carm", tmp_path / "carm.toml")
    roster = tmp_path / "roster.csv"
    roster.write_text("Collar No,starts,ends\n1,2026-11-16T14:00,2026-11-16T22:00\n9,,\n")
    with pytest.raises(Exception, match="nothing was saved"):
        run("import", "duty", roster, "--profile", "carm")
    assert shifts(session) == 0
    roster.write_text("Collar No,starts,ends\n1,2026-11-16T14:00,2026-11-16T22:00\n")
    assert run("import", "duty", roster, "--profile", "carm").output == "1 added, 0 changed, 0 unchanged.\n"


def test_a_dry_run_looks_at_every_row_and_saves_nothing(run: Run, session: Session, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(GOOD)
    before = head(session)
    session.rollback()  # an open read would keep the command from writing
    ran = run("import", "duty", roster, "--dry-run")
    assert (ran.exit_code, ran.output) == (0, "Would be 2 added, 0 changed, 0 unchanged.\n")
    assert shifts(session) == 0
    assert head(session) == before
    roster.write_text(GOOD + BAD)
    with pytest.raises(Exception, match=r"2 things to correct in roster\.csv; nothing was saved"):
        run("import", "duty", roster, "--dry-run")
    assert shifts(session) == 0
    roster.write_text(GOOD)
    session.rollback()
    assert run("import", "duty", roster).output == "2 added, 0 changed, 0 unchanged.\n"
    assert shifts(session) == 2


def test_named_contacts_is_another_name_of_the_kind_contacts(
    run: Run, session: Session, team: Unit, tmp_path: Path
) -> None:
    make.neighbourhood(session, under=team, code="N1")
    session.commit()
    rows = "unit,number,from,to,kind\nN1,1,2026-04-01,,contact\n"
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text(rows)
    assert run("import", "named-contacts", file).output == "1 added, 0 changed, 0 unchanged.\n"
    assert run("import", "contacts", file).output == "0 added, 0 changed, 1 unchanged.\n"
    for kind in ("named-contacts", "contacts"):
        assert run("export", kind, "--to", out).exit_code == 0
        assert out.read_text() == rows


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//roster//EN
BEGIN:VEVENT
UID:1
SUMMARY:Late
DTSTART:20261116T140000Z
DTEND:20261116T220000Z
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Rest day
DTSTART;VALUE=DATE:20261117
END:VEVENT
END:VCALENDAR
"""


def test_a_members_calendar_is_imported_like_a_file_of_shifts(
    run: Run, session: Session, team: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "roster.ics"
    file.write_text(CALENDAR)
    first = run("import", "duty", file, "--number", "1")
    assert "1 added, 0 changed, 0 unchanged." in first.output
    assert "roster.ics:10: row: “Rest day” is a whole-day event and was skipped" in first.output
    assert "0 added, 0 changed, 1 unchanged." in run("import", "duty", file, "--number", "1").output
    file.write_text(CALENDAR.replace("T220000Z", "T210000Z"))
    for number in ("1", "77"):
        with pytest.raises(ImportRefused, match="1 thing to correct"):
            run("import", "duty", file, "--number", number)
    assert "0 added, 1 changed" in run("import", "duty", file, "--number", "1", "--update").output
    assert shifts(session) == 1


def test_londons_file_has_the_headings_that_are_asked_for(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    for option, month in (((), "Month of Abstraction"), (("--described",), "Month")):
        assert run("export", "london-abstractions", "--to", out, *option).exit_code == 0
        assert out.read_text().split(",")[0] == month
    assert run("export", "london-strengths", "--to", out, "--described").exit_code == 2


def test_profiles_are_listed_shown_and_removed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "carm.toml").write_text('[columns.duty]\n"Collar No" = "number"\n')
    run("profile", "add", "carm", tmp_path / "carm.toml")
    assert run("profile", "list").output.startswith("carm: version 1, ")
    assert '"Collar No" = "number"' in run("profile", "show", "carm").output
    assert run("profile", "remove", "carm").output == "carm, version 1, is removed.\n"
    assert run("profile", "list").output == ""
    assert ", removed " in run("profile", "show", "carm", "--version", "1").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["duty"], "Give a FILE, or a folder with --watch DIR"),
        (["members", "--watch", "."], "--watch is for duty, away, confirmations"),
        (["named-contacts", "--watch", "."], "--watch is for duty, away, confirmations"),
        (["members", __file__, "--profile", "carm"], "--profile is for duty and away only"),
        (["duty", __file__, "--once"], "Use --once with --watch"),
        (["duty", __file__, "--watch", "."], "Use --watch without a FILE"),
        (["duty", __file__, "--number", "1"], "--number is for a calendar (.ics), which "),
        (["away", __file__, "--number", "1"], "Use --number with duty and a calendar"),
        (["duty", __file__, "--number", "1", "--profile", "carm"], "Use --number with duty and a calendar"),
        (["duty", "--watch", ".", "--dry-run"], "Use --watch without a FILE and without --dry-run"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(run: Run, arguments: list[str], words: str) -> None:
    ran = run("import", *arguments)
    assert ran.exit_code == 2
    assert words in ran.output
