"""What is believed of a proxy, and what the cookies of a real system look like."""

from dataclasses import replace

import pytest
from flask import Flask, request

from npt.factory import create_app
from npt.settings import Settings


def host_believed(settings: Settings, forwarded: str) -> str:
    """The host that a page is told when a proxy of ours says this."""
    app: Flask = create_app(settings)
    told: list[str] = []

    @app.before_request
    def note() -> None:
        told.append(request.host)

    app.test_client().get("/healthz", base_url="http://inside:8000", headers={"X-Forwarded-Host": forwarded})
    return told[0]


@pytest.mark.parametrize(
    ("forwarded", "believed"),
    [
        ("npt.example", "npt.example"),
        ("NPT.example", "NPT.example"),
        ("evil.example", "inside:8000"),
        ("evil.example, npt.example", "inside:8000"),
        ("npt.example:8443", "inside:8000"),
    ],
)
def test_a_proxy_is_believed_only_the_names_that_are_ours(
    settings: Settings, forwarded: str, believed: str
) -> None:
    assert host_believed(replace(settings, proxies=1, hosts=("npt.example",)), forwarded) == believed


def test_without_names_no_proxy_is_believed_any(settings: Settings) -> None:
    assert host_believed(replace(settings, proxies=1), "npt.example") == "inside:8000"


def test_our_names_are_those_given_or_that_of_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPT_DATABASE_URL", "sqlite://")
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    monkeypatch.setenv("NPT_PUBLIC_URL", "https://NPT.example:8443/")
    assert Settings.from_environment().hosts == ("npt.example:8443",)
    monkeypatch.setenv("NPT_HOSTS", "npt.example Npt.Force.Example")
    assert Settings.from_environment().hosts == ("npt.example", "npt.force.example")


def test_the_session_cookie_of_a_real_system_is_tied_to_its_host(settings: Settings) -> None:
    product = create_app(replace(settings, is_testing=False))
    cookie = product.test_client().get("/sign-in", base_url="https://npt.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert ("Secure" in cookie, "Path=/;" in f"{cookie};", "Domain" in cookie) == (True, True, False)
