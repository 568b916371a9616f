"""The single changes that a file may suffer: another comparison or number, a condition or guard left out."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_INSTEAD: dict[type[ast.AST], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in", ast.And: "or", ast.Or: "and",
    ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.FloorDiv: "*", ast.BitAnd: "|", ast.BitOr: "&",
}  # fmt: skip
_OPERATOR = re.compile(rb"[<>=!+*/|&-]+|\b(?:is not|not in|is|in|and|or)\b")
#: What makes no difference to SQLite, or hardly: it locks the whole file, and a question sends what waits.
_UNNOTICED = re.compile(r"flush|_?lock_\w+|_?hold|_?hold_\w+")
#: What takes conditions that all have to hold; each can be left out.
_CONDITIONS = {"where", "and_", "having"}


class Change(NamedTuple):
    """The bytes of a file from `first` to `last`, and what they are changed to."""

    path: Path
    line: int
    first: int
    last: int
    becomes: str

    @property
    def text(self) -> bytes:
        """The whole file with the change made."""
        text = self.path.read_bytes()
        return text[: self.first] + self.becomes.encode() + text[self.last :]

    def __str__(self) -> str:
        was = self.path.read_bytes()[self.first : self.last].decode()
        return f"{self.path}:{self.line}: {' '.join(was.split())[:60]} → {self.becomes or 'nothing'}"


def changes_of(path: Path) -> Iterator[Change]:
    """The changes of a file, in the order of its lines."""
    text = path.read_bytes()
    tree = ast.parse(text)
    lines = [0]
    for each in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(each))

    def span(node: ast.expr | ast.stmt) -> tuple[int, int]:
        end = node.end_lineno or node.lineno
        return lines[node.lineno - 1] + node.col_offset, lines[end - 1] + (node.end_col_offset or 0)

    def found(node: ast.AST) -> Iterator[tuple[int, int, str]]:
        """First and last byte, and what stands there instead."""
        between: list[tuple[ast.expr, ast.AST, ast.expr]] = []
        match node:
            case ast.Compare():
                parts = [node.left, *node.comparators]
                between = list(zip(parts, node.ops, parts[1:], strict=False))
            case ast.BoolOp():
                between = [(one, node.op, other) for one, other in pairwise(node.values)]
            case ast.BinOp() if type(node.op) in _INSTEAD and not _is_text(node):
                between = [(node.left, node.op, node.right)]
            case ast.UnaryOp(ast.Not(), operand):
                yield span(node)[0], span(operand)[0], ""
            case ast.Constant(bool() | int() as value):
                yield *span(node), repr(not value if isinstance(value, bool) else value + 1)
            case ast.Expr(ast.Call(function)) if not _UNNOTICED.fullmatch(
                ast.unparse(function).split(".")[-1]
            ):
                yield *span(node), "pass"
            case ast.If(test, [*_, ast.Raise() | ast.Return() | ast.Continue()]):
                yield *span(test), "False"
            case ast.Call(ast.Attribute(attr=name) | ast.Name(name), arguments) if name in _CONDITIONS:
                for first, last in map(span, arguments):
                    comma = re.compile(rb"\s*,").match(text, last)
                    yield first, comma.end() if comma else last, ""
        for left, operator, right in between:
            if written := _OPERATOR.search(text, span(left)[1], span(right)[0]):
                yield *written.span(), _INSTEAD[type(operator)]

    passed_over = {each for node in ast.walk(tree) for part in _of_no_weight(node) for each in ast.walk(part)}
    every = [
        Change(path, text.count(b"\n", 0, first) + 1, first, last, becomes)
        for node in ast.walk(tree)
        if node not in passed_over
        for first, last, becomes in found(node)
    ]
    yield from sorted(every, key=lambda change: change.first)


def _of_no_weight(node: ast.AST) -> Iterator[ast.AST]:
    """What says types alone, how a class is made, how much of a text a message repeats, what lists match."""
    match node:
        case ast.JoinedStr():
            yield from (each for each in ast.walk(node) if isinstance(each, ast.Slice))
        case ast.keyword(arg="strict") | ast.Call(ast.Name("field")):
            yield node
    for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        if isinstance(part, ast.AST):
            yield part
    yield from getattr(node, "decorator_list", ())


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(each, ast.JoinedStr) or isinstance(getattr(each, "value", None), str)
        for each in (node.left, node.right)
    )


def function_around(path: Path, line: int) -> range:
    """The lines of the function that a line stands in, its decorators included; none outside one."""
    for node in ast.walk(ast.parse(path.read_bytes())):  # from the outermost
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first <= line <= (node.end_lineno or first):
                return range(first, (node.end_lineno or first) + 1)
    return range(0)
