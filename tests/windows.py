"""What tests with a real browser are given: the application served, and pages at desk and phone width."""

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browsers import ARGUMENTS, chromium
from tests.servers import LiveServer

DESK = (1280, 900)
PHONE = (390, 844)
#: Where the picture of a page goes whose test failed.
PICTURES = Path("test-results")

FAILED = pytest.StashKey[bool]()

OpenPage = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, so that its page leaves a picture."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The application on a free port of this machine. The test fails if it answers anything with a 500."""
    with LiveServer(app) as server:
        yield server
    assert not server.failures, "the server failed while the test ran: " + "; ".join(server.failures)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for all tests of a worker."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Opens windows on the application, `open_page(size, has_script=…)`: each a person of its own.

    Addresses may leave out the host: `page.goto("/")`. The test fails if a page's script fails or if the page
    tried to load what its headers forbid; a failed test leaves a picture of each window in test-results/.
    """
    opened: list[Page] = []
    broken: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            broken.append(message.text)

    def open_page(size: tuple[int, int] = DESK, *, has_script: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            java_script_enabled=has_script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", listen)
        opened.append(page)
        return page

    yield open_page
    for number, page in enumerate(opened):
        if FAILED in request.node.stash:
            PICTURES.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name).strip("-")
            page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
        page.context.close()
    assert not broken, "a page broke while the test ran: " + "; ".join(broken)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A window on a desk."""
    return open_page(DESK)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A window on a phone."""
    return open_page(PHONE)


@pytest.fixture
def plain_page(open_page: OpenPage) -> Page:
    """A window on a desk whose browser runs no script."""
    return open_page(DESK, has_script=False)
