"""The letters of a unit: what was written to whom, and what became of it."""

from flask import url_for

from npt.access.rules import Permission
from npt.outbox.forms import LettersForm
from npt.outbox.models import Letter
from npt.outbox.queries import letters_at
from npt.outbox.rules import LETTER_KEPT_FOR, TEXT_KEPT_FOR
from npt.outbox.views.door import UnitHere, pages
from npt.outbox.wording import reason_at, receiver_of, standing_at
from npt.webkit.asked import asked_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _columns(visit: Visit[UnitHere]) -> Columns[Letter]:
    return (
        Column(
            "To",
            lambda each: next(filter(None, receiver_of(each))),
            holds_words=True,
            below=lambda each: receiver_of(each)[1],
            about=lambda each: each.subject or each.topic.wording,
        ),
        Column(
            "State",
            lambda each: standing_at(each, visit.now).wording,
            tone=lambda each: standing_at(each, visit.now).tone,
            below=lambda each: reason_at(each, visit.now),
        ),
        Column("Topic", lambda each: each.topic.wording),
        Column("Subject", lambda each: each.subject, holds_words=True, unknown="erased"),
        Column("Queued", lambda each: each.queued_at),
    )


@pages.read(
    "/units/<code>/letters", needs=Permission.SEE_LETTERS, within="code", shows_personal="letters at unit"
)
def letters(visit: Visit[UnitHere]) -> Answer:
    """The letters of the unit and of those under it, the latest first."""
    form, visit.personal_record_id = LettersForm(), visit.place.id
    is_asked_well = form.validate()
    found = None
    if is_asked_well:
        found = Table(
            f"Emails from {visit.place.name}",
            _columns(visit),
            letters_at(visit.session, visit.place.path, form.value(), visit.now, asked_page(50)),
            href=lambda each: url_for("outbox.letter", code=visit.place.code, letter_id=each.id),
            noun="emails",
        )
    return visit.render(
        form=form,
        table=found,
        text_kept=TEXT_KEPT_FOR.days,
        letter_kept=LETTER_KEPT_FOR.days,
        status=200 if is_asked_well else 422,
    )
