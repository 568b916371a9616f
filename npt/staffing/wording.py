"""Staffing in sentences, as pages and the command line print it."""

from collections.abc import Sequence

from npt.staffing.queries import SpecialistCounts, Students, Vacancy, empty_posts
from npt.webkit.filters import number, plural


def empty_posts_in_words(found: Sequence[Vacancy]) -> str:
    """How many posts are empty: "15 posts", "1 post", "0.5 posts". Every page says it by this."""
    posts = empty_posts(found)
    return f"{number(posts)} {'post' if posts == 1 else 'posts'}"


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
