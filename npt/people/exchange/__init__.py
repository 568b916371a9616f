"""The files of people, in and out."""

from npt.people.exchange.lookups import MEMBERS_NUMBERED, erased_numbers
from npt.people.exchange.members import MEMBERS
from npt.people.exchange.postings import POSTINGS
from npt.people.exchange.specialists import LINE_MANAGEMENT, SPECIALISTS
from npt.people.exchange.students import STUDENT_STRENGTH
from npt.store.exchange import exports, imports

_KINDS = (MEMBERS, POSTINGS, SPECIALISTS, LINE_MANAGEMENT, STUDENT_STRENGTH)
IMPORTS = imports(*_KINDS)
EXPORTS = exports(*_KINDS)
