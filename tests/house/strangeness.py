"""Strange things that people and programs put into addresses and forms, and what came of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from npt.webkit.pages import ROUTES
from tests.house.filling import Sendable, forms_to_fill_in
from tests.house.links import address_of
from tests.house.markup import fields_of, read
from tests.house.reading import values_read
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
_ERROR = re.compile(r'href="#([^"]+)"')
_ARGUMENT = re.compile(r"<(?:[^<>]*:)?(\w+)>")
CURE = "refuse it in the form or the converter, with a message that says what to do"


def strange_arguments(house: House, endpoint: str, exhibit: Exhibit, strange: Sequence[str]) -> Iterator[str]:
    """The address of the route with each argument in turn made strange."""
    route = ROUTES[endpoint]
    arguments = house.addresses.match(_path(house, endpoint, exhibit), method=route.methods[0])[1]
    at_the_door = route.within if _is_a_door_tried_already(endpoint) else None
    for value in strange:
        for name in (each for each in arguments if each != at_the_door):
            said = {key: str(argument) for key, argument in arguments.items()} | {name: quote(value, safe="")}
            # What stands between the arguments, and each argument by its name, in turn.
            parts = enumerate(_ARGUMENT.split(route.address))
            address = "".join(said[part] if number % 2 else part for number, part in parts)
            if _leads_to(house, endpoint, address) or _is_first_to_refuse(endpoint, name):
                yield address


def _path(house: House, endpoint: str, exhibit: Exhibit) -> str:
    return urlsplit(house.address(endpoint, exhibit)).path


def _leads_to(house: House, endpoint: str, address: str) -> bool:
    """Whether the address is one of the route: what its converters refuse never gets there."""
    try:
        found, _ = house.addresses.match(unquote(address), method=ROUTES[endpoint].methods[0])
    except HTTPException:
        return False
    return bool(found == endpoint)


def _is_first_to_refuse(endpoint: str, name: str) -> bool:
    """Whether no route before this one has an argument of this name: a refusal is the same everywhere."""
    return endpoint == next(
        each for each, route in ROUTES.items() if name in _ARGUMENT.findall(route.address)
    )


def _is_a_door_tried_already(endpoint: str) -> bool:
    """Whether a route before this one names the place that it is within in the same way, to the same door."""
    route = ROUTES[endpoint]
    like_it = [
        name
        for name, each in ROUTES.items()
        if (each.within, each.methods, each.needs.__class__)
        == (route.within, route.methods, route.needs.__class__)
    ]
    return like_it[0] != endpoint


def _questions(page: TestResponse) -> set[str]:
    """What the page can be asked in its address, as far as its links and forms show."""
    names = {"page", "saved", "from", "days", "preview", "as-at", "next"}
    if page.mimetype != "text/html":
        return names
    document, here = read(page.text), urlsplit(address_of(page)).path
    for link in document.all("a"):
        parts = urlsplit(link.get("href", ""))
        if parts.path in {"", here}:
            names |= {name for name, _ in parse_qsl(parts.query)}
    return names | {field.get("name", "") for form in document.forms("get") for field in fields_of(form)}


def at_addresses(house: House, endpoint: str, exhibit: Exhibit, strange: Sequence[str]) -> Iterator[str]:
    """What goes wrong at the addresses of a route with arguments, or all that it can be asked, made strange.

    Where nothing looks at what is asked, one value stands for all of them: the answer is the same.
    """
    person, method = house.person(exhibit.role), ROUTES[endpoint].methods[0]
    send = person.get if method == "GET" else person.post
    for address in strange_arguments(house, endpoint, exhibit, strange):
        yield from _tried(f"{method} {address}", partial(send, address))[1]
    questions = _questions(house.see(endpoint, exhibit)) if method == "GET" else set()
    for value in strange if questions else ():
        asked = urlencode(dict.fromkeys(sorted(questions), value))
        address = f"{_path(house, endpoint, exhibit)}?{asked}"
        with values_read(house.app) as names:
            yield from _tried(f"{method} {address}", partial(send, address))[1]
        if not names & questions:
            break


def in_forms(house: House, endpoint: str, exhibit: Exhibit, strange: Sequence[str]) -> Iterator[str]:
    """What goes wrong in the forms of a page with fields made strange, the others as they are shown.

    First all fields at once, then again those that the answer does not blame, until what is strange is
    taken or blamed, field by field. A refusal that blames nobody may be for any of them: then each is sent
    alone.
    """
    person, forms, is_as_shown = house.person(exhibit.role), list[Sendable](), False
    for value in strange:
        # Shown anew once one was taken: it has used up its key and changed its record.
        if not is_as_shown:
            forms, is_as_shown = forms_to_fill_in(house.see_again(endpoint, exhibit)), True
        for form in forms:
            groups = [form.open_fields]
            while groups:
                group = groups.pop()
                what = f"{', '.join(group)}={value!r} sent to {form.address}"
                filled_in = {**form.as_shown, **dict.fromkeys(group, value)}
                answer, faults = _tried(what, partial(person.post, form.address, filled_in))
                yield from faults
                is_as_shown = is_as_shown and answer is not None and answer.status_code == 422
                groups += _to_send_again(form, group, answer)


def _to_send_again(
    form: Sendable, group: Sequence[str], answer: TestResponse | None
) -> list[tuple[str, ...]]:
    """The fields that may still hide something behind the answer, as they are to be sent."""
    if answer is not None and answer.status_code != 422:
        return []
    keys = [] if answer is None else _ERROR.findall(_errors(answer))
    blamed = {form.names[key] for key in keys if key in form.names}
    if not blamed:
        return [(name,) for name in group] if len(group) > 1 else []
    rest = tuple(name for name in group if name not in blamed)
    # What is blamed though it is as it was shown, as what a new record needs, would be blamed again.
    return [rest] if rest and len(rest) < len(group) else []


def _errors(answer: TestResponse) -> str:
    """The list of the error summary, cut out: to read a page takes as long as to ask for it."""
    return answer.text.partition("govuk-error-summary__list")[2].partition("</ul>")[0]


def _tried(what: str, send: Callable[[], TestResponse]) -> tuple[TestResponse | None, list[str]]:
    """The answer to a request, if there is one, and what is wrong when it is a failure.

    In tests the application lets failures through.
    """
    try:
        answer = send()
    except Exception as error:
        words = f"{what} fails with {type(error).__name__}, {str(error).splitlines()[0]}: {CURE}"
        return None, [words]
    return answer, [f"{what} is answered {answer.status_code}: {CURE}"] if answer.status_code >= 500 else []
