"""What a person chooses on the pages of performance; the answers are part of the address."""

from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import Choice, HiddenField, SelectField
from npt.webkit.forms import QueryForm


class DefinitionForm(QueryForm[str]):
    """The way of counting under which the figures are shown."""

    definition = SelectField("Way of counting", missing="Choose a way of counting.")
    sort = HiddenField("Order", missing=None)

    def offer(self, definitions: list[tuple[str, str]], chosen: str) -> None:
        """Offer these (code, name), with the one that is in use chosen."""
        self.definition.choices = tuple(Choice(code, name) for code, name in definitions)
        self.definition.typed = [chosen]

    def value(self) -> str:
        """The code of the definition."""
        return self.definition.value


class CoverForm(AsAtForm):
    """Which neighbourhoods are shown: all of a day, or those where somebody has to look."""

    show = SelectField(
        "Neighbourhoods",
        missing=None,
        choices=(
            Choice("flagged", "Where the contact does not answer"),
            Choice("without", "Without a contact"),
        ),
        empty="All",
    )
