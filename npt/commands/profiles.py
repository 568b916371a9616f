"""`npt profile`: what another system calls things, kept so that its files can be read as they are."""

from pathlib import Path

import click

from npt.commands.desk import desk
from npt.commands.speech import say
from npt.interchange.actions import add_profile, remove_profile
from npt.interchange.exchange import profile_text, read_profile
from npt.interchange.queries import profile_named, profiles
from npt.interchange.rules import ProfileRefused
from npt.kit.clock import moment_in_words
from npt.store.transaction import writing


@click.group()
def profile() -> None:
    """Profiles: another system's columns, codes and dates, for import with --profile."""


@profile.command()
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add(name: str, file: Path) -> None:
    """Keep the profile that FILE (TOML) says under NAME; under a name that exists, as its next version.

    \b
    Example: npt profile add carm carm.toml
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ProfileRefused(f"{file.name} is not text in UTF-8: save it as UTF-8 and try again") from None
    with desk() as (session, now), writing(session):
        number, is_new = add_profile(session, read_profile(session, name, text), now=now)
        say(f"{name}, version {number}, {'is kept' if is_new else 'is the same already: nothing changed'}.")


@profile.command()
@click.argument("name")
@click.option(
    "--version", "number", type=click.IntRange(min=1), help="An earlier version. [default: the last]"
)
def show(name: str, number: int | None) -> None:
    """Print the profile NAME as the file that `npt profile add` reads.

    \b
    Example: npt profile show carm > carm.toml
    """
    with desk() as (session, _now):
        kept = profile_named(session, name, number)
        removed = "" if kept.removed_at is None else f", removed {moment_in_words(kept.removed_at)}"
        say(f"# {name}, version {kept.number}, of {moment_in_words(kept.added_at)}{removed}")
        say(profile_text(kept.profile), nl=False)


@profile.command(name="list")
def list_profiles() -> None:
    """List the profiles.

    \b
    Example: npt profile list
    """
    with desk() as (session, _now):
        for kept in profiles(session):
            kinds = " and ".join(kept.profile.columns) or "no columns of its own"
            say(
                f"{kept.profile.name}: version {kept.number}, {moment_in_words(kept.added_at)}, {kinds},"
                f" {len(kept.profile.reasons)} reasons, {len(kept.profile.teams)} teams"
            )


@profile.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the profile NAME. Its versions can still be shown.

    \b
    Example: npt profile remove carm
    """
    with desk() as (session, now), writing(session):
        kept = remove_profile(session, name, now=now)
        say(f"{name}, version {kept.number}, is removed.")


COMMANDS = [profile]
