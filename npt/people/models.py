"""Tables of the people: members and their postings, specialists and whom they line-manage, student officers;
which account holds which role where.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, PostingKind
from npt.store.base import Base, Key
from npt.store.dated import Dated
from npt.store.personal import AFTER_LEAVING, ITSELF, Fate, Personal
from npt.store.types import Hundredths, UtcInstant, by_value
from npt.store.versions import VersionedTable


class Member(VersionedTable, Base):
    """A person who works in neighbourhood policing, known by their force number. Not an account."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("number"),)
    personal = Personal(
        ITSELF,
        why="who is employed or volunteers in neighbourhood policing: public task, employment",
        holds={"number": Fate.PSEUDONYM, "name": Fate.PSEUDONYM, "email": Fate.EMPTIED},
        kept=AFTER_LEAVING,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))

    postings: Mapped[list["Posting"]] = relationship(
        back_populates="member", lazy="raise_on_sql", order_by="Posting.starts_on, Posting.id"
    )


class Posting(Dated, VersionedTable, Base):
    """A member's dated assignment to a unit: role, share of full time, kind."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("member_id", "unit_id", "role", "kind", "starts_on"),
        Index("ix_posting_unit_id_starts_on", "unit_id", "starts_on"),
        CheckConstraint("fte > 0 AND fte <= 100", name="fte_above_0_up_to_1"),
        CheckConstraint("kind <> 'student' OR role = 'constable'", name="student_officers_are_constables"),
        CheckConstraint("kind <> 'student' OR ends_on IS NOT NULL", name="student_officers_move_on"),
    )
    personal = Personal(
        "member_id", why="who works where, for strength and attribution: public task, employment"
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"))
    fte: Mapped[Decimal] = mapped_column(Hundredths())
    kind: Mapped[PostingKind] = mapped_column(by_value(PostingKind, "kind"))

    member: Mapped[Member] = relationship(back_populates="postings", lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class Specialist(Dated, VersionedTable, Base):
    """That a constable is a neighbourhood specialist officer (NSO) in a posting, on the days of a span.

    It holds on no day on which the posting does not: without a last day as long as the posting lasts.
    """

    __tablename__ = "specialist"
    __table_args__ = (UniqueConstraint("posting_id", "starts_on"),)
    personal = Personal(
        "posting_id", why="who is a neighbourhood specialist officer, and paid for it: employment"
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    posting_id: Mapped[int] = mapped_column(Key, ForeignKey("posting.id"))
    #: whether the special priority payment is due for these days
    is_payment_due: Mapped[bool]

    posting: Mapped[Posting] = relationship(lazy="raise_on_sql")

    @property
    def span_held(self) -> Span | None:
        """The days of these on which the posting, which is loaded, holds too; None when there is none."""
        return self.span.intersection(self.posting.span)


class LineManagement(Dated, VersionedTable, Base):
    """That an NSO line-manages a PCSO, on the days of a span; a PCSO has one line manager a day at most.

    It holds on no day on which the one is no NSO, or the other not posted as a PCSO to the same area: without
    a last day as long as both are.
    """

    __tablename__ = "line_management"
    __table_args__ = (
        UniqueConstraint("member_id", "starts_on"),
        Index("ix_line_management_specialist_id", "specialist_id"),
    )
    personal = Personal(
        "member_id", why="whom a PCSO answers to: public task, employment", others={"specialist_id"}
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: the PCSO
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    specialist_id: Mapped[int] = mapped_column(Key, ForeignKey("specialist.id"))

    member: Mapped[Member] = relationship(lazy="raise_on_sql")
    specialist: Mapped[Specialist] = relationship(lazy="raise_on_sql")


class StudentRule(VersionedTable, Base):
    """From a day on, whether the student officers of a force count in its strength. Before the first: not."""

    __tablename__ = "student_rule"
    __table_args__ = (UniqueConstraint("unit_id", "starts_on"),)
    personal = Personal(None, why="who set the rule answers for it: public task", others={"account_id"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: it holds until the next rule of the force starts
    starts_on: Mapped[date]
    is_counted: Mapped[bool]
    #: the account that set it last; None for the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class Grant(Base):
    """A role that an account holds on a unit and everything under it."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "unit_id", "role"),
        Index("ix_role_grant_unit_id", "unit_id"),
    )
    personal = Personal("account_id", why="what an account may see and do: security", goes=True)
    is_watched = True

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(by_value(Role, "role"))

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class Holder(Base):
    """The member whose account this is, where an account belongs to a member (a partner's does not)."""

    __tablename__ = "holder"
    __table_args__ = (UniqueConstraint("member_id"),)
    personal = Personal(
        "account_id", why="whose account it is, for their own pages", others={"member_id"}, goes=True
    )

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))

    member: Mapped[Member] = relationship(lazy="raise_on_sql")
