"""Shares: what opens at an instant, each way in which it ends, and what could be seen on any day."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from npt.access.rules import Role, ShareLevel, Viewer
from npt.journal.actions import note_view
from npt.kit.clock import local_day, local_midnight
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import hand_over
from npt.matters.models import Matter
from npt.partners.actions import (
    NotShared,
    SharedAlready,
    answer,
    carry_over,
    change_agency,
    close_agency,
    confirm,
    extend,
    invite_resident,
    withdraw,
)
from npt.partners.actions.shares import MOST_ANSWERS, AgencyNotOpen, NotAnswered
from npt.partners.models import Agency, Share
from npt.partners.queries import (
    answers_to,
    ended_by_closing,
    level_shared,
    opened_by,
    shares_of,
    shares_open,
    shares_under,
    shares_with,
)
from npt.partners.rules import (
    AgencyFacts,
    EndReason,
    LegalBasis,
    ShareTerms,
    UntilOutOfRange,
    end_of,
)
from tests import make

NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)
TODAY, LAST = date(2026, 11, 16), date(2026, 12, 31)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TERMS = ShareTerms("Joint plan", LegalBasis.CRIME_AND_DISORDER, LAST)


def at(instant: datetime) -> Stamp:
    return Stamp(None, instant)


def shared(session: Session, **given: object) -> tuple[Matter, Agency, Share]:
    matter, agency = make.matter(session), make.agency(session)
    return matter, agency, make.share(session, matter=matter, agency=agency, now=NOW, **given)  # type: ignore[arg-type]  # by their names


def level(session: Session, matter: Matter, agency: Agency, instant: datetime) -> ShareLevel | None:
    session.flush()
    return level_shared(session, agency.id, matter.id, instant)


def test_a_share_opens_from_its_instant_through_its_last_local_day(session: Session) -> None:
    matter, agency, _ = shared(session)
    over = end_of(LAST)
    instants = (NOW - HOUR, NOW, over - timedelta(microseconds=1), over)
    assert [level(session, matter, agency, each) for each in instants] == [
        None,
        ShareLevel.SUMMARY,
        ShareLevel.SUMMARY,
        None,
    ]


def test_what_is_shared_with_one_agency_is_not_with_another(session: Session) -> None:
    matter, _, _ = shared(session)
    assert level(session, matter, make.agency(session), NOW) is None


def test_a_withdrawn_share_ends_at_that_instant_and_only_once(session: Session) -> None:
    matter, agency, share = shared(session)
    withdraw(session, share, stamp=at(NOW + HOUR))
    assert level(session, matter, agency, NOW + HOUR) is None
    assert level(session, matter, agency, NOW + HOUR - timedelta(microseconds=1)) is ShareLevel.SUMMARY
    with pytest.raises(NotShared):
        withdraw(session, share, stamp=at(NOW + 2 * HOUR))


def test_what_is_shared_is_not_shared_twice_and_again_once_it_ended(session: Session) -> None:
    matter, agency, share = shared(session, until=TODAY)
    with pytest.raises(SharedAlready):
        make.share(session, matter=matter, agency=agency, now=NOW)
    again = make.share(session, matter=matter, agency=agency, now=NOW + DAY)
    assert (share.end_reason, share.ended_at) == (EndReason.RAN_OUT, end_of(TODAY))
    withdraw(session, again, stamp=at(NOW + DAY + HOUR))
    make.share(session, matter=matter, agency=agency, level=ShareLevel.FULL, now=NOW + DAY + 2 * HOUR)
    assert level(session, matter, agency, NOW + DAY + 2 * HOUR) is ShareLevel.FULL


def test_a_share_is_extended_while_it_is_open_and_never_shortened(session: Session) -> None:
    matter, agency, share = shared(session, until=TODAY)
    with pytest.raises(UntilOutOfRange):
        extend(session, share, until=TODAY - DAY, stamp=at(NOW))
    extend(session, share, until=LAST, stamp=at(NOW))
    assert level(session, matter, agency, end_of(TODAY)) is ShareLevel.SUMMARY
    with pytest.raises(NotShared):
        extend(session, share, until=LAST + DAY, stamp=at(end_of(LAST)))


def test_an_agency_that_closed_meanwhile_is_shown_nothing(session: Session) -> None:
    matter, agency = make.matter(session), make.agency(session)
    close_agency(session, agency, closed_on=TODAY - DAY, stamp=at(NOW))
    with pytest.raises(AgencyNotOpen):
        make.share(session, matter=matter, agency=agency, now=NOW)


def test_a_hand_over_asks_for_a_confirmation_within_14_days_or_the_share_ends(session: Session) -> None:
    matter, agency, share = shared(session)
    kept, kept_by = shared(session)[0::2]
    for each in (matter, kept):
        hand_over(session, each, unit=make.team(session), stamp=at(NOW))
    deadline = end_of(TODAY + timedelta(days=14))
    confirm(session, kept_by, stamp=at(NOW + DAY))
    assert level(session, matter, agency, deadline - HOUR) is ShareLevel.SUMMARY
    assert level(session, matter, agency, deadline) is None
    assert share.why_ended(deadline) is EndReason.NOT_CONFIRMED
    assert kept_by.opens_at(deadline)
    with pytest.raises(NotShared):
        confirm(session, share, stamp=at(deadline))


def test_a_second_hand_over_neither_delays_the_end_nor_opens_again(session: Session) -> None:
    matter, _, share = shared(session)
    hand_over(session, matter, unit=make.team(session), stamp=at(NOW))
    hand_over(session, matter, unit=make.team(session), stamp=at(NOW + DAY))
    assert share.ends_at == end_of(TODAY + timedelta(days=14))
    hand_over(session, matter, unit=make.team(session), stamp=at(NOW + 20 * DAY))
    assert not share.opens_at(NOW + 20 * DAY)


def test_a_closing_agency_loses_what_it_sees_and_its_successor_is_given_nothing(session: Session) -> None:
    matter, agency, _ = shared(session)
    successor = make.agency(session)
    close_agency(session, agency, closed_on=TODAY, taken_over_by=[successor], stamp=at(NOW))
    assert level(session, matter, agency, end_of(TODAY) - HOUR) is ShareLevel.SUMMARY
    assert level(session, matter, agency, end_of(TODAY)) is None
    assert level(session, matter, successor, end_of(TODAY)) is None
    (ended,) = ended_by_closing(session, agency)
    carry_over(session, [ended], successor=successor, stamp=at(NOW + DAY))
    assert level(session, matter, successor, NOW + DAY) is ShareLevel.SUMMARY
    with pytest.raises(SharedAlready):
        carry_over(session, [ended], successor=successor, stamp=at(NOW + DAY))


def test_a_closing_that_is_recorded_late_ends_shares_then_and_not_before(session: Session) -> None:
    matter, agency, _ = shared(session)
    close_agency(session, agency, closed_on=TODAY, stamp=at(NOW + 3 * DAY))
    assert level(session, matter, agency, NOW + 2 * DAY) is ShareLevel.SUMMARY
    assert level(session, matter, agency, NOW + 3 * DAY) is None


def test_a_closing_that_is_taken_back_in_time_ends_nothing(session: Session) -> None:
    matter, agency, share = shared(session)
    close_agency(session, agency, closed_on=TODAY + DAY, stamp=at(NOW))
    change_agency(session, agency, facts=AgencyFacts("Council", make.START), stamp=at(NOW + HOUR))
    assert level(session, matter, agency, NOW + 5 * DAY) is ShareLevel.SUMMARY
    assert share.end_reason is None


def test_lists_say_what_is_open_now_of_an_agency_and_of_a_unit(session: Session) -> None:
    matter, agency, share = shared(session)
    _, other, _ = shared(session)
    assert [each.id for each in shares_open(session, agency.id, NOW)] == [share.id]
    assert [each.id for each in shares_under(session, [matter.unit.path], NOW)] == [share.id]
    assert shares_under(session, [], NOW) == []
    assert [each.id for each in shares_of(session, matter)] == [share.id]
    assert shares_open(session, other.id, end_of(LAST)) == []


def test_what_was_opened_is_told_of_those_who_acted_for_the_agency_then(session: Session) -> None:
    matter, agency, _ = shared(session)
    account = make.account(session, role=Role.PARTNER, unit=make.bcu(session), name="Ash")
    make.partner(session, account, agency=agency)
    session.commit()
    note_view(session, Viewer(account.id, "", "", ()), "matter", matter.id, "open shared: summary")
    really = datetime.now(UTC)
    (seen,) = opened_by(session, agency, really - HOUR, really + HOUR)
    assert (seen.name, seen.matter.id, seen.act) == ("Ash", matter.id, "open shared: summary")
    assert opened_by(session, make.agency(session), really - HOUR, really + HOUR) == []


# Residents --------------------------------------------------------------------------------------------------


def test_a_resident_answers_while_the_invitation_lasts_and_a_double_click_is_one_answer(
    session: Session,
) -> None:
    matter = make.matter(session)
    invited = invite_resident(
        session, matter=matter, name="Sam", email=" Sam@Home.example", terms=TERMS, stamp=at(NOW)
    )
    assert invited.resident is not None
    assert invited.resident.email == "sam@home.example"
    for _ in range(2):
        answer(session, invited, text="It is better now.", now=NOW)
        session.flush()
    assert [each.text for each in answers_to(session, [invited])] == ["It is better now."]
    with pytest.raises(SharedAlready):
        invite_resident(
            session, matter=matter, name="Sam", email="sam@home.example", terms=TERMS, stamp=at(NOW)
        )
    withdraw(session, invited, stamp=at(NOW + HOUR))
    with pytest.raises(NotShared):
        answer(session, invited, text="And worse again.", now=NOW + HOUR)


def test_a_link_is_no_way_to_fill_the_records(session: Session) -> None:
    invited = invite_resident(
        session, matter=make.matter(session), name="Sam", email="s@h.example", terms=TERMS, stamp=at(NOW)
    )
    for number in range(MOST_ANSWERS):
        answer(session, invited, text=f"Answer {number}", now=NOW)
        session.flush()
    with pytest.raises(NotAnswered):
        answer(session, invited, text="One more", now=NOW)


# Any day ----------------------------------------------------------------------------------------------------

#: What is done, so many hours after what was done before.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["share", "withdraw", "extend", "confirm", "hand over", "close", "open again"]),
        st.integers(1, 900),
    ),
    max_size=10,
)


def do(session: Session, step: str, matter: Matter, agency: Agency, now: datetime) -> None:
    """One step with the latest share, as far as it is allowed then."""
    latest = next(iter(shares_of(session, matter)), None)
    today = local_day(now)
    if step == "share":
        make.share(session, matter=matter, agency=agency, until=today + timedelta(days=40), now=now)
    elif step == "hand over":
        hand_over(session, matter, unit=make.team(session), stamp=at(now))
    elif step == "close":
        close_agency(session, agency, closed_on=today + timedelta(days=3), stamp=at(now))
    elif step == "open again":
        change_agency(session, agency, facts=AgencyFacts("Council", make.START), stamp=at(now))
    elif latest is not None and step == "extend":
        extend(session, latest, until=today + timedelta(days=60), stamp=at(now))
    elif latest is not None:
        (withdraw if step == "withdraw" else confirm)(session, latest, stamp=at(now))


@given(steps=STEPS)
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_the_records_tell_of_every_instant_what_was_open_at_it(
    session: Session, steps: list[tuple[str, int]]
) -> None:
    matter, agency, now = make.matter(session), make.agency(session), NOW
    seen: list[tuple[datetime, ShareLevel | None]] = []
    for step, hours in steps:
        now += hours * HOUR
        seen += [(each, level(session, matter, agency, each)) for each in (now - HOUR, now - HOUR / 2)]
        with suppress(Refusal):
            do(session, step, matter, agency, now)
            seen.append((now, level(session, matter, agency, now)))
    assert [(each, level(session, matter, agency, each)) for each, _ in seen] == seen
    for each, opened in seen:
        day = local_day(each)
        of_day = shares_with(session, agency, local_midnight(day), end_of(day))
        assert any(share.opens_at(each) for share in of_day) is (opened is not None)
