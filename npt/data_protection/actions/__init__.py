"""What is done with people as such: erase one, erase those whose time has come, apply a list of erasures."""

from npt.data_protection.actions.applying import Applied, apply_erasures
from npt.data_protection.actions.forgetting import forget
from npt.data_protection.actions.late_words import replace_late_names
from npt.data_protection.actions.retention import retain
