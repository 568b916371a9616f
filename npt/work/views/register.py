"""The register of a unit: its actions, filtered by the address."""

from typing import Any

from flask import request, url_for

from npt.access.rules import Permission
from npt.kit.money import pounds_in_words, pounds_of
from npt.organisation.models import Unit
from npt.webkit.asked import asked_page
from npt.webkit.filters import day
from npt.webkit.listing import Column, Columns, Table, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.models import Action
from npt.work.queries import ActionLine, Asked, actions_under
from npt.work.views.door import action_address, asked_actions, breadcrumbs, pages
from npt.work.wording import TONES, due_in_words, matter_shown, state_in_words


def columns_of(visit: Visit[Unit], *, with_matter: bool = True) -> Columns[ActionLine]:
    """The columns of a list of actions, as the person may see them."""
    today = visit.today

    def about(line: ActionLine) -> str:
        matter = matter_shown(visit.person, line.action.matter)
        return line.action.unit.name if matter is None else matter.words

    def reference(line: ActionLine) -> str:
        matter = line.action.matter
        is_seen = matter is not None and visit.may(matter.kind.needs, line.action.unit.path)
        return matter.reference if matter is not None and is_seen else ""

    def due_tone(line: ActionLine) -> str:
        return "bad" if line.action.is_overdue(today) else ""

    return (
        Column(
            "What",
            lambda line: line.action.what,
            holds_words=True,
            is_sortable=True,
            below=about if with_matter else None,
        ),
        Column("Unit", lambda line: line.action.unit.code, is_on_page=False),
        Column("For", reference, is_on_page=False),
        Column("Ref", lambda line: line.action.reference, is_on_page=False),
        Column(
            "Owner",
            lambda line: line.owner_name,
            holds_words=True,
            is_sortable=True,
            below=lambda line: "has gone: give it to somebody else" if line.is_without_owner else "",
        ),
        Column(
            "Due",
            lambda line: line.action.due_on,
            words=day,
            is_sortable=True,
            tone=due_tone,
            below=lambda line: due_in_words(line.action, today),
        ),
        Column(
            "State",
            lambda line: state_in_words(line.action),
            is_sortable=True,
            tone=lambda line: TONES[line.action.state],
            in_file=lambda line: line.action.state.value,
        ),
        Column("Done on", lambda line: line.action.ended_on, is_on_page=False),
        Column(
            "Cost",
            lambda line: line.action.cost_pence,
            words=pounds_in_words,
            unknown="–",
            is_number=True,
            is_sortable=True,
            in_file=lambda line: pounds_of(line.action.cost_pence),
        ),
        Column("Result", lambda line: line.action.result or "", is_on_page=False),
    )


@pages.read("/units/<code>/actions", needs=Permission.SEE_ACTIONS, within="code")
def register(visit: Visit[Unit]) -> Answer:
    """The actions of the unit and of those under it: those still to be done, unless others are asked for."""
    form = asked_actions(visit)
    return visit.render(
        form=form,
        table=_actions(visit, form.asked(visit.today)),
        may_set=visit.may(Permission.SET_ACTIONS, visit.place.path),
        assign_href=url_for("work.assign", code=visit.place.code, **_filters()),
        above=breadcrumbs(visit)[:-1],
    )


def _actions(visit: Visit[Unit], asked: Asked) -> Table[ActionLine]:
    """The page of those actions that the address asks for, in its order."""
    columns = columns_of(visit)
    found = actions_under(
        visit.session,
        visit.place.path,
        asked,
        today=visit.today,
        page=asked_page(),
        sorting=sorting_asked_of(columns),
    )
    file = f"actions-{visit.place.code}-{visit.today}"
    return Table("Actions", columns, found, href=_address, noun="actions", file=file)


def _address(line: ActionLine) -> str:
    action: Action = line.action
    return action_address(action)


def _filters() -> dict[str, Any]:
    """What the address asks of the register, for the page that assigns the same actions."""
    asked = ("state", "owner", "due", "kind", "without-owner")
    return {name: request.args[name] for name in asked if request.args.get(name)}
