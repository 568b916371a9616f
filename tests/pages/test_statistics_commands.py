"""`npt share`, `npt change`, `npt limits` and `npt compare`: what they print and what they refuse."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from npt.commands import npt
from npt.settings import ROOT

CHANGE = "change --before 207 --before-days 365 --after 110 --after-days 365"
ELSEWHERE = f"{CHANGE} --elsewhere-before 308 --elsewhere-after 318"
BUFFERS = "--buffer-before 178 --buffer-after 157 --buffer-elsewhere-before 150 --buffer-elsewhere-after 140"
SERIES = "12,14,9,11,13,10,12,15,11,12,10,13,24"

#: the commands of docs/statistics.md with what they are said to print
PRINTED = re.findall(r"```\n\$ npt ([^\n]*)\n(.*?)```", (ROOT / "docs" / "statistics.md").read_text(), re.S)


def asked(line: str, typed: str | None = None) -> str:
    ran = CliRunner().invoke(npt, line.split(), input=typed, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


def answer(line: str, typed: str | None = None) -> Any:
    return json.loads(asked(f"{line} --format json", typed))


@pytest.mark.parametrize(
    ("line", "expected", "low", "high", "verdict"),
    [
        ("--heard 0 --of 60 --share 12", "7.20", "0.00", "5.96", "under"),
        ("--heard 3 --of 40 --share 18", "7.20", "1.57", "20.39", "in-line"),
        ("--heard 1 --of 25 --share 8", "2.00", "0.10", "20.35", "too-few"),
        ("--heard 1,000 --of 2,000 --share 0,5", "10.00", "47.79", "52.21", "over"),
    ],
)
def test_a_share_is_printed_with_its_interval(
    line: str, expected: str, low: str, high: str, verdict: str
) -> None:
    said = answer(f"share {line}")
    assert list(said) == ["expected", "low", "high", "verdict", "method"]
    assert [said[name] for name in ("expected", "low", "high", "verdict")] == [expected, low, high, verdict]
    assert "Clopper-Pearson" in said["method"]


@pytest.mark.parametrize(
    ("counts", "ratio", "low", "high", "p", "changed"),
    [
        ((25, 12), "0.4800", "0.2197", "0.9914", "0.0470", True),
        ((9, 3), "0.3333", "0.0580", "1.3357", "0.1460", False),
        ((5, 0), "0.0000", "0.0000", "1.0913", "0.0625", False),
        ((0, 3), None, "0.4132", None, "0.2500", False),
        ((0, 0), None, None, None, "1.0000", None),
    ],
)
def test_a_change_is_printed_with_its_interval(
    counts: tuple[int, int],
    ratio: str | None,
    low: str | None,
    high: str | None,
    p: str,
    changed: bool | None,
) -> None:
    said = answer(f"change --before {counts[0]} --before-days 92 --after {counts[1]} --after-days 92")
    assert list(said) == ["ratio", "low", "high", "p", "changed", "elsewhere", "method"]
    method = said.pop("method")
    assert list(said.values()) == [ratio, low, high, p, changed, None]
    assert "exact conditional test" in method


def test_a_change_beside_elsewhere_has_the_number_prevented() -> None:
    beside = answer(f"{ELSEWHERE} {BUFFERS}")["elsewhere"]
    assert beside == {
        "ratio": "0.5147",
        "low": "0.3892",
        "high": "0.6806",
        "prevented": {
            "difference": -118,
            "variance": 1568,
            "z": "-2.980",
            "low": "-195.61",
            "high": "-40.39",
        },
    }
    assert answer(ELSEWHERE)["elsewhere"]["prevented"]["difference"] == -107


def test_the_number_prevented_is_not_told_of_places_unlike_in_size() -> None:
    line = "change --before 200 --before-days 92 --after 100 --after-days 92"
    beside = answer(f"{line} --elsewhere-before 50 --elsewhere-after 25")["elsewhere"]
    assert beside == {"ratio": "1.0000", "low": "0.5846", "high": "1.7105", "prevented": None}


def test_limits_are_printed_with_their_signals() -> None:
    assert answer(f"limits --values {SERIES} --baseline 12") == {
        "mean": "11.83",
        "low": "4.82",
        "high": "18.85",
        "floored": False,
        "signals": [{"at": 13, "rule": "outside"}],
        "trial": False,
    }
    assert answer(f"limits --values {SERIES} --baseline 11")["trial"]
    assert answer("limits --values 1,9,1,9,1,9,1,9")["floored"]


@pytest.mark.parametrize("typed", [SERIES, SERIES.replace(",", "\n") + "\n", SERIES.replace(",", "; ")])
def test_a_series_comes_by_standard_input_too(typed: str) -> None:
    assert answer("limits --values -", typed) == answer(f"limits --values {SERIES}")


def test_without_variation_it_says_that_there_are_no_limits() -> None:
    series = ",".join(["5"] * 12)
    said = answer(f"limits --values {series}")
    assert (said["mean"], said["low"], said["high"], said["signals"]) == ("5.00", None, None, [])
    assert "No limits" in asked(f"limits --values {series}")


@pytest.mark.parametrize(
    ("line", "difference", "half_width", "z", "significant", "method"),
    [
        ("--n 1200 --with 81.0 --with-n 1200 --peers 7", "-3.00", "2.49", "-2.36", True, "mean of 7 forces"),
        ("--n 1200 --with 79.4 --with-n 1200", "-1.40", "3.28", "-0.84", False, "SE 1.20 and 1.17 points"),
        ("--ci 2.3 --with 81.0 --with-ci 2.3", "-3.00", "3.25", "-1.81", False, "published intervals"),
        (
            "--n 1000 --with 81.0 --with-n 1000 --survey bcs",
            "-3.00",
            "3.89",
            "-1.51",
            False,
            "design factor 1.1",
        ),
    ],
)
def test_two_survey_figures_are_compared(
    line: str, difference: str, half_width: str, z: str, significant: bool, method: str
) -> None:
    said = answer(f"compare --p 78.0 {line}")
    assert list(said) == ["difference", "half_width", "z", "significant", "method"]
    assert method in said["method"]
    assert list(said.values())[:4] == [difference, half_width, z, significant]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("share --heard 3 --of 40 --share 18", "In line: the interval holds the share."),
        ("change --before 5 --before-days 9 --after 0 --after-days 9", "Zero is not proof."),
        ("change --before 0 --before-days 9 --after 0 --after-days 9", "Nothing can be said"),
        (ELSEWHERE, "Beside elsewhere: ratio 0.51, 95% interval 0.39 to 0.68. The change differs"),
        (f"{ELSEWHERE} {BUFFERS}", "elsewhere foretells: -118, 95% interval -196 to -40."),
        ("limits --values 1,9,1,9,1,9,1,9", "so a fall cannot signal"),
        (f"limits --values {SERIES} --baseline 12", "Value 13, 24: outside a limit."),
        ("compare --p 0 --n 9 --with 100 --with-n 9", "Cannot be tested"),
        ("compare --p 78 --n 1200 --with 81 --with-n 1200", "Not significantly different."),
    ],
)
def test_without_json_the_answer_is_in_words(line: str, says: str) -> None:
    assert says in asked(line)


@pytest.mark.parametrize(("line", "printed"), PRINTED)
def test_the_examples_of_the_documentation_are_true(line: str, printed: str) -> None:
    assert asked(line) == printed


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("share --heard 3 --of 40 --share 180", "'--share': 180 is no percentage: give one from 0 to 100"),
        ("share --heard 50 --of 40 --share 18", "'--heard': 50 of 40 is more than all: give 40 at most"),
        ("share --heard 0 --of 0 --share 18", "'--of': a share of nobody is not known"),
        ("share --heard 3 --of 40 --share nan", "“nan” is not a number"),
        ("share --heard 3 --of 1e9 --share 18", "“1e9” is not a whole number"),
        (
            "change --before 25 --before-days 0 --after 12 --after-days 92",
            "'--before-days': a window of no days",
        ),
        ("change --before -1 --before-days 92 --after 12 --after-days 92", "a count cannot be -1"),
        ("change --before 12.5 --before-days 92 --after 12 --after-days 92", "not a whole number"),
        (f"change --before {'9' * 15} --before-days 92 --after 1 --after-days 92", "too large"),
        (f"change --before {'9' * 30} --before-days 92 --after 1 --after-days 92", "too long for a number"),
        (f"{CHANGE} --elsewhere-before 3", "Give both --elsewhere-before and --elsewhere-after"),
        (f"{CHANGE} --elsewhere-before 3 --elsewhere-after -3", "'--elsewhere-after': a count cannot be -3"),
        (f"{CHANGE} {BUFFERS}", "Buffers need --elsewhere-before"),
        (f"{ELSEWHERE} --buffer-before 3 --buffer-after 3", "Give the buffer of both places"),
        ("limits --values 1,2,3", "'--values': 3 is too few: limits need 8 values at least"),
        ("limits --values 1,2,,4,5,6,7,8,9", "value 3 is empty"),
        ("limits --values 1,2,x,4,5,6,7,8,9", "value 3: “x” is not a number"),
        ("limits --values 1,2,-3,4,5,6,7,8,9", "value 3, -3, is below 0"),
        (f"limits --values {SERIES} --baseline 7", "'--baseline': 7 is too few: give 8 or more"),
        (f"limits --values {SERIES} --baseline 14", "'--baseline': 14 is too large: give 13 at most"),
        ("compare --p 101 --n 9 --with 50 --with-n 9", "'--p': 101 is no percentage"),
        ("compare --p 50 --n 0 --with 50 --with-n 9", "'--n': 0 is too few"),
        ("compare --p 50 --n 9 --with 150 --with-n 9", "'--with': 150 is no percentage"),
        ("compare --p 50 --n 9 --with 50 --with-ci 0", "'--with-ci': an interval of no width"),
        ("compare --p 50 --n 9 --with 50", "Give either --with-n or --with-ci."),
        ("compare --p 50 --n 9 --ci 2 --with 50 --with-n 9", "Give either --n or --ci."),
        ("compare --p 50 --n 9 --with 50 --with-n 9 --peers 0", "'--peers': 0 is too few"),
    ],
)
def test_nonsense_is_wrong_usage_and_says_what_to_give(line: str, says: str) -> None:
    ran = CliRunner().invoke(npt, line.split(), catch_exceptions=False)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert says in ran.stderr


def test_a_series_that_is_no_text_is_refused() -> None:
    ran = CliRunner().invoke(npt, ["limits", "--values", "-"], input=b"\xff\xfe1\x00", catch_exceptions=False)
    assert ran.exit_code == 2
    assert "no text" in ran.stderr
