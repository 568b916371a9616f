"""What is typed about communities, populations and specialist contacts."""

from npt.communities.forms.carrying import CarryForm, carry_form
from npt.communities.forms.communities import (
    CommunityForm,
    CorrectCommunityForm,
    CorrectFlagForm,
    FlagForm,
    ShareForm,
)
from npt.communities.forms.population import CorrectPopulationForm, PopulationForm
from npt.communities.forms.sayings import SaidForm, Sought
from npt.communities.forms.specialists import CorrectSpecialistForm, SpecialistForm
