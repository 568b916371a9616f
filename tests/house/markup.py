"""What is wrong with the markup of a page, as sentences that say the cure."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as ERRORS

#: Inputs that need no label: nobody sees them, or their own words are the label.
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
FOCUSABLE = {"input", "select", "textarea", "button", "summary"}


class Document:
    """A page as a browser would read it."""

    def __init__(self, source: str) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(source)
        #: where the source breaks the grammar of HTML, in words
        self.errors = [
            f"line {place[0]}: {ERRORS.get(code, code) % words}" for place, code, words in parser.errors
        ]
        #: every element in order, without the comments, whose tag is a function
        self.elements = [each for each in self.root.iter() if not callable(each.tag)]
        self.parents = {child: parent for parent in self.elements for child in parent}

    def all(self, *names: str) -> list[Element]:
        """Every element with one of these names, in order."""
        return [each for each in self.elements if each.tag in names]

    def with_id(self, key: str) -> Element | None:
        """The element with this id."""
        return next((each for each in self.elements if each.get("id") == key), None)

    def is_inside(self, element: Element, *names: str) -> bool:
        """Whether the element stands inside one with one of these names."""
        parent = self.parents.get(element)
        return parent is not None and (parent.tag in names or self.is_inside(parent, *names))

    def forms(self, method: str = "post") -> list[Element]:
        """The forms that send by `method`."""
        return [form for form in self.all("form") if form.get("method", "get").lower() == method]


@lru_cache(maxsize=1000)
def read(source: str) -> Document:
    """The page as a browser would read it: once in a run, whatever is then looked for in it."""
    return Document(source)


#: What a style sheet, or a reader of screens, makes something of: name, classes, role, type of a field.
Kind = tuple[str, str | None, str | None, str | None]
#: An element as axe judges it: the kinds of all that it stands in, its own and its attributes, what it holds,
#: and of what is pressed how short it is and what stands beside it.
Look = tuple[tuple[Kind, ...], tuple[tuple[str, str | bool], ...], bool, bool, tuple[object, ...]]
#: Attributes that mean something by what they say; of others it counts that they say something.
_SAYING = {
    "class",
    "role",
    "type",
    "scope",
    "lang",
    "dir",
    "tabindex",
    "autocomplete",
    "data-module",
    "hidden",
}
_SAYING_NOTHING = {"d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points"}
#: Of aria-…, what names other elements, or is words.
_NAMING = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-label"}
#: Words that are narrower than a target has to be.
_SHORT = 3


def _kind(element: Element) -> Kind:
    return element.tag, element.get("class"), element.get("role"), element.get("type")


def kinds_drawn(source: str) -> frozenset[Kind]:
    """Every kind of element in a page."""
    return frozenset(_kind(each) for each in read(source).elements)


def looks_drawn(source: str) -> frozenset[Look]:
    """Every element in a page as axe judges it, but for the frame that stands around every page.

    Elements of one look have the same colours, a name or none, the same parents, and room around them: where
    one has a fault, the others have it. That ids are there and stand once is looked at on every page
    (`faults_in`).
    """
    document = read(source)
    ways: dict[Element, tuple[Kind, ...]] = {}
    looks = set[Look]()
    for each in document.elements:
        parent = document.parents.get(each)
        ways[each] = (*(() if parent is None else ways[parent]), _kind(each))
        if not _is_in_frame(ways[each]):
            pressed = _pressed(each, parent) if parent is not None and each.tag in FOCUSABLE | {"a"} else ()
            says = tuple(sorted(_said(each)))
            looks.add((ways[each], says, bool(text_of(each)), len(each) > 0, pressed))
    return frozenset(looks)


def selector_of(look: Look) -> str:
    """What finds the elements of a look, and others that stand where they do, in a browser."""
    names = [each[0] for each in look[0][:2]]
    return " > ".join([*names, *map(_selector, look[0][2:])])


def _selector(kind: Kind) -> str:
    name = kind[0].rpartition("}")[2]
    said = zip(("class", "role", "type"), kind[1:], strict=True)
    return name + "".join(
        f":not([{each}])" if value is None else f"[{each}={json.dumps(value, ensure_ascii=False)}]"
        for each, value in said
    )


def _said(element: Element) -> Iterator[tuple[str, str | bool]]:
    for name, value in element.attrib.items():
        is_telling = name in _SAYING or (name.startswith("aria-") and name not in _NAMING)
        if is_telling or (element.tag, name) == ("script", "src"):
            yield name, value
        elif name not in _SAYING_NOTHING:
            yield name, bool(value.strip())


def _pressed(element: Element, parent: Element) -> tuple[object, ...]:
    """What tells whether something to press is large enough, has room around it, or is among words."""
    beside = list(parent)
    number = beside.index(element)
    neighbours = tuple(_kind(each) for each in (*beside[:number][-1:], *beside[number + 1 :][:1]))
    words = (parent.text, *(each.tail for each in beside))
    return len(text_of(element)) <= _SHORT, neighbours, any(each and each.strip() for each in words)


def _is_in_frame(way: Sequence[Kind]) -> bool:
    """Whether it belongs to what layout.html draws around every page: see FRAME of tests/house/seeing.py."""
    return len(way) > 2 and (way[2][0] in {"header", "footer"} or way[2][1] == "govuk-skip-link")


def text_of(element: Element | None) -> str:
    """The words inside an element, blanks made single."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def fields_of(form: Element) -> list[Element]:
    """What a form sends, in order: inputs, selects, text areas."""
    return [each for each in form.iter() if each.tag in {"input", "select", "textarea"}]


def is_hidden(field: Element) -> bool:
    """Whether nobody sees the field."""
    return field.tag == "input" and field.get("type") == "hidden"


def error_links(page: Document) -> list[Element]:
    """The links of the error summary, each to the control of one error."""
    summaries = [each for each in page.elements if "govuk-error-summary" in (each.get("class") or "").split()]
    return [link for summary in summaries for link in summary.iter("a")]


def faults_in(source: str) -> list[str]:
    """Everything in the page that the house does not allow; empty for a sound page."""
    document = read(source)
    return list(dict.fromkeys(fault for rule in RULES for fault in rule(document)))


def _grammar(page: Document) -> Iterator[str]:
    for error in page.errors:
        yield f"not valid HTML, {error}"


def _heading(page: Document) -> Iterator[str]:
    headings = page.all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} first-level headings: a page has one, from layout.html"
        return
    title, heading = text_of(next(iter(page.all("title")), None)), text_of(headings[0])
    if not heading or not title.startswith(heading):
        yield f"the title “{title}” does not begin with the heading “{heading}”: set `heading` only"


def _ids(page: Document) -> Iterator[str]:
    for key, times in Counter(each.get("id") for each in page.elements if each.get("id")).items():
        if times > 1:
            yield f"the id “{key}” stands {times} times: give each its own, with a record's key in it"
    for each in page.elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for key in (each.get(attribute) or "").split():
                if page.with_id(key) is None:
                    yield f"{attribute}=“{key}” names nothing on the page"


def _labels(page: Document) -> Iterator[str]:
    for field in page.all("input", "select", "textarea"):
        if field.get("type") in UNLABELLED:
            continue
        labels = [
            each for each in page.all("label") if field.get("id") and each.get("for") == field.get("id")
        ]
        named = [page.with_id(key) for key in (field.get("aria-labelledby") or "").split()]
        if page.is_inside(field, "label") or field.get("aria-label"):
            continue
        if not any(text_of(each) for each in [*labels, *named]):
            yield f"the field “{field.get('name')}” has no label: render it by the form, or give it one"


def _tables(page: Document) -> Iterator[str]:
    for table in page.all("table"):
        first = next(iter(table), None)
        if first is None or first.tag != "caption" or not text_of(first):
            yield "a table has no caption: use dense_table of components/tables.html, which asks for one"
        for cell in table.iter("th"):
            if cell.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"the heading cell “{text_of(cell)}” has no scope: say col or row"


def _tokens(page: Document) -> Iterator[str]:
    for form in page.forms():
        tokens = [field for field in fields_of(form) if (field.get("name") or "").endswith("csrf_token")]
        if len(tokens) != 1 or not tokens[0].get("value"):
            yield (
                f"the form to “{form.get('action', '')}” carries {len(tokens)} tokens against forgery: "
                "use post_form or confirm_button of components/work.html"
            )


def _summaries(page: Document) -> Iterator[str]:
    for link in error_links(page):
        target = page.with_id(link.get("href", "").removeprefix("#"))
        if target is None or not _is_focusable(target):
            yield f"the error “{text_of(link)}” links to {link.get('href')}, where no control is"


def _is_focusable(element: Element) -> bool:
    if element.tag == "input" and element.get("type") == "hidden":
        return False
    return (
        element.tag in FOCUSABLE
        or (element.tag == "a" and "href" in element.attrib)
        or "tabindex" in element.attrib
    )


def _inline(page: Document) -> Iterator[str]:
    cure = "the content policy forbids it: put it into assets/"
    for each in page.elements:
        for attribute in each.attrib:
            if attribute == "style" or attribute.lower().startswith("on"):
                yield f"<{each.tag} {attribute}=…>: {cure}"
        if each.tag == "style" or (each.tag == "script" and "src" not in each.attrib):
            yield f"<{each.tag}> with its content on the page: {cure}"
        for attribute in ("href", "src", "action", "formaction"):
            if (each.get(attribute) or "").strip().lower().startswith(("javascript:", "data:")):
                yield f"<{each.tag} {attribute}=“{each.get(attribute)}”>: {cure}"


#: The rules of the house for any page.
RULES: tuple[Callable[[Document], Iterator[str]], ...] = (
    _grammar,
    _heading,
    _ids,
    _labels,
    _tables,
    _tokens,
    _summaries,
    _inline,
)
