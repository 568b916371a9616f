"""Units in words, as several pages say them."""

from npt.organisation.rules import PriorityClass


def class_in_words(priority_class: int | None) -> str:
    """A priority class: "Priority 1"; "not classified"."""
    return "not classified" if priority_class is None else PriorityClass(priority_class).wording
