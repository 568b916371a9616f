"""Members, postings and grants as they are kept: questions, actions, and files of members and postings."""

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role, Scope, Viewer
from npt.kit.limits import BadName, DayOutOfRange
from npt.kit.spans import EndsBeforeItStarts
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.people import actions, queries
from npt.people.models import Grant, Member, Posting
from npt.people.rules import (
    FteOutOfRange,
    FteOverOne,
    MemberFacts,
    PolicingRole,
    PostingKind,
    TeamMustBeNamed,
    Terms,
    WrongLevelForRole,
)
from npt.store.transaction import engine_at, writing
from npt.store.versions import StaleRecord
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 16)


def numbers(posted: Sequence[queries.PostedMember]) -> list[str]:
    return [member.number for member, _ in posted]


def post(session: Session, member: Member, unit: Unit, **given: object) -> Posting:
    terms: dict[str, Any] = {
        "role": PolicingRole.CONSTABLE,
        "fte": Decimal("1.00"),
        "kind": PostingKind.SUBSTANTIVE,
        "starts_on": make.START,
    }
    return actions.post_member(session, member, unit=unit, terms=Terms(**{**terms, **given}))


# Who is where -----------------------------------------------------------------------------------------------


def test_an_attached_member_counts_where_they_are_attached_and_not_at_home(session: Session) -> None:
    home, elsewhere = make.team(session), make.team(session)
    member = make.member(session, number="7", team=home)
    make.posting(session, member=member, unit=elsewhere, kind=PostingKind.ATTACHMENT, ends_on=DAY)
    assert numbers(queries.members_of(session, elsewhere.path, DAY)) == ["7"]
    assert numbers(queries.members_of(session, home.path, DAY)) == []
    assert numbers(queries.members_of(session, home.path, DAY + timedelta(days=1))) == ["7"]


def test_a_member_with_two_half_time_postings_is_listed_once_for_each(session: Session) -> None:
    area = make.area(session)
    member = make.member(session, number="7")
    for code in ("T1", "T2"):
        make.posting(session, member=member, unit=make.team(session, under=area, code=code), fte="0.50")
    posted = queries.members_of(session, area.path, DAY)
    assert [(each.member.number, each.posting.unit.code) for each in posted] == [("7", "T1"), ("7", "T2")]


def test_the_members_of_a_unit_are_found_in_one_statement(session: Session) -> None:
    area = make.area(session)
    for _ in range(3):
        make.member(session, team=make.team(session, under=area))
    path = area.path
    session.commit()
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *sent: statements.append(sent[2]))
    assert len(queries.members_of(session, path, DAY)) == 3
    assert len(statements) == 1


def test_postings_of_a_span_are_those_that_hold_on_one_of_its_days(session: Session) -> None:
    team = make.team(session)
    for number, starts_on, ends_on in (
        ("1", date(2026, 10, 1), date(2026, 10, 31)),
        ("2", date(2026, 10, 31), None),
        ("3", date(2026, 12, 1), None),
    ):
        member = make.member(session, number=number)
        make.posting(session, member=member, unit=team, starts_on=starts_on, ends_on=ends_on)
    held = queries.postings_under(session, team.path, date(2026, 11, 1), date(2026, 11, 30))
    assert [posting.member.number for posting in held] == ["2"]


def test_the_book_gives_the_posting_of_the_highest_kind_on_each_day(session: Session) -> None:
    member = make.member(session)
    home = make.posting(session, member=member)
    temporary = make.posting(
        session,
        member=member,
        kind=PostingKind.TEMPORARY,
        starts_on=date(2026, 11, 10),
        ends_on=date(2026, 11, 20),
    )
    book = queries.posting_book(session, [member.id], date(2026, 11, 1), date(2026, 11, 30))
    found = [book.attributed(member.id, date(2026, 11, day)) for day in (9, 10, 20, 21)]
    assert [posting.id if posting else None for posting in found] == [
        home.id,
        temporary.id,
        temporary.id,
        home.id,
    ]


def test_the_book_asks_for_the_team_when_two_postings_of_a_kind_count(session: Session) -> None:
    member = make.member(session)
    one = make.posting(session, member=member, fte="0.50")
    make.posting(session, member=member, fte="0.50")
    book = queries.posting_book(session, [member.id], DAY, DAY)
    with pytest.raises(TeamMustBeNamed):
        book.attributed(member.id, DAY)
    named = book.attributed(member.id, DAY, unit_id=one.unit_id)
    assert named is not None
    assert named.id == one.id


def test_the_book_knows_no_posting_before_the_first(session: Session) -> None:
    member = make.member(session, team=make.team(session))
    book = queries.posting_book(session, [member.id], date(2008, 3, 31), make.START)
    assert book.attributed(member.id, date(2008, 3, 31)) is None


def test_the_book_refuses_a_day_that_it_was_not_made_for(session: Session) -> None:
    book = queries.posting_book(session, [], DAY, DAY)
    with pytest.raises(ValueError, match="this book holds"):
        book.attributed(1, DAY + timedelta(days=1))


def test_a_member_is_seen_through_the_unit_of_a_current_or_coming_posting(session: Session) -> None:
    home, next_unit = make.team(session), make.team(session)
    member = make.member(session, number="7")
    make.posting(session, member=member, unit=home, ends_on=DAY)
    make.posting(session, member=member, unit=next_unit, starts_on=DAY + timedelta(days=1))
    assert queries.member_in(session, home.path, "7", today=DAY) is member
    assert queries.member_in(session, next_unit.path, "7", today=DAY) is member
    assert queries.member_in(session, home.path, "7", today=DAY + timedelta(days=1)) is None


def test_a_member_who_has_left_is_seen_through_the_last_unit_alone(session: Session) -> None:
    first, last = make.team(session), make.team(session)
    member = make.member(session, number="7")
    make.posting(session, member=member, unit=first, ends_on=date(2026, 1, 31))
    make.posting(session, member=member, unit=last, starts_on=date(2026, 2, 1), ends_on=date(2026, 3, 31))
    assert queries.member_in(session, last.path, "7", today=DAY) is member
    assert queries.member_in(session, first.path, "7", today=DAY) is None


def test_a_unit_may_take_a_member_of_its_own_force_but_never_one_of_another(session: Session) -> None:
    home, other = make.team(session), make.team(session)
    make.member(session, number="7", team=home)
    make.member(session, number="8")
    assert queries.member_for_posting(session, home, "7") is not None
    assert queries.member_for_posting(session, other, "7") is None
    assert queries.member_for_posting(session, other, "8") is not None


# Members ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "name", "refusal"),
    [
        ("", "A", actions.BadNumber),
        ("..", "A", actions.BadNumber),
        ("7/8", "A", actions.BadNumber),
        ("7" * 21, "A", actions.BadNumber),
        ("7", " ", BadName),
        ("7", "é" * 201, BadName),
    ],
)
def test_a_member_needs_a_number_and_a_name(
    session: Session, number: str, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.add_member(session, number=number, facts=MemberFacts(name=name))


def test_two_members_never_have_the_same_number(session: Session) -> None:
    actions.add_member(session, number="7", facts=MemberFacts(name="First"))
    with pytest.raises(actions.NumberTaken):
        actions.add_member(session, number="7", facts=MemberFacts(name="Second"))


def test_a_change_on_an_outdated_page_is_refused_with_the_member_as_they_are(session: Session) -> None:
    member = make.member(session, name="Before")
    actions.change_member(session, member, facts=MemberFacts(name="Between", email=None), expected_version=1)
    session.flush()
    with pytest.raises(StaleRecord) as refused:
        actions.change_member(
            session, member, facts=MemberFacts(name="After", email=None), expected_version=1
        )
    assert refused.value.record is member
    assert member.name == "Between"


def test_an_account_belongs_to_one_member_and_a_member_has_one_account(session: Session) -> None:
    one, two = make.member(session), make.member(session)
    account = make.account(session)
    actions.link_account_to_member(session, account, one)
    actions.link_account_to_member(session, account, one)
    assert queries.member_of_account(session, account.id) is one
    assert queries.account_of_member(session, one) is account
    with pytest.raises(actions.AccountHasMember):
        actions.link_account_to_member(session, account, two)
    with pytest.raises(actions.MemberHasAccount):
        actions.link_account_to_member(session, make.account(session), one)


# Postings ---------------------------------------------------------------------------------------------------


def test_a_posting_holds_from_its_first_day_to_its_last(session: Session) -> None:
    member, team = make.member(session), make.team(session)
    posting = post(session, member, team, fte=Decimal("0.60"), ends_on=DAY)
    assert (posting.fte, posting.span.last, posting.version) == (Decimal("0.60"), DAY, 1)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"starts_on": date(1, 1, 1)}, DayOutOfRange),
        ({"ends_on": date(2200, 1, 1)}, DayOutOfRange),
        ({"ends_on": date(2008, 3, 31)}, EndsBeforeItStarts),
        ({"role": PolicingRole.INSPECTOR}, WrongLevelForRole),
        ({"fte": Decimal("1.01")}, FteOutOfRange),
        ({"fte": Decimal("0")}, FteOutOfRange),
        ({"fte": Decimal("0.005")}, FteOutOfRange),
        ({"starts_on": date(2008, 3, 31)}, actions.UnitNotOpen),
    ],
)
def test_a_posting_that_cannot_be_is_refused_by_name(
    session: Session, given: dict[str, object], refusal: type[Exception]
) -> None:
    member, team = make.member(session), make.team(session)
    with pytest.raises(refusal):
        post(session, member, team, **given)


def test_a_posting_that_outlasts_its_unit_names_the_day_the_unit_closes(session: Session) -> None:
    team = make.team(session, code="T", closed_on=date(2026, 6, 30))
    member = make.member(session)
    with pytest.raises(actions.UnitNotOpen, match="T closes on 30 June 2026: end the posting"):
        post(session, member, team)
    with pytest.raises(actions.UnitNotOpen, match="T closed on 30 June 2026: name a unit"):
        post(session, member, team, starts_on=date(2026, 7, 1))
    assert post(session, member, team, ends_on=date(2026, 6, 30)).ends_on == date(2026, 6, 30)


def test_the_same_posting_twice_is_refused(session: Session) -> None:
    member, team = make.member(session), make.team(session)
    post(session, member, team, fte=Decimal("0.40"))
    with pytest.raises(actions.SamePosting):
        post(session, member, team, fte=Decimal("0.40"))


def test_postings_of_one_kind_never_add_up_to_more_than_one_on_any_day(session: Session) -> None:
    member = make.member(session)
    post(session, member, make.team(session), fte=Decimal("0.60"), starts_on=date(2026, 5, 1))
    with pytest.raises(FteOverOne, match="1 May 2026"):
        post(session, member, make.team(session), fte=Decimal("0.41"), starts_on=date(2026, 4, 1))
    other_kind = post(session, member, make.team(session), kind=PostingKind.TEMPORARY)
    assert other_kind.fte == Decimal("1.00")


def test_a_changed_posting_is_judged_without_its_former_self(session: Session) -> None:
    member, team = make.member(session), make.team(session)
    posting = post(session, member, team)
    actions.change_posting(
        session,
        posting,
        terms=Terms(
            role=PolicingRole.SERGEANT,
            fte=Decimal("0.80"),
            kind=PostingKind.SUBSTANTIVE,
            starts_on=make.START,
            ends_on=None,
        ),
    )
    assert (posting.role, posting.fte, posting.version) == (PolicingRole.SERGEANT, Decimal("0.80"), 2)


def test_a_change_cannot_take_the_member_past_one(session: Session) -> None:
    member = make.member(session)
    posting = post(session, member, make.team(session), fte=Decimal("0.50"))
    post(session, member, make.team(session), fte=Decimal("0.50"))
    with pytest.raises(FteOverOne):
        actions.change_posting(
            session,
            posting,
            terms=Terms(
                role=posting.role,
                fte=Decimal("0.51"),
                kind=posting.kind,
                starts_on=posting.starts_on,
                ends_on=None,
            ),
        )


def test_a_posting_ends_on_its_last_day_and_not_later_by_ending_it_again(session: Session) -> None:
    posting = make.posting(session)
    actions.end_posting(session, posting, on=date(2026, 6, 30))
    actions.end_posting(session, posting, on=date(2026, 5, 31))
    assert posting.ends_on == date(2026, 5, 31)
    with pytest.raises(actions.AlreadyEnds, match="31 May 2026"):
        actions.end_posting(session, posting, on=date(2026, 6, 30))
    with pytest.raises(EndsBeforeItStarts):
        actions.end_posting(session, posting, on=make.START - timedelta(days=1))


def test_ending_a_posting_on_an_outdated_page_is_refused(session: Session) -> None:
    posting = make.posting(session)
    actions.end_posting(session, posting, on=date(2026, 6, 30), expected_version=1)
    with pytest.raises(StaleRecord):
        actions.end_posting(session, posting, on=date(2026, 5, 31), expected_version=1)


def test_a_unit_does_not_close_while_somebody_stays_posted_to_it(session: Session) -> None:
    team = make.team(session, code="T")
    make.member(session, number="7", team=team)
    with pytest.raises(actions.StillHasPostings, match="of 7 first"):
        close_unit(session, team, on=date(2026, 6, 30))


def test_two_people_who_post_the_same_member_at_once_do_not_pass_one(
    session: Session, database_url: str
) -> None:
    member = make.member(session)
    teams = [make.team(session), make.team(session)]
    member_id, team_ids = member.id, [team.id for team in teams]
    session.commit()
    engine = engine_at(database_url)
    start = threading.Barrier(2)
    refused: list[str] = []

    def post_to(team_id: int) -> None:
        with Session(engine) as own:
            start.wait()
            try:
                with writing(own):
                    there = own.get_one(Unit, team_id)
                    post(own, own.get_one(Member, member_id), there, fte=Decimal("0.60"))
            except FteOverOne as refusal:
                refused.append(refusal.message)

    people = [threading.Thread(target=post_to, args=(team_id,)) for team_id in team_ids]
    for person in people:
        person.start()
    for person in people:
        person.join()
    engine.dispose()
    assert len(refused) == 1
    assert session.scalar(select(func.count()).select_from(Posting)) == 1


# Roles ------------------------------------------------------------------------------------------------------


def test_a_grant_covers_its_unit_and_still_counts_when_the_unit_has_closed(session: Session) -> None:
    team = make.team(session, closed_on=date(2026, 6, 30))
    account = make.account(session, role=Role.SERGEANT, unit=team)
    assert queries.scopes_of(session, account.id) == (Scope(Role.SERGEANT, team.path),)


def test_the_same_role_granted_twice_is_one_grant(session: Session) -> None:
    account, team = make.account(session), make.team(session)
    first = actions.grant_role(session, account=account, unit=team, role=Role.SERGEANT)
    assert actions.grant_role(session, account=account, unit=team, role=Role.SERGEANT) is first


def granter(account_id: int, *scopes: Scope) -> Viewer:
    """Whoever grants or revokes, with what they hold."""
    return Viewer(account_id, "Ada", "ada@force.example", scopes)


def test_nobody_grants_a_role_who_manages_no_accounts_there(session: Session) -> None:
    home, other = make.bcu(session), make.bcu(session)
    account = make.account(session)
    manager, admin = granter(0, Scope(Role.MANAGER, home.path)), granter(0, Scope(Role.ADMIN, home.path))
    for person, unit, role in (
        (manager, home, Role.OFFICER),
        (manager, home, Role.ADMIN),
        (admin, other, Role.OFFICER),
        (granter(0), home, Role.PARTNER),
    ):
        with pytest.raises(actions.MayNotGrant):
            actions.grant_role(session, account=account, unit=unit, role=role, granter=person)
    for role in Role:
        assert actions.grant_role(session, account=account, unit=home, role=role, granter=admin).id


def test_nobody_gives_a_role_to_themselves(session: Session) -> None:
    home = make.bcu(session)
    own = make.account(session, role=Role.ADMIN, unit=home)
    with pytest.raises(actions.MayNotGrant, match="to yourself"):
        actions.grant_role(
            session,
            account=own,
            unit=home,
            role=Role.SERGEANT,
            granter=granter(own.id, Scope(Role.ADMIN, home.path)),
        )


def test_nobody_revokes_a_role_where_they_do_not_reach(session: Session) -> None:
    home, other = make.bcu(session), make.bcu(session)
    account = make.account(session, role=Role.SERGEANT, unit=other)
    (grant,) = queries.grants_of(session, account.id)
    with pytest.raises(actions.MayNotGrant):
        actions.revoke_role(session, grant, granter=granter(0, Scope(Role.ADMIN, home.path)))
    actions.revoke_role(session, grant, granter=granter(0, Scope(Role.ADMIN, other.path)))
    session.flush()
    assert queries.scopes_of(session, account.id) == ()


def test_an_account_that_answers_elsewhere_too_is_not_closed_from_here(session: Session) -> None:
    home, other = make.bcu(session), make.bcu(session)
    account = make.account(session, role=Role.SERGEANT, unit=home)
    admin = [Scope(Role.ADMIN, home.path)]
    actions.check_may_revoke_all(session, account, admin)
    actions.grant_role(session, account=account, unit=other, role=Role.SERGEANT)
    with pytest.raises(actions.MayNotGrant):
        actions.check_may_revoke_all(session, account, admin)


def test_a_closed_account_is_granted_nothing(session: Session) -> None:
    account = make.account(session)
    account.closed_at = NOW
    with pytest.raises(actions.AccountClosed):
        actions.grant_role(session, account=account, unit=make.team(session), role=Role.OFFICER)


def test_the_accounts_of_a_unit_are_those_with_a_role_at_it_or_under_it(session: Session) -> None:
    area = make.area(session)
    team = make.team(session, under=area)
    inside = make.account(session, role=Role.SERGEANT, unit=team)
    outside = make.account(session, role=Role.MANAGER, unit=make.bcu(session))
    assert [grant.account for grant in queries.grants_under(session, area.path)] == [inside]
    assert queries.account_in(session, area.path, inside.id) is inside
    assert queries.account_in(session, area.path, outside.id) is None
    assert session.scalar(select(func.count()).select_from(Grant)) == 2
