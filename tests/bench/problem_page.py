"""The page of a problem with 50 actions, 20 files and 2,000 incidents, held against one with 3, 1 and 20.

Both are opened by the same officer, in one database; the incidents of each lie around its own point.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.attachments.actions import keep_file, receive
from npt.categories.queries import category_coded
from npt.incidents.models import Incident
from npt.incidents.queries import month_number
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.places.rules import UNIT, Point
from npt.problems.models import ProblemEvidence
from npt.problems.rules import Stage, Window
from npt.store.transaction import engine_at, writing
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, MatterStage, Owner, OwnerKind
from tests import make
from tests.bench.measures import CPU, Measure, Pair, interleaved
from tests.bench.pages import IN_A_ROW, PAIRS, WARM_UP, open_pages
from tests.bench.place import TODAY, Place
from tests.measured import problem
from tests.visiting import Visitor

NOW = datetime.combine(TODAY, time(9), UTC)
AFTER = Window(TODAY - timedelta(days=100), TODAY - timedelta(days=9))
_NUMBER = count(1)


def _report(session: Session, unit: Unit, middle: Point, times: int) -> None:
    category = category_coded(session, "asb")
    if category is None:
        raise RuntimeError("the category asb, which every installation has, is missing")
    rows: list[dict[str, Any]] = []
    for number in range(times):
        day = TODAY - timedelta(days=number * 320 // times)
        rows.append(
            {
                "reference": f"b{next(_NUMBER)}",
                "happened_at": datetime.combine(day, time(21), UTC),
                "on_date": day,
                "month": month_number(Month.of(day)),
                "category_id": category.id,
                "lat": middle.lat + number % 300 * 100,
                "lng": middle.lng,
                "unit_id": unit.id,
            }
        )
    session.execute(insert(Incident), rows)


def _made(session: Session, team: Unit, member: Member, number: int, *, much: tuple[int, int, int]) -> str:
    """The address of a problem with so many actions, files and incidents around its own point."""
    actions, files, incidents = much
    middle = Point(52 * UNIT + number * UNIT // 2, -UNIT // 2)
    owner, stamp = Owner(OwnerKind.MEMBER, member.id), Stamp(make.account(session).id, NOW)
    found = problem(session, team=team, owner=owner, stage=Stage.ASSESSMENT, point=middle, after=AFTER)
    for each in range(actions):
        facts = ActionFacts(
            f"Act {each}", owner, TODAY + timedelta(days=each % 9), stage=MatterStage.RESPONSE
        )
        set_action(session, stamp=stamp, today=TODAY, unit=team, facts=facts, matter=found.matter)
    for each in range(files):
        content = f"{found.reference} {each}".encode()
        kept = keep_file(
            session, stamp=stamp, file=receive("photo.txt", content, scanner=None), held=0, most=10**8
        )
        evidence = ProblemEvidence(
            problem_id=found.id, attachment=kept, stage=Stage.SCANNING, words=f"File {each}"
        )
        session.add(evidence)
    _report(session, make.neighbourhood(session, under=team), middle, incidents)
    session.flush()
    return f"/problems/{found.reference}"


def _timings(place: Place) -> Iterator[Pair]:
    url = place.database("sqlite", "problem-page")
    app, engine = place.app(url), engine_at(url)
    with Session(engine) as session, writing(session):
        team = make.team(session)
        member = make.member(session, team=team)
        account = make.account(session, role=Role.OFFICER, unit=team, member=member)
        much = _made(session, team, member, 1, much=(50, 20, 2_000))
        little = _made(session, team, member, 2, much=(3, 1, 20))
        email = account.email
    visitor = Visitor(app, email)
    page, other = partial(open_pages, visitor, much), partial(open_pages, visitor, little)
    for _ in range(WARM_UP):
        page()
        other()
    for pair in interleaved(page, other, pairs=PAIRS, clock=CPU):
        yield Pair(pair.work / IN_A_ROW, pair.against / IN_A_ROW)
    engine.dispose()


MEASURES = [
    Measure(
        name="problem-page",
        work="problem page with 50 actions, 20 files, 2,000 incidents, SQLite",
        against="the same page with 3, 1 and 20",
        counted="CPU",
        reach=Decimal("1.5"),
        timings=_timings,
    )
]
