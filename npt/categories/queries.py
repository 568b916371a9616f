"""Questions about categories, in the order of lists."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.store.batches import found_by


def categories(session: Session, *, open_on: date | None = None) -> list[Category]:
    """Every category, or those that may be recorded for a day, in the order of lists. One statement."""
    found = session.scalars(select(Category).order_by(Category.position, Category.id))
    return [each for each in found if open_on is None or each.is_open_on(open_on)]


def category_coded(session: Session, code: str) -> Category | None:
    """The category of the code, compared exactly; None when there is none."""
    return session.scalar(select(Category).where(Category.code == code))


def categories_coded(session: Session, codes: Collection[str]) -> dict[str, Category]:
    """The categories of these codes, by code; a code that none has is left out."""
    return {each.code: each for each in found_by(session, select(Category), Category.code, codes)}
