"""Addresses of our own pages, for the pages that print hundreds of them."""

from functools import lru_cache
from typing import Any

from flask import request, url_for

#: addresses kept, of about half a kilobyte each with what they were put together from: some dozen pages full
_KEPT = 2048


def address(endpoint: str, **named: Any) -> str:
    """As Flask's `url_for`, for a page of ours: put together once, and remembered.

    An address depends on nothing but what it is put together from, so that it is never out of date. The
    values have to be hashable, and of one type for each name.
    """
    return _address(request.root_path, endpoint, tuple(named.items()))


@lru_cache(_KEPT)
def _address(_root_path: str, endpoint: str, named: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(named))
