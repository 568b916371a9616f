"""The interface for programs in the words of OpenAPI 3.1, made from declared routes and columns of files."""

from collections.abc import Mapping, Sequence
from typing import Any

from npt.access.rules import Open, Permission
from npt.api.rules import LONGEST_KEY, PAGE_SIZE
from npt.duty.exchange import AWAY_FILE, DUTY_FILE
from npt.duty.rules import DEFAULT_DEFINITION, Outlook
from npt.organisation.exchange import UNITS
from npt.people.rules import PolicingRole
from npt.performance.rules import Breakdown
from npt.sheets.columns import Shape
from npt.webkit.pages import ROUTES, Route

Schema = dict[str, Any]

_WORDS: Mapping[str, str] = {
    "code": "Code of a unit, unique among all units.",
    "level": "force, bcu, area, team or neighbourhood.",
    "parent": "Code of the unit above; null for a force.",
    "opened_on": "First day on which the unit stands.",
    "closed_on": "Last day on which it stood; null while it is open.",
    "priority_class": "1 to 4 for a neighbourhood; 1 has the highest demand.",
    "successors": "Codes, separated by blanks, of the units that took over.",
    "number": "The member's force number.",
    "starts": "An instant in whole minutes: local time (Europe/London), or with an offset.",
    "ends": "An instant in whole minutes, after the start.",
    "team": "Code of the team, where the roster names it; null leaves it to the posting of the day.",
    "reason": "Code of the reason of absence or abstraction.",
    "note": "A note; some reasons need one.",
    "name": "Name as people read it.",
}


def description() -> dict[str, Any]:
    """The whole description. RuntimeError when a declared route is not described."""
    paths: dict[str, dict[str, Any]] = {}
    for route in sorted(ROUTES.values(), key=lambda each: (each.address, each.methods)):
        if route.endpoint.startswith("api."):
            (method,) = route.methods
            paths.setdefault(route.address, {})[method.lower()] = _operation(route)
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
            "schemas": _SCHEMAS,
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    name = route.endpoint.removeprefix("api.")
    if name not in _OPERATIONS:
        raise RuntimeError(f"{route.endpoint} is not described: say in npt/api/openapi.py what it does")
    summary, parameters, answer = _OPERATIONS[name]
    needs = route.needs.wording if isinstance(route.needs, Permission) else "no permission"
    if route.within is not None:
        parameters = [_parameter(route.within, "Code of the unit.", is_required=True), *parameters]
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
        responses |= _refusals("400", "401", "403", "404", "422", "429")
    if name in _PUSHED:
        rows = {"type": "array", "items": _ref(_PUSHED[name])}
        operation["requestBody"] = {"required": True, "content": _json(rows)}
        responses |= _refusals("409", "413", "415")
    return operation


def _refusals(*statuses: str) -> dict[str, Any]:
    meanings = {
        "400": "The question or the body cannot be read.",
        "401": "The token is missing or does not count.",
        "403": "The account may not do that there.",
        "404": "There is no such unit.",
        "409": "The Idempotency-Key was used for another push.",
        "413": "The body is too large.",
        "415": "The body is not JSON.",
        "422": "Refused; every bad row is listed by its index, and nothing was saved.",
        "429": "Too many tries with tokens that do not count; see Retry-After.",
    }
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    return {status: {"description": meanings[status], "content": content} for status in statuses}


def _parameter(
    name: str, what: str, schema: Schema | None = None, *, is_required: bool = False, place: str = "query"
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": is_required,
        "description": what,
        "schema": schema or {"type": "string"},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _object(properties: Mapping[str, Schema], optional: Sequence[str] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _text(what: str = "", *, is_known: bool = True) -> Schema:
    schema: Schema = {"type": "string" if is_known else ["string", "null"]}
    return {**schema, "description": what} if what else schema


def _row(shape: Shape, integers: Sequence[str] = ()) -> Schema:
    """The rows of a kind of file: a column that may be empty may be null, and may be left out of a push."""
    columns: dict[str, Schema] = {}
    for column in shape.columns:
        kind = "integer" if column.name in integers else "string"
        is_required = column.is_required and column.name != "parent"
        columns[column.name] = {
            "type": kind if is_required else [kind, "null"],
            "description": _WORDS[column.name],
        }
    optional = [column.name for column in shape.columns if not column.is_required]
    return {**_object(columns, optional), "additionalProperties": False}


def _paged(rows: str, **asked: Schema) -> Schema:
    count: Schema = {"type": "integer"}
    return _object(
        {
            **asked,
            "page": count,
            "pages": count,
            "page_size": {**count, "const": PAGE_SIZE},
            "total": count,
            "rows": _list(_ref(rows)),
        }
    )


_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": ["number", "null"]}
_PERCENTAGE = _text("Percentage with four decimals; null when not known.", is_known=False)
_MONTH_TEXT: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
_DAY: Schema = {"type": "string", "format": "date"}
_BAD_ROW = _object(
    {
        "index": {"type": ["integer", "null"], "description": "Of the row, from 0; null for all of them."},
        "field": _text(is_known=False),
        "detail": _text("What is wrong and what to do. A line it names is the index of a row."),
    }
)

_SCHEMAS: dict[str, Schema] = {
    "Unit": _row(UNITS, integers=("priority_class",)),
    "Shift": _row(DUTY_FILE),
    "Away": _row(AWAY_FILE),
    "Units": _paged("Unit", as_at=_DAY),
    "Shifts": _paged("Shift", unit=_text(), month=_MONTH_TEXT),
    "AwayPage": _paged("Away", unit=_text(), month=_MONTH_TEXT),
    "Staffing": _object(
        {
            "unit": _text(),
            "as_at": _DAY,
            "roles": _list(
                _object(
                    {
                        "role": {"enum": [role.value for role in PolicingRole]},
                        "strength": _NUMBER,
                        "establishment": _NUMBER,
                        "vacancy": _NUMBER,
                        "fill": {**_NUMBER, "description": "Per cent, one decimal."},
                    }
                )
            ),
            "ratio": _object({"strength": _NUMBER, "establishment": _NUMBER}),
            "children": _list(_ref("Staffing")),
        }
    ),
    "Rate": _object(
        {
            "unit": _text(),
            "level": _text(),
            "group": _text("officers or pcsos, or a role when asked by role."),
            "reason": _text("Code of a reason, when asked by reason."),
            "month": _MONTH_TEXT,
            "definition": _text(),
            "duty_minutes": _COUNT,
            "abstracted_minutes": _COUNT,
            "rate": _PERCENTAGE,
            "target": {"type": ["integer", "null"]},
            "within": {"type": ["boolean", "null"]},
            "coverage": _PERCENTAGE,
        },
        optional=["reason"],
    ),
    "Headroom": _object(
        {
            "unit": _text(),
            "level": _text(),
            "group": _text("officers or pcsos."),
            "month": _MONTH_TEXT,
            "definition": _text(),
            "target": {"type": "integer", "description": "Per cent."},
            "duty_minutes": _COUNT,
            "duty_minutes_so_far": _COUNT,
            "duty_minutes_rostered": {**_COUNT, "description": "Of the days after today."},
            "allowed_minutes": {"type": ["integer", "null"]},
            "used_minutes": _COUNT,
            "planned_minutes": _COUNT,
            "left_minutes": {"type": ["integer", "null"], "description": "Negative when over."},
            "pace": _PERCENTAGE,
            "expected_rate": {**_PERCENTAGE, "description": "By the end of the month at this pace."},
            "coverage": {**_PERCENTAGE, "description": "Of the shifts so far."},
            "outlook": {"enum": [each.value for each in Outlook]},
            "broken_on": {"type": ["string", "null"], "format": "date"},
        }
    ),
    "Pushed": _object(
        {
            "kind": {"enum": ["duty", "away"]},
            "added": _COUNT,
            "changed": _COUNT,
            "unchanged": _COUNT,
            "warnings": _list(_BAD_ROW),
        }
    ),
    "Problem": _object(
        {
            "type": _text(),
            "title": _text(),
            "status": {"type": "integer"},
            "detail": _text(),
            "errors": _list(_BAD_ROW),
        },
        optional=["errors"],
    ),
}

_AS_AT = _parameter("as-at", "The day; today unless said.", _DAY)
_MONTH = _parameter("month", "The month, like 2026-10.", _MONTH_TEXT, is_required=True)
_PAGE = _parameter("page", f"The page, of {PAGE_SIZE} rows.", {"type": "integer", "minimum": 1, "default": 1})
_EACH = _parameter(
    "each",
    "Each unit of that level at or under the unit.",
    {"type": "string", "enum": ["bcu", "area", "team"]},
)
_DEFINITION = _parameter("definition", "Way of counting.", {"type": "string", "default": DEFAULT_DEFINITION})
_PUSH = [
    _parameter(
        "Idempotency-Key",
        "New for each push; the same for a push that is repeated, which then has the same answer for 7 days.",
        {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        is_required=True,
        place="header",
    ),
    _parameter(
        "update", "Let rows change records that exist.", {"type": "string", "enum": ["true", "false"]}
    ),
]
#: what a push holds
_PUSHED = {"push_duty": "Shift", "push_away": "Away"}
#: by the name of the view: what it does, what it asks beside the unit, what it answers
_OPERATIONS: dict[str, tuple[str, list[dict[str, Any]], Schema]] = {
    "openapi": ("This description", [], {"type": "object"}),
    "units": ("The units within reach of the token", [_AS_AT, _PAGE], _ref("Units")),
    "staffing": ("Strength, establishment and ratio, as npt staffing prints", [_AS_AT], _ref("Staffing")),
    "rates": (
        "Abstraction rates, as npt rates prints",
        [
            _MONTH,
            _parameter("to", "The last of several months.", _MONTH_TEXT),
            _EACH,
            _DEFINITION,
            _parameter("with", "Another way of counting, its rows beside the first's.", {"type": "string"}),
            _parameter(
                "by",
                "What the rates are told apart by.",
                {"type": "string", "enum": [each.value for each in Breakdown], "default": "group"},
            ),
        ],
        _list(_ref("Rate")),
    ),
    "headroom": (
        "What a month still allows and when the pace breaks the target, as npt headroom prints",
        [_MONTH, _EACH, _DEFINITION],
        _list(_ref("Headroom")),
    ),
    "duty": ("Shifts of the unit and all under it that start in a month", [_MONTH, _PAGE], _ref("Shifts")),
    "away": ("Time away in those shifts", [_MONTH, _PAGE], _ref("AwayPage")),
    "push_duty": ("Roster shifts, all of them or none", _PUSH, _ref("Pushed")),
    "push_away": ("Record time away, all of it or none", _PUSH, _ref("Pushed")),
}
