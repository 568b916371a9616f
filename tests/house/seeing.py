"""Pages as people with other eyes, hands and screens meet them: axe in Chromium, and the narrowest screen."""

from collections.abc import Collection
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Response

from tests.house.drawings import drawing_faults
from tests.house.markup import Look, selector_of

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
#: The headings of what is folded away in the page and, as the page is shown now, does not show what it holds.
_FOLDED = """() => [...document.querySelectorAll("main details")].filter(details => details.checkVisibility())
  .filter(details => [...details.children].some(
    child => child.tagName !== "SUMMARY" && getComputedStyle(child).display !== "none"
      && !child.checkVisibility()))
  .map(details => details.querySelector("summary").textContent.trim())"""
#: The labels whose first line stands more than four pixels above or below the middle of their radio button.
_CROOKED = """() => [...document.querySelectorAll(".govuk-radios__label")].filter(label => {
  const words = document.createRange()
  words.selectNodeContents(label)
  const line = words.getClientRects()[0]
  const button = getComputedStyle(label, "::before")
  if (!line || button.content === "none") return false
  const place = getComputedStyle(label).position === "static" ? label.parentElement : label
  const middle = place.getBoundingClientRect().top + parseFloat(button.top) + parseFloat(button.height) / 2
  return Math.abs((line.top + line.bottom) / 2 - middle) > 4
}).map(label => label.textContent.trim())"""
#: The rules of axe that judge an element by itself, its ground and what is beside it: see `looks_drawn`.
BY_ELEMENT = ("color-contrast", "target-size")
#: What axe finds: by all rules on the page as a whole, or by those that judge each element only at some.
_RUN_AXE = """async ([where, options, selectors, byElement]) => {
  const found = (selectors ?? []).map(each => [...document.querySelectorAll(each)])
  const include = [...new Set(found.flat())]
  const judged = new Set(include.flatMap(each => [each, ...each.querySelectorAll('*')]))
  // To look twice pays where most need not be judged; what is not found was changed by a script of the page.
  const isMost = judged.size > document.querySelectorAll('main *').length / 2
  if (selectors === null || isMost || found.some(each => !each.length)) {
    return (await axe.run(where, options)).violations
  }
  const others = Object.fromEntries(byElement.map(rule => [rule, { enabled: false }]))
  const whole = await axe.run(where, { ...options, rules: others })
  if (!include.length) return whole.violations
  const runOnly = { type: 'rule', values: byElement }
  return [...whole.violations, ...(await axe.run({ include }, { ...options, runOnly })).violations]
}"""
_HAS_AXE = "typeof axe !== 'undefined'"
#: Whether the page has drawings, radio buttons, and something that may be folded away.
_HOLDS = (
    """() => ["svg", ".govuk-radios__label", "main details"].map(each => !!document.querySelector(each))"""
)
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def bring_axe(context: BrowserContext) -> None:
    """Have axe ready in every document that a window of this context opens.

    It is sent to the browser once: to send it for each page takes as long as a quick page.
    """
    context.add_init_script(AXE_SCRIPT)


def violations(page: Page, *, in_frame: bool = True, new: Collection[Look] | None = None) -> list[str]:
    """What axe finds on the page as it stands, each with the address of axe's advice.

    The frame, a good part of most pages, need not be looked at again `in_frame` of every one. By the rules
    that judge each element by itself, which take most of the time, only elements of the looks that are `new`
    are judged where they are given: the others were on another page.
    """
    if not page.evaluate(_HAS_AXE):
        page.evaluate(AXE_SCRIPT)
    where = {"include": [["html"]], "exclude": [] if in_frame else [[part] for part in FRAME]}
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    options["preload"] = {"assets": ["media"]}  # no rule of these reads the style sheets once more
    selectors = None if new is None else sorted({selector_of(look) for look in new})
    found: list[dict[str, Any]] = page.evaluate(_RUN_AXE, [where, options, selectors, BY_ELEMENT])
    return [
        f"{each['id']}: {each['help']} ({each['helpUrl']}) at {node['target']}: {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]


def at_every_width(
    page: Page, *, by_axe: bool = True, in_frame: bool = True, new: Collection[Look] | None = None
) -> list[str]:
    """What axe and looks at drawings and radio buttons find at desk and phone width, what paper leaves out.

    And whether the page scrolls sideways on a narrow screen. Axe is left out where it has seen all there is.
    """
    faults = []
    has_drawings, has_radios, has_folds = page.evaluate(_HOLDS)
    for width, height in (DESK, PHONE) if by_axe or has_drawings or has_radios else ():
        page.set_viewport_size({"width": width, "height": height})
        found = violations(page, in_frame=in_frame, new=new) if by_axe else []
        found += drawing_faults(page) if has_drawings else []
        found += crooked_labels(page) if has_radios else []
        faults += [f"{width} px wide: {each}" for each in found]
    faults += paper_faults(page) if has_folds else []
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    overflow = page.evaluate(_OVERFLOW)
    if overflow > 0:
        faults.append(
            f"{NARROWEST[0]} px wide: the page is {overflow} px wider than the screen: "
            "let the part that is too wide wrap, or scroll inside its own box"
        )
    return faults


def crooked_labels(page: Page) -> list[str]:
    """Radio buttons whose words do not stand beside them."""
    crooked: list[str] = page.evaluate(_CROOKED)
    return [
        f"“{each}” does not stand beside its radio button: centre the first line of its label"
        for each in crooked
    ]


def paper_faults(page: Page) -> list[str]:
    """What is folded away on the screen and cannot be read on paper, where nobody can open it."""
    page.emulate_media(media="print")
    folded: list[str] = page.evaluate(_FOLDED)
    page.emulate_media(media="screen")
    return [
        f"on paper “{each}” stays folded: let the stylesheet open it, or leave it out altogether"
        for each in folded
    ]


def forms_to_fill_in(page: Page) -> list[int]:
    """Which of the page's forms have something to fill in."""
    found: list[int] = page.evaluate(_TO_FILL_IN)
    return found


def send_empty(page: Page, number: int) -> Response:
    """Send a form of the page with nothing filled in; the answer."""
    with page.expect_navigation() as navigation:
        page.evaluate(_SEND_EMPTY, number)
    return navigation.value
