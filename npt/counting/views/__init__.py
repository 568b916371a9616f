"""The pages of counting, one file a subject: definitions, their changes, reasons."""

from npt.counting.views import changes, definitions, reasons
from npt.counting.views.door import pages
