"""What is told of an agency's day, and what has to be done before a share is withdrawn."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.commands import npt
from npt.commands.files import take_in
from npt.kit.stamps import Stamp
from npt.partners.actions import add_group, withdraw
from npt.partners.exchange import SHOWN_COLUMNS, shown_on
from npt.partners.queries import lasting_groups, latest_membership
from npt.store.exchange import ImportOrder
from npt.work.actions import set_action
from npt.work.actions.withdrawals import StillOwns
from npt.work.rules import ActionFacts, ActionState, Owner, OwnerKind
from tests import make

#: In the night in which the clocks go back: 01:30 by the first of two.
NIGHT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_of_a_clock_change_is_told_in_local_time(session: Session) -> None:
    matter, agency = make.matter(session, reference="DOC-7"), make.agency(session)
    share = make.share(session, matter=matter, agency=agency, now=NIGHT)
    withdraw(session, share, stamp=Stamp(None, NIGHT + timedelta(hours=1)))
    (row,) = shown_on(session, agency, date(2026, 10, 25))
    told = dict(zip(SHOWN_COLUMNS, row, strict=True))
    assert (told["reference"], told["level"]) == ("DOC-7", "summary")
    assert told["from"] == "2026-10-25T01:30:00+01:00"
    assert told["until"] == "2026-10-25T01:30:00+00:00"
    assert shown_on(session, agency, date(2026, 10, 26)) == []


def test_the_command_tells_the_same(
    session: Session, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = make.agency(session, code="LBC")
    make.share(session, matter=make.matter(session, reference="DOC-7"), agency=agency, now=NIGHT)
    session.commit()
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    answer = CliRunner().invoke(npt, ["shown", "LBC", "--on", "2026-10-26", "--format", "json"])
    (told,) = json.loads(answer.stdout)
    assert told["reference"] == "DOC-7"
    assert told["until"] == "2026-10-27T00:00:00+00:00"


def test_the_groups_of_a_file_are_asked_for_once_and_a_new_one_is_told_of_once(
    session: Session, tmp_path: Path
) -> None:
    add_group(session, code="cdrp", name="Town partnership")
    rows = [f"agency{number},Agency {number},cdrp fresh\n" for number in range(5)]
    file = tmp_path / "agencies.csv"
    file.write_text("code,name,groups\n" + "".join(rows), encoding="utf-8")
    asked: list[str] = []

    def note(_c: object, _u: object, sql: str, *_: object) -> None:
        if sql.startswith("SELECT") and "WHERE agency_group.code" in sql.replace("\n", ""):
            asked.append(sql)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    taken = take_in(session, "agencies", file, ImportOrder(False, NIGHT, NIGHT.date()))
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 1
    assert [warning.column for warning in taken.outcome.warnings] == ["groups"]
    belonging = lasting_groups(session).values()
    assert [[group.code for group in groups] for groups in belonging] == [["cdrp", "fresh"]] * 5


def test_a_share_is_withdrawn_only_once_the_agency_owns_nothing_of_the_matter(session: Session) -> None:
    matter, agency = make.matter(session), make.agency(session)
    share = make.share(session, matter=matter, agency=agency, now=NIGHT)
    facts = ActionFacts("Mend the lights", Owner(OwnerKind.AGENCY, agency.id), date(2026, 11, 30))
    stamp, today = Stamp(None, NIGHT), date(2026, 10, 25)
    action = set_action(session, stamp=stamp, today=today, unit=matter.unit, facts=facts, matter=matter)
    with pytest.raises(StillOwns, match="1 open action here"):
        withdraw(session, share, stamp=Stamp(None, NIGHT + timedelta(hours=1)))
    action.state, action.ended_on = ActionState.DONE, today
    session.flush()
    withdraw(session, share, stamp=Stamp(None, NIGHT + timedelta(hours=1)))
    assert not share.opens_at(NIGHT + timedelta(hours=1))


def test_a_partner_account_is_opened_with_its_agency_at_once(
    session: Session, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.agency(session, code="LBC")
    make.bcu(session, code="C")
    session.commit()
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    words = ["account", "add", "ash@council.example", "--role", "partner", "--unit", "C"]
    assert "open nothing until they act for an agency" in CliRunner().invoke(npt, words).stdout
    assert "They act for LBC Agency LBC." in CliRunner().invoke(npt, [*words, "--agency", "LBC"]).stdout
    account = session.scalars(select(Account).where(Account.email == "ash@council.example")).one()
    member = latest_membership(session, account.id)
    assert member is not None
    assert (member.agency.code, member.vetted_until) == ("LBC", None)
