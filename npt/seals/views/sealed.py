"""What was signed of a month, and what the records give now."""

from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import definition_coded
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.performance.views.door import month_address
from npt.seals.models import Seal
from npt.seals.queries import content_now, content_of, editions_of, verdict_on
from npt.seals.views.door import SEAL, check_signed_level, pages, seal_address
from npt.seals.views.figures_table import FigureLine, figures_table
from npt.seals.wording import changes_in_words, signed_in_words, unconfirmed_in_words
from npt.webkit.asked import asked_value, this_address
from npt.webkit.listing import Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Records named on the page for each measure; the command line names them all.
_MOST_NAMED = 20


@pages.read(SEAL, needs=Permission.SEE_STAFFING, within="code")
def sealed(visit: Visit[Unit], ended: Month) -> Answer:
    """The editions of a month; every figure as signed and now, of the latest or the one asked for."""
    check_signed_level(visit)
    editions = editions_of(visit.session, visit.place, ended)
    if not editions:
        return visit.render(seal=None, **_around(visit, ended))
    asked = asked_value("edition", int) or editions[0].edition
    seal = visit.found(next((each for each in editions if each.edition == asked), None))
    return visit.render(
        seal=seal,
        signed=signed_in_words(seal, ended),
        unconfirmed=unconfirmed_in_words(seal),
        editions=[(each, seal_address(visit.place, ended, each.edition)) for each in editions],
        table=_figures(visit, seal),
        **_records(visit, seal),
        **_around(visit, ended),
    )


def _figures(visit: Visit[Unit], seal: Seal) -> Table[FigureLine]:
    """The figures that were signed, and those that the records give now."""
    month, definition = seal.month, visit.found(definition_coded(visit.session, seal.definition))
    now = content_now(
        visit.session, visit.place, month, definition=definition, today=visit.today, with_records=False
    )
    name = f"sign-off-{visit.place.code}-{month}-{seal.edition}"
    return figures_table(
        f"{month.title}: as signed off, and now", content_of(visit.session, seal), now, name=name
    )


def _records(visit: Visit[Unit], seal: Seal) -> dict[str, Any]:
    """Which records are others now, where the address asks: a month of a force has tens of thousands."""
    verdict = verdict_on(visit.session, seal, visit.today) if "check" in request.args else None
    restated = () if verdict is None else verdict.restated
    return {
        "verdict": verdict,
        "changed": [(each.measure.name, changes_in_words(each, _MOST_NAMED)) for each in restated],
        "check_href": this_address(check="records"),
    }


def _around(visit: Visit[Unit], month: Month) -> dict[str, Any]:
    may_sign = visit.may(Permission.SIGN_MONTHS, visit.place.path) and month.last < visit.today
    return {
        "month": month,
        "month_href": month_address(visit.place.code, month),
        "may_sign": may_sign,
    }
