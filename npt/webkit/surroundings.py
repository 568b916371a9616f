"""What stands around every page, by the names of the layout. No view gives its page one of these."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from npt.webkit.parts import Link


class Surrounding(TypedDict):
    """What the layout shows, whatever the page."""

    force_name: str
    navigation: Sequence[Link]
    signed_in_as: str | None
    #: what the script of a phone is told
    on_phone: object
    account_address: str
    sign_out_address: str
    search_address: str
    is_demonstration: bool
    believed_today: date


#: What the layout has, and what Flask and its extensions give every template.
TAKEN = frozenset(Surrounding.__annotations__) | {"request", "session", "g", "csrf_token", "url_for"}


def check_names(endpoint: str, shown: Mapping[str, object]) -> None:
    """Refuse (RuntimeError) what a view gives its page by a name that the layout has for something else."""
    taken = sorted(TAKEN & shown.keys())
    if taken:
        raise RuntimeError(
            f"{endpoint} gives its page {', '.join(taken)}, which the layout has by that name for something"
            " else: call it otherwise"
        )
