"""`npt account`: open an account, give it a new password, close it."""

import secrets
import sys

import click

from npt.access.rules import Role
from npt.accounts import actions
from npt.accounts.queries import account_of
from npt.commands.desk import desk, unit_of
from npt.people.actions import grant_role
from npt.store.transaction import writing

_PASSWORD = click.option(
    "--password-stdin",
    is_flag=True,
    help="Take the password from standard input; otherwise one is made and printed.",
)


@click.group()
def account() -> None:
    """Accounts: the ways into the system."""


@account.command()
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option(
    "--unit", "code", required=True, metavar="CODE", help="The role holds there and for everything under it."
)
@click.option("--name", help="The person's name. [default: the address up to the @]")
@_PASSWORD
def add(email: str, role: str, code: str, name: str | None, password_stdin: bool) -> None:
    """Open an account, or give an existing one a further role.

    \b
    Example: npt account add a.person@example.org --role sergeant --unit C11
    """
    with desk() as (session, _now), writing(session):
        unit = unit_of(session, code)
        found = account_of(session, email)
        new = None
        if found is None:
            new = _password(password_stdin)
            found = actions.open_account(
                session, email=email, name=name or email.partition("@")[0], password=new
            )
        grant_role(session, account=found, unit=unit, role=Role(role))
        click.echo(f"{found.email} is {Role(role).wording.lower()} at {unit.code} {unit.name}.")
        if new is not None and not password_stdin:
            click.echo(f"Password: {new}")


@account.command(name="password")
@click.argument("email")
@_PASSWORD
def renew_password(email: str, password_stdin: bool) -> None:
    """Give an account a new password and end its sessions.

    \b
    Example: npt account password a.person@example.org
    """
    with desk() as (session, now), writing(session):
        found = actions.existing_account(session, email)
        new = _password(password_stdin)
        actions.set_password(session, account=found, password=new, now=now)
        click.echo(f"{found.email} has a new password; its sessions have ended.")
        if not password_stdin:
            click.echo(f"Password: {new}")


@account.command()
@click.argument("email")
def close(email: str) -> None:
    """Close an account: its next request is refused. What it did stays in the journal.

    \b
    Example: npt account close a.person@example.org
    """
    with desk() as (session, now), writing(session):
        found = actions.existing_account(session, email)
        actions.close_account(session, account=found, now=now)
        click.echo(f"{found.email} is closed.")


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else secrets.token_urlsafe(12)


COMMANDS = [account]
