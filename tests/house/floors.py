"""The floors of pyproject.toml, held against npt, or against a copy of it with an offender in it."""

import shutil
from pathlib import Path

import importlinter.api  # noqa: F401  importing it prepares what the use cases need
from importlinter.application import use_cases
from importlinter.application.output import console

from npt.settings import ROOT

SETTINGS = ROOT / "pyproject.toml"
CURE = (
    "An import breaks the plan of the house (CONTRIBUTING.md, “Where things are”). Move what is shared to a "
    "floor below both, or let the floor above hand it over as an argument; do not add an exception.\n"
)


def broken_contracts(settings: Path = SETTINGS) -> str:
    """What import-linter says of the broken ones among the contracts of `settings`, and the cure; else ""."""
    with console.capture() as said:
        is_whole = use_cases.lint_imports(str(settings), cache_dir=None, no_logo=True)
    _, _, broken = said.get().partition("Broken contracts\n")
    return "" if is_whole else f"{CURE}{broken or said.get()}"


def copy_of_house(folder: Path, package: str) -> Path:
    """Copy npt into `folder` as `package`, for an offender to be planted in. The settings that watch it."""
    copied = folder / package
    shutil.copytree(ROOT / "npt", copied, ignore=shutil.ignore_patterns("static", "__pycache__"))
    for file in copied.rglob("*.py"):
        written = file.read_text()
        for verb in ("from", "import"):
            written = written.replace(f"{verb} npt", f"{verb} {package}")
        file.write_text(written)
    settings = folder / "pyproject.toml"
    settings.write_text(SETTINGS.read_text().replace('"npt', f'"{package}'))
    return settings
