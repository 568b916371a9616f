"""Signing in: how long a session lasts, what ends it, and when a further try is refused."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts import actions, queries
from npt.accounts.models import Account, KeptPost, SignInAttempt, SignInSession
from npt.accounts.rules import (
    Origin,
    Sent,
    TooManyAttempts,
    origin_of,
)
from npt.kit.refusals import Refusal
from npt.store.transaction import engine_at, writing
from npt.webkit import submissions
from npt.webkit.submissions import Submission
from tests import make
from tests.hashing import CHEAP
from tests.records.sign_ins import (
    EMAIL,
    MINUTE,
    NOW,
    SECRET,
    count,
    fail,
    failed_before,
    known_browser,
    sign_in,
)


@pytest.fixture
def sergeant(session: Session) -> Account:
    """An account that can sign in."""
    with writing(session):
        return make.account(session, email=EMAIL)


# Sessions ---------------------------------------------------------------------------------------------------


def test_a_session_lasts_twenty_hours_and_five_minutes_to_the_microsecond(
    session: Session, sergeant: Account
) -> None:
    _, token = sign_in(session)
    end = NOW + timedelta(hours=20, minutes=5)
    assert queries.signed_in(session, token, end - timedelta(microseconds=1)) is not None
    assert queries.signed_in(session, token, end) is None


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(
    session: Session, sergeant: Account
) -> None:
    started, token = sign_in(session)
    with writing(session):
        actions.sign_out(session, sign_in_id=started.id, now=NOW)
    assert queries.signed_in(session, token, NOW) is None


def test_the_token_itself_is_not_in_the_database(session: Session, sergeant: Account) -> None:
    started, token = sign_in(session)
    assert len(token) >= 43  # 256 bits in base 64
    assert token not in (started.token_digest, sergeant.password_hash)


def test_what_has_served_its_time_is_dropped_at_the_next_sign_in(session: Session, sergeant: Account) -> None:
    old = NOW - timedelta(days=9)
    sign_in(session, now=old)
    fail(session, 1, email="somebody@demo.example", now=old)
    with writing(session):
        submissions.claim(session, submissions.new_key(), sergeant.id, old, "")
        actions.keep_post(session, account_id=sergeant.id, address="/x", sent=Sent((("a", "b"),)), now=old)
    sign_in(session)
    left = {table: count(session, table) for table in (SignInSession, SignInAttempt, Submission, KeptPost)}
    assert left == {SignInSession: 1, SignInAttempt: 0, Submission: 0, KeptPost: 0}


def test_an_ended_session_is_remembered_long_enough_for_a_late_post(
    session: Session, sergeant: Account
) -> None:
    _, token = sign_in(session, now=NOW - timedelta(days=3))
    sign_in(session)
    assert queries.account_of_ended(session, token) == sergeant.id


# The throttle -----------------------------------------------------------------------------------------------


def test_after_five_failures_the_right_password_is_refused_with_the_minute_to_try_again(
    session: Session, sergeant: Account
) -> None:
    fail(session, 5)
    with pytest.raises(TooManyAttempts) as refused:
        sign_in(session, now=NOW + MINUTE)
    # 09:00:30 and fifteen minutes, rounded up
    assert refused.value.try_again_at == datetime(2026, 11, 16, 9, 16, tzinfo=UTC)
    assert refused.value.message.endswith("try again at 09:16.")


def test_at_the_minute_that_was_named_the_next_try_counts(session: Session, sergeant: Account) -> None:
    fail(session, 5)
    assert sign_in(session, now=datetime(2026, 11, 16, 9, 16, tzinfo=UTC))[1]


def test_a_refused_try_does_not_lengthen_the_wait(session: Session, sergeant: Account) -> None:
    fail(session, 5)
    for minutes in (5, 10):
        with pytest.raises(TooManyAttempts):
            sign_in(session, now=NOW + minutes * MINUTE)
    assert sign_in(session, now=NOW + 15 * MINUTE)[1]


def test_an_unknown_address_is_answered_like_a_known_one(session: Session, sergeant: Account) -> None:
    said = []
    for email, address in ((EMAIL, "192.0.2.1"), ("nobody@demo.example", "192.0.2.2")):
        for _ in range(6):
            with pytest.raises(Refusal) as refused:
                sign_in(session, email=email, password="not the password", address=address)
            said.append(refused.value.message)
    assert said[:6] == said[6:]


def test_an_unknown_address_costs_as_much_work_as_a_known_one() -> None:
    assert not CHEAP.is_outdated(CHEAP.nobodys_hash)
    with pytest.raises(VerifyMismatchError):  # worked through to the end, not refused as unreadable
        PasswordHasher().verify(CHEAP.nobodys_hash, "not the password")


def test_the_day_is_named_when_the_wait_ends_tomorrow(session: Session, sergeant: Account) -> None:
    late = datetime(2026, 11, 16, 23, 55, tzinfo=UTC)
    fail(session, 5, now=late)
    with pytest.raises(TooManyAttempts, match=r"try again on 17 November 2026 at 00:10\.$"):
        sign_in(session, now=late + MINUTE)


def test_five_failures_elsewhere_keep_nobody_out_of_their_account(
    session: Session, sergeant: Account
) -> None:
    fail(session, 5, address="198.51.100.1")
    with pytest.raises(TooManyAttempts):
        sign_in(session, address="198.51.100.1")
    assert sign_in(session)[1]


def test_twenty_failures_from_a_station_keep_nobody_else_there_out(
    session: Session, sergeant: Account
) -> None:
    failed_before(session, [(f"person{number}@demo.example", "192.0.2.7") for number in range(4)], each=5)
    assert sign_in(session)[1]


def test_many_accounts_tried_from_one_address_are_slowed(session: Session, sergeant: Account) -> None:
    failed_before(session, [(f"person{number}@demo.example", "192.0.2.7") for number in range(50)], each=2)
    with pytest.raises(TooManyAttempts):
        sign_in(session)
    assert sign_in(session, address="198.51.100.1")[1]


def test_one_account_tried_from_many_addresses_is_slowed(session: Session, sergeant: Account) -> None:
    failed_before(session, [(EMAIL, f"198.51.100.{number}") for number in range(25)], each=2)
    with pytest.raises(TooManyAttempts):
        sign_in(session)


def test_the_owner_signing_in_gives_a_guesser_elsewhere_no_new_tries(
    session: Session, sergeant: Account
) -> None:
    failed_before(session, [(EMAIL, f"198.51.100.{number}") for number in range(25)], each=2)
    assert sign_in(session, browser=known_browser())[1]
    with pytest.raises(TooManyAttempts):
        sign_in(session, address="198.51.100.99")


def test_a_browser_that_signed_in_before_is_spared_what_others_do(
    session: Session, sergeant: Account
) -> None:
    fail(session, 5)
    failed_before(session, [(EMAIL, f"198.51.100.{number}") for number in range(25)], each=2)
    failed_before(session, [(f"person{number}@demo.example", "192.0.2.7") for number in range(50)], each=2)
    assert sign_in(session, browser=known_browser())[1]


def test_a_browser_is_spared_only_for_the_accounts_that_signed_in_there(
    session: Session, sergeant: Account
) -> None:
    failed_before(session, [(EMAIL, f"198.51.100.{number}") for number in range(25)], each=2)
    with pytest.raises(TooManyAttempts):
        sign_in(session, browser=known_browser(email="guesser@demo.example"))


def test_a_known_browser_may_not_guess_without_end_wherever_it_goes(
    session: Session, sergeant: Account
) -> None:
    for number in range(5):
        fail(session, 1, address=f"198.51.100.{number}", browser=known_browser())
    with pytest.raises(TooManyAttempts):
        sign_in(session, address="198.51.100.99", browser=known_browser())
    assert sign_in(session, browser=known_browser("another desk"))[1]


def test_failures_dated_in_the_future_count_in_nothing(session: Session, sergeant: Account) -> None:
    fail(session, 5, now=NOW + timedelta(days=30))
    assert sign_in(session)[1]


def test_a_phone_cannot_go_round_the_throttle_by_its_many_ipv6_addresses() -> None:
    def origin(address: str) -> Origin:
        return origin_of(EMAIL, address, secret=SECRET)

    assert origin("2001:db8:1:2::1") == origin("2001:db8:1:2:ffff::9")
    assert origin("2001:db8:1:2::1") != origin("2001:db8:1:3::1")
    assert origin("::ffff:192.0.2.7") == origin("192.0.2.7")


def test_a_sign_in_that_succeeds_clears_the_failures_of_its_account(
    session: Session, sergeant: Account
) -> None:
    fail(session, 4)
    sign_in(session)
    fail(session, 4)
    assert sign_in(session)[1]


def test_a_failure_is_kept_without_the_address_that_was_typed(session: Session, sergeant: Account) -> None:
    fail(session, 1)
    kept = session.scalars(select(SignInAttempt)).one()
    assert EMAIL not in f"{kept.email_digest} {kept.address_digest}"
    assert kept.email_digest != origin_of(EMAIL, "192.0.2.7", secret="another key").email_digest


def test_simultaneous_guesses_do_not_slip_past_the_throttle(
    session: Session, sergeant: Account, database_url: str
) -> None:
    session.rollback()
    engine = engine_at(database_url)
    answers: list[type[BaseException]] = []

    def guess() -> None:
        with Session(engine) as own:
            try:
                sign_in(own, password="not the password")
            except BaseException as answer:
                answers.append(type(answer))

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert sorted(answer.__name__ for answer in answers) == ["TooManyAttempts"] * 3 + ["WrongCredentials"] * 5
