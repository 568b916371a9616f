"""The search over all problems that the reader may see."""

from collections.abc import Iterable

from flask import url_for

from npt.access.rules import Permission, SignedIn
from npt.categories.models import Category
from npt.categories.queries import categories
from npt.kit.search_terms import fits, terms_of, terms_sought
from npt.matters.queries import matter_referred
from npt.matters.rules import MatterKind
from npt.problem_search.forms import FindForm
from npt.problem_search.queries import problems_found
from npt.problem_search.views.columns import MORE_FOUND, columns_found
from npt.problem_search.views.door import pages
from npt.problems.queries import Listed, ProblemLine
from npt.problems.views.listing import line_address
from npt.problems.wording import problem_address
from npt.webkit.asked import asked_page
from npt.webkit.listing import Table, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.parts import Link
from npt.webkit.visit import Visit

#: What is said of a search without a word in it.
NO_WORD = "There is no word to look for in “{}”: enter a word, a postcode or a reference."


@pages.read("/problems", needs=SignedIn(because="everybody may look for the problems that they may open"))
def search(visit: Visit[None]) -> Answer:
    """The problems that fit the words and filters of the address."""
    form, sees_costs = FindForm(), visit.may(Permission.SEE_PROBLEMS)
    known = categories(visit.session)
    form.offer(known)
    is_read, typed = form.validate(), form.q.data or ""
    has_word = bool(terms_sought(typed))
    is_asked = is_read and (has_word or (not typed and not form.asked(has_costs=sees_costs).is_everything))
    found = _found(visit, form, sees_costs=sees_costs) if is_asked else None
    return visit.render(
        form=form,
        table=None if found is None else _table(found),
        more=MORE_FOUND if found is not None and found.has_more else "",
        no_word=NO_WORD.format(typed) if typed and is_read and not has_word else "",
        sees_costs=sees_costs,
        meant=_meant(visit, typed, known) if is_read and has_word else [],
    )


def _meant(visit: Visit[None], typed: str, known: Iterable[Category]) -> list[Link]:
    """What else may be meant: the problem of that reference, and all of a category of that name."""
    found = matter_referred(visit.session, typed) if any(sign.isdigit() for sign in typed) else None
    is_problem = found is not None and found.kind is MatterKind.PROBLEM
    links = []
    if found is not None and is_problem and visit.may(Permission.SEE_PROBLEMS, found.path):
        links.append(Link(f"{found.reference} {found.title}", problem_address(found)))
    return links + [
        Link(f"All of the category {each.name}", url_for("problem_search.search", category=each.code))
        for each in known
        if fits(terms_sought(typed), terms_of(each.name))
    ]


def _found(visit: Visit[None], form: FindForm, *, sees_costs: bool) -> Listed:
    return problems_found(
        visit.session,
        visit.person,
        form.q.data or "",
        form.asked(has_costs=sees_costs),
        today=visit.today,
        now=visit.now,
        page=asked_page(),
        sorting=sorting_asked_of(columns_found()),
    )


def _table(found: Listed) -> Table[ProblemLine]:
    columns = columns_found()
    return Table("Problems found", columns, found.part, href=line_address, noun="problems", file="problems")
