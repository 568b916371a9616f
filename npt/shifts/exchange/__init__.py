"""The files of shifts and of the time away in them, in and out."""

from npt.shifts.exchange.away import AWAY_FILE, away_asked, away_rows, save_away
from npt.shifts.exchange.codes import local_text
from npt.shifts.exchange.shifts import DUTY_FILE, duty_asked, duty_rows, save_duty
from npt.store.exchange import Export, Import

IMPORTS = {
    DUTY_FILE.kind: Import(DUTY_FILE, save_duty),
    AWAY_FILE.kind: Import(AWAY_FILE, save_away),
}
EXPORTS = {
    DUTY_FILE.kind: Export(DUTY_FILE, duty_rows),
    AWAY_FILE.kind: Export(AWAY_FILE, away_rows),
}
