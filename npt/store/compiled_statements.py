"""Statements compiled once, for the few that run with every save.

SQLAlchemy puts a statement's text together, or finds it again, each time; for one that takes the database
less than a tenth of a millisecond that is most of the cost. The text is SQLAlchemy's all the same.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, String, any_, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

#: A column of keys.
Key = ColumnElement[int] | InstrumentedAttribute[int] | InstrumentedAttribute[int | None]

_DIALECTS = {"sqlite": sqlite.dialect, "postgresql": psycopg.dialect}


class CompiledStatement:
    """A statement in the words of one dialect. Its values are given as the columns store them."""

    def __init__(self, statement: ClauseElement, dialect: str) -> None:
        compiled = statement.compile(dialect=_DIALECTS[dialect]())
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only a statement that runs can be spelled out")
        self._text = str(compiled)
        self._order = compiled.positiontup

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run it for its effect. The journal does not see it."""
        if self._order is None:
            connection.exec_driver_sql(self._text, dict(values))
        else:
            connection.exec_driver_sql(self._text, tuple(values[name] for name in self._order))


def among(column: Key, name: str, dialect: str) -> ColumnElement[bool]:
    """Whether the column is one of the keys given under `name`, however many: they travel as one value."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(BigInteger)))
    each = func.json_each(bindparam(name, type_=String)).table_valued("value", name=f"each_of_{name}")
    return column.in_(select(each.c.value))


def as_one(values: Collection[int | str], dialect: str) -> object:
    """Keys, or days as ISO text, as one value: an array, or the text of one."""
    return list(values) if dialect == "postgresql" else json.dumps(list(values))
