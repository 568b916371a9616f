"""Postings: posting a known member to a unit, correcting a posting, ending it."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.actions import change_posting, end_posting, post_member, unknown_member
from npt.people.forms import CorrectPostingForm, EndPostingForm, NewPostingForm
from npt.people.models import Member
from npt.people.queries import member_for_posting, posting_in
from npt.people.rules import PostingKind, Terms
from npt.people.views.door import MEMBER, address_after, pages
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Where the pages about one posting of a member stand.
_POSTING = f"{MEMBER}/postings/<{KEY}:posting_id>"


@pages.form("/units/<code>/new-posting", needs=Permission.MANAGE_MEMBERS, within="code")
def new_posting(visit: Visit[Unit]) -> Answer:
    """Post a member who is already known to this unit."""
    form = NewPostingForm()
    return form_page(
        visit,
        form,
        act=lambda: _post(visit, *form.value()),
        saved=lambda member: visit.saved(
            address_after(visit, member.number), f"{member.name} {_posted_as(form.terms())}."
        ),
    )


def _post(visit: Visit[Unit], number: str, terms: Terms) -> Member:
    member = member_for_posting(visit.session, visit.place, number)
    if member is None:
        raise unknown_member(number)
    post_member(visit.session, member, unit=visit.place, terms=terms)
    return member


def _posted_as(terms: Terms) -> str:
    """That the member is posted; of a student officer also until when, which may have been filled in."""
    if terms.kind is PostingKind.STUDENT:
        return f"is posted here as a student officer until {day_in_words(terms.ends_on)}"
    return "is posted here"


@pages.form(_POSTING, needs=Permission.MANAGE_MEMBERS, within="code")
def correct_posting(visit: Visit[Unit], number: str, posting_id: int) -> Answer:
    """Correct the terms of a posting."""
    return correction_page(
        visit,
        CorrectPostingForm,
        lambda: posting_in(visit.session, visit.place.path, number, posting_id),
        act=lambda posting, form: change_posting(
            visit.session, posting, terms=form.value(), expected_version=form.shown_version
        ),
        saved=lambda _: visit.saved(address_after(visit, number), "The posting is saved."),
        page=lambda posting: {"posting": posting},
        back_href=address_after(visit, number),
    )


@pages.form(f"{_POSTING}/end", needs=Permission.MANAGE_MEMBERS, within="code")
def end_of_posting(visit: Visit[Unit], number: str, posting_id: int) -> Answer:
    """Give a posting its last day."""
    return correction_page(
        visit,
        EndPostingForm,
        lambda: posting_in(visit.session, visit.place.path, number, posting_id),
        act=lambda posting, form: end_posting(
            visit.session, posting, on=form.value(), expected_version=form.shown_version
        ),
        saved=lambda posting: visit.saved(
            address_after(visit, number), f"The posting ends on {day_in_words(posting.ends_on)}."
        ),
        page=lambda posting: {"posting": posting},
        back_href=address_after(visit, number),
    )
