"""The answer of whoever raised a priority, by the link that they were sent. Opening it changes nothing."""

from flask import url_for

from npt.access.rules import Open
from npt.kit.refusals import Refusal
from npt.priorities.actions import answer_by_link
from npt.priorities.actions.links import is_alive
from npt.priorities.forms import OwnAnswerForm
from npt.priorities.models import PriorityLink
from npt.priorities.queries import link_keyed
from npt.priorities.views.door import OWN_ANSWER, pages
from npt.priorities.wording import place_of
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.signed_links import LinkExpired, secret_keys
from npt.webkit.visit import Visit, not_found


@pages.form(
    "/priorities/<answer>",
    needs=Open(because="whoever raised a priority has no account, and the signed link takes one answer"),
)
def own_answer(visit: Visit[None], answer: str) -> Answer:
    """Where and what it is, what was done, and two buttons’ worth of an answer."""
    found = _of_link(visit, answer)
    if found is None or not is_alive(found, visit.today):
        return visit.render(found=found, form=None, where="", title="What you told us about")
    form, priority = OwnAnswerForm(), found.closing.priority
    return form_page(
        visit,
        form,
        act=lambda: answer_by_link(visit.session, found, **form.value(), now=visit.now, today=visit.today),
        saved=lambda _: visit.saved(
            url_for("priorities.own_answer", answer=answer), "Thank you. Your answer has reached the team."
        ),
        page=lambda: {"found": found, "where": place_of(priority), "title": priority.title},
    )


def _of_link(visit: Visit[None], signed: str) -> PriorityLink | None:
    """The link as it was sent; None once it has run out. Altered, erased or never ours: not found."""
    try:
        key = OWN_ANSWER.read(secret_keys(), signed, visit.today)
    except LinkExpired:
        return None
    except Refusal:
        not_found()
    return visit.found(link_keyed(visit.session, key))
