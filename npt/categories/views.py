"""The list of categories for everybody, added to and changed by the board."""

from flask import url_for

from npt.access.rules import Permission, SignedIn
from npt.categories import actions, queries
from npt.categories.forms import CategoryForm, ChangeCategoryForm
from npt.categories.models import Category
from npt.organisation.rules import Level, Lineage
from npt.webkit.errors import DoorClosed
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit

pages = Pages("categories")

_COLUMNS: Columns[Category] = (
    coded("Category", lambda each: each, is_below=True),
    Column(
        "May be recorded",
        lambda each: "yes" if each.closed_on is None else f"to {day_in_words(each.closed_on)}",
    ),
)


def _may_manage(visit: Visit[None]) -> bool:
    """Whether the person may change the list, which holds for a whole force."""
    reach = visit.person.reach(Permission.MANAGE_DEFINITIONS)
    return any(Lineage.parse(path).level is Level.FORCE for path in reach)


def _check_may_manage(visit: Visit[None]) -> None:
    if not _may_manage(visit):
        raise DoorClosed(Permission.MANAGE_DEFINITIONS)


def _back() -> str:
    return url_for("categories.categories_list")


@pages.read("/categories", needs=SignedIn(because="whoever reads a figure may know what it is of"))
def categories_list(visit: Visit[None]) -> Answer:
    """Every category, in the order of lists."""
    may_change = _may_manage(visit)
    return visit.render(
        table=Table(
            "Categories",
            _COLUMNS,
            queries.categories(visit.session),
            href=(lambda each: url_for("categories.change_category", category=each.code))
            if may_change
            else None,
            noun="categories",
            file="categories",
        ),
        may_change=may_change,
    )


@pages.form("/new-category", needs=Permission.MANAGE_DEFINITIONS)
def new_category(visit: Visit[None]) -> Answer:
    """Add a category."""
    _check_may_manage(visit)
    form = CategoryForm()
    return form_page(
        visit,
        form,
        act=lambda: actions.add_category(visit.session, **form.value()),
        saved=lambda added: f"Added: {added.name}. It can be used now.",
        back_href=_back(),
    )


@pages.form("/categories/<category>", needs=Permission.MANAGE_DEFINITIONS)
def change_category(visit: Visit[None], category: str) -> Answer:
    """Rename a category, close it after a day or open it again."""
    _check_may_manage(visit)
    return correction_page(
        visit,
        ChangeCategoryForm,
        lambda: queries.category_coded(visit.session, category),
        act=lambda found, form: actions.change_category(visit.session, found, **form.value()),
        saved=lambda changed: f"Saved: {changed.name}.",
        back_href=_back(),
    )
