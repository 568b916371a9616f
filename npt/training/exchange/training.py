"""The file of training: registrations and their modules taken in, and written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import cast

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.people.actions import lock_members
from npt.people.exchange import MEMBERS_NUMBERED
from npt.store.exchange import ExportOrder
from npt.store.keyed import Intake, Keyed
from npt.training.actions import add_shipped_programme, check_whole
from npt.training.exchange.rows import (
    LEARNERS_NUMBERED,
    OF_MODULE,
    SHAPE,
    Learner,
    Recorded,
    TrainingRow,
    recorded,
)
from npt.training.models import Completion, Programme, Registration
from npt.training.queries import completion_in, programmes_of, registrations_of, registrations_under
from npt.training.rules import check_verifier, shipped


def _load(session: Session, rows: Sequence[TrainingRow]) -> Iterable[Recorded]:
    learning = {row.learner.member.id for row in rows}
    lock_units(session, {row.learner.force.id for row in rows})
    lock_members(session, learning)
    return recorded(session, registrations_of(session, learning, is_afresh=True))


def _differs(was: TrainingRow, row: TrainingRow) -> str:
    for misfit in row.misfits():
        raise misfit
    what = "This module" if row.module else "This registration"
    return f"{what} of {was.learner.member.number} is recorded with other values"


class _Programmes:
    """The programmes of the forces that learn; one that ships comes to a force with the first row of it."""

    def __init__(self, intake: Intake[TrainingRow, Recorded]) -> None:
        self._session = intake.session
        rows = intake.rows.values()
        self._found = {
            (force, each.code): each
            for force in {row.learner.force for row in rows}
            for each in programmes_of(intake.session, force.path)
        }
        #: the first registration of the file for each programme of each force
        self._began: dict[tuple[Unit, str], date] = {}
        for row in rows:
            key = row.learner.force, row.programme
            self._began[key] = min(row.registered_on, self._began.get(key, row.registered_on))

    def of(self, row: TrainingRow) -> Programme:
        """The programme that the row means; refuses one that the force has not, and a module it has not."""
        key = force, code = row.learner.force, row.programme
        ships = shipped(code)
        if key not in self._found and ships is not None:
            self._found[key] = add_shipped_programme(
                self._session, force=force, shipped=ships, needed_from=self._began[key]
            )
        if key not in self._found:
            raise Refusal(
                f"{force.code} has no programme {code}: correct the code, or add the programme on the force's"
                " page of programmes first.",
                field="programme",
            )
        count = len(self._found[key].modules)
        if row.module is not None and row.module > count:
            raise Refusal(
                f"{code} has {count} modules, and none with the number {row.module}: correct the number.",
                field="module",
            )
        return self._found[key]


def _take(intake: Intake[TrainingRow, Recorded]) -> None:
    """The rows of one member about one programme are judged together, wherever they stand in the file."""
    with intake.session.no_autoflush:
        programmes = _Programmes(intake)
        together: dict[tuple[Learner, Programme], list[TrainingRow]] = defaultdict(list)
        for row in intake.standing:
            for misfit in row.misfits():
                intake.tell(row, misfit)
            if not intake.is_refused(row):
                with intake.telling(row):
                    together[row.learner, programmes.of(row)].append(row)
        registrations: dict[tuple[Learner, Programme], dict[date, Registration]] = defaultdict(dict)
        for each in intake.records.values():
            registration = each.registration
            registrations[each.row.learner, registration.programme][registration.registered_on] = registration
        for key, rows in together.items():
            _take_together(intake, *key, registrations[key], rows)


def _take_together(
    intake: Intake[TrainingRow, Recorded],
    learner: Learner,
    programme: Programme,
    registrations: dict[date, Registration],
    rows: Sequence[TrainingRow],
) -> None:
    """The registrations first, then their modules; a registration without a row is left alone."""
    unchanged = {row.line for row in intake.unchanged}
    for row in sorted(rows, key=lambda each: (each.registered_on, each.module or 0)):
        registration = registrations.get(row.registered_on)
        with intake.telling(row):
            if row.module is None:
                if registration is None:
                    registration = registrations[row.registered_on] = _registration(intake, programme, row)
                _write_registration(registration, row)
            elif registration is None:
                raise Refusal(
                    f"{learner.member.number} is not registered for {programme.code} on"
                    f" {row.registered_on.isoformat()}: correct the day, or add a row for the registration,"
                    " with an empty module.",
                    field="registered_on",
                )
            elif row.line not in unchanged:
                _write_module(intake, registration, row, row.module)
    for registration in registrations.values():
        theirs = [row for row in rows if row.registered_on == registration.registered_on]
        theirs = [row for row in theirs if not intake.is_refused(row)]
        others = [each.progress for each in registrations.values() if each is not registration]
        try:
            if theirs:
                check_whole(programme, registration.progress, others, intake.order.today)
        except Refusal as refusal:
            blamed = (row for row in theirs if _is_blamed(row, refusal.field, intake.order.today))
            intake.tell(next(blamed, theirs[0]), refusal)


def _is_blamed(row: TrainingRow, field: str | None, today: date) -> bool:
    """Whether the refusal of a field can mean this row: the latest day of the field is suspected."""
    if (field in OF_MODULE) != (row.module is not None):
        return False
    if field in ("completed_on", "verified_on"):
        when: date | None = getattr(row, field)
        before = row.registered_on if field == "completed_on" else row.completed_on
        return when is not None and (when > today or (before is not None and when < before))
    return True


def _registration(
    intake: Intake[TrainingRow, Recorded], programme: Programme, row: TrainingRow
) -> Registration:
    registration = Registration(
        member=row.learner.member, programme=programme, registered_on=row.registered_on, completions=[]
    )
    intake.session.add(registration)
    return registration


def _write_registration(registration: Registration, row: TrainingRow) -> None:
    if row.asked_on is None:
        registration.asked_by_id = None
    registration.withdrawn_on, registration.asked_on = row.withdrawn_on, row.asked_on
    registration.granted_on, registration.granted_by = row.granted_on, row.granted_by


def _write_module(
    intake: Intake[TrainingRow, Recorded], registration: Registration, row: TrainingRow, number: int
) -> None:
    if row.verified_on is not None and row.verified_by is None:
        raise Refusal(
            "It is empty: give the force number of whoever verified the module.", field="verified_by"
        )
    check_verifier(row.verified_by is row.learner.member)
    completion = completion_in(registration, number)
    if completion is None:
        completion = Completion(registration=registration, module=registration.programme.modules[number - 1])
        intake.session.add(completion)
    completion.completed_on, completion.verified_on = cast(date, row.completed_on), row.verified_on
    completion.verified_by_member_id = None if row.verified_by is None else row.verified_by.id
    completion.verified_by_id = None


def _records(session: Session, order: ExportOrder) -> Iterable[Recorded]:
    """The training of everybody who is or was posted at or under the path (of everybody, without one).

    With a month, the registrations that were made in it.
    """
    month = order.month
    registrations = registrations_under(session, order.path)
    if month is not None:
        registrations = [each for each in registrations if month.first <= each.registered_on <= month.last]
    return recorded(session, registrations)


TRAINING = Keyed(
    shape=SHAPE,
    row=TrainingRow,
    known_by=("learner", "programme", "registered_on", "module"),
    names={"number": LEARNERS_NUMBERED, "verified_by": MEMBERS_NUMBERED},
    load=_load,
    as_row=attrgetter("row"),
    differs=_differs,
    take=_take,
    records=_records,
)
