"""Neighbourhood specialist officers (NSOs): marking a constable's posting, correcting and ending the mark."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.actions import change_specialist, mark_specialist, remove_specialist
from npt.people.forms import CorrectSpecialistForm, SpecialistForm
from npt.people.models import Posting, Specialist
from npt.people.queries import managements_by, mark_in, posting_in
from npt.people.views.door import MEMBER, address_after, pages
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import plural
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Where the pages about one mark of a member stand.
_MARK = f"{MEMBER}/specialist/<{KEY}:specialist_id>"


@pages.form(
    f"{MEMBER}/postings/<{KEY}:posting_id>/specialist", needs=Permission.MANAGE_MEMBERS, within="code"
)
def new_specialist(visit: Visit[Unit], number: str, posting_id: int) -> Answer:
    """Say that a constable is an NSO in a posting."""
    form = SpecialistForm(starts_on=visit.today)

    def posting() -> Posting:
        return visit.found(posting_in(visit.session, visit.place.path, number, posting_id))

    posting()
    return form_page(
        visit,
        form,
        act=lambda: mark_specialist(visit.session, posting(), **form.value()),
        saved=lambda mark: f"{mark.posting.member.name} is an NSO from {day_in_words(mark.starts_on)}.",
        back_href=address_after(visit, number),
        page=lambda: {"posting": posting()},
    )


@pages.form(_MARK, needs=Permission.MANAGE_MEMBERS, within="code")
def correct_specialist(visit: Visit[Unit], number: str, specialist_id: int) -> Answer:
    """Correct the last day of an NSO, or whether the payment is due."""
    return correction_page(
        visit,
        CorrectSpecialistForm,
        lambda: mark_in(visit.session, visit.place.path, number, specialist_id),
        act=lambda mark, form: change_specialist(visit.session, mark, **form.value()),
        saved=lambda mark: _saved(visit, mark),
        page=lambda mark: {"managed": len(managements_by(visit.session, [mark.id]))},
        back_href=address_after(visit, number),
    )


def _saved(visit: Visit[Unit], mark: Specialist) -> str:
    """That a mark is saved, and how many the member no longer line-manages after its last day."""
    saved = f"{mark.posting.member.name}’s record as an NSO is saved."
    left = {
        each.member_id
        for each in managements_by(visit.session, [mark.id])
        if mark.ends_on is not None and (each.ends_on is None or each.ends_on > mark.ends_on)
    }
    if not left:
        return saved
    return f"{saved} After {day_in_words(mark.ends_on)} {plural(len(left), 'PCSO')} will need a line manager."


@pages.write(f"{_MARK}/remove", needs=Permission.MANAGE_MEMBERS, within="code")
def remove_specialist_mark(visit: Visit[Unit], number: str, specialist_id: int) -> Answer:
    """Take out that a constable is an NSO."""
    mark = visit.found(mark_in(visit.session, visit.place.path, number, specialist_id))
    return button(
        visit,
        act=lambda: remove_specialist(visit.session, mark, expected_version=visit.sent_version),
        saved=f"{mark.posting.member.name}’s record as an NSO is removed.",
        back_href=address_after(visit, number),
    )
