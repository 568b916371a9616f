"""Sign-off: the team calls it solved, whoever raised it is asked, and their answer is recorded."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.priorities import actions
from npt.priorities.forms import AskForm, OverruleForm, RecordForm
from npt.priorities.models import Priority
from npt.priorities.rules import PriorityState
from npt.priorities.views.door import ONE, found_priority, own_address, pages
from npt.priorities.views.letters import send_links, sent_in_words
from npt.priorities.wording import asks_somebody, name_of, state_in_words, what_closing_does
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{ONE}/solved", needs=Permission.KEEP_PROBLEMS, within="code")
def ask(visit: Visit[Unit], priority_id: int) -> Answer:
    """Call it solved; whoever raised it is asked."""
    return correction_page(
        visit,
        AskForm,
        lambda: found_priority(visit, priority_id),
        act=lambda record, form: _ask(visit, record, form),
        saved=lambda said: said,
        back_href=own_address(visit.place.code, priority_id),
        page=lambda record: {"then": what_closing_does(record), "asks": asks_somebody(record)},
    )


def _ask(visit: Visit[Unit], record: Priority, form: AskForm) -> str:
    closing = actions.ask(visit.session, record, **form.value(), stamp=visit.stamp, today=visit.today)
    if closing.answered is not None:
        return f"It is closed: {state_in_words(record).lower()}."
    return f"Whoever raised it is asked. {sent_in_words(send_links(visit, record, closing))}"


@pages.form(f"{ONE}/answer", needs=Permission.KEEP_PROBLEMS, within="code", shows_personal="priority")
def record(visit: Visit[Unit], priority_id: int) -> Answer:
    """Record what came of asking somebody by phone, at a meeting or in the street."""
    return correction_page(
        visit,
        RecordForm,
        lambda: found_priority(visit, priority_id),
        act=lambda found, form: actions.record(visit.session, found, **form.value(), stamp=visit.stamp),
        saved=_recorded,
        back_href=own_address(visit.place.code, priority_id),
        offer=_offer,
        page=lambda found: {"is_asked": found.round is not None},
    )


def _offer(form: RecordForm, found: Priority) -> None:
    form.offer((each.id, name_of(each)) for each in found.originators)
    if found.first is not None and not form.originator_id.typed:
        form.originator_id.process_data(found.first.id)


def _recorded(record: Priority) -> str:
    if record.state is PriorityState.OPEN:
        return "It is recorded, and the priority is open again."
    return f"It is recorded. The priority: {state_in_words(record).lower()}."


@pages.form(f"{ONE}/overrule", needs=Permission.OVERRULE_ORIGINATORS, within="code")
def overrule(visit: Visit[Unit], priority_id: int) -> Answer:
    """Close it against whoever raised it, after their second refusal."""
    return correction_page(
        visit,
        OverruleForm,
        lambda: found_priority(visit, priority_id),
        act=lambda found, form: actions.overrule(
            visit.session, found, **form.value(), stamp=visit.stamp, today=visit.today
        ),
        saved="It is closed, and counts as closed against whoever raised it.",
        back_href=own_address(visit.place.code, priority_id),
    )


@pages.write(f"{ONE}/send", needs=Permission.KEEP_PROBLEMS, within="code")
def send(visit: Visit[Unit], priority_id: int) -> Answer:
    """Send the link once more to whoever has not answered."""
    found = visit.found(found_priority(visit, priority_id))
    return button(
        visit,
        act=lambda: sent_in_words(0 if found.round is None else send_links(visit, found, found.round)),
        saved=lambda said: said,
        back_href=own_address(visit.place.code, priority_id),
    )
