"""The pages of the library, one file a screen."""

from npt.documents.views import changes, document, library, shared
from npt.documents.views.door import pages
