"""The steps of a review as the address asks them: how far it can be read, and what the next step shows."""

from collections.abc import Iterable

from flask import request

from npt.kit.clock import day_in_words
from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded, units_under
from npt.organisation.rules import Level, check_code
from npt.reorganisation.actions import Scene
from npt.reorganisation.forms import OpeningsForm, WhatForm, openings_form
from npt.reorganisation.queries import open_for_good
from npt.reorganisation.rules import (
    NotYet,
    Opening,
    Plan,
    ReviewKind,
    check_day,
    check_openings,
    opened_by,
)
from npt.webkit.fields import Choice
from npt.webkit.visit import Visit

#: The steps, by the value of `step` in the address that leads to each.
WHAT, WHICH, CARRY = "what", "which", "carry"


class TakenCode(Refusal):
    """A neighbourhood would open under a code that a unit has, or had."""


class Steps:
    """Where a review stands: the forms of its steps, the step to be shown, and its scene once all is read."""

    def __init__(self, visit: Visit[Unit]) -> None:
        self.visit = visit
        session, today = visit.session, visit.today
        self.teams = units_under(session, visit.place.path, as_at=today, level=Level.TEAM)
        standing = open_for_good(session, visit.place, today, Level.NEIGHBOURHOOD)
        self.standing = {unit.code: unit for unit in standing}
        self.what, self.step, self.is_refused = WhatForm(), WHAT, False
        self.what.places.choices = tuple(Choice(each.code, f"{each.name} ({each.code})") for each in standing)
        self.which: OpeningsForm | None = None
        self.scene: Scene | None = None
        self._walk(request.args.get("step", WHAT))

    @property
    def chosen(self) -> list[Unit]:
        """The neighbourhoods that close."""
        return [self.standing[code] for code in self.what.places.data or ()]

    def carried(self) -> Iterable[tuple[str, str]]:
        """What the steps before ask, for the form of the next one to carry."""
        own = set() if self.which is None else {each.name for group in self.which.groups for each in group}
        return [(name, text) for name, text in request.args.items(multi=True) if name not in {"step", *own}]

    def _walk(self, asked: str) -> None:
        if asked not in (WHICH, CARRY):
            return
        opened = self._read_what()
        if opened is None:
            return
        self.step, self.which = WHICH, openings_form(self.teams, self._usual(opened))
        if asked == CARRY:
            self.scene = self._read_which(self.which)
            self.step = WHICH if self.scene is None else CARRY

    def _read_what(self) -> int | None:
        """How many neighbourhoods open; None, and said beside the field, where the first step cannot be."""
        form = self.what
        self.is_refused = not form.validate()
        if self.is_refused:
            return None
        try:
            check_day(form.on.value, self.visit.today)
            for unit in self.chosen:
                if unit.opened_on >= form.on.value:
                    raise NotYet(
                        f"{unit.name} opened on {day_in_words(unit.opened_on)}: give a later day.", field="on"
                    )
            return opened_by(ReviewKind(form.kind.value), len(self.chosen), int(form.parts.data or 2))
        except Refusal as refusal:
            form.refuse(refusal)
            self.is_refused = True
        return None

    def _usual(self, opened: int) -> list[Opening]:
        """What the second step is filled in with."""
        kind, chosen = ReviewKind(self.what.kind.value), self.chosen
        classes = [unit.priority_class for unit in chosen if unit.priority_class is not None]
        teams = {team.id: team.code for team in self.teams}
        team_codes = [teams.get(unit.parent_id or 0, "") for unit in chosen]
        if kind is ReviewKind.TRANSFER:
            return [Opening("", unit.name, "", unit.priority_class) for unit in chosen]
        name = chosen[0].name if kind is ReviewKind.MERGE else ""
        return [Opening("", name, team_codes[0], min(classes, default=None))] * opened

    def _read_which(self, form: OpeningsForm) -> Scene | None:
        """The review as it is to be carried out; None, and said beside the field, where it cannot be."""
        self.is_refused = not form.validate()
        if self.is_refused:
            return None
        kind, openings = ReviewKind(self.what.kind.value), form.value()
        try:
            self._check(openings)
            teams = {team.id: team.code for team in self.teams}
            had = {place: teams.get(unit.parent_id or 0, "") for place, unit in enumerate(self.chosen)}
            check_openings(kind, openings, had)
        except Refusal as refusal:
            form.refuse(refusal)
            self.is_refused = True
            return None
        visit = self.visit
        return Scene(
            visit.session,
            Plan(kind, self.what.on.value, tuple(self.what.places.value), tuple(openings)),
            {unit.code: unit for unit in self.chosen},
            {team.code: team for team in self.teams},
            visit.stamp,
            visit.today,
            visit.may,
        )

    def _check(self, openings: list[Opening]) -> None:
        """Codes that can be and that no unit has or had, names that can be: refused beside their field."""
        taken = units_coded(self.visit.session, [each.code for each in openings])
        for place, each in enumerate(openings):
            try:
                check_code(each.code)
                check_name(each.name)
            except Refusal as refusal:
                raise type(refusal)(refusal.message, field=f"{refusal.field}-{place}") from refusal
            if each.code in taken:
                raise TakenCode(
                    "Another unit has or had this code: give one that has never been used.",
                    field=f"code-{place}",
                )
