"""The pages of people, one file a subject: members, their postings, and the accounts of a unit."""

from npt.people.views import accounts, held, line_managers, members, postings, specialists
from npt.people.views.door import pages
