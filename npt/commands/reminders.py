"""`npt remind`: queue the daily letters of people whom something waits for."""

from collections.abc import Callable, Sequence
from datetime import date

import click
from sqlalchemy.orm import Session

from npt.commands.desk import desk, today_of
from npt.commands.speech import say
from npt.outbox.actions import queue_daily
from npt.outbox.queries import DailyDue, daily_due
from npt.outbox.rules import DailyPart, LetterFacts
from npt.priorities.queries import daily_parts as refused_since
from npt.reminders.queries import daily_parts
from npt.reminders.rules import Addresses
from npt.settings import Settings
from npt.store.transaction import writing
from npt.webkit.public_addresses import Build, addresses_at, public_url
from npt.work import rules as work
from npt.work.queries import daily_parts as actions_due


def _days_to_confirm(session: Session, today: date, build: Build) -> list[DailyPart]:
    addresses = Addresses(
        day=lambda code, on: build("duty.day", {"code": code, "on": on}),
        week=lambda code, on: build("duty.confirmations", {"code": code, "week": on.isoformat()}),
    )
    return daily_parts(session, today=today, addresses=addresses)


def _actions_due(session: Session, today: date, build: Build) -> list[DailyPart]:
    addresses = work.Addresses(
        action=lambda action_id: build("work.my_action", {"action_id": action_id}),
        all_of_mine=build("work.my_actions", {}),
    )
    return actions_due(session, today=today, addresses=addresses)


def _refused(session: Session, today: date, build: Build) -> list[DailyPart]:
    return refused_since(
        session,
        today=today,
        address=lambda code, key: build("priorities.priority", {"code": code, "priority_id": key}),
    )


#: What has something to say in a daily letter, in the order in which the letter says it.
CONTRIBUTORS: tuple[Callable[[Session, date, Build], list[DailyPart]], ...] = (
    _days_to_confirm,
    _actions_due,
    _refused,
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the emails and queue none.")
def remind(dry_run: bool) -> None:
    """Queue today's email to everyone whom something waits for; npt send sends it.

    Supervisors are told of the days gone by of this month and the last that no one has confirmed, everybody
    of their actions that are overdue or due within two days, and whoever leads a priority that it was
    refused as solved. Safe to run again and again: whoever has the
    email of today gets no other. Needs NPT_PUBLIC_URL.

    \b
    Example: npt remind && npt send --once
    """
    url = public_url(Settings.from_environment())
    with desk() as (session, now):
        build = addresses_at(url)
        parts = [part for ask in CONTRIBUTORS for part in ask(session, today_of(now), build)]
        if dry_run:
            due = daily_due(session, parts, now=now)
            _show(due.letters)
        else:
            session.rollback()
            with writing(session):
                due = queue_daily(session, parts, now=now)
            say(f"{emails(len(due.letters))} queued." if due.letters else "No email queued.")
        _say_who_is_left_out(due, is_empty=not parts)


def _show(letters: Sequence[LetterFacts]) -> None:
    for each in letters:
        say(f"To: {each.to_name} <{each.to_address}>\nSubject: {each.subject}\n\n{each.text}")
    say(f"{emails(len(letters))} would be queued; none was.")


def _say_who_is_left_out(due: DailyDue, *, is_empty: bool) -> None:
    """Say who has today's letter already, and at whose address no letter arrives."""
    if is_empty:
        say("No one to remind: every day of this month and last is confirmed and no action is")
        say("due, or no one can confirm or owns them, or they want no emails.")
    if due.had_it:
        say(f"{emails(due.had_it)} of today had been queued before.")
    for name in due.unreachable:
        say(f"{name}: no email, their address does not work; correct it, or see their account", err=True)


def emails(count: int) -> str:
    """So many emails, in words."""
    return f"{count:,} email{'' if count == 1 else 's'}"


COMMANDS = [remind]
