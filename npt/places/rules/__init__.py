"""The law of places: points, shapes, the cells that find them, postcodes and the names of streets."""

from npt.places.rules.cells import cells_over, cells_under
from npt.places.rules.circles import PARTS, Circle
from npt.places.rules.geojson import BadShape, read_shape
from npt.places.rules.points import (
    BRITAIN,
    UNIT,
    BadPoint,
    Box,
    LooksSwapped,
    Point,
    check_point,
    degrees,
    read_degrees,
    read_point,
)
from npt.places.rules.postcodes import (
    COARSE_QUALITIES,
    NO_POSITION,
    BadPostcode,
    advice_on_postcode,
    compact_postcode,
    looks_like_postcode,
    postcode_number,
    postcode_words,
    read_ending,
)
from npt.places.rules.shapes import SLIVER, Ring, Shape
from npt.places.rules.streets import StreetSought, street_key, streets_sought
