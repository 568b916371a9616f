"""Shifts from the calendar of another system."""

from npt.access.rules import Permission
from npt.duty.views.door import check_place, roster_address
from npt.interchange.exchange import TakenCalendar, take_calendar
from npt.interchange.forms import CalendarForm
from npt.kit.clock import monday_of
from npt.organisation.models import Unit
from npt.people.queries import members_of
from npt.store.exchange import ImportOrder, Outcome
from npt.webkit.fields import Choice
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit

pages = Pages("interchange")
#: Warnings that the page after a save lists.
_MOST_TOLD = 5


@pages.form("/teams/<code>/roster/calendar", needs=Permission.RECORD_DUTY, within="code")
def calendar(visit: Visit[Unit]) -> Answer:
    """Add the shifts of a member from the calendar that another system gives out."""
    check_place(visit, visit.today)
    form = CalendarForm()
    names = _names(visit)
    form.offer([Choice(number, f"{name} ({number})") for number, name in names.items()])
    return form_page(
        visit,
        form,
        act=lambda: _take(visit, form),
        saved=lambda taken: visit.saved(
            roster_address(visit.place.code, monday_of(taken.first_on or visit.today)),
            _in_words(taken.outcome, names[form.value().number]),
        ),
        back_href=roster_address(visit.place.code, monday_of(visit.today)),
    )


def _names(visit: Visit[Unit]) -> dict[str, str]:
    """The members who count here today, by their numbers."""
    posted = members_of(visit.session, visit.place.path, visit.today)
    return {each.member.number: each.member.name for each in posted}


def _take(visit: Visit[Unit], form: CalendarForm) -> TakenCalendar:
    typed = form.value()
    order = ImportOrder(typed.may_update, visit.now, visit.today, account_id=visit.by)
    return take_calendar(
        visit.session, typed.content, typed.name, number=typed.number, place=visit.place, order=order
    )


def _in_words(outcome: Outcome, name: str) -> str:
    """What was saved, and what of the calendar was passed over or is doubtful."""
    words = [
        f"Calendar of {name}: {plural(outcome.added, 'shift')} added, {outcome.changed:,} changed,"
        f" {outcome.unchanged:,} recorded already."
    ]
    words += [f"Line {each.line}: {each.message}." for each in outcome.warnings[:_MOST_TOLD]]
    if len(outcome.warnings) > _MOST_TOLD:
        words.append(f"{len(outcome.warnings) - _MOST_TOLD:,} more similar lines are not listed.")
    return " ".join(words)
