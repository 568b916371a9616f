"""Screens of monthly reviews."""

from npt.reviews.views import review, saying
from npt.reviews.views.door import pages, review_of_matter
