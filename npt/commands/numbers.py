"""Numbers in and out of the commands that judge figures."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

import click

from npt.commands.speech import say
from npt.kit.numbers import read_decimal, read_whole
from npt.kit.statistics import NotJudged

Number = TypeVar("Number")

FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


class NumberParameter(click.ParamType[Number], Generic[Number]):
    """A number as people write it, read by `read`."""

    def __init__(self, name: str, read: Callable[[str], Number]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Number:
        """The number; a usage error when it is none."""
        try:
            return self._read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


COUNT = NumberParameter("COUNT", read_whole)
NUMBER = NumberParameter("NUMBER", read_decimal)


@contextmanager
def told_as_usage(**options: str) -> Iterator[None]:
    """What cannot be judged is wrong usage (exit 2), told of its option.

    `options` names the option of an argument that is called otherwise.
    """
    try:
        yield
    except NotJudged as refusal:
        field = refusal.field or ""
        option = options.get(field, f"--{field.replace('_', '-')}")
        context = click.get_current_context()
        raise click.BadParameter(refusal.message, ctx=context, param_hint=f"'{option}'") from refusal


def print_json(**answer: object) -> None:
    """Print the answer as one JSON object."""
    say(json.dumps(answer, indent=2))
