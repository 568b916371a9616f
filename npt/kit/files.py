"""Files that the product makes: nobody but its own user reads them, and none is ever half written."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

#: What its owner may do with a file of ours, and with a folder; nobody else may do anything.
PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
_FULL = {errno.ENOSPC, errno.EDQUOT}


def private(path: str, flags: int) -> int:
    """What `open` takes as its opener: a file that is made is its owner's alone."""
    return os.open(path, flags, PRIVATE)


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `target` once all of it is on the disk; on any error nothing
    has changed. OSError when the disk refuses.
    """
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(beside, "xb", opener=private) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def refusal_in_words(error: OSError) -> str:
    """What the system said, as a person reads it: "the disk is full"."""
    if error.errno in _FULL:
        return "the disk is full. Make room on it, and try again"
    what = (error.strerror or str(error)).lower()
    return f"{error.filename}: {what}" if error.filename else what
