"""Commands speak through one door, and nothing that somebody typed moves a terminal's cursor."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from npt.commands import npt
from npt.commands.speech import harmless, say

COMMANDS = Path(__file__).parents[2] / "npt" / "commands"
_ANOTHER_WAY = re.compile(r"\b(?:click\.)?(?:echo|secho|echo_via_pager)\(|(?<!console\.)\bprint\(")
CURE = "speak through `say` of npt/commands/speech.py"


def other_ways(text: str) -> list[str]:
    """The lines of a command that speak past `say`."""
    return [line.strip() for line in text.splitlines() if _ANOTHER_WAY.search(line)]


def test_every_command_speaks_through_say() -> None:
    found = {
        file.name: lines
        for file in COMMANDS.rglob("*.py")
        if file.name != "speech.py" and (lines := other_ways(file.read_text()))
    }
    assert not found, f"{CURE}: {found}"


@pytest.mark.parametrize("line", ["click.echo(name)", "    print(name)", "click.secho(name, fg='red')"])
def test_a_command_that_speaks_past_it_is_seen(line: str) -> None:
    assert other_ways(f"import click\n{line}\n") == [line.strip()]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Zoë O’Brien, 22:00–07:00", "Zoë O’Brien, 22:00–07:00"),
        ("\x1b[2J\x1b]0;title\x07Ann", "�[2J�]0;title�Ann"),
        ("one\rtwo\x9b31m", "one�two�31m"),
        ("left \u202e thgir", "left � thgir"),
        ("a\tb\nc\n", "a\tb\nc\n"),
    ],
)
def test_what_is_not_seen_is_not_said(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert harmless(typed) == said
    say(typed, nl=False)
    assert capsys.readouterr().out == said


def commands_of(group: click.Group) -> Iterator[click.Command]:
    """Every command of a group, those of its groups too."""
    for command in group.commands.values():
        yield from commands_of(command) if isinstance(command, click.Group) else (command,)


def poor_help(command: click.Command) -> list[str]:
    """What the help of a command lacks, and what of it is code."""
    lines = inspect.cleandoc(command.help or "").splitlines()
    code = [line.strip() for line in lines if re.match(r"\s*(?:from \S+ )?import \S+", line)]
    return [*code, *([] if any(line.startswith("Example: npt ") for line in lines) else ["no example"])]


def test_the_help_of_every_command_ends_with_an_example_and_holds_no_code() -> None:
    found = {command.name: lacks for command in commands_of(npt) if (lacks := poor_help(command))}
    assert not found, f"end the docstring of the command with \\b and Example: npt …: {found}"


def test_help_with_code_and_an_indented_example_is_seen() -> None:
    text = "Write.\n\n    from npt.sheets import writing\n\n        Example: npt export duty"
    assert poor_help(click.Command("export", help=text)) == ["from npt.sheets import writing", "no example"]
