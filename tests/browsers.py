"""The browser that tests drive: Chromium, from this machine, from Playwright, or from Debian.

`python -m tests.browsers` makes sure that there is one; the tests only look for it and fail with the cure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

#: First the one that draws no window of its own: it opens a page in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Quiet on a machine without a display, without a way out, and in a container.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

CURE = (
    "The tests need Chromium and found none. Run `make test`, which installs one, "
    "or install it yourself: `apt-get install chromium-headless-shell`, "
    "or `.venv/bin/playwright install chromium`."
)


class BrowserMissing(Exception):
    """There is no browser; the message is the cure."""


def chromium() -> Path:
    """The browser to start. BrowserMissing, with the cure, when there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.exists():
        return own
    raise BrowserMissing(CURE)


def _is_here() -> bool:
    """Whether there is a browser that starts: one without its system libraries does not."""
    try:
        found = chromium()
    except BrowserMissing:
        return False
    return subprocess.run([found, "--version"], check=False, capture_output=True).returncode == 0


def _succeeds(*command: str) -> bool:
    """Whether `command` runs to its end without an error, within five minutes."""
    print(f"Installing a browser: {' '.join(command)}", flush=True)
    try:
        return subprocess.run(command, check=False, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install() -> None:
    """Try what can bring a browser, the least intrusive way first."""
    if _succeeds(sys.executable, "-m", "playwright", "install", "chromium") and _is_here():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _succeeds("apt-get", "update", "-qq")
        _succeeds("apt-get", "install", "-y", "-qq", "--no-install-recommends", NAMES[0])


def main() -> int:
    """Make sure that there is a browser. 0 when there is one, 1 when none could be installed."""
    if not _is_here():
        _install()
    if _is_here():
        return 0
    print(CURE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
