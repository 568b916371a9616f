"""The button that takes an act on the roster back."""

from npt.access.rules import Permission
from npt.duty.views.door import taken_back
from npt.organisation.models import Unit
from npt.rostering.views.door import edit_address, pages, stretch_asked
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.write(
    f"/teams/<code>/roster/acts/<{KEY}:roster_act_id>/undo", needs=Permission.RECORD_DUTY, within="code"
)
def undo(visit: Visit[Unit], roster_act_id: int) -> Answer:
    """Take the act back, whole, or say why it stays."""
    stretch = stretch_asked(visit)
    here = edit_address(visit.place.code, stretch.days.first, stretch.length)
    return button(
        visit,
        act=lambda: taken_back(visit, roster_act_id),
        saved=lambda act: f"Undone: {act.summary}.",
        back_href=here,
    )
