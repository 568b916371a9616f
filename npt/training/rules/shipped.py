"""The programmes that a force starts with. They are its own from then on."""

from dataclasses import dataclass

from npt.people.rules import SUPERVISORS, PolicingRole
from npt.training.rules.standing import Terms


@dataclass(frozen=True, slots=True)
class ShippedProgramme:
    """A programme that a force can take over and then change."""

    code: str
    name: str
    explanation: str
    modules: tuple[str, ...]
    terms: Terms


_STAFF = frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO})

CERTIFICATE = "certificate"
SARA = "sara"
PROBLEM_RECORDS = "problem-records"
DUTY_RECORDING = "duty-recording"

SHIPPED_PROGRAMMES = (
    ShippedProgramme(
        CERTIFICATE,
        "Introductory certificate in neighbourhood management",
        "Seven modules with a workbook each, verified in the force and, if asked for, by the awarding body.",
        (
            "Neighbourhoods and what neighbourhood policing is for",
            "Knowing the neighbourhood: profiles",
            "Reaching every community",
            "Priorities agreed with the community",
            "Solving problems together",
            "Working with partners",
            "Results and feedback",
        ),
        Terms(_STAFF, 7, register_within=90, stalls_after=180, months_valid=None, has_external=True),
    ),
    ShippedProgramme(
        SARA,
        "SARA problem solving",
        "Scanning, analysis, response, assessment: how a problem is worked through.",
        ("Working a problem through SARA",),
        Terms(_STAFF, 1, register_within=90, stalls_after=60, months_valid=36),
    ),
    ShippedProgramme(
        PROBLEM_RECORDS,
        "Problem records",
        "Keeping a problem-solving record that the team and its partners share.",
        ("Keeping a shared record",),
        Terms(_STAFF, 1, register_within=60, stalls_after=60, months_valid=None),
    ),
    ShippedProgramme(
        DUTY_RECORDING,
        "Recording on the duty system",
        "For supervisors: recording shifts, absence and abstraction, and confirming a day.",
        ("Recording abstraction",),
        Terms(SUPERVISORS, 1, register_within=30, stalls_after=30, months_valid=24),
    ),
)


def shipped(code: str) -> ShippedProgramme | None:
    """The programme that ships under this code; None when none does."""
    return next((each for each in SHIPPED_PROGRAMMES if each.code == code), None)
