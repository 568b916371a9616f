"""The file of training, in and out.

A row without a module is a registration, with its withdrawal and external verification; a row with a module
is a completed module of that registration, with its verification. Both are known by number, programme, day of
registration and module. A programme that ships is given to the member's force when a row first names it.
"""

from npt.store.exchange import Export, Import
from npt.training.exchange.giving import training_rows
from npt.training.exchange.shape import TRAINING
from npt.training.exchange.taking import save_training

IMPORTS = {TRAINING.kind: Import(TRAINING, save_training)}
EXPORTS = {TRAINING.kind: Export(TRAINING, training_rows)}

__all__ = ["EXPORTS", "IMPORTS", "TRAINING", "save_training", "training_rows"]
