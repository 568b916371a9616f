"""What is typed about partner accounts."""

from collections.abc import Iterable
from enum import Enum

from npt.partners.models import Agency
from npt.partners.rules import Vetting
from npt.webkit.fields import Choice, DateField, RadiosField, SelectField
from npt.webkit.forms import CreateForm, EditForm, Keywords, QueryForm

VETTINGS = tuple(Choice(each.value, each.wording) for each in Vetting)


def agency_choices(agencies: Iterable[Agency]) -> tuple[Choice, ...]:
    """Agencies to choose from."""
    return tuple(Choice(agency.code, f"{agency.name} ({agency.code})") for agency in agencies)


class SoughtAccounts(Enum):
    """Which partner accounts are looked for."""

    VETTING = "vetting-ending"
    WITHOUT_AGENCY = "without-agency"


class PartnersForm(QueryForm[None]):
    """Whether only those partner accounts are shown that somebody has to look at."""

    show = SelectField(
        "Accounts",
        choices=(
            Choice(SoughtAccounts.VETTING.value, "Vetting ended or ending"),
            Choice(SoughtAccounts.WITHOUT_AGENCY.value, "Without an agency"),
        ),
        missing=None,
        empty="All",
        of=SoughtAccounts,
    )


class _Vetting:
    """How somebody was vetted, and until when."""

    vetting = RadiosField("Vetting", missing="Choose how they were vetted.", choices=VETTINGS, of=Vetting)
    vetted_until = DateField(
        "Vetting ends",
        missing=None,
        noun="The day on which vetting ends",
        hint="The last day on which it holds. From the day after, the account cannot be used until it is"
        " renewed. Leave blank for somebody who is not vetted.",
        blank="not vetted",
    )


class ActForForm(CreateForm[Keywords]):
    """For which agency an account acts. The view says which there are."""

    agency = SelectField("Agency", missing="Choose an agency.", noun="The agency")
    vetting = _Vetting.vetting
    vetted_until = _Vetting.vetted_until


class RenewVettingForm(_Vetting, EditForm[Keywords]):
    """How the holder of a partner account is vetted now."""
