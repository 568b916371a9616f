"""Files of a problem: added, downloaded, removed."""

from npt.access.rules import Permission, ShareLevel
from npt.attachments.rules import LARGEST
from npt.attachments.views import download
from npt.attachments.wording import kept_in_words
from npt.matters.models import Matter
from npt.problems.actions import add_evidence, remove_evidence
from npt.problems.forms import EvidenceForm
from npt.problems.models import Problem, ProblemEvidence
from npt.problems.views.door import ONE, pages, problem_here, trail
from npt.problems.wording import problem_address
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_FILE = f"{ONE}/evidence/<{KEY}:evidence_id>"


@pages.form(
    f"{ONE}/evidence/new", needs=Permission.KEEP_PROBLEMS, within_matter="problem", largest_file=LARGEST
)
def new_evidence(visit: Visit[Matter]) -> Answer:
    """Add a file that shows something, at the stage that the problem is at."""
    problem, form = problem_here(visit), EvidenceForm()
    return form_page(
        visit,
        form,
        act=lambda: add_evidence(
            visit.session,
            problem,
            stamp=visit.stamp,
            stage=problem.stage,
            words=form.words.value,
            file=form.file.value,
        ),
        saved=lambda _: visit.saved(
            f"{problem_address(visit.place)}#files", f"The file is added.{kept_in_words(form.file.value)}"
        ),
        back_href=problem_address(visit.place),
        page=lambda: {"problem": problem_here(visit), "above": trail(visit, problem)},
    )


@pages.read(_FILE, needs=Permission.SEE_PROBLEMS, within_matter="problem", shared=ShareLevel.FULL)
def evidence_file(visit: Visit[Matter], evidence_id: int) -> Answer:
    """A file of the problem."""
    found = _file_of(visit, problem_here(visit), evidence_id)
    return download(visit, found.attachment, f"{visit.place.reference} file {found.id}")


@pages.write(f"{_FILE}/remove", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def remove_file(visit: Visit[Matter], evidence_id: int) -> Answer:
    """Remove what a file of the problem holds."""
    problem = problem_here(visit)
    found = _file_of(visit, problem, evidence_id)
    return button(
        visit,
        act=lambda: remove_evidence(visit.session, problem, found, stamp=visit.stamp),
        saved="The file is removed. That it was here is kept.",
        back_href=f"{problem_address(visit.place)}#files",
    )


def _file_of(visit: Visit[Matter], problem: Problem, evidence_id: int) -> ProblemEvidence:
    return visit.found(next((each for each in problem.evidence if each.id == evidence_id), None))
