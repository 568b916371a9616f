"""What the database itself never lets stand: shifts of one member that overlap, and time away that overlaps
other time away or sticks out of its shift. The source is silent here; the rules are ours.

SQLite refuses by triggers, PostgreSQL by exclusion constraints and, across the two tables, by triggers. Each
raises its own name, which the map in `store` turns into the refusal that the actions say for it.
"""

SHIFTS_APART = "shifts_of_one_member_never_overlap"
AWAY_APART = "time_away_in_one_shift_never_overlaps"
AWAY_INSIDE = "time_away_lies_inside_its_shift"


def _sqlite_trigger(name: str, when: str, condition: str, raises: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW WHEN EXISTS ({condition}) "
        f"BEGIN SELECT RAISE(ABORT, '{raises}'); END"
    )


# No shift lasts over 24 hours, so only those that start in the 1440 minutes before can reach into a new one:
# that keeps each look to a few entries of the index (member_id, starts_at).
_SHIFT_IN_THE_WAY = (
    "SELECT 1 FROM shift WHERE member_id = NEW.member_id AND starts_at < NEW.ends_at"
    " AND starts_at > NEW.starts_at - 1440 AND ends_at > NEW.starts_at"
)
_AWAY_IN_THE_WAY = (
    "SELECT 1 FROM away WHERE shift_id = NEW.shift_id AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at"
)
_NOT_IN_ITS_SHIFT = (
    "SELECT 1 FROM shift WHERE id = NEW.shift_id AND (starts_at > NEW.starts_at OR ends_at < NEW.ends_at)"
)
_LEFT_OUTSIDE = (
    "SELECT 1 FROM away WHERE shift_id = NEW.id AND (starts_at < NEW.starts_at OR ends_at > NEW.ends_at)"
)

_SQLITE = {
    "shift_added_apart": ("INSERT ON shift", _SHIFT_IN_THE_WAY, SHIFTS_APART),
    "shift_changed_apart": (
        "UPDATE OF member_id, starts_at, ends_at ON shift",
        f"{_SHIFT_IN_THE_WAY} AND id <> OLD.id",
        SHIFTS_APART,
    ),
    "shift_changed_around_its_away": ("UPDATE OF starts_at, ends_at ON shift", _LEFT_OUTSIDE, AWAY_INSIDE),
    "away_added_apart": ("INSERT ON away", _AWAY_IN_THE_WAY, AWAY_APART),
    "away_changed_apart": (
        "UPDATE OF shift_id, starts_at, ends_at ON away",
        f"{_AWAY_IN_THE_WAY} AND id <> OLD.id",
        AWAY_APART,
    ),
    "away_added_inside": ("INSERT ON away", _NOT_IN_ITS_SHIFT, AWAY_INSIDE),
    "away_changed_inside": (
        "UPDATE OF shift_id, starts_at, ends_at ON away",
        _NOT_IN_ITS_SHIFT,
        AWAY_INSIDE,
    ),
}


def _postgresql_trigger(name: str, when: str, looks: str, condition: str) -> list[str]:
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {looks}"
        f" IF EXISTS ({condition}) THEN"
        f" RAISE EXCEPTION '{AWAY_INSIDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{AWAY_INSIDE}';"
        " END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


# A range of one number stands for "= WITH", which a GiST index only has with the extension btree_gist.
_POSTGRESQL = [
    f"ALTER TABLE shift ADD CONSTRAINT {SHIFTS_APART} EXCLUDE USING gist"
    " (int8range(member_id, member_id, '[]') WITH &&, int4range(starts_at, ends_at) WITH &&)",
    f"ALTER TABLE away ADD CONSTRAINT {AWAY_APART} EXCLUDE USING gist"
    " (int8range(shift_id, shift_id, '[]') WITH &&, int4range(starts_at, ends_at) WITH &&)",
    # The shift is locked against a change of its times by another transaction until this one ends.
    *_postgresql_trigger(
        "away_inside_its_shift",
        "INSERT OR UPDATE OF shift_id, starts_at, ends_at ON away",
        "PERFORM 1 FROM shift WHERE id = NEW.shift_id FOR SHARE;",
        _NOT_IN_ITS_SHIFT,
    ),
    *_postgresql_trigger("shift_around_its_away", "UPDATE OF starts_at, ends_at ON shift", "", _LEFT_OUTSIDE),
]

#: By dialect, the statements that put the invariants on the tables, in order.
DUTY_INVARIANTS: dict[str, list[str]] = {
    "sqlite": [
        _sqlite_trigger(name, when, condition, raises) for name, (when, condition, raises) in _SQLITE.items()
    ],
    "postgresql": _POSTGRESQL,
}
#: By dialect, the statements that take them off again.
DUTY_INVARIANTS_DROPS: dict[str, list[str]] = {
    "sqlite": [f"DROP TRIGGER {name}" for name in _SQLITE],
    "postgresql": [
        "DROP TRIGGER shift_around_its_away ON shift",
        "DROP FUNCTION shift_around_its_away()",
        "DROP TRIGGER away_inside_its_shift ON away",
        "DROP FUNCTION away_inside_its_shift()",
        f"ALTER TABLE away DROP CONSTRAINT {AWAY_APART}",
        f"ALTER TABLE shift DROP CONSTRAINT {SHIFTS_APART}",
    ],
}
