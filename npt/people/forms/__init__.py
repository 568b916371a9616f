"""What is typed on the pages of people."""

from npt.people.forms.members import (
    ROLES_IN_PLURAL,
    AccountMemberForm,
    CorrectMemberForm,
    CorrectPostingForm,
    EndPostingForm,
    MembersForm,
    NewAccountForm,
    NewGrantForm,
    NewMemberForm,
    NewPasswordForm,
    NewPostingForm,
    role_choices,
)
from npt.people.forms.specialists import (
    CorrectLineManagerForm,
    CorrectSpecialistForm,
    LineManagerForm,
    SpecialistForm,
    manager_choices,
)
