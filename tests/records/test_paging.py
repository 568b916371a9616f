"""A part of a list, as a database is asked for it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.people.models import Member, Posting
from npt.store.paging import paged
from tests import make


def test_a_page_of_a_list_with_a_join_of_its_own_says_how_many_there_are(session: Session) -> None:
    team = make.team(session)
    make.member(session, team=team)
    make.member(session)
    asked = (
        select(Member.number, Unit.code)
        .select_from(Member)
        .outerjoin(Posting, Posting.member_id == Member.id)
        .outerjoin(Unit, Unit.id == Posting.unit_id)
        .order_by(Member.id)
    )
    found = paged(session, asked, Page(1, 1))
    assert (found.total, [row.code for row in found.rows]) == (2, [team.code])
