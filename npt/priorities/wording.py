"""Priorities in words, where several pages say them alike."""

from npt.kit.clock import day_in_words, local_day
from npt.kit.telephones import telephone_in_words
from npt.outbox.rules import LetterFacts, Topic
from npt.priorities.models import Closing, Originator, Priority, PriorityAnswer, PriorityLink
from npt.priorities.rules import Ending, PriorityState, ending_at_once
from npt.webkit.filters import plural

TONES = {
    PriorityState.PROPOSED: "plain",
    PriorityState.OPEN: "good",
    PriorityState.WAITING: "caution",
    PriorityState.CLOSED: "quiet",
}


def state_in_words(priority: Priority) -> str:
    """Where a priority stands, and how it ended."""
    if priority.ending is None:
        return priority.state.wording
    if priority.ending is Ending.NOT_CHOSEN and priority.agreed_on is None:
        return "Not chosen"
    return priority.ending.wording


def place_of(priority: Priority) -> str:
    """Where it is: its neighbourhood, or its team; both are loaded."""
    return priority.unit.name if priority.neighbourhood is None else priority.neighbourhood.name


def name_of(originator: Originator) -> str:
    """Who somebody is that raised a priority, for whoever may know: agency and individual are loaded."""
    whom = originator.individual or originator.agency
    known = originator.name or (None if whom is None else whom.name)
    kind = originator.kind.wording
    return kind if known is None else f"{known} ({kind[0].lower()}{kind[1:]})"


def masked(originator: Originator) -> str:
    """The same for whoever may not."""
    return originator.kind.wording


def phone_in_words(originator: Originator) -> str | None:
    """Their number as people write it."""
    kept = originator.reached_by_phone
    return None if kept is None else telephone_in_words(kept)


def answer_in_words(answer: PriorityAnswer) -> str:
    """What somebody said."""
    return "Solved" if answer.is_solved else f"Not solved: {answer.reason}"


def answered_by(answer: PriorityAnswer) -> str:
    """Who heard it."""
    return "by their own link" if answer.by is None else f"recorded by {answer.by.name}"


def asks_somebody(priority: Priority) -> bool:
    """Whether somebody is asked once the team calls a priority solved; originators are loaded."""
    return ending_at_once(None if priority.first is None else priority.first.whom) is None


def what_closing_does(priority: Priority) -> str:
    """What happens once the team calls a priority solved, in a sentence; originators are loaded."""
    first = priority.first
    ending = ending_at_once(None if first is None else first.whom)
    if ending is None:
        return (
            "Whoever raised it is asked whether it is solved. It stays a priority until they have answered,"
            " or three attempts to reach them have failed."
        )
    return f"{ending.wording}, so it closes at once, and counts as closed without acceptance."


def asked_letter(link: PriorityLink, priority: Priority, address: str) -> LetterFacts:
    """The letter that asks somebody whether what they raised is solved: its place and its nature."""
    originator, closing = link.originator, link.closing
    name = originator.name if originator.individual is None else originator.individual.name
    greeting = f"Dear {name}" if name else "Hello"
    return LetterFacts(
        identity=f"priority-{link.id}",
        to_address=originator.reached_by_email or "",
        to_name=name or "Resident",
        subject=f"Is it solved? {place_of(priority)}: {priority.title}",
        text=f"{greeting},\n\n"
        f"On {day_in_words(priority.raised_on)} you told the neighbourhood team of {priority.unit.name} about"
        f" this:\n\n{place_of(priority)}: {priority.title}\n\nThe team says that it is solved. What was"
        f" done:\n\n{closing.done}\n\nPlease tell us whether you agree. Answer by this link:"
        f"\n\n{address}\n\n"
        f"The link is for you alone, works once, and until {day_in_words(link.works_until)}. Opening it"
        " changes nothing.\n",
        topic=Topic.INVITATION,
        path=priority.unit.path,
        is_urgent=True,
    )


def no_longer_letter(originator: Originator, priority: Priority) -> LetterFacts:
    """The letter that tells whoever raised it that it is no longer a priority, and why."""
    name = originator.name if originator.individual is None else originator.individual.name
    return LetterFacts(
        identity=f"priority-stopped-{priority.id}-{originator.id}",
        to_address=originator.reached_by_email or "",
        to_name=name or "Resident",
        subject=f"No longer a priority: {place_of(priority)}, {priority.title}",
        text=f"{f'Dear {name}' if name else 'Hello'},\n\n"
        f"You told the neighbourhood team of {priority.unit.name} about this:\n\n"
        f"{place_of(priority)}: {priority.title}\n\n"
        f"It is no longer one of the team’s priorities. The reason:\n\n{priority.end_reason}\n\n"
        "What is recorded of the problem stays open. If it goes on, please tell the team.\n",
        topic=Topic.INVITATION,
        path=priority.unit.path,
        is_urgent=True,
    )


def attempts_in_words(closing: Closing, originator: Originator) -> str:
    """How often somebody was tried in vain: "3 attempts on 2 days"."""
    tried = closing.attempts_with(originator)
    if not tried:
        return "not tried yet"
    days = {local_day(each.at) for each in tried}
    return f"{plural(len(tried), 'attempt')} on {plural(len(days), 'day')}"
