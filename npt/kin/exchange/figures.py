"""Key individuals as programs are told of them: numbers alone."""

from typing import Any

from npt.kin.queries import KinCounts


def kin_as_json(counts: KinCounts) -> dict[str, Any]:
    """How many key individuals a unit has, by status, sector and community."""
    return {
        "unit": counts.unit.code,
        "as_at": counts.as_at.isoformat(),
        **{status.value: count for status, count in counts.statuses.items()},
        "sectors": [{"sector": each.value, "people": count} for each, count in counts.sectors.items()],
        "communities": [{"community": name, "people": count} for name, count in counts.communities],
    }
