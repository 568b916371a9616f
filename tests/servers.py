"""The application, served on a free port of this machine for as long as a test needs a browser."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class LiveServer:
    """A running copy of the application; as a context it serves until its end, and notes its failures."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._server = make_server("127.0.0.1", 0, self._watched, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True)
        #: its address, without a slash at the end
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        #: what went wrong inside, as METHOD ADDRESS: STATUS
        self.failures: list[str] = []

    def __enter__(self) -> "LiveServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _watched(self, environment: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = f"{environment['REQUEST_METHOD']} {environment['PATH_INFO']}"

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if status.startswith("5"):
                self.failures.append(f"{request}: {status}")
            return start_response(status, headers, *error)

        try:
            return self._app(environment, start)
        except Exception as error:
            self.failures.append(f"{request}: {error!r}")
            raise
