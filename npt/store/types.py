"""Column types: what a value means, enforced on the way in and out of the database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class UtcInstant(TypeDecorator[datetime]):
    """An instant to the microsecond, always timezone-aware and in UTC. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone: give an aware datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def minute_number(instant: datetime) -> int:
    """Whole minutes since 1970 UTC of `instant`, which must be aware and fall on a whole minute."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone: give an aware datetime")
    minutes, rest = divmod(instant - _EPOCH, _MINUTE)
    if rest:
        raise ValueError("time is kept in whole minutes")
    return minutes


def minute_instant(number: int) -> datetime:
    """The UTC instant of a count of whole minutes since 1970."""
    return _EPOCH + number * _MINUTE


class WholeMinute(TypeDecorator[datetime]):
    """A UTC instant on a whole minute, stored as its count of minutes since 1970.

    An integer, so that the database itself can check that minutes = ends - starts and that no two shifts of a
    member overlap, on SQLite as on PostgreSQL, without an extension.
    """

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else minute_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else minute_instant(value)


class Hundredths(TypeDecorator[Decimal]):
    """A decimal with two places (FTE, posts), stored as a whole number of hundredths: sums stay exact."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        hundredths = Decimal(value) * 100
        if hundredths != hundredths.to_integral_value():
            raise ValueError("at most two decimal places")
        return int(hundredths)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / 100


class PathText(TypeDecorator[str]):
    """A unit's path, compared byte by byte on every engine, so that a subtree is one range of an index."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(String(collation="C") if dialect.name == "postgresql" else String())


def by_value(kind: type[Enum], name: str) -> SqlEnum:
    """A column of `kind`, stored as its value (text) under a CHECK constraint called `name`."""
    return SqlEnum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=30,
        values_callable=lambda members: [str(member.value) for member in members],
    )
