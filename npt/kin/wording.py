"""Key individuals in sentences, as pages say them."""

from datetime import date

from npt.communities.rules import CodeSystem, wording_of
from npt.kin.models import Consent, KeyIndividual
from npt.kin.rules import LeaveReason, Status
from npt.kit.clock import local_day
from npt.kit.telephones import telephone_in_words
from npt.outbox.rules import LetterFacts, Topic
from npt.webkit.filters import day, plural

TONES = {
    Status.PROPOSED: "plain",
    Status.ACTIVE: "good",
    Status.DORMANT: "caution",
    Status.LEFT: "quiet",
}


def speaks_for(individual: KeyIndividual) -> str:
    """For whom somebody can speak: "Polish, Traders"; "nobody named yet"."""
    return ", ".join(each.name for each in individual.communities) or "nobody named yet"


def last_met(individual: KeyIndividual, today: date) -> str:
    """When they were last met: "today", "12 days ago", "never"."""
    if individual.last_met_at is None:
        return "never"
    days = (today - local_day(individual.last_met_at)).days
    return "today" if days <= 0 else f"{plural(days, 'day')} ago"


def phone_in_words(individual: KeyIndividual) -> str | None:
    """Their phone number as people write it."""
    return None if individual.phone is None else telephone_in_words(individual.phone)


def ethnicity_in_words(individual: KeyIndividual) -> str:
    """Their ethnicity as they describe it."""
    if individual.ethnicity is None:
        return "not asked"
    return wording_of(individual.ethnicity, CodeSystem.EIGHTEEN)


def basis_in_words(individual: KeyIndividual) -> str:
    """On what ground the record is kept, since when, and who says so."""
    by = "from a file" if individual.basis_by is None else f"recorded by {individual.basis_by.name}"
    return f"{individual.basis.wording}, {day(individual.basis_on)}, {by}"


def who_heard(consent: Consent) -> str:
    """Who recorded a word of consent."""
    if consent.is_by_themselves:
        return "they said so by their own link"
    return "a file" if consent.recorded_by is None else consent.recorded_by.name


def why_left(reason: LeaveReason) -> str:
    """Why somebody left, in a sentence: "they moved away"."""
    return reason.wording[0].lower() + reason.wording[1:]


def own_record_letter(individual: KeyIndividual, address: str, until: date, today: date) -> LetterFacts:
    """The letter with the link to somebody's own record; their neighbourhood is loaded."""
    unit = individual.unit
    return LetterFacts(
        identity=f"key individual {individual.id} {today.isoformat()}",
        to_address=individual.email or "",
        to_name=individual.name,
        subject=f"What we hold about you: {unit.name}",
        text=f"Hello {individual.name},\n\n"
        f"The neighbourhood team keeps your details because you can speak for part of {unit.name}. By this"
        " link you can see what is held, correct it, say what you want to hear about, or leave:\n\n"
        f"{address}\n\n"
        f"It is for you alone and works until {day(until)}. Opening it changes nothing.\n",
        topic=Topic.INVITATION,
        path=unit.path,
    )
