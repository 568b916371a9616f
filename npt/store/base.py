"""The declarative base that every table stands on.

Metadata and type map sit in the registry, not in class attributes: Flask-SQLAlchemy copies the class body
into a class of its own, and a class-level map would be configured twice.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

#: A 64-bit key on PostgreSQL; SQLite numbers rows only through a plain INTEGER primary key.
Key = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Base of every model. Tables name their constraints in the words of the domain."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={int: Integer(), str: String(), date: Date()},
    )

    __table_args__: Any = ()
