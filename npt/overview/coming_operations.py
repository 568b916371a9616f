"""The operations that a team has before it, in the words of whom they concern."""

from dataclasses import dataclass

from flask import url_for

from npt.operations.queries import OperationLine
from npt.operations.rules import OperationStatus
from npt.operations.views.door import when_in_words
from npt.operations.views.operations_list import TONES
from npt.overview.queries import TeamToday
from npt.webkit.filters import plural


@dataclass(frozen=True, slots=True)
class ComingOperation:
    """An operation that a team has before it, worded."""

    name: str
    href: str
    when: str
    status: str
    tone: str
    #: how far it has come, for who plans; else what it takes from here
    words: str


def operations_coming(team: TeamToday) -> tuple[ComingOperation, ...]:
    """The operations before `team`, in their order."""
    return tuple(_operation(team, line) for line in team.operations)


def _operation(team: TeamToday, line: OperationLine) -> ComingOperation:
    is_draft = line.status is OperationStatus.DRAFT
    here = plural(line.chosen_here, "member") if line.chosen_here else "nobody"
    if team.may_plan and is_draft:
        words = f"{line.chosen} of {line.asked} chosen: " if line.asked else "asks nobody yet: "
        words += "commit it" if 0 < line.asked == line.chosen else "finish it"
    else:
        words = f"{'would take' if is_draft else 'takes'} {here} from here"
    return ComingOperation(
        line.name,
        url_for("operations.operation", code=team.unit.code, operation_id=line.id),
        when_in_words(line.first_on, line.last_on, line.starts, line.ends),
        line.status.wording,
        TONES[line.status],
        words,
    )
