"""Definitions that are announced and not settled yet: empty slots, dated, that nothing can be counted by."""

from dataclasses import dataclass
from datetime import date

from npt.kit.refusals import Refusal


class DefinitionNotSettled(Refusal):
    """Something was to be counted by a definition of which nobody has said yet what counts."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A definition to come. It has no reasons: none is guessed."""

    code: str
    name: str
    #: the day on which it was last looked for and was not settled
    looked_for_on: date


#: The Neighbourhood Policing Guarantee of 2025 names the level of abstraction as a headline; how it is
#: counted the same everywhere is not published.
UNSETTLED = (Unsettled("national-tbc", "National (to be confirmed)", date(2026, 11, 30)),)


def check_settled(code: str) -> None:
    """Refuse (DefinitionNotSettled) the code of a definition that is not settled yet."""
    if any(each.code == code for each in UNSETTLED):
        raise DefinitionNotSettled(
            f"The definition {code} is not settled yet: nobody has said nationally what counts. Use one of"
            " the force’s definitions, such as local-2008, until it is.",
            field="definition",
        )


def check_not_reserved(code: str) -> None:
    """Refuse (DefinitionNotSettled) to make a definition of a code that is kept for one to come."""
    if any(each.code == code for each in UNSETTLED):
        raise DefinitionNotSettled(
            f"The code {code} is kept for the national definition, which is not settled yet: choose another.",
            field="code",
        )
