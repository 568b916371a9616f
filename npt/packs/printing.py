"""HTML becomes a tagged PDF in a process of its own, so that a worker keeps nothing of what that takes."""

import os
import subprocess
import sys

from npt.kit.refusals import Refusal
from npt.settings import ROOT

#: Seconds that whoever asked waits; the process itself may take as many of the processor.
LONGEST = 120


class NotPrinted(Refusal):
    """No PDF could be made."""


def pdf_of(html: str) -> bytes:
    """The page as a tagged PDF (PDF/UA-1); the same page gives the same bytes.

    NotPrinted where the machine lacks what draws text, or it takes too long.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NPT_")}
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from npt.packs.printer import main; main()"],
            input=html.encode(),
            capture_output=True,
            timeout=LONGEST,
            cwd=ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotPrinted(
            f"The PDF took longer than {LONGEST} seconds: take the workbook, or try again later."
        ) from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        if any("cannot load library" in line for line in said):
            raise NotPrinted(
                "This machine has no Pango, which draws text: have it installed (Debian: apt-get install"
                " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0), or take the workbook."
            )
        raise NotPrinted(
            f"The PDF could not be made ({said[-1][:200] if said else 'no reason given'}): take the workbook,"
            " and tell whoever looks after the system."
        )
    return done.stdout
