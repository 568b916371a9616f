"""No test reaches outside this machine: a connection to anything but the loopback address is refused.

Servers that a test starts itself, and sockets that are files (PostgreSQL's), stay reachable.
"""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideReached(RuntimeError):
    """A test tried to reach another machine."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"This test tried to reach {host}, which is not this machine. "
            "Give it a server on 127.0.0.1, or let the code take the service as an argument."
        )


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, is this machine. Only the name localhost is known to be."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def close(patch: pytest.MonkeyPatch) -> None:
    """Refuse connections to other machines until `patch` is undone."""
    for verb in ("connect", "connect_ex", "sendto"):
        _refuse_outside(patch, verb)


def _refuse_outside(patch: pytest.MonkeyPatch, verb: str) -> None:
    reach = getattr(socket.socket, verb)

    def reach_only_loopback(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise OutsideReached(address[0])
        return reach(self, *arguments)

    patch.setattr(socket.socket, verb, reach_only_loopback)
