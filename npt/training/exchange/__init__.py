"""The file of training, in and out.

A row without a module is a registration, with its withdrawal and external verification; a row with a module
is a completed module of that registration, with its verification. Both are known by number, programme, day of
registration and module. A programme that ships is given to the member's force when a row first names it.
"""

from npt.store.exchange import exports, imports
from npt.training.exchange.training import TRAINING

IMPORTS = imports(TRAINING)
EXPORTS = exports(TRAINING)
