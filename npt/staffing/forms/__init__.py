"""What is typed on the pages of staffing."""

from npt.staffing.forms.contacts import ContactForm, CorrectContactForm, member_choices
from npt.staffing.forms.establishments import (
    ROLES,
    CorrectionForm,
    EstablishmentForm,
    HistoryForm,
    RecordsForm,
)
from npt.staffing.forms.given_week import GivenWeekForm, WhichWeekForm
from npt.staffing.forms.plans import (
    AHEAD,
    CorrectLimitForm,
    CorrectTargetForm,
    LimitForm,
    SuccessionForm,
    TargetForm,
    VacanciesForm,
)

__all__ = [
    "AHEAD",
    "ROLES",
    "ContactForm",
    "CorrectContactForm",
    "CorrectLimitForm",
    "CorrectTargetForm",
    "CorrectionForm",
    "EstablishmentForm",
    "GivenWeekForm",
    "HistoryForm",
    "LimitForm",
    "RecordsForm",
    "SuccessionForm",
    "TargetForm",
    "VacanciesForm",
    "WhichWeekForm",
    "member_choices",
]
