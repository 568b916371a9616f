"""What a board types about a category, and categories as forms offer them."""

from collections.abc import Iterable

from npt.categories.models import Category
from npt.categories.rules import LONGEST_CODE, LONGEST_NAME
from npt.webkit.fields import Choice, LastDayField, TextField
from npt.webkit.forms import CreateForm, EditForm, Keywords


def choices_of(categories: Iterable[Category]) -> tuple[Choice, ...]:
    """Categories as a form offers them."""
    return tuple(Choice(each.code, each.name) for each in categories)


class CategoryForm(CreateForm[Keywords]):
    """A category to be added."""

    name = TextField("Name", missing="Enter the name of the category.", limit=LONGEST_NAME)
    code = TextField(
        "Code",
        missing="Enter a code.",
        hint="For files, such as fly-tipping: lower-case letters, digits and hyphens. It cannot be changed"
        " later.",
        limit=LONGEST_CODE,
    )


class ChangeCategoryForm(EditForm[Keywords]):
    """A category is renamed, closed or opened again."""

    name = CategoryForm.name
    closed_on = LastDayField(
        "Last day it may be recorded",
        hint="Leave blank while it is in use. Existing records are kept and count as before.",
    )
