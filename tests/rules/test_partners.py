"""The law of partners: who follows whom, whose account opens something, and until when a share does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from npt.access.rules import HOLDS, Permission, Role, ShareLevel
from npt.kit.spans import Span
from npt.partners.rules import (
    Barrier,
    LegalBasis,
    Membership,
    ShareTerms,
    UntilOutOfRange,
    VettedUntilWrong,
    Vetting,
    WrongSuccessor,
    barrier,
    check_successor,
    check_terms,
    check_vetting,
    confirm_by,
    end_of,
    ends_at,
)

TODAY = date(2026, 11, 16)
LAST = date(2009, 3, 31)
STANDS = Span(date(2009, 4, 1))
ALWAYS = Span(date(2000, 1, 1))


def refused(successor: str, following: dict[str, list[str]], stands: Span = STANDS) -> str:
    with pytest.raises(WrongSuccessor) as refusal:
        check_successor("COUNTY", LAST, successor, stands, following)
    return str(refusal.value)


def test_an_agency_never_follows_itself() -> None:
    assert "cannot take over from itself" in refused("COUNTY", {})


def test_an_agency_never_follows_itself_by_others_in_between() -> None:
    following = {"NEW": ["NEWER"], "NEWER": ["COUNTY", "NEW"]}
    assert "directly or by others in between" in refused("NEW", following)
    check_successor("COUNTY", LAST, "NEW", STANDS, {"COUNTY": ["NEWER"], "NEW": ["NEWER"]})


def test_a_successor_is_open_on_the_day_after() -> None:
    assert "not open on the day after" in refused("NEW", {}, Span(date(2009, 4, 2)))


def membership(
    *, stands: Span = ALWAYS, vetted_until: date | None = TODAY, ended_at: datetime | None = None
) -> Membership:
    return Membership("The council", stands, vetted_until, ended_at)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (None, Barrier.NO_AGENCY),
        (membership(ended_at=datetime(2026, 11, 16, 9, tzinfo=UTC)), Barrier.LEFT),
        (membership(stands=Span(date(2000, 1, 1), date(2026, 11, 15))), Barrier.AGENCY_CLOSED),
        (membership(stands=Span(date(2026, 11, 17))), Barrier.AGENCY_CLOSED),
        (membership(vetted_until=date(2026, 11, 15)), Barrier.VETTING_ENDED),
    ],
)
def test_an_account_is_refused_for_a_reason_that_is_told(held: Membership | None, why: Barrier) -> None:
    found = barrier(held, TODAY)
    assert found is not None
    assert found[0] is why
    assert found[1].endswith(".")


def test_vetting_holds_through_its_last_day_and_may_not_be_needed() -> None:
    assert barrier(membership(vetted_until=TODAY), TODAY) is None
    assert barrier(membership(vetted_until=None), TODAY) is None
    assert barrier(membership(stands=Span(date(2000, 1, 1), TODAY)), TODAY) is None


@pytest.mark.parametrize(
    ("vetting", "until"),
    [(Vetting.NONE, TODAY), (Vetting.NPPV3, None), (Vetting.NPPV1, TODAY - timedelta(days=1))],
)
def test_vetting_has_a_last_day_to_come(vetting: Vetting, until: date | None) -> None:
    with pytest.raises(VettedUntilWrong):
        check_vetting(vetting, until, TODAY)
    check_vetting(Vetting.NPPV2_FULL, TODAY, TODAY)
    check_vetting(Vetting.NONE, None, TODAY)


@pytest.mark.parametrize(
    ("last", "over"),
    [
        # The clocks go back on 25 October 2026, at 01:00 UTC, and forward on 28 March 2027.
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 28, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, tzinfo=UTC)),
    ],
)
def test_a_share_lasts_through_its_last_local_day(last: date, over: datetime) -> None:
    assert end_of(last) == over
    assert ends_at(last, None, None) == over


def test_a_share_ends_with_the_first_of_its_ends() -> None:
    last, soon = date(2026, 12, 31), datetime(2026, 11, 20, tzinfo=UTC)
    assert ends_at(last, soon, None) == soon
    assert ends_at(last, soon, soon - timedelta(hours=1)) == soon - timedelta(hours=1)
    assert ends_at(TODAY, soon, None) == end_of(TODAY)


def test_a_hand_over_leaves_fourteen_whole_days_also_over_a_change_of_the_clocks() -> None:
    assert confirm_by(datetime(2026, 10, 12, 22, 59, tzinfo=UTC)) == datetime(2026, 10, 27, tzinfo=UTC)
    assert confirm_by(datetime(2026, 10, 12, 23, 1, tzinfo=UTC)) == datetime(2026, 10, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "closes"),
    [
        (TODAY - timedelta(days=1), None),
        (TODAY + timedelta(days=367), None),
        (TODAY + timedelta(days=9), TODAY + timedelta(days=8)),
    ],
)
def test_a_share_ends_neither_before_today_nor_after_a_year_nor_after_its_agency(
    until: date, closes: date | None
) -> None:
    with pytest.raises(UntilOutOfRange):
        check_terms(ShareTerms("Joint plan", LegalBasis.CONSENT, until), TODAY, closes)
    check_terms(ShareTerms("Joint plan", LegalBasis.CONSENT, TODAY), TODAY, TODAY)


def test_a_level_opens_what_asks_for_it_or_less() -> None:
    opened = {(one, other) for one in ShareLevel for other in ShareLevel if one.opens(other)}
    exists, summary, full = ShareLevel
    assert opened == {
        (exists, exists),
        (summary, exists),
        (summary, summary),
        (full, exists),
        (full, summary),
        (full, full),
    }


def test_no_partner_sees_what_is_sensitive_or_more_than_is_shared() -> None:
    assert HOLDS[Role.PARTNER] == {Permission.SEE_UNITS, Permission.SEND_INFORMATION}
