"""The files of places: boundaries (GeoJSON), postcodes and streets, in and out."""

from npt.places.exchange import boundaries
from npt.places.exchange.postcodes import POSTCODES, read_postcodes, save_postcodes
from npt.places.exchange.streets import STREETS
from npt.store.exchange import Import, exports, imports

IMPORTS = {
    **imports(STREETS),
    "boundaries": boundaries.IMPORT,
    "postcodes": Import(POSTCODES.shape, save_postcodes, read_postcodes, can_be_forced=True),
}
EXPORTS = {**exports(POSTCODES, STREETS), "boundaries": boundaries.EXPORT}
