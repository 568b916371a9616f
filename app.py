"""The WSGI entry point: `gunicorn app:app`."""

from npt.factory import create_app

app = create_app()
