"""What is typed on the pages of training."""

from npt.training.forms.many import ManyForm, Step, TypedStep, WhoseForm
from npt.training.forms.programmes import CorrectProgrammeForm, NewProgrammeForm
from npt.training.forms.progress import (
    AskForm,
    CompleteForm,
    CorrectModuleForm,
    CorrectRegistrationForm,
    GrantForm,
    RegisterForm,
    VerifyForm,
    WhoseTrainingForm,
    programme_choices,
)
