"""The review of a unit's month: exceptions first, what was said and done, then every measure."""

from collections.abc import Sequence
from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import default_definition
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.performance.views.door import month_address
from npt.performance.views.signed import signed_part
from npt.reviews.queries import MonthRead, Reviewed, month_read, names_of, reviewed
from npt.reviews.rules import exceptions_first, flagged_by_chance
from npt.reviews.views.door import REVIEW, check_reviewed, pages, review_address
from npt.reviews.views.meeting import meeting_shown
from npt.reviews.views.shown import RANKING, MeasureShown, measures_shown, month_columns
from npt.reviews.wording import RULE_SET, by_chance_in_words
from npt.webkit.listing import Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.queries import ActionLine
from npt.work.views.door import action_address
from npt.work.views.matter_part import work_of
from npt.work.views.register import columns_of


@pages.read(REVIEW, needs=Permission.SEE_STAFFING, within="code")
def review(visit: Visit[Unit], month: Month) -> Answer:
    """The review of a month; on a screen in a meeting (`?meeting=1`), one measure at a time."""
    check_reviewed(visit, month)
    definition = default_definition(visit.session)
    read = month_read(visit.session, visit.place, month, definition=definition, today=visit.today)
    said = reviewed(visit.session, visit.place, month, today=visit.today)
    accounts = {each.account_id for each in read.rebases.values() if each.account_id is not None}
    measures = measures_shown(visit, read, said, names_of(visit.session, accounts))
    first = [_of(measures, each.measure.code) for each in exceptions_first(read.readings)]
    rest = [each for each in measures if each not in first]
    return visit.render(
        month=month,
        exceptions=first,
        measures=measures,
        whole=said.said_of(None),
        by_chance=by_chance_in_words(*flagged_by_chance(read.readings)),
        rule_set=RULE_SET,
        definition=definition,
        ranking=RANKING,
        month_columns=month_columns(read),
        meeting=meeting_shown(visit, month, [*first, *rest]) if request.args.get("meeting") else None,
        **_around(visit, month, read, said),
    )


def _of(measures: list[MeasureShown], code: str) -> MeasureShown:
    return next(each for each in measures if each.code == code)


def _around(visit: Visit[Unit], month: Month, read: MonthRead, said: Reviewed) -> dict[str, Any]:
    """The ways to other pages, and what is done about the month."""
    place = visit.place
    may_write = visit.may(Permission.REVIEW_MONTHS, place.path)
    sees_actions = visit.may(Permission.SEE_ACTIONS, place.path)
    actions = said.actions_before if sees_actions else ()
    return {
        "is_future": month.first > visit.today,
        "is_current": month == Month.of(visit.today),
        "previous_href": review_address(place.code, month.previous),
        "next_href": review_address(place.code, month.next) if month < Month.of(visit.today) else "",
        "month_href": month_address(place.code, month),
        "signed": signed_part(visit, month),
        "meeting_href": review_address(place.code, month, meeting=1),
        "may_write": may_write and month.first <= visit.today,
        "may_act": may_write and visit.may(Permission.SET_ACTIONS, place.path),
        "work": None if said.review is None else work_of(visit, said.review.matter),
        "before": _actions(visit, actions) if sees_actions else None,
        "overdue": [line for line in actions if line.action.is_overdue(visit.today)],
        "above": above(visit, Permission.SEE_STAFFING, lambda unit: review_address(unit.code, month)),
    }


def _actions(visit: Visit[Unit], lines: Sequence[ActionLine]) -> Table[ActionLine]:
    return Table(
        "Actions of the month before",
        columns_of(visit, with_matter=False),
        lines,
        href=lambda line: action_address(line.action),
    )
