"""`npt review`: a month's figures, its sign-off, and whether the records still give what was signed."""

import json

import click

from npt.commands.desk import MONTH, desk, today_of, unit_of
from npt.commands.figures import FORMATS, show_rows
from npt.commands.speech import say
from npt.counting.queries import default_definition
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.seals.actions import seal_month
from npt.seals.exchange import REVIEW_COLUMNS, month_lines, months_as_json
from npt.seals.queries import content_now, content_of, edition_of, verdict_on
from npt.seals.rules import Restated
from npt.seals.wording import changes_in_words, restated_in_words
from npt.store.transaction import writing


class NotSigned(Refusal):
    """There is no such edition."""


class NotAsSigned(Refusal):
    """The records do not give what was signed, and it is not for what was lawfully erased."""


_UNIT = click.option("--unit", "code", required=True, metavar="CODE", help="The BCU or force.")
_OF_MONTH = click.option("--month", type=MONTH, required=True, help="The month.")
_EDITION = click.option("--edition", type=click.IntRange(1), help="The edition. [default: the latest]")


@click.group()
def review() -> None:
    """The monthly review of a BCU or force: its figures, and its sign-off."""


@review.command()
@_UNIT
@_OF_MONTH
@_EDITION
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def show(code: str, month: Month, edition: int | None, form: str) -> None:
    """Every figure of a month: as signed off, if it was, and as the records give it now.

    \b
    Example: npt review show --unit C --month 2026-10 --format csv
    """
    with desk() as (session, now):
        unit, today = unit_of(session, code), today_of(now)
        seal = edition_of(session, unit, month, edition)
        if edition is not None and seal is None:
            raise _not_signed(code, month, edition)
        content = content_now(
            session, unit, month, definition=default_definition(session), today=today, with_records=False
        )
        signed = None if seal is None else content_of(session, seal)
        if form == "json":
            say(json.dumps(months_as_json(content, seal, signed), indent=2))
        else:
            show_rows(REVIEW_COLUMNS, month_lines(content, signed), form)


@review.command()
@_UNIT
@_OF_MONTH
@click.option("--reason", metavar="WORDS", help="Why, with days unconfirmed, or once more.")
def seal(code: str, month: Month, reason: str | None) -> None:
    """Sign a month off: its figures are kept as an edition, which nothing reopens.

    \b
    Example: npt review seal --unit C --month 2026-10
    """
    with desk() as (session, now), writing(session):
        unit = unit_of(session, code)
        made = seal_month(session, unit=unit, month=month, stamp=Stamp(None, now), reason=reason)
        say(f"{month.title} of {unit.name} is signed off, edition {made.edition}: {made.hash}")


@review.command()
@_UNIT
@_OF_MONTH
@_EDITION
def verify(code: str, month: Month, edition: int | None) -> None:
    """Work a signed month out again from its records; exit 1 when they do not give what was signed.

    Each record that is another now is named by its kind and number, with what counted of it and what counts
    now. What was lawfully erased is told, and is no fault.

    \b
    Example: npt review verify --unit C --month 2026-10
    """
    with desk() as (session, now):
        unit = unit_of(session, code)
        found = edition_of(session, unit, month, edition)
        if found is None:
            raise _not_signed(code, month, edition)
        verdict = verdict_on(session, found, today_of(now))
        said = f"{month.title} of {unit.name}, edition {found.edition}"
        if verdict.is_same:
            say(f"Same: the records give what was signed. {said}: {found.hash}")
            return
        if verdict.has_other_counting:
            say(f"What counts under {found.definition} was changed since.")
        for each in verdict.restated:
            say(_told(each))
            for line in changes_in_words(each, len(each.records)):
                say(f"  {line}")
        if verdict.is_altered:
            raise NotAsSigned(
                f"{said} was altered in the database: its figures and records do not give its hash. Find out"
                " who has write access, and compare a backup."
            )
        if not verdict.is_sound:
            raise NotAsSigned(f"{said} was restated since sign-off: the records now give {verdict.hash_now}")
        say(f"{said} differs from what was signed only in what was lawfully erased.")


def _told(restated: Restated) -> str:
    if not restated.is_restated:
        return f"{restated.measure.name}: the same figure, from other records"
    return f"{restated.measure.name}: {restated_in_words(restated.measure, restated.now)}"


def _not_signed(code: str, month: Month, edition: int | None) -> NotSigned:
    which = "" if edition is None else f" as edition {edition}"
    return NotSigned(
        f"{month.title} of {code} is not signed off{which}: npt review seal --unit {code} --month {month}"
        " signs it"
    )


COMMANDS = [review]
