"""The review of a month: which abstraction was appropriate, avoidable, or not judged yet."""

from dataclasses import dataclass
from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import DatedDefinition
from npt.kit.clock import clock_in_words
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, group_of
from npt.performance.forms import VERDICTS, Marked, MarkForm
from npt.performance.queries import UnknownDefinition, definition_named
from npt.performance.views.door import chosen_definition, month_address, pages
from npt.reporting import actions
from npt.reporting.models import Review
from npt.reporting.queries import Judged, Judgement, ReviewLine, ReviewPage, review_page, reviews_of
from npt.reporting.rules import Verdict
from npt.shifts.rules import TIME_AWAY
from npt.webkit.addresses import address
from npt.webkit.asked import asked_page
from npt.webkit.converters import KEY
from npt.webkit.filters import day_short, hours, moment, plural
from npt.webkit.form_flow import button, form_page
from npt.webkit.listing import where_in
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

#: The roles whose abstraction is in a figure: those that have a target.
REVIEWED_ROLES = tuple(role for role in PolicingRole if group_of(role) is not None)


@dataclass(frozen=True, slots=True)
class Line:
    """One abstraction under review, in words."""

    key: int
    day: str
    day_href: str
    unit: str
    member: str
    what: str
    verdict: str
    #: "by Max Example, 4 May 2026 14:10: could have waited"
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list the address asks for."""

    month: Month
    definition: DatedDefinition
    judged: Judged
    page: Page


_REVIEW = "/units/<code>/months/<month:month>/review"


@pages.read(_REVIEW, needs=Permission.SEE_STAFFING, within="code", shows_personal=TIME_AWAY)
def review(visit: Visit[Unit], month: Month) -> Answer:
    """The abstraction of the month by what was said of it; managers and inspectors judge it here."""
    asked = _asked(visit, month)
    return visit.render(**_shown(visit, asked, _found(visit, asked), MarkForm(formdata=None)))


@pages.form(f"{_REVIEW}/mark", needs=Permission.REVIEW_ABSTRACTION, within="code", shows_personal=TIME_AWAY)
def mark(visit: Visit[Unit], month: Month) -> Answer:
    """Give a verdict on the abstractions that are ticked."""
    asked = _asked(visit, month)
    form = MarkForm()
    form.offer(_found(visit, asked).lines)
    return form_page(
        visit,
        form,
        act=lambda: _mark(visit, form.value()),
        saved=lambda made: visit.saved(_address(visit, asked, saved=made.id), _marked(form.value())),
        page=lambda: _shown(visit, asked, _found(visit, asked), form),
        stale=lambda: visit.render(
            status=409, **_shown(visit, asked, _found(visit, asked), form, is_stale=True)
        ),
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
    return f"{plural(len(marked.seen), 'abstraction')} marked: {_verdict(marked.verdict).lower()}."


@pages.write(f"{_REVIEW}/<{KEY}:review_id>/undo", needs=Permission.REVIEW_ABSTRACTION, within="code")
def undo_review(visit: Visit[Unit], month: Month, review_id: int) -> Answer:
    """Take a review back: what was said before holds again."""
    here = _address(visit, _asked(visit, month))
    return button(
        visit,
        act=lambda: actions.undo_review(visit.session, now=visit.now, unit=visit.place, review_id=review_id),
        saved=lambda _: visit.saved(here, "Taken back: what was said before holds again."),
        back_href=here,
    )


def judgement_links(
    code: str, month: Month, definition: str, counts: dict[Verdict | None, Judgement]
) -> list[tuple[str, int, str, str]]:
    """By verdict: its words, how many, their length, and the address of the records. Not reviewed too."""
    return [
        (
            judged.wording,
            counts[judged.verdict].records,
            hours(counts[judged.verdict].minutes),
            month_address(code, month, definition, view="review", judged=judged.value),
        )
        for judged in (Judged.APPROPRIATE, Judged.AVOIDABLE, Judged.NOT_REVIEWED)
    ]


def _asked(visit: Visit[Unit], month: Month) -> Asked:
    """What the address asks for; ends the request when there is none such."""
    try:
        judged = Judged(request.args.get("judged", "") or Judged.ALL.value)
        definition = definition_named(visit.session, chosen_definition())
    except (ValueError, UnknownDefinition):
        not_found()
    return Asked(month, definition, judged, asked_page())


def _found(visit: Visit[Unit], asked: Asked) -> ReviewPage:
    return review_page(
        visit.session,
        visit.place.path,
        asked.month.first,
        asked.month.last,
        roles=REVIEWED_ROLES,
        definition=asked.definition,
        judged=asked.judged,
        page=asked.page,
    )


def _shown(
    visit: Visit[Unit], asked: Asked, found: ReviewPage, form: MarkForm, *, is_stale: bool = False
) -> dict[str, Any]:
    visit.personal_record_id = visit.place.id
    path, code = visit.place.path, visit.place.code
    may_review = visit.may(Permission.REVIEW_ABSTRACTION, path)
    if is_stale or not form.has_versions:
        form.show(found.lines)
    total = Judgement(
        sum(each.records for each in found.judgements.values()),
        sum(each.minutes for each in found.judgements.values()),
    )
    offered = reviews_of(visit.session, visit.place) if may_review else ()
    return {
        "month": asked.month,
        "form": form,
        "found": found,
        "lines": [_line(line) for line in found.lines],
        "lists": [
            (
                judged.wording,
                (total if judged is Judged.ALL else found.judgements[judged.verdict]).records,
                _address(visit, asked, judged=judged),
                judged is asked.judged,
            )
            for judged in Judged
        ],
        "total": hours(total.minutes),
        "where": where_in(asked.page, found.total, "abstractions"),
        "verdicts": VERDICTS,
        "mark_href": _address(visit, asked, view="mark", page=asked.page.number),
        "reviews": [
            (
                f"{_verdict(each.verdict)}, {plural(each.records, 'abstraction')}:"
                f" {each.by_name}, {moment(each.reviewed_at)}",
                address("performance.undo_review", code=code, month=asked.month, review_id=each.id),
            )
            for each in offered
        ],
        "definition": asked.definition.name,
        "month_href": month_address(code, asked.month, asked.definition.code),
        "may_review": may_review,
        "may_see_names": visit.may(Permission.SEE_DUTY, path),
    }


def _address(
    visit: Visit[Unit],
    asked: Asked,
    *,
    view: str = "review",
    judged: Judged | None = None,
    page: int = 1,
    saved: int = 0,
) -> str:
    judged = judged or asked.judged
    return month_address(
        visit.place.code,
        asked.month,
        asked.definition.code,
        view=view,
        judged="" if judged is Judged.ALL else judged.value,
        page=page if page > 1 else "",
        saved=saved or "",
    )


def _verdict(verdict: Verdict | None) -> str:
    return "Not reviewed" if verdict is None else verdict.wording


def _line(line: ReviewLine) -> Line:
    record = line.record
    times = f"{clock_in_words(record.interval.starts)}–{clock_in_words(record.interval.ends)}"
    said = ""
    if line.by_name is not None:
        said = f"{line.by_name}, {moment(line.reviewed_at)}" + (f": {line.why}" if line.why else "")
    return Line(
        key=record.id,
        day=day_short(record.on_date),
        day_href=address("duty.day", code=record.unit_code, on=record.on_date),
        unit=record.unit_code,
        member=f"{record.name}, {record.role.wording} {record.number}",
        what=f"{record.reason_name}, {times} ({hours(record.minutes)})"
        + (f": {record.note}" if record.note else ""),
        verdict=_verdict(line.verdict),
        said=said,
    )
