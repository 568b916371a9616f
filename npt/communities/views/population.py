"""The population of a neighbourhood, or of all neighbourhoods of a wider unit together, by ethnicity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.communities import actions, queries
from npt.communities.actions import change_population, record_population
from npt.communities.forms import CorrectPopulationForm, PopulationForm
from npt.communities.models import Population
from npt.communities.queries import Inhabited
from npt.communities.rules import (
    EVERYBODY,
    NOT_STATED,
    CodeSystem,
    EthnicGroup,
    Figures,
    wording_of,
)
from npt.communities.views.door import around, may_keep, pages
from npt.communities.wording import people_in_words
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.webkit.as_at import AsAtForm
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_RECORD = f"/units/<code>/population/<{KEY}:population_id>"


@dataclass(frozen=True, slots=True)
class Line:
    """A group or a code, its people, and their share of those who said; None for what stands in no share."""

    words: str
    code: str
    people: int | None
    share: Share | None


def group_lines(figures: Figures) -> Iterator[Line]:
    """The five groups, then those who did not say, and everybody."""
    for group in EthnicGroup:
        yield Line(group.wording, group.value, figures.of(group), figures.share(group))
    yield Line("Not stated", NOT_STATED, figures.not_stated, None)
    yield Line("Everybody", EVERYBODY, figures.everybody, None)


def code_lines(figures: Figures) -> Iterator[Line]:
    """The codes of which the people are known."""
    for code in figures.codes.codes:
        if code in figures.people:
            words = f"{code} {wording_of(code, figures.codes)}"
            yield Line(words, code, figures.people[code], figures.share_of_code(code))


_LINES: Columns[Line] = (
    Column("Ethnicity", lambda each: each.words),
    Column("Code", lambda each: each.code, is_on_page=False),
    Column("People", lambda each: each.people, is_number=True),
    Column(
        "Share",
        lambda each: each.share,
        is_number=True,
        note="of those who stated it",
        unknown="none",
        in_file=lambda each: None if each.share is None else each.share.percentage(1),
    ),
)


def _of(group: EthnicGroup) -> Column[Inhabited]:
    """The people of a group, in the file alone: on the page there is no room for five more."""
    return Column(
        group.wording,
        lambda each: None if each.figures is None else each.figures.of(group),
        is_on_page=False,
        name=group.name.lower(),
    )


_PLACES: Columns[Inhabited] = (
    coded("Neighbourhood", lambda each: each.neighbourhood, is_below=True),
    *map(_of, EthnicGroup),
    Column("Stated", lambda each: None if each.figures is None else each.figures.stated, is_number=True),
    Column(
        "Not stated",
        lambda each: None if each.figures is None else each.figures.not_stated,
        is_number=True,
    ),
    Column("As at", lambda each: None if each.population is None else each.population.as_at),
    Column(
        "Source", lambda each: None if each.population is None else each.population.source, holds_words=True
    ),
    Column("Codes", lambda each: None if each.population is None else each.population.codes),
)
_HISTORY: Columns[Population] = (
    Column("As at", lambda each: each.as_at),
    Column("Source", lambda each: each.source, holds_words=True),
    Column("Codes", lambda each: each.codes),
    Column("Stated", lambda each: each.figures.stated, is_number=True),
)


@pages.read("/units/<code>/population", needs=Permission.SEE_PROFILES, within="code")
def population(visit: Visit[Unit]) -> Answer:
    """Who lives here as far as is known on a day, and for which neighbourhoods it is not."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    found = queries.people_of(visit.session, visit.place, day)
    shown = around(visit, day)
    is_one = bool(shown["is_neighbourhood"])
    own = found.neighbourhoods[0].population if is_one and found.neighbourhoods else None
    return visit.render(
        form=form,
        **shown,
        own=own,
        **_people(found.figures if own is None else own.figures, day),
        places=_places(visit, found.neighbourhoods, day),
        history=_history(visit) if is_one else None,
        found=found,
        may_keep=may_keep(visit) and is_one,
    )


def _places(visit: Visit[Unit], neighbourhoods: Sequence[Inhabited], day: date) -> Table[Inhabited]:
    return Table(
        "Neighbourhood by neighbourhood",
        _PLACES,
        neighbourhoods,
        file=f"population-{visit.place.code}-{day}",
        href=lambda each: _address(each.neighbourhood),
    )


def _people(figures: Figures | None, day: date) -> dict[str, Any]:
    """The people of figures in words and by group and code; nothing of figures that are not known."""
    groups, codes = ((), ()) if figures is None else (group_lines(figures), code_lines(figures))
    return {
        "figures": figures,
        "words": "" if figures is None else people_in_words(figures),
        "groups": Table(f"People on {day_in_words(day)}", _LINES, list(groups)),
        "codes": Table("People by code", _LINES, list(codes)),
    }


def _history(visit: Visit[Unit]) -> Table[Population]:
    """All figures of the neighbourhood, which whoever may keep them corrects from here."""

    def correct_href(each: Population) -> str:
        return url_for("communities.correct_population", code=visit.place.code, population_id=each.id)

    records = queries.populations_of(visit.session, [visit.place.id])
    return Table("All figures", _HISTORY, records, href=correct_href if may_keep(visit) else None)


def _address(unit: Unit) -> str:
    return url_for("communities.population", code=unit.code)


@pages.form("/units/<code>/population/new", needs=Permission.KEEP_PROFILES, within="code")
def new_population(visit: Visit[Unit]) -> Answer:
    """Record figures of the neighbourhood."""
    form = PopulationForm(codes=CodeSystem.EIGHTEEN)
    return form_page(
        visit,
        form,
        act=lambda: record_population(
            visit.session, neighbourhood=visit.place, **form.value(), today=visit.today
        ),
        saved="The figures are saved.",
        back_href=_address(visit.place),
    )


@pages.form(_RECORD, needs=Permission.KEEP_PROFILES, within="code")
def correct_population(visit: Visit[Unit], population_id: int) -> Answer:
    """Correct figures."""
    return correction_page(
        visit,
        CorrectPopulationForm,
        lambda: queries.population_in(visit.session, visit.place, population_id),
        act=lambda record, form: change_population(visit.session, record, **form.value(), today=visit.today),
        saved="The figures are saved.",
        back_href=_address(visit.place),
    )


@pages.write(f"{_RECORD}/remove", needs=Permission.KEEP_PROFILES, within="code")
def remove_population(visit: Visit[Unit], population_id: int) -> Answer:
    """Remove figures that were recorded by mistake."""
    record = visit.found(queries.population_in(visit.session, visit.place, population_id))
    return button(
        visit,
        act=lambda: actions.remove_population(visit.session, record, expected_version=visit.sent_version),
        saved="The figures are removed.",
        back_href=_address(visit.place),
    )
