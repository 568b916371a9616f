"""What is loaded at the start of a command or a worker: nothing that only a judged figure needs."""

import subprocess
import sys

from npt.settings import ROOT

#: 46 MB and a third of a second
LATE = {"scipy", "numpy"}
CURE = "import it in the function that uses it, as npt/kit/statistics/exact.py does"
START = """
import sys
import npt.commands
from npt.factory import create_app
from npt.settings import Settings
create_app(Settings(database_url="sqlite://", secret_keys=("nothing-is-signed-with-this",), is_testing=True))
"""


def loaded_by(code: str) -> set[str]:
    """Which of the late packages a new process has loaded once it ran the code."""
    told = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True, cwd=ROOT)
    return LATE & set(ran.stdout.split())


def test_neither_a_command_nor_a_worker_loads_what_only_figures_need() -> None:
    found = loaded_by(START)
    assert not found, f"{found}: {CURE}"


def test_a_figure_that_is_judged_loads_it() -> None:
    judged = "from npt.kit.statistics import share_ends\nshare_ends(3, 40)"
    assert loaded_by(judged) == LATE
