"""Every answer carries the headers that keep it to ourselves, and no address of another site is led to."""

from urllib.parse import quote, urlsplit

import pytest
from werkzeug.test import TestResponse

from npt.access.rules import Role
from tests import make
from tests.house.visits import House, exhibits
from tests.pages.gallery import Exhibit

#: What each header says; a content policy beyond this would have to be argued for here.
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SOURCES = {"'self'", "'none'"}
DIRECTIVES = {
    "default-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
}


#: Of what somebody brought, and is only taken out: nothing at all.
DIRECTIVES_OF_FILES = {
    "sandbox": "",
    "default-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def unprotected(answer: TestResponse) -> list[str]:
    """What the headers of an answer allow that the house does not."""
    is_file = answer.headers.get("Content-Disposition", "").startswith("attachment; filename")
    is_theirs = is_file and answer.headers.get("Content-Security-Policy", "").startswith("sandbox")
    wanted = DIRECTIVES_OF_FILES if is_theirs else DIRECTIVES
    faults = [
        f"{name} is {answer.headers.get(name)!r}, not {value!r}: see npt/webkit/headers.py"
        for name, value in WANTED.items()
        if answer.headers.get(name) != value
    ]
    written = answer.headers.get("Content-Security-Policy", "")
    policy = dict(each.strip().partition(" ")[::2] for each in written.split(";"))
    faults += [
        f"the content policy says {name} {policy.get(name)!r}, not {value!r}: see npt/webkit/headers.py"
        for name, value in wanted.items()
        if policy.get(name) != value
    ]
    faults += [
        f"the content policy opens {name} to {source}: keep to our own files"
        for name, sources in policy.items()
        for source in sources.split()
        if source not in SOURCES
    ]
    return faults


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_the_page_is_kept_to_ourselves(house: House, endpoint: str, exhibit: Exhibit) -> None:
    faults = unprotected(house.see(endpoint, exhibit))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("address", ["/nowhere", "/units/H1/close", "/units/NONE", "/sign-out"])
def test_a_refusal_is_kept_to_ourselves_too(house: House, address: str) -> None:
    answer = house.person(Role.OFFICER).get(address)
    assert answer.status_code in {403, 404, 405}
    faults = unprotected(answer)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("header", "value", "words"),
    [
        ("Cache-Control", "private", "Cache-Control is 'private', not 'no-store'"),
        ("X-Frame-Options", "SAMEORIGIN", "X-Frame-Options is 'SAMEORIGIN', not 'DENY'"),
        ("Content-Security-Policy", "default-src 'none'", "says script-src None"),
        (
            "Content-Security-Policy",
            "script-src 'self' 'unsafe-inline'",
            "opens script-src to 'unsafe-inline': keep to our own files",
        ),
        (
            "Content-Security-Policy",
            "img-src https://tiles.example",
            "opens img-src to https://tiles.example",
        ),
    ],
)
def test_a_weaker_header_is_named_with_the_cure(house: House, header: str, value: str, words: str) -> None:
    answer = house.person(Role.OFFICER).get("/account")
    answer.headers[header] = value
    assert any(words in fault for fault in unprotected(answer))


# Nobody is led away -----------------------------------------------------------------------------------------

#: Addresses that some browser takes for another site's, or for none.
ELSEWHERE = (
    "//evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example/",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    " //evil.example",
    "/\x00/evil.example",
    "evil.example",
    "@evil.example",
    "http://localhost@evil.example",
    "/%09/evil.example\\@",
)


def leads_away(location: str) -> bool:
    """Whether a browser on our site would follow the address of a redirect to somewhere else."""
    read = "".join(each for each in location if each > " ").replace("\\", "/")
    parts = urlsplit(read)
    return bool(parts.scheme or parts.netloc) or not read.startswith("/") or read.startswith("//")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(house: House, target: str) -> None:
    address = f"/sign-in?next={quote(target, safe='')}"
    newcomer = house.newcomer()
    typed = {"email": "officer@home.example", "password": make.PASSWORD}
    for answer in (newcomer.post(address, typed), house.person(Role.OFFICER).get(address)):
        assert answer.status_code in {302, 303}
        assert not leads_away(answer.location), answer.location


@pytest.mark.parametrize("endpoint", ["duty.confirm", "duty.withdraw"])
def test_a_button_leads_back_to_no_other_site(bare_house: House, endpoint: str) -> None:
    address = bare_house.address(endpoint, Exhibit(Role.SERGEANT, "team"))
    sergeant = bare_house.person(Role.SERGEANT)
    for target in ELSEWHERE:
        answer = sergeant.post(address, {"next": target})
        assert answer.status_code == 303
        assert not leads_away(answer.location), f"{target!r} leads to {answer.location}"


@pytest.mark.parametrize("target", [each for each in ELSEWHERE if not each.startswith("/%")])
def test_what_leads_away_is_seen(target: str) -> None:
    assert leads_away(target)


@pytest.mark.parametrize("target", ["/", "/units/H1?as-at=2012-02-29", "/account#main-content"])
def test_what_stays_is_seen(target: str) -> None:
    assert not leads_away(target)
