"""The foot of a page of rates: by which definition, as at when, and the code that tells the figures again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from npt.counting.queries import DatedDefinition
from npt.counting.views.wording import table_changed
from npt.performance.figures_code import figures_code
from npt.performance.forms import CodeForm
from npt.performance.rules import RateRow

#: Another definition, and the rates of a page as that one counts them.
Beside = tuple[DatedDefinition, tuple[RateRow, ...]]


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under the rates of a page, on the screen and on paper."""

    definitions: tuple[str, ...]
    as_at: datetime
    code: str
    form: CodeForm
    #: the code that the address asks about; None where it asks nothing
    asked: str | None

    @property
    def status(self) -> int:
        """How the page is answered: 422 where what is asked can be no code."""
        return 422 if self.form.has_errors else 200


def foot_of(
    rows: Iterable[RateRow], definition: DatedDefinition, now: datetime, beside: Beside | None = None
) -> Foot:
    """The foot of a page that shows `rows`; the address may ask (`code`) if they are those of a print."""
    form = CodeForm()
    other, others = ([beside[0]], beside[1]) if beside else ([], ())
    return Foot(
        definitions=tuple(
            f"{each.name} ({each.code}); what counts last changed: {table_changed(each)}"
            for each in (definition, *other)
        ),
        as_at=now,
        code=figures_code((*rows, *others)),
        form=form,
        asked=form.asked(),
    )
