"""Who raised a priority, as it is typed: with it, beside it, and corrected."""

from collections.abc import Callable, Mapping

from npt.kin.models import KeyIndividual
from npt.kit.telephones import LONGEST_TYPED, telephone_in_words
from npt.partners.models import Agency
from npt.priorities.actions import OriginatorFacts
from npt.priorities.models import Originator
from npt.priorities.rules import OriginatorKind
from npt.webkit.fields import Choice, EmailField, RadiosField, SelectField, TextField
from npt.webkit.forms import CreateForm, EditForm

KINDS = tuple(Choice(each.value, each.wording) for each in OriginatorKind)


class RaisedBy:
    """Who raised it, and how they are asked once it is solved."""

    kind = RadiosField("Who raised it?", missing="Choose who raised it.", choices=KINDS, of=OriginatorKind)
    name = TextField(
        "Name",
        limit=200,
        missing=None,
        hint="Or which meeting or survey it was. Of a key individual or an agency, choose below.",
        blank="not given",
        autocomplete="off",
    )
    phone = TextField(
        "Phone number",
        limit=LONGEST_TYPED,
        missing=None,
        hint="They are asked whether it is solved before it is closed.",
        blank="not known",
        autocomplete="off",
    )
    email = EmailField("Email", missing=None, blank="not known", autocomplete="off")
    individual = SelectField("Which key individual?", missing=None, empty="None", of=int)
    agency = SelectField("Which agency?", missing=None, empty="None")

    def offer_people(self, individuals: Mapping[int, str], agencies: Mapping[str, str]) -> None:
        """Let one of these key individuals, by key, and of these agencies be chosen."""
        self.individual.choices = tuple(Choice(str(key), words) for key, words in individuals.items())
        self.agency.choices = tuple(Choice(*each) for each in agencies.items())

    def facts(
        self,
        individual: Callable[[int | None], KeyIndividual | None],
        agency: Callable[[str | None], Agency | None],
    ) -> OriginatorFacts:
        """What was typed, with the records that were chosen."""
        return OriginatorFacts(
            kind=OriginatorKind(self.kind.value),
            name=self.name.data,
            phone=self.phone.data,
            email=self.email.data,
            individual=individual(int(self.individual.data) if self.individual.data else None),
            agency=agency(self.agency.data),
        )


class OriginatorForm(RaisedBy, CreateForm[None]):
    """Somebody else who reported the same."""


class CorrectOriginatorForm(RaisedBy, EditForm[None]):
    """A correction of who raised it, and of how they are reached."""

    @classmethod
    def values_of(cls, record: Originator) -> Mapping[str, object]:
        """The number as people write it, and what was chosen."""
        return {
            "phone": None if record.phone is None else telephone_in_words(record.phone),
            "individual": record.individual_id,
            "agency": None if record.agency is None else record.agency.code,
        }
