"""One letter: its text, its history, and what only a person decides."""

from flask import url_for

from npt.access.rules import Permission
from npt.outbox.actions import count_as_sent, send_again
from npt.outbox.models import Letter
from npt.outbox.queries import letter_in, returned_address
from npt.outbox.rules import SENT_AGAIN_FROM, Standing
from npt.outbox.views.door import UnitHere, pages
from npt.outbox.wording import history_of, reason_at, receiver_of, standing_at
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

_COLUMNS = tuple(Heading(heading) for heading in ("When", "What happened", "What the mail server said"))
_LETTER = f"/units/<code>/letters/<{KEY}:letter_id>"


@pages.read(_LETTER, needs=Permission.SEE_LETTERS, within="code", shows_personal="letter")
def letter(visit: Visit[UnitHere], letter_id: int) -> Answer:
    """What was written to whom, each try, and the buttons where a person has to decide."""
    found = _letter(visit, letter_id)
    visit.personal_record_id = found.id
    standing, (name, address) = standing_at(found, visit.now), receiver_of(found)
    return visit.render(
        letter=found,
        name=name,
        address=address,
        standing=standing,
        reason=reason_at(found, visit.now),
        columns=_COLUMNS,
        history=history_of(found),
        returned=returned_address(visit.session, found.to_address),
        may_send_again=standing in SENT_AGAIN_FROM and found.worth_until > visit.now,
        may_count=standing is Standing.UNCERTAIN,
    )


@pages.write(f"{_LETTER}/again", needs=Permission.SEE_LETTERS, within="code")
def again(visit: Visit[UnitHere], letter_id: int) -> Answer:
    """Have it sent again, with the same Message-ID."""
    found = _letter(visit, letter_id)
    return button(
        visit,
        act=lambda: send_again(visit.session, found, stamp=visit.stamp),
        saved="The email is queued again.",
        back_href=_address(visit, letter_id),
    )


@pages.write(f"{_LETTER}/counted", needs=Permission.SEE_LETTERS, within="code")
def counted(visit: Visit[UnitHere], letter_id: int) -> Answer:
    """Take an uncertain letter for sent."""
    found = _letter(visit, letter_id)
    return button(
        visit,
        act=lambda: count_as_sent(visit.session, found, stamp=visit.stamp),
        saved="The email counts as sent.",
        back_href=_address(visit, letter_id),
    )


def _letter(visit: Visit[UnitHere], letter_id: int) -> Letter:
    return visit.found(letter_in(visit.session, visit.place.path, letter_id))


def _address(visit: Visit[UnitHere], letter_id: int) -> str:
    return url_for("outbox.letter", code=visit.place.code, letter_id=letter_id)
