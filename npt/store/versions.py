"""Two people who edit the same record: the second is told, and sees both versions."""

from typing import Any, ClassVar, Protocol

from sqlalchemy.orm import Mapped, mapped_column

from npt.kit.refusals import Refusal


class Versioned(Protocol):
    """A record that counts its changes."""

    @property
    def version(self) -> int:
        """How often it was written."""
        ...


class VersionedTable:
    """A table whose records count their changes, so that two people who save at once are told apart."""

    version: Mapped[int] = mapped_column(default=1, sort_order=1)

    __mapper_args__: ClassVar[Any] = {"version_id_col": version}


class Stale(Refusal):
    """Somebody else saved first: what the person saw is not what is there.

    `record`, where one can be named, is what it is now.
    """

    def __init__(self, message: str, *, field: str | None = None, record: Versioned | None = None) -> None:
        super().__init__(message, field=field)
        self.record = record


class StaleRecord(Stale):
    """The record was changed after the person opened it."""

    def __init__(self, record: Versioned) -> None:
        super().__init__(
            "Somebody else changed this after you opened it. Your change was not "
            "saved: look at it as it is now, then save again if yours is still right.",
            record=record,
        )


def check_version(record: Versioned, version: int | None) -> None:
    """Refuse (StaleRecord) a change to `record` by somebody who saw another `version` of it.

    None where nobody looked first, as in an import. Two changes at the very same time are told apart by the
    record's version column when they are written.
    """
    if version is not None and record.version != version:
        raise StaleRecord(record)
