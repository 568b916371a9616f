"""The team's list of shifts, held against the list that Flask-Admin makes of the same rows in one process.

Both are behind the same sign-in, show the same fifty shifts of the team's month with their members and units,
and count them all. Flask-Admin is told to fetch members and units with the shifts: left alone it would ask
for each. What is ours beside the rows: the sums that they make up, and a note that personal data was seen.
"""

import warnings
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import flask_login
from flask import Flask
from sqlalchemy import ColumnElement, and_

from npt.access.rules import Role
from npt.demonstration.accounts import ACCOUNTS
from npt.demonstration.places import SHOWN_TEAM
from npt.kit.months import Month
from npt.kit.paging import FIRST_PAGE
from npt.organisation.models import Unit
from npt.shifts.models import Shift
from npt.webkit.extensions import db
from tests.bench.measures import CPU, Measure, Pair, interleaved
from tests.bench.pages import IN_A_ROW, PAIRS, WARM_UP, open_pages, served
from tests.bench.place import TODAY, Place
from tests.visiting import Visitor

_MONTH = Month.of(TODAY).plus(-1)
_OURS = f"/units/{SHOWN_TEAM}/months/{_MONTH}/records?show=shifts"
_THEIRS = "/bench/admin/shifts/"
_COLUMNS = ("on_date", "unit.code", "member.number", "member.name", "role", "starts_at", "ends_at", "minutes")


def _asked() -> ColumnElement[bool]:
    return and_(Unit.code == SHOWN_TEAM, Shift.on_date.between(_MONTH.first, _MONTH.last))


def _add_flask_admin(app: Flask) -> None:
    """The administration of shifts, for whoever is signed in."""
    # Only this row needs it (`make bench` installs it), and its templates are not ours to warn about.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from flask_admin import Admin
        from flask_admin.contrib.sqla import ModelView

    def of_the_team(view: Any, query: str) -> Any:
        return getattr(ModelView, query)(view).join(Shift.unit).filter(_asked())

    # made by type(): the package brings no types to inherit from
    shifts = type(
        "Shifts",
        (ModelView,),
        {
            "column_list": _COLUMNS,
            "column_select_related_list": (Shift.unit, Shift.member),
            "form_columns": ("on_date", "role"),
            "page_size": FIRST_PAGE.size,
            "is_accessible": lambda _view: flask_login.current_user.is_authenticated,
            "get_query": lambda view: of_the_team(view, "get_query"),
            "get_count_query": lambda view: of_the_team(view, "get_count_query"),
        },
    )
    Admin(app, url="/bench/admin").add_view(shifts(Shift, db, endpoint="bench_shifts", url=_THEIRS))


def _timings(place: Place) -> Iterator[Pair]:
    served(place, "sqlite")  # for its records; an application that has answered takes no further pages
    app = place.app(place.database("sqlite", "pages"))
    _add_flask_admin(app)
    visitor = Visitor(app, next(each.email for each in ACCOUNTS if each.role is Role.SERGEANT))
    for address in (_OURS, _THEIRS):
        rows = visitor.client.get(address).text.count("<tr")
        if rows < FIRST_PAGE.size:
            raise RuntimeError(f"{address} shows {rows} rows: there is nothing to measure")
    ours, theirs = partial(open_pages, visitor, _OURS), partial(open_pages, visitor, _THEIRS)
    for _ in range(WARM_UP):
        ours()
        theirs()
    for pair in interleaved(ours, theirs, pairs=PAIRS, clock=CPU):
        yield Pair(pair.work / IN_A_ROW, pair.against / IN_A_ROW)


MEASURES = [
    Measure(
        name="list-of-shifts",
        work=f"List of a team's shifts, {FIRST_PAGE.size} rows, SQLite",
        against="Flask-Admin's list of the same rows",
        counted="CPU",
        reach=Decimal("0.1"),
        timings=_timings,
    ),
]
