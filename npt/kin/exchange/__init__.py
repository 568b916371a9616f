"""The file of key individuals, and their numbers for programs."""

from npt.kin.exchange.figures import kin_as_json
from npt.kin.exchange.individuals import KIN
from npt.store.exchange import exports, imports

IMPORTS = imports(KIN)
EXPORTS = exports(KIN)
