"""What the forms of a team offer, and the records that were chosen there.

Words are kept, not records: a refusal rolls back, and takes the records with it.
"""

from collections.abc import Mapping
from functools import cached_property

from npt.access.rules import Permission
from npt.categories.models import Category
from npt.categories.queries import categories
from npt.kin.models import KeyIndividual
from npt.kin.queries import chosen, to_choose
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of
from npt.partners.models import Agency
from npt.partners.queries import agencies_standing, agency_coded
from npt.people.models import Member
from npt.priorities import queries
from npt.priorities.models import Priority
from npt.problems.models import Problem
from npt.webkit.visit import Visit


class Offered:
    """What the forms of a team offer, each asked for once."""

    def __init__(self, visit: Visit[Unit], team: Unit) -> None:
        self._session, self._today = visit.session, visit.today
        self._team_id, self._path = team.id, team.path
        self._names_individuals = visit.may(Permission.KEEP_KIN, team.path)

    @property
    def _team(self) -> Unit:
        return self._session.get_one(Unit, self._team_id)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The neighbourhoods of the team, by code."""
        found = neighbourhoods_of(self._session, self._team, as_at=self._today)
        return {each.code: each.name for each in found}

    def place(self, code: str | None, own: Unit | None = None) -> Unit | None:
        """The neighbourhood of a code, of those that may be chosen; `own` stays what it is."""
        if code is None or (own is not None and own.code == code):
            return None if code is None else own
        found = neighbourhoods_of(self._session, self._team, as_at=self._today)
        return next((each for each in found if each.code == code), None)

    @cached_property
    def individuals(self) -> Mapping[int, str]:
        """The key individuals of the team, by key; none for whoever may not know them."""
        if not self._names_individuals:
            return {}
        return {each.id: each.words for each in to_choose(self._session, self._path)}

    def individual(self, key: int | None) -> KeyIndividual | None:
        """The key individual of a key, of those who may be chosen."""
        return None if key is None else chosen(self._session, self._path, key)

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """The partner agencies of today, by code."""
        return {each.code: each.name for each in agencies_standing(self._session, self._today)}

    def agency(self, code: str | None) -> Agency | None:
        """The agency of a code."""
        return None if code is None else agency_coded(self._session, code)

    @cached_property
    def leads(self) -> Mapping[int, str]:
        """Who may lead a priority of the team, by key."""
        found = queries.leads_of(self._session, self._team, self._today)
        return {each.id: f"{each.name} ({each.number})" for each in found}

    def lead(self, key: str | None) -> Member | None:
        """The member of a key that was chosen."""
        return None if key is None else self._session.get(Member, int(key))

    def leads_with(self, record: Priority) -> Mapping[int, str]:
        """Who may lead it, with whoever does."""
        own = {} if record.lead is None else {record.lead.id: f"{record.lead.name} ({record.lead.number})"}
        return {**self.leads, **own}

    @cached_property
    def problems(self) -> Mapping[str, str]:
        """The open problem records of the team, by reference."""
        found = queries.problems_open(self._session, self._path)
        return {each.reference: each.title for each in found}

    def problem(self, reference: str | None, own: Problem | None = None) -> Problem | None:
        """The record of a reference, of those that may be chosen; `own` stays what it is."""
        if reference is None or (own is not None and own.reference == reference):
            return None if reference is None else own
        found = queries.problems_open(self._session, self._path)
        return next((each for each in found if each.reference == reference), None)

    @cached_property
    def categories(self) -> Mapping[int, str]:
        """The categories of today, by key."""
        return {each.id: each.name for each in categories(self._session, open_on=self._today)}

    def category(self, key: str | None) -> Category | None:
        """The category of a key that was chosen."""
        return None if key is None else self._session.get(Category, int(key))
