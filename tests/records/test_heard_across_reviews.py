"""What was heard of a community counts on, however often its neighbourhood is reviewed."""

from datetime import timedelta

from sqlalchemy.orm import Session

from npt.communities.actions import carry_over
from npt.communities.queries import left_behind
from npt.engagement.actions import ContactFacts, record_contact
from npt.engagement.queries import communities_of_patch, not_spoken_to, unheard_communities
from npt.organisation.actions import close_unit
from npt.phone.actions import Sending
from tests import make
from tests.records.kin_desk import DAY, NOBODY, NOW, ago, community


def test_of_a_community_of_both_that_merged_and_went_on_all_that_was_heard_before_counts(
    session: Session,
) -> None:
    team = make.team(session)
    silent, heard = (make.neighbourhood(session, under=team) for _ in range(2))
    polish = [community(session, place, starts_on=make.START) for place in (silent, heard)]
    facts = ContactFacts(heard, at=NOW - timedelta(days=9), community=polish[1])
    record_contact(session, facts=facts, sending=Sending(NOBODY, None))
    merged = make.neighbourhood(session, under=team, code="N8", opened_on=ago(5))
    for place, of_it in zip((silent, heard), polish, strict=True):
        close_unit(session, place, on=ago(6), taken_over_by=[merged])
        carry_over(session, closed=place, to={of_it.id: ["N8"]}, ended=[], stamp=NOBODY)
    assert not_spoken_to(session, team.path, DAY) == 0
    last = make.neighbourhood(session, under=team, code="N9", opened_on=DAY)
    close_unit(session, merged, on=ago(1), taken_over_by=[last])
    (there,) = left_behind(session, merged)
    carry_over(session, closed=merged, to={there.id: ["N9"]}, ended=[], stamp=NOBODY)
    assert not_spoken_to(session, team.path, DAY) == 0
    (unheard,) = unheard_communities(session, team.path, DAY)
    assert (unheard.last, unheard.voices) == (ago(9), 0)


def test_a_form_offers_the_communities_of_what_closed_after_those_that_are_there(session: Session) -> None:
    team = make.team(session)
    closed = make.neighbourhood(session, under=team, code="N1")
    there = make.neighbourhood(session, under=team, code="N2", opened_on=DAY)
    for place, name in ((closed, "Polish"), (there, "Somali"), (there, "Polish")):
        community(session, place, name, starts_on=place.opened_on)
    close_unit(session, closed, on=ago(1), taken_over_by=[there])
    found = communities_of_patch(session, [there, closed], as_at=DAY)
    assert [(each.name, each.unit_id) for each in found] == [
        ("Polish", there.id),
        ("Somali", there.id),
        ("Polish", closed.id),
    ]
