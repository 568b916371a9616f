"""What there is to look at, in words: a line each, which opens the records."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Viewer
from npt.communities.forms import Sought as SoughtSaid
from npt.documents.queries import infected_of
from npt.engagement.rules import COMMUNITY_SILENT_AFTER
from npt.kin.queries import Attention
from npt.kin.rules import Status
from npt.organisation.forms import DUE
from npt.organisation.rules import Lineage
from npt.overview.concerns import DAYS_AHEAD, Concerns
from npt.overview.priority_tasks import priority_tasks
from npt.partners.forms import SoughtAccounts, SoughtShares
from npt.partners.models import Share
from npt.partners.wording import shared_with
from npt.profiles.forms import Sought as SoughtProfiles
from npt.profiles.wording import kept_in_words
from npt.staffing.wording import empty_posts_in_words
from npt.training.rules import Sought
from npt.webkit.filters import day, number, plural
from npt.webkit.parts import Task

#: From this age on an empty post is urgent, in days. The source gives none; this is ours.
LONG_VACANT = 90


def tasks_of(concerns: Concerns, today: date) -> list[Task]:
    """The lines of a unit; none when there is nothing to look at."""
    return [
        *_posts(concerns, today),
        *_contacts(concerns),
        *priority_tasks(concerns.unit, concerns.agreed, may_overrule=concerns.may_overrule),
        *_communities(concerns),
        *_priorities(concerns),
        *_key_individuals(concerns),
        *_profiles(concerns),
        *_left_behind(concerns),
        *_training(concerns),
        *_partners(concerns, today),
    ]


def infected_files(session: Session, viewer: Viewer) -> list[Task]:
    """The files that the viewer added, may still see, and a virus scanner found infected since."""
    return [
        Task(
            f"A file that you added is infected: {title}",
            url_for("documents.document", code=Lineage.parse(path).code, reference=reference),
            "infected",
            "Nobody can download it. Tell your IT service desk, and remove the file.",
            is_urgent=True,
        )
        for reference, path, title in infected_of(session, viewer.account_id)
        if viewer.may(Permission.SEE_DOCUMENTS, path)
    ]


def _posts(concerns: Concerns, today: date) -> Iterator[Task]:
    code = concerns.unit.code
    if concerns.vacancies:
        oldest = concerns.vacancies[0]
        yield Task(
            "Empty posts",
            url_for("staffing.vacancies", code=code),
            empty_posts_in_words(concerns.vacancies),
            f"Oldest since {day(oldest.shortage.since)}: {number(oldest.shortage.vacancy)} of"
            f" {number(oldest.establishment)} {oldest.role.plural}, {oldest.unit.name}.",
            is_urgent=oldest.shortage.days(today) >= LONG_VACANT,
        )
    broken = concerns.ratios.breaches if concerns.ratios is not None else ()
    if broken and concerns.ratios is not None:
        limit = concerns.ratios.limit
        most = "" if limit is None else f" more than {number(limit.people)} to a sergeant, or"
        yield Task(
            "Supervision over the limit",
            url_for("staffing.supervision", code=code),
            plural(len(broken), "unit"),
            f"Constables and PCSOs:{most} no one to supervise them.",
            is_urgent=True,
        )
    if concerns.endings:
        first = concerns.endings[0]
        uncovered = sum(not each.covered_by for each in concerns.endings)
        yield Task(
            "Postings ending",
            url_for("staffing.succession", code=code),
            plural(len(concerns.endings), "posting"),
            f"Within {DAYS_AHEAD} days, the first on {day(first.ends_on)};"
            f" {uncovered or 'none'} with no one to follow.",
            is_urgent=uncovered > 0,
        )


def _contacts(concerns: Concerns) -> Iterator[Task]:
    if concerns.without_contact:
        yield Task(
            "Neighbourhoods whose contact is away",
            url_for("performance.cover", code=concerns.unit.code, show="flagged"),
            f"{concerns.without_contact} of {concerns.neighbourhoods}",
            "No contact yet, or the contact is away today or has left.",
            is_urgent=True,
        )


def _priorities(concerns: Concerns) -> Iterator[Task]:
    if concerns.priorities:
        first = concerns.priorities[0]
        yield Task(
            "Priority classes to review",
            url_for("organisation.priorities", code=concerns.unit.code, show=DUE),
            plural(len(concerns.priorities), "neighbourhood"),
            f"Once in 12 months; {first.neighbourhood.name} has been due since {day(first.due_on)}.",
        )


def _communities(concerns: Concerns) -> Iterator[Task]:
    code = concerns.unit.code
    to_confirm = [each for each in concerns.unsaid if each.to_confirm]
    if to_confirm:
        first = min(lapsed.silent_from for each in to_confirm for lapsed in each.to_confirm)
        yield Task(
            "Communities to re-confirm",
            url_for("communities.said", code=code, show=SoughtSaid.LAPSED.value),
            plural(len(to_confirm), "neighbourhood"),
            f"Last said more than 12 months ago, the first of them to re-confirm since {day(first)}.",
        )
    silent = [each for each in concerns.unsaid if each.is_silent]
    if silent:
        yield Task(
            "Vulnerable or emerging communities not said",
            url_for("communities.said", code=code, show=SoughtSaid.SILENT.value),
            plural(len(silent), "neighbourhood"),
            "Nobody has recorded them, or signed that there are none.",
        )
    if concerns.not_spoken_to:
        yield Task(
            "Communities nobody has spoken to",
            url_for("engagement.not_heard", code=code),
            plural(concerns.not_spoken_to, "community", "communities"),
            f"No contact for more than {COMMUNITY_SILENT_AFTER.days} days.",
        )


def _key_individuals(concerns: Concerns) -> Iterator[Task]:
    code, waiting = concerns.unit.code, concerns.kin
    if waiting.not_seen:
        yield Task(
            "Key individuals not seen",
            url_for("kin.individuals", code=code, show=Attention.NOT_SEEN.value),
            plural(waiting.not_seen, "person", "people"),
            "Nobody has met them for 90 days.",
        )
    if waiting.proposed:
        yield Task(
            "Key individuals proposed",
            url_for("kin.individuals", code=code, status=Status.PROPOSED.value),
            plural(waiting.proposed, "person", "people"),
            "Ask them, then accept them into the network or end the record.",
        )
    if waiting.to_review:
        yield Task(
            "Records of key individuals to keep or end",
            url_for("kin.individuals", code=code, show=Attention.TO_REVIEW.value),
            plural(waiting.to_review, "record"),
            "Nobody has said for 12 months that they are still needed.",
        )


def _profiles(concerns: Concerns) -> Iterator[Task]:
    if concerns.overdue_profiles:
        first = concerns.overdue_profiles[0]
        how = kept_in_words(first)
        yield Task(
            "Profiles overdue",
            url_for("profiles.profiles", code=concerns.unit.code, show=SoughtProfiles.OVERDUE.value),
            plural(len(concerns.overdue_profiles), "neighbourhood"),
            f"{first.neighbourhood.name}: {how[0].lower()}{how[1:]}.",
        )


def _left_behind(concerns: Concerns) -> Iterator[Task]:
    """A line for each closed unit and each kind of record that it still has."""
    for units, what, endpoint, unsaid in (
        (concerns.left_behind, "Communities", "communities.communities", "where its communities live now"),
        (concerns.kin_left_behind, "Key individuals", "kin.carry", "where its key individuals belong now"),
        (concerns.words_left, "Profile", "overview.profile", "where the words of its profile go"),
        (concerns.priorities_left, "Priorities", "priorities.carry", "which team solves its priorities"),
    ):
        for unit in units:
            yield Task(
                f"{what} of {unit.name} to carry over",
                url_for(endpoint, code=unit.code),
                "closed",
                f"The {unit.level.wording} has closed, and nobody has said {unsaid}.",
            )


def _training(concerns: Concerns) -> Iterator[Task]:
    code = concerns.unit.code
    if concerns.to_verify:
        yield Task(
            "Training to verify",
            url_for("training.training", code=code, standing=Sought.TO_VERIFY.value, _anchor="members"),
            plural(concerns.to_verify, "member"),
            "Completed modules to be verified.",
        )
    if concerns.due:
        yield Task(
            "Training due",
            url_for("training.training", code=code, standing=Sought.DUE.value, _anchor="members"),
            plural(concerns.due, "member"),
            "They need a programme, have stalled in one, or their verification is expiring.",
        )


def _partners(concerns: Concerns, today: date) -> Iterator[Task]:
    code = concerns.unit.code
    if concerns.vetting:
        first = concerns.vetting[0]
        ended = sum(each.vetted_until is not None and each.vetted_until < today for each in concerns.vetting)
        yield Task(
            "Vetting of partners ending",
            url_for("partners.partner_accounts", code=code, show=SoughtAccounts.VETTING.value),
            plural(len(concerns.vetting), "account"),
            f"{first.account.name}, {first.agency.name}: {day(first.vetted_until)};"
            f" {ended or 'none'} refused already.",
            is_urgent=ended > 0,
        )
    if concerns.without_agency:
        names = [account.name for account in concerns.without_agency]
        more = " and others" if len(names) > 3 else ""
        yield Task(
            "Partner accounts without an agency",
            url_for("partners.partner_accounts", code=code, show=SoughtAccounts.WITHOUT_AGENCY.value),
            plural(len(names), "account"),
            f"{', '.join(names[:3])}{more}: refused until somebody says for which agency they act.",
            is_urgent=True,
        )
    if concerns.to_confirm:
        to_confirm = url_for("partners.unit_shares", code=code, show=SoughtShares.TO_CONFIRM.value)
        status = plural(len(concerns.to_confirm), "share")
        hint = f"{_share(concerns.to_confirm[0])}: each ends unless it is confirmed in time."
        yield Task("Shares to confirm after a change of unit", to_confirm, status, hint, is_urgent=True)
    if concerns.shares_ending:
        ending = url_for("partners.unit_shares", code=code, show=SoughtShares.ENDING.value)
        first_ending = concerns.shares_ending[0]
        status = plural(len(concerns.shares_ending), "share")
        yield Task("Shares ending", ending, status, f"{_share(first_ending)}: {day(first_ending.until)}.")


def _share(share: Share) -> str:
    return f"{share.matter.title}, with {shared_with(share)}"
