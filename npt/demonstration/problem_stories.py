"""What the problems of the demonstration are about: all places and people in them are invented.

Two follow what a report on the force of 2008 tells, in other words and with its figures: a trading estate
that the young met on, and an operation on an estate with many burglaries.
"""

from dataclasses import dataclass

from npt.problems.rules import Noticed, Outcome, PlaceKind, SourceKind


@dataclass(frozen=True, slots=True)
class Story:
    """A problem from its sentence to what came of it."""

    title: str
    category: str
    place: str
    place_kind: PlaceKind
    noticed: Noticed
    harmed: str
    sources: tuple[tuple[SourceKind, str], ...]
    #: victim, guardian, offender, handler, location, manager
    sides: tuple[str, str, str, str, str, str]
    #: why it may be there, what speaks for it, and what against
    why: tuple[str, str, str]
    objective: str
    #: what is counted
    counted: str
    #: how many in 84 days before, and in as many after
    before: int
    after: int
    outcome: Outcome
    #: what was done, and what it cost in pounds
    actions: tuple[tuple[str, int | None], ...]
    community: str
    lessons: str
    cost: str = "Staff time only."
    displacement: str = "None seen in the streets around."


_CALLS = SourceKind.CALLS
_TOLD = SourceKind.RESIDENTS
ESTATE = Story(
    "Young people get onto the trading estate after closing and frighten staff",
    "asb",
    "Thornfield trading estate, Park Avenue",
    PlaceKind.BUSINESS,
    Noticed.PARTNER,
    "Staff and owners of the businesses there",
    (
        (
            SourceKind.PARTNER,
            "Owners of the site and of its businesses met the team: damage, fires, drinking, litter",
        ),
        (_CALLS, "29 calls in three months"),
    ),
    (
        "Staff who lock up alone, and the businesses’ windows",
        "Cameras whose view is overgrown",
        "Young people who meet there to drink; a profile of them was drawn up",
        "Parents and the youth service",
        "Gaps in the fence, dark corners, sheds that can be climbed",
        "The owners of the site",
    ),
    (
        "It can be entered unseen, and nobody is there in the evening",
        "All that was damaged lies out of the cameras’ sight",
        "Some climb in where they can be seen",
    ),
    "No more trouble after closing",
    "Calls to the estate",
    29,
    0,
    Outcome.ELIMINATED,
    (
        ("Owners close the fence and cut back what hides the cameras’ view", 0),
        ("Patrol more at closing time, and speak with the young people there", None),
        ("Enforce where talking does not help", None),
        ("Ring the businesses every week", None),
    ),
    "The businesses told what they see, and were told what came of it",
    "Whoever owns the place could change it for nothing, by cutting bushes. Tell whoever raised it what came"
    " of it.",
)
OPERATION = Story(
    "Burglary, car crime and damage on one estate, with nuisance that takes most of the team’s time",
    "burglary",
    "Larkfield estate, Queen Street",
    PlaceKind.HOMES,
    Noticed.MEETING,
    "Families on the estate",
    (
        (_TOLD, "Street briefings, surgeries and a stakeholder group named the same things"),
        (SourceKind.INCIDENTS, "A problem profile: the highest levels of the area"),
    ),
    (
        "Households without locks worth the name; 224 cars were found with valuables in view",
        "Few who know each other",
        "Mostly young men from the estate itself",
        "Families, school, youth service",
        "Open backs, dark from the end of summer time",
        "The council’s housing, with a development officer on the estate",
    ),
    (
        "What is easy to take and sell is left in view, in houses easy to enter",
        "Most was taken from cars and through back doors",
        "Damage and nuisance are not explained by it",
    ),
    "Less crime and nuisance over three months that hold Halloween, half-term and the end of summer time",
    "Crimes of the three sorts",
    96,
    61,
    Outcome.REDUCED,
    (
        ("Mark the property of 700 houses, and fit better locks with the van scheme", 52000),
        ("Safety week for children: strangers, fire, drugs", 6000),
        ("Clean-up day of all agencies", 9000),
        ("Patrols together with animal welfare and other agencies", 8000),
    ),
    "A steering group of all partners watched over it; residents were not asked afterwards",
    "Plan longer beforehand, so that partners know what drives it and what is to come of it. Ask residents"
    " before and after.",
    "£75,000, of which £25,000 came from the county’s authorities together, the rest from the community"
    " safety partnership and the government’s office.",
)
