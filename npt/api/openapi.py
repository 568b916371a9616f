"""The interface for programs in the words of OpenAPI 3.1, made from declared routes and columns of files."""

import re
from typing import Any

from npt.access.rules import Open, Permission
from npt.api.rules import KEY_PATTERN, MOST_LISTED, PAGE_SIZE
from npt.api.schema_parts import DAY, DEFINITION, MONTH_TEXT, Schema, list_of, ref
from npt.api.schemas import SCHEMAS
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.paging import MOST_PAGES
from npt.performance.rules import Breakdown
from npt.webkit.pages import ROUTES, Route


def description() -> dict[str, Any]:
    """The whole description. RuntimeError when a declared route is not described."""
    paths: dict[str, dict[str, Any]] = {}
    for route in sorted(ROUTES.values(), key=lambda each: (each.address, each.methods)):
        if route.endpoint.startswith("api."):
            (method,) = route.methods
            paths.setdefault(re.sub("<([a-z]+)>", r"{\1}", route.address), {})[method.lower()] = _operation(
                route
            )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Neighbourhood policing tracker",
            "version": "1",
            "description": "Minutes are whole. Percentages are texts with four decimals. What is not known is"
            " null, never 0. A token may do what its account may; it is made with `npt account token`.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": SCHEMAS,
        },
    }


def questions(route: Route) -> list[str]:
    """What the address of a route may ask."""
    _, parameters, _ = _OPERATIONS[route.endpoint.removeprefix("api.")]
    asked = [each["name"] for each in parameters if each["in"] == "query"]
    return asked if route.within is None else [route.within, *asked]


def _operation(route: Route) -> dict[str, Any]:
    name = route.endpoint.removeprefix("api.")
    if name not in _OPERATIONS:
        raise RuntimeError(f"{route.endpoint} is not described: say in npt/api/openapi.py what it does")
    summary, parameters, answer = _OPERATIONS[name]
    needs = route.needs.wording if isinstance(route.needs, Permission) else "no permission"
    if route.within is not None:
        code = {"type": "string", "minLength": 1}
        parameters = [_parameter(route.within, "Code of the unit.", code, is_required=True), *parameters]
    if route.within_matter is not None:
        reference = {"type": "string", "minLength": 1}
        name_of = f"Reference of the {route.within_matter}."
        named = _parameter(route.within_matter, name_of, reference, is_required=True, place="path")
        parameters = [named, *parameters]
    responses = {"200": {"description": "What was asked.", "content": _json(answer)}}
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "description": f"The account of the token needs: {needs}.",
        "parameters": parameters,
        "responses": responses,
    }
    if isinstance(route.needs, Open):
        operation |= {"description": f"Open to anybody: {route.needs.because}.", "security": []}
    else:
        responses |= _refusals("401", "403", "429")
    responses |= _refusals("400", "503")
    if route.within is not None or route.within_matter is not None:
        responses |= _refusals("404")
    if name in _REFUSING:
        responses |= _refusals("422")
    if name in _PUSHED:
        rows = {"type": "array", "items": ref(_PUSHED[name])}
        operation["requestBody"] = {"required": True, "content": _json(rows)}
        responses |= _refusals("409", "413", "415")
    return operation


def _refusals(*statuses: str) -> dict[str, Any]:
    meanings = {
        "400": "The question or the body is not as it is described here.",
        "401": "The token is missing or not valid.",
        "403": "The account may not do that there.",
        "404": "There is no such unit, or no such problem.",
        "409": "The Idempotency-Key was used for another push.",
        "413": "The body is too large.",
        "415": "The body is not JSON.",
        "422": "As it is described here, and still refused: what it names is not there, or cannot be. Of a"
        f" push nothing was saved, and the first {MOST_LISTED} errors are listed by their index.",
        "429": "Too many attempts with tokens that are not valid.",
        "503": "The system is busy, or cannot reach its records: try again.",
    }
    headers = {"401": ("WWW-Authenticate", "string"), "429": ("Retry-After", "integer")}
    found: dict[str, Any] = {}
    for status in statuses:
        content = {"application/problem+json": {"schema": ref("Problem")}}
        found[status] = {"description": meanings[status], "content": content}
        if status in headers:
            name, kind = headers[status]
            found[status]["headers"] = {name: {"required": True, "schema": {"type": kind}}}
    return found


def _parameter(
    name: str, what: str, schema: Schema, *, is_required: bool = False, place: str = "query"
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": is_required,
        "description": what,
        "schema": schema,
    }


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


_AS_AT = _parameter("as-at", "The day; today unless said.", DAY)
_MONTH = _parameter("month", "The month, like 2026-10.", MONTH_TEXT, is_required=True)
_TO = _parameter("to", "The last of several months, from `month` on, at most 120 of them.", MONTH_TEXT)
_PAGE = _parameter(
    "page",
    f"The page, of {PAGE_SIZE} rows.",
    {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1},
)
_EACH = _parameter(
    "each",
    "Each unit of that level at or under the unit.",
    {"type": "string", "enum": ["bcu", "area", "team"]},
)
_DEFINITION = _parameter("definition", "Definition.", {**DEFINITION, "default": DEFAULT_DEFINITION})
_PUSH = [
    _parameter(
        "Idempotency-Key",
        "New for each push; the same for a push that is repeated, which then has the same answer for 7 days.",
        {"type": "string", "pattern": KEY_PATTERN},
        is_required=True,
        place="header",
    ),
    _parameter(
        "update", "Let rows change records that exist.", {"type": "string", "enum": ["true", "false"]}
    ),
]
#: what may be refused although it is as it is described
_REFUSING = {"rates", "measures", "headroom", "push_duty", "push_away", "push_incidents", "push_problems"}
#: what a push holds
_PUSHED = {
    "push_duty": "Shift",
    "push_away": "Away",
    "push_incidents": "Incident",
    "push_problems": "ProblemRecord",
}
#: by the name of the view: what it does, what it asks beside the unit, what it answers
_OPERATIONS: dict[str, tuple[str, list[dict[str, Any]], Schema]] = {
    "openapi": ("This description", [], {"type": "object"}),
    "units": ("The units within reach of the token", [_AS_AT, _PAGE], ref("Units")),
    "staffing": (
        "Strength, establishment and ratio, as npt staffing prints",
        [_AS_AT],
        ref("Staffing"),
    ),
    "specialists": (
        "Neighbourhood specialist officers, and how PCSOs are line-managed",
        [_AS_AT],
        ref("Specialists"),
    ),
    "students": ("Student officers, and whether they count in strength", [_AS_AT], ref("Students")),
    "incidents": (
        "How many incidents there were in a month, by category",
        [_MONTH],
        ref("Incidents"),
    ),
    "kin": ("How many key individuals there are today, without names", [], ref("Kin")),
    "engagement": (
        "What was heard in a month: contacts, patrols, five a day, in numbers alone",
        [_MONTH],
        ref("Engagement"),
    ),
    "rates": (
        "Abstraction rates, as npt rates prints",
        [
            _MONTH,
            _TO,
            _EACH,
            _DEFINITION,
            _parameter("with", "Another definition, its rows beside the first's.", DEFINITION),
            _parameter(
                "by",
                "What the rates are broken down by.",
                {"type": "string", "enum": [each.value for each in Breakdown], "default": "group"},
            ),
        ],
        list_of(ref("Rate")),
    ),
    "measures": (
        "The figures of all measures, month by month, with their targets",
        [_MONTH, _TO, _DEFINITION],
        list_of(ref("MeasureFigure")),
    ),
    "headroom": (
        "What a month still allows and when the pace breaks the target, as npt headroom prints",
        [_MONTH, _EACH, _DEFINITION],
        list_of(ref("Headroom")),
    ),
    "duty": (
        "Shifts of the unit and all under it that start in a month",
        [_MONTH, _PAGE],
        ref("Shifts"),
    ),
    "away": ("Time away in those shifts", [_MONTH, _PAGE], ref("AwayPage")),
    "actions": ("The actions of the unit and of all under it", [_PAGE], ref("Actions")),
    "priorities": ("The priorities of the unit and of all under it", [_PAGE], ref("Priorities")),
    "problems": (
        "The problems of the unit and of all under it, without what is said at their stages",
        [_PAGE],
        ref("ProblemRecords"),
    ),
    "problem": (
        "A problem as the list has it, and what the figures show of it, as npt change prints",
        [],
        ref("ProblemWithFigures"),
    ),
    "losses": ("What was lost by abstraction in those shifts", [_MONTH, _PAGE], ref("Losses")),
    "verdicts": ("What was said at review of abstractions in those shifts", [_MONTH, _PAGE], ref("Verdicts")),
    "push_duty": ("Roster shifts, all of them or none", _PUSH, ref("Pushed")),
    "push_away": ("Record time away, all of it or none", _PUSH, ref("Pushed")),
    "push_incidents": ("Record incidents, all of them or none", _PUSH, ref("Pushed")),
    "push_problems": ("Record problems, all of them or none", _PUSH, ref("Pushed")),
}
