"""Line managers: naming the neighbourhood specialist officer (NSO) who line-manages a PCSO, correcting it."""

from datetime import date
from typing import Any

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.actions import change_line_management, name_line_manager, remove_line_management
from npt.people.forms import CorrectLineManagerForm, LineManagerForm, manager_choices
from npt.people.models import LineManagement, Member, Specialist
from npt.people.queries import candidates, management_in
from npt.people.rules import PolicingRole
from npt.people.views.door import address_after, member_at, pages
from npt.people.views.specialism import may_change
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_OF_PCSO = "/units/<code>/members/<pcso>/line-manager"
#: Where the pages about one line manager of a PCSO stand.
_MANAGER = f"{_OF_PCSO}/<{KEY}:management_id>"


@pages.form(_OF_PCSO, needs=Permission.MANAGE_MEMBERS, within="code")
def new_line_manager(visit: Visit[Unit], pcso: str) -> Answer:
    """Name the NSO who line-manages a PCSO."""
    form = LineManagerForm(starts_on=visit.today)
    offered = _offered(visit, member_at(visit, pcso), form.starts_on.data or visit.today)
    form.specialist_id.choices = manager_choices(offered)

    def act(specialist_id: int, **typed: Any) -> LineManagement:
        mark = _chosen(offered, specialist_id)
        return name_line_manager(visit.session, member_at(visit, pcso), mark, **typed)

    return form_page(
        visit,
        form,
        act=lambda: act(**form.value()),
        saved=_named,
        back_href=address_after(visit, pcso),
        page=lambda: {"member": member_at(visit, pcso), "has_choice": bool(offered)},
    )


def _named(management: LineManagement) -> str:
    manager, pcso = management.specialist.posting.member, management.member
    return f"{manager.name} line-manages {pcso.name} from {day_in_words(management.starts_on)}."


def _offered(visit: Visit[Unit], member: Member, day: date) -> list[Specialist]:
    """The NSOs of the areas that the PCSO is posted in on `day`, as far as the person manages those."""
    areas = {
        posting.unit.parent_id
        for posting in member.postings
        if posting.role is PolicingRole.PCSO and posting.span.covers(day)
    }
    found = candidates(visit.session, {area for area in areas if area is not None}, day)
    return [mark for mark in found if may_change(visit, mark.posting)]


def _offered_beside(visit: Visit[Unit], pcso: str, management: LineManagement) -> list[Specialist]:
    """Who may line-manage from its first day on, and whoever does so far."""
    found = _offered(visit, member_at(visit, pcso), management.starts_on)
    is_there = any(mark.id == management.specialist_id for mark in found)
    return found if is_there else [management.specialist, *found]


def _chosen(offered: list[Specialist], specialist_id: int) -> Specialist:
    return next(mark for mark in offered if mark.id == specialist_id)


@pages.form(_MANAGER, needs=Permission.MANAGE_MEMBERS, within="code")
def correct_line_manager(visit: Visit[Unit], pcso: str, management_id: int) -> Answer:
    """Correct who line-manages a PCSO, or until when."""

    def offer(form: CorrectLineManagerForm, management: LineManagement) -> None:
        form.specialist_id.choices = manager_choices(_offered_beside(visit, pcso, management))

    def act(management: LineManagement, specialist_id: int, **typed: Any) -> LineManagement:
        mark = _chosen(_offered_beside(visit, pcso, management), specialist_id)
        return change_line_management(visit.session, management, mark=mark, **typed)

    return correction_page(
        visit,
        CorrectLineManagerForm,
        lambda: management_in(visit.session, member_at(visit, pcso).id, management_id),
        act=lambda management, form: act(management, **form.value()),
        saved=lambda each: f"{each.member.name}’s line manager is saved.",
        offer=offer,
        back_href=address_after(visit, pcso),
    )


@pages.write(f"{_MANAGER}/remove", needs=Permission.MANAGE_MEMBERS, within="code")
def remove_line_manager(visit: Visit[Unit], pcso: str, management_id: int) -> Answer:
    """Take out that an NSO line-manages a PCSO."""
    management = visit.found(management_in(visit.session, member_at(visit, pcso).id, management_id))
    return button(
        visit,
        act=lambda: remove_line_management(visit.session, management, expected_version=visit.sent_version),
        saved=f"{management.member.name}’s line manager is removed.",
        back_href=address_after(visit, pcso),
    )
