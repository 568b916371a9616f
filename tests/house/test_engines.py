"""Each test begins with the database that the migrations make, whatever the test before it left behind."""

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.engines import ENGINES

both_engines = pytest.mark.parametrize("engine_name", ENGINES)


def _versions(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one()
    engine.dispose()
    return count


def _spoil(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()


@both_engines
@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_test_deletes_is_there_for_the_next(database_url: str, turn: str) -> None:
    assert _versions(database_url) == 1, f"spoilt before the {turn} turn: renew does not put everything back"
    _spoil(database_url)


@both_engines
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_bare_database_has_no_tables_even_after_a_test_made_one(bare_database_url: str, turn: str) -> None:
    engine = create_engine(bare_database_url)
    assert inspect(engine).get_table_names() == [], f"left over before the {turn} turn"
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_over (number INTEGER)"))
    engine.dispose()
