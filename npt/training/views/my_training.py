"""A member's own training: where they stand, what is done and what is due."""

from npt.access.rules import SignedIn
from npt.people.queries import member_in, member_of_account, places_of
from npt.training.views.door import pages
from npt.training.views.record import parts_of
from npt.training.views.wording import verifier_in_words
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/my/training", needs=SignedIn(because="it shows only what is recorded of the person's own"))
def my_training(visit: Visit[None]) -> Answer:
    """Every programme of one's own, with its modules and what is due."""
    own = member_of_account(visit.session, visit.by)
    # Wherever they belong today, or did last; somebody who was never posted anywhere has no programmes.
    member = None if own is None else member_in(visit.session, "", own.number, today=visit.today)
    parts = []
    if member is not None:
        # All their places are in one force, whose programmes are asked for once.
        parts = parts_of(visit, member, places_of(member.postings, visit.today)[0].unit.path)
    return visit.render(is_member=own is not None, verifier=verifier_in_words, parts=parts)
