"""The files of shifts and of the time away in them, in and out."""

from npt.shifts.exchange.away import AWAY, away_asked
from npt.shifts.exchange.shifts import DUTY, duty_asked, local_text
from npt.store.exchange import exports, imports

IMPORTS = imports(DUTY, AWAY)
EXPORTS = exports(DUTY, AWAY)
