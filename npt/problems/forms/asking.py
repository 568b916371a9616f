"""Which problems are asked for: by the list of a unit."""

from collections.abc import Sequence
from datetime import date, timedelta

from npt.categories.forms import choices_of
from npt.categories.models import Category
from npt.problems.forms.choices import PLACE_KINDS, chosen
from npt.problems.queries import Asked, WaitsOn
from npt.problems.rules import Bearing, Outcome, PlaceKind, Stage
from npt.webkit.fields import Choice, SelectField
from npt.webkit.forms import QueryForm
from npt.work.queries import OwnerLine
from npt.work.rules import Owner

_OPEN, _ALL = "open", "all"
_OPEN_STAGES = frozenset(stage for stage in Stage if stage.is_open)
_STAGES = (
    Choice(_OPEN, "Open"),
    *(Choice(each.value, each.wording) for each in Stage),
    Choice(_ALL, "Open and closed"),
)
OUTCOMES = tuple(Choice(each.value, each.wording) for each in Outcome)
SHOWN = (
    Choice(Bearing.SHOWN.value, "Shown by the figures"),
    Choice(Bearing.NOT_SHOWN.value, "Not shown by the figures"),
    Choice(Bearing.NOT_JUDGED.value, "No question of figures"),
)
_WAITS = tuple(Choice(each.value, each.wording) for each in WaitsOn)
#: Raised so many days ago, from and to; None without an end. Ours.
_AGES: dict[str, tuple[int, int | None]] = {"4-weeks": (0, 28), "3-months": (29, 92), "older": (93, None)}
_AGED = (
    Choice("4-weeks", "In the last 4 weeks"),
    Choice("3-months", "4 weeks to 3 months ago"),
    Choice("older", "Over 3 months ago"),
)


class ProblemsForm(QueryForm[Asked]):
    """The filters of a unit's problems; those that are open, unless the address says otherwise."""

    stage = SelectField("Stage", missing=None, empty="Open", choices=_STAGES)
    category = SelectField("Category", missing=None, empty="Any")
    place = SelectField("Kind of place", missing=None, empty="Any", choices=PLACE_KINDS)
    owner = SelectField("Owner", missing=None, empty="Anyone", id="owned-by")
    age = SelectField("Raised", missing=None, empty="Any day", choices=_AGED)
    waits = SelectField("Waiting for", missing=None, empty="Anything", choices=_WAITS)
    outcome = SelectField("Outcome", missing=None, empty="Any", choices=OUTCOMES)
    shown = SelectField("By the figures", missing=None, empty="Either", choices=SHOWN)

    def offer(self, categories: Sequence[Category], owners: Sequence[OwnerLine]) -> None:
        """Let one of these be chosen."""
        self.category.choices = choices_of(categories)
        self.owner.choices = tuple(Choice(line.owner.text, line.name) for line in owners)

    def asked(self, today: date) -> Asked:
        """What was asked; what could not be read is left out.

        Whatever waits once it is closed too is looked for among all, unless the address names a stage; so
        the form says it as well.
        """
        waits_on = None if self.waits.data is None else WaitsOn(self.waits.data)
        if self.stage.data is None and waits_on is not None and waits_on.is_of_closed_ones_too:
            self.stage.process(None, _ALL)
        stage = self.stage.data or _OPEN
        known = {_OPEN: _OPEN_STAGES, _ALL: frozenset(Stage)}
        first, last = _days(self.age.data, today)
        return Asked(
            stages=known.get(stage) or frozenset({Stage(stage)}),
            category=self.category.data,
            place_kind=chosen(PlaceKind, self.place.data),
            owner=None if self.owner.data is None else Owner.parse(self.owner.data),
            outcome=None if self.outcome.data is None else Outcome(self.outcome.data),
            bearing=None if self.shown.data is None else Bearing(self.shown.data),
            raised_from=first,
            raised_to=last,
            waits_on=waits_on,
        )


def _days(age: str | None, today: date) -> tuple[date | None, date | None]:
    """The first and the last day on which a problem of an age was raised."""
    youngest, oldest = _AGES.get(age or "", (0, None))
    first = None if oldest is None else today - timedelta(days=oldest)
    return first, today - timedelta(days=youngest) if youngest else None
