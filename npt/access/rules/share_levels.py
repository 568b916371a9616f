"""How much of a record a share shows to a partner."""

from enum import Enum


class ShareLevel(Enum):
    """How much of a record a share shows to an agency, the least first. What that is, its feature tells.

    Sensitive parts are shown at none of them: those need a permission that no partner has.
    """

    EXISTS = "exists"
    SUMMARY = "summary"
    FULL = "full"

    @property
    def wording(self) -> str:
        """The level as a person reads it."""
        return _LEVEL_WORDING[self]

    def opens(self, needed: "ShareLevel") -> bool:
        """Whether a share of this level opens a page that asks for `needed`."""
        return _LEVELS.index(self) >= _LEVELS.index(needed)


_LEVELS = tuple(ShareLevel)
_LEVEL_WORDING = {
    ShareLevel.EXISTS: "That it exists",
    ShareLevel.SUMMARY: "Summary",
    ShareLevel.FULL: "In full",
}
