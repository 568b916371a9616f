"""Whom the team spoke to this month and whom it did not, and where it patrolled."""

from collections.abc import Iterator

from flask import url_for

from npt.access.rules import Permission
from npt.engagement.queries import ContactMix, contacts_counted, silent_streets
from npt.engagement.queries.mix import mix_of_contacts
from npt.engagement.rules import STREET_SILENT_AFTER
from npt.kit.months import Month
from npt.organisation.rules import Level
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.overview.listening import patrols_under
from npt.webkit.addresses import address
from npt.webkit.filters import hours, number
from npt.webkit.parts import Link

#: The units whose streets are counted: a wider one has its areas for that.
_WITH_STREETS = (Level.AREA, Level.TEAM, Level.NEIGHBOURHOOD)


def listening(patch: Patch) -> Card | None:
    """Contacts of the month and their mix, patrols, and streets where nobody was spoken to for long."""
    month = Month.of(patch.day)
    if not patch.may(Permission.SEE_PROFILES):
        return None
    counted = contacts_counted(patch.session, patch.place.path, month.first, patch.day)
    mix = mix_of_contacts(patch.place, counted, patch.network.ground)
    return Card(
        f"Heard in {month.title}",
        url_for("engagement.mix", code=patch.place.code),
        "Whom we heard",
        [*_counts(patch, mix, month), *_streets(patch)],
        list(_mix(patch, mix)),
        more=list(_ways(patch)),
    )


def _counts(patch: Patch, mix: ContactMix, month: Month) -> Iterator[Fact]:
    days = {"from-day": 1, "from-month": month.month, "from-year": month.year}
    contacts = address("engagement.contacts", code=patch.place.code, **days)
    patrols = address("engagement.patrols", code=patch.place.code, **days)
    count, minutes = patrols_under(patch.session, patch.place.path, month.first, patch.day)
    yield Fact(number(mix.contacts), "contact" if mix.contacts == 1 else "contacts", contacts)
    yield Fact(number(count), "patrol" if count == 1 else "patrols", patrols)
    if minutes:
        yield Fact(hours(minutes), "on patrol", patrols)


def _streets(patch: Patch) -> Iterator[Fact]:
    if patch.stands and patch.place.level in _WITH_STREETS:
        silent = silent_streets(patch.session, patch.place.path, patch.day, STREET_SILENT_AFTER)
        if silent:
            words = f"streets not spoken to for {STREET_SILENT_AFTER} days"
            href = url_for("engagement.not_heard", code=patch.place.code)
            yield Fact(number(len(silent)), words, href, is_flagged=True)


def _mix(patch: Patch, mix: ContactMix) -> Iterator[Line]:
    """Who was heard less than their share."""
    under = [row.name for part in (mix.communities, mix.ethnicities) for row in part.under]
    if under:
        href = url_for("engagement.mix", code=patch.place.code)
        yield Line("Heard less than their share", href, ", ".join(under), [(number(len(under)), "caution")])


def _ways(patch: Patch) -> Iterator[Link]:
    if not patch.stands:
        return
    yield Link("Not heard", url_for("engagement.not_heard", code=patch.place.code))
    if patch.may(Permission.RECORD_CONTACTS) and patch.place.level in (Level.TEAM, Level.NEIGHBOURHOOD):
        yield Link("Record a contact", url_for("engagement.new_contact"))
        yield Link("Record a patrol", url_for("engagement.new_patrol"))
