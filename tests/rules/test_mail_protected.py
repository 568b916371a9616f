"""Letters handed in over TLS and STARTTLS: only to the server that its certificate says it is."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from npt.mail.handing_in import ServerFailed, connected
from npt.mail.letters import letter
from npt.mail.server import MailServer, Security
from tests.mail_servers import open_office

AT = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
Protect = Callable[[trustme.LeafCert], dict[str, Any]]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe the authority of the test as a machine believes that of its organisation."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


#: each way of protecting a connection: what the server is started with
PROTECTED: dict[Security, Protect] = {
    Security.TLS: lambda certificate: {"ssl_context": _context(certificate)},
    Security.STARTTLS: lambda certificate: {"tls_context": _context(certificate), "require_starttls": True},
}


def hand_in(security: Security, port: int) -> None:
    made = letter(
        to="ann@town.example",
        to_name="Ann",
        sender="npt@force.example",
        sender_name="Tracker",
        subject="News",
        text="What is new.",
        at=AT,
        identity="k",
    )
    with connected(MailServer("127.0.0.1", port, security), timeout=5) as carrier:
        carrier.send(made)


@pytest.mark.parametrize("security", PROTECTED)
def test_a_letter_goes_to_the_server_whose_certificate_names_it(
    authority: trustme.CA, security: Security
) -> None:
    with open_office(**PROTECTED[security](authority.issue_cert("127.0.0.1"))) as office:
        hand_in(security, office.port)
    assert office.recipients == ["ann@town.example"]


@pytest.mark.parametrize("security", PROTECTED)
@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("another name", "certificate is not valid for '127.0.0.1'"),
        ("expired", "certificate has expired"),
        ("a stranger's", "unable to get local issuer certificate"),
    ],
)
def test_no_letter_goes_to_a_server_whose_certificate_is_not_to_be_believed(
    authority: trustme.CA, security: Security, what: str, why: str
) -> None:
    certificate = {
        "another name": lambda: authority.issue_cert("mail.other.example"),
        "expired": lambda: authority.issue_cert(
            "127.0.0.1",
            not_before=datetime(2020, 1, 1, tzinfo=UTC),
            not_after=datetime(2020, 1, 2, tzinfo=UTC),
        ),
        "a stranger's": lambda: trustme.CA().issue_cert("127.0.0.1"),
    }[what]()
    with open_office(**PROTECTED[security](certificate)) as office:
        with pytest.raises(ServerFailed, match="no secure connection to the mail server") as refused:
            hand_in(security, office.port)
        assert why in str(refused.value)
    assert office.heard == 0
