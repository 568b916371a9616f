"""What was signed, worked out again from its records; and the PDF of a month, held against its library alone."""

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from npt.commands.doctor import CHECKS
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.packs.printing import pdf_of
from npt.packs.queries import pack_of
from npt.packs.views.page import page_of
from npt.seals.actions import seal_month
from npt.seals.queries import edition_of, verdict_on
from npt.store.transaction import writing
from npt.webkit.extensions import db
from npt.webkit.visit import doors
from tests.bench.measures import CPU, WAITING, Measure, Pair, interleaved
from tests.bench.pages import served
from tests.bench.place import TODAY, Place

_PAIRS = 5
_FORCE, _MONTH = "BEDS", Month.of(TODAY).previous
#: A month has about five pages of tables; as often they stand in the document of forty.
_TIMES = 12
_ALONE = (
    "import sys\nfrom weasyprint import HTML\n"
    'sys.stdout.buffer.write(HTML(string=sys.stdin.read()).write_pdf(pdf_variant="pdf/ua-1"))'
)


def _force() -> Unit:
    unit = unit_at(db.session(), _FORCE)
    if unit is None:
        raise RuntimeError(f"there is no unit {_FORCE}")
    return unit


def _verify() -> None:
    session = db.session()
    session.rollback()
    seal = edition_of(session, _force(), _MONTH)
    if seal is None or not verdict_on(session, seal, TODAY).is_same:
        raise RuntimeError("the month is not as it was signed")


def _examine() -> None:
    session = db.session()
    session.rollback()
    for check in CHECKS:
        check(session)


def _verified(place: Place) -> Iterator[Pair]:
    with served(place, "sqlite").app_context():
        session = db.session()
        with writing(session):
            stamp = Stamp(None, doors().now())
            seal_month(session, unit=_force(), month=_MONTH, stamp=stamp, reason="Measured.")
        _verify()
        _examine()
        yield from interleaved(_verify, _examine, pairs=_PAIRS, clock=CPU)


def _printed(place: Place) -> Iterator[Pair]:
    with served(place, "sqlite").app_context():
        page = page_of(pack_of(db.session(), _force(), _MONTH, TODAY), with_actions=True)
    begins = page.index('<div class="wide">')
    tables = page[begins : page.index("</body>")]
    html = page.replace("</body>", f"{tables * _TIMES}</body>")
    alone = partial(
        subprocess.run, [sys.executable, "-c", _ALONE], input=html.encode(), capture_output=True, check=True
    )
    yield from interleaved(partial(pdf_of, html), alone, pairs=_PAIRS, clock=WAITING)


MEASURES = [
    Measure(
        name="review-verify",
        work="`npt review verify` of a force month",
        against="`npt doctor`",
        counted="CPU",
        reach=Decimal(2),
        timings=_verified,
    ),
    Measure(
        name="pack-pdf",
        work="PDF of 40 pages, in a process of its own",
        against="WeasyPrint alone on the same HTML",
        counted="time",
        reach=Decimal("1.2"),
        timings=_printed,
    ),
]
