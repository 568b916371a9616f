"""Listening to sessions and engines: how the floors above follow what is written.

A module that listens says so in a function `register`, which `npt.factory.wire` alone calls: to import a
module changes nothing, and one place shows who follows what, and in which order.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event


def listen(target: Any, name: str, listener: Callable[..., Any], *, is_first: bool = False) -> None:
    """Have `listener` told of the event, before all others where `is_first`. Asking again changes nothing."""
    if not event.contains(target, name, listener):
        event.listen(target, name, listener, insert=is_first)
