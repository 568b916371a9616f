"""The one question of the search."""

from npt.webkit.fields import TextField
from npt.webkit.forms import QueryForm


class SearchForm(QueryForm[str]):
    """What to look for."""

    q = TextField("Name, number or place", limit=100, missing=None)

    def value(self) -> str:
        """What was typed; "" where nothing was."""
        return self.q.data or ""
