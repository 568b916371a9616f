"""Programmes of a force: added, taken over from those that ship, and changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import BadCode, Level, check_code
from npt.people.rules import PolicingRole
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version
from npt.training.models import Module, Programme, ProgrammeRole
from npt.training.queries import programme_coded, programme_is_used
from npt.training.rules import ShippedProgramme

#: More of anything than a course has: what is over it is a slip of the keyboard.
MOST_MODULES = 30
LONGEST_NAME = 120
LONGEST_EXPLANATION = 300
MOST_DAYS = 3660
MOST_MONTHS = 120


class BadProgramme(Refusal):
    """A programme without modules or name, with a number that is out of range, or of no force."""


class ProgrammeCodeTaken(Refusal):
    """The force has a programme of that code."""


class ModulesInUse(Refusal):
    """Modules were to be added to or taken from a programme for which somebody is registered."""


def _code_taken() -> ProgrammeCodeTaken:
    return ProgrammeCodeTaken(
        "The force already has a programme with this code: give another code, or change that programme.",
        field="code",
    )


name_violation("uq_training_programme_unit_id_code", _code_taken)


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What a programme says of itself; see `npt.training.models.Programme`."""

    name: str
    explanation: str
    modules: Sequence[str]
    roles: frozenset[PolicingRole]
    register_within: int
    stalls_after: int
    months_valid: int | None = None
    has_external: bool = False
    needed_from: date | None = None
    closed_on: date | None = None


def add_programme(session: Session, *, force: Unit, code: str, facts: ProgrammeFacts) -> Programme:
    """Add a programme to a force, and send it to the database. BadProgramme, ProgrammeCodeTaken."""
    if force.level is not Level.FORCE:
        raise BadProgramme(f"{force.code} is not a force: programmes belong to a force.", field="unit")
    try:
        check_code(code)
    except BadCode:
        raise BadProgramme(
            f"“{code[:40]}” is not a code: use up to 20 letters A to Z, digits, dots, underscores or hyphens,"
            " with at least one letter or digit.",
            field="code",
        ) from None
    _check(facts)
    programme = Programme(
        unit=force,
        code=code,
        modules=[Module(number=number, name=name) for number, name in enumerate(facts.modules, start=1)],
        roles=_roles(facts),
    )
    _tell(programme, facts)
    with refusing(session):
        session.add(programme)
    return programme


def add_shipped_programme(
    session: Session, *, force: Unit, shipped: ShippedProgramme, needed_from: date
) -> Programme:
    """Give a force a programme that ships, needed from a day on; the one that it has, if it has it already.

    Nobody is late for a programme because it did not exist: days to register count from `needed_from`.
    """
    lock_units(session, [force.id], for_closing=True)  # alone: two must not both find it missing
    known = programme_coded(session, force.path, shipped.code)
    if known is not None:
        return known
    terms = shipped.terms
    facts = ProgrammeFacts(
        shipped.name,
        shipped.explanation,
        shipped.modules,
        terms.roles,
        terms.register_within,
        terms.stalls_after,
        terms.months_valid,
        terms.has_external,
        needed_from,
    )
    return add_programme(session, force=force, code=shipped.code, facts=facts)


def change_programme(
    session: Session, programme: Programme, facts: ProgrammeFacts, *, expected_version: int | None = None
) -> None:
    """Change a programme that is loaded whole. Its code stays: it is what files know it by.

    StaleRecord, BadProgramme; ModulesInUse when the number of modules changes while somebody is registered.
    """
    check_version(programme, expected_version)
    _check(facts)
    if len(facts.modules) != len(programme.modules):
        # Alone: nobody may be registered while the modules change.
        lock_units(session, [programme.unit_id], for_closing=True)
        if programme_is_used(session, programme):
            raise ModulesInUse(
                f"Members are registered for the {len(programme.modules)} modules of this "
                "programme, so their "
                f"number cannot change: rename them, or end this programme and add another.",
                field="modules",
            )
    with refusing(session):
        _tell(programme, facts)
        # Its modules and roles are part of it: whoever has it open sees another version of it afterwards.
        flag_modified(programme, "name")
        for module, name in zip(programme.modules, facts.modules, strict=False):
            module.name = name
        for module in programme.modules[len(facts.modules) :]:
            session.delete(module)
        for number in range(len(programme.modules) + 1, len(facts.modules) + 1):
            session.add(Module(programme_id=programme.id, number=number, name=facts.modules[number - 1]))
        if {each.role for each in programme.roles} != facts.roles:
            kept = [each for each in programme.roles if each.role in facts.roles]
            known = {each.role for each in kept}
            programme.roles = kept + [each for each in _roles(facts) if each.role not in known]


def _roles(facts: ProgrammeFacts) -> list[ProgrammeRole]:
    return [ProgrammeRole(role=role) for role in PolicingRole if role in facts.roles]


def _tell(programme: Programme, facts: ProgrammeFacts) -> None:
    programme.name, programme.explanation = facts.name.strip(), facts.explanation.strip()
    programme.register_within, programme.stalls_after = facts.register_within, facts.stalls_after
    programme.months_valid, programme.has_external = facts.months_valid, facts.has_external
    programme.needed_from, programme.closed_on = facts.needed_from, facts.closed_on


def _check(facts: ProgrammeFacts) -> None:
    _check_text(facts.name, LONGEST_NAME, "name", "The name")
    if len(facts.explanation) > LONGEST_EXPLANATION:
        raise BadProgramme(
            f"The explanation has {len(facts.explanation):,} characters: use {LONGEST_EXPLANATION} at most.",
            field="explanation",
        )
    if not 1 <= len(facts.modules) <= MOST_MODULES:
        raise BadProgramme(
            f"A programme has from 1 to {MOST_MODULES} modules: give each its own line.",
            field="modules",
        )
    for name in facts.modules:
        _check_text(name, LONGEST_NAME, "modules", "The name of a module")
    if not 0 <= facts.register_within <= MOST_DAYS:
        raise BadProgramme(f"Give from 0 to {MOST_DAYS:,} days.", field="register_within")
    if not 1 <= facts.stalls_after <= MOST_DAYS:
        raise BadProgramme(f"Give from 1 to {MOST_DAYS:,} days.", field="stalls_after")
    if facts.months_valid is not None and not 1 <= facts.months_valid <= MOST_MONTHS:
        raise BadProgramme(f"Give from 1 to {MOST_MONTHS} months, or leave it blank.", field="months_valid")
    check_day(facts.needed_from, "needed_from")
    check_day(facts.closed_on, "closed_on")


def _check_text(text: str, longest: int, field: str, what: str) -> None:
    if not text.strip():
        raise BadProgramme(f"{what} is empty: give one.", field=field)
    if len(text) > longest:
        raise BadProgramme(f"{what} has {len(text):,} characters: use {longest} at most.", field=field)
