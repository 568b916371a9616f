"""The demonstration force has NSOs in every area, PCSOs without a line manager, and student officers."""

from npt.demonstration.places import FORCE_CODE
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.staffing.queries import Students, specialist_counts, specialists_on
from tests.records.demonstration.loading import TODAY, Loaded


def test_every_area_has_an_nso_and_nearly_every_pcso_a_line_manager(demonstration: Loaded) -> None:
    session, force = demonstration.session, demonstration.unit(FORCE_CODE)
    of_areas = [
        specialist_counts(session, area, TODAY, with_children=False)
        for area in demonstration.units(Level.AREA)
    ]
    assert all(counts.specialists for counts in of_areas)
    whole = specialist_counts(session, force, TODAY, with_children=False)
    assert whole.managed + whole.unmanaged == demonstration.staffing(FORCE_CODE).heads[PolicingRole.PCSO]
    assert 0 < whole.unmanaged < 5


def test_the_payment_is_due_for_most_nsos_and_not_for_those_appointed_lately(demonstration: Loaded) -> None:
    found = specialists_on(demonstration.session, demonstration.unit(FORCE_CODE).path, TODAY)
    not_due = [each.mark for each in found.specialists if not each.mark.is_payment_due]
    assert 0 < len(not_due) < len(found.specialists) / 2
    assert {(TODAY - mark.starts_on).days < 90 for mark in not_due} == {True}


def test_three_student_officers_are_in_luton_beside_the_published_strength(demonstration: Loaded) -> None:
    luton = demonstration.staffing("C")
    assert luton.students == Students(3, is_counted=False)
    assert luton.of(PolicingRole.CONSTABLE).strength == 22
    assert demonstration.staffing("J").students.heads == 0
