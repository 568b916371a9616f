"""The key individuals of a unit: by name for whoever keeps their records, else for whom they can speak."""

from npt.access.rules import Permission
from npt.communities.queries import communities_under
from npt.kin import queries
from npt.kin.actions import add_individual
from npt.kin.forms import ListForm, NewIndividualForm
from npt.kin.models import KeyIndividual
from npt.kin.views.door import LISTED, NETWORK, address_of, keeps, list_address, pages, units_above
from npt.kin.wording import TONES, last_met, phone_in_words, speaks_for
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of
from npt.organisation.rules import Level
from npt.webkit.asked import asked_page
from npt.webkit.filters import day
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Column, Columns, Table, coded, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _named(visit: Visit[Unit]) -> Columns[KeyIndividual]:
    """The columns for whoever keeps the records."""
    today = visit.today
    return (
        Column(
            "Name",
            lambda each: each.name,
            holds_words=True,
            is_sortable=True,
            below=lambda each: each.organisation or "",
        ),
        Column("Ref", lambda each: each.reference, is_on_page=False),
        Column("Organisation", lambda each: each.organisation, is_on_page=False),
        Column("Can speak for", speaks_for, holds_words=True),
        Column("Stands for", lambda each: each.sector, name="sector", is_sortable=True),
        *_place(visit),
        Column("Phone", phone_in_words, words=_unbroken, unknown="not known"),
        Column("Email", lambda each: each.email, is_on_page=False),
        Column(
            "Last met",
            lambda each: None if each.last_met_at is None else local_day(each.last_met_at),
            words=day,
            unknown="never",
            is_sortable=True,
            tone=lambda each: "caution" if each.is_not_seen_on(today) else "",
            below=lambda each: "" if each.last_met_at is None else last_met(each, today),
        ),
        _status(visit),
    )


def _unbroken(number: str) -> str:
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def _unnamed(visit: Visit[Unit]) -> Columns[KeyIndividual]:
    """The columns for everybody else: nothing by which a person is known."""
    return (
        Column("Somebody who can speak for", speaks_for, holds_words=True),
        Column("Stands for", lambda each: each.sector, name="sector", is_sortable=True),
        *_place(visit),
        _status(visit),
    )


def _place(visit: Visit[Unit]) -> Columns[KeyIndividual]:
    if visit.place.level is Level.NEIGHBOURHOOD:
        return ()
    return (coded("Neighbourhood", lambda each: each.unit),)


def _status(visit: Visit[Unit]) -> Column[KeyIndividual]:
    today = visit.today
    return Column(
        "Status",
        lambda each: each.status_on(today),
        tone=lambda each: TONES[each.status_on(today)],
        in_file=lambda each: each.status_on(today).value,
    )


@pages.read(NETWORK, needs=Permission.SEE_KIN, within="code", shows_personal=LISTED)
def individuals(visit: Visit[Unit]) -> Answer:
    """The key individuals of the unit, those whom nobody has met for longest first."""
    visit.personal_record_id, visit.shows_personal = visit.place.id, keeps(visit)
    form, path = ListForm(), visit.place.path
    form.offer_communities(queries.communities_spoken_for(visit.session, path))
    form.validate()
    return visit.render(
        form=form,
        table=_table(visit, form),
        keeps=keeps(visit),
        left=queries.left_behind(visit.session, visit.place) if keeps(visit) else (),
        waiting=queries.waiting_under(visit.session, path, visit.today),
        above=units_above(visit),
    )


def _table(visit: Visit[Unit], form: ListForm) -> Table[KeyIndividual]:
    columns = _named(visit) if keeps(visit) else _unnamed(visit)
    found = queries.individuals_under(
        visit.session,
        visit.place.path,
        form.asked(),
        today=visit.today,
        page=asked_page(),
        sorting=sorting_asked_of(columns),
    )
    href = address_of if keeps(visit) else None
    return Table("Key individuals", columns, found, href=href, noun="people", file=_file(visit))


def _file(visit: Visit[Unit]) -> str:
    """The name of the file, for whoever may take key individuals out."""
    path = visit.place.path
    may = keeps(visit) and visit.may(Permission.EXPORT_KIN, path)
    return f"key-individuals-{visit.place.code}-{visit.today}" if may else ""


@pages.form(f"{NETWORK}/new", needs=Permission.KEEP_KIN, within="code")
def new_individual(visit: Visit[Unit]) -> Answer:
    """Record a key individual: a few fields, the rest later."""
    form = NewIndividualForm(basis_on=visit.today)
    is_neighbourhood = visit.place.level is Level.NEIGHBOURHOOD
    places = {} if is_neighbourhood else _neighbourhoods(visit)
    there = communities_under(visit.session, visit.place.path, as_at=visit.today) if is_neighbourhood else []
    form.offer(places.values(), there)
    return form_page(
        visit,
        form,
        act=lambda: add_individual(
            visit.session,
            neighbourhood=visit.place if is_neighbourhood else places[form.neighbourhood.value],
            facts=form.facts(),
            communities=[each for each in there if each.id in form.communities.given],
            is_active=form.is_active.given is True,
            may_be_twice=form.may_be_twice.given is True,
            stamp=visit.stamp,
            today=visit.today,
        ),
        saved=lambda made: visit.saved(address_of(made), f"{made.name} is recorded."),
        back_href=list_address(visit.place.code),
        page=lambda: {"is_neighbourhood": is_neighbourhood},
    )


def _neighbourhoods(visit: Visit[Unit]) -> dict[str, Unit]:
    found = neighbourhoods_of(visit.session, visit.place, as_at=visit.today)
    return {each.code: each for each in found}
