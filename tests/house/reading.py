"""Which of the values that an address asks with are looked at while it is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict


class _Noted(ImmutableMultiDict[str, str]):
    """What is asked, noting whose value is taken; whether something is asked at all is no value."""

    names: set[str]

    def __getitem__(self, key: str) -> str:
        self.names.add(key)
        return super().__getitem__(key)

    def getlist(self, key: str, *given: Any, **named: Any) -> list[Any]:
        self.names.add(key)
        return super().getlist(key, *given, **named)

    def items(self, *given: Any, **named: Any) -> Any:
        self.names.update(self)
        return super().items(*given, **named)

    def lists(self) -> Any:
        self.names.update(self)
        return super().lists()

    def values(self) -> Any:
        self.names.update(self)
        return super().values()

    def listvalues(self) -> Any:
        self.names.update(self)
        return super().listvalues()


@contextmanager
def values_read(app: Flask) -> Iterator[set[str]]:
    """The names of the values that the application takes out of addresses, and of forms, within."""
    taken = app.request_class
    names = set[str]()
    noted = type("Noted", (_Noted,), {"names": names})
    app.request_class = type("Request", (taken,), {"parameter_storage_class": noted})
    try:
        yield names
    finally:
        app.request_class = taken
