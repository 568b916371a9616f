"""How much may be said of a problem: no more than somebody reads."""

from npt.kit.refusals import Refusal


class BadProblemText(Refusal):
    """Words that are missing, or too many."""


def words_of(typed: str | None, limit: int, field: str) -> str | None:
    """The words, None where there are none. BadProblemText for too many."""
    found = (typed or "").strip()
    if len(found) > limit:
        raise BadProblemText(
            f"It has {len(found):,} characters: use {limit:,} at most, and keep the rest in a file.",
            field=field,
        )
    return found or None


def check_text(typed: str, limit: int, field: str, missing: str) -> str:
    """The words, which have to be there. BadProblemText."""
    found = words_of(typed, limit, field)
    if found is None or not any(sign.isprintable() and not sign.isspace() for sign in found):
        raise BadProblemText(missing, field=field)
    return found
