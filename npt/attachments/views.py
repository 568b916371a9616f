"""A file on its way out: always kept by the browser, never shown by it as a page of ours."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, cast

from flask import Response
from sqlalchemy import Engine

from npt.attachments.models import Attachment
from npt.attachments.queries import part, parts_after
from npt.attachments.rules import disposition
from npt.webkit.visit import Visit, not_found

#: Nothing in the file may do anything, should a browser open it all the same.
_POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def download(visit: Visit[Any], attachment: Attachment, name: str) -> Response:
    """The file, as it is kept; "not found" where it is not given out. The journal is told `name`.

    Whoever may see the record that it belongs to may have it: that is for the caller to have found out.
    """
    first = part(visit.session, attachment.id, 0) if attachment.is_given_out else None
    if first is None:
        not_found()
    # A request ends before its file is taken: what follows reads for itself, and holds nothing in between.
    engine = cast(Engine, visit.session.get_bind())
    rest: Iterator[bytes] = parts_after(engine, attachment.id, attachment.size, 1)
    response = Response(chain((first,), rest), content_type=attachment.kind.media_type)
    response.content_length = attachment.size
    response.headers["Content-Disposition"] = disposition(attachment.name)
    response.headers["Content-Security-Policy"] = _POLICY
    visit.taken_out = name
    return response
