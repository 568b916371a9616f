"""The files of staffing, in and out, and staffing as scripts read it."""

from npt.staffing.exchange.establishments import ESTABLISHMENT, establishment_rows, save_establishment
from npt.staffing.exchange.figures import STAFFING_COLUMNS, as_number, staffing_as_json, staffing_lines
from npt.store.exchange import Export, Import

IMPORTS = {ESTABLISHMENT.kind: Import(ESTABLISHMENT, save_establishment)}
EXPORTS = {ESTABLISHMENT.kind: Export(ESTABLISHMENT, establishment_rows)}

__all__ = [
    "EXPORTS",
    "IMPORTS",
    "STAFFING_COLUMNS",
    "as_number",
    "staffing_as_json",
    "staffing_lines",
]
