"""Proxies of our own in front: what they say about the caller is believed, and as much as settings allow."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = "HTTP_X_FORWARDED_HOST"


class BehindProxies(ProxyFix):
    """The application behind `count` proxies. Of X-Forwarded-Host only one of the `hosts` is believed."""

    def __init__(self, app: "WSGIApplication", count: int, hosts: Collection[str]) -> None:
        super().__init__(app, x_for=count, x_proto=count, x_host=count)
        self._hosts = set(hosts)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the application does, told only what is believed."""
        named = environ.get(_HOST, "").split(",")
        if not {each.strip().lower() for each in named} <= self._hosts:
            environ.pop(_HOST, None)
        return super().__call__(environ, start_response)
