"""`npt serve`: the application under gunicorn, 2 workers of 4 threads."""

import os

import click
from gunicorn.app.base import BaseApplication

from npt.commands.demonstration import demonstration_accounts, upkeep_in_words
from npt.commands.speech import say
from npt.factory import create_app
from npt.settings import Settings


class _Server(BaseApplication):  # type: ignore[misc]  # its base has no types
    """gunicorn, configured here instead of by a file."""

    def __init__(self, options: dict[str, object]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        return create_app(can_migrate=False)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: $PORT or 5000]")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@click.option(
    "--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads of each process."
)
def serve(host: str, port: int | None, workers: int, threads: int) -> None:
    """Serve the application until interrupted.

    \b
    Example: npt serve --port 8000
    """
    settings = Settings.from_environment()  # a wrong setting is said here, once, not by every worker
    port = port or int(os.environ.get("PORT") or 5000)
    say(f"The neighbourhood policing tracker is at http://{host}:{port}")
    if settings.is_demonstration:
        say(f"\n{demonstration_accounts(settings)}\n\n{upkeep_in_words(settings)}\n")
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": 120,
        "graceful_timeout": 20,
        "loglevel": "warning",
        "forwarded_allow_ips": os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
        "control_socket_disable": True,
    }
    _Server(options).run()


COMMANDS = [serve]
