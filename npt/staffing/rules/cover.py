"""Who answers for a neighbourhood: its named contact, the deputy, the team, or nobody.

That every neighbourhood has a named constable or PCSO is a strength in HMIC 2008; who stands in for them, and
when, is ours.
"""

from enum import Enum

from npt.people.rules import PolicingRole

#: Who may be a neighbourhood's contact (HMIC 2008).
CONTACT_ROLES = frozenset({PolicingRole.CONSTABLE, PolicingRole.PCSO})


class ContactKind(Enum):
    """In which part a member is named for a neighbourhood."""

    CONTACT = "contact"
    DEPUTY = "deputy"

    @property
    def wording(self) -> str:
        """The part in a sentence: "contact"."""
        return str(self.value)


class Claim(Enum):
    """How somebody who is named stands on a day."""

    HERE = "here"
    #: absent, or taken off, for the whole of every shift that they have on the day
    AWAY = "away"
    #: does not count at the neighbourhood's team that day as a constable or PCSO: lent, moved on or gone
    LEFT = "left"


class Answering(Enum):
    """Who answers for a neighbourhood on a day."""

    CONTACT = "contact"
    DEPUTY = "deputy"
    TEAM = "team"
    NOBODY = "nobody"

    @property
    def is_flagged(self) -> bool:
        """Whether somebody has to look: not the contact answers."""
        return self is not Answering.CONTACT

    @property
    def flag(self) -> str:
        """What there is to look at; "" where the contact answers."""
        return _FLAGS[self]


_FLAGS = {
    Answering.CONTACT: "",
    Answering.DEPUTY: "Deputy stands in",
    Answering.TEAM: "The team stands in",
    Answering.NOBODY: "No contact",
}


def who_answers(contact: Claim | None, deputy: Claim | None) -> Answering:
    """Who answers, given how the contact and the deputy stand; None where nobody is named.

    A contact who is away is stood in for by the deputy, else by the team. Without a contact who works there
    the neighbourhood has none, and NOBODY is named unless a deputy is.
    """
    if contact is Claim.HERE:
        return Answering.CONTACT
    if deputy is Claim.HERE:
        return Answering.DEPUTY
    return Answering.TEAM if Claim.AWAY in (contact, deputy) else Answering.NOBODY
