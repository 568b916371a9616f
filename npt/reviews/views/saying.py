"""A comment, an action, and limits that are drawn anew."""

from typing import Any

from flask import request, url_for

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.measures.queries.registry import MEASURES
from npt.measures.rules import Measure
from npt.organisation.models import Unit
from npt.reviews.actions import comment as say
from npt.reviews.actions import open_review
from npt.reviews.forms import CommentForm, RebaseForm
from npt.reviews.models import MonthlyReview
from npt.reviews.views.door import REVIEW, check_reviewed, pages, review_address
from npt.signals.actions import rebase_limits
from npt.webkit.form_flow import button, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _measures(visit: Visit[Unit]) -> list[Measure]:
    return [each for each in MEASURES if visit.place.level in each.levels]


@pages.form(f"{REVIEW}/comment", needs=Permission.REVIEW_MONTHS, within="code")
def comment(visit: Visit[Unit], month: Month) -> Answer:
    """Say something of a measure, or of the month as a whole."""
    check_reviewed(visit, month)
    form = CommentForm(data={"measure": request.args.get("measure")})
    form.offer(_measures(visit))
    return form_page(
        visit,
        form,
        act=lambda: say(visit.session, unit=visit.place, month=month, stamp=visit.stamp, **form.value()),
        saved="The comment is saved.",
        back_href=review_address(visit.place.code, month),
        page=lambda: {"month": month},
    )


@pages.write(f"{REVIEW}/action", needs=Permission.REVIEW_MONTHS, within="code")
def act(visit: Visit[Unit], month: Month) -> Answer:
    """Go on to set an action for the review, which is opened if it was not."""
    check_reviewed(visit, month)

    def form_of(made: MonthlyReview) -> str:
        named: dict[str, Any] = {"code": visit.place.code, "for": made.matter.reference}
        return url_for("work.new_action", **named)

    return button(
        visit,
        act=lambda: open_review(visit.session, unit=visit.place, month=month, stamp=visit.stamp),
        saved=lambda made: visit.saved(form_of(made)),
        back_href=review_address(visit.place.code, month),
    )


@pages.form(f"{REVIEW}/limits", needs=Permission.REVIEW_MONTHS, within="code")
def rebase(visit: Visit[Unit], month: Month) -> Answer:
    """Have the limits of a measure drawn anew from a month on."""
    check_reviewed(visit, month)
    form = RebaseForm(data={"measure": request.args.get("measure"), "starts": month})
    form.offer(_measures(visit))
    return form_page(
        visit,
        form,
        act=lambda: rebase_limits(
            visit.session, unit=visit.place, reviewed=month, stamp=visit.stamp, **form.value()
        ),
        saved="The limits are drawn anew.",
        back_href=review_address(visit.place.code, month),
        page=lambda: {"month": month},
    )
