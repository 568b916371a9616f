"""The demonstration accounts: one for each role, all with one password."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account, open_account, set_password
from npt.accounts.actions.passwords import Hasher
from npt.accounts.rules import PRODUCT_COST, check_password
from npt.demonstration.force import Force
from npt.demonstration.places import FORCE_CODE, LUTON, SHOWN_TEAM, area_code
from npt.organisation.queries import units_coded
from npt.people.actions import grant_role, link_account_to_member
from npt.people.queries import members_numbered
from npt.people.rules import PolicingRole


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account, what it may do where, and what there is to see with it."""

    role: Role
    unit: str
    shows: str
    #: the person's name, where they are not a member of the force
    name: str | None = None
    #: what they are, where they are a member of the force
    member: PolicingRole | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.role.value}@demo.example"


#: The area whose inspector has an account, and that account.
INSPECTED_AREA = area_code(SHOWN_TEAM)
INSPECTOR = f"{Role.INSPECTOR.value}@demo.example"
PARTNER, SERGEANT, MANAGER = (
    f"{role.value}@demo.example" for role in (Role.PARTNER, Role.SERGEANT, Role.MANAGER)
)
ACCOUNTS = (
    DemonstrationAccount(
        Role.SERGEANT, SHOWN_TEAM, "the team's day, yesterday to confirm", None, PolicingRole.SERGEANT
    ),
    DemonstrationAccount(
        Role.INSPECTOR, INSPECTED_AREA, "an area and its two teams", None, PolicingRole.INSPECTOR
    ),
    DemonstrationAccount(
        Role.MANAGER, LUTON.code, "the month of a BCU, one team over target", "Robin Ashdown"
    ),
    DemonstrationAccount(Role.BOARD, FORCE_CODE, "the month of the force", "Hilary Stanford"),
    DemonstrationAccount(
        Role.OFFICER, SHOWN_TEAM, "a constable of the same team", None, PolicingRole.CONSTABLE
    ),
    DemonstrationAccount(Role.PCSO, SHOWN_TEAM, "a PCSO of the same team", None, PolicingRole.PCSO),
    DemonstrationAccount(Role.PARTNER, LUTON.code, "what is shared with the council", "Chris Wardle"),
    DemonstrationAccount(Role.CALLTAKER, FORCE_CODE, "which team to pass a caller to", "Sam Tillett"),
    DemonstrationAccount(Role.CALLHANDLER, FORCE_CODE, "who rings callers back", "Mel Orchard"),
    DemonstrationAccount(Role.GATEKEEPER, FORCE_CODE, "who grades what partners tell", "Pat Lovell"),
    DemonstrationAccount(Role.ANALYST, FORCE_CODE, "figures and records to work on", "Toni Marsden"),
    DemonstrationAccount(Role.COMMUNICATIONS, FORCE_CODE, "documents, letters, messages", "Dale Whitby"),
    DemonstrationAccount(Role.COHESION, LUTON.code, "communities of a BCU", "Farah Lindqvist"),
    DemonstrationAccount(Role.CUSTOMER, LUTON.code, "customer services of a BCU", "Jo Bellamy"),
    DemonstrationAccount(Role.AUTHORITY, FORCE_CODE, "what the police authority is shown", "Morgan Tey"),
    DemonstrationAccount(Role.HMIC, FORCE_CODE, "figures to read, nothing to change", "Frances Orme"),
    DemonstrationAccount(Role.ADMIN, FORCE_CODE, "accounts, units, definitions, the journal", "Lee Hartwell"),
)


class _OnePassword(Hasher):
    """Hashes the one password of all accounts once: each time takes a sixth of a second, on purpose."""

    def __init__(self, password: str) -> None:
        super().__init__(PRODUCT_COST)
        self._hashed = super().hash(password)

    def hash(self, password: str) -> str:
        """The hash of the one password."""
        return self._hashed


def check_demonstration_password(password: str) -> None:
    """Refuse (PasswordRefused) a password that one of the accounts cannot have."""
    for each in ACCOUNTS:
        check_password(password, email=each.email)


def open_accounts(session: Session, force: Force, password: str) -> None:
    """Open the accounts, grant their roles, and link those of members to the members of `force`."""
    units = units_coded(session, {each.unit for each in ACCOUNTS})
    people = {each: force.shown(each.member) for each in ACCOUNTS if each.member is not None}
    members = members_numbered(session, [person.number for person in people.values()])
    hasher = _OnePassword(password)
    for each in ACCOUNTS:
        person = people.get(each)
        name = person.name if person is not None else each.name or each.role.wording
        account = open_account(
            session, email=each.email, name=name, password=password, may_be_common=True, hasher=hasher
        )
        grant_role(session, account=account, unit=units[each.unit], role=each.role)
        if person is not None:
            link_account_to_member(session, account, members[person.number])


def give_password(session: Session, password: str, now: datetime) -> None:
    """Give every demonstration account a new password; UnknownAccount where one is missing."""
    hasher = _OnePassword(password)
    for each in ACCOUNTS:
        account = existing_account(session, each.email)
        set_password(session, account=account, password=password, now=now, may_be_common=True, hasher=hasher)


def accounts_in_words(password: str | None) -> str:
    """The accounts as a table for a terminal, with their password; None where it is not kept here."""
    rows = [("Account", "Role", "Unit", "To see")]
    rows += [(each.email, each.role.wording, each.unit, each.shows) for each in ACCOUNTS]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    told = password or "the one that was printed when the demonstration force was loaded"
    return "\n".join([*(line.rstrip() for line in lines), "", f"Password of all of them: {told}"])
