"""The library of a force: what worked, and what did not."""

from flask import url_for

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.exemplars.forms import LibraryForm
from npt.exemplars.models import Exemplar
from npt.exemplars.queries import exemplars_of_force
from npt.exemplars.rules import Works
from npt.exemplars.views.door import pages
from npt.kit.search_terms import fits, terms_of, terms_sought
from npt.organisation.models import Unit
from npt.problems.wording import problem_address
from npt.webkit.listing import Column, Columns, Table, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: The columns of its file, in the practice bank's words.
_COLUMNS: Columns[Exemplar] = (
    Column("Title", lambda each: each.title, holds_words=True, is_sortable=True),
    Column("Does it work", lambda each: each.works),
    Column("Focus", lambda each: each.focus),
    Column("Topic", lambda each: each.problem.category.name),
    Column("Organisation", lambda each: each.problem.matter.unit.name, holds_words=True),
    Column("Contact", lambda each: each.contact, holds_words=True),
    Column("Partners", lambda each: each.partners or "", holds_words=True),
    Column("Start", lambda each: each.starts_on, is_sortable=True),
    Column("Scale", lambda each: each.scale),
    Column("Problem", lambda each: each.problem_words, holds_words=True),
    Column("Solution", lambda each: each.solution, holds_words=True),
    Column("Outcomes", lambda each: each.outcomes, holds_words=True),
)
TONES = {
    Works.SHOWN: "good",
    Works.NOT_SHOWN: "caution",
    Works.NOT: "bad",
    Works.NOT_JUDGED: "plain",
    Works.OPEN_AGAIN: "caution",
}


@pages.read("/units/<code>/exemplars", needs=Permission.SEE_PROBLEMS, within="code")
def exemplars(visit: Visit[Unit]) -> Answer:
    """The exemplars of the whole force, whoever of it reads them."""
    form = LibraryForm()
    form.offer(categories(visit.session))
    found = exemplars_of_force(visit.session, visit.place.path)
    asked = [each for each in found if _is_asked(each, form)] if form.validate() else []
    return visit.render(
        form=form,
        table=Table("Exemplars", _COLUMNS, part_of(asked, _COLUMNS, 20), noun="exemplars", file="exemplars"),
        has_any=bool(found),
        tones=TONES,
        record_href=lambda each: _record_address(visit, each),
        above=[("Problems", url_for("problems.problems", code=visit.place.code))],
    )


def _is_asked(each: Exemplar, form: LibraryForm) -> bool:
    if form.topic.data and each.problem.category.code != form.topic.data:
        return False
    if form.works.data and each.works is not Works(form.works.data):
        return False
    words = f"{each.title} ; {each.problem_words} ; {each.solution} ; {each.outcomes} ; {each.partners or ''}"
    return not form.words.data or fits(terms_sought(form.words.data), terms_of(words))


def _record_address(visit: Visit[Unit], each: Exemplar) -> str:
    """The record, for whoever may see it."""
    matter = each.problem.matter
    return problem_address(matter) if visit.may(Permission.SEE_PROBLEMS, matter.path) else ""
