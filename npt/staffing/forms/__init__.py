"""What is typed on the pages of staffing."""

from npt.staffing.forms.contacts import ContactForm, CorrectContactForm, member_choices
from npt.staffing.forms.establishments import (
    AsAtOfRoleForm,
    CorrectionForm,
    EstablishmentForm,
    HistoryForm,
)
from npt.staffing.forms.photos import PhotoForm
from npt.staffing.forms.plans import (
    AHEAD,
    CorrectLimitForm,
    CorrectTargetForm,
    LimitForm,
    SuccessionForm,
    TargetForm,
)
from npt.staffing.forms.students import CorrectStudentRuleForm, StudentRuleForm
from npt.staffing.forms.volunteer_week import GivenWeekForm, WhichWeekForm
