"""Categories are added, renamed, closed from a day on and opened again."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.categories.rules import check_code, check_name
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class CategoryTaken(Refusal):
    """There is another category of that code or name."""


name_violation(
    "uq_category_code",
    lambda: CategoryTaken("Another category has this code: choose another code.", field="code"),
)
name_violation(
    "uq_category_name",
    lambda: CategoryTaken("Another category has this name: choose another name.", field="name"),
)


def add_category(session: Session, *, name: str, code: str) -> Category:
    """Add a category, the last in the lists. BadCategoryCode, BadCategoryName, CategoryTaken."""
    check_code(code)
    check_name(name)
    last = session.scalar(select(func.max(Category.position))) or 0
    category = Category(code=code, name=name.strip(), position=last + 1)
    with refusing(session):
        session.add(category)
    return category


def change_category(
    session: Session,
    category: Category,
    *,
    name: str,
    closed_on: date | None,
    expected_version: int | None = None,
) -> Category:
    """Rename a category, close it after a day or open it again; its code stays, and what is recorded.

    StaleRecord, BadCategoryName, DayOutOfRange, CategoryTaken.
    """
    check_version(category, expected_version)
    check_name(name)
    check_day(closed_on, "closed_on")
    with refusing(session):
        category.name, category.closed_on = name.strip(), closed_on
    return category
