"""Accounts: opening and closing, passwords, and what is kept of a post that came too late."""

import pytest
from sqlalchemy.orm import Session

from npt.accounts import actions, queries
from npt.accounts.actions import Hasher
from npt.accounts.models import Account, KeptPost
from npt.accounts.rules import (
    LONGEST_KEPT_BODY,
    LONGEST_KEPT_IN_ALL,
    EmailNotPossible,
    EmailTaken,
    HashCost,
    PasswordRefused,
    Sent,
    TooManyAttempts,
    WrongCredentials,
    keepable,
    origin_of,
    read,
    written,
)
from npt.kit.refusals import Refusal
from npt.store.transaction import writing
from tests import make
from tests.hashing import CHEAP, DELIVERED
from tests.records.sign_ins import EMAIL, MINUTE, NOW, SECRET, count, sign_in


@pytest.fixture
def sergeant(session: Session) -> Account:
    """An account that can sign in."""
    with writing(session):
        return make.account(session, email=EMAIL)


# Opening and closing ----------------------------------------------------------------------------------------


def test_an_account_is_found_however_its_address_is_written(session: Session) -> None:
    with writing(session):
        opened = actions.open_account(session, email=" Sergeant@Demo.Example ", name="Invented Person")
    assert opened.email == "sergeant@demo.example"
    assert queries.account_of(session, "SERGEANT@demo.example ") is opened


def test_a_second_account_for_an_address_is_refused_on_its_field(session: Session, sergeant: Account) -> None:
    session.rollback()
    with pytest.raises(EmailTaken) as refused, writing(session):
        actions.open_account(session, email=EMAIL.upper(), name="Invented Person")
    assert refused.value.field == "email"


@pytest.mark.parametrize("email", ["", "someone", "a b@demo.example", "a@b", "a\x00@demo.example", "a" * 255])
def test_what_cannot_be_an_address_is_refused(session: Session, email: str) -> None:
    with pytest.raises(EmailNotPossible), writing(session):
        actions.open_account(session, email=email, name="Invented Person")


@pytest.mark.parametrize(
    "password", ["eleven char", "sergeant@demo.example", "SERGEANT@DEMO.EXAMPLE", "x" * 201]
)
def test_a_short_or_endless_password_or_ones_own_address_is_refused(session: Session, password: str) -> None:
    with pytest.raises(PasswordRefused), writing(session):
        actions.open_account(session, email=EMAIL, name="Invented Person", password=password, hasher=CHEAP)


@pytest.mark.parametrize(
    "password",
    ["password1234", "letmein12345", "qwertyuiop12", "aaaaaaaaaaaa", "sergeant1234", "Marjoribanks"],
)
def test_a_common_password_or_one_guessed_from_the_account_is_refused(
    session: Session, password: str
) -> None:
    with pytest.raises(PasswordRefused, match="use three or four unrelated words"), writing(session):
        actions.open_account(session, email="am@demo.example", name="A Marjoribanks", password=password)


def test_a_common_password_is_refused_however_it_is_given(session: Session, sergeant: Account) -> None:
    here, _ = sign_in(session)
    with pytest.raises(PasswordRefused) as refused:
        change_password(session, sergeant, here.id, make.PASSWORD, new="password1234")
    assert refused.value.field == "new_password"
    with pytest.raises(PasswordRefused), writing(session):
        actions.set_password(session, account=sergeant, password="password1234", now=NOW)


def test_a_demonstration_may_print_a_common_password(session: Session) -> None:
    with writing(session):
        actions.open_account(
            session, email=EMAIL, name="Invented", password="password1234", may_be_common=True, hasher=CHEAP
        )


def test_a_password_of_twelve_letters_needs_nothing_else(session: Session) -> None:
    with writing(session):
        actions.open_account(session, email=EMAIL, name="Invented", password="staplefirmly", hasher=CHEAP)
    assert sign_in(session, password="staplefirmly")[1]


def test_an_account_without_a_password_lets_nobody_in(session: Session) -> None:
    with writing(session):
        actions.open_account(session, email=EMAIL, name="Invented Person")
    with pytest.raises(WrongCredentials):
        sign_in(session, password="")


def test_a_closed_account_has_no_session_left_and_cannot_sign_in(session: Session, sergeant: Account) -> None:
    _, token = sign_in(session)
    with writing(session):
        actions.close_account(session, account=sergeant, now=NOW)
    assert queries.signed_in(session, token, NOW + MINUTE) is None
    with pytest.raises(WrongCredentials):
        sign_in(session, now=NOW + MINUTE)


# Passwords --------------------------------------------------------------------------------------------------


def test_the_products_hash_costs_what_rfc_9106_recommends_for_little_memory() -> None:
    assert DELIVERED.hash(make.PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_is_the_same_however_the_keyboard_composes_its_letters() -> None:
    assert CHEAP.fits("cafe\u0301 au lait bitte", CHEAP.hash("caf\u00e9 au lait bitte"))


def test_a_hash_of_another_cost_is_renewed_at_the_next_sign_in(session: Session, sergeant: Account) -> None:
    dearer = Hasher(HashCost(rounds=2, kibibytes=16, lanes=1))
    sign_in(session, hasher=dearer)
    assert sergeant.password_hash is not None
    assert sergeant.password_hash.startswith("$argon2id$v=19$m=16,t=2,p=1$")
    assert sign_in(session, hasher=dearer)[1]


def test_a_new_password_by_an_administrator_ends_every_session(session: Session, sergeant: Account) -> None:
    _, token = sign_in(session)
    with writing(session):
        actions.set_password(
            session, account=sergeant, password="another long password", now=NOW, hasher=CHEAP
        )
    assert queries.signed_in(session, token, NOW) is None
    assert sign_in(session, password="another long password")[1]


def change_password(
    session: Session, account: Account, sign_in_id: int, old: str, new: str = "another long password"
) -> None:
    """Change the password to another, committing what a refusal leaves behind."""
    session.rollback()
    with writing(session):
        try:
            actions.change_password(
                session,
                account=account,
                old=old,
                new=new,
                sign_in_id=sign_in_id,
                origin=origin_of(EMAIL, "192.0.2.7", secret=SECRET),
                now=NOW,
                hasher=CHEAP,
            )
        except Refusal:
            session.commit()
            raise


def test_changing_ones_password_ends_the_other_sessions_only(session: Session, sergeant: Account) -> None:
    _, elsewhere = sign_in(session)
    here, token = sign_in(session)
    change_password(session, sergeant, here.id, make.PASSWORD)
    assert queries.signed_in(session, elsewhere, NOW) is None
    assert queries.signed_in(session, token, NOW) is not None


def test_the_present_password_cannot_be_guessed_without_end(session: Session, sergeant: Account) -> None:
    here, _ = sign_in(session)
    for _ in range(5):
        with pytest.raises(WrongCredentials) as refused:
            change_password(session, sergeant, here.id, "a guess")
        assert refused.value.field == "old_password"
    with pytest.raises(TooManyAttempts):
        change_password(session, sergeant, here.id, make.PASSWORD)


# Kept posts -------------------------------------------------------------------------------------------------


def keep(
    session: Session, account: Account, note: str, address: str = "/teams/C11/day/2026-11-16"
) -> KeptPost | None:
    """Keep a note for an account."""
    session.rollback()
    with writing(session):
        return actions.keep_post(
            session, account_id=account.id, address=address, sent=keepable([("note", note)]), now=NOW
        )


def test_what_was_sent_is_kept_field_by_field_in_order() -> None:
    fields = [("members", "1"), ("members", "2"), ("note", "R&B = 100 % é\n"), ("empty", "")]
    assert read(written(keepable(fields))).fields == tuple(fields)


def test_tokens_passwords_and_files_are_not_kept_and_the_last_two_are_named() -> None:
    sent = keepable([("csrf_token", "t"), ("new_password", "p"), ("note", "n")], ["roster"])
    assert read(written(sent)) == Sent((("note", "n"),), ("roster", "new_password"))
    assert "=p" not in written(sent)


def test_a_kept_post_is_found_by_nobody_else(session: Session, sergeant: Account) -> None:
    kept = keep(session, sergeant, "typed")
    assert kept is not None
    assert queries.kept_post(session, sergeant.id, kept.id) is kept
    assert queries.kept_post(session, sergeant.id + 1, kept.id) is None


def test_nobody_else_can_discard_a_kept_post(session: Session, sergeant: Account) -> None:
    kept = keep(session, sergeant, "typed")
    assert kept is not None
    session.rollback()
    with writing(session):
        actions.forget_kept_post(session, account_id=sergeant.id + 1, kept_id=kept.id)
    assert count(session, KeptPost) == 1


def test_the_same_thing_sent_twice_is_kept_once(session: Session, sergeant: Account) -> None:
    keep(session, sergeant, "typed")
    keep(session, sergeant, "typed")
    assert count(session, KeptPost) == 1


def test_of_many_kept_posts_none_gives_way(session: Session, sergeant: Account) -> None:
    for number in range(30):
        keep(session, sergeant, str(number))
    left = [dict(read(kept.body).fields)["note"] for kept in queries.kept_posts(session, sergeant.id)]
    assert left == [str(number) for number in range(29, -1, -1)]


def test_what_would_be_too_much_in_all_is_not_kept_and_the_rest_stays(
    session: Session, sergeant: Account
) -> None:
    length = LONGEST_KEPT_BODY - 100
    most = LONGEST_KEPT_IN_ALL // length
    kept = [keep(session, sergeant, str(number) + "x" * length) for number in range(most + 1)]
    assert [each is None for each in kept] == [False] * most + [True]
    assert count(session, KeptPost) == most


def test_what_is_too_long_is_not_kept_by_halves(session: Session, sergeant: Account) -> None:
    assert keep(session, sergeant, "x" * 500_001) is None
    assert keep(session, sergeant, "typed", address="/" + "x" * 500) is None
    assert count(session, KeptPost) == 0
