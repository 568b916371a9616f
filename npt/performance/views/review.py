"""The review of a month: which abstraction was appropriate, avoidable, or not judged yet."""

from dataclasses import dataclass
from typing import Any

from npt.access.rules import Permission
from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.performance.forms import VERDICTS, Marked, MarkForm
from npt.performance.queries import definition_named
from npt.performance.views.door import (
    MONTH,
    ROLES_WITH_TARGET,
    chosen_definition,
    known_definitions,
    month_address,
    pages,
)
from npt.performance.views.people import people_listed
from npt.performance.views.records_table import times_in_words
from npt.performance.views.teams import teams_over
from npt.reporting import actions
from npt.reporting.models import Review
from npt.reporting.queries import Judged, ReviewPage, review_page, reviews_of, verdict_in_words
from npt.shifts.queries import AwayRecord
from npt.shifts.rules import TIME_AWAY
from npt.webkit.addresses import address
from npt.webkit.asked import asked_page, asked_value
from npt.webkit.converters import KEY
from npt.webkit.filters import hours, plural
from npt.webkit.form_flow import button, form_page
from npt.webkit.listing import where_in
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list the address asks for."""

    code: str
    month: Month
    definition: DatedDefinition
    judged: Judged
    page: Page

    def address(self, view: str = "review", *, judged: Judged | None = None, **more: Any) -> str:
        """The list, or another of the month."""
        listed = judged or self.judged
        more["judged"] = "" if listed is Judged.ALL else listed.value
        return month_address(self.code, self.month, self.definition.code, view=view, **more)


_REVIEW = f"{MONTH}/review"


@pages.read(_REVIEW, needs=Permission.SEE_STAFFING, within="code", shows_personal=TIME_AWAY)
def review(visit: Visit[Unit], month: Month) -> Answer:
    """The abstraction of the month by what was said of it; managers and inspectors judge it here."""
    return visit.render(**_shown(visit, _asked(visit, month), MarkForm(formdata=None)))


@pages.form(f"{_REVIEW}/mark", needs=Permission.REVIEW_ABSTRACTION, within="code", shows_personal=TIME_AWAY)
def mark(visit: Visit[Unit], month: Month) -> Answer:
    """Give a verdict on the abstractions that are ticked."""
    asked, form = _asked(visit, month), MarkForm()
    form.offer(_found(visit, asked).lines)
    return form_page(
        visit,
        form,
        act=lambda: _mark(visit, form.value()),
        saved=lambda made: visit.saved(asked.address(saved=made.id), _marked(form.value())),
        page=lambda: _shown(visit, asked, form),
        stale=lambda: visit.render(status=409, **_shown(visit, asked, form, is_stale=True)),
    )


def _mark(visit: Visit[Unit], marked: Marked) -> Review:
    return actions.review_abstraction(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        verdict=marked.verdict,
        why=marked.why,
        seen=marked.seen,
    )


def _marked(marked: Marked) -> str:
    return f"{plural(len(marked.seen), 'abstraction')} marked: {verdict_in_words(marked.verdict).lower()}."


@pages.write(f"{_REVIEW}/<{KEY}:review_id>/undo", needs=Permission.REVIEW_ABSTRACTION, within="code")
def undo_review(visit: Visit[Unit], month: Month, review_id: int) -> Answer:
    """Take a review back: what was said before holds again."""
    here = _asked(visit, month).address()
    return button(
        visit,
        act=lambda: actions.undo_review(visit.session, now=visit.now, unit=visit.place, review_id=review_id),
        saved=lambda _: visit.saved(here, "Undone: the earlier review applies again."),
        back_href=here,
    )


def _asked(visit: Visit[Unit], month: Month) -> Asked:
    """What the address asks for; ends the request when there is none such."""
    judged = asked_value("judged", Judged) or Judged.ALL
    with known_definitions():
        definition = definition_named(visit.session, chosen_definition())
    return Asked(visit.place.code, month, definition, judged, asked_page())


def _found(visit: Visit[Unit], asked: Asked) -> ReviewPage:
    return review_page(
        visit.session,
        visit.place.path,
        asked.month.first,
        asked.month.last,
        roles=ROLES_WITH_TARGET,
        definition=asked.definition,
        judged=asked.judged,
        page=asked.page,
    )


def _shown(visit: Visit[Unit], asked: Asked, form: MarkForm, *, is_stale: bool = False) -> dict[str, Any]:
    found, path = _found(visit, asked), visit.place.path
    visit.personal_record_id = visit.place.id
    month, definition = asked.month, asked.definition
    may_review = visit.may(Permission.REVIEW_ABSTRACTION, path)
    if is_stale or not form.has_versions:
        form.show(found.lines)
    number = asked.page.number
    return {
        "asked": asked,
        "form": form,
        "found": found,
        "what": _what,
        "day_href": lambda record: address("duty.day", code=record.unit_code, on=record.on_date),
        "lists": tuple(Judged),
        "where": where_in(asked.page, found.total, "abstractions"),
        "verdicts": VERDICTS,
        "mark_href": asked.address("mark", page=number if number > 1 else ""),
        "reviews": reviews_of(visit.session, visit.place) if may_review else (),
        "teams": teams_over(
            visit,
            month,
            definition,
            lambda team: month_address(team.code, month, definition.code, view="review"),
        ),
        "people": people_listed(visit, month, definition, asked={}),
        "month_href": month_address(asked.code, asked.month, asked.definition.code),
        "may_review": may_review,
        "may_see_names": visit.may(Permission.SEE_DUTY, path),
    }


def _what(record: AwayRecord) -> str:
    """An abstraction: "Training, 09:00–12:00 (3 h): first aid"."""
    words = f"{record.reason_name}, {times_in_words(record.interval)} ({hours(record.minutes)})"
    return f"{words}: {record.note}" if record.note else words
