"""The kinds of place that problems are at: ours, few enough to choose from on a phone."""

from enum import Enum


class PlaceKind(Enum):
    """What kind of place a problem is at."""

    STREET = "street"
    HOMES = "homes"
    SHOPS = "shops"
    CAR_PARK = "car-park"
    GREEN = "green"
    SCHOOL = "school"
    LICENSED = "licensed"
    TRANSPORT = "transport"
    BUSINESS = "business"
    PUBLIC_BUILDING = "public-building"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The kind as people read it."""
        return _WORDS[self]


_WORDS = {
    PlaceKind.STREET: "Street or footpath",
    PlaceKind.HOMES: "Homes, gardens or garages",
    PlaceKind.SHOPS: "Shops or a shopping centre",
    PlaceKind.CAR_PARK: "Car park",
    PlaceKind.GREEN: "Park, green or play area",
    PlaceKind.SCHOOL: "School or college",
    PlaceKind.LICENSED: "Pub, club or takeaway",
    PlaceKind.TRANSPORT: "Station, bus stop or taxi rank",
    PlaceKind.BUSINESS: "Trading estate or business premises",
    PlaceKind.PUBLIC_BUILDING: "Hospital, library or other public building",
    PlaceKind.OTHER: "Another kind of place",
}
