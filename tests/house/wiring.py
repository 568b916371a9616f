"""What modules do when they are imported, read from the code: nothing of it may wire a hook."""

import ast
from collections.abc import Iterator
from pathlib import Path

from npt.settings import ROOT

#: Declarations that stand beside what they are about and change nothing of what is already there.
DECLARED = frozenset({"name_violation", "npt.add_command"})
CURE = (
    "to import a module must wire nothing: say it in a function `register` of the module, and call that in "
    "`wire` or `create_app` of npt/factory.py"
)


def wired_at_import(folder: Path = ROOT / "npt") -> list[str]:
    """What modules do to something else when they are imported, each with the cure."""
    return [
        f"{file.relative_to(folder.parent)}:{line}: {said}: {CURE}"
        for file in sorted(folder.rglob("*.py"))
        for line, said in _said(ast.parse(file.read_text()).body)
    ]


def _said(body: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    for statement in body:
        if isinstance(statement, ast.For | ast.If | ast.With | ast.Try):
            yield from _said(statement.body)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            if (called := ast.unparse(statement.value.func)) not in DECLARED:
                yield statement.lineno, f"{called}(…)"
        elif isinstance(statement, ast.FunctionDef):
            for decorator in map(ast.unparse, statement.decorator_list):
                if "listens_for" in decorator:
                    yield statement.lineno, f"@{decorator}"
