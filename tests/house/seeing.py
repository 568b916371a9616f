"""Pages as people with other eyes, hands and screens meet them: axe in Chromium, and the narrowest screen."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Response

#: WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE, NARROWEST = (1280, 900), (390, 844), (320, 640)

#: Leaves every field of a form empty and sends it, past what the browser would stop.
_SEND_EMPTY = """number => {
  const form = [...document.querySelectorAll("main form[method=post]")][number];
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.type !== "hidden" && "value" in field) field.value = "";
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
#: The numbers of the forms that have something to fill in.
_TO_FILL_IN = """() => [...document.querySelectorAll("main form[method=post]")].flatMap((form, number) =>
  [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].length ? [number] : [])"""
#: What stands around every page, from layout.html.
FRAME = ("body > .govuk-skip-link", "body > header", "body > footer")
#: What axe finds.
_RUN_AXE = "([where, options]) => axe.run(where, options).then(found => found.violations)"
_HAS_AXE = "typeof axe !== 'undefined'"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def bring_axe(context: BrowserContext) -> None:
    """Have axe ready in every document that a window of this context opens.

    It is sent to the browser once: to send it for each page takes as long as a quick page.
    """
    context.add_init_script(AXE_SCRIPT)


def violations(page: Page, *, in_frame: bool = True) -> list[str]:
    """What axe finds on the page as it stands, each with the address of axe's advice.

    The frame, a good part of most pages, need not be looked at again `in_frame` of every one.
    """
    if not page.evaluate(_HAS_AXE):
        page.evaluate(AXE_SCRIPT)
    where = {"include": [["html"]], "exclude": [] if in_frame else [[part] for part in FRAME]}
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(_RUN_AXE, [where, options])
    return [
        f"{each['id']}: {each['help']} ({each['helpUrl']}) at {node['target']}: {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]


def at_every_width(page: Page, *, in_frame: bool = True) -> list[str]:
    """What axe finds at desk and phone width, and whether the page scrolls sideways on a narrow screen."""
    faults = []
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        faults += [f"{width} px wide: {each}" for each in violations(page, in_frame=in_frame)]
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    overflow = page.evaluate(_OVERFLOW)
    if overflow > 0:
        faults.append(
            f"{NARROWEST[0]} px wide: the page is {overflow} px wider than the screen: "
            "let the part that is too wide wrap, or scroll inside its own box"
        )
    return faults


def forms_to_fill_in(page: Page) -> list[int]:
    """Which of the page's forms have something to fill in."""
    found: list[int] = page.evaluate(_TO_FILL_IN)
    return found


def send_empty(page: Page, number: int) -> Response:
    """Send a form of the page with nothing filled in; the answer."""
    with page.expect_navigation() as navigation:
        page.evaluate(_SEND_EMPTY, number)
    return navigation.value
