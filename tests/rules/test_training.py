"""How far a member has come with a programme, who is due, and what may be recorded.

The stages and the published figures are those of HMIC, Bedfordshire Police, September 2008.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.limits import DayOutOfRange
from npt.kit.months import months_after
from npt.kit.spans import Span
from npt.people.rules import PolicingRole
from npt.training.rules import (
    SHIPPED_PROGRAMMES,
    BadDates,
    DueKind,
    ModuleDates,
    NotExternallyVerified,
    OwnVerification,
    Progress,
    RegisteredAlready,
    Sought,
    Stage,
    Standing,
    Terms,
    check_external,
    check_module,
    check_one_at_a_time,
    check_registration,
    check_verifier,
    counts_of,
    held_since,
    shipped,
    standing_on,
)

TODAY = date(2026, 11, 16)
STARTED = date(2026, 1, 5)
TERMS = Terms(
    frozenset({PolicingRole.CONSTABLE}),
    modules=2,
    register_within=90,
    stalls_after=60,
    months_valid=12,
    has_external=True,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def verified(on: str, registered: str = "2026-01-05") -> Progress:
    """Both modules completed and verified on a day."""
    return Progress(day(registered), (ModuleDates(day(on), day(on)), ModuleDates(day(on), day(on))))


def standing(*registrations: Progress, on: date = TODAY, terms: Terms = TERMS) -> Standing:
    return standing_on(terms, registrations, STARTED, on)


# Stages -----------------------------------------------------------------------------------------------------


def test_a_registration_with_one_module_open_is_only_registered() -> None:
    found = standing(Progress(STARTED, (ModuleDates(TODAY, TODAY),)))
    assert (found.stage, found.completed, found.verified) == (Stage.REGISTERED, 1, 1)


def test_all_modules_completed_and_one_not_verified_is_completed() -> None:
    found = standing(Progress(STARTED, (ModuleDates(TODAY, TODAY), ModuleDates(TODAY))))
    assert found.stage is Stage.COMPLETED
    assert not found.has_reached(Stage.VERIFIED)


def test_the_verified_also_count_as_completed_and_registered() -> None:
    found = standing(verified("2026-10-01"))
    assert all(found.has_reached(stage) for stage in Stage)


def test_a_step_counts_from_its_own_day_on() -> None:
    progress = verified("2026-10-01")
    assert standing(progress, on=day("2026-01-04")).stage is None
    assert standing(progress, on=day("2026-01-05")).stage is Stage.REGISTERED
    assert standing(progress, on=day("2026-09-30")).stage is Stage.REGISTERED
    assert standing(progress, on=day("2026-10-01")).stage is Stage.VERIFIED


def test_a_withdrawn_registration_counts_until_the_day_before() -> None:
    progress = Progress(STARTED, withdrawn_on=day("2026-06-01"))
    assert standing(progress, on=day("2026-05-31")).stage is Stage.REGISTERED
    assert standing(progress, on=day("2026-06-01")).stage is None


def test_the_last_day_of_validity_still_counts_and_the_next_does_not() -> None:
    progress = verified("2026-01-31")
    assert standing(progress, on=day("2027-01-31")).stage is Stage.VERIFIED
    expired = standing(progress, on=day("2027-02-01"))
    assert expired.stage is Stage.REGISTERED
    assert expired.due is not None
    assert expired.due.kind is DueKind.EXPIRED


def test_a_verification_counts_while_its_renewal_is_under_way() -> None:
    renewal = Progress(day("2027-01-01"), (ModuleDates(day("2027-01-20")),))
    both = (verified("2026-01-31"), renewal)
    found = standing(*both, on=day("2027-01-31"))
    assert (found.stage, found.due) == (Stage.VERIFIED, None)
    assert Sought.TO_VERIFY.fits(found)
    assert standing(*both, on=day("2027-02-01")).stage is Stage.REGISTERED


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-16", 24, "2028-11-16"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(start: str, months: int, end: str) -> None:
    assert months_after(day(start), months) == day(end)


# Due --------------------------------------------------------------------------------------------------------


def test_who_is_new_in_the_role_is_due_to_register_within_the_days_of_the_programme() -> None:
    due = standing_on(TERMS, [], day("2026-09-01"), TODAY).due
    assert due is not None
    assert (due.kind, due.on) == (DueKind.TO_REGISTER, day("2026-11-30"))
    assert not due.is_overdue(day("2026-11-30"))
    assert due.is_overdue(day("2026-12-01"))


def test_who_was_in_the_role_before_the_programme_has_its_days_from_the_programmes_beginning() -> None:
    terms = replace(TERMS, needed_from=day("2026-10-01"))
    due = standing_on(terms, [], STARTED, TODAY).due
    assert due is not None
    assert due.on == day("2026-12-30")
    before = standing_on(terms, [], STARTED, day("2026-09-30"))
    assert (before.is_needed, before.due) == (False, None)


def test_nobody_is_due_to_register_who_does_not_need_it_or_when_it_is_closed() -> None:
    assert standing_on(TERMS, [], None, TODAY).due is None
    closed = replace(TERMS, closed_on=TODAY - timedelta(days=1))
    assert standing_on(closed, [], STARTED, TODAY).due is None


def test_a_registration_stalls_when_its_days_have_passed_without_a_step() -> None:
    progress = Progress(STARTED, (ModuleDates(day("2026-09-17")),))
    assert standing(progress, on=day("2026-11-16")).due is None
    due = standing(progress, on=day("2026-11-17")).due
    assert due is not None
    assert (due.kind, due.on) == (DueKind.STALLED, day("2026-11-16"))


def test_who_has_completed_everything_does_not_stall() -> None:
    progress = Progress(STARTED, (ModuleDates(STARTED), ModuleDates(STARTED)))
    assert standing(progress).due is None


def test_a_verification_is_due_for_renewal_ninety_days_before_it_expires() -> None:
    progress = verified("2026-01-31")
    assert standing(progress, on=day("2026-11-01")).due is None
    due = standing(progress, on=day("2026-11-02")).due
    assert due is not None
    assert (due.kind, due.on) == (DueKind.EXPIRING, day("2027-01-31"))


def test_who_no_longer_needs_a_programme_is_not_due_to_renew_it() -> None:
    assert standing_on(TERMS, [verified("2025-01-31", "2025-01-05")], None, TODAY).due is None


def test_a_role_is_held_without_a_break_over_postings_that_follow_each_other() -> None:
    spans = [
        Span(day("2025-01-01"), day("2025-06-30")),
        Span(day("2025-08-01"), day("2026-03-31")),
        Span(day("2026-04-01")),
    ]
    assert held_since(spans, TODAY) == day("2025-08-01")
    assert held_since(spans, day("2025-07-15")) is None
    assert held_since(spans, day("2025-06-30")) == day("2025-01-01")


# Counts -----------------------------------------------------------------------------------------------------


def test_the_published_figures_come_out_of_standings_like_those_of_2008() -> None:
    certificate = replace(SHIPPED_PROGRAMMES[0].terms, roles=TERMS.roles)
    done = tuple(ModuleDates(TODAY, TODAY) for _ in range(7))
    registrations = [
        *[Progress(STARTED, done, asked_on=TODAY)] * 8,
        *[Progress(STARTED, done)] * 10,
        *[Progress(STARTED, done[:6])] * 184,
    ]
    counts = counts_of([standing(each, terms=certificate) for each in registrations])
    assert (counts.registered, counts.verified, counts.asked, counts.granted) == (202, 18, 8, 0)


progresses = st.builds(
    lambda start, gaps: Progress(
        start,
        tuple(
            ModuleDates(start + timedelta(days=done), start + timedelta(days=done + check) if check else None)
            for done, check in gaps
        ),
    ),
    st.dates(day("2024-01-01"), day("2026-12-31")),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=2),
)


@given(st.lists(progresses, max_size=3), st.dates(day("2023-01-01"), day("2029-12-31")), st.booleans())
def test_later_stages_are_always_part_of_earlier_ones(
    registrations: list[Progress], on: date, is_needed: bool
) -> None:
    found = standing_on(TERMS, registrations, STARTED if is_needed else None, on)
    counts = counts_of([found])
    assert counts.members >= counts.registered >= counts.completed >= counts.verified
    assert found.verified <= found.completed <= TERMS.modules
    assert (found.stage is None) == (not any(each.registered_on <= on for each in registrations))


@pytest.mark.parametrize("sought", list(Sought))
def test_everybody_sought_at_a_count_is_counted_there(sought: Sought) -> None:
    standings = [
        standing(),
        standing(verified("2026-10-01")),
        replace(standing(verified("2026-10-01")), asked_on=TODAY, granted_on=TODAY),
        standing(Progress(STARTED, (ModuleDates(TODAY), ModuleDates(TODAY)))),
        standing(Progress(STARTED)),
    ]
    counts = counts_of(standings)
    if sought is not Sought.TO_VERIFY:
        assert sum(sought.fits(each) for each in standings) == getattr(counts, sought.value)
    else:
        assert [sought.fits(each) for each in standings] == [False, False, False, True, False]


# What may be recorded ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "field"),
    [
        (Progress(TODAY + timedelta(days=1)), "registered_on"),
        (Progress(TODAY, withdrawn_on=TODAY + timedelta(days=1)), "withdrawn_on"),
        (Progress(TODAY, withdrawn_on=TODAY - timedelta(days=1)), "withdrawn_on"),
    ],
)
def test_a_registration_is_not_in_the_future_and_not_withdrawn_before(progress: Progress, field: str) -> None:
    with pytest.raises(BadDates) as refused:
        check_registration(progress, TODAY)
    assert refused.value.field == field


def test_a_day_of_training_beyond_those_that_can_be_reckoned_with_is_refused() -> None:
    with pytest.raises(DayOutOfRange) as refused:
        check_registration(Progress(date(1899, 12, 31)), TODAY)
    assert refused.value.field == "registered_on"


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        (ModuleDates(TODAY - timedelta(days=1)), "completed_on"),
        (ModuleDates(TODAY + timedelta(days=1)), "completed_on"),
        (ModuleDates(TODAY, TODAY - timedelta(days=1)), "verified_on"),
        (ModuleDates(TODAY, TODAY + timedelta(days=1)), "verified_on"),
    ],
)
def test_a_module_is_completed_after_the_registration_and_verified_after_that(
    dates: ModuleDates, field: str
) -> None:
    with pytest.raises(BadDates) as refused:
        check_module(TODAY, dates, TODAY)
    assert refused.value.field == field
    check_module(TODAY, ModuleDates(TODAY, TODAY), TODAY)


def test_external_verification_waits_for_all_internal_ones() -> None:
    half = Progress(STARTED, (ModuleDates(STARTED, STARTED), ModuleDates(STARTED)), asked_on=TODAY)
    with pytest.raises(NotExternallyVerified, match="1 of 2"):
        check_external(TERMS, half, TODAY)
    check_external(TERMS, replace(verified("2026-10-01"), asked_on=TODAY, granted_on=TODAY), TODAY)


def test_external_verification_is_for_programmes_that_have_it() -> None:
    asked = replace(verified("2026-10-01"), asked_on=TODAY)
    with pytest.raises(NotExternallyVerified, match="no external verification"):
        check_external(replace(TERMS, has_external=False), asked, TODAY)


@pytest.mark.parametrize(
    ("asked", "granted", "field"),
    [
        ("2026-09-30", None, "asked_on"),
        (None, "2026-10-02", "asked_on"),
        ("2026-10-02", "2026-10-01", "granted_on"),
    ],
)
def test_external_steps_come_in_their_order(asked: str | None, granted: str | None, field: str) -> None:
    progress = replace(
        verified("2026-10-01"),
        asked_on=None if asked is None else day(asked),
        granted_on=None if granted is None else day(granted),
    )
    with pytest.raises(BadDates) as refused:
        check_external(TERMS, progress, TODAY)
    assert refused.value.field == field


def test_the_next_registration_waits_for_the_end_of_the_one_before() -> None:
    with pytest.raises(RegisteredAlready, match="5 January 2026"):
        check_one_at_a_time(TERMS, [Progress(TODAY), Progress(STARTED)])
    check_one_at_a_time(TERMS, [Progress(TODAY), Progress(STARTED, withdrawn_on=TODAY)])
    check_one_at_a_time(TERMS, [verified("2026-10-01"), Progress(day("2026-10-01"))])
    with pytest.raises(RegisteredAlready):
        check_one_at_a_time(TERMS, [verified("2026-10-01"), Progress(day("2026-09-30"))])


def test_nobody_verifies_their_own_training() -> None:
    with pytest.raises(OwnVerification):
        check_verifier(is_own=True)
    check_verifier(is_own=False)


def test_every_programme_that_ships_has_the_modules_its_terms_say() -> None:
    assert [(each.code, len(each.modules)) for each in SHIPPED_PROGRAMMES] == [
        ("certificate", 7),
        ("sara", 1),
        ("problem-records", 1),
        ("duty-recording", 1),
    ]
    assert all(len(each.modules) == each.terms.modules for each in SHIPPED_PROGRAMMES)
    assert shipped("sara") is SHIPPED_PROGRAMMES[1]
    assert shipped("nothing") is None
