"""Two records of one person: both side by side, and one of them goes on."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kin import actions
from npt.kin.forms import MergeForm
from npt.kin.models import KeyIndividual
from npt.kin.queries import individual_in
from npt.kin.views.door import INDIVIDUAL, ONE, address_of, found_individual, pages
from npt.kin.wording import last_met, phone_in_words, speaks_for
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.filters import day
from npt.webkit.form_flow import seen_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: what, in the record that goes on, in the other
Line = tuple[str, str, str]
_LINES: Columns[Line] = (
    Column("What", lambda line: line[0]),
    Column("Goes on", lambda line: line[1] or None, holds_words=True, unknown="–"),
    Column("Is merged into it", lambda line: line[2] or None, holds_words=True, unknown="–"),
)


@dataclass(frozen=True)
class Merging:
    """What a merge would do: `other` goes into `kept`."""

    kept: KeyIndividual
    other: KeyIndividual

    @property
    def digest(self) -> str:
        """Which versions of both were seen."""
        return f"{self.kept.id}.{self.kept.version} {self.other.id}.{self.other.version}"

    def lines(self, visit: Visit[Unit]) -> list[Line]:
        """What each record says, and the other beside it."""
        kept, other = (dict(_shown(each, visit)) for each in (self.kept, self.other))
        return [(words, kept[words], other[words]) for words in kept]


def _shown(record: KeyIndividual, visit: Visit[Unit]) -> list[tuple[str, str]]:
    return [
        ("Reference", record.reference),
        ("Name", record.name),
        ("Organisation", record.organisation or ""),
        ("Stands for", record.sector.wording),
        ("Can speak for", speaks_for(record)),
        ("Phone", phone_in_words(record) or ""),
        ("Email", record.email or ""),
        ("Address", record.address or ""),
        ("Recorded", day(record.recorded_on)),
        ("Last met", last_met(record, visit.today)),
    ]


@pages.form(
    f"{ONE}/merge/<{KEY}:other_id>", needs=Permission.KEEP_KIN, within="code", shows_personal=INDIVIDUAL
)
def merge(visit: Visit[Unit], individual_id: int, other_id: int) -> Answer:
    """Merge another record of the same person into this one, once both were seen."""
    kept = visit.found(found_individual(visit, individual_id))
    other = visit.found(individual_in(visit.session, visit.place, other_id))
    found, form = Merging(kept, other), MergeForm.of(kept)
    return seen_page(
        visit,
        form,
        effect=lambda: _checked(found),
        act=lambda seen: actions.merge(
            visit.session,
            seen.kept,
            seen.other,
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved=lambda made: visit.saved(
            address_of(made), f"Both records of {made.name} are one now: nothing that they said is lost."
        ),
        back_href=address_of(kept),
        page=lambda seen: {**_page(visit, seen), "is_overtaken": visit.is_sent and not form.has_errors},
        is_asked=False,
    )


def _checked(found: Merging) -> Merging:
    actions.check_mergeable(found.kept, found.other)
    return found


def _page(visit: Visit[Unit], seen: Merging | None) -> dict[str, Any]:
    if seen is None:
        return {"table": None, "other_way": ""}
    other_way = url_for(
        "kin.merge", code=visit.place.code, individual_id=seen.other.id, other_id=seen.kept.id
    )
    return {"table": Table("Both records", _LINES, seen.lines(visit)), "other_way": other_way}
