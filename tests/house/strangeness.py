"""Strange things that people and programs put into addresses and forms, and what came of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from werkzeug.test import TestResponse

from npt.webkit.pages import ROUTES
from tests.house.filling import forms_to_fill_in
from tests.house.links import address_of
from tests.house.markup import Document, fields_of
from tests.house.visits import House
from tests.pages.gallery import Exhibit

#: Keys beyond any database, times at the ends of the calendar, other scripts, bytes that are no text.
BEYOND_ANY_DATABASE = "9" * 30
STRANGE = (
    "-1",
    "3000000000",
    BEYOND_ANY_DATABASE,
    "1e309",
    "0001-01-01",
    "9999-12-31",
    "9999-12",
    "é\u202e👮" * 60,
    "a\x00b",
)
_ARGUMENT = re.compile(r"<(?:[^<>]*:)?(\w+)>")
CURE = "refuse it in the form or the converter, with a message that says what to do"


def strange_addresses(house: House, endpoint: str, exhibit: Exhibit, strange: Sequence[str]) -> Iterator[str]:
    """The address of the route with each argument in turn, and all that it can be asked, made strange."""
    path = urlsplit(house.address(endpoint, exhibit)).path
    route = ROUTES[endpoint]
    arguments = house.addresses.match(path, method=route.methods[0])[1]
    questions = _questions(house.see(endpoint, exhibit)) if "GET" in route.methods else set()
    for value in strange:
        for name in arguments:
            said = {key: str(argument) for key, argument in arguments.items()} | {name: quote(value, safe="")}
            # What stands between the arguments, and each argument by its name, in turn.
            parts = enumerate(_ARGUMENT.split(route.address))
            yield "".join(said[part] if number % 2 else part for number, part in parts)
        if questions:
            yield f"{path}?{urlencode(dict.fromkeys(sorted(questions), value))}"


def _questions(page: TestResponse) -> set[str]:
    """What the page can be asked in its address, as far as its links and forms show."""
    names = {"page", "saved", "from", "days", "preview", "as-at", "next"}
    if page.mimetype != "text/html":
        return names
    document, here = Document(page.text), urlsplit(address_of(page)).path
    for link in document.all("a"):
        parts = urlsplit(link.get("href", ""))
        if parts.path in {"", here}:
            names |= {name for name, _ in parse_qsl(parts.query)}
    return names | {field.get("name", "") for form in document.forms("get") for field in fields_of(form)}


def at_addresses(house: House, endpoint: str, exhibit: Exhibit, strange: Sequence[str]) -> Iterator[str]:
    """What goes wrong at the strange addresses of a route."""
    person, method = house.person(exhibit.role), ROUTES[endpoint].methods[0]
    send = person.get if method == "GET" else person.post
    for address in strange_addresses(house, endpoint, exhibit, strange):
        yield from _failures(f"{method} {address}", partial(send, address))


def in_forms(house: House, endpoint: str, exhibit: Exhibit, strange: Sequence[str]) -> Iterator[str]:
    """What goes wrong in the forms of a page with one field made strange, the others as they are shown."""
    send = house.person(exhibit.role).post
    for value in strange:
        # Shown anew for each value: a form that was taken has used up its key and changed its record.
        for form in forms_to_fill_in(house.see_again(endpoint, exhibit)):
            for name in form.open_fields:
                filled_in = {**form.as_shown, name: value}
                what = f"{name}={value!r} sent to {form.address}"
                yield from _failures(what, partial(send, form.address, filled_in))


def _failures(what: str, send: Callable[[], TestResponse]) -> Iterator[str]:
    """What is wrong when a request is answered by a failure. In tests the application lets it through."""
    try:
        status = send().status_code
    except Exception as error:
        yield f"{what} fails with {type(error).__name__}, {str(error).splitlines()[0]}: {CURE}"
    else:
        if status >= 500:
            yield f"{what} is answered {status}: {CURE}"
