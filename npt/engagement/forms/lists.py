"""Which contacts and patrols are asked for."""

from collections.abc import Sequence
from datetime import date, timedelta

from npt.categories.forms import choices_of
from npt.categories.models import Category
from npt.communities.rules import NOT_STATED, EthnicGroup
from npt.engagement.queries import NOT_ASKED, ContactsAsked, PatrolsAsked, SaidOfPriorities
from npt.engagement.rules import PatrolMode
from npt.webkit.fields import Choice, ConfirmField, DateField, SelectField, TextField
from npt.webkit.forms import QueryForm

_GROUPS = (
    *(Choice(group.value, group.wording) for group in EthnicGroup),
    Choice(NOT_STATED, "Did not say"),
    Choice(NOT_ASKED, "Not asked"),
)
#: The days that a list shows unless others are asked for.
USUAL_DAYS = timedelta(days=27)


def days_shown(first_on: DateField, last_on: DateField, today: date, usual: timedelta) -> tuple[date, date]:
    """The first and the last day of what is shown, put into the boxes that say nothing.

    They are up to today and `usual` long where nothing is said, and the right way about.
    """
    last = last_on.data or today
    first = min(first_on.data or last - usual, last)
    for field, day in ((first_on, first), (last_on, last)):
        if not any(field.typed):
            field.typed = []
            field.process_data(day)
    return first, last


class _Days(QueryForm[object]):
    """The days, and who."""

    first_on = DateField("From", missing=None, name="from")
    last_on = DateField("To", missing=None, name="to")
    by = TextField(
        "By (force number)", limit=20, missing=None, autocomplete="off", classes="govuk-input--width-10"
    )

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day, which the boxes show: the last four weeks where nothing is said."""
        return days_shown(self.first_on, self.last_on, today, USUAL_DAYS)


class ContactsForm(_Days):
    """The filters of the list of contacts."""

    category = SelectField("What matters", missing=None, empty="Anything")
    ethnicity = SelectField("Ethnicity", missing=None, empty="Anyone", choices=_GROUPS)
    answer = ConfirmField("They want an answer", missing=None)
    priorities = SelectField(
        "The team’s priorities",
        missing=None,
        empty="Anybody",
        choices=(
            Choice(SaidOfPriorities.ASKED.value, "Were asked"),
            Choice(SaidOfPriorities.RIGHT.value, "Say they are right"),
            Choice(SaidOfPriorities.WRONG.value, "Say they are not"),
        ),
    )

    def offer(self, categories: Sequence[Category]) -> None:
        """Let one of these be chosen."""
        self.category.choices = choices_of(categories)

    def asked(self, today: date) -> ContactsAsked:
        """What was asked; what could not be read is left out."""
        first, last = self.days(today)
        return ContactsAsked(
            first_on=first,
            last_on=last,
            category=self.category.data,
            ethnicity=self.ethnicity.data,
            member=self.by.data,
            wants_answer=self.answer.given,
            priorities=None if self.priorities.data is None else SaidOfPriorities(self.priorities.data),
        )


class PatrolsForm(_Days):
    """The filters of the list of patrols."""

    mode = SelectField(
        "How",
        missing=None,
        empty="Anyhow",
        choices=tuple(Choice(mode.value, mode.wording.capitalize()) for mode in PatrolMode),
    )

    def asked(self, today: date) -> PatrolsAsked:
        """What was asked; what could not be read is left out."""
        first, last = self.days(today)
        mode = None if self.mode.data is None else PatrolMode(self.mode.data)
        return PatrolsAsked(first_on=first, last_on=last, mode=mode, member=self.by.data)
