"""What is typed about a key individual: recorded in a minute, the rest later."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import ClassVar

from npt.communities.models import Community
from npt.communities.rules import NOT_STATED, EthnicGroup
from npt.kin.models import KeyIndividual
from npt.kin.rules import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_WORDS,
    Basis,
    KinFacts,
    KinTopic,
    LeaveReason,
    Sector,
    Way,
)
from npt.kit.telephones import LONGEST_TYPED, telephone_in_words
from npt.organisation.models import Unit
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    EmailField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords, SeenForm

_SECTORS = tuple(Choice(each.value, each.wording) for each in Sector)
_WAYS = tuple(Choice(each.value, each.wording) for each in Way)
_BASES = (
    Choice(Basis.PUBLIC_TASK.value, Basis.PUBLIC_TASK.wording, "the team needs to know whom to ask"),
    Choice(Basis.CONSENT.value, Basis.CONSENT.wording, "they agreed that the record is kept"),
)
_ETHNICITIES = (
    *(Choice(each.value, each.wording) for each in EthnicGroup),
    Choice(NOT_STATED, "Would not say"),
)
TOPICS = tuple(Choice(each.value, each.wording) for each in KinTopic)
_REASONS = tuple(Choice(each.value, each.wording) for each in LeaveReason)
#: Reasons that a person may give for leaving by their own link.
_OWN_REASONS = tuple(
    Choice(each.value, words)
    for each, words in (
        (LeaveReason.MOVED, "I am moving, or have moved, away"),
        (LeaveReason.ROLE_ENDED, "I no longer hold the role that I spoke from"),
        (LeaveReason.ASKED, "I do not want to be in the network any more"),
        (LeaveReason.OTHER, "Another reason"),
    )
)


def _name() -> TextField:
    return TextField("Name", limit=LONGEST_NAME, missing="Enter their name.", autocomplete="off")


def _sector() -> SelectField:
    return SelectField(
        "What do they stand for?", missing="Choose what they stand for.", choices=_SECTORS, of=Sector
    )


def _organisation() -> TextField:
    return TextField(
        "Organisation",
        limit=LONGEST_NAME,
        missing=None,
        hint="For example, a school, a shop or a place of worship",
        blank="none",
    )


def _phone() -> TextField:
    return TextField(
        "Phone number",
        limit=LONGEST_TYPED,
        missing=None,
        hint="With its area code, like 01632 960123",
        blank="not known",
        autocomplete="off",
    )


def _email() -> EmailField:
    return EmailField("Email", missing=None, blank="not known", autocomplete="off")


def _basis() -> RadiosField:
    return RadiosField(
        "Why is the record kept?",
        missing="Choose why the record is kept.",
        choices=_BASES,
        of=Basis,
        default=Basis.PUBLIC_TASK,
        noun="Why the record is kept",
    )


def _basis_on() -> DateField:
    return DateField(
        "Since when, or agreed on",
        missing="Enter the day on which they agreed, or from which the record is kept.",
        noun="The day",
    )


class NewIndividualForm(CreateForm[Keywords]):
    """Somebody to be recorded."""

    neighbourhood = SelectField("Neighbourhood", missing=None)
    name = _name()
    sector = _sector()
    phone = _phone()
    communities = CheckboxesField("Communities that they can speak for", missing=None, of=int)
    is_active = ConfirmField(
        "They have agreed to be in the network",
        missing=None,
        hint="Without it they are proposed, for somebody to ask them.",
    )
    organisation = _organisation()
    email = _email()
    basis = _basis()
    basis_on = _basis_on()
    may_be_twice = ConfirmField(
        "This is another person",
        missing=None,
    )

    def offer(self, neighbourhoods: Collection[Unit], communities: Iterable[Community]) -> None:
        """Let one of these neighbourhoods be chosen, if there are any, and any of these communities."""
        self.neighbourhood.choices = tuple(Choice(each.code, each.name) for each in neighbourhoods)
        if neighbourhoods:
            self.neighbourhood.missing = "Choose the neighbourhood."
        self.communities.choices = tuple(Choice(str(each.id), each.name) for each in communities)

    def facts(self) -> KinFacts:
        """What is known of them."""
        return KinFacts(
            name=self.name.value,
            sector=Sector(self.sector.value),
            basis=Basis(self.basis.value),
            basis_on=self.basis_on.value,
            organisation=self.organisation.data,
            phone=self.phone.data,
            email=self.email.data,
        )


class CorrectIndividualForm(EditForm[KinFacts]):
    """A correction of what is recorded of somebody."""

    name = _name()
    organisation = _organisation()
    sector = _sector()
    communities = CheckboxesField("Communities that they can speak for", missing=None, of=int)
    phone = _phone()
    email = _email()
    address = TextAreaField("Address", limit=LONGEST_ADDRESS, rows=3, missing=None, blank="not known")
    preferred = SelectField(
        "Best way to reach them", missing=None, choices=_WAYS, of=Way, empty="Any way", blank="any way"
    )
    best_time = TextField(
        "Best time", limit=LONGEST_WORDS, missing=None, hint="For example, after 18:00", blank="any time"
    )
    language = TextField("Language", limit=LONGEST_WORDS, missing=None, blank="not known")
    ethnicity = SelectField(
        "Ethnicity, as they describe it",
        missing=None,
        choices=_ETHNICITIES,
        empty="Not asked",
        blank="not asked",
        noun="Ethnicity",
    )
    basis = _basis()
    basis_on = _basis_on()

    @classmethod
    def values_of(cls, record: KeyIndividual) -> Mapping[str, object]:
        """The values that are not an attribute of the record by the same name."""
        return {
            "communities": tuple(str(each.id) for each in record.communities),
            "phone": None if record.phone is None else telephone_in_words(record.phone),
        }

    def offer(self, communities: Iterable[Community]) -> None:
        """Let any of these communities be chosen."""
        self.communities.choices = tuple(Choice(str(each.id), each.name) for each in communities)

    def value(self) -> KinFacts:
        """What is known of them."""
        given = self.keywords()
        del given["communities"], given["expected_version"]
        return KinFacts(**given)


class ConsentForm(EditForm[Keywords]):
    """Of what somebody wants to hear."""

    topics = CheckboxesField(
        "They want to hear about", missing=None, choices=TOPICS, of=KinTopic, blank="nothing"
    )
    said_on = DateField("They said so on", missing="Enter the day on which they said so.", noun="The day")

    @classmethod
    def values_of(cls, record: KeyIndividual) -> Mapping[str, object]:
        """The topics that they agreed to."""
        return {"topics": tuple(each.value for each in record.agreed), "said_on": None}

    def begin(self, today: date) -> None:
        """Offer today as the day on which they said so."""
        if not self.said_on.typed:
            self.said_on.data = today


class LeaveForm(EditForm[Keywords]):
    """That somebody has left the network."""

    left_because = RadiosField("Why?", missing="Choose why.", choices=_REASONS, of=LeaveReason, noun="Why")
    left_on = DateField("They left on", missing="Enter the day on which they left.", noun="The day")

    @classmethod
    def values_of(cls, record: KeyIndividual) -> Mapping[str, object]:
        """Nothing yet."""
        return {"left_because": None, "left_on": None}

    def begin(self, today: date) -> None:
        """Offer today as the day on which they left."""
        if not self.left_on.typed:
            self.left_on.data = today


class OwnRecordForm(EditForm[Keywords]):
    """What somebody corrects of their own record, by their link."""

    name = TextField("Your name", limit=LONGEST_NAME, missing="Enter your name.", autocomplete="name")
    organisation = TextField("Your organisation", limit=LONGEST_NAME, missing=None, blank="none")
    phone = TextField(
        "Your phone number",
        limit=LONGEST_TYPED,
        missing=None,
        hint="With its area code, like 01632 960123",
        blank="not known",
        autocomplete="tel",
    )
    email = EmailField("Your email", missing=None, blank="not known")
    address = TextAreaField("Your address", limit=LONGEST_ADDRESS, rows=3, missing=None, blank="not known")
    preferred = SelectField(
        "Best way to reach you", missing=None, choices=_WAYS, of=Way, empty="Any way", blank="any way"
    )
    best_time = TextField(
        "Best time", limit=LONGEST_WORDS, missing=None, hint="For example, after 18:00", blank="any time"
    )
    language = TextField("Your language", limit=LONGEST_WORDS, missing=None, blank="not known")
    topics = CheckboxesField(
        "You want to hear about", missing=None, choices=TOPICS, of=KinTopic, blank="nothing"
    )

    @classmethod
    def values_of(cls, record: KeyIndividual) -> Mapping[str, object]:
        """The values that are not an attribute of the record by the same name."""
        return {
            "topics": tuple(each.value for each in record.agreed),
            "phone": None if record.phone is None else telephone_in_words(record.phone),
        }


class OwnLeaveForm(EditForm[Keywords]):
    """That somebody leaves the network by their own link."""

    left_because = RadiosField(
        "Why are you leaving?", missing="Choose a reason.", choices=_OWN_REASONS, of=LeaveReason, noun="Why"
    )
    refusals_beside: ClassVar[Mapping[str, str]] = {"left_on": "left_because"}

    @classmethod
    def values_of(cls, record: KeyIndividual) -> Mapping[str, object]:
        """Nothing yet."""
        return {"left_because": None}


class MergeForm(SeenForm[None]):
    """That two records are one person's, once both were seen."""
