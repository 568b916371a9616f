"""The files of staffing, in and out, and staffing as scripts read it."""

from npt.staffing.exchange.contacts import CONTACTS
from npt.staffing.exchange.establishments import ESTABLISHMENT
from npt.staffing.exchange.figures import (
    STAFFING_COLUMNS,
    specialists_as_json,
    staffing_as_json,
    staffing_lines,
    students_as_json,
)
from npt.staffing.exchange.hours import HOURS
from npt.staffing.exchange.plans import LIMITS, PLAN
from npt.store.exchange import exports, imports

_KINDS = (ESTABLISHMENT, CONTACTS, HOURS, LIMITS, PLAN)
IMPORTS = imports(*_KINDS)
EXPORTS = exports(*_KINDS)
