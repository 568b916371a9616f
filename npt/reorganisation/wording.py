"""A review of boundaries in sentences."""

from collections.abc import Sequence

from npt.organisation.models import Unit
from npt.reorganisation.actions import Scene
from npt.reorganisation.forms import Meanwhile
from npt.reorganisation.queries import are_bounded, roles_held_at
from npt.webkit.filters import plural


def notes_of(scene: Scene) -> list[str]:
    """What is not carried over by a line, and what becomes of it. Two statements."""
    count = roles_held_at(scene.session, scene.ids)
    bounded = are_bounded(scene.session, scene.ids)
    roles = (
        f"{plural(count, 'role')} held on what closes stay there: whoever manages accounts gives them anew."
        if count
        else ""
    )
    if scene.is_split:
        ground = "No boundary: nobody can tell how the ground is divided until new boundaries are imported."
    elif bounded:
        ground = "The boundaries go along: what opens has the ground of what it takes over from."
    else:
        ground = "Not every boundary is known, so what opens has none until it is imported."
    return [
        ground,
        "What happened before the first day stays with the neighbourhood it was recorded for, so no figure of"
        " those days changes.",
        *([roles] if roles else []),
    ]


def done_in_words(scene: Scene, opened: Sequence[Unit]) -> str:
    """What was done: "2 neighbourhoods closed, Old Town (C9) opened."."""
    named = ", ".join(f"{unit.name} ({unit.code})" for unit in opened)
    return f"{plural(len(scene.closing), 'neighbourhood')} closed, {named} opened."


def changes_in_words(meanwhile: Meanwhile) -> list[str]:
    """What changed after the page was opened."""
    gone = plural(meanwhile.gone, "line")
    said = [
        f"New since you opened this page: {'; '.join(meanwhile.new)}." if meanwhile.new else "",
        f"Changed: {'; '.join(meanwhile.changed)}." if meanwhile.changed else "",
        f"No longer here: {gone} that the page showed." if meanwhile.gone else "",
    ]
    return [each for each in said if each] or ["The neighbourhoods themselves were corrected."]
