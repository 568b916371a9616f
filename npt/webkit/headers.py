"""The headers on every answer: only our own files load, nobody frames us, nothing stays in a cache."""

from typing import cast

from flask import Flask, Response, current_app, request

from npt.settings import Settings, Tiles


def policy(tiles: Tiles | None) -> str:
    """What a page of ours may load: only our own files and, where there is one, what a tile server draws."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'" if tiles is None else f"img-src 'self' {tiles.origin}",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _protect(response: Response) -> Response:
    settings = cast(Settings, current_app.extensions["npt_settings"])
    # A file that is taken out has a stricter one.
    response.headers.setdefault("Content-Security-Policy", policy(settings.tiles))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=3600"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def register(app: Flask) -> None:
    """Put the headers on every answer of `app`."""
    app.after_request(_protect)
