"""What is asked of places: which map, and where somebody lives."""

from npt.organisation.rules import Level
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import Choice, SelectField, TextField
from npt.webkit.forms import QueryForm


class MapForm(AsAtForm):
    """The map of a day, and what stands on it."""

    by = SelectField("Units", missing=None)

    def offer(self, levels: list[Level], usual: Level) -> None:
        """Let one of these levels be chosen; `usual` is shown where none is."""
        self.by.choices = tuple(
            Choice(level.value, level.plural.capitalize()) for level in levels if level is not usual
        )
        self.by.empty = usual.plural.capitalize()

    def level(self, usual: Level) -> Level:
        """The level that is chosen."""
        return usual if self.by.data is None else Level(self.by.data)


class FindForm(QueryForm[str]):
    """Where somebody lives, in their own words."""

    q = TextField("Postcode, street or place", limit=100, missing=None)

    def value(self) -> str:
        """What was typed; "" where nothing was."""
        return self.q.data or ""
