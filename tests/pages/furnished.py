"""The small world with records in it, so that every page of the gallery has something to show.

Like the world itself it grows with `scale`: three times as many of everything that a page lists.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from npt.access.rules import Role
from npt.accounts.actions import keep_post
from npt.accounts.models import SignInSession
from npt.accounts.rules import Sent, token_digest
from npt.kit.clock import to_instant
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.people.models import Grant, Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.shifts.actions import AwayEntry, WantedShift, add_pattern, record_away, roster_shifts
from npt.shifts.models import Act, Away, Shift
from npt.shifts.rules import PatternDay
from npt.training.actions import (
    ProgrammeFacts,
    add_programme,
    add_shipped_programme,
    complete_modules,
    register_member,
    verify_modules,
)
from npt.training.models import Registration
from npt.training.queries import programme_coded
from npt.training.rules import SHIPPED_PROGRAMMES
from tests import make
from tests.pages.furnished_communities import know
from tests.pages.furnished_definitions import change_what_counts
from tests.pages.furnished_documents import file_documents
from tests.pages.furnished_engagement import listen
from tests.pages.furnished_exemplars import keep_library
from tests.pages.furnished_kin import network
from tests.pages.furnished_letters import signed, write
from tests.pages.furnished_losses import lose
from tests.pages.furnished_match import plan_matches
from tests.pages.furnished_measures import aim
from tests.pages.furnished_partners import share_with_partners
from tests.pages.furnished_places import lay_out
from tests.pages.furnished_priorities import raise_priorities
from tests.pages.furnished_problem_figures import assess_problems
from tests.pages.furnished_problems import record_problems
from tests.pages.furnished_profiles import report_incidents, write_profiles
from tests.pages.furnished_reviews import review_months
from tests.pages.furnished_roster import assign_patterns, give_calendar, roster_lates, want_cover
from tests.pages.furnished_seals import sign_off
from tests.pages.furnished_staffing import staff
from tests.pages.furnished_work import set_work
from tests.world import HomeForce, world

#: The day on which the gallery is looked at: a Monday, between two clock changes.
TODAY = date(2026, 11, 16)
MONTH = Month.of(TODAY)
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
#: Who has a roster, and posts.
ROSTERED = (PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO)
EARLY = PatternDay(time(7), time(15))


@dataclass(frozen=True)
class Shown:
    """What addresses name, of one BCU of one force: codes of units, numbers of members, keys of records.

    Beside the codes of units the names are those of the arguments in addresses, so that a page of the gallery
    has to say only which unit its `code` is.
    """

    force: str
    bcu: str
    area: str
    team: str
    neighbourhood: str
    number: str
    posting_id: int
    account_id: int
    grant_id: int
    establishment_id: int
    shift_id: int
    away_id: int
    act_id: int
    pattern_id: int
    #: what the sergeant of the force's first team sent after their session had ended
    kept_id: int
    #: another browser of the same sergeant's
    sign_in_id: int
    registration_id: int
    programme: str
    operation_id: int
    ask_id: int
    contact_id: int
    limit_id: int
    target_id: int
    student_rule_id: int
    specialist_id: int
    management_id: int
    #: the force number of a PCSO of the team whom an NSO line-manages
    pcso: str
    #: a change of the definition, which is one for both forces
    counting_change_id: int
    #: an uncertain letter of the team, and the end of the link that stops such letters
    letter_id: int
    signed: str
    roster_act_id: int
    report_id: int
    loss_id: int
    review_id: int
    assignment_id: int
    cover_rule_id: int
    #: of the calendar of a PCSO of the team
    token: str
    #: an account that is a partner at the team
    partner_id: int
    #: a document of the team, which is shared with the agency below
    reference: str
    matter_id: int
    share_id: int
    #: by which a resident looks at the same matter
    link: str
    #: the agency for which the partners of both forces act; a group of it
    agency: str
    agency_id: int
    group: str
    group_membership_id: int
    #: what a PCSO of the team has to do, and a clock on it
    action_id: int
    clock_id: int
    #: a community of the neighbourhood, a flag of it, figures, and a specialist contact of the BCU
    community_id: int
    flag_id: int
    population_id: int
    specialist_contact_id: int
    #: a neighbourhood of the team that closed
    closed: str
    #: somebody of the neighbourhood, another record of the same person, and the link to the first one's own
    individual_id: int
    other_id: int
    own: str
    #: a priority of the team, who raised it, and the link by which they answer
    priority_id: int
    originator_id: int
    answer: str
    #: a team that closed with priorities
    closed_team: str
    #: a problem of the team, shared with the council, and a file of it
    problem: str
    problem_id: int
    evidence_id: int
    #: one that has come to its assessment
    assessed: str
    #: the reference of a problem that is closed
    solved: str
    #: a patrol in the neighbourhood; a contact there has the reference of the document above
    patrol: str
    #: a month of the BCU that was signed off
    ended: Month
    on: date = TODAY
    month: Month = MONTH
    reason: str = "event"
    category: str = "asb"
    definition: str = "local-2008"
    #: the first version of a document
    revision: int = 1
    module: int = 1
    flag: str = "vulnerable"
    measure: str = "shifts-confirmed"
    #: a part of a profile
    part: str = "about"


@dataclass(frozen=True)
class Furnished:
    """What stands where: `sister` is the other BCU of the same force, `away` the other force."""

    home: Shown
    sister: Shown
    away: Shown


def furnish(session: Session, *, scale: int = 1) -> Furnished:
    """Build the world at `scale` and fill it. Nothing is committed."""
    made = world(session, scale=scale)
    lay_out(session, made.home, south=52.0, scale=scale)
    lay_out(session, made.away, south=53.0, scale=scale)
    home, sister = (_fill(session, made.home, bcu, scale) for bcu in made.home.bcus)
    away, _ = (_fill(session, made.away, bcu, scale) for bcu in made.away.bcus)
    return Furnished(home, sister, away)


def _fill(session: Session, force: HomeForce, bcu: Unit, scale: int) -> Shown:
    """Give the first team of `bcu` its posts, a roster and what happened on it; say how to find them."""
    area, team, neighbourhood = (
        next(unit for unit in units if unit.path.startswith(bcu.path))
        for units in (force.areas, force.teams, force.neighbourhoods)
    )
    account = make.account(
        session, role=Role.OFFICER, unit=team, email=f"visited@{team.code.lower()}.example"
    )
    posting = _posted(session, team, PolicingRole.CONSTABLE)[0]
    establishments = [
        make.establishment(session, unit=unit, role=role, posts=4 * scale)
        for unit in force.teams
        if unit.path.startswith(bcu.path)
        for role in ROSTERED
    ]
    shifts = _roster(session, team, scale)
    _roster_inspector(session, area)
    sergeant = force.accounts[Role.SERGEANT].id
    act_id, away_id = _taken_off(session, team, shifts, by=sergeant)
    make.confirmation(session, unit=team, day=TODAY - timedelta(days=1), by=force.accounts[Role.SERGEANT])
    patterns = [
        add_pattern(session, unit=team, name=f"Earlies {number}", cycle=[EARLY, EARLY, PatternDay()])
        for number in range(scale)
    ]
    kept = keep_post(
        session,
        account_id=sergeant,
        address=f"/teams/{team.code}/day/{TODAY}/record",
        sent=Sent((("note", f"Kept of {team.name}"),)),
        now=NOW,
    )
    assert kept is not None, "the world's kept post is too long to keep"
    elsewhere = SignInSession(
        token_digest=token_digest(f"the other browser of {team.code}"),
        account_id=sergeant,
        started_at=NOW - timedelta(hours=3),
        expires_at=NOW + timedelta(days=2),
    )
    session.add(elsewhere)
    inspector = force.accounts[Role.INSPECTOR].id
    ask = plan_matches(session, area, team, by=inspector, now=NOW, today=TODAY, count=scale)
    staffed = staff(session, force, bcu, team, today=TODAY, scale=scale)
    losing = lose(session, team, bcu, away_id, by=sergeant, now=NOW, count=scale)
    letter = write(session, team, account, now=NOW, count=scale)
    session.flush()
    act_on_roster = roster_lates(session, team, by=sergeant, now=NOW, today=TODAY, count=scale)
    filed = file_documents(
        session, team, by=force.accounts[Role.SERGEANT].id, now=NOW, today=TODAY, count=scale
    )
    shared = share_with_partners(session, force, bcu, team, filed, now=NOW)
    working = set_work(
        session,
        team,
        session.get_one(Matter, shared.matter_id),
        _posted(session, team, PolicingRole.PCSO)[0].member,
        agency_id=shared.agency_id,
        partner_id=shared.partner_id,
        by=sergeant,
        now=NOW,
        today=TODAY,
        count=scale,
    )
    known = know(session, force, bcu, team, now=NOW, today=TODAY, count=scale)
    write_profiles(session, force, team, known.closed, now=NOW, today=TODAY, count=scale)
    report_incidents(session, neighbourhood, now=NOW, count=scale)
    aim(session, force.force, bcu, by=sergeant, now=NOW, today=TODAY, count=scale)
    raised = raise_priorities(
        session, team, neighbourhood, posting.member, by=sergeant, now=NOW, today=TODAY, count=scale
    )
    board = force.accounts[Role.BOARD].id
    review_months(session, [force.force, bcu], MONTH, by=board, now=NOW, count=scale)
    return Shown(
        force=force.force.code,
        bcu=bcu.code,
        area=area.code,
        team=team.code,
        neighbourhood=neighbourhood.code,
        number=posting.member.number,
        posting_id=posting.id,
        account_id=account.id,
        grant_id=session.scalars(select(Grant.id).where(Grant.account_id == account.id)).one(),
        establishment_id=establishments[0].id,
        shift_id=shifts[0].id,
        away_id=away_id,
        act_id=act_id,
        pattern_id=patterns[0].id,
        kept_id=kept.id,
        sign_in_id=elsewhere.id,
        registration_id=_trained(session, force, team).id,
        programme=_own_course(session, force),
        operation_id=ask.operation_id,
        ask_id=ask.id,
        roster_act_id=act_on_roster,
        report_id=losing.report_id,
        loss_id=losing.loss_id,
        review_id=losing.review_id,
        assignment_id=assign_patterns(session, team, patterns[0].id, today=TODAY),
        cover_rule_id=want_cover(session, area, team, today=TODAY, count=scale),
        token=give_calendar(session, team, now=NOW),
        letter_id=letter.id,
        signed=signed(letter, TODAY),
        **staffed._asdict(),
        **shared._asdict(),
        **working._asdict(),
        **known._asdict(),
        **raised._asdict(),
        **record_problems(
            session,
            force,
            team,
            posting.member,
            by=sergeant,
            now=NOW,
            today=TODAY,
            count=scale,
        )._asdict(),
        assessed=assess_problems(
            session,
            team,
            neighbourhood,
            posting.member,
            by=sergeant,
            now=NOW,
            today=TODAY,
            count=scale,
        ),
        solved=keep_library(session, team, by=sergeant, now=NOW),
        ended=sign_off(session, bcu, team, posting.member, by=force.accounts[Role.MANAGER].id, now=NOW),
        **network(session, neighbourhood, unit_at(session, known.closed), now=NOW, today=TODAY, count=scale),
        patrol=listen(
            session,
            force,
            bcu,
            team,
            neighbourhood,
            posting.member,
            reference=shared.reference,
            now=NOW,
            today=TODAY,
            count=scale,
        ),
        counting_change_id=change_what_counts(session, Shown.definition, now=NOW),
    )


def _posted(session: Session, unit: Unit, *roles: PolicingRole) -> list[Posting]:
    """The substantive postings to the unit in one of the roles."""
    is_of_unit = and_(
        Posting.unit_id == unit.id,
        Posting.role.in_(roles),
        Posting.kind == PostingKind.SUBSTANTIVE,
    )
    found = select(Posting).where(is_of_unit).order_by(Posting.id).options(joinedload(Posting.member))
    return list(session.scalars(found))


def _own_course(session: Session, force: HomeForce) -> str:
    """A programme that only this force has; its code."""
    code = f"course-{force.force.code}"
    facts = ProgrammeFacts(
        "First aid", "Keeping somebody alive until help comes.", ("First aid",), frozenset(), 30, 30
    )
    if programme_coded(session, force.force.path, code) is None:
        add_programme(session, force=force.force, code=code, facts=facts)
    return code


def _trained(session: Session, force: HomeForce, team: Unit) -> Registration:
    """Constables of the team registered for every programme, some modules done; the first registration."""
    programmes = [
        add_shipped_programme(session, force=force.force, shipped=each, needed_from=make.START)
        for each in SHIPPED_PROGRAMMES
    ]
    registrations = [
        register_member(
            session,
            member=posting.member,
            programme=programme,
            registered_on=TODAY - timedelta(days=300),
            today=TODAY,
        )
        for posting in _posted(session, team, PolicingRole.CONSTABLE)
        for programme in programmes
    ]
    first, by = registrations[0], force.accounts[Role.SERGEANT].id
    complete_modules(session, first, numbers=(1, 2), completed_on=TODAY, today=TODAY)
    verify_modules(session, first, numbers=(1,), verified_on=TODAY, account_id=by, today=TODAY)
    return first


def _instant(day: date, hour: int) -> datetime:
    return to_instant(datetime.combine(day, time(hour))).instant


def _roster(session: Session, team: Unit, scale: int) -> list[Shift]:
    """Earlies of everybody of the team, over days that end with today. The shifts of today."""
    members = [posting.member_id for posting in _posted(session, team, *ROSTERED)]
    days = [TODAY - timedelta(days=before) for before in range(2 + scale)]
    roster_shifts(
        session,
        [
            WantedShift(member, _instant(day, 7), _instant(day, 15), team.id)
            for day in days
            for member in members
        ],
    )
    today = select(Shift).where(Shift.unit_id == team.id, Shift.on_date == TODAY).order_by(Shift.id)
    return list(session.scalars(today))


def _roster_inspector(session: Session, area: Unit) -> None:
    (posting,) = _posted(session, area, PolicingRole.INSPECTOR)
    roster_shifts(session, [WantedShift(posting.member_id, _instant(TODAY, 8), _instant(TODAY, 16), area.id)])


def _taken_off(session: Session, team: Unit, shifts: list[Shift], *, by: int) -> tuple[int, int]:
    """Sickness of one of the team, response for half of it, today. Keys of an act and of time away in it."""

    def taken(of: list[Shift], reason: str, until: int) -> Act:
        return record_away(
            session,
            stamp=Stamp(by, NOW),
            unit=team,
            day=TODAY,
            entries=[AwayEntry(shift.id, _instant(TODAY, 7), _instant(TODAY, until)) for shift in of],
            reason=reason,
            note=None,
            expected={shift.id: shift.version for shift in shifts},
        )

    taken(shifts[-1:], "sickness", 15)
    half = shifts[: len(shifts) // 2]
    act = taken(half, "response", 11)
    return act.id, session.scalars(select(Away.id).where(Away.shift_id == half[0].id)).one()
