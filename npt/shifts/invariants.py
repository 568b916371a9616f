"""What the database itself never lets stand: shifts of one member that overlap, and time away that overlaps
other time away or sticks out of its shift. The source is silent here; the rules are ours.

SQLite refuses by triggers, PostgreSQL by exclusion constraints and, across the two tables, by triggers. Each
raises its own name, which the map in `store` turns into the refusal that the actions say for it.
"""

from npt.store.apart import Invariant, apart, sqlite_trigger

SHIFTS_APART = "shifts_of_one_member_never_overlap"
AWAY_APART = "time_away_in_one_shift_never_overlaps"
AWAY_INSIDE = "time_away_lies_inside_its_shift"

_NOT_IN_ITS_SHIFT = (
    "SELECT 1 FROM shift WHERE id = NEW.shift_id AND (starts_at > NEW.starts_at OR ends_at < NEW.ends_at)"
)
_LEFT_OUTSIDE = (
    "SELECT 1 FROM away WHERE shift_id = NEW.id AND (starts_at < NEW.starts_at OR ends_at > NEW.ends_at)"
)

#: Trigger and when it looks, and what must not be found then.
_SQLITE = {
    "shift_changed_around_its_away": ("UPDATE OF starts_at, ends_at ON shift", _LEFT_OUTSIDE),
    "away_added_inside": ("INSERT ON away", _NOT_IN_ITS_SHIFT),
    "away_changed_inside": ("UPDATE OF shift_id, starts_at, ends_at ON away", _NOT_IN_ITS_SHIFT),
}


def _postgresql_trigger(name: str, when: str, looks: str, condition: str) -> list[str]:
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {looks}"
        f" IF EXISTS ({condition}) THEN"
        f" RAISE EXCEPTION '{AWAY_INSIDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{AWAY_INSIDE}';"
        " END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


_INSIDE = Invariant(
    laid={
        "sqlite": [sqlite_trigger(name, *how, AWAY_INSIDE) for name, how in _SQLITE.items()],
        "postgresql": [
            # The shift is locked against a change of its times by another transaction until this one ends.
            *_postgresql_trigger(
                "away_inside_its_shift",
                "INSERT OR UPDATE OF shift_id, starts_at, ends_at ON away",
                "PERFORM 1 FROM shift WHERE id = NEW.shift_id FOR SHARE;",
                _NOT_IN_ITS_SHIFT,
            ),
            *_postgresql_trigger(
                "shift_around_its_away", "UPDATE OF starts_at, ends_at ON shift", "", _LEFT_OUTSIDE
            ),
        ],
    },
    taken_off={
        "sqlite": [f"DROP TRIGGER {name}" for name in _SQLITE],
        "postgresql": [
            "DROP TRIGGER shift_around_its_away ON shift",
            "DROP FUNCTION shift_around_its_away()",
            "DROP TRIGGER away_inside_its_shift ON away",
            "DROP FUNCTION away_inside_its_shift()",
        ],
    },
)
# No shift lasts over 24 hours, so only those that start in the 1440 minutes before can reach into a new one.
_ALL = (
    apart(SHIFTS_APART, "shift", of="member_id", longest=1440),
    apart(AWAY_APART, "away", of="shift_id"),
    _INSIDE,
)

#: By dialect, the statements that put the invariants on the tables, in order.
DUTY_INVARIANTS = {
    dialect: [statement for each in _ALL for statement in each.laid[dialect]] for dialect in _INSIDE.laid
}
#: By dialect, the statements that take them off again.
DUTY_INVARIANTS_DROPS = {
    dialect: [statement for each in reversed(_ALL) for statement in each.taken_off[dialect]]
    for dialect in _INSIDE.taken_off
}
