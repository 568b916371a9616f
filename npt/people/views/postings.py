"""Postings: posting a known member to a unit, correcting a posting, ending it."""

from flask import abort

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.actions import change_posting, end_posting, post_member, unknown_member
from npt.people.forms import CorrectPostingForm, EndPostingForm, NewPostingForm, Terms
from npt.people.models import Posting
from npt.people.queries import member_for_posting, posting_in
from npt.people.views.door import KEY, address_after, pages
from npt.store.versions import StaleRecord
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day as last_day_in_words
from npt.webkit.filters import number as number_in_words
from npt.webkit.forms import Sides
from npt.webkit.pages import Answer
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit


@pages.form("/units/<code>/new-posting", needs=Permission.MANAGE_MEMBERS, within="code")
def new_posting(visit: Visit[Unit]) -> Answer:
    """Post a member who is already known to this unit."""
    form = NewPostingForm()
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            member = member_for_posting(visit.session, visit.place, typed.number)
            if member is None:
                raise unknown_member(typed.number)
            post_member(
                visit.session,
                member,
                unit=visit.place,
                role=typed.terms.role,
                fte=typed.terms.fte,
                kind=typed.terms.kind,
                starts_on=typed.terms.starts_on,
                ends_on=typed.terms.ends_on,
            )
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(address_after(visit, typed.number), f"{member.name} is posted here.")
    return visit.render(form=form, status=422 if visit.is_sent else 200)


@pages.form(
    f"/units/<code>/members/<number>/postings/<{KEY}:posting_id>",
    needs=Permission.MANAGE_MEMBERS,
    within="code",
)
def correct_posting(visit: Visit[Unit], number: str, posting_id: int) -> Answer:
    """Correct the terms of a posting."""
    posting = _posting(visit, number, posting_id)
    form = CorrectPostingForm(
        role=posting.role.value,
        fte=posting.fte,
        kind=posting.kind.value,
        starts_on=posting.starts_on,
        ends_on=posting.ends_on,
        version=str(posting.version),
    )
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            change_posting(
                visit.session,
                posting,
                role=typed.role,
                fte=typed.fte,
                kind=typed.kind,
                starts_on=typed.starts_on,
                ends_on=typed.ends_on,
                expected_version=form.shown_version,
            )
        except StaleRecord:
            keep_href = address_after(visit, number)
            return both_versions(form, posting.version, _sides(typed, posting), keep_href=keep_href)
        except Refusal as refusal:
            visit.session.rollback()
            posting = _posting(visit, number, posting_id)
            form.refuse(refusal)
        else:
            return visit.saved(address_after(visit, number), "The posting is corrected.")
    return visit.render(form=form, posting=posting, status=422 if visit.is_sent else 200)


@pages.form(
    f"/units/<code>/members/<number>/postings/<{KEY}:posting_id>/end",
    needs=Permission.MANAGE_MEMBERS,
    within="code",
)
def end_of_posting(visit: Visit[Unit], number: str, posting_id: int) -> Answer:
    """Give a posting its last day."""
    posting = _posting(visit, number, posting_id)
    form = EndPostingForm(ends_on=posting.ends_on, version=str(posting.version))
    if visit.is_sent and form.validate():
        last_day = form.value()
        try:
            end_posting(visit.session, posting, on=last_day, expected_version=form.shown_version)
        except StaleRecord:
            sides = [("Last day", day_in_words(last_day), last_day_in_words(posting.ends_on))]
            return both_versions(form, posting.version, sides, keep_href=address_after(visit, number))
        except Refusal as refusal:
            visit.session.rollback()
            posting = _posting(visit, number, posting_id)
            form.refuse(refusal)
        else:
            return visit.saved(address_after(visit, number), f"The posting ends on {day_in_words(last_day)}.")
    return visit.render(form=form, posting=posting, status=422 if visit.is_sent else 200)


def _posting(visit: Visit[Unit], number: str, posting_id: int) -> Posting:
    found = posting_in(visit.session, visit.place.path, number, posting_id)
    if found is None:
        abort(404)
    return found


def _sides(typed: Terms, posting: Posting) -> list[Sides]:
    """What was typed and what is recorded, field by field, in words."""
    return [
        ("Role", typed.role.wording, posting.role.wording),
        ("FTE", number_in_words(typed.fte), number_in_words(posting.fte)),
        ("Kind", typed.kind.wording, posting.kind.wording),
        ("First day", day_in_words(typed.starts_on), day_in_words(posting.starts_on)),
        ("Last day", last_day_in_words(typed.ends_on), last_day_in_words(posting.ends_on)),
    ]
