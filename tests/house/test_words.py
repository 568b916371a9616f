"""The product says what a British sergeant would say: on every page, and in every text that code may show."""

import pytest

from npt.settings import ROOT
from tests.house.visits import House, pages
from tests.house.words import OTHER_DATES, UNSAID, faults_in_code, faults_in_page, faults_in_text
from tests.pages.gallery import Exhibit

CODE = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "npt").rglob("*.py")
    if path.relative_to(ROOT).parts[1] not in {"demonstration", "static"}
)
WRITTEN = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
]


@pytest.mark.parametrize(("endpoint", "exhibit"), pages())
def test_a_page_says_what_a_sergeant_would_say(house: House, endpoint: str, exhibit: Exhibit) -> None:
    assert list(faults_in_page(house.see(endpoint, exhibit).text)) == []


def test_code_says_what_a_sergeant_would_say() -> None:
    faults = [
        f"{name}: {fault}" for name in CODE for fault in faults_in_code((ROOT / name).read_text("utf-8"))
    ]
    assert faults == []


def test_documents_say_what_a_sergeant_would_say() -> None:
    faults = [
        f"{name}: {fault}" for name in WRITTEN for fault in faults_in_text((ROOT / name).read_text("utf-8"))
    ]
    assert faults == []


@pytest.mark.parametrize(
    "offender",
    [
        "13 %",
        "13.3\u00a0%",
        "E-mail address",
        "Custody recorded for 1 member",
        "Do it",
        "Way of counting",
        "Organize the color",
        "The change was canceled",
        "1 report waits for your answer",
        "I have been taken off",
        "The rate is over 820 h",
        "These count too and took no time: Court",
        "Take these figures out",
        "A supervisor has confirmed the days of 87%",
        "4 h were not used",
        "The target is not broken at this pace",
        "Repeat those of the last duty day",
        "Taken off it: tall bar",
        "Who answers for the neighbourhoods",
        "Nobody stands like that today",
        "Email address and password do not belong together",
        "Your roles do not let you see units",
        "It is not there any more",
        "Laid over the calendar",
        "not yours to change",
    ],
)
def test_what_is_not_said_is_found_on_a_page_and_in_code(offender: str) -> None:
    assert list(faults_in_page(f"<!DOCTYPE html><title>t</title><p>{offender}</p>"))
    assert list(faults_in_code(f"refuse({offender!r})"))


@pytest.mark.parametrize(
    "offender", ["4/5/2026", "May 4, 2026", "4th of May", "2026-05-04", "6:30pm", "until 18.30 p.m."]
)
def test_another_date_or_clock_is_found_on_a_page(offender: str) -> None:
    assert list(faults_in_page(f"<!DOCTYPE html><title>t</title><p>{offender}</p>"))


@pytest.mark.parametrize(
    "words", ["4 May 2026, 22:00 to 07:00", "13.3%, within 20%", "write it like 2026-10-25"]
)
def test_what_is_right_is_left_alone(words: str) -> None:
    assert not list(faults_in_text(words, UNSAID | OTHER_DATES))


def test_a_button_without_a_verb_is_found() -> None:
    (fault,) = faults_in_page("<!DOCTYPE html><title>t</title><button>OK</button><button>Save</button>")
    assert fault.startswith("the button “OK” does not begin with one of VERBS")


def test_a_text_put_together_and_one_with_two_spaces_are_found_in_code() -> None:
    (open_percentage,) = faults_in_code('say(f"{share} %")')
    assert open_percentage.endswith("close the percentage up: 13.3%")
    (two_spaces,) = faults_in_code('say("saved.  Go on")')
    assert "has two spaces" in two_spaces
    (bare,) = faults_in_code('say(f"{name} is away" " until {clock(end)}")')
    assert "write an f before it" in bare
    assert not list(faults_in_code('"""A share of 13 %."""'))
