"""The foot of a page of rates: by which definition, as at when, and the code that tells the figures again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from npt.counting.queries import DatedDefinition
from npt.counting.views.wording import table_changed
from npt.performance.figures_code import figures_code
from npt.performance.forms import CodeForm
from npt.performance.rules import RateRow
from npt.webkit.filters import moment


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under the rates of a page, on the screen and on paper."""

    definitions: tuple[str, ...]
    as_at: str
    code: str
    form: CodeForm
    #: whether the figures still give the code that the address asks about; None where it asks nothing
    agrees: bool | None
    verdict: str


def foot_of(rows: Iterable[RateRow], definitions: Sequence[DatedDefinition], now: datetime) -> Foot:
    """The foot of a page that shows `rows`; the address may ask (`code`) if they are those of a print."""
    form, found = CodeForm(), figures_code(rows)
    asked = form.asked()
    agrees = None if asked is None else asked == found
    return Foot(
        definitions=tuple(
            f"{each.name} ({each.code}); what counts last changed: {table_changed(each)}"
            for each in definitions
        ),
        as_at=f"{moment(now)} (Europe/London)",
        code=found,
        form=form,
        agrees=agrees,
        verdict="" if agrees is None else _verdict(agrees, asked or ""),
    )


def _verdict(agrees: bool, asked: str) -> str:
    if agrees:
        return f"The figures are those that were printed with the code {asked}. None has changed since."
    return (
        f"The figures are not those that were printed with the code {asked}: a record, or what counts, has"
        " changed since, or the print is of another unit, month or definition."
    )
