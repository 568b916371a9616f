"""The actions and clocks of a matter, as a part of any matter's page.

A page of a matter renders `work=work_of(visit, matter)` and, in its template, calls `work_of_matter(work)`
of work/parts.html.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.webkit.listing import Table
from npt.webkit.visit import Visit
from npt.work.queries import ActionLine, ClockLine, actions_of_matter, clocks_of_matter
from npt.work.rules import MatterStage
from npt.work.views.clocks import clock_columns
from npt.work.views.door import action_address, clock_address
from npt.work.views.register import columns_of


@dataclass(frozen=True)
class MatterWork:
    """What is to be done for a matter, what runs on it, and the ways to more of both; "" for who may not."""

    actions: Table[ActionLine]
    clocks: Table[ClockLine]
    new_action_href: str
    new_clock_href: str


def work_of(
    visit: Visit[Any],
    matter: Matter,
    stage: MatterStage | None = None,
    actions: Sequence[ActionLine] | None = None,
) -> MatterWork | None:
    """The actions and clocks of a matter whose unit is loaded; None for whoever may not see actions there.

    `stage`: the one at which a problem is, which a new action is for unless somebody says otherwise.

    `actions`: those of the matter, where the page has asked for them. Three statements, or two.
    """
    if not visit.may(Permission.SEE_ACTIONS, matter.unit.path):
        return None
    if actions is None:
        actions = actions_of_matter(visit.session, matter, today=visit.today)
    running = clocks_of_matter(visit.session, matter, today=visit.today)
    may_set = visit.may(Permission.SET_ACTIONS, matter.unit.path)
    named: dict[str, Any] = {"code": matter.unit.code, "for": matter.reference}
    return MatterWork(
        Table(
            "Actions",
            columns_of(visit, with_matter=False),
            actions,
            href=lambda line: action_address(line.action),
        ),
        Table("Clocks", clock_columns(visit), running, href=lambda line: clock_address(line.clock)),
        url_for("work.new_action", **named, stage=stage and stage.value) if may_set else "",
        url_for("work.new_clock", **named) if may_set else "",
    )
