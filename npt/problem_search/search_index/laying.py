"""What stores and finds terms: a table of full-text search, and triggers that note whose terms are due.

Whatever is added, changed or removed of what a problem is found by, by whatever statement, the problem is
noted; the last thing before the commit is to write its terms anew. Nobody who writes has to think of it.
"""

from npt.store.apart import Invariant

#: By table, the columns of text that problems are found by.
FOUND_BY = {
    "problem": ("place", "harmed"),
    "matter": ("title",),
    "problem_scanning": ("one_source_reason", "why_this_one", "involved_how"),
    "problem_source": ("words",),
    "problem_analysis": (
        "victim",
        "guardian",
        "offender",
        "handler",
        "location",
        "manager",
        "tried_before",
        "involved_how",
    ),
    "problem_hypothesis": ("words", "supports", "weakens"),
    "problem_response": ("objective", "measure_words", "elsewhere_words", "involved_how"),
    "problem_assessment": (
        "was_done_how",
        "not_measured_why",
        "displacement",
        "cost_words",
        "lessons",
        "involved_how",
    ),
    "problem_evidence": ("words",),
    "action": ("what", "result"),
}
#: Which of them a share that opens no more than a summary lets a partner read.
IN_SUMMARY = {"matter": ("title",), "problem_response": ("objective",)}
#: The columns by which rows lead to a problem: to its key, but for what belongs to its matter.
_LEADS = {"problem": "id", "matter": "id", "action": "matter_id"}


def _problem_of(table: str, rows: str) -> str:
    """The key of the problem that rows lead to, as it is selected from them."""
    leads = f"{rows}.{_LEADS.get(table, 'problem_id')}"
    if table not in ("matter", "action"):
        return leads
    return f"(SELECT id FROM problem WHERE matter_id = {leads})"  # noqa: S608  names of our own


def _sqlite_triggers(table: str) -> dict[str, str]:
    """The triggers on a table by their names, row by row."""

    def note(row: str) -> str:
        key = _problem_of(table, row)
        told = f"SELECT 0, {key} WHERE {key} IS NOT NULL"
        return f"INSERT OR IGNORE INTO terms_due (writer, problem_id) {told};"

    columns = ", ".join(dict.fromkeys((*FOUND_BY[table], _LEADS.get(table, "problem_id"))))
    moments = {
        "added": ("INSERT", note("NEW")),
        "changed": (f"UPDATE OF {columns}", note("OLD") + note("NEW")),
        "removed": ("DELETE", note("OLD")),
    }
    return {
        f"{table}_{moment}_makes_terms_due": (
            f"CREATE TRIGGER {table}_{moment}_makes_terms_due AFTER {when} ON {table} FOR EACH ROW"
            f" BEGIN {notes} END"
        )
        for moment, (when, notes) in moments.items()
    }


def _postgresql_triggers(table: str) -> list[str]:
    """A function, and a trigger for each moment: once a statement, however many rows it writes."""

    def note(rows: str) -> str:
        key = _problem_of(table, rows)
        told = f"SELECT {key} AS key FROM {rows}"  # noqa: S608  names of our own
        writer = "pg_current_xact_id()::text::bigint"
        noted = f"SELECT DISTINCT {writer}, key FROM ({told}) WHERE key IS NOT NULL"  # noqa: S608  as above
        return f"INSERT INTO terms_due (writer, problem_id) {noted} ON CONFLICT DO NOTHING;"

    function = f"terms_due_of_{table}"
    moments = {
        "added": ("INSERT", "NEW TABLE AS rows_after"),
        "changed": ("UPDATE", "OLD TABLE AS rows_before NEW TABLE AS rows_after"),
        "removed": ("DELETE", "OLD TABLE AS rows_before"),
    }
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN {note('rows_before')} END IF;"
        f" IF TG_OP <> 'DELETE' THEN {note('rows_after')} END IF;"
        " RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER {table}_{moment}_makes_terms_due AFTER {when} ON {table}"
            f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for moment, (when, rows) in moments.items()
        ),
    ]


# Its key and columns have one name on both engines: terms for a share that opens a summary, and for whoever
# sees all but the sensitive part. SQLite's "detail" keeps no places within a text, for which nobody asks.
_TABLE = {
    "sqlite": ["CREATE VIRTUAL TABLE problem_terms USING fts5(summary, whole, detail = column)"],
    "postgresql": [
        "CREATE TABLE problem_terms (rowid bigint CONSTRAINT pk_problem_terms PRIMARY KEY,"
        " summary tsvector NOT NULL, whole tsvector NOT NULL)",
        "CREATE INDEX ix_problem_terms_summary ON problem_terms USING gin (summary)",
        "CREATE INDEX ix_problem_terms_whole ON problem_terms USING gin (whole)",
    ],
}
#: The table of terms with the triggers that keep it, and how they are taken away.
TERMS = Invariant(
    {
        "sqlite": [
            *_TABLE["sqlite"],
            *(statement for table in FOUND_BY for statement in _sqlite_triggers(table).values()),
        ],
        "postgresql": [
            *_TABLE["postgresql"],
            *(statement for table in FOUND_BY for statement in _postgresql_triggers(table)),
        ],
    },
    {
        "sqlite": [
            *(f"DROP TRIGGER {name}" for table in FOUND_BY for name in _sqlite_triggers(table)),
            "DROP TABLE problem_terms",
        ],
        "postgresql": [
            *(f"DROP FUNCTION terms_due_of_{table}() CASCADE" for table in FOUND_BY),
            "DROP TABLE problem_terms",
        ],
    },
)
