"""Staffing in sentences, as pages and the command line print it."""

from npt.staffing.queries import SpecialistCounts, Students
from npt.webkit.filters import plural


def students_in_words(students: Students) -> str:
    """How many student officers there are: "3 student officers, not counted in strength."; "" without any."""
    if not students.heads:
        return ""
    people = plural(students.heads, "student officer")
    return f"{people}, {'' if students.is_counted else 'not '}counted in strength."


def specialists_in_words(counts: SpecialistCounts) -> str:
    """NSOs and PCSOs: "2 NSOs, line-managing 5 PCSOs; 1 PCSO without a line manager."."""
    managing = f", line-managing {plural(counts.managed, 'PCSO')}" if counts.specialists else ""
    without = plural(counts.unmanaged, "PCSO")
    return f"{plural(counts.specialists, 'NSO')}{managing}; {without} without a line manager."
