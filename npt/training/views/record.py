"""One member's training: every programme with its registrations, modules, verifications, and what is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.spans import lasts
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import member_of_account
from npt.people.views.door import MEMBER, member_at
from npt.training.actions import register_member
from npt.training.forms import RegisterForm, programme_choices
from npt.training.models import Programme, Registration
from npt.training.queries import completions_of, programmes_of, record_of, registrations_of
from npt.training.rules import Stage, Standing
from npt.training.views.door import pages, record_address
from npt.training.views.wording import due_in_words, standing_in_words, verifier_in_words
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

_COLUMNS = tuple(Heading(each) for each in ("Module", "Completed", "Verified", "By", "Change"))


@pages.read(f"{MEMBER}/training", needs=Permission.SEE_MEMBERS, within="code", shows_personal="member")
def record(visit: Visit[Unit], number: str) -> Answer:
    """Everything recorded of a member's training, and the next steps."""
    member = member_at(visit, number)
    visit.personal_record_id = member.id
    parts = parts_of(visit, member, visit.place.path)
    own = member_of_account(visit.session, visit.by)
    return visit.render(
        member=member,
        parts=parts,
        columns=_COLUMNS,
        verifier=verifier_in_words,
        may_record=visit.may(Permission.RECORD_TRAINING, visit.place.path),
        is_own=own is not None and own.id == member.id,
        member_href=url_for("people.member", code=visit.place.code, number=number),
    )


def parts_of(visit: Visit[Any], member: Member, path: str) -> list[dict[str, Any]]:
    """The programmes of the force that `path` is in, as a member's record shows them."""
    registrations = registrations_of(visit.session, [member.id])
    # A member who came from another force keeps what was done there.
    programmes = {each.id: each for each in programmes_of(visit.session, path)}
    programmes |= {each.programme_id: each.programme for each in registrations}
    standings = record_of(visit.session, member, list(programmes.values()), visit.today)
    return [_part(each, standings, registrations, visit.today) for each in programmes.values()]


def _part(
    programme: Programme,
    standings: Mapping[int, Standing],
    registrations: Sequence[Registration],
    today: date,
) -> dict[str, Any]:
    """A programme with where the member stands, and all their registrations for it, latest first."""
    standing = standings[programme.id]
    theirs = [each for each in registrations if each.programme_id == programme.id]
    return {
        "programme": programme,
        "standing": standing_in_words(standing, len(programme.modules)),
        "due": "" if standing.due is None else due_in_words(standing.due, today),
        "registrations": [_registration(each) for each in reversed(theirs)],
    }


def _registration(registration: Registration) -> dict[str, Any]:
    """A registration with its modules by number, what is said beside them, and the steps that are open."""
    modules, progress = len(registration.programme.modules), registration.progress
    stands, is_verified = registration.withdrawn_on is None, progress.stage(modules) is Stage.VERIFIED
    has_external = registration.programme.has_external
    return {
        "registration": registration,
        "completions": completions_of(registration),
        "facts": _facts(registration),
        "may_complete": stands and progress.completed < modules,
        "may_verify": stands and progress.verified < progress.completed,
        "may_ask": stands and is_verified and has_external and registration.asked_on is None,
        "may_grant": stands and registration.asked_on is not None and registration.granted_on is None,
    }


def _facts(registration: Registration) -> list[tuple[str, str]]:
    """External verification and withdrawal: what, and in words."""
    facts = []
    if registration.asked_on is not None:
        by = registration.asked_by
        recorded = "" if by is None else f", recorded by {by.name}"
        facts.append(("External verification asked for", day_in_words(registration.asked_on) + recorded))
    if registration.granted_on is not None:
        granted = f"{day_in_words(registration.granted_on)}, by {registration.granted_by}"
        facts.append(("External verification granted", granted))
    if registration.withdrawn_on is not None:
        facts.append(("Withdrawn", day_in_words(registration.withdrawn_on)))
    return facts


@pages.form(f"{MEMBER}/new-training", needs=Permission.RECORD_TRAINING, within="code")
def register(visit: Visit[Unit], number: str) -> Answer:
    """Register a member for a programme."""
    member = member_at(visit, number)
    programmes = programmes_of(visit.session, visit.place.path)
    form = RegisterForm(registered_on=visit.today)
    open_today = [each for each in programmes if lasts(each.closed_on, visit.today)]
    form.programme.choices = programme_choices(open_today)
    return form_page(
        visit,
        form,
        act=lambda: _register(visit, member, programmes, **form.value()),
        saved="The registration is saved.",
        back_href=record_address(visit, number),
        page=lambda: {"number": number, "has_programmes": bool(programmes)},
    )


def _register(
    visit: Visit[Unit], member: Member, programmes: Sequence[Programme], programme: str, registered_on: date
) -> None:
    chosen = next(each for each in programmes if each.code == programme)
    register_member(
        visit.session, member=member, programme=chosen, registered_on=registered_on, today=visit.today
    )
