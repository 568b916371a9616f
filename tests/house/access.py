"""Who may do what where, as a table of all declared routes; and the routes that nobody declared.

The table is committed as tests/pages/access.txt, so that a change of authority is a line of a difference that
somebody reads. `python -m tests.house.access --write` renders it anew.
"""

import difflib
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from npt.access.rules import HOLDS, Open, Permission, Role, SignedIn
from npt.settings import ROOT, Settings
from npt.webkit.pages import ROUTES, Needs, Route

COMMITTED = ROOT / "tests" / "pages" / "access.txt"
HEADING = "endpoint · methods · address · what it needs · roles · place\n\n"
_CONVERTER = re.compile(r"<[^<>]*:")
CURE = (
    "Who may do what has changed. Read the difference as what it is, a change of authority; when it is "
    "meant, run `.venv/bin/python -m tests.house.access --write` and commit tests/pages/access.txt with it.\n"
)


def table(routes: Mapping[str, Route] = ROUTES) -> str:
    """The table: one line a route, sorted by endpoint."""
    return HEADING + "".join(f"{_line(routes[endpoint])}\n" for endpoint in sorted(routes))


def _line(route: Route) -> str:
    address = _CONVERTER.sub("<", route.address)
    place = "no place" if route.within is None else f"within <{route.within}>"
    if route.within_matter is not None:
        place = f"within the matter <{route.within_matter}>"
    if route.shared is not None:
        place += f", shared: {route.shared.value} opens it to the agency"
    return " · ".join([route.endpoint, " ".join(route.methods), address, *_needs(route.needs), place])


def _needs(needs: Needs) -> tuple[str, str]:
    """What a person needs, and the roles that have it."""
    match needs:
        case Permission():
            return needs.wording, " ".join(role.value for role in Role if needs in HOLDS[role])
        case SignedIn(because):
            return f"signed in, because {because}", "every role"
        case Open(because):
            return f"nothing, because {because}", "everybody"


def difference(committed: str, rendered: str) -> str:
    """The lines that differ, with the cure; empty when none do."""
    lines = difflib.unified_diff(
        committed.splitlines(), rendered.splitlines(), "committed", "now", lineterm="", n=0
    )
    shown = "\n".join(lines)
    return f"{CURE}{shown}" if shown else ""


def undeclared(app: Flask, routes: Mapping[str, Route] = ROUTES) -> list[str]:
    """What the application answers beside the declared routes and its static files, and how to declare it."""
    faults = []
    for rule in app.url_map.iter_rules():
        methods = tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        route = routes.get(rule.endpoint)
        if rule.endpoint == "static" and methods == ("GET",):
            continue
        if route is None or (route.address, tuple(sorted(route.methods))) != (rule.rule, methods):
            faults.append(
                f"{' '.join(methods)} {rule.rule} ({rule.endpoint}) is not declared: "
                "state its permission and place by Pages.read, .write or .form of npt/webkit/pages.py"
            )
    answered = {rule.endpoint for rule in app.url_map.iter_rules()}
    faults += [
        f"{endpoint} is declared and not answered: register the blueprint of its pages in npt/factory.py"
        for endpoint in sorted(set(routes) - answered)
    ]
    return faults


def main(arguments: list[str], file: Path = COMMITTED) -> int:
    """Print the table or, with --write, render the committed file anew."""
    from npt.factory import create_app

    create_app(Settings("sqlite://", ("a key that signs nothing",), is_testing=True))
    if arguments == ["--write"]:
        file.write_text(table())
    else:
        print(table(), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
