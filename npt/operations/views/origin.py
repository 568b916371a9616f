"""What a team's day says of time away that a committed operation recorded."""

from collections.abc import Collection

from flask import url_for

from npt.duty.views.origins import Origin, Recorded
from npt.operations.queries import taken_for
from npt.operations.rules import away_note
from npt.organisation.models import Unit
from npt.webkit.visit import Visit


def origins(visit: Visit[Unit], shift_ids: Collection[int]) -> dict[Recorded, Origin]:
    """The operations that recorded time away in these shifts, as the unit of the address sees them."""
    return {
        key: Origin(
            away_note(operation.name),
            url_for("operations.operation", code=visit.place.code, operation_id=operation.operation_id),
        )
        for key, operation in taken_for(visit.session, shift_ids).items()
    }
