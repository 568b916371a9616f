"""The file of key individuals."""

from npt.kin.exchange.individuals import KIN
from npt.store.exchange import exports, imports

IMPORTS = imports(KIN)
EXPORTS = exports(KIN)
