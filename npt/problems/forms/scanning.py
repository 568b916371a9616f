"""What is said of a problem while scanning. Rows stand ready; one left blank is no source, or goes."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from npt.categories.forms import choices_of as categories_offered
from npt.categories.models import Category
from npt.places.rules import BadPoint, Point, read_point
from npt.problems.actions import ScanningFacts
from npt.problems.forms.choices import NOTICED, PLACE_KINDS, SOURCES, StageForm, StageRecord, chosen
from npt.problems.forms.rows import Rows, rows_of
from npt.problems.rules import (
    LONGEST_PLACE,
    LONGEST_SENTENCE,
    LONGEST_TEXT,
    LONGEST_WORDS,
    Noticed,
    PlaceKind,
    Source,
    SourceKind,
)
from npt.webkit.fields import IntegerField, SelectField, TextAreaField, TextField

#: More sources convince nobody who was not convinced by these.
MOST_SOURCES = 8


class PointField(TextField):
    """A point on the ground as two numbers."""

    def parse(self, typed: list[str]) -> str:
        """The text, once it is a point. ValueError."""
        text = super().parse(typed)
        try:
            point = read_point(text)
        except BadPoint as refusal:
            raise ValueError(refusal.message) from None
        if point is None:
            raise ValueError("A point is a latitude and a longitude, like 51.8791, -0.4175.")
        return point.words

    @property
    def point(self) -> Point | None:
        """The point; None where none was typed."""
        return None if self.data is None else read_point(self.data)


class _Sources(Rows):
    """The rows of sources."""

    most = MOST_SOURCES
    parts: ClassVar[Mapping[str, Any]] = {
        "kind": lambda number: SelectField(
            f"Source {number}", missing=None, choices=SOURCES, of=SourceKind, blank="none"
        ),
        "shows": lambda number: TextField(
            f"What source {number} shows",
            limit=LONGEST_WORDS,
            missing=None,
            blank="nothing",
            autocomplete="off",
        ),
    }


@rows_of(_Sources)
class ScanningForm(StageForm[ScanningFacts]):
    """What the problem is, where, whom it harms, and what shows that it keeps happening."""

    title = TextAreaField(
        "The problem in one sentence",
        limit=LONGEST_SENTENCE,
        rows=2,
        noun="The sentence",
        missing="Say in one sentence what the problem is.",
    )
    category = SelectField("Category", noun="The category", missing="Choose a category.")
    place = TextField("Where it is", limit=LONGEST_PLACE, missing="Say where it is.", autocomplete="off")
    place_kind = SelectField(
        "Kind of place", missing=None, empty="Choose", choices=PLACE_KINDS, blank="not said"
    )
    point = PointField(
        "Point on the map",
        limit=60,
        missing=None,
        blank="found in what is said of the place",
        hint="Latitude and longitude. Leave blank to find it in what you say of the place.",
        autocomplete="off",
    )
    radius = IntegerField(
        "How far around that point, in metres",
        noun="The distance",
        lowest=25,
        highest=5_000,
        missing="Enter how far around the point it reaches.",
    )
    noticed = SelectField(
        "How it came to notice", missing="Choose how it came to notice.", choices=NOTICED, of=Noticed
    )
    harmed = TextAreaField("Who is harmed", limit=LONGEST_WORDS, rows=2, missing="Say who is harmed.")
    one_source_reason = TextAreaField(
        "If there is only one kind of source, why?",
        noun="The reason",
        limit=LONGEST_WORDS,
        rows=2,
        missing=None,
        blank="not said",
    )
    why_this_one = TextAreaField(
        "Why this problem, and not another?",
        noun="Why this problem",
        limit=LONGEST_TEXT,
        rows=4,
        missing=None,
        blank="not said",
    )

    _categories: Mapping[str, Category]

    @classmethod
    def values_of(cls, record: StageRecord) -> Mapping[str, object]:
        """What is kept with the problem."""
        problem = record.problem
        rows = [{"kind": each.kind, "shows": each.words} for each in problem.sources]
        return {
            "title": problem.title,
            "category": problem.category.code,
            "place": problem.place,
            "place_kind": problem.place_kind,
            "point": problem.point and problem.point.words,
            "radius": problem.radius,
            "noticed": problem.noticed,
            "harmed": problem.harmed,
            **_Sources.values(rows),
        }

    def offer(self, categories: Sequence[Category]) -> None:
        """Offer these categories."""
        self._categories = {each.code: each for each in categories}
        self.category.choices = categories_offered(categories)

    @property
    def rows(self) -> list[list[Any]]:
        """The rows to show: those that hold something, and two more."""
        return _Sources.shown(self)

    def check_rows(self) -> None:
        """Refuse half a source, beside the half that is missing."""
        for kind, shows in _Sources.of(self):
            if bool(kind.data) != bool(shows.data) and not (kind.errors or shows.errors):
                lacking = shows if kind.data else kind
                lacking.refuse("Say what it shows." if kind.data else "Choose what kind of source it is.")

    def value(self) -> ScanningFacts:
        """What was typed."""
        return ScanningFacts(
            title=self.title.value,
            category=self._categories[self.category.value],
            place=self.place.value,
            point=self.point.point,
            radius=self.radius.value,
            noticed=Noticed(self.noticed.value),
            harmed=self.harmed.value,
            sources=[
                Source(SourceKind(kind.data), shows.data) for kind, shows in _Sources.of(self) if kind.data
            ],
            one_source_reason=self.one_source_reason.data,
            why_this_one=self.why_this_one.data,
            involvement=self.involvement(),
            place_kind=chosen(PlaceKind, self.place_kind.data),
        )
