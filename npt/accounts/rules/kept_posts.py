"""What is kept of posts for a person whose session had ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

#: Characters of all posts kept for one account at a time: ten of the largest, hundreds of usual ones. None
#: gives way to another; a further one is not kept, and the page says so.
LONGEST_KEPT_IN_ALL = 5_000_000
#: As long as the largest form that is taken: nothing typed is lost.
LONGEST_KEPT_BODY = 500_000
LONGEST_KEPT_ADDRESS = 500
#: A name under which a kept body says which fields it was kept without; no form of ours uses it.
LEFT_OUT = "kept-without"
#: The field in which a kept post, when it is sent again, names itself.
KEPT_POST = "kept_post"


@dataclass(frozen=True)
class Sent:
    """What a person sent: its fields in order, and the names of those that could not be kept."""

    fields: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()


def keepable(fields: Iterable[tuple[str, str]], files: Iterable[str] = ()) -> Sent:
    """The part of a sent form that may be kept: no token against forgery, no password, no file."""
    kept: list[tuple[str, str]] = []
    left_out: list[str] = list(files)
    for name, value in fields:
        if "password" in name.lower():
            left_out.append(name)
        elif name not in {"csrf_token", LEFT_OUT, KEPT_POST}:
            kept.append((name, value))
    return Sent(tuple(kept), tuple(dict.fromkeys(left_out)))


def written(sent: Sent) -> str:
    """The url-encoded body under which `sent` is kept."""
    return urlencode([*sent.fields, *((LEFT_OUT, name) for name in sent.left_out)])


def read(body: str) -> Sent:
    """What `written` wrote."""
    pairs = parse_qsl(body, keep_blank_values=True)
    return Sent(
        tuple((name, value) for name, value in pairs if name != LEFT_OUT),
        tuple(value for name, value in pairs if name == LEFT_OUT),
    )
