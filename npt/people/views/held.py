"""What is held on a member: for those who manage members, and have to answer for it."""

from typing import cast

from flask import current_app, url_for

from npt.access.rules import Permission
from npt.data_protection.queries import Held, Look, counts_held, looks_at, person_of
from npt.journal.rules import PersonKey
from npt.kit.clock import day_in_words
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.views.door import MEMBER, member_at, pages
from npt.settings import Settings
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

HELD: Columns[Held] = (
    Column("Records", lambda each: each.table.replace("_", " ").capitalize()),
    Column("Number", lambda each: each.number, is_number=True),
    Column(
        "Why, and how long",
        lambda each: _sentence(each.why),
        holds_words=True,
        below=lambda each: _sentence(each.kept),
    ),
)
LOOKS: Columns[Look] = (
    Column("When", lambda each: each.at),
    Column("Who", lambda each: each.who, holds_words=True),
    Column("Page or command", lambda each: each.act),
)


@pages.read(f"{MEMBER}/held", needs=Permission.MANAGE_MEMBERS, within="code", shows_personal="member")
def held(visit: Visit[Unit], number: str) -> Answer:
    """What is held on a member, why and for how long, and who has looked at it."""
    found = member_at(visit, number)
    visit.personal_record_id = found.id
    person = person_of(visit.session, PersonKey("member", found.id))
    looks = looks_at(visit.session, person)
    return visit.render(
        member=found,
        until=_until(found, cast(Settings, current_app.extensions["npt_settings"]).keep_people_months),
        held=Table("What is held", HELD, counts_held(visit.session, person)),
        looks=Table("Who has looked", LOOKS, looks),
        back_href=url_for("people.member", code=visit.place.code, number=number),
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _until(member: Member, months: int) -> str:
    """Until when the member is known by name, in words."""
    last = [posting.ends_on for posting in member.postings]
    if None in last or not last:
        return f"Known by name while posted, and {months} months after that; then erased."
    left = max(day for day in last if day is not None)
    return f"The last posting ends on {day_in_words(left)}. Erased {months} months after that."
