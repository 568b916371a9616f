"""The file of training, in and out.

A row without a module is a registration, with its withdrawal and external verification; a row with a module
is a completed module of that registration, with its verification. Both are known by number, programme, day of
registration and module. A programme that ships is given to the member's force when a row first names it.
"""

from npt.store.exchange import Export, Import
from npt.training.exchange.reading import save_training
from npt.training.exchange.shape import TRAINING
from npt.training.exchange.writing import training_rows

IMPORTS = {TRAINING.kind: Import(TRAINING, save_training)}
EXPORTS = {TRAINING.kind: Export(TRAINING, training_rows)}
