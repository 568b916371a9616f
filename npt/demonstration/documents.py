"""A dozen documents of the library: all invented, each a short text, so that loading them takes no time."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.attachments.actions import receive
from npt.demonstration.accounts import INSPECTED_AREA
from npt.demonstration.calendar import at
from npt.demonstration.places import FORCE_CODE, LUTON, SHOWN_TEAM
from npt.documents.actions import Facts, add_version, file_document, withdraw_document
from npt.documents.queries import document_of
from npt.documents.rules import DocumentKind
from npt.kit.stamps import Stamp
from npt.organisation.queries import units_coded

_BOARD, _MANAGER, _SERGEANT, _COHESION = (
    f"{role.value}@demo.example" for role in (Role.BOARD, Role.MANAGER, Role.SERGEANT, Role.COHESION)
)
_PLAN, _STRATEGY, _ASSESSMENT, _PROTOCOL, _MINUTES = (
    DocumentKind.PLAN,
    DocumentKind.STRATEGY,
    DocumentKind.ASSESSMENT,
    DocumentKind.PROTOCOL,
    DocumentKind.MINUTES,
)


@dataclass(frozen=True)
class _Paper:
    """A document: whose and by whom, how many days ago it is dated, how many days later it is reviewed."""

    unit: str
    by: str
    kind: DocumentKind
    title: str
    about: str
    age: int
    review_after: int | None
    text: str
    reaches_down: bool = True
    #: what changed in the second version, where there is one
    changes: str = ""
    #: why it was withdrawn, where it was
    withdrawn: str = ""


_PAPERS = (
    _Paper(
        FORCE_CODE,
        _BOARD,
        _STRATEGY,
        "Neighbourhood policing strategy",
        "What neighbourhood policing is to achieve in three years, agreed by the board.",
        300,
        365,
        "Visible, known, listening, solving. Every neighbourhood has a named contact.",
        changes="The pledge on answering messages is now 72 hours.",
    ),
    _Paper(
        FORCE_CODE,
        _BOARD,
        _PROTOCOL,
        "Abstraction protocol",
        "Who may take members off neighbourhood duty, for what, and who is asked first.",
        210,
        180,
        "Ask the area inspector first. Record the reason and the time on the day itself.",
    ),
    _Paper(
        FORCE_CODE,
        _BOARD,
        _ASSESSMENT,
        "Strategic assessment",
        "The yearly assessment of crime and disorder by which priorities are set.",
        120,
        365,
        "Anti-social behaviour in town centres after school and at closing time.",
    ),
    _Paper(
        FORCE_CODE,
        _BOARD,
        _MINUTES,
        "Neighbourhood policing board, autumn meeting",
        "What the board decided on posts, training and the engagement calendar.",
        45,
        None,
        "Two constable posts move to the area with the most calls. Review in spring.",
        reaches_down=False,
    ),
    _Paper(
        FORCE_CODE,
        _BOARD,
        _PLAN,
        "Special constabulary plan",
        "How special constables are recruited and attached to teams.",
        500,
        365,
        "Each team is offered two special constables by the end of the year.",
        withdrawn="The volunteers plan takes its place.",
    ),
    _Paper(
        LUTON.code,
        _MANAGER,
        _PLAN,
        "Delivery plan of the BCU",
        "What each area does this year towards the strategy, with dates.",
        200,
        190,
        "area;what;until\nC1;surgeries in every ward;June\nC2;one youth panel a term;July",
        changes="Dates of the second half of the year.",
    ),
    _Paper(
        LUTON.code,
        _MANAGER,
        _PROTOCOL,
        "Working with housing officers",
        "Who is rung about what, agreed with the council and two housing associations.",
        90,
        365,
        "Tenancy warnings are agreed at the weekly meeting.",
    ),
    _Paper(
        LUTON.code,
        _COHESION,
        _ASSESSMENT,
        "Community tension assessment",
        "How communities of the BCU see the last three months.",
        30,
        90,
        "No rise in tension. Two mosques ask for reassurance patrols during Ramadan.",
        reaches_down=False,
    ),
    _Paper(
        INSPECTED_AREA,
        _MANAGER,
        _PLAN,
        "Summer disorder plan",
        "Patrols and partners from June to September.",
        170,
        120,
        "Joint patrols with wardens on Fridays, 16:00 to 22:00.",
    ),
    _Paper(
        SHOWN_TEAM,
        _SERGEANT,
        _PLAN,
        "Engagement plan of the team",
        "Which groups the team meets, where and how often.",
        60,
        120,
        "Monthly: library surgery, school gate, allotments. Quarterly: traders.",
        reaches_down=False,
    ),
    _Paper(
        SHOWN_TEAM,
        _SERGEANT,
        _MINUTES,
        "Residents’ forum, last meeting",
        "What residents asked for, and the three priorities they chose.",
        25,
        None,
        "Priorities: parking at the school, noise by the shops, lighting of the path.",
        reaches_down=False,
    ),
    _Paper(
        SHOWN_TEAM,
        _SERGEANT,
        DocumentKind.OTHER,
        "Key holders of the community centre",
        "Whom to ring for the surgery room.",
        15,
        365,
        "The caretaker’s office opens at 08:00. The spare key is with the front desk.",
        reaches_down=False,
    ),
)


def file_papers(session: Session, today: date) -> None:
    """File them, each on its day, by whoever has the account for it."""
    units = units_coded(session, {paper.unit for paper in _PAPERS})
    for paper in _PAPERS:
        unit, dated = units[paper.unit], today - timedelta(days=paper.age)
        by, ending = existing_account(session, paper.by).id, "csv" if ";" in paper.text else "txt"
        review = None if paper.review_after is None else dated + timedelta(days=paper.review_after)
        facts = Facts(
            paper.title, paper.kind, paper.about, dated, None, None, review, reaches_down=paper.reaches_down
        )
        name, text = f"{paper.title}.{ending}", f"{paper.title}\n\n{paper.text}\n"
        document = file_document(
            session,
            stamp=Stamp(by, at(dated + timedelta(days=2), 11)),
            unit=unit,
            facts=facts,
            file=receive(name, text.encode(), scanner=None),
        )
        found = document_of(session, unit, document.reference)
        if found is None:
            raise LookupError(f"{document.reference} was filed a moment ago")
        if paper.changes:
            add_version(
                session,
                found,
                stamp=Stamp(by, at(today - timedelta(days=10), 15)),
                expected_version=found.version,
                changes=paper.changes,
                file=receive(name, f"{text}\n{paper.changes}\n".encode(), scanner=None),
            )
        if paper.withdrawn:
            withdraw_document(
                session,
                found,
                now=at(today, 9),
                expected_version=found.version,
                last_on=today - timedelta(days=20),
                why=paper.withdrawn,
            )
