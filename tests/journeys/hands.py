"""A person at the screen, who counts every key press that matters and every click."""

import re

from playwright.sync_api import Page, expect

from tests.make import PASSWORD

#: How long a person waits for a page before they complain, in milliseconds.
PATIENCE = 10_000


class Hands:
    """Clicks and ticks on a page, counted: each is one interaction."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.interactions = 0

    def sign_in(self, email: str) -> None:
        """Sign in, which belongs to no time budget."""
        self.page.goto("/sign-in")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What needs doing")
        self.interactions = 0

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of that name."""
        self.interactions += 1
        named = re.compile(f"^{re.escape(name)}")
        either = self.page.get_by_role("button", name=named).or_(self.page.get_by_role("link", name=named))
        either.first.click()

    def tick(self, label: str) -> None:
        """Tick the box, or choose the radio button, of that label."""
        self.interactions += 1
        named = re.compile(f"^{re.escape(label)}")
        boxes = self.page.get_by_role("checkbox", name=named).or_(self.page.get_by_role("radio", name=named))
        boxes.first.check()
