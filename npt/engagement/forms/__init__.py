"""What is typed in the street, and about five a day."""

from npt.engagement.forms.asking import NilForm, TargetForm
from npt.engagement.forms.contact import ContactForm, CorrectContactForm
from npt.engagement.forms.lists import ContactsForm, PatrolsForm
from npt.engagement.forms.mix import CheckForm, MixForm, SilenceForm
from npt.engagement.forms.patrol import CorrectPatrolForm, PatrolForm
