"""What is typed about an action, how far it has come, and many of them at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    MoneyField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords, SeenForm
from npt.work.forms.owners import OwnerFields
from npt.work.models import Action
from npt.work.rules import (
    MOST_PENCE,
    ActionFacts,
    ActionState,
    MatterStage,
    Owner,
)

_STAGES = tuple(Choice(each.value, each.wording) for each in MatterStage)
_STATES = tuple(Choice(each.value, each.wording) for each in ActionState)


def key_typed(text: str) -> int:
    """The key of a record. ValueError for what is none."""
    if not re.fullmatch("[1-9][0-9]{0,17}", text):
        raise ValueError("no key of ours")
    return int(text)


def _past_field() -> ConfirmField:
    return ConfirmField("It is meant to be due on a day that has gone by", missing=None, noun="The due date")


class _Due:
    """A form that says until when."""

    due_on: DateField

    def is_past_due(self, today: date) -> bool:
        """Whether the box is shown that says that a day gone by is meant."""
        return self.due_on.data is not None and self.due_on.data < today


class _ActionFields(OwnerFields[Owner | None], _Due):
    """What an action is: the same boxes when it is new and when it is corrected."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"cost_pence": "cost"}

    what = TextField(
        "What is to be done", limit=500, missing="Say what is to be done.", classes="govuk-input"
    )
    due_on = DateField("Due", noun="The due date", missing="Enter the day by which it is to be done.")
    is_past_meant = _past_field()
    stage = SelectField(
        "Stage of the problem", missing=None, empty="None", choices=_STAGES, of=MatterStage, blank="none"
    )
    cost = MoneyField("Cost", noun="The cost", lowest=0, highest=MOST_PENCE, missing=None, blank="not known")
    funding = TextField("Funding source", limit=200, missing=None, blank="none")
    is_for_residents = ConfirmField("Residents who follow the matter may see it", missing=None)

    def facts(self, owner: Owner) -> ActionFacts:
        """What was typed, of the owner that was found."""
        return ActionFacts(
            self.what.value,
            owner,
            self.due_on.value,
            self.cost.data,
            self.funding.data,
            self.is_for_residents.given,
            None if self.stage.data is None else MatterStage(self.stage.data),
        )


class NewActionForm(CreateForm[Owner | None], _ActionFields):
    """A new action."""


class CorrectActionForm(EditForm[Owner | None], _ActionFields):
    """An action that is corrected."""

    @classmethod
    def values_of(cls, record: Action) -> Mapping[str, object]:
        """What has other names in the record."""
        return {
            "owner": record.owner.text,
            "owner_named": None,
            "cost": record.cost_pence,
            "is_past_meant": None,
        }


class ProgressForm(EditForm[Keywords]):
    """How far an action has come, and what came of it."""

    state = RadiosField("State", noun="The state", missing="Choose a state.", choices=_STATES, of=ActionState)
    ended_on = DateField(
        "Done or dropped on",
        noun="The day",
        missing=None,
        hint="Leave blank for today. Not needed while it is still to be done.",
        blank="not yet",
    )
    result = TextAreaField("Result", limit=2_000, rows=3, missing=None, hint="What came of it.", blank="none")
    reason = TextAreaField(
        "Reason",
        limit=500,
        rows=2,
        missing=None,
        hint="Needed to drop it, or to take it up again.",
        blank="none",
    )

    @classmethod
    def values_of(cls, record: Action) -> Mapping[str, object]:
        """Why is said anew each time."""
        return {"reason": None}

    def keywords(self) -> Keywords:
        """What was typed; what is still to be done has not ended, whatever was left in the boxes."""
        typed = super().keywords()
        if typed["state"].is_open:
            typed["ended_on"] = None
        return {**typed, "result": self.result.data or ""}


class AssignForm(SeenForm[Keywords], OwnerFields[Keywords], _Due):
    """Several actions get another owner, another day, or both."""

    needs_owner = False
    actions = CheckboxesField(
        "Actions",
        missing="Tick the actions to change.",
        classes="govuk-checkboxes--small",
        of=key_typed,
        takes_gone=True,
    )
    due_on = DateField(
        "New due date", noun="The due date", missing=None, hint="Leave blank to keep each one’s own."
    )
    is_past_meant = _past_field()

    def offer(self, actions: Sequence[Choice]) -> None:
        """Let these be ticked."""
        self.actions.choices = tuple(actions)
