"""What the database itself never lets stand: on one day a posting marked twice, a PCSO with two managers."""

from npt.store.apart import Invariant, days_apart

MARKS_APART = "marks_of_one_posting_never_overlap"
MANAGERS_APART = "line_managers_of_one_pcso_never_overlap"

#: They go with their tables.
SPECIALIST_INVARIANTS: tuple[Invariant, ...] = (
    days_apart(MARKS_APART, "specialist", of="posting_id"),
    days_apart(MANAGERS_APART, "line_management", of="member_id"),
)
