"""Files that show something of a problem."""

from sqlalchemy.orm import Session

from npt.attachments.actions import Received, keep_file, remove_bytes
from npt.attachments.queries import bytes_of
from npt.kit.clock import day_in_words, local_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.problems.actions.holding import hold_problem
from npt.problems.models import Problem, ProblemEvidence
from npt.problems.rules import LONGEST_SENTENCE, Stage, check_text
from npt.store.constraints import refusing

#: All files of one problem together, in bytes. Design.
MOST_BYTES = 50 * 1024 * 1024


class SameFile(Refusal):
    """A file was to be added that the problem has already."""


def add_evidence(
    session: Session, problem: Problem, *, stamp: Stamp, stage: Stage, words: str, file: Received
) -> ProblemEvidence:
    """Keep a file with the problem. BadProblemText, SameFile, TooMuchTogether."""
    hold_problem(session, problem)
    said = check_text(words, LONGEST_SENTENCE, "words", "Say what it shows.")
    there = next(
        (each.attachment for each in problem.evidence if each.attachment.sha256 == file.sha256), None
    )
    if there is not None and there.removed_at is None:
        raise SameFile(
            f"This file was added on {day_in_words(local_day(there.added_at))} already: choose another one.",
            field="file",
        )
    held = bytes_of(session, [each.attachment_id for each in problem.evidence])
    attachment = keep_file(session, stamp=stamp, file=file, held=held, most=MOST_BYTES)
    evidence = ProblemEvidence(attachment=attachment, stage=stage, words=said)
    with refusing(session):
        problem.evidence.append(evidence)
    return evidence


def remove_evidence(session: Session, problem: Problem, evidence: ProblemEvidence, *, stamp: Stamp) -> None:
    """Remove what a file holds; that it was there stays. Done twice it is done once."""
    hold_problem(session, problem)
    remove_bytes(session, evidence.attachment, now=stamp.now)
    session.flush()
