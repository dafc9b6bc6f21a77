"""Words to choose from, refused with the words that would have been right (private)."""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn


class Choice(StrEnum):
    """One word of a closed list."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        """Refuse any other word."""
        raise ValueError(f"{value!r} is no {cls.__name__}; expected one of {', '.join(repr(one.value) for one in cls)}")
