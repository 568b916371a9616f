"""Categories as files name them."""

from operator import attrgetter

from npt.categories.queries import categories_coded
from npt.store.rows import Lookup

CATEGORIES_CODED = Lookup(
    categories_coded,
    "There is no category {}: correct the code, or add the category first.",
    attrgetter("code"),
)
