"""Whose terms of full-text search are due. The terms themselves stand in a table that no model can state."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from npt.store.base import Base, Key
from npt.store.personal import nobody


class TermsDue(Base):
    """A problem whose terms have to be written anew before the transaction ends.

    Triggers write it; see `npt.problem_search.search_index`. `writer` is the number of the transaction, so
    that two of them never wait for each other here; 0 on SQLite, which has one at a time.
    """

    __tablename__ = "terms_due"
    __table_args__ = ({"sqlite_with_rowid": False},)
    personal = nobody()
    is_journaled = False

    writer: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    problem_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
