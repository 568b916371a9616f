"""The establishments behind the figures: listed, set, corrected and ended."""

from decimal import Decimal

from flask import Response, url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.staffing.actions import change_establishment, set_establishment
from npt.staffing.forms import AsAtOfRoleForm, CorrectionForm, EstablishmentForm, HistoryForm
from npt.staffing.models import Establishment, EstablishmentChange
from npt.staffing.queries import changes_under, establishment_in, establishments_under
from npt.staffing.views.door import new_address, pages
from npt.webkit.as_at import as_at
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day, number
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Who makes a change that no account made.
_NOBODY = "the command line"
_RECORDS: Columns[Establishment] = (
    coded("Unit", lambda record: record.unit, is_below=True),
    Column("Role", lambda record: record.role),
    Column("Posts", lambda record: record.posts, is_number=True, note="FTE"),
    Column("From", lambda record: record.starts_on),
    Column("To", lambda record: record.ends_on, words=last_day),
)
_CHANGES: Columns[EstablishmentChange] = (
    Column("When", lambda change: change.changed_at),
    coded("Unit", lambda change: change.establishment.unit),
    Column("Role", lambda change: change.establishment.role),
    Column("Change", lambda change: _change_in_words(change)),
    Column("Reason", lambda change: change.reason),
    Column("By", lambda change: None if change.account is None else change.account.name, unknown=_NOBODY),
)


@pages.read("/units/<code>/establishment", needs=Permission.SEE_STAFFING, within="code")
def establishment(visit: Visit[Unit]) -> Answer:
    """The records of funded posts at a unit and under it, those that hold on a day."""
    form = AsAtOfRoleForm()
    day, role = form.read_address(visit.today), form.chosen_role
    records = establishments_under(visit.session, visit.place.path, as_at=day, role=role)
    total = sum((record.posts for record in records), Decimal(0))
    return visit.render(
        form=form,
        records=Table(
            f"Funded posts on {day_in_words(day)}",
            _RECORDS,
            records,
            href=lambda record: _correct_address(visit, record),
            sums=("Total", "", total, "", "") if role and records else (),
            file=f"establishment-{visit.place.code}-{day}",
        ),
        staffing_href=url_for("staffing.staffing", code=visit.place.code, **as_at(day)),
        new_href=new_address(visit),
        history_href=_history_address(visit, role),
    )


@pages.read("/units/<code>/establishment/history", needs=Permission.SEE_STAFFING, within="code")
def history(visit: Visit[Unit]) -> Answer:
    """Every change of the funded posts at a unit and under it: who, when, why, from what to what."""
    form, path = HistoryForm(), visit.place.path
    form.validate()
    role = form.chosen_role
    return visit.render(
        form=form,
        changes=Table(
            "Changes, latest first",
            _CHANGES,
            changes_under(visit.session, path, role),
            href=lambda change: _correct_address(visit, change.establishment),
            file=f"establishment-history-{visit.place.code}",
        ),
        records=Table(
            "Funded posts through time", _RECORDS, establishments_under(visit.session, path, role=role)
        ),
        staffing_href=url_for("staffing.staffing", code=visit.place.code),
    )


def _correct_address(visit: Visit[Unit], record: Establishment) -> str:
    """Where a record is corrected; "" for whoever may not."""
    if not visit.may(Permission.MANAGE_MEMBERS, record.unit.path):
        return ""
    return url_for("staffing.correct_establishment", code=record.unit.code, establishment_id=record.id)


def _posts(posts: Decimal) -> str:
    return f"{number(posts)} {'post' if posts == 1 else 'posts'}"


def _change_in_words(change: EstablishmentChange) -> str:
    """ "3 posts from 1 April 2026", "from 3 to 4.5 posts", "last day: 31 May 2026"."""
    if change.old_posts is None:
        until = "" if change.ends_on is None else f" to {day_in_words(change.ends_on)}"
        return f"{_posts(change.posts)} from {day_in_words(change.establishment.starts_on)}{until}"
    parts = []
    if change.old_posts != change.posts:
        parts.append(f"from {number(change.old_posts)} to {_posts(change.posts)}")
    if change.old_ends_on != change.ends_on:
        parts.append(f"last day: {last_day(change.ends_on)}, before: {last_day(change.old_ends_on)}")
    return "; ".join(parts)


@pages.form("/units/<code>/establishment/new", needs=Permission.MANAGE_MEMBERS, within="code")
def new_establishment(visit: Visit[Unit]) -> Answer:
    """Set the establishment of a role at a unit."""
    form = EstablishmentForm()
    return form_page(
        visit,
        form,
        act=lambda: set_establishment(visit.session, unit=visit.place, stamp=visit.stamp, **form.value()),
        saved=lambda record: _saved(visit, record),
        back_href=url_for("staffing.staffing", code=visit.place.code),
    )


@pages.form(
    f"/units/<code>/establishment/<{KEY}:establishment_id>", needs=Permission.MANAGE_MEMBERS, within="code"
)
def correct_establishment(visit: Visit[Unit], establishment_id: int) -> Answer:
    """Correct an establishment, or end it."""
    return correction_page(
        visit,
        CorrectionForm,
        lambda: establishment_in(visit.session, visit.place, establishment_id),
        offer=lambda form, record: _explain(visit, form, record),
        act=lambda record, form: change_establishment(
            visit.session, record, stamp=visit.stamp, **form.value()
        ),
        saved=lambda record: _saved(visit, record),
        page=lambda record: {"history_href": _history_address(visit, record.role)},
        back_href=url_for("staffing.staffing", code=visit.place.code),
    )


def _saved(visit: Visit[Unit], record: Establishment) -> Response:
    """Back to staffing, of the day from which the record holds if that is to come."""
    day = max(record.starts_on, visit.today)
    address = url_for("staffing.staffing", code=visit.place.code, **as_at(day))
    return visit.saved(address, "The establishment is saved.")


def _explain(visit: Visit[Unit], form: CorrectionForm, record: Establishment) -> None:
    """Tell the form why the record is as it is; nothing where it was never said."""
    changes = changes_under(visit.session, visit.place.path, record.role)
    form.why = next((change.reason for change in changes if change.establishment_id == record.id), "")


def _history_address(visit: Visit[Unit], role: PolicingRole | None) -> str:
    return url_for("staffing.history", code=visit.place.code, role=role.value if role else None)
