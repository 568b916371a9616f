"""One step of a programme recorded for many members of a unit at once."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.training.actions import Recorded, complete_many, register_many, verify_many
from npt.training.forms import ManyForm, Step, TypedStep, WhoseForm, programme_choices
from npt.training.models import Programme
from npt.training.queries import MemberTraining, programmes_of, training_of
from npt.training.rules import Sought, Standing
from npt.training.views.door import pages
from npt.training.views.wording import standing_in_words
from npt.webkit.fields import Choice
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.forms import Keywords
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: The most members offered on one page; a larger unit is narrowed, or gone through team by team.
MOST_OFFERED = 200
_SAVED = {Step.REGISTERED: "Registered", Step.COMPLETED: "Completion saved", Step.VERIFIED: "Verified"}


@pages.form("/units/<code>/training/many", needs=Permission.RECORD_TRAINING, within="code")
def many(visit: Visit[Unit]) -> Answer:
    """Record that many members are registered, have completed modules, or are verified."""
    whose = WhoseForm()
    programme = _programme_asked(visit, whose)
    name = None if programme is None else programme.name  # now: a refusal rolls the session back
    offered = [] if programme is None else _offered(visit, programme, whose.sought)
    form = ManyForm(on=visit.today)
    _offer(form, programme, offered)
    return form_page(
        visit,
        form,
        asked=whose,
        act=lambda: _record(visit, visit.found(programme), offered, form.value()),
        saved=lambda done: visit.saved(_address(visit, whose), _message(form.value().step, done)),
        back_href=url_for("training.training", code=visit.place.code),
        page=lambda: {"whose": whose, "name": name, "offered": len(offered), "most": MOST_OFFERED},
    )


def _programme_asked(visit: Visit[Unit], whose: WhoseForm) -> Programme | None:
    """The programme of the address, else the first; None where the force has none."""
    programmes = programmes_of(visit.session, visit.place.path)
    whose.programme.choices = programme_choices(programmes)
    whose.validate()
    named = (each for each in programmes if each.code == whose.programme.data)
    programme = next(named, next(iter(programmes), None))
    if programme is not None:
        whose.programme.data = programme.code
    return programme


def _offered(visit: Visit[Unit], programme: Programme, sought: Sought | None) -> list[MemberTraining]:
    found = training_of(visit.session, visit.place, visit.today, [programme]).members
    fitting = [each for each in found if sought is None or sought.fits(each.standings[programme.id])]
    return fitting[:MOST_OFFERED]


def _offer(form: ManyForm, programme: Programme | None, offered: Sequence[MemberTraining]) -> None:
    if programme is None:
        form.step.choices = ()  # of no programme, nothing can be recorded
        return
    form.modules.choices = tuple(
        Choice(str(module.number), f"{module.number}. {module.name}") for module in programme.modules
    )
    form.members.choices = tuple(
        Choice(
            each.member.number,
            f"{each.member.name} ({each.member.number})",
            f"{each.postings[0].role.wording}, {each.postings[0].unit.name}:"
            f" {_stands(each.standings[programme.id], programme)}",
        )
        for each in offered
    )


def _stands(standing: Standing, programme: Programme) -> str:
    words = standing_in_words(standing, len(programme.modules))
    return f"{words}, {standing.to_verify} to verify" if standing.to_verify else words


def _record(
    visit: Visit[Unit], programme: Programme, offered: Sequence[MemberTraining], typed: TypedStep
) -> Recorded:
    given: Keywords = {
        "members": [each.member for each in offered if each.member.number in typed.members],
        "programme": programme,
        "today": visit.today,
    }
    if typed.step is Step.REGISTERED:
        return register_many(visit.session, **given, registered_on=typed.on)
    given["numbers"] = typed.modules
    if typed.step is Step.COMPLETED:
        return complete_many(visit.session, **given, completed_on=typed.on)
    return verify_many(visit.session, **given, verified_on=typed.on, account_id=visit.by)


def _message(step: Step, done: Recorded) -> str:
    had_it = f" {plural(done.had_it, 'member')} already had it." if done.had_it else ""
    return f"{_SAVED[step]} for {plural(done.members, 'member')}.{had_it}"


def _address(visit: Visit[Unit], whose: WhoseForm) -> str:
    return url_for(
        "training.many",
        code=visit.place.code,
        programme=whose.programme.data,
        standing=whose.standing.data,
    )
