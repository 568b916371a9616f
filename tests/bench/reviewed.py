"""The figures of a force's review: all measures, thirteen months, held against as many rows by key.

A nation stands beside the force, on PostgreSQL, with records of every kind that measures count, made by the
database itself for counting and not for believing. As many rows by key: a session fetches, by a list of
so many primary keys, as many contacts as there are records behind the figures, each once a month.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.engagement.models import Contact
from npt.kit.months import Month
from npt.measures.queries import registry
from npt.measures.queries.asked import Asked
from npt.organisation.queries import unit_at
from npt.store.base import Base
from npt.store.transaction import engine_at
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.nation import NATION, populate
from tests.bench.place import TODAY, Place

_PAIRS, _WARM_UP = 15, 3
_LAST = Month.of(TODAY).plus(-1)
_FORCE = "F1"
_PARTS = {
    "months": "(SELECT generate_series(CAST(:first AS date), CAST(:last AS date), '1 month')::date AS month)"
    " AS m",
    "minute": "EXTRACT(EPOCH FROM (m.month + g.n)::timestamptz + interval '12 hours')::bigint / 60",
    "at": "(m.month + g.n)::timestamptz + interval '12 hours'",
}
#: Tables and what fills them: of every neighbourhood, team or unit, so much in each month.
_RECORDS = (
    """INSERT INTO unit (id, code, name, level, parent_id, path, opened_on, version)
    SELECT 100000 + 2 * id + n, code || '-' || n, code || '-' || n, 'neighbourhood', id,
      path || code || '-' || n || '/', opened_on, 1
    FROM unit CROSS JOIN generate_series(0, 1) AS g(n) WHERE level = 'team'""",
    """INSERT INTO duty_sum (unit_id, starts_on, is_whole, role, ends_on, rostered, shifts, confirmed_shifts)
    SELECT id, m.month, TRUE, r.role, (m.month + interval '1 month')::date - 1, 9720, 18, 17
    FROM unit CROSS JOIN {months} CROSS JOIN
      (VALUES ('inspector'), ('sergeant'), ('constable'), ('pcso')) AS r(role)
    WHERE level <> 'neighbourhood'""",
    """INSERT INTO away_sum (unit_id, starts_on, is_whole, role, reason_id, minutes)
    SELECT id, m.month, TRUE, r.role, g.n, 60
    FROM unit CROSS JOIN {months} CROSS JOIN generate_series(1, 8) AS g(n) CROSS JOIN
      (VALUES ('sergeant'), ('constable'), ('pcso')) AS r(role) WHERE level <> 'neighbourhood'""",
    """INSERT INTO community_contact
      (reference, unit_id, at, on_date, is_of_none, typed_at, received_at, version)
    SELECT 'C' || u.id || '-' || m.month || '-' || g.n, u.id, {minute}, m.month + g.n, FALSE,
      {at}, {at}, 1
    FROM unit AS u CROSS JOIN {months} CROSS JOIN generate_series(0, 5) AS g(n)
    WHERE level = 'neighbourhood' ORDER BY m.month""",
    """INSERT INTO patrol (reference, unit_id, on_date, starts_at, ends_at, minutes, mode, typed_at,
      received_at, version)
    SELECT 'P' || u.id || '-' || m.month || '-' || g.n, u.id, m.month + g.n, {minute},
      {minute} + 60, 60, 'foot', {at}, {at}, 1
    FROM unit AS u CROSS JOIN {months} CROSS JOIN generate_series(0, 3) AS g(n)
    WHERE level = 'neighbourhood' ORDER BY m.month""",
    """INSERT INTO incident (reference, happened_at, on_date, month, category_id, unit_id)
    SELECT 'I' || u.id || '-' || m.month || '-' || g.n, {minute}, m.month + g.n,
      EXTRACT(YEAR FROM m.month)::int * 12 + EXTRACT(MONTH FROM m.month)::int - 1, 1 + g.n % 5, u.id
    FROM unit AS u CROSS JOIN {months} CROSS JOIN generate_series(0, 7) AS g(n)
    WHERE level = 'neighbourhood' ORDER BY m.month""",
    """INSERT INTO key_individual (reference, unit_id, name, sector, basis, basis_on, recorded_on, stage,
      active_on, reviewed_on, quiet_since, version)
    SELECT 'K' || u.id || '-' || g.n, u.id, 'Person', 'faith', 'public-task', '2023-01-01', '2023-01-01',
      'active', '2023-01-01', '2023-01-01', '2023-01-01', 1
    FROM unit AS u CROSS JOIN generate_series(0, 9) AS g(n) WHERE level = 'neighbourhood'""",
    """INSERT INTO encounter (individual_id, unit_id, at, kind)
    SELECT k.id, k.unit_id, (m.month + interval '12 hours')::timestamptz, 'visit'
    FROM key_individual AS k CROSS JOIN {months}
    WHERE (k.id + EXTRACT(MONTH FROM m.month)::int) % 4 = 0 ORDER BY m.month""",
    """INSERT INTO community (unit_id, code, name, kind, starts_on, version)
    SELECT u.id, 'c' || g.n, 'Community ' || g.n, 'ethnic', '2020-01-01', 1
    FROM unit AS u CROSS JOIN generate_series(0, 2) AS g(n) WHERE level = 'neighbourhood'""",
    """INSERT INTO priority (reference, unit_id, title, raised_on, agreed_on, agreed_how, review_due_on,
      closed_on, ending, recorded_at, version)
    SELECT 'R' || u.id || '-' || m.month, u.id, 'Noise', m.month, m.month, 'team', m.month + 90,
      m.month + 120, 'accepted', m.month, 1
    FROM unit AS u CROSS JOIN {months} WHERE level = 'team' ORDER BY m.month""",
    """INSERT INTO matter (kind, reference, title, unit_id, opened_on, closed_on, version)
    SELECT 'problem', 'M' || u.id || '-' || m.month, 'Noise', u.id, m.month,
      CASE WHEN m.month + 150 > CAST(:last AS date) THEN NULL ELSE m.month + 150 END, 1
    FROM unit AS u CROSS JOIN {months} WHERE level = 'team' ORDER BY m.month""",
    """INSERT INTO problem (matter_id, category_id, stage, place, radius, noticed, harmed, recorded_at,
      owner_member_id, is_unproved, outcome, bearing, version)
    SELECT x.id, 1, CASE WHEN closed_on IS NULL THEN 'response' ELSE 'closed' END, 'Square', 100, 'resident',
      'Neighbours', opened_on, 1, FALSE, CASE WHEN closed_on IS NULL THEN NULL ELSE 'reduced' END,
      CASE WHEN closed_on IS NULL THEN NULL ELSE 'shown' END, 1
    FROM matter AS x WHERE kind = 'problem' ORDER BY x.id""",
    """INSERT INTO problem_move (problem_id, stage_before, stage_after, at)
    SELECT p.id, 'scanning', 'analysis', (x.opened_on + 20)::timestamptz
    FROM problem AS p JOIN matter AS x ON x.id = p.matter_id""",
    """INSERT INTO action
      (unit_id, reference, what, due_on, state, ended_on, set_at, owner_member_id, version)
    SELECT u.id, 'A' || m.month || '-' || g.n, 'Ask', m.month + 10 * g.n, 'done',
      m.month + 12 * g.n, m.month, 1, 1
    FROM unit AS u CROSS JOIN {months} CROSS JOIN generate_series(1, 3) AS g(n)
    WHERE level = 'team' ORDER BY m.month""",
    """INSERT INTO clock (unit_id, kind, what, amount, measure, until, starts_at, due_at, ended_at,
      owner_member_id, version)
    SELECT u.id, 'reply', 'Answer', 72, 'hours', 'time', {minute}, {minute} + 4320,
      {minute} + 3000, 1, 1
    FROM unit AS u CROSS JOIN {months} CROSS JOIN generate_series(1, 2) AS g(n)
    WHERE level = 'team' ORDER BY m.month""",
)
_ENGINES: dict[int, Engine] = {}


def _reviewed(place: Place, months: int) -> Engine:
    """The nation with so much history."""
    if months not in _ENGINES:
        url = place.database("postgresql", f"reviewed-{months}")
        place.app(url)
        engine = _ENGINES[months] = engine_at(url)
        populate(engine, NATION)
        days = {"first": _LAST.plus(1 - months).first, "last": _LAST.first}
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in _RECORDS:
                said = statement.format(**_PARTS)
                named = days if ":first" in said else {}
                connection.execute(text(said.replace("::", "\\:\\:")), named)
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    return _ENGINES[months]


def _asked(session: Session) -> Asked:
    unit = unit_at(session, _FORCE)
    if unit is None:
        raise RuntimeError(f"there is no unit {_FORCE}")
    return Asked((unit,), _LAST.plus(-12), _LAST, default_definition(session), TODAY)


def _figures(engine: Engine) -> None:
    with Session(engine) as session:
        registry.figures_of(session, _asked(session))


def _rows(engine: Engine) -> int:
    """How many records the figures rest on, each once in each month and for each kind of measure."""
    count = 0
    with Session(engine) as session:
        asked = _asked(session)
        for kind in registry.KINDS:
            by_record: dict[str, int] = {}
            for measure in kind.MEASURES:
                for month in asked.months:
                    seen = list(registry.records_of(session, measure.code, asked.units[0], month, asked))
                    for each in seen:
                        key = f"{each.kind} {month}"
                        by_record[key] = max(by_record.get(key, 0), len(seen))
            count += sum(by_record.values())
    return count


def _by_key(engine: Engine, keys: Sequence[int]) -> None:
    table = Base.metadata.tables[Contact.__tablename__]
    with Session(engine) as session:
        found = session.execute(select(table).where(table.c.id.in_(keys))).all()
        if len(found) != len(keys):
            raise RuntimeError(f"{len(found)} contacts were found by {len(keys)} keys")


def _against_keys(place: Place) -> Iterator[Pair]:
    engine = _reviewed(place, 13)
    with Session(engine) as session:
        there = session.scalar(select(func.count(Contact.id))) or 0
    keys = list(range(1, min(_rows(engine), there) + 1))
    yield from _pairs(partial(_figures, engine), partial(_by_key, engine, keys))


def _against_a_year(place: Place) -> Iterator[Pair]:
    yield from _pairs(partial(_figures, _reviewed(place, 36)), partial(_figures, _reviewed(place, 13)))


def _pairs(work: partial[None], against: partial[None]) -> Iterator[Pair]:
    for _ in range(_WARM_UP):
        work()
        against()
    yield from interleaved(work, against, pairs=_PAIRS, clock=WAITING)


MEASURES = [
    Measure(
        name="review-figures",
        work="Figures of a force's review, all measures, thirteen months, a nation beside it, PostgreSQL",
        against="as many rows by key",
        counted="time",
        reach=Decimal(2),
        timings=_against_keys,
    ),
    Measure(
        name="review-figures-36",
        work="The same with 36 months of history",
        against="with the thirteen months that are shown",
        counted="time",
        reach=Decimal("1.1"),
        timings=_against_a_year,
    ),
]
