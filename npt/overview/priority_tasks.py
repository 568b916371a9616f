"""What waits about priorities, a line each that opens its list."""

from collections.abc import Iterator, Mapping

from flask import url_for

from npt.organisation.models import Unit
from npt.priorities.queries import Sought
from npt.webkit.filters import plural
from npt.webkit.parts import Task

#: Of each list what its line says, and whether it is urgent.
_LINES: Mapping[Sought, tuple[str, str, bool]] = {
    Sought.REFUSED: (
        "Priorities refused",
        "Whoever raised them says that they are not solved.",
        True,
    ),
    Sought.WITHOUT_RECORD: (
        "Priorities without a problem record",
        "Nobody owns them: choose a record, or start one.",
        True,
    ),
    Sought.OVERDUE: (
        "Priorities overdue for review",
        "Each is to be looked at again within three months.",
        False,
    ),
    Sought.WAITING: (
        "Priorities waiting for an answer",
        "Whoever raised them is asked whether they are solved.",
        False,
    ),
    Sought.PROBLEM_CLOSED: (
        "Priorities whose problem is closed",
        "Close them too: whoever raised them is asked.",
        False,
    ),
    Sought.PROPOSED: ("Priorities proposed", "Agree them, or say why not.", False),
}
#: The line of whoever may overrule.
_TO_DECIDE = (
    "Priorities refused twice",
    "Do what they ask for, or close it against whoever raised it, with a reason.",
    True,
)


def priority_tasks(unit: Unit, counts: Mapping[Sought, int], *, may_overrule: bool) -> Iterator[Task]:
    """The lines of a unit whose priorities the person keeps."""
    lines = {**_LINES, **({Sought.REFUSED_TWICE: _TO_DECIDE} if may_overrule else {})}
    for sought, (title, hint, is_urgent) in lines.items():
        count = counts.get(sought, 0)
        if count:
            href = url_for("priorities.priorities", code=unit.code, show=sought.value)
            yield Task(title, href, plural(count, "priority", "priorities"), hint, is_urgent=is_urgent)
