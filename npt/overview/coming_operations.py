"""The operations that a team has before it, in the words of whom they concern."""

from npt.operations.queries import OperationLine
from npt.operations.rules import OperationStatus
from npt.webkit.filters import plural


def operation_in_words(line: OperationLine, *, may_plan: bool) -> str:
    """How far an operation before a team has come, for who plans; else what it takes from here."""
    is_draft = line.status is OperationStatus.DRAFT
    if may_plan and is_draft:
        words = f"{line.chosen} of {line.asked} chosen: " if line.asked else "asks no one yet: "
        return words + ("commit it" if 0 < line.asked == line.chosen else "finish it")
    here = plural(line.chosen_here, "member") if line.chosen_here else "nobody"
    return f"{'would take' if is_draft else 'takes'} {here} from here"
