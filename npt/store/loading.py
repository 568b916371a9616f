"""Records asked for together with what belongs to them."""

from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

Record = TypeVar("Record")


def loaded_with(record: type[Record], *belonging: InstrumentedAttribute[Any]) -> Select[Record]:
    """The statement that asks for records, with what belongs to them joined and loaded."""
    asked = select(record)
    for each in belonging:
        asked = asked.join(each).options(contains_eager(each))
    return asked
