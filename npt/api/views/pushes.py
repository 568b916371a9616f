"""What other systems push: all of a push is saved or nothing, and once however often it comes."""

import json
import re

from flask import Response, request

from npt.access.rules import Permission
from npt.api.actions import claim_key
from npt.api.exchange import Listed, listed_as_json, take_push, taken_as_json
from npt.api.rules import KEY_PATTERN, LONGEST_KEY, MOST_LISTED, KeyUsedOtherwise, push_digest
from npt.api.views.door import asked_truth, pages
from npt.store.exchange import ImportOrder
from npt.webkit.api import answered
from npt.webkit.pages import Answer
from npt.webkit.problems import Problem, problem
from npt.webkit.visit import Visit


@pages.write("/api/v1/duty", needs=Permission.RECORD_DUTY)
def push_duty(visit: Visit[None]) -> Answer:
    """Roster the shifts of an array of rows."""
    return _pushed(visit, "duty", Permission.RECORD_DUTY)


@pages.write("/api/v1/away", needs=Permission.RECORD_DUTY)
def push_away(visit: Visit[None]) -> Answer:
    """Record the time away of an array of rows."""
    return _pushed(visit, "away", Permission.RECORD_DUTY)


@pages.write("/api/v1/incidents", needs=Permission.RECORD_INCIDENTS)
def push_incidents(visit: Visit[None]) -> Answer:
    """Record the incidents of an array of rows."""
    return _pushed(visit, "incidents", Permission.RECORD_INCIDENTS)


@pages.write("/api/v1/problems", needs=Permission.KEEP_PROBLEMS)
def push_problems(visit: Visit[None]) -> Answer:
    """Record the problems of an array of rows, at whatever stage: its stages are not proved here."""
    return _pushed(visit, "problems", Permission.KEEP_PROBLEMS)


def _pushed(visit: Visit[None], kind: str, needs: Permission) -> Answer:
    key, rows, may_update = _key(), _rows(), asked_truth("update")
    digest = push_digest(kind, may_update=may_update, body=request.get_data())
    try:
        push, is_new = claim_key(
            visit.session, account_id=visit.by, key=key, request_digest=digest, now=visit.now
        )
    except KeyUsedOtherwise as refusal:
        raise Problem(409, "This key was used before", refusal.message) from None
    if is_new:
        order = ImportOrder(may_update, visit.now, visit.today, account_id=visit.by)
        paths = visit.person.reach(needs)
        taken = take_push(visit.session, kind, rows, order, paths)
        answer = _refusal(taken.problems) if taken.problems.count else answered(taken_as_json(kind, taken))
        push.status, push.answer = answer.status_code, answer.get_data(as_text=True)
    answer = _remembered(push.status, push.answer)
    visit.session.commit()
    return answer


def _refusal(problems: Listed) -> Response:
    things = f"{problems.count:,} {'thing' if problems.count == 1 else 'things'} to correct"
    if problems.more:
        things += f", the first {MOST_LISTED} of them listed here, and {problems.more:,} more"
    return problem(
        422,
        "That was not saved",
        f"{things}; nothing was saved. Correct the rows and send them all again under a new Idempotency-Key.",
        **listed_as_json("errors", problems),
    )


def _remembered(status: int, body: str) -> Response:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Response(body, status, content_type=kind)


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if not re.fullmatch(KEY_PATTERN, key):
        raise Problem(
            400,
            "An Idempotency-Key is needed",
            f"Send the header Idempotency-Key with a new text of up to {LONGEST_KEY} ASCII characters, such"
            " as a UUID, for each push, and the same one when you repeat it.",
        )
    return key


def _rows() -> list[object]:
    if request.mimetype != "application/json":
        raise Problem(
            415, "This cannot be read", "Send JSON, with the header Content-Type: application/json."
        )
    try:
        rows = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Problem(400, "This cannot be read", "The body is not JSON: send an array of rows.") from None
    if not isinstance(rows, list):
        raise Problem(400, "This cannot be read", "The body is not an array: send an array of rows.")
    return rows
