"""The files of duty: shifts, time away in them, and confirmed days, in and out."""

from npt.duty.exchange.away import AWAY_FILE, away_asked, away_rows, save_away
from npt.duty.exchange.confirmations import CONFIRMATIONS_FILE, confirmation_rows, save_confirmations
from npt.duty.exchange.naming import local_text
from npt.duty.exchange.shifts import DUTY_FILE, duty_asked, duty_rows, save_duty
from npt.store.exchange import Export, Import

__all__ = ["AWAY_FILE", "DUTY_FILE", "EXPORTS", "IMPORTS", "away_asked", "duty_asked", "local_text"]

IMPORTS = {
    DUTY_FILE.kind: Import(DUTY_FILE, save_duty),
    AWAY_FILE.kind: Import(AWAY_FILE, save_away),
    CONFIRMATIONS_FILE.kind: Import(CONFIRMATIONS_FILE, save_confirmations),
}
EXPORTS = {
    DUTY_FILE.kind: Export(DUTY_FILE, duty_rows),
    AWAY_FILE.kind: Export(AWAY_FILE, away_rows),
    CONFIRMATIONS_FILE.kind: Export(CONFIRMATIONS_FILE, confirmation_rows),
}
