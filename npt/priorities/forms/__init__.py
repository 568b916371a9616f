"""What is typed about priorities."""

from npt.priorities.forms.carrying import CarryForm, carry_form
from npt.priorities.forms.lists import ListForm
from npt.priorities.forms.originators import CorrectOriginatorForm, OriginatorForm
from npt.priorities.forms.priorities import (
    AgreeForm,
    CorrectForm,
    LookForm,
    NewPriorityForm,
    StopForm,
)
from npt.priorities.forms.signoff import AskForm, OverruleForm, OwnAnswerForm, RecordForm
