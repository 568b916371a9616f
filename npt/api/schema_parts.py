"""The parts that shapes are made of, in the words of OpenAPI."""

from collections.abc import Mapping, Sequence
from typing import Any

from npt.counting.rules import CODE_LENGTH, CODE_PATTERN

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A reference to one of `SCHEMAS` by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def object_of(properties: Mapping[str, Schema], optional: Sequence[str] = ()) -> Schema:
    """An object with these properties, all of them there unless they are optional."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def list_of(schema: Schema) -> Schema:
    """A list of things of this shape."""
    return {"type": "array", "items": schema}


def text_of(what: str = "", *, is_known: bool = True) -> Schema:
    """A text, or null too; and what it says."""
    schema: Schema = {"type": "string" if is_known else ["string", "null"]}
    return {**schema, "description": what} if what else schema


def or_null(schema: Schema) -> Schema:
    """What may be not known."""
    return {"anyOf": [schema, {"type": "null"}]}


COUNT: Schema = {"type": "integer", "minimum": 0}
_YEAR = "^(?:19|20|21)[0-9]{2}-"
MONTH_TEXT: Schema = {"type": "string", "pattern": f"{_YEAR}(?:0[1-9]|1[0-2])$"}
DAY: Schema = {"type": "string", "format": "date", "pattern": _YEAR}
DEFINITION: Schema = {"type": "string", "pattern": f"^{CODE_PATTERN}$", "maxLength": CODE_LENGTH}
