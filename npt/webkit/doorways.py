"""Whether the door of a page is open to whoever comes: by a permission at its place, or by a share."""

from sqlalchemy.orm import Session

from npt.access.rules import Permission, ShareLevel, Viewer
from npt.webkit.errors import DoorClosed
from npt.webkit.routes import Needs, Route
from npt.webkit.visit import Matter, Place, doors, not_found


def check_door(needs: Needs, viewer: Viewer | None, place: Place | None) -> None:
    """Refuse (DoorClosed) whoever may not do what the page needs at the place."""
    path = place.path if place is not None else None
    if isinstance(needs, Permission) and (viewer is None or not viewer.may(needs, path)):
        is_seen = place is not None and viewer is not None and viewer.may(Permission.SEE_UNITS, path)
        raise DoorClosed(needs, "" if place is None else place.name if is_seen else "this unit")


def enter_matter(
    session: Session, route: Route, viewer: Viewer | None, reference: str
) -> tuple[Matter, ShareLevel | None]:
    """The matter of the page, and the level at which a share opens it to a partner; None for who needs none.

    Whoever may do nowhere what the page needs is told so before anything is looked for (DoorClosed). For all
    others what is not there, what is another unit's and what is not shared look the same: not found.
    """
    is_partner = route.shared is not None and viewer is not None and viewer.agency_id is not None
    if not is_partner:
        check_door(route.needs, viewer, None)
    matter = doors().matter(session, reference)
    if matter is None or viewer is None:
        not_found()
    if isinstance(route.needs, Permission) and viewer.may(route.needs, matter.path):
        return matter, None
    level = doors().shared(session, viewer, matter.id) if is_partner else None
    if level is None or route.shared is None or not level.opens(route.shared):
        not_found()
    return matter, level
