"""However the values of an address are taken, it is noted; that something is asked at all is no value."""

from collections.abc import Callable

import pytest
from flask import Flask, request
from werkzeug.datastructures import MultiDict

from tests.house.reading import values_read

Look = Callable[[MultiDict[str, str]], object]
ONE: dict[str, Look] = {
    "by its name": lambda asked: asked["page"],
    "if it is there": lambda asked: asked.get("page"),
    "as a number": lambda asked: asked.get("page", 1, int),
    "with those of the same name": lambda asked: asked.getlist("page"),
    "named though nobody asks": lambda asked: asked.get("days"),
}
ALL: dict[str, Look] = {
    "with the names": lambda asked: [*asked.items()],
    "each, with the names": lambda asked: [*asked.items(multi=True)],
    "in lists, with the names": lambda asked: [*asked.lists()],
    "as a dictionary": lambda asked: asked.to_dict(),
    "as a dictionary of lists": lambda asked: asked.to_dict(flat=False),
    "made a dictionary": lambda asked: dict(asked),
    "poured into a dictionary": lambda asked: {**asked},
    "copied": lambda asked: asked.copy(),
    "without the names": lambda asked: [*asked.values()],
    "in lists without the names": lambda asked: [*asked.listvalues()],
}
NONE: dict[str, Look] = {
    "whether it is there": lambda asked: "page" in asked,
    "whether anything is": bool,
    "which are there": lambda asked: [*asked],
}


def noted(look: Look) -> set[str]:
    """What is noted of a page that looks at its address in this way."""
    app = Flask("planted")

    @app.get("/")
    def planted() -> str:
        return str(look(request.args))

    with values_read(app) as names:
        assert app.test_client().get("/?page=2&sort=name").status_code == 200
    before = set(names)
    app.test_client().get("/?page=2&sort=name")
    assert names == before, "it is still noted afterwards"
    return names


@pytest.mark.parametrize("way", ONE)
def test_a_value_that_is_taken_is_noted(way: str) -> None:
    assert noted(ONE[way]) == {"days" if "nobody" in way else "page"}


@pytest.mark.parametrize("way", ALL)
def test_whoever_takes_all_values_takes_each(way: str) -> None:
    assert noted(ALL[way]) == {"page", "sort"}


@pytest.mark.parametrize("way", NONE)
def test_what_is_asked_is_no_value(way: str) -> None:
    assert noted(NONE[way]) == set()
