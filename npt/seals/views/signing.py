"""Signing a month off."""

from collections.abc import Mapping
from typing import Any

from npt.access.rules import Permission
from npt.counting.queries import default_definition
from npt.duty.queries import unconfirmed_days
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.measures.wording import figure_in_words
from npt.organisation.models import Unit
from npt.performance.views.door import month_address
from npt.seals.actions import check_month, seal_month
from npt.seals.forms import SignAllTheSameForm, SignForm
from npt.seals.queries import content_now, edition_of
from npt.seals.rules import SealedMeasure
from npt.seals.views.door import SEAL, check_signed_level, pages, seal_address
from npt.seals.wording import signed_in_words
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Days named on the page that nobody confirmed.
_MOST_DAYS = 20

_COLUMNS: Columns[SealedMeasure] = (
    Column("Measure", lambda each: each.name),
    Column("Figure", lambda each: figure_in_words(each.live, each.figure), is_number=True),
    Column("Can be worked out again", lambda each: "yes" if each.is_recomputable else "no: kept as seen"),
)


@pages.form(f"{SEAL}/new", needs=Permission.SIGN_MONTHS, within="code")
def sign(visit: Visit[Unit], ended: Month) -> Answer:
    """See what will be sealed, and sign the month off."""
    check_signed_level(visit)
    form = SignAllTheSameForm() if _needs_reason(visit, ended) else SignForm()
    return form_page(
        visit,
        form,
        act=lambda: seal_month(
            visit.session,
            unit=visit.place,
            month=ended,
            stamp=visit.stamp,
            reason=form.reason.data,
            seen=form.seen.data or "",
        ),
        saved=f"{ended.title} is signed off.",
        back_href=seal_address(visit.place, ended),
        page=lambda: _page(visit, ended, form),
    )


def _needs_reason(visit: Visit[Unit], month: Month) -> bool:
    """Whether the month was signed before, or has days that nobody confirmed."""
    if edition_of(visit.session, visit.place, month) is not None:
        return True
    return bool(unconfirmed_days(visit.session, visit.place.path, month.first, month.last, limit=1))


def _page(visit: Visit[Unit], month: Month, form: SignForm) -> Mapping[str, Any]:
    """What would be sealed now, which the form then carries as seen; or why nothing can be."""
    shown = {"month": month, "month_href": month_address(visit.place.code, month), "cannot": ""}
    try:
        check_month(visit.place, month, visit.today)
    except Refusal as refusal:
        return {**shown, "cannot": refusal.message}
    content = content_now(
        visit.session,
        visit.place,
        month,
        definition=default_definition(visit.session),
        today=visit.today,
        with_records=False,
    )
    form.show(content.seen)
    last = edition_of(visit.session, visit.place, month)
    open_days = unconfirmed_days(visit.session, visit.place.path, month.first, month.last)
    return {
        **shown,
        "last": "" if last is None else signed_in_words(last, month),
        "edition": 1 if last is None else last.edition + 1,
        "definition": content.counting.name,
        "open_days": open_days[:_MOST_DAYS],
        "open_count": len(open_days),
        "table": Table("What will be sealed", _COLUMNS, content.measures),
    }
