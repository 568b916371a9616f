"""What commands say, to a terminal or a file: never anything that moves a terminal's cursor or colours it."""

import click

_KEPT = "\n\t"


def harmless(text: str) -> str:
    """The text with every character that is not seen, but line breaks and tabs, as �."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in _KEPT else "\ufffd" for each in text)


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print the text; `err` on standard error, `nl` with a line break at its end."""
    click.echo(harmless(text), err=err, nl=nl)
