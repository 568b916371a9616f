"""What staffing, contacts and training of a unit ask of the person who answers for them, counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from npt.access.rules import Permission, Viewer
from npt.accounts.models import Account
from npt.communities.queries import NeighbourhoodSaid, said_under, units_with_left_behind
from npt.engagement.queries import not_spoken_to
from npt.kin.queries import NOTHING_WAITS, Waiting, waiting_under
from npt.kin.queries import units_with_left_behind as units_with_kin_left
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.organisation.queries import PriorityStanding, priorities_under
from npt.organisation.rules import Level
from npt.partners.models import PartnerAccount, Share
from npt.partners.queries import shares_under, vetting_ending, without_agency
from npt.performance.queries import away_all_day
from npt.priorities.queries import Sought as SoughtPriorities
from npt.priorities.queries import teams_with_left_behind, total_at
from npt.profiles.queries import Kept, kept_under
from npt.profiles.queries import units_with_left_behind as units_with_words_left
from npt.staffing.forms import AHEAD
from npt.staffing.queries import Ending, Ratios, Vacancy, cover_of, endings, ratios, vacancies
from npt.training.queries import programmes_of, training_of
from npt.training.rules import Sought

#: How many days ahead the ends of postings are looked for.
DAYS_AHEAD = AHEAD[0]


@dataclass(frozen=True, slots=True)
class Concerns:
    """What there is to look at; None or empty where it is not the person's, or where there is nothing."""

    unit: Unit
    #: the oldest first
    vacancies: Sequence[Vacancy] = ()
    ratios: Ratios | None = None
    endings: Sequence[Ending] = ()
    #: neighbourhoods for which the contact does not answer today, and all there are
    without_contact: int = 0
    neighbourhoods: int = 0
    #: members who are due for training, and those with modules to verify; not counted for a whole force,
    #: whose teams and areas do it
    due: int = 0
    to_verify: int = 0
    #: partner accounts whose vetting has ended or ends soon, the first first
    vetting: Sequence[PartnerAccount] = ()
    #: partner accounts that are refused because they act for no agency that is open, by name
    without_agency: Sequence[Account] = ()
    #: what is shared and is to be confirmed, or ends soon
    to_confirm: Sequence[Share] = ()
    shares_ending: Sequence[Share] = ()
    #: neighbourhoods that have not said both, or have to say something again
    unsaid: Sequence[NeighbourhoodSaid] = ()
    #: communities to whom nobody has spoken for 90 days
    not_spoken_to: int = 0
    #: closed neighbourhoods with communities that nobody has carried over
    left_behind: Sequence[Unit] = ()
    #: records of key individuals that somebody has to look at, and closed neighbourhoods that have some left
    kin: Waiting = NOTHING_WAITS
    kin_left_behind: Sequence[Unit] = ()
    #: profiles that are not written, or whose review is overdue, the longest first
    overdue_profiles: Sequence[Kept] = ()
    #: closed neighbourhoods with parts of a profile that nobody has carried over
    words_left: Sequence[Unit] = ()
    #: neighbourhoods whose priority class is to be reviewed, the longest overdue first
    priorities: Sequence[PriorityStanding] = ()
    #: closed teams with priorities that nobody has carried over
    priorities_left: Sequence[Unit] = ()
    #: how many priorities of the teams are on each list, and whether the person may overrule a refusal
    agreed: Mapping[SoughtPriorities, int] = field(default_factory=dict)
    may_overrule: bool = False


def concerns_of(session: Session, viewer: Viewer, unit: Unit, now: datetime) -> Concerns:
    """What of `unit` and of all under it `viewer` may mend, each only where they may.

    At most some two dozen statements, whatever the size.
    """
    today = local_day(now)
    contacts = neighbourhood_concerns(session, viewer, unit, today)
    shared = _shared(session, viewer, unit, now)
    manages_partners = viewer.may(Permission.MANAGE_PARTNERS, unit.path)
    return replace(
        people_concerns(session, viewer, unit, today),
        without_contact=contacts.without_contact,
        neighbourhoods=contacts.neighbourhoods,
        unsaid=contacts.unsaid,
        not_spoken_to=contacts.not_spoken_to,
        left_behind=contacts.left_behind,
        kin=contacts.kin,
        kin_left_behind=contacts.kin_left_behind,
        overdue_profiles=contacts.overdue_profiles,
        words_left=contacts.words_left,
        priorities=contacts.priorities,
        priorities_left=contacts.priorities_left,
        agreed=contacts.agreed,
        may_overrule=contacts.may_overrule,
        vetting=vetting_ending(session, unit.path, today) if manages_partners else (),
        without_agency=without_agency(session, unit.path, today) if manages_partners else (),
        to_confirm=[share for share in shared if share.is_to_confirm],
        shares_ending=[share for share in shared if share.ends_soon(today)],
    )


def _shared(session: Session, viewer: Viewer, unit: Unit, now: datetime) -> list[Share]:
    """What the person may share of what is shared at the unit and under it now."""
    if not viewer.may(Permission.SHARE, unit.path):
        return []
    return [
        share
        for share in shares_under(session, [unit.path], now)
        if viewer.may(share.matter.kind.needs, share.matter.path)
    ]


def neighbourhood_concerns(session: Session, viewer: Viewer, unit: Unit, today: date) -> Concerns:
    """The neighbourhoods whose contact does not answer, and what waits of their communities."""
    keeps = viewer.may(Permission.KEEP_PROFILES, unit.path)
    keeps_kin = viewer.may(Permission.KEEP_KIN, unit.path)
    solves = viewer.may(Permission.KEEP_PROBLEMS, unit.path)
    said = said_under(session, unit, today) if keeps else []
    may_name = viewer.may(Permission.NAME_CONTACTS, unit.path)
    named = cover_of(session, unit, today, away=away_all_day) if may_name else []
    reviews = viewer.may(Permission.REVIEW_BOUNDARIES, unit.path)
    classes = priorities_under(session, unit, as_at=today) if reviews else []
    return Concerns(
        unit=unit,
        without_contact=sum(each.answering.is_flagged for each in named),
        neighbourhoods=len(named),
        unsaid=[each for each in said if not each.is_met or each.to_confirm],
        not_spoken_to=not_spoken_to(session, unit.path, today) if keeps else 0,
        left_behind=units_with_left_behind(session, unit.path) if keeps else (),
        kin=waiting_under(session, unit.path, today) if keeps_kin else NOTHING_WAITS,
        kin_left_behind=units_with_kin_left(session, unit.path) if keeps_kin else (),
        overdue_profiles=sorted(
            (each for each in kept_under(session, unit, today) if each.keeping.is_overdue),
            key=lambda each: each.due_on,
        )
        if keeps
        else (),
        words_left=units_with_words_left(session, unit.path) if keeps else (),
        priorities_left=teams_with_left_behind(session, unit.path, as_at=today) if solves else (),
        agreed=total_at(session, unit, today) if solves else {},
        may_overrule=viewer.may(Permission.OVERRULE_ORIGINATORS, unit.path),
        priorities=sorted((each for each in classes if each.is_overdue(today)), key=lambda each: each.due_on),
    )


def people_concerns(session: Session, viewer: Viewer, unit: Unit, today: date) -> Concerns:
    """Posts and training."""
    fills_posts = viewer.may(Permission.MANAGE_MEMBERS, unit.path)
    trains = viewer.may(Permission.RECORD_TRAINING, unit.path) and unit.level is not Level.FORCE
    due, to_verify = _training(session, unit, today) if trains else (0, 0)
    return Concerns(
        unit=unit,
        vacancies=vacancies(session, unit.path, today) if fills_posts else (),
        ratios=ratios(session, unit, today) if fills_posts else None,
        endings=endings(session, unit.path, today, within_days=DAYS_AHEAD) if fills_posts else (),
        due=due,
        to_verify=to_verify,
    )


def concerns_at(
    session: Session, viewer: Viewer, units: Iterable[Unit], now: datetime
) -> dict[str, Concerns]:
    """The concerns of those units that lie under no other of them, by the codes of the units."""
    places = sorted(units, key=lambda unit: unit.path)
    outermost: list[Unit] = []
    for unit in places:
        if not any(unit.path.startswith(wider.path) for wider in outermost):
            outermost.append(unit)
    return {unit.code: concerns_of(session, viewer, unit, now) for unit in outermost}


def _training(session: Session, unit: Unit, today: date) -> tuple[int, int]:
    """How many members are due for some programme, and how many have modules of one to be verified."""
    found = training_of(session, unit, today, programmes_of(session, unit.path))
    due, to_verify = (
        sum(any(sought.fits(standing) for standing in each.standings.values()) for each in found.members)
        for sought in (Sought.DUE, Sought.TO_VERIFY)
    )
    return due, to_verify
