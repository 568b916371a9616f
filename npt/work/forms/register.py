"""Which actions of a unit are asked for."""

from collections.abc import Sequence
from datetime import date, timedelta

from npt.matters.rules import MatterKind
from npt.webkit.fields import Choice, ConfirmField, SelectField
from npt.webkit.forms import QueryForm
from npt.work.queries import Asked, OwnerLine
from npt.work.rules import OPEN_STATES, ActionState, Owner

_OPEN, _ALL = "open", "all"
_STATES = (
    Choice(_OPEN, "Still to be done"),
    *(Choice(each.value, each.wording) for each in ActionState),
    Choice(_ALL, "All"),
)
_OVERDUE = "overdue"
#: within how many days
_DAYS = {"today": 0, "week": 7, "month": 28}
_DUE = (
    Choice(_OVERDUE, "Overdue"),
    Choice("today", "Today"),
    Choice("week", "In the next 7 days"),
    Choice("month", "In the next 28 days"),
)
_KINDS = tuple(Choice(each.value, each.wording.capitalize()) for each in MatterKind)


class RegisterForm(QueryForm[Asked]):
    """The filters of the register; what is still to be done, unless the address says otherwise."""

    state = SelectField("State", missing=None, empty="Still to be done", choices=_STATES)
    # A page that assigns actions has another owner to choose.
    owner = SelectField("Owner", missing=None, empty="Anyone", id="owned-by")
    due = SelectField("Due", missing=None, empty="Any day", choices=_DUE)
    kind = SelectField("For a", missing=None, empty="Anything", choices=_KINDS)
    without_owner = ConfirmField("Without an owner", missing=None, name="without-owner")

    def offer_owners(self, lines: Sequence[OwnerLine]) -> None:
        """Let one of these be chosen."""
        self.owner.choices = tuple(Choice(line.owner.text, line.name) for line in lines)

    def asked(self, today: date) -> Asked:
        """What was asked; what could not be read is left out."""
        state, due = self.state.data or _OPEN, self.due.data
        known = {_OPEN: OPEN_STATES, _ALL: frozenset(ActionState)}
        days = _DAYS.get(due or "")
        return Asked(
            states=known.get(state) or frozenset({ActionState(state)}),
            owner=None if self.owner.data is None else Owner.parse(self.owner.data),
            due_from=None if days is None else today,
            due_to=None if days is None else today + timedelta(days=days),
            is_overdue=due == _OVERDUE,
            is_without_owner=self.without_owner.given,
            kind=None if self.kind.data is None else MatterKind(self.kind.data),
        )
