"""Tables of accounts, their sessions, sign-in attempts, and posts kept when a session had ended."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.rules import ATTEMPT_REMEMBERED_FOR, REMEMBERED_FOR
from npt.store.base import Base, Key
from npt.store.personal import AFTER_LEAVING, ITSELF, Fate, Kept, Personal
from npt.store.types import UtcInstant


class Account(Base):
    """A way into the system: an email address and, unless single sign-on is used, a password."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("email"),)
    personal = Personal(
        ITSELF,
        why="whoever uses npt signs in and answers for what they do: security of personal data",
        holds={"email": Fate.PSEUDONYM, "name": Fate.PSEUDONYM},
        kept=AFTER_LEAVING,
    )
    secret = frozenset({"password_hash"})
    is_watched = True

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: lower case; the name under which a person signs in
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    #: argon2id; None when no password has been set
    password_hash: Mapped[str | None] = mapped_column(String(200))
    #: None while it has the password that it was opened with; tokens from before open nothing any more
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: a supervisor is written to about days that nobody has confirmed, unless they want no such letters
    wants_reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SignInSession(Base):
    """One signed-in browser. Signing out ends the row, and with it every copy of the cookie."""

    __tablename__ = "sign_in_session"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        Index("ix_sign_in_session_account_id", "account_id"),
    )
    personal = Personal(
        "account_id",
        why="a browser stays signed in, and what it sends too late finds its person: security",
        goes=True,
        kept=Kept.after("expires_at", REMEMBERED_FOR),
    )
    secret = frozenset({"token_digest"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: SHA-256 of the token in the cookie: whoever reads the table cannot sign in with it
    token_digest: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    started_at: Mapped[datetime] = mapped_column(UtcInstant())
    expires_at: Mapped[datetime] = mapped_column(UtcInstant())
    ended_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class SignInAttempt(Base):
    """A failed attempt to sign in, kept as long as it counts towards the throttle."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email_digest_at", "email_digest", "at"),
        Index("ix_sign_in_attempt_address_digest_at", "address_digest", "at"),
    )
    personal = Personal(
        None,
        why="so that nobody guesses passwords; keyed digests, which name nobody: security",
        holds={"email_digest": Fate.KEPT, "address_digest": Fate.KEPT},
        kept=Kept.after("at", ATTEMPT_REMEMBERED_FOR),
    )
    is_journaled = False

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    email_digest: Mapped[str] = mapped_column(String(64))
    #: of the network address, or of a browser or session that is known to the account
    address_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcInstant())


class KeptPost(Base):
    """What a person sent after their session had ended, waiting for the same person to sign in again."""

    __tablename__ = "kept_post"
    __table_args__ = (Index("ix_kept_post_account_id", "account_id"),)
    personal = Personal(
        "account_id",
        why="what a person typed is given back to them when they sign in again: their own use",
        holds={"address": Fate.FREE_TEXT, "body": Fate.FREE_TEXT},
        goes=True,
        kept=Kept.after("kept_at", REMEMBERED_FOR),
    )
    is_journaled = False

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    address: Mapped[str] = mapped_column(String(500))
    #: the form as it came, url-encoded, without its CSRF token
    body: Mapped[str] = mapped_column(Text())
    kept_at: Mapped[datetime] = mapped_column(UtcInstant())
