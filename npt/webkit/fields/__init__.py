"""Form fields: each reads what was typed into one typed value, and shows itself as a GOV.UK control.

What was typed is kept exactly, so that a refused form shows it again. Every field has a *noun*, used in its
messages ("The start date must include a year"), and a focus target: the control that the error summary's
link reaches, always one that can be typed into or chosen.
"""

from npt.webkit.fields.choices import (
    CheckboxesField,
    Choice,
    ConfirmField,
    RadiosField,
    SelectField,
    YesNoField,
)
from npt.webkit.fields.control import Control
from npt.webkit.fields.files import ExaminedFileField, FileField
from npt.webkit.fields.hidden import CarriedField, HiddenField
from npt.webkit.fields.numbers import DecimalField, IntegerField, MoneyField
from npt.webkit.fields.spans import FirstDayField, LastDayField
from npt.webkit.fields.text import EmailField, PasswordField, TextAreaField, TextField
from npt.webkit.fields.times import DateField, MonthField, TimeField
