"""What every neighbourhood is to have: a named contact, a profile in date, its communities said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from npt.communities.queries import said_on_days
from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows, when
from npt.measures.rules import At, Behind, Better, CountedIn, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Posting
from npt.profiles.models import Profile
from npt.staffing.models import Contact
from npt.staffing.queries import counts_on
from npt.staffing.rules import CONTACT_ROLES, ContactKind
from npt.store.dated import holding

_NONE_STOOD = "No neighbourhood stood on the day."
_EVERYWHERE = frozenset(Level)

CONTACT = Measure(
    code="neighbourhoods-with-a-contact",
    name="Neighbourhoods with a named contact",
    definition="Neighbourhoods for which a constable or PCSO of their team is named as the contact, out of"
    " all neighbourhoods, on the last day of the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Do people know who their neighbourhood officer is?",
    owner="the inspector of the area",
    target=100,
    levels=_EVERYWHERE,
)
PROFILE = Measure(
    code="profiles-in-date",
    name="Profiles in date",
    definition="Neighbourhoods with a profile whose day of review has not gone by, out of all"
    " neighbourhoods, as seen on the day: earlier days of review are not kept.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Does the force know its neighbourhoods?",
    owner="the sergeant of the team",
    is_recomputable=False,
    target=100,
    levels=_EVERYWHERE,
)
SAID = Measure(
    code="communities-said",
    name="Vulnerable and emerging communities said",
    definition="Neighbourhoods that have said within twelve months which of their communities are"
    " vulnerable and which are emerging, or that there are none, out of all neighbourhoods, on"
    " the last day of the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Are vulnerable and emerging communities known? (recommendation 1 of 2008)",
    owner="the sergeant of the team",
    target=100,
    levels=_EVERYWHERE,
)


def _rows(months: Months) -> Rows:
    """The neighbourhoods that stand on the day."""
    named = exists().where(
        Contact.unit_id == Unit.id,
        Contact.kind == ContactKind.CONTACT,
        holding(Contact.starts_on, Contact.ends_on, months.day),
        Posting.member_id == Contact.member_id,
        Posting.unit_id == Unit.parent_id,
        Posting.role.in_(CONTACT_ROLES),
        counts_on(months.day),
    )
    in_date = exists().where(Profile.unit_id == Unit.id, Profile.review_due_on >= months.day)
    return Rows(
        select()
        .select_from(Unit)
        .join(months.table, holding(Unit.opened_on, Unit.closed_on, months.day))
        .where(Unit.level == Level.NEIGHBOURHOOD),
        Unit.id,
        {CONTACT.code: Counting(when(named), ONE), PROFILE.code: Counting(when(in_date), ONE)},
    )


def _view(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    view = "staffing.contacts" if code == CONTACT.code else "profiles.profiles"
    return Behind.on_day(view, unit.code, asked.day_of(month))


COUNTED = Recorded(
    (
        Part(
            (CONTACT, PROFILE),
            "unit",
            _rows,
            _view,
            where_none={CONTACT.code: _NONE_STOOD, PROFILE.code: _NONE_STOOD},
        ),
    )
)


@dataclass(frozen=True)
class Said:
    """What neighbourhoods have said, by the rule that their own page goes by."""

    MEASURES: tuple[Measure, ...] = (SAID,)

    def figures(self, session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
        """Three statements."""
        days = {month: asked.day_of(month) for month in asked.months}
        found: dict[At, Figure] = {}
        said = said_on_days(session, asked.path, sorted(set(days.values())))
        for month, day in days.items():
            for unit in asked.units:
                here = [each for each in said[day] if each.neighbourhood.path.startswith(unit.path)]
                met = sum(each.is_met for each in here)
                found[unit.path, month] = Figure(met, len(here), why_unknown="" if here else _NONE_STOOD)
        return {SAID.code: found}

    def records(
        self, session: Session, code: str, unit: Unit, month: Month, asked: Asked
    ) -> Iterator[RecordSeen]:
        """The neighbourhoods, and whether each has said both."""
        day = asked.day_of(month)
        said = said_on_days(session, unit.path, [day])[day]
        for each in sorted(said, key=lambda each: each.neighbourhood.id):
            yield RecordSeen("unit", each.neighbourhood.id, f"{int(each.is_met)} of 1")

    def behind(self, code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
        """What each neighbourhood has said, on the day."""
        return Behind.on_day("communities.said", unit.code, asked.day_of(month))


SAYINGS = Said()
