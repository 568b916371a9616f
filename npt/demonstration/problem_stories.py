"""What the problems of the demonstration are about: all places and people in them are invented.

Two follow what a report on the force of 2008 tells, in other words and with its figures: a trading estate
that the young met on, and an operation on an estate with many burglaries.
"""

from dataclasses import dataclass

from npt.problems.rules import Noticed, Outcome, SourceKind


@dataclass(frozen=True, slots=True)
class Story:
    """A problem from its sentence to what came of it."""

    title: str
    category: str
    place: str
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
_COUNTED = SourceKind.INCIDENTS
_SEEN = SourceKind.PATROL
_TOLD = SourceKind.RESIDENTS
STORIES = (
    Story(
        "Mopeds are raced on the precinct car park in the evening",
        "asb",
        "Precinct car park, Station Road",
        Noticed.RESIDENT,
        "Families in the flats above the shops",
        ((_CALLS, "38 calls in three months, most between 19:00 and 22:00"), (_SEEN, "Seen on nine patrols")),
        (
            "Residents of 40 flats, kept awake on weekdays",
            "The shops’ caretaker goes home at 18:00",
            "Ten or so riders of 16 to 19, most from outside the ward",
            "Two of them are at the college, whose tutors know them",
            "A flat acre without a barrier, lit all night",
            "The shops share it; nobody answers for it after closing",
        ),
        (
            "The car park is open and lit when no shop is",
            "No calls on the four nights when it was closed for works",
            "Other open car parks nearby have none of this",
        ),
        "Half as many calls in the evening by the summer",
        "Calls to mopeds",
        38,
        14,
        Outcome.REDUCED,
        (
            ("Ask the shops for a barrier that is shut at 19:00", 2400),
            ("Visit the college with the riders’ tutors", None),
        ),
        "Residents kept a diary of the evenings",
        "A barrier that somebody owns did more than patrols. Ask who holds the key before it is bought.",
        "The barrier, and six evenings of two officers.",
    ),
    Story(
        "Street drinkers gather outside the off-licence from the morning on",
        "alcohol",
        "Off-licence, Church Street",
        Noticed.KIN,
        "Parents on the way to the nursery",
        ((SourceKind.KIN, "The nursery’s manager, three times"), (_CALLS, "22 calls in three months")),
        (
            "About 60 parents a day, and the drinkers themselves",
            "Nobody stands there at that hour",
            "Eight people, five of whom sleep at the hostel",
            "Hostel staff, who were never asked",
            "Benches in the sun beside a shop that sells single cans from 07:00",
            "The licensee, and the council for the benches",
        ),
        (
            "Cheap single cans bring them there",
            "Fewer on Sundays, when the shop opens at 10:00",
            "Some came before the shop had its licence",
        ),
        "Parents pass without being shouted at",
        "Calls about drinkers",
        22,
        19,
        Outcome.NO_CHANGE,
        (("Agree with the licensee that no single strong cans are sold", None), ("Move the benches", 800)),
        "The nursery asked parents what they saw",
        "Moving the benches moved nobody: they stood. The hostel should have been asked first.",
    ),
    Story(
        "Vans and sheds are broken into on the lanes behind the terraces",
        "burglary",
        "Lane behind Albert Road",
        Noticed.FIGURES,
        "Tradespeople who lose their tools",
        (
            (SourceKind.INCIDENTS, "27 in three months, 19 of them on two lanes"),
            (_TOLD, "Traders at the surgery"),
        ),
        (
            "Builders and plumbers who park at home",
            "Neighbours cannot see the lane",
            "Two men in a grey van, seen four times",
            "None known",
            "Unlit lanes with a way out at both ends",
            "Forty owners and a landlord; no one body",
        ),
        (
            "The lanes can be driven through",
            "Lanes with one end closed had none",
            "Three thefts were on open streets",
        ),
        "A third fewer breaks in the lanes",
        "Breaks into vans and sheds",
        27,
        11,
        Outcome.REDUCED,
        (("Gates for the two worst lanes", 5200), ("Mark tools at two Saturday surgeries", 350)),
        "Owners signed for their keys street by street",
        "Signatures took longer than the gates. Start with the landlord who owns most doors.",
        "Gates, marking kits, and four Saturdays.",
        "Two breaks in the next lane, which had none before.",
    ),
    Story(
        "Bins and skips are set on fire by the shops at weekends",
        "arson",
        "Service road of the parade, Market Place",
        Noticed.PARTNER,
        "Shopkeepers and the flats above",
        ((SourceKind.PARTNER, "Fire service: 14 call-outs"), (_SEEN, "Scorched walls, photographed")),
        (
            "Eleven shops",
            "A caretaker who leaves at noon on Saturdays",
            "Children of 11 to 13, from their own account",
            "Their school, and two families known to the youth service",
            "Bins stand unlocked against a wooden fence",
            "The shops’ managing agent",
        ),
        (
            "What burns is left where everybody passes",
            "No fire on the weekends after a collection",
            "One fire was in a locked store",
        ),
        "No fire for three months",
        "Fires",
        14,
        3,
        Outcome.REDUCED,
        (("Lockable bins, collected on Fridays", 1900), ("Fire service visits the school", None)),
        "Shopkeepers agreed the day of collection",
        "The day of the collection mattered more than the locks.",
    ),
    Story(
        "Cars are left across drives around the school at closing time",
        "parking",
        "School Lane",
        Noticed.MEETING,
        "Children who cross between cars, and people with carers",
        ((_TOLD, "Raised at two meetings"), (SourceKind.SURVEY, "61 of 90 neighbours")),
        (
            "Children of 5 to 11, and three residents with carers",
            "The crossing patrol stands at the other gate",
            "Parents, for twelve minutes",
            "The school, which writes to them anyway",
            "A lane five metres wide",
            "The council’s highways team",
        ),
        (
            "There is nowhere else within the time they have",
            "Half park where the club’s car park is full",
            "On rainy days more come, and park worse",
        ),
        "No drive blocked on two weeks’ count",
        "Drives blocked",
        46,
        40,
        Outcome.REDUCED,
        (("Ask the club to lend its car park from 14:45", None), ("Second crossing patrol", 1100)),
        "Year 6 counted cars for a week",
        "What is lent has to be told every term. The count by children was read by every parent.",
    ),
    Story(
        "Loud parties in one house keep a cul-de-sac awake",
        "noise",
        "Orchard Way",
        Noticed.CALL,
        "Nine households, two with small children",
        ((_CALLS, "31 calls, all from five addresses"), (_TOLD, "A petition")),
        (
            "Nine households",
            "The landlord lives abroad",
            "Tenants who change every few months",
            "The letting agent",
            "The end house of a quiet close",
            "The letting agent, under a licence of the council",
        ),
        (
            "The house is let by the weekend",
            "Advertised so; no parties in weeks with a long let",
            "One party was by neighbours",
        ),
        "No call after 23:00 in three months",
        "Calls after 23:00",
        31,
        0,
        Outcome.ELIMINATED,
        (
            ("Council reviews the licence of the let", None),
            ("Agent agrees to lets of a month at least", None),
        ),
        "The close chose one person to keep the diary",
        "The licence was the lever, not the noise. Look for who profits.",
    ),
    Story(
        "Old people are sold roof repairs at the door and pay thousands",
        "other",
        "Bungalows, West Street",
        Noticed.OFFICER,
        "People over 75 who live alone",
        ((SourceKind.OTHER, "The bank: six withdrawals stopped"), (_TOLD, "Two families")),
        (
            "Eleven people, two of them twice",
            "Families who live elsewhere; the bank",
            "A firm that changes its name",
            "Trading standards",
            "Bungalows that show who lives there",
            "A housing association owns half of them",
        ),
        (
            "Names of those who paid once are passed on",
            "Two were called the day after they paid",
            "Four were never called before",
        ),
        "Nobody pays at the door in three months",
        "Payments known of",
        11,
        12,
        Outcome.WORSE,
        (("Bank’s staff trained to ask", None), ("Stickers and visits with the association", 600)),
        "Neighbours agreed to ring each other",
        "More were told of because people were asked. Count reports and losses apart next time.",
    ),
    Story(
        "Off-road bikes cross the common and frighten riders and walkers",
        "asb",
        "The common, Manor Road",
        Noticed.SURVEY,
        "Walkers, and the riding school",
        ((SourceKind.SURVEY, "A third avoid the common"), (_CALLS, "17 calls")),
        (
            "Walkers and a riding school",
            "A volunteer warden at weekends",
            "Young men with unplated bikes, brought in vans",
            "None known",
            "Open from a lay-by on the main road",
            "The parish council",
        ),
        (
            "The lay-by lets vans unload out of sight",
            "Every bike seen came from there",
            "Tracks lead to a farm gate as well",
        ),
        "Half as many sightings by the warden",
        "Sightings",
        17,
        9,
        Outcome.REDUCED,
        (("Boulders along the lay-by", 1500), ("Warden’s log shared every week", None)),
        "The riding school’s pupils kept the log",
        "Too few to tell by the count: agree on a longer time before it starts.",
    ),
    Story(
        "Litter and needles are left in the underpass",
        "litter",
        "Underpass, Bridge Street",
        Noticed.RESIDENT,
        "Pupils of two schools",
        ((_TOLD, "Parents at the gate"), (_SEEN, "Found on every second patrol")),
        (
            "About 200 pupils a day",
            "Nobody can see in",
            "A few people who sleep nearby",
            "The outreach team",
            "Two bends and one lamp",
            "The council’s highways team",
        ),
        (
            "It is the only dry place that nobody passes after 19:00",
            "Needles only on mornings after rain",
            "Litter is there on dry days as well",
        ),
        "No needle found on a week’s count",
        "Needles found",
        24,
        6,
        Outcome.DEALT_WITH_BETTER,
        (("Six lamps and a mirror", 3100), ("Outreach team passes at 20:00", None)),
        "Pupils drew the route they take",
        "Light brought people, and people kept it clean.",
    ),
)
ESTATE = Story(
    "Young people get onto the trading estate after closing and frighten staff",
    "asb",
    "Thornfield trading estate, Park Avenue",
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
