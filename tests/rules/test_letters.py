"""The law of letters: how often, when again, how many at once, and what a person is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from npt.kit.clock import local_midnight, to_local
from npt.outbox.rules import (
    GIVE_UP_AFTER,
    MOST_AT_ONCE,
    DailyPart,
    LetterState,
    Standing,
    Topic,
    Try,
    daily_letters,
    first_moment_allowed,
    fitting_subject,
    next_group,
    next_try,
    standing_of,
)

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


def test_a_newsletter_may_follow_on_the_same_weekday_of_the_next_week_also_when_the_clocks_change() -> None:
    friday = date(2026, 10, 23)  # the clocks go back on the Sunday after
    allowed = first_moment_allowed(Topic.NEWSLETTER, friday)
    assert to_local(allowed).replace(tzinfo=None) == datetime(2026, 10, 30)  # noqa: DTZ001 - local time
    assert allowed - local_midnight(friday) == timedelta(days=7, hours=1)
    assert first_moment_allowed(Topic.DAILY, friday) == local_midnight(date(2026, 10, 24))


def test_what_is_put_off_is_tried_after_growing_pauses_and_given_up_after_two_days() -> None:
    at, pauses, number = NOW, [], 1
    while (again := next_try(Try(number, NOW), at)) is not None:
        pauses.append((again - at) // timedelta(minutes=1))
        at, number = again, number + 1
    assert pauses[:6] == [5, 15, 30, 60, 120, 240]
    assert set(pauses[5:]) == {240}
    assert GIVE_UP_AFTER - timedelta(hours=4) < at - NOW <= GIVE_UP_AFTER


@pytest.mark.parametrize(
    ("size", "seconds", "following"),
    [(1, 0.01, 2), (8, 0.9, 16), (16, 0.9, MOST_AT_ONCE), (8, 1.5, 8), (8, 2.5, 4), (1, 30.0, 1)],
)
def test_a_quick_server_gets_more_letters_for_a_commit_and_a_slow_one_fewer(
    size: int, seconds: float, following: int
) -> None:
    assert next_group(size, seconds) == following


@pytest.mark.parametrize(
    ("state", "until", "standing"),
    [
        (LetterState.SENDING, NOW + timedelta(seconds=1), Standing.SENDING),
        (LetterState.SENDING, NOW, Standing.UNCERTAIN),
        (LetterState.SENT, None, Standing.SENT),
        (LetterState.WAITING, None, Standing.WAITING),
    ],
)
def test_a_letter_is_uncertain_once_the_time_of_its_claim_is_over(
    state: LetterState, until: datetime | None, standing: Standing
) -> None:
    assert standing_of(state, until, NOW) is standing


def test_a_subject_is_cut_at_a_word_and_stays_on_one_line() -> None:
    assert fitting_subject("News\r\n of\ttoday ") == "News of today"
    assert fitting_subject("word " * 100).endswith("word …")
    assert len(fitting_subject("x" * 999)) == 200


def test_the_parts_of_a_person_are_one_letter_of_their_first_unit() -> None:
    parts = [
        DailyPart(1, "F/A/", "a", "A."),
        DailyPart(2, "F/B/", "b", "B."),
        DailyPart(1, "F/C/", "c", "C.\n"),
    ]
    first, second = daily_letters(parts)
    assert (first.account_id, first.path, first.subject, first.text) == (1, "F/A/", "a; c", "A.\n\nC.")
    assert second.greeting("Bob") == "Dear Bob,\n\nB.\n"
