"""`npt access-request`, `npt forget`, `npt retention`: what is held on people, and its end."""

from pathlib import Path
from time import sleep

import click
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from npt.commands.desk import desk, today_of
from npt.commands.speech import say
from npt.data_protection import actions
from npt.data_protection.exchange import write_access_request, write_list
from npt.data_protection.queries import person_named
from npt.data_protection.rules import Outcome
from npt.journal.actions import note_shown
from npt.kin.actions.erasure import KIND
from npt.kit.files import refusal_in_words
from npt.kit.refusals import Refusal
from npt.outbox.actions import erase_old
from npt.settings import Settings
from npt.store.transaction import begin_writing, writing

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
#: A pause between two people, in seconds: as long as one who waits to write to SQLite may take to look again.
_LET_IN = 0.1


class NotWritten(Refusal):
    """The answer to an access request could not be written."""


class ListNotWritten(Refusal):
    """Somebody is erased, and the list of erasures beside the database does not say so."""


class InEachOthersWay(Refusal):
    """Two transactions waited for one another, and the server ended this one."""


@click.command(name="access-request")
@click.argument("person", metavar="PERSON-REF")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.zip"
)
def access_request(person: str, target: Path) -> None:
    """Write all that is held on a person into FILE.zip: to read (index.html), as CSV and as JSON.

    A member is asked for by number, an account or a resident by email address, a key individual by the
    reference of their record; member and account are one person where the account is the member's. Names of
    others are left out. The journal says that it was done.

    \b
    Example: npt access-request 4711 --to answer.zip
    """
    with desk() as (session, now):
        found = person_named(session, person)
        session.rollback()
        with writing(session):
            note_shown(session, found.keys, "npt access-request")
        try:
            rows = write_access_request(session, found, target, today=today_of(now))
        except OSError as error:
            raise NotWritten(f"{target} was not written: {refusal_in_words(error)}") from error
        say(f"{rows:,} rows on the {found.said} are in {target}.")


@click.command()
@click.argument("person", metavar="PERSON-REF")
@click.option("--also-current", is_flag=True, help="Erase somebody who still works or signs in here, too.")
@_DRY_RUN
def forget(person: str, also_current: bool, dry_run: bool) -> None:
    """Erase a person: a member by number, an account or a resident by email address, a key individual by
    the reference of their record.

    A pseudonym takes the place of who they were; their shifts and every sum stay. Their account is closed,
    its roles, sessions and tokens end, a resident's links open nothing from then on, and no digest in the
    journal tells anything of them any more. It cannot be undone, and every restore does it again. PERSON-REF
    may say its kind: member:4711.

    \b
    Example: npt forget 4711 --dry-run
    """
    with desk() as (session, now):
        begin_writing(session)
        found = person_named(session, person)
        try:
            outcome = actions.forget(session, found, today=today_of(now), now=now, also_current=also_current)
        except OperationalError as error:
            raise _in_the_way(error) from error
        _end(session, outcome, dry_run=dry_run)
        say(f"The {found.said} would be erased." if dry_run else f"The {found.said} is erased.")


@click.command()
@_DRY_RUN
def retention(dry_run: bool) -> None:
    """Erase what has served its time: rows by the periods in docs/personal-data.md, people who left long ago.

    NPT_KEEP_PEOPLE_MONTHS says how long ago, of key individuals NPT_KEEP_KIN_MONTHS. Run it every day. Each
    person is saved alone: others can save in between, and what was broken off goes on when it is run again.

    \b
    Example: npt retention --dry-run
    """
    settings = Settings.from_environment()
    with desk() as (session, now):
        begin_writing(session)
        outcome = Outcome()
        parts = actions.retain(
            session,
            today=today_of(now),
            now=now,
            months=settings.keep_people_months,
            months_of={KIND: settings.keep_kin_months},
        )
        try:
            for part in parts:
                if not dry_run:
                    _commit(session, part)
                    sleep(_LET_IN)
                    begin_writing(session)
                outcome.merge(part)
            letters = erase_old(session, now=now)
        except OperationalError as error:
            raise _in_the_way(error) from error
        outcome.add("letter", "without a text from now on", letters.texts)
        outcome.add("letter", "deleted, their time is over", letters.letters)
        outcome.namings.clear()  # they were looked for again person by person
        _end(session, outcome, dry_run=dry_run)
        if not outcome.rows:
            say("Nothing has served its time.")


def _end(session: Session, outcome: Outcome, *, dry_run: bool) -> None:
    """Commit, or undo all of it; say what was done by table, and keep the list of erasures."""
    if dry_run:
        session.rollback()
        say_outcome(outcome)
        return
    _commit(session, outcome)
    say_outcome(outcome)
    keep_list(session)


def _commit(session: Session, outcome: Outcome) -> None:
    """Commit what was erased, and look for the names once more."""
    session.commit()
    if outcome.namings:
        with writing(session):
            outcome.look_again(actions.replace_late_names(session, outcome.namings))


def say_outcome(outcome: Outcome) -> None:
    """Say what was done by table, and what somebody has to read."""
    for (table, what), count in sorted(outcome.rows.items()):
        say(f"{table}: {count:,} {what}")
    for table, count in sorted(outcome.to_read.items()):
        say(f"{table}: {count:,} texts have the last name, or that of a namesake: read and correct them")


def keep_list(session: Session) -> None:
    """Bring the list of erasures beside the database up to what it knows. ListNotWritten."""
    file = Settings.from_environment().erasures
    if file is None:
        return
    try:
        write_list(session, file)
    except (OSError, Refusal) as error:
        raise ListNotWritten(
            f"what is said above is done, but the list of erasures could not be written to {file} ({error}):"
            " mend that, then run npt retention, which writes it"
        ) from error


def _in_the_way(error: OperationalError) -> Exception:
    if getattr(error.orig, "sqlstate", None) != "40P01":
        return error
    return InEachOthersWay(
        "somebody saved something of this person at the same moment. They are as they were: run it again"
    )


COMMANDS = [access_request, forget, retention]
