"""`npt account`: open an account, give it a new password or a token for a program, close it."""

import secrets
import sys
from datetime import date

import click

from npt.access.rules import Role
from npt.accounts import actions
from npt.accounts.queries import account_of
from npt.api.actions import make_token, revoke_token
from npt.api.models import ApiToken
from npt.api.queries import counting_tokens, tokens_of
from npt.commands.desk import DAY, desk, today_of, unit_of
from npt.commands.speech import say
from npt.kit.clock import day_in_words, moment_in_words
from npt.kit.stamps import Stamp
from npt.partners.actions import act_for, named_agencies
from npt.partners.queries import latest_membership
from npt.partners.rules import Vetting
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
    "--unit", "code", required=True, metavar="CODE", help="The role covers the unit and everything under it."
)
@click.option("--name", help="The person's name. [default: the address up to the @]")
@click.option("--agency", metavar="CODE", help="Of a partner: the agency for which they act.")
@click.option(
    "--vetting",
    type=click.Choice([each.value for each in Vetting]),
    default=Vetting.NONE.value,
    show_default=True,
    help="Of a partner: how they were vetted.",
)
@click.option("--vetted-until", type=DAY, help="The last day of their vetting.")
@_PASSWORD
def add(
    email: str,
    role: str,
    code: str,
    name: str | None,
    agency: str | None,
    vetting: str,
    vetted_until: date | None,
    password_stdin: bool,
) -> None:
    """Open an account, or give an existing one another role. A partner opens nothing without an agency.

    \b
    Example: npt account add a.person@example.org --role sergeant --unit C11
             npt account add b.person@council.example --role partner --unit C --agency LBC
    """
    with desk() as (session, now), writing(session):
        unit = unit_of(session, code)
        found = account_of(session, email)
        new = None
        if found is None:
            new = _password(password_stdin)
            found = actions.open_account(
                session, email=email, name=name or email.partition("@")[0], password=new
            )
        grant_role(session, account=found, unit=unit, role=Role(role))
        say(f"{found.email} is {Role(role).wording.lower()} at {unit.code} {unit.name}.")
        if agency is not None:
            (acted_for,) = named_agencies(session, [agency], "agency")
            act_for(
                session,
                found,
                agency=acted_for,
                vetting=Vetting(vetting),
                vetted_until=vetted_until,
                stamp=Stamp(None, now),
            )
            say(f"They act for {acted_for.code} {acted_for.name}.")
        elif Role(role) is Role.PARTNER and latest_membership(session, found.id) is None:
            say("They can open nothing until they act for an agency: add --agency CODE.")
        if new is not None and not password_stdin:
            say(f"Password: {new}")


@account.command(name="password")
@click.argument("email")
@_PASSWORD
def renew_password(email: str, password_stdin: bool) -> None:
    """Give an account a new password and end its sessions and tokens.

    \b
    Example: npt account password a.person@example.org
    """
    with desk() as (session, now), writing(session):
        found = actions.existing_account(session, email)
        new = _password(password_stdin)
        actions.set_password(session, account=found, password=new, now=now)
        say(f"{found.email} has a new password; its sessions and tokens have ended.")
        if not password_stdin:
            say(f"Password: {new}")


@account.command()
@click.argument("email")
def close(email: str) -> None:
    """Close an account: its next request is refused. Its entries stay in the journal.

    \b
    Example: npt account close a.person@example.org
    """
    with desk() as (session, now), writing(session):
        found = actions.existing_account(session, email)
        actions.close_account(session, account=found, now=now)
        say(f"{found.email} is closed.")


@account.command()
@click.argument("email")
@click.option("--name", required=True, help="The program it is for.")
@click.option("--until", type=DAY, help="The last day it is valid. [default: until it is revoked]")
def token(email: str, name: str, until: date | None) -> None:
    """Make a token for a program: it can do in /api/v1/ what the account can. It is shown only once.

    It ends when it is revoked, when the account has a new password, and after the day that --until gives.

    \b
    Example: npt account token rosters@example.org --name "duty system" --until 2027-03-31
    """
    with desk() as (session, now), writing(session):
        new = make_token(session, actions.existing_account(session, email), name, now=now, ends_on=until)
        say(f"Token: {new}")
        say("Save it now: it cannot be shown again.", err=True)


@account.command()
@click.argument("email")
def tokens(email: str) -> None:
    """List an account's tokens: names, when made and last used, and when they end.

    \b
    Example: npt account tokens rosters@example.org
    """
    with desk() as (session, now):
        account_id = actions.existing_account(session, email).id
        counting = counting_tokens(session, account_id, today_of(now))
        for each in tokens_of(session, account_id):
            used = f"last used on {day_in_words(each.last_used_on)}" if each.last_used_on else "never used"
            ends = _end_of(each, counts=each in counting)
            say(f"{each.name}: made {moment_in_words(each.made_at)}, {used}{ends}")


def _end_of(token: ApiToken, *, counts: bool) -> str:
    if token.revoked_at is not None:
        return f", revoked {moment_in_words(token.revoked_at)}"
    if token.ends_on is not None:
        return f", {'valid' if counts else 'was valid'} until {day_in_words(token.ends_on)}"
    return "" if counts else ", ended with the password"


@account.command()
@click.argument("email")
@click.option("--name", required=True, help="Which of the account's tokens.")
def revoke(email: str, name: str) -> None:
    """Revoke a token of an account: the next request that shows it is refused.

    \b
    Example: npt account revoke rosters@example.org --name "duty system"
    """
    with desk() as (session, now), writing(session):
        revoke_token(session, actions.existing_account(session, email), name, now=now)
        say(f"The token {name} of {email} no longer works.")


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else secrets.token_urlsafe(12)


COMMANDS = [account]
