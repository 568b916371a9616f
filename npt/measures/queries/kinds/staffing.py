"""Who is in post against the posts that are funded, and how many each sergeant has."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.rules import At, Behind, Better, CountedIn, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.organisation.queries import standing, within
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole, RoleGroup
from npt.staffing.models import Establishment
from npt.staffing.queries.timeline import Timeline, timeline
from npt.staffing.rules import Stage, stage_on

_GROUPS = ((RoleGroup.OFFICERS, "officers"), (RoleGroup.PCSOS, "PCSOs"))
_STRENGTH = {f"strength-{group.value}": group for group, _words in _GROUPS}
_VACANCY = {f"vacancy-{group.value}": group for group, _words in _GROUPS}
PEOPLE_TO_A_SERGEANT = "people-to-a-sergeant"
#: whom a sergeant supervises
_SUPERVISED = (PolicingRole.CONSTABLE, PolicingRole.PCSO)

MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            code=f"strength-{group.value}",
            name=f"Strength of {words}",
            definition=f"Full-time equivalent of the {words} in post on the last day of the month.",
            counted_in=CountedIn.POSTS,
            better=Better.NEITHER,
            question="Are neighbourhoods appropriately staffed?",
            owner="the board’s lead for neighbourhood policing",
        )
        for group, words in _GROUPS
    ),
    *(
        Measure(
            code=f"vacancy-{group.value}",
            name=f"Vacant posts of {words}",
            definition=f"Funded posts of {words} with nobody in post, out of the posts funded, on the last"
            " day of the month.",
            counted_in=CountedIn.SHARE,
            is_of_things=False,
            better=Better.LOWER,
            question="Are neighbourhoods appropriately staffed?",
            owner="the board’s lead for neighbourhood policing",
        )
        for group, words in _GROUPS
    ),
    Measure(
        code=PEOPLE_TO_A_SERGEANT,
        name="People to a sergeant",
        definition="Constables and PCSOs in post for each sergeant in post on the last day of the month.",
        counted_in=CountedIn.RATIO,
        better=Better.LOWER,
        question="Are there enough sergeants to supervise neighbourhood teams?",
        owner="the BCU manager",
        target_kept_at="the force’s limit on supervision, and is changed on the page Supervision",
    ),
)


def figures(session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
    """Three statements."""
    found: dict[str, dict[At, Figure]] = {measure.code: {} for measure in MEASURES}
    known = timeline(session, asked.path)
    for unit in asked.units:
        if unit.level is not Level.NEIGHBOURHOOD:
            stages = {role: known.stages(unit.path, role) for role in PolicingRole}
            for month in asked.months:
                on = {role: stage_on(of, asked.day_of(month)) for role, of in stages.items()}
                for code, figure in _figures(on):
                    found[code][unit.path, month] = figure
    return found


def _figures(on: Mapping[PolicingRole, Stage]) -> Iterator[tuple[str, Figure]]:
    for code, group in _STRENGTH.items():
        yield code, Figure(_hundredths(on[role].strength for role in group.roles), 100)
    for code, group in _VACANCY.items():
        funded = [on[role] for role in group.roles if on[role].establishment is not None]
        if not funded:
            yield code, Figure(None, why_unknown="No posts are recorded as funded.")
        else:
            posts = _hundredths(stage.establishment or Decimal(0) for stage in funded)
            empty = _hundredths(stage.vacancy or Decimal(0) for stage in funded)
            yield code, Figure(empty, posts, why_unknown="" if posts else "No posts are funded.")
    sergeants = _hundredths([on[PolicingRole.SERGEANT].strength])
    supervised = _hundredths(on[role].strength for role in _SUPERVISED)
    yield (
        PEOPLE_TO_A_SERGEANT,
        Figure(supervised, sergeants, why_unknown="" if sergeants else "No sergeant is in post."),
    )


def _hundredths(amounts: Iterable[Decimal]) -> int:
    """FTE as whole numbers: it is kept with two decimals."""
    return int(sum(amounts, Decimal(0)) * 100)


def records(session: Session, code: str, unit: Unit, month: Month, asked: Asked) -> Iterator[RecordSeen]:
    """The postings in strength on the day, and the funded posts where the figure is out of them, with FTE."""
    day, roles = asked.day_of(month), _roles(code)
    if code in _VACANCY:
        funded = select(Establishment.id, Establishment.posts).join(Unit, Unit.id == Establishment.unit_id)
        here = (
            within(unit.path),
            standing(as_at=day),
            Establishment.holding(day),
            Establishment.role.in_(roles),
        )
        for key, posts in session.execute(funded.where(*here).order_by(Establishment.id)):
            yield RecordSeen("establishment", key, str(_hundredths([posts])))
    yield from sorted(_postings(timeline(session, unit.path), unit, roles, asked, month))


def _postings(
    known: Timeline, unit: Unit, roles: Iterable[PolicingRole], asked: Asked, month: Month
) -> Iterator[RecordSeen]:
    for role in roles:
        for tenure in known.at(unit.path, role):
            if tenure.span.covers(asked.day_of(month)):
                posting = tenure.posting
                yield RecordSeen("posting", posting.id, f"{role.value} {_hundredths([posting.fte])}")


def _roles(code: str) -> tuple[PolicingRole, ...]:
    group = {**_STRENGTH, **_VACANCY}.get(code)
    return (PolicingRole.SERGEANT, *_SUPERVISED) if group is None else tuple(group.roles)


def behind(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    """Who is in post against what is funded on the day."""
    return Behind.on_day("staffing.staffing", unit.code, asked.day_of(month))
