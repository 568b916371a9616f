"""What is typed about five a day."""

from npt.engagement.rules import LONGEST_REASON, MOST_A_DAY, Asker
from npt.webkit.fields import Choice, DateField, FirstDayField, IntegerField, RadiosField, TextField
from npt.webkit.forms import CreateForm, Keywords


class NilForm(CreateForm[Keywords]):
    """That somebody asked nobody on a day, and why."""

    on = DateField("Day", missing="Enter the day.", noun="The day")
    reason = TextField(
        "Why did you ask nobody?",
        limit=LONGEST_REASON,
        missing="Say why nobody was asked.",
        noun="The reason",
        hint="For example, search for a missing child all day",
        autocomplete="off",
    )


class TargetForm(CreateForm[Keywords]):
    """How many people somebody asks a day, from a day on."""

    asker = RadiosField(
        "Who asks?",
        noun="Who asks",
        missing="Choose who asks.",
        choices=tuple(Choice(each.value, each.wording) for each in Asker),
        of=Asker,
    )
    people = IntegerField(
        "People a day",
        noun="The number of people",
        lowest=0,
        highest=MOST_A_DAY,
        missing="Enter how many people.",
        hint="0 where nobody is to ask.",
    )
    starts_on = FirstDayField()
