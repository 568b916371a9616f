"""Priority classes of neighbourhoods: which there are, who reviewed them, when and why; a review."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation import queries
from npt.organisation.actions import review_priority_class
from npt.organisation.forms import DUE, PrioritiesForm, ReviewPriorityForm
from npt.organisation.models import PriorityReview, Unit
from npt.organisation.queries import PriorityStanding
from npt.organisation.rules import Level, PriorityClass
from npt.organisation.views.door import above, pages
from npt.organisation.wording import class_in_words
from npt.webkit.form_flow import correction_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/priority-classes", needs=Permission.SEE_STAFFING, within="code")
def priorities(visit: Visit[Unit]) -> Answer:
    """The neighbourhoods with their classes and when each is to be reviewed; of one, every review."""
    may_review = visit.may(Permission.REVIEW_BOUNDARIES, visit.place.path)
    is_neighbourhood = visit.place.level is Level.NEIGHBOURHOOD
    form = PrioritiesForm()
    form.validate()
    return visit.render(
        form=form,
        table=_reviews(visit) if is_neighbourhood else _standings(visit, is_due=form.show.data == DUE),
        is_neighbourhood=is_neighbourhood,
        words=class_in_words(visit.place.priority_class),
        may_review=may_review and is_neighbourhood and visit.place.stands_on(visit.today),
        clear_href=_address(visit.place),
        above=above(visit, Permission.SEE_STAFFING, _address),
    )


@pages.form("/units/<code>/priority-class", needs=Permission.REVIEW_BOUNDARIES, within="code")
def review_priority(visit: Visit[Unit]) -> Answer:
    """Look at the priority class of a neighbourhood: what it is from today, and why."""
    if visit.place.level is not Level.NEIGHBOURHOOD:
        visit.found(None)
    return correction_page(
        visit,
        ReviewPriorityForm,
        lambda: visit.place,
        act=lambda unit, form: review_priority_class(visit.session, unit, stamp=visit.stamp, **form.value()),
        saved="The priority class is reviewed.",
        back_href=_address(visit.place),
    )


def _address(unit: Unit) -> str:
    return url_for("organisation.priorities", code=unit.code)


def _standings(visit: Visit[Unit], *, is_due: bool) -> Table[PriorityStanding]:
    """The neighbourhoods, or those to be reviewed; those longest overdue first."""

    def due(each: PriorityStanding) -> str:
        return "caution" if each.is_overdue(visit.today) else ""

    columns: Columns[PriorityStanding] = (
        coded("Neighbourhood", lambda each: each.neighbourhood, is_below=True),
        Column("Priority class", lambda each: each.neighbourhood.priority_class, unknown="not classified"),
        Column("Review due", lambda each: each.due_on, tone=due),
        Column("Reviewed", lambda each: each.review and each.review.reviewed_on, unknown="never"),
        Column(
            "By", lambda each: each.review and each.review.reviewed_by.name, unknown="–", holds_words=True
        ),
        Column("Reason", lambda each: each.review and each.review.reason, unknown="–", holds_words=True),
    )
    found = queries.priorities_under(visit.session, visit.place, as_at=visit.today)
    return Table(
        "Neighbourhoods",
        columns,
        sorted(
            (each for each in found if not is_due or each.is_overdue(visit.today)),
            key=lambda each: each.due_on,
        ),
        href=lambda each: _address(each.neighbourhood),
        file=f"priority-classes-{visit.place.code}-{visit.today}",
    )


def _reviews(visit: Visit[Unit]) -> Table[PriorityReview]:
    columns: Columns[PriorityReview] = (
        Column("Reviewed", lambda each: each.reviewed_on),
        Column("Priority class", lambda each: PriorityClass(each.priority_class)),
        Column("Reason", lambda each: each.reason, holds_words=True),
        Column("By", lambda each: each.reviewed_by.name, holds_words=True),
    )
    return Table(
        "Reviews",
        columns,
        queries.priority_reviews(visit.session, visit.place),
        file=f"priority-reviews-{visit.place.code}",
    )
