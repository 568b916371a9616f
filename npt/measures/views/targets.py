"""Setting the target of a measure from a day on."""

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.measures.actions import set_target
from npt.measures.forms import TargetForm
from npt.measures.models import MeasureTarget
from npt.measures.queries import registry
from npt.measures.queries.targets import targets_of, targets_set
from npt.measures.rules import Measure, Target
from npt.measures.views.door import measures_address, pages
from npt.measures.wording import target_in_words
from npt.organisation.models import Unit
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Column, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form("/units/<code>/measures/<measure>/target", needs=Permission.MANAGE_MEASURES, within="code")
def target(visit: Visit[Unit], measure: str) -> Answer:
    """Set the target of a measure for the unit and all under it."""
    found = visit.found(registry.measure_coded(measure))
    form, back_href = TargetForm(), measures_address(visit.place, Month.of(visit.today).previous)
    form.offer(found)
    now = targets_of(visit.session, visit.place.path).on(found, visit.place, visit.today)
    return form_page(
        visit,
        form,
        act=lambda: set_target(
            visit.session, unit=visit.place, measure=found, stamp=visit.stamp, **form.value()
        ),
        saved=lambda made: visit.saved(
            back_href, f"The target of {found.name} from {day_in_words(made.starts_on)} is saved."
        ),
        page=lambda: {
            "measure": found,
            "now": target_in_words(found, now),
            "since": now.since,
            "earlier": _table(visit, found),
            "back_href": back_href,
        },
    )


def _table(visit: Visit[Unit], measure: Measure) -> Table[MeasureTarget]:
    return Table(
        "Targets that were set",
        (
            Column("From", lambda each: each.starts_on),
            coded("For", lambda each: each.unit),
            Column("Target", lambda each: target_in_words(measure, Target(each.amount, each.starts_on))),
            Column("Set by", lambda each: "" if each.set_by is None else each.set_by.name),
        ),
        targets_set(visit.session, visit.place.path, measure.code),
    )
