"""What is typed on the pages of staffing."""

from npt.staffing.forms.establishments import ROLES, CorrectionForm, EstablishmentForm, RecordsForm

__all__ = ["ROLES", "CorrectionForm", "EstablishmentForm", "RecordsForm"]
