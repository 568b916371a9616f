"""What is typed about a community: itself, its share of the population, and its flags."""

from decimal import Decimal

from npt.communities.rules import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_SOURCE,
    CommunityKind,
    Flag,
)
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    DateField,
    DecimalField,
    FirstDayField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords

KINDS = tuple(Choice(kind.value, kind.wording.capitalize()) for kind in CommunityKind)
_MEANT = {
    Flag.VULNERABLE: "at more risk of harm than others, or less able to ask for help",
    Flag.EMERGING: "somebody has seen them arrive lately",
    Flag.HARD_TO_REACH: "the usual ways of engagement do not reach them",
}
FLAGS = tuple(Choice(flag.value, flag.heading, _MEANT[flag]) for flag in Flag)


def _name_field() -> TextField:
    return TextField(
        "Name", limit=LONGEST_NAME, missing="Enter the name of the community.", hint="For example, Polish"
    )


def _kind_field() -> SelectField:
    return SelectField("Kind", missing="Choose the kind.", choices=KINDS, of=CommunityKind)


def _languages_field() -> TextField:
    return TextField(
        "Languages",
        limit=LONGEST_SOURCE,
        missing=None,
        hint="For example, Polish, English",
        blank="not known",
    )


def _share_field(missing: str | None = None) -> DecimalField:
    return DecimalField(
        "Share of the population",
        places=1,
        lowest=Decimal(0),
        highest=Decimal(100),
        missing=missing,
        hint="In percent, like 4.5",
        noun="The share",
    )


def _source_field() -> TextField:
    return TextField(
        "Source", limit=LONGEST_SOURCE, missing=None, hint="Who counted or estimated it", blank="not given"
    )


class CommunityForm(CreateForm[Keywords]):
    """A community to be added, with what is known of it."""

    name = _name_field()
    kind = _kind_field()
    flags = CheckboxesField("Is it…", choices=FLAGS, of=Flag, missing=None)
    reason = TextAreaField(
        "Why is it flagged?", limit=LONGEST_REASON, rows=3, missing=None, hint="Needed where a box is ticked"
    )
    languages = _languages_field()
    share = _share_field()
    source = _source_field()
    as_at = DateField("Day of the share", missing=None, hint="Leave blank for today.")


class CorrectCommunityForm(EditForm[Keywords]):
    """A correction of a community; a last day closes it."""

    name = _name_field()
    kind = _kind_field()
    languages = _languages_field()
    ends_on = LastDayField(hint="Give it once the community is no longer here. Its flags end that day too.")


class ShareForm(CreateForm[Keywords]):
    """A community's share of the population, as at a day."""

    share = _share_field("Enter the share, in percent.")
    as_at = DateField("As at", missing="Enter the day of the share.", noun="The day")
    source = _source_field()


class FlagForm(CreateForm[Keywords]):
    """A flag to be set."""

    flag = RadiosField("Flag", missing="Choose the flag.", choices=FLAGS, of=Flag)
    reason = TextAreaField("Why?", limit=LONGEST_REASON, rows=3, missing="Say why it is flagged.", noun="Why")
    starts_on = FirstDayField("From", missing="Enter the day from which it is flagged.")


class CorrectFlagForm(EditForm[Keywords]):
    """A correction of a flag; a last day ends it."""

    reason = FlagForm.reason
    ends_on = LastDayField(hint="To end the flag, give the last day on which it was right.")
    end_reason = TextAreaField(
        "Why does it end?", limit=LONGEST_REASON, rows=3, missing=None, hint="Needed with a last day"
    )
