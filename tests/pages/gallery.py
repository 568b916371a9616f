"""The gallery: for each declared route, who sees it in the furnished world, and where.

A new page fails the house until it hangs here; from then on its markup, its links, its statements, its leaks
and its accessibility are looked at without another line. A button (a route that is only sent) hangs here too,
so that its door is tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from npt.access.rules import Role


@dataclass(frozen=True)
class Exhibit:
    """One way to see a page: as somebody with `role` (None: nobody signed in), of the unit that `code` names
    ("team": the furnished world's team), with these questions in its address.
    """

    role: Role | None
    code: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        asked = "&".join(f"{name}={value}" for name, value in self.query.items())
        words = ["nobody" if self.role is None else self.role.value, self.code, asked]
        return " ".join(word for word in words if word)


def _seen(role: Role | None, code: str | None = None, /, **query: str) -> Exhibit:
    return Exhibit(role, code, {name.replace("_", "-"): value for name, value in query.items()})


NOBODY = None
ADMIN, BOARD, MANAGER, INSPECTOR = Role.ADMIN, Role.BOARD, Role.MANAGER, Role.INSPECTOR
SERGEANT, OFFICER, PARTNER, HMIC = Role.SERGEANT, Role.OFFICER, Role.PARTNER, Role.HMIC
PCSO = Role.PCSO

#: The steps of a review of boundaries of the home force.
_ON = {"on_day": "16", "on_month": "11", "on_year": "2026"}
SPLIT = {"step": "which", "kind": "split", "places": "H1.1.1.1", **_ON}
SPLIT_OPENED = {
    **SPLIT,
    "step": "carry",
    **{
        f"{name}-{place}": value
        for place in (0, 1)
        for name, value in (("code", f"NEW{place}"), ("name", f"New {place}"), ("team", "H1.1.1"))
    },
}

GALLERY: dict[str, tuple[Exhibit, ...]] = {
    # Accounts
    "accounts.sign_in": (_seen(NOBODY),),
    "accounts.sign_out": (_seen(OFFICER),),
    "accounts.account": (_seen(OFFICER), _seen(ADMIN), _seen(SERGEANT)),
    "accounts.sign_out_elsewhere": (_seen(OFFICER),),
    "accounts.end_sign_in": (_seen(SERGEANT),),
    "accounts.reminders": (_seen(SERGEANT),),
    "accounts.kept": (_seen(SERGEANT),),
    # Overview: everybody's start page
    "overview.home": tuple(_seen(role) for role in Role),
    "overview.journal": (
        _seen(BOARD, "force"),
        _seen(ADMIN, "bcu", kind="viewed"),
    ),
    "overview.team": (_seen(SERGEANT), _seen(MANAGER), _seen(OFFICER), _seen(PARTNER)),
    "overview.neighbourhoods": (_seen(SERGEANT), _seen(PARTNER), _seen(BOARD)),
    "overview.people": (_seen(MANAGER), _seen(ADMIN), _seen(OFFICER), _seen(PARTNER)),
    "overview.performance": (_seen(MANAGER), _seen(OFFICER), _seen(HMIC)),
    "overview.search": (
        _seen(MANAGER, q="h"),
        _seen(SERGEANT, q="nothing of the kind"),
        _seen(PARTNER),
    ),
    "overview.unit": (
        _seen(BOARD, "force"),
        _seen(MANAGER, "bcu"),
        _seen(INSPECTOR, "area"),
        _seen(OFFICER, "team"),
        _seen(SERGEANT, "neighbourhood"),
        _seen(PARTNER, "neighbourhood"),
        _seen(PCSO, "closed"),
    ),
    "overview.alive": (_seen(NOBODY),),
    "overview.ready": (_seen(NOBODY),),
    # Organisation
    "organisation.structure": (
        _seen(ADMIN, "force"),
        _seen(MANAGER, "bcu", as_at="2012-02-29"),
        _seen(MANAGER, "bcu", as_at="no day"),
        _seen(OFFICER, "team"),
        _seen(PARTNER, "neighbourhood"),
    ),
    "organisation.new_unit": (_seen(ADMIN, "force"), _seen(ADMIN, "team"), _seen(ADMIN, "neighbourhood")),
    "organisation.correct_unit": (_seen(ADMIN, "bcu"), _seen(ADMIN, "neighbourhood")),
    "organisation.close": (_seen(ADMIN, "team"),),
    "organisation.priorities": (_seen(INSPECTOR, "area"), _seen(MANAGER, "neighbourhood")),
    "organisation.review_priority": (_seen(INSPECTOR, "neighbourhood"),),
    # Reviews of boundaries
    "reorganisation.review": (
        _seen(MANAGER, "team", **SPLIT_OPENED),
        _seen(INSPECTOR, "team", **SPLIT),
        _seen(BOARD, "bcu", step="which", kind="merge", on_day="no day", places="nothing"),
        _seen(INSPECTOR, "area"),
    ),
    # Priorities
    "priorities.priorities": (
        _seen(SERGEANT, "team"),
        _seen(MANAGER, "bcu", show="waiting"),
        _seen(HMIC, "neighbourhood", ending="no-way"),
        _seen(OFFICER, "team", show="closed", month="2026-11"),
    ),
    "priorities.new_priority": (_seen(SERGEANT, "team"),),
    "priorities.priority": (_seen(INSPECTOR, "team"), _seen(HMIC, "team")),
    "priorities.agree": (_seen(SERGEANT, "team"),),
    "priorities.correct_priority": (_seen(OFFICER, "team"),),
    "priorities.look": (_seen(OFFICER, "team"),),
    "priorities.stop": (_seen(SERGEANT, "team"),),
    "priorities.ask": (_seen(OFFICER, "team"),),
    "priorities.record": (_seen(PCSO, "team"),),
    "priorities.send": (_seen(PCSO, "team"),),
    "priorities.overrule": (_seen(INSPECTOR, "team"),),
    "priorities.new_originator": (_seen(OFFICER, "team"),),
    "priorities.correct_originator": (_seen(OFFICER, "team"),),
    "priorities.own_answer": (_seen(NOBODY),),
    # Places
    "places.unit_map": (
        _seen(ADMIN, "force", by="neighbourhood"),
        _seen(MANAGER, "bcu", by="team"),
        _seen(OFFICER, "team", as_at="no day"),
        _seen(PARTNER, "neighbourhood"),
        _seen(MANAGER, "bcu", as_at="2012-02-29"),
    ),
    "places.find": (
        _seen(NOBODY),
        _seen(NOBODY, q="Mill Lane"),
        _seen(SERGEANT, q="lu91aa"),
        _seen(NOBODY, q="LU9 1AB"),
        _seen(PARTNER, q="HOME"),
        _seen(NOBODY, q="nothing of the kind"),
        _seen(NOBODY, q="52.9, -0.1"),
    ),
    "places.locate": (_seen(NOBODY, q="52.005,-0.495"),),
    # People
    "people.members": (
        _seen(MANAGER, "bcu"),
        _seen(SERGEANT, "team", role="constable"),
        _seen(BOARD, "force", as_at="2008-03-31"),
        _seen(BOARD, "force", as_at="no day"),
    ),
    "people.member": (_seen(SERGEANT, "team"), _seen(ADMIN, "force")),
    "people.held": (_seen(MANAGER, "team"),),
    "people.new_member": (_seen(MANAGER, "team"),),
    "people.correct_member": (_seen(MANAGER, "team"),),
    "people.new_posting": (_seen(MANAGER, "area"),),
    "people.correct_posting": (_seen(MANAGER, "team"),),
    "people.end_of_posting": (_seen(MANAGER, "team"),),
    "people.new_specialist": (_seen(MANAGER, "team"),),
    "people.correct_specialist": (_seen(MANAGER, "team"),),
    "people.remove_specialist_mark": (_seen(MANAGER, "team"),),
    "people.new_line_manager": (_seen(MANAGER, "team"),),
    "people.correct_line_manager": (_seen(MANAGER, "team"),),
    "people.remove_line_manager": (_seen(MANAGER, "team"),),
    "people.accounts": (_seen(ADMIN, "force"), _seen(ADMIN, "team")),
    "people.account": (_seen(ADMIN, "team"),),
    "people.new_account": (_seen(ADMIN, "bcu"),),
    "people.new_grant": (_seen(ADMIN, "bcu"),),
    "people.new_password": (_seen(ADMIN, "team"),),
    "people.account_member": (_seen(ADMIN, "team"),),
    "people.revoke": (_seen(ADMIN, "team"),),
    "people.close": (_seen(ADMIN, "team"),),
    "people.address_works": (_seen(ADMIN, "team"),),
    # Categories
    "categories.categories_list": (_seen(BOARD), _seen(PARTNER)),
    "categories.new_category": (_seen(BOARD),),
    "categories.change_category": (_seen(BOARD),),
    # Engagement
    "engagement.new_contact": (_seen(PCSO),),
    "phone.on_this_phone": (_seen(NOBODY),),
    "phone.worker": (_seen(NOBODY),),
    "engagement.contacts": (
        _seen(PCSO, "team", category="noise", ethnicity="A", answer="yes"),
        _seen(HMIC, "force"),
        _seen(MANAGER, "bcu", ethnicity="not-asked"),
    ),
    "engagement.contact": (_seen(OFFICER, "neighbourhood"), _seen(HMIC, "force")),
    "engagement.correct_contact": (_seen(PCSO, "team"),),
    "engagement.remove": (_seen(OFFICER, "team"),),
    "engagement.five_a_day": (
        _seen(SERGEANT, "team", show="not-recorded"),
        _seen(HMIC, "force"),
        _seen(MANAGER, "bcu", show="abstracted"),
    ),
    "engagement.mix": (_seen(SERGEANT, "team"), _seen(HMIC, "force")),
    "engagement.check_mix": (_seen(SERGEANT, "team"),),
    "engagement.not_heard": (_seen(PCSO, "team"), _seen(HMIC, "force")),
    "engagement.asking_targets": (_seen(MANAGER, "bcu"),),
    "engagement.asked_nobody": (_seen(PCSO),),
    "engagement.new_patrol": (_seen(PCSO),),
    "engagement.patrols": (_seen(SERGEANT, "team", mode="foot"), _seen(HMIC, "bcu", mode="bus")),
    "engagement.correct_patrol": (_seen(PCSO, "team"),),
    "engagement.withdraw_patrol": (_seen(OFFICER, "team"),),
    # Letters
    "outbox.letters": (
        _seen(ADMIN, "force"),
        _seen(Role.COMMUNICATIONS, "force", state="uncertain", to="visited"),
        _seen(BOARD, "team", state="given-up", topic="newsletter"),
    ),
    "outbox.letter": (_seen(ADMIN, "force"), _seen(Role.COMMUNICATIONS, "force")),
    "outbox.again": (_seen(ADMIN, "force"),),
    "outbox.counted": (_seen(ADMIN, "force"),),
    "outbox.address_works": (_seen(OFFICER),),
    "outbox.stop": (_seen(NOBODY), _seen(OFFICER)),
    # Partners
    "partners.agencies": (
        _seen(BOARD),
        _seen(OFFICER, group="cdrp"),
        _seen(HMIC, as_at="1999-12-31"),
        _seen(ADMIN, as_at="no day"),
    ),
    "partners.agency": (_seen(ADMIN), _seen(MANAGER), _seen(SERGEANT)),
    "partners.new_agency": (_seen(ADMIN),),
    "partners.correct_agency": (_seen(MANAGER),),
    "partners.close_agency": (_seen(MANAGER),),
    "partners.new_group": (_seen(ADMIN),),
    "partners.rename_group": (_seen(ADMIN),),
    "partners.join_group": (_seen(BOARD),),
    "partners.correct_membership": (_seen(BOARD),),
    "partners.seen": (_seen(MANAGER), _seen(OFFICER, as_at="2012-02-29"), _seen(HMIC, as_at="no day")),
    "partners.carry_over": (_seen(SERGEANT),),
    "partners.partner_accounts": (_seen(ADMIN, "force"), _seen(MANAGER, "team", show="without-agency")),
    "partners.partner_account": (_seen(MANAGER, "team"),),
    "partners.act_for": (_seen(MANAGER, "team"),),
    "partners.renew_vetting": (_seen(ADMIN, "bcu"),),
    "partners.leave": (_seen(MANAGER, "team"),),
    "partners.shares": (_seen(SERGEANT), _seen(MANAGER)),
    "partners.share": (_seen(SERGEANT),),
    "partners.invite": (_seen(SERGEANT),),
    "partners.extend": (_seen(SERGEANT),),
    "partners.confirm": (_seen(SERGEANT),),
    "partners.withdraw": (_seen(SERGEANT),),
    "partners.unit_shares": (
        _seen(SERGEANT, "team"),
        _seen(MANAGER, "bcu"),
        _seen(BOARD, "force", show="ending"),
    ),
    "partners.resident": (_seen(NOBODY),),
    # Staffing
    "staffing.staffing": (_seen(BOARD, "force"), _seen(OFFICER, "team", as_at="2012-02-29")),
    "staffing.establishment": (
        _seen(HMIC, "bcu"),
        _seen(MANAGER, "bcu", role="constable"),
        _seen(MANAGER, "bcu", as_at="no day"),
    ),
    "staffing.new_establishment": (_seen(MANAGER, "bcu"),),
    "staffing.correct_establishment": (_seen(MANAGER, "team"),),
    "staffing.history": (_seen(MANAGER, "bcu"), _seen(HMIC, "force", role="constable")),
    "staffing.trend": (_seen(BOARD, "force"), _seen(OFFICER, "team", as_at="2012-02-29")),
    "staffing.vacancies": (
        _seen(MANAGER, "bcu"),
        _seen(OFFICER, "team", role="pcso"),
        _seen(HMIC, "force", as_at="no day"),
    ),
    "staffing.succession": (_seen(MANAGER, "bcu"), _seen(SERGEANT, "team", within="180", role="constable")),
    "staffing.temporary": (_seen(MANAGER, "bcu"), _seen(SERGEANT, "team"), _seen(BOARD, "force")),
    "staffing.supervision": (_seen(BOARD, "force"), _seen(OFFICER, "team"), _seen(HMIC, "bcu")),
    "staffing.new_limit": (_seen(BOARD, "force"),),
    "staffing.correct_limit": (_seen(BOARD, "force"),),
    "staffing.specialists": (_seen(MANAGER, "bcu"), _seen(SERGEANT, "team"), _seen(HMIC, "force")),
    "staffing.students": (
        _seen(BOARD, "force"),
        _seen(SERGEANT, "team"),
        _seen(OFFICER, "team", as_at="2012-02-29"),
    ),
    "staffing.new_student_rule": (_seen(BOARD, "force"),),
    "staffing.correct_student_rule": (_seen(BOARD, "force"),),
    "staffing.volunteers": (_seen(MANAGER, "bcu"), _seen(OFFICER, "team"), _seen(BOARD, "force")),
    "staffing.time_given": (
        _seen(SERGEANT, "team"),
        _seen(MANAGER, "bcu", work="event"),
        _seen(SERGEANT, "team", as_at="no day"),
    ),
    "staffing.new_target": (_seen(MANAGER, "bcu"),),
    "staffing.correct_target": (_seen(MANAGER, "bcu"),),
    "staffing.remove_from_plan": (_seen(MANAGER, "bcu"),),
    "staffing.contacts": (_seen(SERGEANT, "neighbourhood"), _seen(HMIC, "bcu"), _seen(MANAGER, "bcu")),
    "staffing.new_contact": (_seen(SERGEANT, "neighbourhood"),),
    "staffing.correct_contact": (_seen(SERGEANT, "neighbourhood"),),
    "staffing.picture": (_seen(PARTNER, "neighbourhood"),),
    "staffing.photo": (_seen(SERGEANT, "neighbourhood"),),
    "staffing.drop_photo": (_seen(SERGEANT, "neighbourhood"),),
    # Communities
    "communities.communities": (
        _seen(SERGEANT, "neighbourhood"),
        _seen(HMIC, "force"),
        _seen(OFFICER, "team", as_at="no day"),
        _seen(PCSO, "closed"),
    ),
    "communities.community": (_seen(PCSO, "neighbourhood"), _seen(HMIC, "neighbourhood")),
    "communities.new_community": (_seen(PCSO, "neighbourhood"), _seen(SERGEANT, "team")),
    "communities.correct_community": (_seen(SERGEANT, "neighbourhood"),),
    "communities.new_share": (_seen(SERGEANT, "neighbourhood"),),
    "communities.new_flag": (_seen(PCSO, "neighbourhood"),),
    "communities.correct_flag": (_seen(SERGEANT, "neighbourhood"),),
    "communities.remove_flag": (_seen(SERGEANT, "neighbourhood"),),
    "communities.confirm": (_seen(SERGEANT, "neighbourhood"),),
    "communities.sign_none": (_seen(SERGEANT, "neighbourhood"),),
    "communities.said": (
        _seen(INSPECTOR, "area"),
        _seen(HMIC, "force", show="all"),
        _seen(SERGEANT, "neighbourhood"),
        _seen(OFFICER, "team", as_at="no day"),
    ),
    "communities.population": (
        _seen(SERGEANT, "neighbourhood"),
        _seen(HMIC, "force"),
        _seen(OFFICER, "team", as_at="2008-05-01"),
        _seen(OFFICER, "team", as_at="no day"),
    ),
    "communities.new_population": (_seen(SERGEANT, "neighbourhood"), _seen(SERGEANT, "team")),
    "communities.correct_population": (_seen(SERGEANT, "neighbourhood"),),
    "communities.remove_population": (_seen(SERGEANT, "neighbourhood"),),
    "communities.specialists": (
        _seen(MANAGER, "bcu"),
        _seen(PCSO, "neighbourhood"),
        _seen(OFFICER, "team", as_at="no day"),
    ),
    "communities.new_specialist_contact": (_seen(MANAGER, "bcu"),),
    "communities.correct_specialist_contact": (_seen(MANAGER, "bcu"),),
    "communities.carry": (_seen(SERGEANT, "closed"),),
    # Key individuals
    "kin.individuals": (
        _seen(SERGEANT, "neighbourhood"),
        _seen(MANAGER, "bcu", show="not-seen"),
        _seen(HMIC, "force", sector="faith"),
        _seen(OFFICER, "team", status="no day"),
        _seen(PCSO, "closed"),
    ),
    "kin.individual": (_seen(PCSO, "neighbourhood"), _seen(MANAGER, "neighbourhood")),
    "kin.new_individual": (_seen(PCSO, "neighbourhood"), _seen(OFFICER, "team")),
    "kin.correct_individual": (_seen(PCSO, "neighbourhood"),),
    "kin.consent": (_seen(OFFICER, "neighbourhood"),),
    "kin.leave": (_seen(OFFICER, "neighbourhood"),),
    "kin.keep": (_seen(OFFICER, "neighbourhood"),),
    "kin.send_link": (_seen(PCSO, "neighbourhood"),),
    "kin.merge": (_seen(SERGEANT, "neighbourhood"),),
    "kin.carry": (_seen(SERGEANT, "closed"),),
    "kin.mix": (
        _seen(SERGEANT, "team"),
        _seen(HMIC, "force", quarter="2026-Q3"),
        _seen(PCSO, "neighbourhood", quarter="no day"),
    ),
    "kin.own_record": (_seen(NOBODY),),
    "kin.leave_own": (_seen(NOBODY),),
    # Incidents and profiles
    "incidents.counts": (
        _seen(SERGEANT, "neighbourhood", category="asb"),
        _seen(HMIC, "force"),
        _seen(PCSO, "closed"),
    ),
    "incidents.incidents": (_seen(SERGEANT, "team", category="asb"), _seen(HMIC, "force", period="lately")),
    "incidents.repeats": (_seen(SERGEANT, "neighbourhood"), _seen(Role.ANALYST, "bcu")),
    "incidents.repeat_rule": (_seen(BOARD, "force"), _seen(ADMIN, "force")),
    "overview.profile": (
        _seen(SERGEANT, "neighbourhood"),
        _seen(HMIC, "force"),
        _seen(OFFICER, "team"),
        _seen(PCSO, "closed"),
    ),
    "profiles.profiles": (_seen(INSPECTOR, "area"), _seen(HMIC, "force", show="overdue", as_at="no day")),
    "profiles.part": (_seen(SERGEANT, "neighbourhood", version="1"), _seen(HMIC, "neighbourhood")),
    "profiles.write": (_seen(PCSO, "neighbourhood"),),
    "profiles.restore": (_seen(SERGEANT, "neighbourhood"),),
    "profiles.keeping": (_seen(SERGEANT, "neighbourhood"),),
    "profiles.sign": (_seen(SERGEANT, "neighbourhood"),),
    "profiles.carry": (_seen(SERGEANT, "closed"),),
    # Performance
    "performance.month": (
        _seen(BOARD, "force"),
        _seen(MANAGER, "bcu", definition="all-time-lost", **{"with": "inspectorate"}),
        _seen(OFFICER, "team"),
    ),
    "performance.headroom": (
        _seen(MANAGER, "bcu"),
        _seen(INSPECTOR, "area", members="1", hours="2", from_day="16", from_month="11", from_year="2026"),
        _seen(OFFICER, "team", month="2026-10", definition="all-time-lost"),
        _seen(HMIC, "force", month="no day"),
    ),
    "performance.month_csv": (_seen(MANAGER, "bcu"),),
    "performance.month_xlsx": (_seen(MANAGER, "bcu"),),
    "performance.cover": (
        _seen(MANAGER, "bcu"),
        _seen(PARTNER, "bcu", show="flagged"),
        _seen(SERGEANT, "team", show="without"),
        _seen(OFFICER, "neighbourhood", as_at="no day"),
    ),
    "performance.records": (
        _seen(MANAGER, "bcu", group="officers", **{"with": "inspectorate"}),
        _seen(SERGEANT, "team", show="absence"),
        _seen(HMIC, "force", show="shifts"),
        _seen(OFFICER, "team", show="absence"),
    ),
    "performance.review": (
        _seen(MANAGER, "bcu"),
        _seen(SERGEANT, "team", judged="avoidable"),
        _seen(HMIC, "force", judged="not-reviewed"),
    ),
    "performance.mark": (_seen(MANAGER, "bcu"),),
    "performance.undo_review": (_seen(MANAGER, "bcu"),),
    "performance.losses": (_seen(MANAGER, "bcu"), _seen(HMIC, "force", kind="patrol")),
    # Duty
    "duty.day": (_seen(SERGEANT, "team"), _seen(OFFICER, "team"), _seen(INSPECTOR, "area")),
    "duty.record": (_seen(SERGEANT, "team"),),
    "duty.headroom_json": (_seen(SERGEANT, "team"),),
    "duty.confirmations": (
        _seen(MANAGER, "bcu", show="open"),
        _seen(SERGEANT, "team", week="2026-11-09"),
    ),
    "counting.reasons_list": (_seen(BOARD), _seen(PARTNER)),
    "counting.new_reason": (_seen(BOARD),),
    "counting.change_reason": (_seen(BOARD),),
    "counting.definitions_list": (_seen(BOARD), _seen(OFFICER)),
    "counting.definition": (_seen(BOARD), _seen(HMIC)),
    "counting.new_definition": (_seen(BOARD),),
    "counting.change_definition": (_seen(BOARD),),
    "counting.change_counting": (_seen(BOARD),),
    "counting.put_back": (_seen(BOARD),),
    "duty.confirm": (_seen(SERGEANT, "team"),),
    "duty.confirm_early": (_seen(SERGEANT, "team"),),
    "duty.withdraw": (_seen(SERGEANT, "team"),),
    "duty.undo": (_seen(SERGEANT, "team"),),
    "duty.correct": (_seen(SERGEANT, "team"),),
    "duty.remove": (_seen(SERGEANT, "team"),),
    "duty.repeat": (_seen(SERGEANT, "team"),),
    "duty.back": (_seen(SERGEANT, "team"),),
    "duty.lost": (_seen(SERGEANT, "team"),),
    "duty.drop_loss": (_seen(SERGEANT, "team"),),
    "duty.answer": (_seen(SERGEANT, "team"),),
    "reporting.my_abstractions": (_seen(PCSO), _seen(MANAGER)),
    "reporting.report": (_seen(PCSO), _seen(MANAGER)),
    "reporting.end_report": (_seen(PCSO),),
    "reporting.withdraw_report": (_seen(PCSO),),
    "reporting.come_back": (_seen(PCSO),),
    "duty.roster": (_seen(OFFICER, "team"), _seen(SERGEANT, "team", days="28")),
    "duty.patterns": (_seen(SERGEANT, "team"), _seen(OFFICER, "team")),
    "duty.add_pattern": (_seen(SERGEANT, "team"),),
    "duty.assign_pattern": (_seen(SERGEANT, "team"),),
    "duty.add_shift": (_seen(SERGEANT, "team"),),
    "duty.change_shift": (_seen(SERGEANT, "team"),),
    "duty.remove_shift": (_seen(SERGEANT, "team"),),
    # Rostering
    "rostering.edit": (
        _seen(SERGEANT, "team"),
        _seen(SERGEANT, "team", days="month"),
        _seen(INSPECTOR, "area", days="28"),
    ),
    "rostering.undo": (_seen(SERGEANT, "team"),),
    "rostering.absence": (_seen(SERGEANT, "team"),),
    "rostering.assignments": (
        _seen(SERGEANT, "team"),
        _seen(OFFICER, "team", as_at="2026-10-01"),
        _seen(OFFICER, "team", as_at="no day"),
    ),
    "rostering.change_assignment": (_seen(SERGEANT, "team"),),
    "interchange.calendar": (_seen(SERGEANT, "team"),),
    "rostering.wall": (_seen(OFFICER, "team"),),
    "rostering.my_shifts": (_seen(Role.PCSO), _seen(PARTNER)),
    "rostering.make_calendar": (_seen(OFFICER),),
    "rostering.revoke_calendar": (_seen(OFFICER),),
    "rostering.calendar": (_seen(NOBODY),),
    "rostering.cover": (_seen(OFFICER, "team"), _seen(MANAGER, "bcu")),
    "rostering.cover_shifts": (_seen(OFFICER, "team"),),
    "rostering.add_cover": (_seen(INSPECTOR, "team"),),
    "rostering.change_cover": (_seen(INSPECTOR, "team"),),
    "rostering.remove_cover": (_seen(INSPECTOR, "team"),),
    # Operations
    "operations.operations": (_seen(INSPECTOR, "area"), _seen(SERGEANT, "team"), _seen(BOARD, "force")),
    "operations.new_operation": (_seen(INSPECTOR, "area"),),
    "operations.operation": (_seen(INSPECTOR, "area"), _seen(SERGEANT, "team"), _seen(MANAGER, "bcu")),
    "operations.muster": (_seen(INSPECTOR, "area"), _seen(SERGEANT, "team")),
    "operations.correct": (_seen(INSPECTOR, "area"),),
    "operations.ask": (_seen(INSPECTOR, "area"),),
    "operations.choose": (_seen(INSPECTOR, "area"),),
    "operations.drop": (_seen(INSPECTOR, "area"),),
    "operations.commit": (_seen(INSPECTOR, "area"),),
    "operations.cancel": (_seen(INSPECTOR, "area"),),
    # Actions and clocks
    "overview.actions": (_seen(SERGEANT), _seen(MANAGER), _seen(HMIC), _seen(PARTNER)),
    "work.my_actions": (_seen(PCSO), _seen(PARTNER), _seen(MANAGER)),
    "work.my_action": (_seen(PCSO),),
    "work.move_mine": (_seen(PCSO),),
    "work.register": (
        _seen(SERGEANT, "team"),
        _seen(MANAGER, "bcu", state="all", due="overdue", sort="-cost"),
        _seen(HMIC, "force", kind="document", without_owner="yes"),
        _seen(OFFICER, "team", due="no day"),
    ),
    "work.board": (_seen(SERGEANT, "team"), _seen(HMIC, "bcu")),
    "work.action": (_seen(SERGEANT, "team"), _seen(HMIC, "force"), _seen(PCSO, "team")),
    "work.move": (_seen(SERGEANT, "team"),),
    "work.progress": (_seen(SERGEANT, "team"),),
    "work.new_action": (_seen(SERGEANT, "team"), _seen(MANAGER, "bcu")),
    "work.correct": (_seen(SERGEANT, "team"),),
    "work.assign": (_seen(SERGEANT, "team"), _seen(MANAGER, "bcu", due="overdue")),
    "work.clocks": (
        _seen(SERGEANT, "team"),
        _seen(HMIC, "force", show="breaches"),
        _seen(OFFICER, "team", show="paused-long"),
    ),
    "work.clock": (_seen(SERGEANT, "team"), _seen(HMIC, "bcu")),
    "work.new_clock": (_seen(SERGEANT, "team"),),
    "work.correct_clock": (_seen(SERGEANT, "team"),),
    "work.pause": (_seen(SERGEANT, "team"),),
    "work.resume": (_seen(SERGEANT, "team"),),
    "work.end": (_seen(SERGEANT, "team"),),
    # Training
    "training.training": (
        _seen(BOARD, "force", programme="certificate", standing="due"),
        _seen(SERGEANT, "team"),
        _seen(HMIC, "bcu", programme="sara"),
        _seen(MANAGER, "bcu", as_at="no day"),
        _seen(OFFICER, "neighbourhood", as_at="2012-02-29"),
    ),
    "training.figures_csv": (_seen(HMIC, "force"),),
    "training.figures_xlsx": (_seen(MANAGER, "bcu"),),
    "training.members_csv": (_seen(MANAGER, "bcu"),),
    "training.members_xlsx": (_seen(SERGEANT, "team"),),
    "training.record": (_seen(SERGEANT, "team"), _seen(BOARD, "force")),
    "training.register": (_seen(SERGEANT, "team"),),
    "training.complete": (_seen(SERGEANT, "team"),),
    "training.verify": (_seen(SERGEANT, "team"),),
    "training.ask": (_seen(INSPECTOR, "team"),),
    "training.grant": (_seen(MANAGER, "team"),),
    "training.correct": (_seen(SERGEANT, "team"),),
    "training.correct_module": (_seen(SERGEANT, "team"),),
    "training.my_training": (_seen(Role.PCSO), _seen(OFFICER), _seen(PARTNER)),
    "training.many": (_seen(SERGEANT, "team"), _seen(MANAGER, "bcu", standing="due")),
    "training.programmes": (_seen(BOARD, "force"), _seen(OFFICER, "team")),
    "training.new_programme": (_seen(BOARD, "force"),),
    "training.correct_programme": (_seen(BOARD, "force"),),
    "training.take_over": (_seen(BOARD, "force"),),
    # Documents
    # Problems
    "problems.problems": (_seen(OFFICER, "team"), _seen(BOARD, "force"), _seen(SERGEANT, "neighbourhood")),
    "problems.board": (_seen(OFFICER, "team"), _seen(HMIC, "force")),
    "problems.search": (
        _seen(OFFICER, q="mopeds"),
        _seen(PARTNER, q="litter"),
        _seen(MANAGER, q="?!"),
        _seen(Role.CALLTAKER),
    ),
    "problems.new_problem": (_seen(OFFICER),),
    "problems.keyed": (_seen(SERGEANT, "team"),),
    "problems.problem": (_seen(OFFICER), _seen(HMIC), _seen(PARTNER)),
    "problems.scanning": (_seen(OFFICER),),
    "problems.analysis": (_seen(OFFICER),),
    "problems.response": (_seen(SERGEANT),),
    "problems.stage": (_seen(OFFICER),),
    "problems.owner": (_seen(SERGEANT),),
    "problems.new_evidence": (_seen(OFFICER),),
    "problems.evidence_file": (_seen(OFFICER), _seen(PARTNER)),
    "problems.remove_file": (_seen(OFFICER),),
    "problems.sensitive": (_seen(OFFICER),),
    "problems.links": (_seen(OFFICER),),
    "problems.assessment": (_seen(OFFICER),),
    "problems.close": (_seen(SERGEANT),),
    "problems.score": (_seen(SERGEANT),),
    "documents.documents": (
        _seen(MANAGER, "bcu"),
        _seen(SERGEANT, "team", kind="strategy"),
        _seen(HMIC, "force", words="nothing of the kind", show="all"),
    ),
    "documents.new_document": (_seen(MANAGER, "bcu"),),
    "documents.document": (_seen(MANAGER, "team"), _seen(OFFICER, "team"), _seen(BOARD, "team")),
    "documents.referred": (_seen(PARTNER),),
    "documents.referred_file": (_seen(PARTNER), _seen(MANAGER)),
    "documents.file": (_seen(MANAGER, "team"), _seen(OFFICER, "team")),
    "documents.correct": (_seen(MANAGER, "team"),),
    "documents.new_version": (_seen(SERGEANT, "team"),),
    "documents.withdraw": (_seen(MANAGER, "team"),),
    "documents.hand_over": (_seen(MANAGER, "team"),),
    "documents.back": (_seen(MANAGER, "team"),),
    "documents.remove": (_seen(MANAGER, "team"),),
    # The interface for programs
    "api.openapi": (_seen(NOBODY),),
    "api.units": (_seen(BOARD), _seen(PARTNER)),
    "api.staffing": (_seen(MANAGER, "bcu"), _seen(HMIC, "force", as_at="2012-02-29")),
    "api.engagement": (_seen(HMIC, "force", month="2026-11"), _seen(PCSO, "team", month="2026-10")),
    "api.kin": (_seen(MANAGER, "bcu"), _seen(HMIC, "force")),
    "api.specialists": (_seen(MANAGER, "bcu"), _seen(HMIC, "force", as_at="2012-02-29")),
    "api.students": (_seen(MANAGER, "bcu"), _seen(OFFICER, "team")),
    "api.rates": (
        _seen(HMIC, "force", month="2026-11", each="team"),
        _seen(OFFICER, "team", month="2026-11", by="reason"),
    ),
    "api.headroom": (
        _seen(HMIC, "force", month="2026-11", each="team"),
        _seen(OFFICER, "team", month="2026-10"),
    ),
    "api.duty": (_seen(MANAGER, "bcu", month="2026-11"), _seen(OFFICER, "team", month="2026-11")),
    "api.actions": (_seen(MANAGER, "bcu"), _seen(OFFICER, "team")),
    "api.problems": (_seen(MANAGER, "bcu"), _seen(OFFICER, "team")),
    "api.push_problems": (_seen(SERGEANT),),
    "api.losses": (_seen(MANAGER, "bcu", month="2026-11"), _seen(OFFICER, "team", month="2026-11")),
    "api.verdicts": (_seen(MANAGER, "bcu", month="2026-11"), _seen(OFFICER, "team", month="2026-11")),
    "api.priorities": (_seen(HMIC, "force"), _seen(OFFICER, "team")),
    "api.away": (_seen(MANAGER, "bcu", month="2026-11"), _seen(SERGEANT, "team", month="2026-11")),
    "api.push_duty": (_seen(SERGEANT),),
    "api.push_away": (_seen(SERGEANT),),
    "api.push_incidents": (_seen(Role.ANALYST),),
    "api.incidents": (_seen(HMIC, "force", month="2026-10"), _seen(OFFICER, "team", month="2020-01")),
    # The style guide
    "webkit.components": (_seen(NOBODY),),
}

#: Forms that carry neither a submission key nor a version, and why sending one twice does no harm.
KEYLESS: dict[str, str] = {
    "outbox.stop": "whoever stops letters twice has stopped them, and a mail program has no key",
    "accounts.sign_in": "nobody is signed in yet whose key it could be, and signing in twice is harmless",
    "accounts.account": "a password that is set twice is the same password",
    "people.account_member": "a member who is linked twice is linked",
    "people.new_password": "a password that is set twice is the same password",
}

#: Routes that are open to whoever has their address, and why: it names nobody's place, and cannot be guessed.
SECRET_ADDRESSES: dict[str, str] = {
    "outbox.stop": "a mail program cannot sign in; tests/pages/test_letters.py tries its door",
    "rostering.calendar": "a phone cannot sign in; tests/pages/test_my_shifts.py tries its door",
    "partners.resident": "a resident has no account; tests/pages/test_residents.py tries its door",
    "priorities.own_answer": "whoever raised it has no account: tests/pages/test_priorities_own.py",
    "kin.own_record": "a key individual has no account; tests/pages/test_kin_own_record.py tries its door",
    "kin.leave_own": "a key individual has no account; tests/pages/test_kin_own_record.py tries its door",
}

#: Pages whose buttons do nothing, and why.
EXAMPLES: dict[str, str] = {
    "webkit.components": "the style guide shows forms, and nobody sends them",
}
