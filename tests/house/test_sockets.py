"""The way out is closed: a test that needs another machine would fail on one without a network."""

import socket

import pytest

from tests.sockets import OutsideReached


@pytest.mark.parametrize("host", ["192.0.2.1", "example.test"])
def test_a_test_that_reaches_another_machine_is_stopped_and_told_the_cure(host: str) -> None:
    with socket.socket() as outside, pytest.raises(OutsideReached, match=r"Give it a server on 127\.0\.0\.1"):
        outside.connect((host, 80))


def test_a_test_that_sends_to_another_machine_is_stopped() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outside, pytest.raises(OutsideReached):
        outside.sendto(b"hello", ("192.0.2.1", 53))


def test_a_test_may_reach_a_server_that_it_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as visitor:
        visitor.connect(server.getsockname())
        assert visitor.getpeername() == server.getsockname()
