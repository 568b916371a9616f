"""One problem: where it stands, on whom it waits, and all that is said of it, stage by stage."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from npt.access.rules import Permission, ShareLevel
from npt.attachments.wording import TONES, advice, file_in_words
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.partners.queries import share_seen
from npt.places.drawing import Drawing, Ground, Pin, draw
from npt.places.queries import shape_of
from npt.problems.models import Problem, ProblemSensitive
from npt.problems.queries import (
    LinkedProblem,
    happenings_of,
    lacks_at,
    links_of,
    neighbourhood_of,
    sensitive_of,
)
from npt.problems.rules import Lack, OpenAction, Stage, waiting_on
from npt.problems.views.door import ONE, pages, problem_here, sign_offs_known, trail
from npt.problems.views.parts import Place, parts_of
from npt.problems.wording import GUIDANCE, lack_address, problem_address
from npt.webkit.forms import EditForm
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.queries import ActionLine, actions_of_matter, owner_names
from npt.work.rules import MatterStage
from npt.work.views.matter_part import work_of

#: The stages that say something; closing is an act.
SAID = (Stage.SCANNING, Stage.ANALYSIS, Stage.RESPONSE, Stage.ASSESSMENT)
#: So much of what happened stands on the page unless all of it is asked for.
MOST_HAPPENINGS = 20
#: By this question the address asks for names and tactics on paper too.
PRINTED = "sensitive"


@pages.read(
    ONE,
    needs=Permission.SEE_PROBLEMS,
    within_matter="problem",
    shared=ShareLevel.EXISTS,
    shows_personal="names and tactics of problem",
)
def problem(visit: Visit[Matter]) -> Answer:
    """A problem as its team sees it, or as it is shared with a partner."""
    found = problem_here(visit)
    visit.shows_personal = False
    if visit.level is not None:
        return visit.render(**_told(visit, found), **_shared(visit, found, visit.level))
    told = _told(visit, found)
    return visit.render(
        **told,
        **_where(visit, found),
        **_kept(visit, found),
        links=_links(visit, found),
        sensitive=_sensitive(visit, found),
        is_sensitive_printed=request.args.get("print") == PRINTED,
        work=work_of(visit, found.matter, _stage_of_work(found.stage), told["actions"]),
        parts=parts_of(visit, found, Place.OUTCOME, Place.CLOSING, Place.AFTER),
        share_href=_share_address(visit, found),
        form=EditForm[object](formdata=None, version=str(found.version)),
        above=trail(visit, found),
    )


def _told(visit: Visit[Matter], problem: Problem) -> dict[str, Any]:
    """What the page says of each stage, and on whom it waits."""
    actions = actions_of_matter(visit.session, problem.matter, today=visit.today)
    lacks = {stage: lacks_at(visit.session, problem, stage) for stage in SAID}
    owner = owner_names(visit.session, [problem.owner]).get(problem.owner, "")
    return {
        "problem": problem,
        "owner_name": owner,
        "stages": list(Stage),
        "lacks": {stage: _linked(visit, problem, stage, found) for stage, found in lacks.items()},
        "guidance": GUIDANCE[problem.stage],
        "waiting": waiting_on(
            problem.stage,
            owner=owner,
            lacks=lacks.get(problem.stage, ()),
            actions=_open(actions),
            today=visit.today,
            is_scored=bool(problem.scores),
            sign_offs=sign_offs_known().of(visit.session, [problem.id]).get(problem.id, ()),
        ),
        "actions": actions,
        **_happened(visit, problem),
        "file_in_words": file_in_words,
        "tones": TONES,
        "advice": advice,
    }


def _happened(visit: Visit[Matter], problem: Problem) -> dict[str, Any]:
    """What happened, the latest first; more than a screen of it only where the address asks for all."""
    found = happenings_of(visit.session, problem)
    most = len(found) if request.args.get("history") == "all" else MOST_HAPPENINGS
    return {"happenings": found[:most], "further_happenings": len(found[most:])}


def _linked(
    visit: Visit[Matter], problem: Problem, stage: Stage, lacks: Sequence[Lack]
) -> list[tuple[str, str]]:
    may_say = visit.may(Permission.KEEP_PROBLEMS, problem.matter.path)
    return [(each.words, lack_address(problem, stage, each) if may_say else "") for each in lacks]


def _open(actions: Sequence[ActionLine]) -> list[OpenAction]:
    return [
        OpenAction(line.action.what, line.owner_name, line.action.due_on)
        for line in actions
        if line.action.state.is_open
    ]


def _stage_of_work(stage: Stage) -> MatterStage | None:
    return MatterStage(stage.value) if stage in SAID else None


def _kept(visit: Visit[Matter], problem: Problem) -> dict[str, Any]:
    """What the person may do with it."""
    path = problem.matter.path
    return {
        "may_keep": visit.may(Permission.KEEP_PROBLEMS, path),
        "may_see_sensitive": visit.may(Permission.SEE_SENSITIVE, path),
        "print_href": f"{problem_address(problem)}?print={PRINTED}",
    }


def _where(visit: Visit[Matter], problem: Problem) -> dict[str, Any]:
    neighbourhood = neighbourhood_of(visit.session, problem, as_at=visit.today)
    return {"neighbourhood": neighbourhood, "drawing": _drawing(visit, problem, neighbourhood)}


def _drawing(visit: Visit[Matter], problem: Problem, neighbourhood: Unit | None) -> Drawing | None:
    """The ground of the neighbourhood with the place of the problem; None where that is not known."""
    if problem.point is None:
        return None
    shape = None if neighbourhood is None else shape_of(visit.session, neighbourhood)
    grounds = [] if neighbourhood is None or shape is None else [Ground(neighbourhood.name, [shape])]
    return draw(grounds, [Pin(problem.place, problem.point)])


def _links(visit: Visit[Matter], problem: Problem) -> list[LinkedProblem]:
    """The linked problems that the person may see."""
    found = links_of(visit.session, problem)
    return [each for each in found if visit.may(Permission.SEE_PROBLEMS, each.matter.path)]


def _sensitive(visit: Visit[Matter], problem: Problem) -> ProblemSensitive | None:
    """Names and tactics for whoever may see them; the journal is told where there are any."""
    if not visit.may(Permission.SEE_SENSITIVE, problem.matter.path):
        return None
    found = sensitive_of(visit.session, problem)
    visit.shows_personal, visit.personal_record_id = found is not None, problem.id
    return found


def _share_address(visit: Visit[Matter], problem: Problem) -> str:
    if not visit.may(Permission.SHARE, problem.matter.path):
        return ""
    return url_for("partners.shares", reference=problem.reference)


def _shared(visit: Visit[Matter], problem: Problem, level: ShareLevel) -> dict[str, Any]:
    """What a partner is shown besides, as far as the level opens it."""
    neighbourhood = neighbourhood_of(visit.session, problem, as_at=visit.today)
    return {
        "share": visit.found(share_seen(visit.session, visit.person.agency_id, visit.place, visit.now)),
        "has_summary": level.opens(ShareLevel.SUMMARY),
        "is_full": level.opens(ShareLevel.FULL),
        "where": (neighbourhood or problem.matter.unit).name,
        "agency_id": visit.person.agency_id,
        # what came of it, and neither what its team lost meanwhile nor who raised it
        "parts": parts_of(visit, problem, Place.OUTCOME) if level.opens(ShareLevel.FULL) else (),
    }
