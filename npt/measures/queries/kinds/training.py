"""Who is trained for neighbourhood policing, of those whose role needs it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.rules import At, Behind, Better, CountedIn, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.people.queries import HeldPosting
from npt.people.rules import PolicingRole
from npt.staffing.queries.timeline import Tenure, timeline
from npt.training.models import Programme
from npt.training.queries import programmes_of, progress_of
from npt.training.rules import Progress, Stage, Terms, held_since, standing_on

TRAINED = Measure(
    code="training-verified",
    name="Trained for neighbourhood policing",
    definition="Courses that members in post have verified in full and in date, out of the courses that their"
    " roles need, on the last day of the month; of several courses each counts by itself.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Are neighbourhood officers trained for what they do?",
    owner="the board’s lead for neighbourhood policing",
    target=100,
)
MEASURES: tuple[Measure, ...] = (TRAINED,)
_NONE_NEEDED = "No course is needed by the role of anybody in post."


@dataclass(frozen=True)
class _Known:
    """Who was posted where when, and what they have done of which course. Asks the database nothing."""

    tenures: Mapping[int, Sequence[Tenure]]
    programmes: Sequence[tuple[int, Terms]]
    progress: Mapping[tuple[int, int], Sequence[Progress]]

    def on(self, day: date) -> Iterator[tuple[HeldPosting, bool]]:
        """Of everybody and each course that they need on a day: the posting, and whether it is verified."""
        for member_id, tenures in self.tenures.items():
            here = [each for each in tenures if each.span.covers(day)]
            if not here:
                continue
            since = _roles_since(tenures, here, day)
            for programme_id, terms in self.programmes:
                needed = min((on for role, on in since.items() if role in terms.roles), default=None)
                known = self.progress.get((member_id, programme_id), ())
                standing = standing_on(terms, known, needed, day)
                if standing.is_needed:
                    yield here[0].posting, standing.has_reached(Stage.VERIFIED)


def _roles_since(tenures: Sequence[Tenure], here: Sequence[Tenure], day: date) -> dict[PolicingRole, date]:
    found: dict[PolicingRole, date] = {}
    for role in {each.posting.role for each in here}:
        postings = {each.posting.id: each.posting.span for each in tenures if each.posting.role is role}
        since = held_since(postings.values(), day)
        if since is not None:
            found[role] = since
    return found


def _known(session: Session, path: str) -> _Known:
    programmes: Sequence[Programme] = programmes_of(session, path)
    tenures: dict[int, list[Tenure]] = {}
    for each in timeline(session, path).tenures:
        tenures.setdefault(each.posting.member_id, []).append(each)
    return _Known(
        tenures,
        [(programme.id, programme.terms) for programme in programmes],
        progress_of(session, programmes, tenures),
    )


def figures(session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
    """Eight statements for each few thousand members."""
    found: dict[At, Figure] = {}
    known = _known(session, asked.path)
    for month in asked.months:
        stood = list(known.on(asked.day_of(month)))
        for unit in asked.units:
            here = [is_in for posting, is_in in stood if posting.unit_path.startswith(unit.path)]
            found[unit.path, month] = Figure(sum(here), len(here), why_unknown="" if here else _NONE_NEEDED)
    return {TRAINED.code: found}


def records(session: Session, code: str, unit: Unit, month: Month, asked: Asked) -> Iterator[RecordSeen]:
    """The units, with the courses that those posted there have verified of those that they need."""
    sums: dict[int, tuple[int, int]] = {}
    for posting, is_verified in _known(session, unit.path).on(asked.day_of(month)):
        if posting.unit_path.startswith(unit.path):
            verified, needed = sums.get(posting.unit_id, (0, 0))
            sums[posting.unit_id] = verified + is_verified, needed + 1
    for unit_id in sorted(sums):
        yield RecordSeen("unit", unit_id, " of ".join(str(each) for each in sums[unit_id]))


def behind(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    """How many have come how far with each course, on the day."""
    return Behind.on_day("training.training", unit.code, asked.day_of(month))
