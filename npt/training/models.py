"""Tables of training: a force's programmes with their modules, and what each member has done of them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import by_value
from npt.store.versions import VersionedTable
from npt.training.rules import ModuleDates, Progress, Terms


class Programme(VersionedTable, Base):
    """A course that a force trains its members in."""

    __tablename__ = "training_programme"
    __table_args__ = (
        UniqueConstraint("unit_id", "code"),
        CheckConstraint("register_within >= 0", name="days_to_register_never_negative"),
        CheckConstraint("stalls_after > 0", name="days_to_stall_above_0"),
        CheckConstraint("months_valid IS NULL OR months_valid > 0", name="months_valid_above_0"),
    )
    personal = nobody("code", "name", "explanation")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: the force whose programme it is
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    explanation: Mapped[str] = mapped_column(String(300))
    #: days from taking up a role that needs it to the last day for registering
    register_within: Mapped[int]
    #: days without a step after which a registration has stalled
    stalls_after: Mapped[int]
    #: how many months a verification is valid; None without end
    months_valid: Mapped[int | None]
    #: whether an awarding body verifies it as well
    has_external: Mapped[bool]
    #: the day from which the roles need it; None when they always have
    needed_from: Mapped[date | None]
    #: the last day on which one may register; None until further notice
    closed_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    modules: Mapped[list["Module"]] = relationship(lazy="raise_on_sql", order_by="Module.number")
    roles: Mapped[list["ProgrammeRole"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    @property
    def terms(self) -> Terms:
        """What the programme asks for; modules and roles have to be loaded."""
        return Terms(
            roles=frozenset(each.role for each in self.roles),
            modules=len(self.modules),
            register_within=self.register_within,
            stalls_after=self.stalls_after,
            months_valid=self.months_valid,
            has_external=self.has_external,
            needed_from=self.needed_from,
            closed_on=self.closed_on,
        )


class ProgrammeRole(Base):
    """A role that needs the programme."""

    __tablename__ = "training_programme_role"

    programme_id: Mapped[int] = mapped_column(Key, ForeignKey("training_programme.id"), primary_key=True)
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"), primary_key=True)


class Module(Base):
    """One part of a programme, known by its number from 1."""

    __tablename__ = "training_module"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("number >= 1", name="numbers_begin_at_1"),
    )
    personal = nobody("name")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    programme_id: Mapped[int] = mapped_column(Key, ForeignKey("training_programme.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))


class Registration(VersionedTable, Base):
    """A member registered for a programme, and what became of it as a whole."""

    __tablename__ = "training_registration"
    __table_args__ = (
        UniqueConstraint("member_id", "programme_id", "registered_on"),
        Index("ix_training_registration_programme_id", "programme_id"),
        CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= registered_on", name="withdrawn_after_registered"
        ),
        CheckConstraint("asked_on IS NULL OR asked_on >= registered_on", name="asked_after_registered"),
        CheckConstraint("asked_by_id IS NULL OR asked_on IS NOT NULL", name="asked_by_only_when_asked"),
        CheckConstraint(
            "granted_on IS NULL OR (asked_on IS NOT NULL AND granted_on >= asked_on)",
            name="granted_after_asked",
        ),
        CheckConstraint(
            "(granted_on IS NULL) = (granted_by IS NULL)", name="granted_on_a_day_and_by_somebody"
        ),
    )
    personal = Personal(
        "member_id",
        why="who is trained for neighbourhood policing: public task, employment",
        holds={"granted_by": Fate.FREE_TEXT},
        others={"asked_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    programme_id: Mapped[int] = mapped_column(Key, ForeignKey("training_programme.id"))
    registered_on: Mapped[date]
    #: the day from which the registration no longer stands; None while it does
    withdrawn_on: Mapped[date | None]
    #: the day on which external verification was asked for
    asked_on: Mapped[date | None]
    #: the account that recorded the request; None when it came from a file
    asked_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    granted_on: Mapped[date | None]
    #: the awarding body that granted it
    granted_by: Mapped[str | None] = mapped_column(String(120))

    member: Mapped[Member] = relationship(lazy="raise_on_sql")
    programme: Mapped[Programme] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    completions: Mapped[list["Completion"]] = relationship(
        lazy="raise_on_sql", back_populates="registration", order_by="Completion.module_id"
    )

    @property
    def progress(self) -> Progress:
        """The registration as the rules look at it; completions have to be loaded."""
        return Progress(
            self.registered_on,
            tuple(each.dates for each in self.completions),
            self.withdrawn_on,
            self.asked_on,
            self.granted_on,
        )


class Completion(VersionedTable, Base):
    """A module that a registered member has completed, and who verified it when."""

    __tablename__ = "training_completion"
    __table_args__ = (
        UniqueConstraint("registration_id", "module_id"),
        CheckConstraint(
            "verified_on IS NULL OR verified_on >= completed_on", name="verified_after_completed"
        ),
        CheckConstraint(
            "(verified_on IS NULL AND verified_by_id IS NULL AND verified_by_member_id IS NULL)"
            " OR (verified_on IS NOT NULL AND (verified_by_id IS NULL) <> (verified_by_member_id IS NULL))",
            name="verified_by_an_account_or_a_member",
        ),
    )
    personal = Personal(
        "registration_id",
        why="which modules somebody has completed, and who verified it: public task, employment",
        others={"verified_by_id", "verified_by_member_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    registration_id: Mapped[int] = mapped_column(Key, ForeignKey("training_registration.id"))
    module_id: Mapped[int] = mapped_column(Key, ForeignKey("training_module.id"))
    completed_on: Mapped[date]
    verified_on: Mapped[date | None]
    #: the account that verified it here
    verified_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    #: the member who verified it according to a file
    verified_by_member_id: Mapped[int | None] = mapped_column(Key, ForeignKey("member.id"))

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql", back_populates="completions")
    module: Mapped[Module] = relationship(lazy="raise_on_sql")
    verified_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    verified_by_member: Mapped[Member | None] = relationship(lazy="raise_on_sql")

    @property
    def dates(self) -> ModuleDates:
        """When it was completed and verified."""
        return ModuleDates(self.completed_on, self.verified_on)
