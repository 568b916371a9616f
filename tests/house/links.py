"""Where a page leads: every link and every button goes somewhere that is open to the person who sees it."""

from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from npt.access.rules import Permission, may
from npt.accounts.queries import account_of
from npt.organisation.queries import unit_at
from npt.people.queries import scopes_of
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from tests.house.markup import Document, read, text_of
from tests.house.visits import House, Person

#: Links that open another program of the reader's: they call, or write.
OTHER_PROGRAMS = ("tel:", "mailto:")
XLINK = "{http://www.w3.org/1999/xlink}href"


def address_of(page: TestResponse) -> str:
    """The address that the page was opened with."""
    return page.request.full_path.rstrip("?")


class Follower:
    """Somebody who tries every way that a page offers them."""

    def __init__(self, house: House, person: Person) -> None:
        self._house = house
        self._person = person

    def dead_links(self, page: TestResponse) -> list[str]:
        """The links of the page that lead nowhere, or to a closed door."""
        return list(dict.fromkeys(self._dead_links(read(page.text), address_of(page))))

    def dead_buttons(self, page: TestResponse) -> list[str]:
        """The forms of the page that nothing takes, or that this person may not send."""
        return list(dict.fromkeys(self._dead_buttons(read(page.text), address_of(page))))

    def closed_doors(self, page: TestResponse) -> list[str]:
        """The links and forms of the page that this person may not follow or send. Nothing is opened."""
        document, here = read(page.text), address_of(page)
        ways = [("GET", each.get("href") or each.get(XLINK) or "") for each in document.all("a")]
        ways += [("POST", form.get("action") or here) for form in document.forms("post")]
        closed = []
        for method, target in dict.fromkeys(ways):
            parts = urlsplit(urljoin(here, target))
            is_ours = not parts.netloc and not target.startswith(OTHER_PROGRAMS)
            if is_ours and (reason := self._why_refused(parts.path, method)):
                closed.append(
                    f"{method} {target} on {here}: {reason}; show it only to those who may go there"
                )
        return closed

    def _dead_links(self, document: Document, here: str) -> Iterator[str]:
        ways = [
            (text_of(each), each.get("href") or each.get(XLINK) or "")
            for each in document.elements
            if each.tag.rpartition("}")[2] == "a"
        ]
        ways += [("a form that asks", form.get("action", "")) for form in document.forms("get")]
        for words, href in ways:
            if href.startswith(OTHER_PROGRAMS):
                continue
            address, fragment = urldefrag(urljoin(here, href))
            reason = self._why_closed(address) if address != here else ""
            if not reason and fragment:
                there = document if address == here else read(self._house.open(self._person, address).text)
                reason = "" if there.with_id(fragment) is not None else f"nothing there has the id {fragment}"
            if reason:
                yield f"the link “{words}” to {href}: {reason}; show it only to those who may go there"

    def _why_closed(self, address: str) -> str:
        """Why a link to the address is no good; empty when it is."""
        if urlsplit(address).netloc:
            return "it leaves the site"
        answer = self._house.open(self._person, address)
        if answer.status_code == 303 and self._person.role and "/sign-in" in answer.location:
            return "it asks to sign in"
        return "" if answer.status_code in {200, 303} else f"it answers {answer.status_code}"

    def _dead_buttons(self, document: Document, here: str) -> Iterator[str]:
        for form in document.forms("post"):
            targets = {form.get("action") or here}
            targets |= {each.get("formaction") or "" for each in form.iter() if "formaction" in each.attrib}
            for target in targets:
                reason = self._why_refused(urlsplit(urljoin(here, target)).path)
                if reason:
                    yield f"the form to {target}: {reason}; show it only to those who may send it"

    def _why_refused(self, path: str, method: str = "POST") -> str:
        """Why a form or a link to the path is no good; empty when it is. Nothing is sent."""
        try:
            endpoint, arguments = self._house.addresses.match(unquote(path), method=method)
        except HTTPException as error:
            return f"nothing takes it there ({error.code})"
        route = ROUTES[endpoint]
        code = None if route.within is None else arguments[route.within]
        if isinstance(route.needs, Permission) and not self._may(route.needs, code):
            return f"the person may not {route.needs.wording} there"
        return ""

    def _may(self, permission: Permission, code: str | None) -> bool:
        """Whether the person has the permission at the unit of this code; without one, anywhere."""
        with self._house.app.app_context():
            session = db.session()
            account = account_of(session, self._person.email)
            unit = None if code is None else unit_at(session, code)
            if account is None or (code is not None and unit is None):
                return False
            return may(scopes_of(session, account.id), permission, None if unit is None else unit.path)
