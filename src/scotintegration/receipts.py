"""Receipts: what a result was made with, so that a reader can make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown

__all__ = ["LAW_READ_ON", "Receipt", "data_hash", "digest_of"]

LAW_READ_ON: Final = date(2026, 11, 22)
"""The day on which the law behind the rules was last read."""

_LIBRARIES: Final = ("attrs", "networkx", "numpy")


@cache
def data_hash() -> str:
    """
    Give a fingerprint of the bundled tables.

    Returns:
        64 hexadecimal digits: SHA-256 over the names and bytes of every table, in order of name.

    Source: our choice.

    >>> len(data_hash())
    64

    .. versionadded:: 0.1.0
    """
    found = hashlib.sha256()
    folder = files("scotintegration").joinpath("scotland", "data")
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".csv"):
            found.update(entry.name.encode())
            found.update(entry.read_bytes())
    return found.hexdigest()


def digest_of(value: object) -> str:
    """
    Give a fingerprint of plain data.

    Args:
        value: What JSON can write: text, whole numbers, lists and dictionaries.

    Returns:
        64 hexadecimal digits: SHA-256 of canonical JSON.

    Source: our choice.

    >>> digest_of({"b": 1, "a": 2}) == digest_of({"a": 2, "b": 1})
    True

    .. versionadded:: 0.1.0
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _settings(value: Mapping[str, str | int | None]) -> tuple[tuple[str, str | int | None], ...]:
    return tuple(sorted(value.items()))


@attrs.frozen(kw_only=True)
class Receipt(Shown):
    """
    What a result was made with.

    Attributes:
        of: What kind of result it belongs to, such as ``"check"`` or ``"simulation"``.
        as_at: The day of the facts.
        law_as_at: The day of the law.
        settings: Every setting by name.
        seed: The seed of the draws; None where nothing was drawn.
        digest: Fingerprint of the result.
        versions: Versions of this library and those it computes with.
        data: Fingerprint of the bundled tables.

    Source: our choice.

    >>> Receipt(of="check", as_at="2026-11-22", law_as_at="2026-11-22").law_as_at
    datetime.date(2026, 11, 22)

    .. versionadded:: 0.1.0
    """

    of: str
    as_at: date = attrs.field(converter=to_day)
    law_as_at: date = attrs.field(converter=to_day)
    settings: tuple[tuple[str, str | int | None], ...] = attrs.field(factory=dict, converter=_settings)
    seed: int | None = None
    digest: str = ""

    @property
    def versions(self) -> dict[str, str]:
        """Versions of this library and of those it computes with."""
        from scotintegration._version import __version__

        return {"scotintegration": __version__, **{name: version(name) for name in _LIBRARIES}}

    @property
    def data(self) -> str:
        """Fingerprint of the bundled tables."""
        return data_hash()

    def to_dict(self) -> dict[str, object]:
        """
        Give the receipt as plain data.

        Returns:
            What JSON can write.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return {
            "of": self.of,
            "as_at": self.as_at.isoformat(),
            "law_as_at": self.law_as_at.isoformat(),
            "law_read_on": LAW_READ_ON.isoformat(),
            "settings": dict(self.settings),
            "seed": self.seed,
            "versions": self.versions,
            "data": self.data,
            "digest": self.digest,
        }

    def to_text(self) -> str:
        """
        Give the receipt in a few lines.

        Returns:
            Text, one fact a line.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        made = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        lines = [
            f"{self.of}: facts as at {self.as_at.isoformat()}, law as at {self.law_as_at.isoformat()}"
            f" (read on {LAW_READ_ON.isoformat()})",
            f"made with {made}; data {self.data[:12]}",
        ]
        if self.seed is not None:
            lines.append(f"seed {self.seed}")
        lines += [f"{name}: {value}" for name, value in self.settings]
        if self.digest:
            lines.append(f"digest {self.digest[:16]}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()
