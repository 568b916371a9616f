"""The kinds of file that go in and out, each from its feature, and their names on the command line."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from npt.communities import exchange as communities
from npt.duty import exchange as duty
from npt.engagement import exchange as engagement
from npt.incidents import exchange as incidents
from npt.interchange import exchange as interchange
from npt.interchange.queries import profile_named
from npt.kin import exchange as kin
from npt.organisation import exchange as organisation
from npt.partners import exchange as partners
from npt.people import exchange as people
from npt.places import exchange as places
from npt.priorities import exchange as priorities
from npt.problems import exchange as problems
from npt.reporting import exchange as reporting
from npt.sheets.writing import write
from npt.staffing import exchange as staffing
from npt.store.exchange import Export, Import
from npt.training import exchange as training
from npt.work import exchange as work

IMPORTS: dict[str, Import] = {
    **organisation.IMPORTS,
    **people.IMPORTS,
    **partners.IMPORTS,
    **places.IMPORTS,
    **staffing.IMPORTS,
    **communities.IMPORTS,
    **incidents.IMPORTS,
    **kin.IMPORTS,
    **engagement.IMPORTS,
    **priorities.IMPORTS,
    **duty.IMPORTS,
    **training.IMPORTS,
    **work.IMPORTS,
    **problems.IMPORTS,
}
EXPORTS: dict[str, Export] = {
    **organisation.EXPORTS,
    **people.EXPORTS,
    **partners.EXPORTS,
    **places.EXPORTS,
    **staffing.EXPORTS,
    **communities.EXPORTS,
    **incidents.EXPORTS,
    **kin.EXPORTS,
    **engagement.EXPORTS,
    **priorities.EXPORTS,
    **duty.EXPORTS,
    **training.EXPORTS,
    **work.EXPORTS,
    **problems.EXPORTS,
    **reporting.EXPORTS,
    **interchange.EXPORTS,
}
#: the names by which the documents call kinds whose first name could mean something else
ALIASES = {"named-contacts": "contacts"}
#: what a duty system may drop into a folder, where good rows are taken and bad ones rejected
DROPPED = tuple(duty.IMPORTS)


def ending_of(kind: str) -> str:
    """How a file of the kind ends."""
    return ".csv" if kind not in EXPORTS or EXPORTS[kind].write is None else ".geojson"


def write_kind(kind: str, file: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows into a file that `npt import` reads. CannotWrite, OSError."""
    exporter = EXPORTS.get(kind)
    if exporter is not None and exporter.write is not None:
        exporter.write(file, rows)
    else:
        write(file, IMPORTS[kind].shape.names, rows)


class KindOfFile(click.Choice[str]):
    """A kind of file by its name or by its alias."""

    def __init__(self, kinds: Collection[str]) -> None:
        super().__init__(sorted({*kinds, *(alias for alias, kind in ALIASES.items() if kind in kinds)}))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind's own name."""
        name = super().convert(value, param, ctx)
        return ALIASES.get(name, name)


def importer_of(session: Session, kind: str, profile: str | None) -> Import:
    """What takes the kind of file in, in the words of the profile if one is named. UnknownProfile."""
    importer = IMPORTS[kind]
    if profile is None:
        return importer
    kept = profile_named(session, profile)
    # The journal says under which words the records came.
    session.info["actor"] = (None, f"npt import {kind} --profile {profile} (version {kept.number})")
    return interchange.under_profile(importer, kept.profile)
