"""The description of the interface for programs."""

from npt.access.rules import Open
from npt.api.openapi import description
from npt.api.views.door import pages
from npt.webkit.api import answered
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read(
    "/api/v1/openapi.json", needs=Open(because="it describes the doors of the interface, and holds no record")
)
def openapi(visit: Visit[None]) -> Answer:
    """What can be asked and pushed, in the words of OpenAPI."""
    return answered(description())
