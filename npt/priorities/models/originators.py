"""The table of those who raised priorities."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.kin.models import KeyIndividual
from npt.kit.telephones import LONGEST_KEPT
from npt.partners.models import Agency
from npt.priorities.rules import OriginatorKind, Way, Whom
from npt.store.base import Base, Key
from npt.store.personal import ITSELF, Fate, Kept, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable

if TYPE_CHECKING:
    from npt.priorities.models.priorities import Priority

WHY = "who raised what a team is to solve, so that they can say whether it is solved: public task"


class Originator(VersionedTable, Base):
    """Somebody, or something, that raised a priority: whoever did first is asked whether it is solved."""

    __tablename__ = "originator"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_originator_priority_id", "priority_id"),
        Index(
            "uq_originator_first",
            "priority_id",
            unique=True,
            sqlite_where=text("is_first"),
            postgresql_where=text("is_first"),
        ),
        Index("ix_originator_individual_id", "individual_id"),
        CheckConstraint("individual_id IS NULL OR kind = 'kin'", name="key_individual_of_its_kind"),
        CheckConstraint("agency_id IS NULL OR kind = 'partner'", name="agency_of_its_kind"),
        CheckConstraint("individual_id IS NULL OR name IS NULL", name="key_individual_has_their_own_name"),
    )
    personal = Personal(
        ITSELF,
        why=WHY,
        holds={
            "reference": Fate.PSEUDONYM,
            "name": Fate.PSEUDONYM,
            "phone": Fate.EMPTIED,
            "email": Fate.EMPTIED,
        },
        others={"individual_id", "recorded_by_id"},
        kept=Kept(
            "two years after the priority ended, or as the force decides; after that under a pseudonym"
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what they are asked for by, for ever
    reference: Mapped[str] = mapped_column(String(40))
    priority_id: Mapped[int] = mapped_column(Key, ForeignKey("priority.id"))
    is_first: Mapped[bool]
    kind: Mapped[OriginatorKind] = mapped_column(by_value(OriginatorKind, "kind"))
    #: who they are, or which meeting or survey it was; None where nobody said, and of a key individual
    name: Mapped[str | None] = mapped_column(String(200))
    #: as E.164 has it
    phone: Mapped[str | None] = mapped_column(String(LONGEST_KEPT))
    #: lower case
    email: Mapped[str | None] = mapped_column(String(254))
    individual_id: Mapped[int | None] = mapped_column(Key, ForeignKey("key_individual.id"))
    agency_id: Mapped[int | None] = mapped_column(Key, ForeignKey("agency.id"))
    #: since when they cannot be asked, because they have died or were erased
    gone_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant())

    priority: Mapped["Priority"] = relationship(lazy="raise_on_sql", back_populates="originators")
    individual: Mapped[KeyIndividual | None] = relationship(lazy="raise_on_sql")
    agency: Mapped[Agency | None] = relationship(lazy="raise_on_sql")

    @property
    def reached_by_email(self) -> str | None:
        """Their email address, of a key individual that of their record."""
        return self.email if self.individual is None else self.individual.email

    @property
    def reached_by_phone(self) -> str | None:
        """Their phone number, of a key individual that of their record."""
        return self.phone if self.individual is None else self.individual.phone

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which they can be asked: a meeting is asked when it meets."""
        known = (
            (Way.EMAIL, self.reached_by_email),
            (Way.PHONE, self.reached_by_phone),
            (Way.IN_PERSON, self.kind is OriginatorKind.MEETING),
        )
        return tuple(way for way, is_known in known if is_known)

    @property
    def whom(self) -> Whom:
        """They, as the rules look at them."""
        return Whom(self.kind, self.ways, self.gone_on is not None)
