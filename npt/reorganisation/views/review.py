"""A review of boundaries, step by step: what and when, which open, what hangs on them, done.

What the steps ask stands in the address, so that a review can be prepared and handed on; nothing is kept of
it until it is carried out.
"""

from collections.abc import Mapping
from typing import Any

from flask import Response, url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above
from npt.reorganisation.actions import Hanging, Scene, carry_out, hanging, names_are_shown
from npt.reorganisation.forms import CarryOverForm, carry_over_form, meanwhile
from npt.reorganisation.views.steps import Steps
from npt.reorganisation.wording import changes_in_words, done_in_words, notes_of
from npt.webkit.form_flow import seen_page
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit

pages = Pages("reorganisation")


@pages.form(
    "/units/<code>/boundary-review",
    needs=Permission.REVIEW_BOUNDARIES,
    within="code",
    shows_personal="key individuals at unit",
)
def review(visit: Visit[Unit]) -> Answer:
    """Merge, split or transfer neighbourhoods, and carry over all that hangs on them."""
    if visit.place.level is Level.NEIGHBOURHOOD:
        visit.found(None)
    steps = Steps(visit)
    visit.personal_record_id, visit.shows_personal = visit.place.id, False
    if steps.scene is None:
        return visit.render(**_around(visit, steps), status=422 if steps.is_refused else 200)
    return _carry(visit, steps, steps.scene)


def _around(visit: Visit[Unit], steps: Steps) -> dict[str, Any]:
    """What every step shows."""
    return {
        "steps": steps,
        "form": None,
        "above": above(visit, Permission.REVIEW_BOUNDARIES, lambda unit: _overview(unit.code)),
        "back_href": _overview(visit.place.code),
    }


def _carry(visit: Visit[Unit], steps: Steps, scene: Scene) -> Response:
    """The last step: what hangs on what closes, where each line goes, and all of it done."""
    found = hanging(scene, is_held=visit.is_sent)
    visit.shows_personal = names_are_shown(scene)
    form = carry_over_form(found)
    was_seen = form.has_seen(found.digest)
    return seen_page(
        visit,
        form,
        effect=lambda: found,
        act=lambda seen: carry_out(scene, seen, form.value()),
        saved=lambda opened: done_in_words(scene, opened),
        back_href=_overview(visit.place.code),
        page=lambda _: {
            **_around(visit, steps),
            **_parts(form, found),
            "scene": scene,
            "form": form,
            "notes": notes_of(scene),
            "changes": changes_in_words(meanwhile(found)) if visit.is_sent and not was_seen else (),
        },
        is_asked=False,
    )


def _parts(form: CarryOverForm, found: Hanging) -> Mapping[str, Any]:
    """The lines of each kind under its heading, which the page then shows."""
    form.show_lines(found)
    parts = [
        (carrier.heading, [form[line.name] for line in lines]) for carrier, lines in found.parts if lines
    ]
    empty = [carrier.heading.lower() for carrier, lines in found.parts if not lines]
    return {"parts": parts, "empty": empty}


def _overview(code: str) -> str:
    return url_for("overview.unit", code=code)
