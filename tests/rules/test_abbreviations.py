"""What a page says of the abbreviations in it."""

from npt.webkit.filters import abbreviations


def test_an_abbreviation_that_a_page_uses_is_spelled_out() -> None:
    assert abbreviations("<p>Two PCSOs of the BCU</p>") == [
        ("BCU", "basic command unit"),
        ("PCSO", "police community support officer"),
    ]


def test_an_abbreviation_that_a_page_spells_out_itself_is_left_alone() -> None:
    assert abbreviations("<p>Basic command unit (BCU)</p>") == []


def test_letters_inside_another_word_are_no_abbreviation() -> None:
    assert abbreviations("<p>XBCU, BCUX</p>") == []


def test_an_abbreviation_is_found_behind_another_word_that_holds_it() -> None:
    assert abbreviations("<p>XFTE and 2 FTE</p>") == [("FTE", "full-time equivalent")]
