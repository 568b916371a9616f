"""The files of staffing, in and out, and staffing as scripts read it."""

from npt.staffing.exchange.contacts import CONTACTS, contact_rows, save_contacts
from npt.staffing.exchange.establishments import ESTABLISHMENT, establishment_rows, save_establishment
from npt.staffing.exchange.figures import STAFFING_COLUMNS, as_number, staffing_as_json, staffing_lines
from npt.staffing.exchange.hours import HOURS, hours_rows, save_hours
from npt.staffing.exchange.plans import LIMITS, PLAN, limit_rows, plan_rows, save_limits, save_plan
from npt.store.exchange import Export, Import

IMPORTS = {
    ESTABLISHMENT.kind: Import(ESTABLISHMENT, save_establishment),
    CONTACTS.kind: Import(CONTACTS, save_contacts),
    HOURS.kind: Import(HOURS, save_hours),
    LIMITS.kind: Import(LIMITS, save_limits),
    PLAN.kind: Import(PLAN, save_plan),
}
EXPORTS = {
    ESTABLISHMENT.kind: Export(ESTABLISHMENT, establishment_rows),
    CONTACTS.kind: Export(CONTACTS, contact_rows),
    HOURS.kind: Export(HOURS, hours_rows),
    LIMITS.kind: Export(LIMITS, limit_rows),
    PLAN.kind: Export(PLAN, plan_rows),
}
