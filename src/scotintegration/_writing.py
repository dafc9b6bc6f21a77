"""Writing a file whole or not at all (private)."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_OF_OTHERS: Final = 0o666  # what the process lets through of it, for a file that was not there
_OWN: Final = 0o600


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """
    Write a text to a file in UTF-8, with line ends as they stand.

    The text goes to a temporary file in the same folder, which then takes the place of the old one. Whatever goes
    wrong, power and disk space included, the old file stays as it was; only a process that is killed leaves its
    temporary file behind, ``.`` and sixteen figures with the ending ``.tmp``. A link is followed to its file, and
    the file keeps its permissions. What is no file, such as a pipe, is written to as it stands.
    """
    data = text.encode()
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(data)
        return
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    rights = _OF_OTHERS if mode is None else _OWN
    file = open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, rights))  # noqa: SIM115
    try:
        with file:
            file.write(data)
            file.flush()
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """Have the new name of a file outlast a loss of power, where the platform lets a folder be told to."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
