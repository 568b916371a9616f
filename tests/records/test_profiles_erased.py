"""Whoever is erased is named in no profile, however they were typed, nor where words were carried over."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.kin.actions.erasure import KIND
from npt.organisation.actions import close_unit
from npt.profiles.actions import carry_over, write_part
from npt.profiles.models import PartVersion
from npt.profiles.rules import Part
from tests import make
from tests.records.erased import everything
from tests.records.kin_desk import DAY, NOBODY, NOW, ago, join

#: As they are called, with a curly apostrophe as a telephone makes it, by an initial, the name the other way.
TYPED = (
    "Ask Zoë O'Xylander.",
    "Ask Zoe O’Xylander, the shopkeeper.",
    "Shops: Z. O'Xylander; the school: nobody.",
    "O'XYLANDER, ZOË\nkeeps the shop.",
)


def test_a_name_gives_way_in_every_version_of_a_profile_and_in_what_was_carried_over(
    session: Session,
) -> None:
    team = make.team(session)
    place = make.neighbourhood(session, under=team)
    heir = make.neighbourhood(session, under=team, code="N2", opened_on=DAY)
    join(session, place, "Zoë O'Xylander", reference="ZX-1", basis_on=ago(9), recorded_on=ago(9))
    for words in TYPED:
        write_part(session, place, Part.ABOUT, words=words, stamp=NOBODY, today=ago(1))
    close_unit(session, place, on=ago(1), taken_over_by=[heir])
    carry_over(session, closed=place, to={Part.ABOUT: ["N2"]}, left=[], stamp=NOBODY, today=DAY)
    count = session.scalar(select(func.count()).select_from(PartVersion))
    session.commit()
    assert "Xylander" in everything(session)
    person = person_named(session, f"{KIND}:ZX-1")
    forget(session, person, today=DAY, now=NOW, also_current=True)
    session.commit()
    assert "xylander" not in everything(session).lower()
    said = session.scalars(select(PartVersion.words)).all()
    assert (len(said), all(f"Erased key individual {person.key.id}" in each for each in said)) == (
        count,
        True,
    )
