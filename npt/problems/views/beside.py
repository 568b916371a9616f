"""What stands beside the stages of a problem: names and tactics, and other problems that belong to it."""

from dataclasses import dataclass

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.matters.models import Matter
from npt.matters.queries import matter_referred
from npt.problems.actions import keep_sensitive, link_problem
from npt.problems.forms import LinkForm, SensitiveForm
from npt.problems.forms.beside import NONE
from npt.problems.models import LinkKind, Problem, ProblemSensitive
from npt.problems.queries import problem_of, sensitive_of
from npt.problems.views.door import ONE, pages, problem_here, trail
from npt.problems.wording import problem_address
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


class UnknownProblem(Refusal):
    """A reference that no problem has which the person may see."""


@dataclass(frozen=True, slots=True)
class _Sensitive:
    """Names and tactics as their form shows them; version 0 where nobody has said anything."""

    people: str | None
    tactics: str | None
    version: int
    whose: str

    @classmethod
    def of(cls, said: ProblemSensitive | None, problem: Problem) -> "_Sensitive":
        if said is None:
            return cls(None, None, 0, problem.title)
        return cls(said.people, said.tactics, said.version, problem.title)


@pages.form(
    f"{ONE}/sensitive",
    needs=Permission.SEE_SENSITIVE,
    within_matter="problem",
    shows_personal="names and tactics of problem",
)
def sensitive(visit: Visit[Matter]) -> Answer:
    """Say who is part of it and what is planned: for the team's own line."""
    problem = problem_here(visit)
    visit.personal_record_id = problem.id
    return correction_page(
        visit,
        SensitiveForm,
        lambda: _Sensitive.of(sensitive_of(visit.session, problem), problem),
        act=lambda _, form: keep_sensitive(visit.session, problem, **form.value()),
        saved="Names and tactics are saved.",
        page=lambda _: {"problem": problem_here(visit), "above": trail(visit, problem)},
        back_href=problem_address(visit.place),
    )


@pages.form(f"{ONE}/links", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def links(visit: Visit[Matter]) -> Answer:
    """Link another problem with this one, say otherwise what it is, or take the link away."""
    problem, form = problem_here(visit), LinkForm()
    return form_page(
        visit,
        form,
        act=lambda: link_problem(
            visit.session,
            problem,
            other=_other(visit, form.other.value),
            kind=None if form.kind.value == NONE else LinkKind(form.kind.value),
            stamp=visit.stamp,
        ),
        saved="The link is saved.",
        back_href=problem_address(visit.place),
        page=lambda: {"problem": problem_here(visit), "above": trail(visit, problem)},
    )


def _other(visit: Visit[Matter], reference: str) -> Problem:
    """The problem of the reference, if the person may see it. UnknownProblem."""
    matter = matter_referred(visit.session, reference)
    found = None
    if matter is not None and visit.may(Permission.SEE_PROBLEMS, matter.path):
        found = problem_of(visit.session, matter.id)
    if found is None:
        raise UnknownProblem(
            f"There is no problem {reference[:40]} that you can see: check its reference.", field="other"
        )
    return found
