"""A file of training, taken in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.organisation.rules import Lineage
from npt.people.actions import lock_members
from npt.people.models import Holder, Member, Posting
from npt.people.queries import members_numbered
from npt.sheets.reading import Row
from npt.store.batches import batches
from npt.store.constraints import refusing
from npt.store.exchange import ImportOrder, Outcome
from npt.training.actions import add_shipped_programme, check_whole
from npt.training.exchange.shape import COLUMNS, OF_MODULE, TrainingRow
from npt.training.models import Completion, Module, Programme, Registration
from npt.training.queries import programmes_of, registrations_of
from npt.training.rules import ModuleDates, check_verifier, shipped


@dataclass
class _TrainingImport:
    """What is known while a file of training is taken in."""

    session: Session
    order: ImportOrder
    outcome: Outcome = field(default_factory=Outcome)
    members: dict[str, Member] = field(default_factory=dict)
    programmes: dict[tuple[str, str], Programme] = field(default_factory=dict)
    #: the code of the force of each member, by the member's key
    forces: dict[int, str] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    #: the first registration of the file for each programme of each force
    began: dict[tuple[str, str], date] = field(default_factory=dict)
    #: the member whose account verified, by the account's key
    holders: dict[int, int] = field(default_factory=dict)

    def save(self, rows: list[TrainingRow]) -> Outcome:
        numbers = {row.number for row in rows} | {row.verified_by for row in rows if row.verified_by}
        self.members = members_numbered(self.session, numbers)
        learning = {self.members[row.number].id for row in rows if row.number in self.members}
        self._look_up(learning)
        for row in rows:
            if row.number in self.members:
                key = self.forces.get(self.members[row.number].id, ""), row.programme
                self.began[key] = min(row.registered, self.began.get(key, row.registered))
        lock_units(self.session, [unit.id for unit in self.units.values()])
        lock_members(self.session, learning)
        recorded: dict[tuple[int, int], list[Registration]] = defaultdict(list)
        for registration in registrations_of(self.session, learning, is_afresh=True):
            recorded[registration.member_id, registration.programme_id].append(registration)
        together: dict[tuple[int, int], list[TrainingRow]] = defaultdict(list)
        for row in self._told_once(rows):
            programme = self._programme(row)
            if programme is not None:
                together[self.members[row.number].id, programme.id].append(row)
        by_key = {programme.id: programme for programme in self.programmes.values()}
        for (member_id, programme_id), theirs in together.items():
            self._take(by_key[programme_id], recorded[member_id, programme_id], theirs)
        if not self.outcome.problems:  # else some of it cannot stand, and the caller rolls all of it back
            with refusing(self.session):
                self.session.flush()
        return self.outcome

    def _look_up(self, learning: set[int]) -> None:
        """The force of each member (by the latest posting), its programmes, and whose accounts are whose."""
        for some in batches(sorted(learning)):
            asked = select(Posting.member_id, Unit.path).join(Posting.unit)
            asked = asked.where(Posting.member_id.in_(some)).order_by(Posting.starts_on, Posting.id)
            for member_id, path in self.session.execute(asked):
                self.forces[member_id] = Lineage.parse(path).codes[0]
        self.units = units_coded(self.session, set(self.forces.values()))
        for force, unit in self.units.items():
            for programme in programmes_of(self.session, unit.path):
                self.programmes[force, programme.code] = programme
        asked_holders = select(Holder.account_id, Holder.member_id)
        self.holders = dict(self.session.execute(asked_holders).all())

    def _told_once(self, rows: Sequence[TrainingRow]) -> Iterator[TrainingRow]:
        """The rows without those that come twice; two that contradict each other are refused."""
        first: dict[object, TrainingRow] = {}
        for row in rows:
            earlier = first.setdefault(row.identity, row)
            if earlier is row:
                yield row
            elif earlier[1:] == row[1:]:
                self.outcome.unchanged += 1
            else:
                self.outcome.refuse(
                    row.line,
                    "module" if row.module else "registered",
                    f"Line {earlier.line} says something else of the same: keep one of the two.",
                )

    def _programme(self, row: TrainingRow) -> Programme | None:
        """The programme that the row means; None, and the row refused, when row or programme cannot be."""
        before = len(self.outcome.problems)
        member = self.members.get(row.number)
        if member is None or member.id not in self.forces:
            self.outcome.refuse(
                row.line,
                "number",
                f"There is no member {row.number} who is or was posted: correct the number, or import the"
                " member and the posting first.",
            )
        if row.verified_by is not None and row.verified_by not in self.members:
            self.outcome.refuse(
                row.line,
                "verified_by",
                f"There is no member {row.verified_by}: correct the number, or import the member first.",
            )
        for column, message in row.misfits():
            self.outcome.refuse(row.line, column, message)
        if member is None or len(self.outcome.problems) > before:
            return None
        key = self.forces[member.id], row.programme
        ships = shipped(row.programme)
        if key not in self.programmes and ships is not None:
            self.programmes[key] = add_shipped_programme(
                self.session, force=self.units[key[0]], shipped=ships, needed_from=self.began[key]
            )
        programme = self.programmes.get(key)
        if programme is None:
            self.outcome.refuse(
                row.line,
                "programme",
                f"{key[0]} has no programme {row.programme}: correct the code, or add the programme on the"
                " force's page of programmes first.",
            )
        elif row.module is not None and row.module > len(programme.modules):
            self.outcome.refuse(
                row.line,
                "module",
                f"{row.programme} has {len(programme.modules)} modules, and none with the number"
                f" {row.module}: correct the number.",
            )
            return None
        return programme

    def _take(
        self, programme: Programme, recorded: Sequence[Registration], rows: Sequence[TrainingRow]
    ) -> None:
        """Take the rows of one member about one programme: the registrations first, then their modules."""
        known = {each.registered_on: each for each in recorded}
        taken: list[TrainingRow] = []
        for row in sorted(rows, key=lambda each: (each.registered, each.module or 0)):
            registration = known.get(row.registered)
            if row.module is None:
                registration = self._take_registration(programme, registration, row)
                if registration is not None:
                    known[row.registered] = registration
                    taken.append(row)
            elif registration is None:
                self.outcome.refuse(
                    row.line,
                    "registered",
                    f"{row.number} is not registered for {row.programme} on {row.registered.isoformat()}:"
                    " correct the day, or add a row for the registration, with an empty module.",
                )
            elif self._take_module(registration, programme.modules[row.module - 1], row):
                taken.append(row)
        self._check(programme, list(known.values()), taken)

    def _check(
        self, programme: Programme, registrations: Sequence[Registration], taken: Sequence[TrainingRow]
    ) -> None:
        """Refuse what cannot be, now that all rows are taken; a registration without a row is left alone."""
        for registration in registrations:
            theirs = [row for row in taken if row.registered == registration.registered_on]
            others = [each.progress for each in registrations if each is not registration]
            try:
                if theirs:
                    check_whole(programme, registration.progress, others, self.order.today)
            except Refusal as refusal:
                column = COLUMNS.get(refusal.field or "")
                row = next((each for each in theirs if self._is_blamed(each, column)), theirs[0])
                self.outcome.refuse(row.line, column, refusal.message)

    def _is_blamed(self, row: TrainingRow, column: str | None) -> bool:
        """Whether the refusal of a column can mean this row: the latest day of the column is suspected."""
        is_of_module = column in OF_MODULE
        if is_of_module != (row.module is not None):
            return False
        if column in ("completed", "verified"):
            when = getattr(row, column)
            before = row.registered if column == "completed" else row.completed
            return when is not None and (when > self.order.today or (before is not None and when < before))
        return True

    def _take_registration(
        self, programme: Programme, registration: Registration | None, row: TrainingRow
    ) -> Registration | None:
        """The registration of the row, added, changed or left; None when the row is refused."""
        wanted = (row.withdrawn, row.external_asked, row.external_granted, row.external_by)
        if registration is None:
            registration = Registration(
                member=self.members[row.number],
                programme=programme,
                registered_on=row.registered,
                completions=[],
            )
            self.session.add(registration)
            self.outcome.added += 1
        else:
            found = (
                registration.withdrawn_on,
                registration.asked_on,
                registration.granted_on,
                registration.granted_by,
            )
            if found == wanted:
                self.outcome.unchanged += 1
                return registration
            if not self.order.may_update:
                self._refuse_change(row, "registered", "This registration")
                return None
            self.outcome.changed += 1
        if row.external_asked is None:
            registration.asked_by_id = None
        registration.withdrawn_on, registration.asked_on = row.withdrawn, row.external_asked
        registration.granted_on, registration.granted_by = row.external_granted, row.external_by
        return registration

    def _take_module(self, registration: Registration, module: Module, row: TrainingRow) -> bool:
        """Add, change or leave the completed module of the row; False when the row is refused."""
        verifier = self.members[row.verified_by].id if row.verified_by else None
        completion = next((each for each in registration.completions if each.module is module), None)
        if completion is not None and completion.dates == ModuleDates(
            cast(date, row.completed), row.verified
        ):
            by = completion.verified_by_member_id or self.holders.get(completion.verified_by_id or 0)
            if by == verifier:
                self.outcome.unchanged += 1
                return True
        if row.verified is not None and verifier is None:
            self.outcome.refuse(
                row.line, "verified_by", "It is empty: give the force number of whoever verified the module."
            )
            return False
        try:
            check_verifier(verifier is not None and verifier == registration.member.id)
        except Refusal as refusal:
            self.outcome.refuse(row.line, "verified_by", refusal.message)
            return False
        if completion is None:
            completion = Completion(registration=registration, module=module)
            self.session.add(completion)
            self.outcome.added += 1
        elif not self.order.may_update:
            self._refuse_change(row, "module", "This module")
            return False
        else:
            self.outcome.changed += 1
        completion.completed_on, completion.verified_on = cast(date, row.completed), row.verified
        completion.verified_by_member_id, completion.verified_by_id = verifier, None
        return True

    def _refuse_change(self, row: TrainingRow, column: str, what: str) -> None:
        self.outcome.refuse(
            row.line,
            column,
            f"{what} of {row.number} is recorded with other values: correct the row, or import with --update"
            " to change it.",
        )


def save_training(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of training in; see `npt.store.exchange.Import`.

    The rows of one member about one programme are judged together, wherever they stand in the file.
    """
    rows: list[TrainingRow] = []
    for chunk in chunks:
        rows += [TrainingRow.of(row) for row in chunk]
        order.progress(len(chunk))
    with session.no_autoflush:
        return _TrainingImport(session, order).save(rows)
