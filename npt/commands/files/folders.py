"""A folder that other systems drop files into, looked at once or again and again."""

import time
from collections.abc import Sequence
from pathlib import Path

from npt.commands.desk import desk, today_of
from npt.commands.files import drops
from npt.commands.files.kinds import importer_of
from npt.commands.speech import say
from npt.store.exchange import ImportOrder


def watch(kind: str, folder: Path, profile: str | None, *, may_update: bool, every: int | None) -> None:
    """Take in the files of the folder: once, or again after `every` seconds until the command is stopped.

    A file that grows between two looks is still being written, and left for the next one.
    """
    say(f"Taking {kind} files from {folder}: good rows are taken, bad ones are rejected, row by row.")
    seen: dict[Path, tuple[int, int]] = {}
    with drops.held(folder):
        while True:
            files = drops.waiting(folder)
            now_seen = {file: _state(file) for file in files}
            ready = [file for file in files if every is None or seen.get(file) == now_seen[file]]
            if ready:
                _take_drops(kind, ready, profile, may_update=may_update)
            if every is None:
                return
            seen = now_seen
            try:
                time.sleep(every)
            except KeyboardInterrupt:
                say("Stopped.")
                return


def _state(file: Path) -> tuple[int, int]:
    found = file.lstat()
    return found.st_size, found.st_mtime_ns


def _take_drops(kind: str, files: Sequence[Path], profile: str | None, *, may_update: bool) -> None:
    with desk() as (session, now):
        importer = importer_of(session, kind, profile)
        session.rollback()
        for file in files:
            try:
                taken = drops.take_drop(session, importer, file, ImportOrder(may_update, now, today_of(now)))
            except OSError as error:  # one file that cannot be opened must not keep the others waiting
                session.rollback()
                say(f"{file.name}: left where it is, {error.strerror}: correct that.", err=True)
            except drops.LinkInFolder as refusal:
                say(str(refusal), err=True)
            else:
                for warning in taken.warnings:
                    say(f"Warning: {warning}", err=True)
                say(taken.in_words, err=bool(taken.problems))
