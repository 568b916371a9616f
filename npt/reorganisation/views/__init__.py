"""The page of a review of boundaries, and how it reads its steps."""

from npt.reorganisation.views.review import pages
