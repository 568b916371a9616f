"""The files of communities and of populations, in and out."""

from npt.communities.exchange.communities import COMMUNITIES
from npt.communities.exchange.population import POPULATION
from npt.store.exchange import exports, imports

_KINDS = (COMMUNITIES, POPULATION)
IMPORTS = imports(*_KINDS)
EXPORTS = exports(*_KINDS)
