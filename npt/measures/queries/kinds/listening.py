"""People spoken to, patrols, incidents."""

from datetime import date

from sqlalchemy import select

from npt.categories.models import Category
from npt.engagement.models import Contact, Patrol
from npt.engagement.rules import PatrolMode
from npt.incidents.models import Incident
from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows, when
from npt.measures.rules import Behind, Better, CountedIn, Measure
from npt.organisation.models import Unit
from npt.organisation.rules import Level

_EVERYWHERE = frozenset(Level)

CONTACTS = Measure(
    code="contacts",
    name="People spoken to",
    definition="Contacts with people of the neighbourhoods that were recorded in the month.",
    counted_in=CountedIn.COUNT,
    better=Better.HIGHER,
    question="Do teams listen to people?",
    owner="the sergeant of the team",
    levels=_EVERYWHERE,
)
PATROLLED = Measure(
    code="patrols",
    name="Time on patrol",
    definition="Hours of the patrols of the month that are recorded.",
    counted_in=CountedIn.MINUTES,
    better=Better.HIGHER,
    question="Are teams seen?",
    owner="the sergeant of the team",
    levels=_EVERYWHERE,
)
ON_FOOT = Measure(
    code="patrols-on-foot",
    name="Time on patrol on foot",
    definition="Minutes of patrols on foot, out of all minutes of the patrols of the month that are"
    " recorded.",
    counted_in=CountedIn.SHARE,
    is_of_things=False,
    better=Better.HIGHER,
    question="Are teams seen on foot?",
    owner="the sergeant of the team",
    levels=_EVERYWHERE,
)
INCIDENTS = Measure(
    code="incidents",
    name="Incidents",
    definition="Incidents of the month in the neighbourhoods, as the imported files have them.",
    counted_in=CountedIn.COUNT,
    better=Better.LOWER,
    question="Do incidents fall?",
    owner="the BCU manager",
    levels=_EVERYWHERE,
)
ASB = Measure(
    code="incidents-asb",
    name="Anti-social behaviour among incidents",
    definition="Incidents of anti-social behaviour, out of all incidents of the month.",
    counted_in=CountedIn.SHARE,
    better=Better.LOWER,
    question="What share of incidents is anti-social behaviour?",
    owner="the BCU manager",
    levels=_EVERYWHERE,
)
_NO_PATROL, _NO_INCIDENT = "No patrol is recorded.", "No incident is imported."


def _contacts(months: Months) -> Rows:
    asked = select().select_from(Contact).join(Unit, Unit.id == Contact.unit_id)
    asked = asked.join(months.table, months.holds(Contact.on_date))
    return Rows(asked, Contact.id, {CONTACTS.code: Counting(ONE)})


def _patrols(months: Months) -> Rows:
    asked = select().select_from(Patrol).join(Unit, Unit.id == Patrol.unit_id)
    asked = asked.join(months.table, months.holds(Patrol.on_date))
    on_foot = when(Patrol.mode == PatrolMode.FOOT) * Patrol.minutes
    return Rows(
        asked,
        Patrol.id,
        {PATROLLED.code: Counting(Patrol.minutes), ON_FOOT.code: Counting(on_foot, Patrol.minutes)},
    )


def _incidents(months: Months) -> Rows:
    asked = select().select_from(Incident).join(Unit, Unit.id == Incident.unit_id)
    asked = asked.join(Category, Category.id == Incident.category_id)
    asked = asked.join(months.table, months.holds(Incident.on_date))
    asb = when(Category.code == "asb")
    return Rows(asked, Incident.id, {INCIDENTS.code: Counting(ONE), ASB.code: Counting(asb, ONE)})


def _days(view: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    """A list that takes two days in parts."""
    ends: tuple[tuple[str, date], ...] = (("from", month.first), ("to", asked.day_of(month)))
    parts = {f"{end}-{part}": getattr(day, part) for end, day in ends for part in ("day", "month", "year")}
    return Behind(view, {"code": unit.code, **parts})


COUNTED = Recorded(
    (
        Part(
            (CONTACTS,),
            "community_contact",
            _contacts,
            lambda code, unit, month, asked: _days("engagement.contacts", unit, month, asked),
            where_none={CONTACTS.code: "No contact is recorded."},
        ),
        Part(
            (PATROLLED, ON_FOOT),
            "patrol",
            _patrols,
            lambda code, unit, month, asked: _days("engagement.patrols", unit, month, asked),
            where_none={PATROLLED.code: _NO_PATROL, ON_FOOT.code: _NO_PATROL},
        ),
        Part(
            (INCIDENTS, ASB),
            "incident",
            _incidents,
            lambda code, unit, month, asked: Behind("incidents.counts", {"code": unit.code}),
            where_none={INCIDENTS.code: _NO_INCIDENT, ASB.code: _NO_INCIDENT},
        ),
    )
)
