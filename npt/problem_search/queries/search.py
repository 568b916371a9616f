"""The search over problems: as far as the reader may see each of them, and no further."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, or_, select, union
from sqlalchemy.orm import Session

from npt.access.rules import Permission, ShareLevel, Viewer
from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.kit.search_terms import terms_sought
from npt.matters.models import Matter
from npt.organisation.queries import within
from npt.partners.models import Share
from npt.partners.queries import is_open_at
from npt.problem_search.search_index import TERMS_KEPT, terms_meant
from npt.problems.models import Problem
from npt.problems.queries.lines import SORTABLE, Asked, Listed, ProblemLine, conditions, lines_asked
from npt.store.paging import read_up_to, sorted_by

#: The most problems that a search goes through: whoever finds more looks for more words. A file has all.
MOST_FOUND = 100


def problems_found(
    session: Session,
    viewer: Viewer,
    typed: str,
    asked: Asked,
    *,
    today: date,
    now: datetime,
    page: Page,
    sorting: Sorting = OWN_ORDER,
) -> Listed:
    """One page of the problems that have every word typed, and are of those asked for; the latest first.

    With no word in it, `typed` leaves nothing out. Whoever may see the problems of a unit finds them by all
    but the sensitive part; a partner by what their share shows: all of that, or what a summary shows. A share
    that tells no more than that there is something finds nothing. One statement.
    """
    paths = viewer.reach(Permission.SEE_PROBLEMS)
    if viewer.agency_id is None and not paths:
        return Listed(Part([], 0, page, sorting), has_more=False)
    seen = _seen(session, viewer, paths, typed, now)

    asked_for = lines_asked().where(*conditions(asked, today))
    if seen is not None:
        asked_for = asked_for.where(Problem.id.in_(seen))
    else:
        asked_for = _with_words(session, asked_for.where(or_(*map(within, paths))), typed)
    # In the order of the index, where one is asked: so it need not find all of them first.
    by_terms = seen is None and bool(terms_sought(typed))
    latest = (TERMS_KEPT.c.rowid if by_terms else Problem.id).desc()
    asked_for = asked_for.order_by(*sorted_by(sorting, SORTABLE), latest)
    part, has_more = read_up_to(session, asked_for, page, sorting, most=MOST_FOUND)
    return Listed(part.of([ProblemLine(*row) for row in part.rows]), has_more)


def _seen(
    session: Session, viewer: Viewer, paths: Sequence[str], typed: str, now: datetime
) -> CompoundSelect[Any] | None:
    """The problems with the words typed that a partner is shown them of; None for whoever is none."""
    if viewer.agency_id is None:
        return None
    shared = {level: _keys(_shared(viewer.agency_id, level, now)) for level in _LEVELS}
    seen = [_with_words(session, keys, typed, level) for level, keys in shared.items()]
    if paths:
        staff = select(Problem.id).join(Problem.matter).join(Matter.unit).where(or_(*map(within, paths)))
        seen.append(_with_words(session, staff, typed))
    return union(*seen)


#: The levels of a share that show words of a problem.
_LEVELS = (ShareLevel.SUMMARY, ShareLevel.FULL)


def _keys(matters: Select[int]) -> Select[*tuple[Any, ...]]:
    return select(Problem.id).where(Problem.matter_id.in_(matters))


def _shared(agency_id: int, level: ShareLevel, now: datetime) -> Select[int]:
    """The matters that are shared with an agency at a level at this instant."""
    return select(Share.matter_id).where(Share.agency_id == agency_id, Share.level == level, is_open_at(now))


def _with_words(
    session: Session, asked: Select[*tuple[Any, ...]], typed: str, level: ShareLevel = ShareLevel.FULL
) -> Select[*tuple[Any, ...]]:
    """The question about problems, of those alone that have every word typed."""
    sought = terms_sought(typed)
    if not sought:
        return asked
    meant = terms_meant(session.get_bind().dialect.name, sought, is_whole=level is ShareLevel.FULL)
    return asked.where(TERMS_KEPT.c.rowid == Problem.id, meant)
