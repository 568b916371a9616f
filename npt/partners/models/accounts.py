"""The table of whose account belongs to which agency."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.partners.models.agencies import Agency
from npt.partners.rules import Membership, Vetting
from npt.store.base import Base, Key
from npt.store.personal import Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable

_LASTS = text("ended_at IS NULL")


class PartnerAccount(VersionedTable, Base):
    """That an account acts for an agency, from one instant to another, and how its holder was vetted."""

    __tablename__ = "partner_account"
    __table_args__ = (
        Index("ix_partner_account_agency_id", "agency_id"),
        Index(
            "uq_partner_account_one_agency",
            "account_id",
            unique=True,
            sqlite_where=_LASTS,
            postgresql_where=_LASTS,
        ),
        CheckConstraint("(vetting = 'none') = (vetted_until IS NULL)", name="vetting_has_a_last_day"),
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ends_after_it_begins"),
    )
    personal = Personal(
        "account_id", why="for which agency somebody acts, and how they were vetted: public task"
    )
    is_watched = True

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    agency_id: Mapped[int] = mapped_column(Key, ForeignKey("agency.id"))
    vetting: Mapped[Vetting] = mapped_column(by_value(Vetting, "vetting"))
    #: the last day on which the vetting holds; None for somebody who is not vetted
    vetted_until: Mapped[date | None]
    began_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: from when on the account no longer acts for the agency; None while it does
    ended_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    agency: Mapped[Agency] = relationship(lazy="raise_on_sql")

    @property
    def membership(self) -> Membership:
        """What the rules judge; the agency is loaded."""
        return Membership(self.agency.name, self.agency.span, self.vetted_until, self.ended_at)
