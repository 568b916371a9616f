"""The days of a mix, and what a supervisor says of it."""

from datetime import date, timedelta

from npt.engagement.actions.mix import LONGEST_TO_DO
from npt.engagement.forms.lists import days_shown
from npt.engagement.rules import MOST_DAYS, STREET_SILENT_AFTER
from npt.webkit.fields import DateField, IntegerField, TextAreaField
from npt.webkit.forms import CreateForm, Keywords, QueryForm

#: The days of a mix unless others are asked for: a quarter.
USUAL_SPAN = timedelta(days=90)


class MixForm(QueryForm[object]):
    """From when to when contacts are counted."""

    first_on = DateField("From", missing=None, name="from")
    last_on = DateField("To", missing=None, name="to")

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day, which the boxes show: the last 91 days where nothing is said."""
        return days_shown(self.first_on, self.last_on, today, USUAL_SPAN)


class CheckForm(CreateForm[Keywords]):
    """That a supervisor looked at the mix, and what is to be done."""

    to_do = TextAreaField(
        "What is to be done?",
        limit=LONGEST_TO_DO,
        rows=3,
        missing="Say what is to be done, or that nothing is.",
        noun="What is to be done",
    )
    first_on = DateField("Contacts from", missing="Enter the first day.", noun="The first day")
    last_on = DateField("Contacts to", missing="Enter the last day.", noun="The last day")


class SilenceForm(QueryForm[object]):
    """After how many days a street counts as silent."""

    days = IntegerField(
        "Streets without contact or patrol for longer than",
        missing=None,
        lowest=1,
        highest=MOST_DAYS,
        hint="Days",
        default=STREET_SILENT_AFTER,
    )
