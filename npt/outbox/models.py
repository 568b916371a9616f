"""Tables of the outbox: letters, their history, who wants no more of what, addresses that do not work."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.outbox.rules import (
    LETTER_KEPT_FOR,
    RETURN_KEPT_FOR,
    TEXT_KEPT_FOR,
    LetterState,
    NotSent,
    Outcome,
    Topic,
)
from npt.store.base import Base, Key
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import PathText, UtcInstant, by_value


class Letter(Base):
    """An email to one person: queued, then tried until it is sent or its fate is known otherwise.

    A row is there before the letter is sent, and says who has it in hand before it is handed in.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("identity"),
        UniqueConstraint("message_key"),
        Index("ix_letter_state_is_urgent_not_before", "state", "is_urgent", "not_before"),
        Index("ix_letter_to_address_tried_at", "to_address", "tried_at"),
        Index("ix_letter_path_queued_at", "path", "queued_at"),
        Index("ix_letter_queued_at", "queued_at"),
        Index("ix_letter_account_id", "account_id"),
        CheckConstraint("(state = 'sending') = (claim IS NOT NULL)", name="sending_means_claimed"),
        CheckConstraint("(claim IS NULL) = (claimed_until IS NULL)", name="claimed_until_some_instant"),
        CheckConstraint(
            "(state = 'not-sent') = (not_sent_because IS NOT NULL)", name="not_sent_for_a_reason"
        ),
        CheckConstraint(
            "(state IN ('waiting', 'sending')) = (settled_at IS NULL)", name="settled_at_some_instant"
        ),
        CheckConstraint("(tries = 0) = (tried_at IS NULL)", name="tried_at_some_instant"),
    )
    personal = Personal(
        "account_id",
        why="what was written to whom, so that nobody is written to twice and it can be told whether it"
        " arrived: public task; to whoever has no account: consent, which the link in each ends",
        holds={
            "to_address": Fate.PSEUDONYM,
            "to_name": Fate.PSEUDONYM,
            "subject": Fate.EMPTIED,
            "text": Fate.EMPTIED,
            "answer": Fate.FREE_TEXT,
        },
        nobody={"identity", "message_key", "path", "claim"},
        address="to_address",
        goes=True,
        kept=Kept(
            f"subject and text {TEXT_KEPT_FOR.days} days after it was sent,"
            f" the rest {LETTER_KEPT_FOR.days} days"
        ),
    )
    is_journaled = (
        False  # thousands at once; it is itself the record, and its history says who did what to it
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what makes it queued once only
    identity: Mapped[str] = mapped_column(String(120))
    #: of its Message-ID, the same however often it is tried; nobody can guess it, so nobody can feign its
    #: return
    message_key: Mapped[str] = mapped_column(String(32))
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    #: lower case
    to_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(200))
    #: None, like the text, once it was erased
    subject: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text())
    topic: Mapped[Topic] = mapped_column(by_value(Topic, "topic"))
    is_urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: the unit from whose work it comes
    path: Mapped[str] = mapped_column(PathText())
    queued_at: Mapped[datetime] = mapped_column(UtcInstant())
    not_before: Mapped[datetime] = mapped_column(UtcInstant())
    #: the instant from which it is out of date
    worth_until: Mapped[datetime] = mapped_column(UtcInstant())
    state: Mapped[LetterState] = mapped_column(by_value(LetterState, "state"))
    not_sent_because: Mapped[NotSent | None] = mapped_column(by_value(NotSent, "not_sent_because"))
    #: whose hands it is in: a name that a sender makes for each group of letters
    claim: Mapped[str | None] = mapped_column(String(32))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcInstant())
    tries: Mapped[int] = mapped_column(server_default="0")
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    tried_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: when its fate was known
    settled_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: what the server said last; "" where it said nothing
    answer: Mapped[str] = mapped_column(String(300), server_default="")

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    events: Mapped[list["LetterEvent"]] = relationship(
        lazy="raise_on_sql", order_by="LetterEvent.id", cascade="all, delete-orphan"
    )


class LetterEvent(Base):
    """One line of a letter's history."""

    __tablename__ = "letter_event"
    __table_args__ = (Index("ix_letter_event_letter_id", "letter_id"),)
    personal = Personal(
        "letter_id",
        why="what became of a letter, try by try: public task",
        holds={"answer": Fate.FREE_TEXT},
        others={"by_id"},
        goes=True,
        kept=Kept("as long as the letter"),
    )
    is_journaled = False  # as its letter

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Key, ForeignKey("letter.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome, "outcome"))
    answer: Mapped[str] = mapped_column(String(300), server_default="")
    #: the person who did it; None for a sender
    by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class Unsubscription(Base):
    """Somebody who wants no more letters of a topic. Kept, so that they get none."""

    __tablename__ = "unsubscription"
    __table_args__ = (UniqueConstraint("address", "topic"),)
    personal = Personal(
        None,
        why="whoever wants no such letters gets none, whoever writes them, also once they are erased and"
        " somebody writes their address down anew: their right to object",
        holds={"address": Fate.KEPT},
        kept=Kept("until they want them again"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    topic: Mapped[Topic] = mapped_column(by_value(Topic, "topic"))
    at: Mapped[datetime] = mapped_column(UtcInstant())


class ReturnedAddress(Base):
    """An address from which letters came back, or at which they were refused, for good."""

    __tablename__ = "returned_address"
    __table_args__ = (
        UniqueConstraint("address"),
        CheckConstraint("letters > 0", name="some_letter_came_back"),
    )
    personal = Personal(
        None,
        why="no more letters go to an address that does not work: accuracy of personal data",
        holds={"address": Fate.KEPT, "answer": Fate.FREE_TEXT},
        kept=Kept.after("last_at", RETURN_KEPT_FOR),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    letters: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: since when it gets no more letters; None while it does
    stopped_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    answer: Mapped[str] = mapped_column(String(300))
