"""The contacts and the patrols of a unit, filtered by the address."""

from flask import url_for

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.engagement import queries
from npt.engagement.forms import ContactsForm, PatrolsForm
from npt.engagement.forms.contact import community_in_words, ethnicity_in_words
from npt.engagement.models import Contact, Patrol
from npt.engagement.queries import ContactsAsked, PatrolsAsked
from npt.engagement.views.contact import address_of
from npt.engagement.views.door import around, may_record, pages
from npt.engagement.wording import sent_in_words, who
from npt.kit.clock import days_in_words
from npt.organisation.models import Unit
from npt.webkit.asked import asked_page
from npt.webkit.filters import hours, moment
from npt.webkit.listing import Column, Columns, Table, coded, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _contact_columns(*, with_words: bool) -> Columns[Contact]:
    words: Columns[Contact] = (
        Column("In their words", lambda each: each.words, holds_words=True, unknown="–"),
    )
    return (
        Column("When", lambda each: each.at, words=moment, is_sortable=True, below=sent_in_words),
        coded("Neighbourhood", lambda each: each.unit),
        Column("Street", lambda each: each.street, holds_words=True, unknown="–"),
        Column(
            "What matters", lambda each: None if each.category is None else each.category.name, unknown="–"
        ),
        *(words if with_words else ()),
        Column("Ethnicity", lambda each: ethnicity_in_words(each.ethnicity)),
        Column("Community", community_in_words, holds_words=True, unknown="–"),
        Column("By", who, holds_words=True),
        Column("Answer", lambda each: "wanted" if each.matter_id else "no"),
    )


@pages.read("/units/<code>/community-contacts", needs=Permission.SEE_PROFILES, within="code")
def contacts(visit: Visit[Unit]) -> Answer:
    """The contacts of the unit and of those under it, the latest first."""
    form = ContactsForm()
    form.offer(categories(visit.session))
    form.validate()
    return visit.render(
        form=form,
        **around(visit),
        days=days_in_words(*form.days(visit.today)),
        table=_contact_table(visit, form.asked(visit.today)),
        may_record=may_record(visit),
    )


def _contact_table(visit: Visit[Unit], asked: ContactsAsked) -> Table[Contact]:
    columns = _contact_columns(with_words=may_record(visit))
    found = queries.contacts_under(
        visit.session, visit.place.path, asked, page=asked_page(), sorting=sorting_asked_of(columns)
    )
    file = f"contacts-{visit.place.code}-{visit.today}"
    return Table("Contacts", columns, found, href=address_of, noun="contacts", file=file)


_PATROLS: Columns[Patrol] = (
    Column("When", lambda each: each.starts_at, words=moment, is_sortable=True, below=sent_in_words),
    Column("Minutes", lambda each: each.minutes, words=hours, is_number=True, is_sortable=True),
    coded("Neighbourhood", lambda each: each.unit),
    Column("How", lambda each: each.mode),
    Column("Spoken to", lambda each: each.spoken_to, is_number=True, is_sortable=True, unknown="not counted"),
    Column("By", who, holds_words=True),
)
#: In somebody's own words, as what people said: for those who work there.
_WHY = Column[Patrol]("Why there", lambda each: each.note, holds_words=True, unknown="–")


@pages.read("/units/<code>/patrols", needs=Permission.SEE_PROFILES, within="code")
def patrols(visit: Visit[Unit]) -> Answer:
    """The patrols of the unit and of those under it, the latest first."""
    form = PatrolsForm()
    form.validate()
    return visit.render(
        form=form,
        **around(visit),
        days=days_in_words(*form.days(visit.today)),
        table=_patrol_table(visit, form.asked(visit.today)),
        may_record=may_record(visit),
    )


def _patrol_table(visit: Visit[Unit], asked: PatrolsAsked) -> Table[Patrol]:
    may = may_record(visit)
    columns = (*_PATROLS, _WHY) if may else _PATROLS
    found = queries.patrols_under(
        visit.session, visit.place.path, asked, page=asked_page(), sorting=sorting_asked_of(columns)
    )
    file = f"patrols-{visit.place.code}-{visit.today}"
    return Table("Patrols", columns, found, href=_correct_address if may else None, noun="patrols", file=file)


def _correct_address(patrol: Patrol) -> str:
    return url_for("engagement.correct_patrol", code=patrol.unit.code, patrol=patrol.reference)
