"""The tools that read the code: one way to run each, on the whole house or on a planted file."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from npt.settings import ROOT

SETTINGS = ROOT / "pyproject.toml"


@dataclass(frozen=True)
class Tool:
    """A tool, its settings given by file, so that it judges a planted file like our own."""

    command: tuple[str, ...]
    cure: str

    def complaints(self, *arguments: str, folder: Path = ROOT) -> str:
        """What the tool says against the code, with the cure; empty when it is content."""
        run = subprocess.run(
            [sys.executable, "-m", *self.command, *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=folder,
        )
        return f"{self.cure}\n{run.stdout}{run.stderr}" if run.returncode else ""


FORMAT = Tool(
    ("ruff", "format", "--check", "--diff", "--quiet", "--config", str(SETTINGS)),
    "the code is not in the one format: run `make format`",
)
LINT = Tool(
    ("ruff", "check", "--output-format", "concise", "--quiet", "--config", str(SETTINGS)),
    "the code breaks a rule of pyproject.toml: correct it, or give the exception its reason on the line",
)
TYPES = Tool(
    ("mypy", "--config-file", str(SETTINGS), "--no-error-summary"),
    "the types do not agree: correct them, or give the exception its code and its reason on the line",
)
