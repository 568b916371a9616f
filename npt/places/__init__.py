"""Places: where neighbourhoods lie, and which of them a point, a postcode or a street is in.

Boundaries are GeoJSON (RFC 7946) in WGS 84, and stand on the days on which their unit does. A point belongs
to exactly one neighbourhood. The map is drawn here for whatever page shows one.
"""
