"""A unit's members by programme: how many have come how far, who they are, and who is due."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.people.rules import MEMBERS_LISTED
from npt.people.views.door import member_links
from npt.training.forms import WhoseTrainingForm, programme_choices
from npt.training.models import Programme
from npt.training.queries import MemberTraining, Training, programmes_of, training_of
from npt.training.rules import Counts, Sought
from npt.training.views.door import pages
from npt.training.views.wording import due_in_words, standing_in_words
from npt.webkit.as_at import as_at
from npt.webkit.errors import DoorClosed
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import tag
from npt.webkit.listing import Column, Columns, File, Table, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

MEMBER_COLUMNS = (
    *("number", "name", "role", "unit", "as_at", "programme", "standing", "modules", "completed"),
    *("verified", "external_asked", "external_granted", "valid_to", "due", "due_on"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a unit's members stand where with a programme, on a day."""

    unit: Unit
    as_at: date
    programme: Programme
    counts: Counts
    #: whether a number opens its members
    is_open: bool = False

    def address(self, sought: Sought | None = None) -> str:
        """The page of the unit and the programme; of who is sought there, "" where they may not be seen."""
        if sought is not None and not self.is_open:
            return ""
        return url_for(
            "training.training",
            code=self.unit.code,
            programme=self.programme.code,
            standing=sought.value if sought else None,
            _anchor="members" if sought else None,
            **as_at(self.as_at),
        )


def _number(heading: str, sought: Sought, count: Callable[[Counts], int], name: str = "") -> Column[Counted]:
    return Column(
        heading,
        lambda line: count(line.counts),
        is_number=True,
        href=lambda line: line.address(sought),
        name=name,
    )


_NUMBERS = (
    _number("Need it", Sought.NEEDING, lambda counts: counts.needing, "needing"),
    _number("Registered", Sought.REGISTERED, lambda counts: counts.registered),
    _number("Completed", Sought.COMPLETED, lambda counts: counts.completed),
    _number("Verified", Sought.VERIFIED, lambda counts: counts.verified),
    _number("External asked for", Sought.ASKED, lambda counts: counts.asked),
    _number("External granted", Sought.GRANTED, lambda counts: counts.granted),
    _number("Due", Sought.DUE, lambda counts: counts.due),
)
_OF_PROGRAMMES: Columns[Counted] = (
    Column("Programme", lambda line: line.programme.name, holds_words=True),
    *_NUMBERS,
)
_OF_CHILDREN: Columns[Counted] = (
    Column("Unit", lambda line: line.unit.name, holds_words=True, below=lambda line: line.unit.code),
    *_NUMBERS,
)
_IN_FILE: Columns[Counted] = (
    Column("unit", lambda line: line.unit.code),
    Column("as_at", lambda line: line.as_at),
    Column("programme", lambda line: line.programme.code),
    Column("members", lambda line: line.counts.members),
    *_NUMBERS,
)
_OF_MEMBERS: Columns[MemberTraining] = (
    Column("Name", lambda each: each.member.name, holds_words=True, is_sortable=True),
    Column("Number", lambda each: each.member.number, is_sortable=True),
    Column("Role", lambda each: _together(posting.role.wording for posting in each.postings)),
    Column("Unit", lambda each: _together(each.unit.name for each in each.postings), holds_words=True),
)


@pages.read(
    "/units/<code>/training",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=MEMBERS_LISTED,
)
def training(visit: Visit[Unit]) -> Answer:
    """How many members have come how far with each programme, and, for supervisors, who they are."""
    form, programmes = WhoseTrainingForm(), programmes_of(visit.session, visit.place.path)
    form.programme.choices = programme_choices(programmes)
    day = form.read_address(visit.today)
    found = training_of(visit.session, visit.place, day, programmes)
    named = [each for each in programmes if each.code == form.programme.data]
    chosen, sought = named or programmes, form.sought
    visit.shows_personal = sees_members = visit.may(Permission.SEE_MEMBERS, visit.place.path)
    visit.personal_record_id = visit.place.id
    return visit.render(
        form=form,
        day=day,
        programmes=chosen,
        counts=_by_programme(found, chosen, day, is_open=sees_members),
        of_children=[_children_table(found, each) for each in chosen if named and found.children],
        members=_members_table(visit, found, chosen, sought) if sees_members else None,
        sought=sought,
        above=above(visit, Permission.SEE_STAFFING, lambda unit: _address(unit, day)),
        may_record=visit.may(Permission.RECORD_TRAINING, visit.place.path),
    )


def _by_programme(
    found: Training, programmes: Sequence[Programme], day: date, *, is_open: bool
) -> Table[Counted]:
    """How many members have come how far with each; `is_open`: who they are may be seen."""
    rows = [_counted(found, each, is_open=is_open) for each in programmes]
    return Table(f"Members by programme on {day_in_words(day)}", _OF_PROGRAMMES, rows, href=Counted.address)


def _matching(
    members: Sequence[MemberTraining], programmes: Sequence[Programme], sought: Sought | None
) -> list[MemberTraining]:
    """The members who are sought, of one programme at least; what is due comes first when due is sought."""
    if sought is None:
        return list(members)

    def fits(member: MemberTraining) -> bool:
        return any(sought.fits(member.standings[each.id]) for each in programmes)

    def first_due(member: MemberTraining) -> date:
        return min(
            (due.on for each in programmes if (due := member.standings[each.id].due)), default=date.max
        )

    matching = [each for each in members if fits(each)]
    return sorted(matching, key=first_due) if sought is Sought.DUE else matching


def _counted(
    found: Training, programme: Programme, child: Unit | None = None, *, is_open: bool = False
) -> Counted:
    counts = found.counts(programme, "" if child is None else child.path)
    return Counted(child or found.unit, found.as_at, programme, counts, is_open)


def _children_table(found: Training, programme: Programme) -> Table[Counted]:
    """The units under the unit, for one programme."""
    return Table(
        f"{programme.name} on {day_in_words(found.as_at)}",
        _OF_CHILDREN,
        [_counted(found, programme, child) for child in found.children],
        href=Counted.address,
    )


def _members_table(
    visit: Visit[Unit], found: Training, programmes: Sequence[Programme], sought: Sought | None
) -> Table[MemberTraining]:
    part = part_of(_matching(found.members, programmes, sought), _OF_MEMBERS, 100)
    link = member_links(visit, [each.member.id for each in part.rows], "training.record")
    return Table(
        f"Training of the members of {visit.place.name} on {day_in_words(found.as_at)}",
        (*_OF_MEMBERS, *(_standing_column(each, found.as_at) for each in programmes)),
        part,
        href=lambda each: link(each.member),
        noun="members",
        anchor="members",
    )


def _together(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _standing_column(programme: Programme, day: date) -> Column[MemberTraining]:
    def words(each: MemberTraining) -> Markup:
        standing = each.standings[programme.id]
        due = "" if standing.due is None else Markup("<br>") + tag(due_in_words(standing.due, day), "caution")
        return Markup("{}{}").format(standing_in_words(standing, len(programme.modules)), due)

    return Column(programme.name, words, is_in_file=False)


def _address(unit: Unit, day: date) -> str:
    return url_for("training.training", code=unit.code, **as_at(day))


@pages.files("/units/<code>/training", needs=Permission.EXPORT, within="code")
def figures_file(visit: Visit[Unit]) -> File:
    """The counts of every programme, of the unit and of each unit directly under it."""
    found = _asked(visit)
    rows = [_counted(found, each, child) for child in (None, *found.children) for each in found.programmes]
    return Table("", _IN_FILE, rows, file=_name(visit, "training")).as_file()


@pages.files("/units/<code>/training-members", needs=Permission.EXPORT, within="code")
def members_file(visit: Visit[Unit]) -> File:
    """Where each member of the unit stands with each programme, for who may see members."""
    return File(_name(visit, "training-members"), MEMBER_COLUMNS, _member_rows(visit))


def _name(visit: Visit[Unit], what: str) -> str:
    return f"{what}-{visit.place.code}-{WhoseTrainingForm().read_address(visit.today)}"


def _member_rows(visit: Visit[Unit]) -> list[Sequence[object]]:
    if not visit.may(Permission.SEE_MEMBERS, visit.place.path):
        raise DoorClosed(Permission.SEE_MEMBERS)  # figures may be taken out by who may not see names
    found = _asked(visit)
    return [_member_row(found, each, programme) for each in found.members for programme in found.programmes]


def _asked(visit: Visit[Unit]) -> Training:
    form = WhoseTrainingForm()
    programmes = programmes_of(visit.session, visit.place.path)
    return training_of(visit.session, visit.place, form.read_address(visit.today), programmes)


def _member_row(found: Training, member: MemberTraining, programme: Programme) -> Sequence[object]:
    standing = member.standings[programme.id]
    return (
        *(member.member.number, member.member.name, member.postings[0].role.value),
        *(member.postings[0].unit.code, found.as_at, programme.code),
        *(standing.stage.value if standing.stage else None, len(programme.modules)),
        *(standing.completed, standing.verified, standing.asked_on, standing.granted_on, standing.valid_to),
        *((standing.due.kind.value, standing.due.on) if standing.due else (None, None)),
    )
