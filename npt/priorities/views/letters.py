"""Letters to those who raised priorities, queued in the transaction of what causes them."""

from npt.organisation.models import Unit
from npt.outbox.actions import queue
from npt.outbox.queries import stopped_addresses, unsubscribed
from npt.outbox.rules import Topic
from npt.priorities.actions import link_for
from npt.priorities.models import Closing, Originator, Priority
from npt.priorities.views.door import OWN_ANSWER
from npt.priorities.wording import asked_letter, no_longer_letter
from npt.webkit.filters import plural
from npt.webkit.public_addresses import public_address
from npt.webkit.signed_links import secret_keys
from npt.webkit.visit import Visit


def takes_letters(visit: Visit[Unit], originator: Originator) -> bool:
    """Whether a letter to them would go out: they have an address that works, and have not said no."""
    email = originator.reached_by_email
    if email is None or originator.gone_on is not None:
        return False
    is_wanted = (email, Topic.INVITATION) not in unsubscribed(visit.session, [email])
    return is_wanted and email not in stopped_addresses(visit.session, [email])


def send_links(visit: Visit[Unit], record: Priority, closing: Closing) -> int:
    """Write to everybody who raised it, has an address and has not answered; how many are written to."""
    answered = {each.originator_id for each in closing.answers}
    asked = [each for each in record.originators if each.id not in answered and takes_letters(visit, each)]
    for each in asked:
        link = link_for(visit.session, closing, each, stamp=visit.stamp, today=visit.today)
        address = public_address(
            "priorities.own_answer", {"answer": OWN_ANSWER.sign(secret_keys(), link.id, visit.today)}
        )
        queue(visit.session, asked_letter(link, record, address), now=visit.now)
    return len(asked)


def sent_in_words(count: int) -> str:
    """How many were written to."""
    return f"{plural(count, 'person', 'people')} asked by email." if count else "Nobody was asked by email."


def tell_no_longer(visit: Visit[Unit], record: Priority) -> str:
    """Tell those who raised it that it is no longer a priority, in words for the next page."""
    told = [each for each in record.originators if takes_letters(visit, each)]
    for each in told:
        queue(visit.session, no_longer_letter(each, record), now=visit.now)
    if told:
        return f"{plural(len(told), 'person', 'people')} told by email."
    return "Nobody could be told by email: tell whoever raised it when you meet them."
