"""What the screens of work share: their declared routes, addresses, and what they read first."""

from typing import Any

from flask import request, url_for

from npt.access.rules import Permission, SignedIn
from npt.matters.models import Matter
from npt.matters.queries import matter_referred
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.webkit.converters import KEY
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found
from npt.work.actions import owner_called
from npt.work.forms import OwnerFields, RegisterForm
from npt.work.models import Action, Clock
from npt.work.queries import ActionLine, Mine, action_in, mine, owner_line, owners_offered, owners_under
from npt.work.rules import Owner
from npt.work.wording import matter_shown

pages = Pages("work")

OWN = SignedIn(because="it shows and changes only what the person, or their agency, owns")
#: Where the pages about one action, and one clock, of a unit stand.
ONE = f"/units/<code>/actions/<{KEY}:action_id>"
CLOCK = f"/units/<code>/clocks/<{KEY}:clock_id>"


def whose(visit: Visit[Any]) -> Mine:
    """As whom the person owns work."""
    return mine(visit.session, visit.person)


def action_here(visit: Visit[Unit], action_id: int) -> ActionLine:
    """The action, if it is of the unit of the address or of one under it; else "not found"."""
    return visit.found(action_in(visit.session, visit.place.path, action_id, today=visit.today))


def action_address(action: Action) -> str:
    """The page of an action of a unit."""
    return url_for("work.action", code=action.unit.code, action_id=action.id)


def register_address(code: str) -> str:
    """The register of a unit."""
    return url_for("work.register", code=code)


def breadcrumbs(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The registers of the units above and of this one, as far as they may be seen."""
    links = [
        *above(visit, Permission.SEE_ACTIONS, lambda unit: register_address(unit.code)),
        (visit.place.name, register_address(visit.place.code)),
    ]
    return [(f"Actions of {name}", address) for name, address in links]


def matter_asked(visit: Visit[Unit]) -> Matter | None:
    """The matter that the address names (`for`), which is of this unit and may be seen; else "not found"."""
    reference = request.args.get("for", "")
    if not reference:
        return None
    matter = matter_referred(visit.session, reference)
    if matter is None or matter.unit_id != visit.place.id:
        not_found()
    if not visit.may(matter.kind.needs, visit.place.path):
        not_found()
    return matter


def offer_owners(
    visit: Visit[Any], form: OwnerFields[Any], present: Owner | None = None, *, of: Unit | None = None
) -> None:
    """Let the form offer who can own work of a unit (that of the page), and whoever owns it at present."""
    offered = owners_offered(visit.session, of or visit.place, visit.today)
    known = present is None or any(line.owner == present for line in offered)
    there = None if known or present is None else owner_line(visit.session, present, visit.today)
    form.offer_owners(offered, there)


def asked_actions(visit: Visit[Unit]) -> RegisterForm:
    """The actions that the address asks for, by the filters of the register."""
    form = RegisterForm()
    form.offer_owners(owners_under(visit.session, visit.place.path))
    form.validate()
    return form


def shown_for(visit: Visit[Unit], matter: Matter | None) -> dict[str, Any]:
    """What a form for new work shows of the matter that it is for."""
    return {"matter": matter_shown(visit.person, matter), "above": breadcrumbs(visit)}


def owner_typed(visit: Visit[Any], form: OwnerFields[Any], *, of: Unit | None = None) -> Owner | None:
    """The owner who was named, else the one who was chosen. UnknownOwner, OwnerGone."""
    if form.owner_named.data:
        return owner_called(visit.session, form.owner_named.data, of or visit.place, visit.today)
    return None if form.owner.data is None else Owner.parse(form.owner.data)


def owner_needed(visit: Visit[Any], form: OwnerFields[Any], *, of: Unit | None = None) -> Owner:
    """As `owner_typed`, of a form that was validated to have one."""
    owner = owner_typed(visit, form, of=of)
    if owner is None:
        raise LookupError("the form was not validated")
    return owner


def board_address(code: str) -> str:
    """The board of a unit."""
    return url_for("work.board", code=code)


def clocks_address(code: str) -> str:
    """The clocks of a unit."""
    return url_for("work.clocks", code=code)


def clock_address(clock: Clock) -> str:
    """The page of a clock of a unit."""
    return url_for("work.clock", code=clock.unit.code, clock_id=clock.id)
