"""What is typed about key individuals."""

from npt.kin.forms.carrying import CarryForm, carry_form
from npt.kin.forms.individuals import (
    ConsentForm,
    CorrectIndividualForm,
    LeaveForm,
    MergeForm,
    NewIndividualForm,
    OwnLeaveForm,
    OwnRecordForm,
)
from npt.kin.forms.lists import ListForm, MixForm
