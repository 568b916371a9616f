"""Every column that may hold a person is judged, and the register of processing says what the tables say."""

from typing import Any, ClassVar

import pytest
from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from npt.store.personal import ITSELF, Fate, Personal, nobody
from tests.house import processing


def test_every_column_that_may_hold_a_person_is_judged() -> None:
    faults = processing.faults()
    assert not faults, "\n".join(faults)


def test_the_register_of_processing_is_as_committed() -> None:
    difference = processing.difference(processing.COMMITTED.read_text(), processing.register())
    assert not difference, difference


# Planted ----------------------------------------------------------------------------------------------------


def _planted(mark: Any) -> list[str]:
    """The faults of a table with a key to a member, a text and an optional text, marked like this."""

    class Elsewhere(DeclarativeBase):
        """Tables of this test alone."""

    class Member(Elsewhere):
        __tablename__ = "member"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Visit(Elsewhere):
        __tablename__ = "planted_visit"
        personal: ClassVar[Any] = mark
        id: Mapped[int] = mapped_column(Integer, primary_key=True)
        member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
        words: Mapped[str] = mapped_column(Text())
        code: Mapped[str | None] = mapped_column(String(20))

    return processing.faults({"planted_visit": Visit})


def test_a_table_that_says_all_is_in_order() -> None:
    mark = Personal("member_id", why="a reason", holds={"words": Fate.FREE_TEXT}, nobody={"code"})
    assert _planted(mark) == []


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (Personal("member_id", why="w", nobody={"code"}), "planted_visit.words may hold a person"),
        (nobody("words", "code"), "planted_visit.member_id leads to a person"),
        (frozenset({"words"}), "personal is no mark"),
        (Personal("member_id", why="w", nobody={"code", "words", "gone"}), "has no column gone"),
        (
            Personal("member_id", why="w", holds={"words": Fate.EMPTIED}, nobody={"code"}),
            "planted_visit.words cannot be emptied",
        ),
        (Personal("member_id", why="", nobody={"code", "words"}), "does not say why"),
        (Personal("code", why="w", nobody={"words"}, others={"member_id"}), "leads to no person"),
        (Personal("nothing", why="w", nobody={"code", "words"}, others={"member_id"}), "nothing"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_table_that_does_not_say_whom_it_holds_is_found(mark: Any, said: str) -> None:
    assert any(said in fault for fault in _planted(mark)), _planted(mark)


def test_a_row_that_is_a_person_needs_no_other() -> None:
    mark = Personal(ITSELF, why="w", holds={"words": Fate.PSEUDONYM}, nobody={"code"}, others={"member_id"})
    assert _planted(mark) == []


def test_a_register_that_says_something_else_is_found() -> None:
    assert "note" in processing.difference(
        processing.register().replace("note", "nothing"), processing.register()
    )


def test_the_register_is_printed_and_written(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "register.md"
    assert processing.main([], file) == 0
    assert capsys.readouterr().out == processing.register()
    assert processing.main(["--write"], file) == 0
    assert file.read_text() == processing.register()
