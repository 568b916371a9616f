"""A unit's members by programme: how many have come how far, who they are, and who is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.people.queries import seen_in
from npt.sheets.writing import to_csv, to_xlsx
from npt.training.forms import WhoseTrainingForm, programme_choices
from npt.training.models import Programme
from npt.training.queries import MemberTraining, Training, programmes_of, training_of
from npt.training.rules import Counts, Sought
from npt.training.views.door import pages
from npt.training.views.wording import due_in_words, standing_in_words
from npt.webkit.as_at import as_at
from npt.webkit.errors import DoorClosed
from npt.webkit.pages import Answer
from npt.webkit.parts import Column, Pagination, pagination
from npt.webkit.visit import Visit

PER_PAGE = 100
_NUMBERS = ("Need it", "Registered", "Completed", "Verified", "External asked", "External granted", "Due")
FIGURE_COLUMNS = (
    *("unit", "as_at", "programme", "members", "needing", "registered", "completed", "verified"),
    *("external_asked", "external_granted", "due"),
)
MEMBER_COLUMNS = (
    *("number", "name", "role", "unit", "as_at", "programme", "standing", "modules", "completed"),
    *("verified", "external_asked", "external_granted", "valid_to", "due", "due_on"),
)
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class CountsLine:
    """The counts of one programme, or of one unit under this one; each number with its members' address."""

    name: str
    href: str
    note: str
    counts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member with the words for each programme shown, and what is due."""

    name: str
    number: str
    role: str
    unit: str
    href: str
    cells: tuple[tuple[str, str], ...]


@pages.read("/units/<code>/training", needs=Permission.SEE_STAFFING, within="code")
def training(visit: Visit[Unit]) -> Answer:
    """How many members have come how far with each programme, and, for supervisors, who they are."""
    form = WhoseTrainingForm()
    programmes = programmes_of(visit.session, visit.place.path)
    form.programme.choices = programme_choices(programmes)
    day = form.read_address(visit.today)
    found = training_of(visit.session, visit.place, day, programmes)
    named = [each for each in programmes if each.code == form.programme.data]
    chosen, sought = named or programmes, _sought(form.standing.data)
    sees_members = visit.may(Permission.SEE_MEMBERS, visit.place.path)
    matching = _matching(found.members, chosen, sought) if sees_members else []
    page = min(max(request.args.get("page", 1, type=int), 1), max(-(-len(matching) // PER_PAGE), 1))
    shown = matching[(page - 1) * PER_PAGE : page * PER_PAGE]
    return visit.render(
        form=form,
        day=day,
        programmes=chosen,
        count_columns=_columns("Programme", _NUMBERS),
        counts=[_programme_line(visit, found, each, sees_members) for each in chosen],
        of_children=[
            (each.name, [_child_line(found, each, child) for child in found.children])
            for each in chosen
            if named and found.children
        ],
        child_columns=_columns("Unit", _NUMBERS),
        member_columns=_columns("Name", ()) + _words("Number", "Role", "Unit", *[p.name for p in chosen]),
        members=_member_lines(visit, shown, chosen, day),
        count=len(matching),
        sought=sought,
        sees_members=sees_members,
        where=_where(visit, form, day, page, len(matching)),
        above=_above(visit, day),
        may_record=visit.may(Permission.RECORD_TRAINING, visit.place.path),
        many_href=url_for(
            "training.many",
            code=visit.place.code,
            programme=form.programme.data,
            standing=form.standing.data,
        ),
        may_export=visit.may(Permission.EXPORT, visit.place.path),
        status=422 if form.has_errors else 200,
    )


def _sought(value: str | None) -> Sought | None:
    """Who is sought; everybody when the address names nothing, or what is not there."""
    return next((each for each in Sought if each.value == value), None)


def _columns(first: str, numbers: Iterable[str]) -> list[Column]:
    return [Column(first), *(Column(each, is_number=True) for each in numbers)]


def _words(*headings: str) -> list[Column]:
    return [Column(each) for each in headings]


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


def _address(code: str, day: date, programme: str | None, sought: str | None, **more: object) -> str:
    return url_for(
        "training.training",
        code=code,
        programme=programme,
        standing=sought,
        **as_at(day),
        **more,  # type: ignore[arg-type]  # a page or an anchor: url_for takes both
    )


_SOUGHT = (
    *(Sought.NEEDING, Sought.REGISTERED, Sought.COMPLETED, Sought.VERIFIED),
    *(Sought.ASKED, Sought.GRANTED, Sought.DUE),
)


def _numbers(counts: Counts) -> tuple[int, ...]:
    return (
        *(counts.needing, counts.registered, counts.completed, counts.verified),
        *(counts.asked, counts.granted, counts.due),
    )


def _programme_line(visit: Visit[Unit], found: Training, programme: Programme, is_open: bool) -> CountsLine:
    code, day = visit.place.code, found.as_at
    return CountsLine(
        programme.name,
        _address(code, day, programme.code, None),
        "",
        tuple(
            (
                number,
                _address(code, day, programme.code, sought.value, _anchor="members") if is_open else "",
            )
            for number, sought in zip(_numbers(found.counts(programme)), _SOUGHT, strict=True)
        ),
    )


def _child_line(found: Training, programme: Programme, child: Unit) -> CountsLine:
    day = found.as_at
    return CountsLine(
        child.name,
        _address(child.code, day, programme.code, None),
        child.code,
        tuple((number, "") for number in _numbers(found.counts(programme, child.path))),
    )


def _member_lines(
    visit: Visit[Unit], members: Sequence[MemberTraining], programmes: Sequence[Programme], day: date
) -> list[MemberLine]:
    seen = seen_in(visit.session, visit.place.path, [each.member.id for each in members], visit.today)
    return [
        MemberLine(
            name=each.member.name,
            number=each.member.number,
            role=", ".join(dict.fromkeys(posting.role.wording for posting in each.postings)),
            unit=", ".join(dict.fromkeys(posting.unit.name for posting in each.postings)),
            href=url_for("training.record", code=visit.place.code, number=each.member.number)
            if each.member.id in seen
            else "",
            cells=tuple(_cell(each, programme, day) for programme in programmes),
        )
        for each in members
    ]


def _cell(member: MemberTraining, programme: Programme, day: date) -> tuple[str, str]:
    standing = member.standings[programme.id]
    due = "" if standing.due is None else due_in_words(standing.due, day)
    return standing_in_words(standing, len(programme.modules)), due


def _where(
    visit: Visit[Unit], form: WhoseTrainingForm, day: date, page: int, count: int
) -> Pagination | None:
    """Where one is in a list of several pages; None for one page."""
    if count <= PER_PAGE:
        return None
    addresses = [
        _address(
            visit.place.code, day, form.programme.data, form.standing.data, page=number, _anchor="members"
        )
        for number in range(1, -(-count // PER_PAGE) + 1)
    ]
    return pagination(page, count=count, per_page=PER_PAGE, addresses=addresses, noun="members")


def _above(visit: Visit[Unit], day: date) -> list[tuple[str, str]]:
    return [
        (unit.name, url_for("training.training", code=unit.code, **as_at(day)))
        for unit in ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_STAFFING, unit.path)
    ]


@pages.read("/units/<code>/training.csv", needs=Permission.EXPORT, within="code")
def figures_csv(visit: Visit[Unit]) -> Answer:
    """The counts of every programme, of the unit and of each unit directly under it, as CSV."""
    return visit.download(to_csv(FIGURE_COLUMNS, _figure_rows(visit)), _name(visit, "training", "csv"), CSV)


@pages.read("/units/<code>/training.xlsx", needs=Permission.EXPORT, within="code")
def figures_xlsx(visit: Visit[Unit]) -> Answer:
    """The same counts, as an Excel workbook."""
    return visit.download(
        to_xlsx(FIGURE_COLUMNS, _figure_rows(visit)), _name(visit, "training", "xlsx"), XLSX
    )


@pages.read("/units/<code>/training-members.csv", needs=Permission.EXPORT, within="code")
def members_csv(visit: Visit[Unit]) -> Answer:
    """Where each member of the unit stands with each programme, as CSV, for who may see members."""
    content = to_csv(MEMBER_COLUMNS, _member_rows(visit))
    return visit.download(content, _name(visit, "training-members", "csv"), CSV)


@pages.read("/units/<code>/training-members.xlsx", needs=Permission.EXPORT, within="code")
def members_xlsx(visit: Visit[Unit]) -> Answer:
    """The same members, as an Excel workbook."""
    content = to_xlsx(MEMBER_COLUMNS, _member_rows(visit))
    return visit.download(content, _name(visit, "training-members", "xlsx"), XLSX)


def _name(visit: Visit[Unit], what: str, ending: str) -> str:
    return f"{what}-{visit.place.code}-{WhoseTrainingForm().read_address(visit.today)}.{ending}"


def _figure_rows(visit: Visit[Unit]) -> list[Sequence[object]]:
    found = _asked(visit)
    places = [("", visit.place.code), *((child.path, child.code) for child in found.children)]
    return [
        (code, found.as_at, programme.code, counts.members, *_numbers(counts))
        for path, code in places
        for programme in found.programmes
        for counts in [found.counts(programme, path)]
    ]


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
