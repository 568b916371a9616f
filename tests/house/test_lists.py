"""Lists have one way of being read, cut and taken out: the table of npt/webkit/listing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from npt.settings import ROOT

#: Where the one way is, and where files are written that no page gives: commands, the interface for programs,
#: the file of an access request, the pack of a month.
AT_HOME = (
    "npt/webkit/",
    "npt/sheets/",
    "npt/kit/",
    "npt/commands/",
    "npt/api/",
    "npt/data_protection/exchange/",
    "npt/packs/exchange.py",
)
#: What the address asks of a list.
ASKED = {"page", "format"}
#: What writes a file.
WRITERS = {"to_csv", "to_xlsx"}
CURE = "show the list by a Table of npt/webkit/listing (see “Adding a list” in CONTRIBUTING.md)"


def faults_in(source: str) -> Iterator[str]:
    """Where a file reads the page or the format of a list by itself, or writes it as a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in WRITERS:
            yield f"line {node.lineno} writes a file by {node.id}: {CURE}"
        if isinstance(node, ast.expr) and (asked := _asked_of(node)) in ASKED:
            yield f"line {node.lineno} reads “{asked}” from the address: {CURE}"


def _asked_of(node: ast.expr) -> str:
    """What of the address an expression reads: `request.args["page"]`, `request.args.get("page")`."""
    if isinstance(node, ast.Subscript):
        of, key = node.value, node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        of, key = node.func.value, node.args[0]
    else:
        return ""
    is_address = isinstance(of, ast.Attribute) and of.attr == "args"
    return key.value if is_address and isinstance(key, ast.Constant) and isinstance(key.value, str) else ""


FILES = [
    str(file.relative_to(ROOT))
    for file in sorted((ROOT / "npt").rglob("*.py"))
    if not str(file.relative_to(ROOT)).startswith(AT_HOME)
]


def test_no_file_reads_or_writes_a_list_by_itself() -> None:
    faults = [f"{name}, {fault}" for name in FILES for fault in faults_in(Path(ROOT, name).read_text())]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "offender",
    [
        'page = max(request.args.get("page", 1, type=int), 1)',
        'page = int(request.args["page"])',
        'is_file = request.args.get("format") == "csv"',
        "visit.download(to_csv(COLUMNS, rows), name)",
        "content = to_xlsx(COLUMNS, rows)",
    ],
)
def test_a_list_that_goes_its_own_way_is_told_the_one(offender: str) -> None:
    (fault,) = faults_in(offender)
    assert CURE in fault


def test_what_else_an_address_asks_is_left_alone() -> None:
    assert not list(faults_in('kind = request.args.get("kind", "")\npage = asked_page(50)'))
