"""What the screens of performance share: declared routes, and addresses that keep the way of counting."""

from typing import Any

from flask import request

from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.webkit.addresses import address
from npt.webkit.pages import Pages

pages = Pages("performance")


def chosen_definition() -> str:
    """The code of the definition that the address names; the default without one."""
    return request.args.get("definition", "") or DEFAULT_DEFINITION


def chosen_beside() -> str:
    """The code of the definition that the address wants beside it; empty without one, or with the same."""
    code = request.args.get("with", "")
    return "" if code == chosen_definition() else code


def month_address(code: str, month: Month, definition: str, *, view: str = "month", **asked: Any) -> str:
    """The address of a unit's month under a definition; `view` is the page or one of its files."""
    return address(f"performance.{view}", code=code, month=month, **_short(definition, asked))


def records_address(code: str, month: Month, definition: str, **asked: Any) -> str:
    """The address of the records behind a figure of a unit's month."""
    return address("performance.records", code=code, month=month, **_short(definition, asked))


def headroom_address(code: str, month: Month, definition: str = DEFAULT_DEFINITION, **asked: Any) -> str:
    """The address of the headroom of a unit's month under a definition."""
    return address("performance.headroom", code=code, month=month, **_short(definition, asked))


def _short(definition: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What has to stand in the address: nothing that is so anyway."""
    said = {name: value for name, value in asked.items() if value}
    return said if definition == DEFAULT_DEFINITION else {**said, "definition": definition}
