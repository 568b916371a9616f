"""`npt demo`: load the demonstration force, or say who can sign in to it."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from npt.commands.desk import desk, today_of, unit_of
from npt.commands.files import ending_of, take_in, write_kind
from npt.commands.speech import say
from npt.demonstration.accounts import (
    INSPECTED_AREA,
    INSPECTOR,
    MANAGER,
    PARTNER,
    SERGEANT,
    accounts_in_words,
    check_demonstration_password,
    give_password,
    open_accounts,
)
from npt.demonstration.agreed import agree_priorities
from npt.demonstration.communities import name_specialists, say_for_neighbourhoods
from npt.demonstration.cover import want_cover
from npt.demonstration.documents import file_papers
from npt.demonstration.engagement import listen
from npt.demonstration.force import DEFAULT_SEED, KINDS, Force
from npt.demonstration.incidents import record_incidents
from npt.demonstration.kin import know_people
from npt.demonstration.letters import write_letters
from npt.demonstration.losses import lose, report
from npt.demonstration.mark_file import chosen_password, keep_password, kept_password, marked
from npt.demonstration.operations import plan_operations
from npt.demonstration.partners import work_with_partners
from npt.demonstration.patterns import add_patterns
from npt.demonstration.places import FORCE_CODE, LUTON
from npt.demonstration.priorities import review_priorities
from npt.demonstration.problems import record_problems
from npt.demonstration.profiles import write_profiles
from npt.demonstration.reviews import review_months
from npt.demonstration.volunteer_hours import add_plans
from npt.demonstration.work import set_work
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.settings import Settings, folder_of
from npt.sheets.reading import count_rows
from npt.store.exchange import ImportOrder
from npt.store.transaction import begin_writing, writing


class NotEmpty(Refusal):
    """The demonstration force was to be loaded into a database that has units."""


class NotADemonstration(Refusal):
    """A database was treated as a demonstration that is none."""


@click.command()
@click.option(
    "--if-empty",
    is_flag=True,
    help="Before serving: leave a database that has units as it is, and say nothing of accounts.",
)
@click.option("--accounts", "only_accounts", is_flag=True, help="Only say which accounts there are.")
@click.option(
    "--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another number makes other people."
)
def demo(if_empty: bool, only_accounts: bool, seed: int) -> None:
    """Load the demonstration force into an empty database: Bedfordshire as published in 2008, as if today.

    Beside an embedded database it leaves a mark that this is a demonstration; a database server needs
    NPT_DEMONSTRATION=1.

    \b
    Example: npt demo --if-empty
    """
    settings = Settings.from_environment()
    if only_accounts:
        say(demonstration_accounts(settings))
        return
    with desk() as (session, now):
        begin_writing(session)
        if session.scalar(select(Unit.id).limit(1)) is not None:
            if not if_empty:
                raise NotEmpty(
                    "The database has units already, and nothing was loaded: give an empty one by"
                    " NPT_DATABASE_URL, and prepare it with npt db upgrade"
                )
            session.rollback()
            _renew_password(session, settings, now)
            say("The database has units already: they stay as they are.")
            return
        password = _load(session, settings, Force(seed, today_of(now)), now)
    if not if_empty:  # where it is asked for before serving, `npt serve` says who can sign in
        say(f"\n{accounts_in_words(password)}")


def demonstration_accounts(settings: Settings) -> str:
    """The accounts of the demonstration and their password. NotADemonstration where it is none."""
    if not settings.is_demonstration:
        raise NotADemonstration(
            "This database is not a demonstration: npt demo loads one into an empty database"
        )
    return accounts_in_words(kept_password(settings) or settings.demo_password)


def upkeep_in_words(settings: Settings) -> str:
    """How to stop a demonstration and, where its database is a file, start afresh and choose the password."""
    lines = ["To stop, press Ctrl+C."]
    if folder_of(settings.database_url) is not None:
        file = Path(make_url(settings.database_url).database or "")
        shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
        lines += [
            f"To start afresh, stop it, then: rm {shlex.quote(str(shown))}* && make run",
            "To choose the password, stop it, then: NPT_DEMO_PASSWORD='four plain words here' make run",
        ]
    return "\n".join(lines)


def _load(session: Session, settings: Settings, force: Force, now: datetime) -> str:
    """Save the whole force or nothing, in the write transaction that the session is in; the password."""
    if folder_of(settings.database_url) is None and not settings.is_demonstration:
        raise NotADemonstration(
            "NPT_DEMONSTRATION=1 is not set: set it, here and where the application is served, if this"
            " database server is meant for a demonstration"
        )
    password = chosen_password(settings)
    check_demonstration_password(password)
    with TemporaryDirectory() as folder:
        files = {kind: Path(folder, f"{kind}{ending_of(kind)}") for kind in KINDS}
        for kind, file in files.items():
            write_kind(kind, file, force.rows(kind))
        with _progress(sum(count_rows(file) or 0 for file in files.values())) as advance:
            order = ImportOrder(may_update=False, now=now, today=force.today, progress=advance)
            for kind, file in files.items():
                problems = take_in(session, kind, file, order).problems
                if problems:
                    raise RuntimeError(f"the demonstration force cannot be taken in: {problems[0]}")
    add_patterns(session, unit_of(session, FORCE_CODE))
    add_plans(session, unit_of(session, FORCE_CODE), force.calendar)
    want_cover(session, unit_of(session, FORCE_CODE), force.calendar.first, force.today)
    open_accounts(session, force, password)
    say_for_neighbourhoods(session, now, force.today)
    name_specialists(session, force.today)
    record_incidents(session, force.seed, force.calendar)
    write_profiles(session, force.seed, now, force.today)
    review_priorities(session, force.seed, force.today)
    know_people(session, force.seed, force.today)
    work_with_partners(
        session,
        partner=PARTNER,
        sharer=SERGEANT,
        manager=MANAGER,
        password=password,
        today=force.today,
    )
    plan_operations(session, unit_of(session, INSPECTED_AREA), INSPECTOR, force.today)
    lose(session, unit_of(session, LUTON.code), force.seed, force.calendar)
    report(session, force.calendar)
    file_papers(session, force.today)
    record_problems(session, force.seed, force.today)
    set_work(session, unit_of(session, FORCE_CODE), force.seed, force.today)
    agree_priorities(session, force.seed, force.today)
    listen(session, force.seed, force.calendar, SERGEANT, now)
    write_letters(session, unit_of(session, LUTON.code), force.today)
    review_months(session, Month.of(force.today))
    with marked(settings):
        keep_password(settings, password)
        session.commit()
    say(
        f"The demonstration force is loaded, as it is on {force.today.isoformat()}:"
        f" {len(force.people.everybody):,} members, {len(force.shifts):,} shifts."
    )
    return password


def _renew_password(session: Session, settings: Settings, now: datetime) -> None:
    """Give the accounts the password of NPT_DEMO_PASSWORD where it is another than theirs."""
    wanted = settings.demo_password
    if not settings.is_demonstration or wanted is None or wanted == kept_password(settings):
        return
    if folder_of(settings.database_url) is None:
        return  # a server keeps no password to compare with
    check_demonstration_password(wanted)
    with writing(session):
        give_password(session, wanted, now)
        keep_password(settings, wanted)


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while rows are dealt with; nothing where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Loading the demonstration force", total=rows)
        yield lambda done: bar.update(task, advance=done)


COMMANDS = [demo]
