"""A world that the tests of a file begin with: built once by each worker, and put in place for each test.

    @built_once
    def team(app: Flask, session: Session) -> Team:

is a fixture like any other, but that its records are committed. They are built on the first test's
database, which is kept as a file; what the fixture gives is remembered, its records by their keys. To build a
small team takes ten times as long as to copy it. PostgreSQL, where few tests of pages run, has it built each
time, and so has a test whose database is no longer as new.
"""

import functools
import io
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from npt.store.base import Base
from npt.webkit.extensions import db

Made = TypeVar("Made")
#: Where SQLite counts the changes of a file, in its header.
_COUNTER = slice(24, 28)
#: By database and fixture, what was built in this process: the file, and what the fixture gave.
_BUILT: dict[tuple[str, str], tuple[Path, bytes]] = {}


def built_once(build: Callable[..., Made]) -> Callable[..., Made]:
    """A fixture that builds records out of `session` alone, and at most tells of `app`."""

    @functools.wraps(build)
    def fixture(**given: Any) -> Made:
        session: Session = given["session"]
        if set(given) - {"app", "session"}:
            raise TypeError(f"{build.__name__} rests on more than a new database: {', '.join(given)}")
        engine = session.get_bind()
        assert isinstance(engine, Engine)
        made = _made(build, engine, given) if _is_new(engine) else build(**given)
        session.commit()  # read nothing afterwards: a reader lets no writer past
        return made

    return pytest.fixture(fixture)


def _is_new(engine: Engine) -> bool:
    """Whether nothing was written to the database, as SQLite itself counts, since it was made."""
    if engine.dialect.name != "sqlite" or Path(f"{_file(engine)}-wal").exists():
        return False
    files = _file(engine), _file(engine).with_name("template.sqlite3")
    return len({_header(file)[_COUNTER] for file in files}) == 1


def _header(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(100)


def _file(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _made(build: Callable[..., Made], engine: Engine, given: dict[str, Any]) -> Made:
    session, key = given["session"], (str(engine.url), f"{build.__module__}.{build.__qualname__}")
    if key not in _BUILT:
        before = _beside(given)
        made = build(**given)
        session.commit()
        if _beside(given) != before:
            raise TypeError(
                f"{build.__name__} changes its session or its application: make it a plain fixture"
            )
        told = io.BytesIO()
        _Pickler(told, given).dump(made)
        _let_go(given)
        file = _file(engine).with_suffix(f".built-{len(_BUILT)}")
        shutil.copyfile(_file(engine), file)
        _BUILT[key] = file, told.getvalue()
    else:
        _let_go(given)
        shutil.copyfile(_BUILT[key][0], _file(engine))
    remembered: Made = _Unpickler(io.BytesIO(_BUILT[key][1]), given).load()
    return remembered


def _beside(given: dict[str, Any]) -> tuple[object, ...]:
    """What no file keeps, and a fixture might change."""
    doors = given["app"].extensions["npt_doors"] if "app" in given else None
    return given["session"].expire_on_commit, id(doors)


def _let_go(given: dict[str, Any]) -> None:
    """Have nobody connected to the file."""
    given["session"].close()
    given["session"].get_bind().dispose()
    if "app" in given:
        with given["app"].app_context():
            db.engine.dispose()


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, given: dict[str, Any]) -> None:
        super().__init__(file)
        self._given = given

    def persistent_id(self, made: object) -> Any:
        """What stands for a record, or for what every test has its own of."""
        if isinstance(made, Base):
            return type(made), inspect(made).identity
        return next((name for name, each in self._given.items() if each is made), None)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, given: dict[str, Any]) -> None:
        super().__init__(file)
        self._given = given

    def persistent_load(self, told: Any) -> Any:
        """The record of this test, or what it was given."""
        return self._given[told] if isinstance(told, str) else self._given["session"].get_one(*told)
