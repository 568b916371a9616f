"""A written part of a profile: its versions, any two compared, writing it, putting an old one back."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.profiles import queries
from npt.profiles.actions import restore_part, write_part, written_part
from npt.profiles.forms import PartForm
from npt.profiles.models import PartVersion
from npt.profiles.rules import Part, compared
from npt.profiles.views.door import may_keep, pages, part_named, profile_address
from npt.profiles.wording import writer_of
from npt.webkit.asked import asked_value
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, correction_page
from npt.webkit.forms import EditForm
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_HERE = "/units/<code>/profile/<part>"


def _what(version: PartVersion) -> str:
    if version.restored_number is not None:
        return f"version {version.restored_number} put back"
    if version.carried_from_id is not None:
        return "carried over from a closed neighbourhood"
    return "written"


_VERSIONS: Columns[PartVersion] = (
    Column("Version", lambda each: each.number),
    Column("When", lambda each: each.written_at),
    Column("Who", writer_of, holds_words=True),
    Column("What", _what),
)


@pages.read(_HERE, needs=Permission.SEE_PROFILES, within="code")
def part(visit: Visit[Unit], part: str) -> Answer:
    """The versions of a part, the latest first, and two of them compared."""
    named = part_named(part)
    versions = queries.versions_of(visit.session, visit.place, named)
    old, new = _two(versions)
    latest = versions[0] if versions else None
    return visit.render(
        part=named,
        versions=Table("Versions", _VERSIONS, versions, href=lambda each: _address(visit, named, each)),
        numbers=[each.number for each in versions],
        old=old,
        new=new,
        writer_of=writer_of,
        pieces=compared("" if old is None else old.words, new.words) if new is not None else (),
        may_write=may_keep(visit) and visit.place.stands_on(visit.today),
        can_restore=new is not None
        and new is not latest
        and latest is not None
        and new.words != latest.words,
        form=EditForm[object](formdata=None, version="0" if latest is None else str(latest.number)),
        back_href=profile_address(visit.place),
    )


def _two(versions: Sequence[PartVersion]) -> tuple[PartVersion | None, PartVersion | None]:
    """The two versions that the address asks to compare: the last one and the one before, unless it says."""
    by_number = {each.number: each for each in versions}
    latest = max(by_number, default=0)
    shown = asked_value("version", int) or latest
    beside = asked_value("with", int)
    return by_number.get(shown - 1 if beside is None else beside), by_number.get(shown)


def _address(visit: Visit[Unit], part: Part, version: PartVersion) -> str:
    return url_for("profiles.part", code=visit.place.code, part=part.value, version=version.number)


@pages.form(f"{_HERE}/write", needs=Permission.KEEP_PROFILES, within="code")
def write(visit: Visit[Unit], part: str) -> Answer:
    """Write a part."""
    named = part_named(part)
    return correction_page(
        visit,
        PartForm,
        lambda: written_part(visit.session, visit.place, named),
        act=lambda _, form: write_part(
            visit.session, visit.place, named, **form.value(), stamp=visit.stamp, today=visit.today
        ),
        saved=lambda made: (
            f"{named.wording}: nothing changed." if made is None else f"{named.wording}: saved."
        ),
        back_href=profile_address(visit.place),
    )


@pages.write(f"{_HERE}/<{KEY}:revision>/restore", needs=Permission.KEEP_PROFILES, within="code")
def restore(visit: Visit[Unit], part: str, revision: int) -> Answer:
    """Put an old version back, as a new one."""
    named = part_named(part)
    return button(
        visit,
        act=lambda: restore_part(
            visit.session,
            visit.place,
            named,
            number=revision,
            stamp=visit.stamp,
            today=visit.today,
            expected_version=visit.sent_version,
        ),
        saved=f"{named.wording}: version {revision} is put back.",
        back_href=url_for("profiles.part", code=visit.place.code, part=named.value),
    )
