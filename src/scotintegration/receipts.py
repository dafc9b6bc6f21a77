"""Receipts: what a result was made with, so that a reader can make it again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration._writing import write_text
from scotintegration.errors import Fault, LoadError

if TYPE_CHECKING:
    from scotintegration.simulation import Ensemble, Run

__all__ = ["LAW_READ_ON", "Receipt", "data_hash", "digest_of", "reproduce"]

LAW_READ_ON: Final = date(2026, 11, 22)
"""The day on which the law behind the rules was last read."""

_LIBRARIES: Final = ("attrs", "networkx", "numpy")

_MOST_BYTES: Final = 2**26


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


@runtime_checkable
class Remade(Protocol):
    """A result that can be made again from what it was made of."""

    @property
    def receipt(self) -> Receipt: ...

    def remade(self) -> Remade: ...


def _versions() -> dict[str, str]:
    from scotintegration._version import __version__

    return {"scotintegration": __version__, **{name: version(name) for name in _LIBRARIES}}


def _pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict(value).items())


def _settings(
    value: Mapping[str, str | int | None] | Iterable[tuple[str, str | int | None]],
) -> tuple[tuple[str, str | int | None], ...]:
    return tuple(sorted(dict(value).items()))


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
        versions: Versions of this library and those it computes with; by default those at hand.
        data: Fingerprint of the bundled tables; by default of those at hand.
        law_read_on: The day on which the law was last read; by default that of the rules at hand.
        recipe: JSON of what makes a simulation again; empty for other results.

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
    _versions: tuple[tuple[str, str], ...] = attrs.field(
        alias="versions", factory=_versions, converter=_pairs, repr=False
    )
    data: str = attrs.field(factory=data_hash, repr=False)
    law_read_on: date = attrs.field(default=LAW_READ_ON, converter=to_day, repr=False)
    recipe: str = attrs.field(default="", repr=False)
    _result: Remade | None = attrs.field(alias="result", default=None, eq=False, repr=False)

    @property
    def versions(self) -> dict[str, str]:
        """Versions of this library and of those it computes with."""
        return dict(self._versions)

    def differences(self, result: object = None) -> tuple[str, ...]:
        """
        Make the result again, and say in what the two differ.

        Args:
            result: The result that the receipt belongs to: a report of rules, a run, an ensemble, a gap list or a
                review. Only for a report it must be given; the others make themselves again, or are made of the recipe.

        Returns:
            A sentence for each thing that differs; none where the same comes out.

        Raises:
            ValueError: If there is no result at hand, or one that cannot be made again.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        held = self._result if result is None else result
        if held is None and not self.recipe:
            raise ValueError("this receipt stands alone; expected the result it belongs to, as in verify(report)")
        again = _of_recipe(self.recipe) if held is None else _receipt_of_another(held)
        return tuple(
            f"{name}: {mine!r} in the receipt, {theirs!r} now"
            for name, mine, theirs in zip(_COMPARED, self._compared, again._compared, strict=True)
            if mine != theirs
        )

    @property
    def _compared(self) -> tuple[object, ...]:
        days = (self.as_at.isoformat(), self.law_as_at.isoformat())
        return (self.of, *days, dict(self.settings), self.seed, self.versions, self.data, self.digest)

    def verify(self, result: object = None) -> bool:
        """
        Make the result again, and tell whether the same comes out under the same versions and data.

        Args:
            result: The result that the receipt belongs to, as in :meth:`differences`, which says why it does not.

        Returns:
            True where nothing differs.

        Raises:
            ValueError: If there is no result at hand, or one that cannot be made again.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return not self.differences(result)

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
            "law_read_on": self.law_read_on.isoformat(),
            "settings": dict(self.settings),
            "seed": self.seed,
            "versions": self.versions,
            "data": self.data,
            "digest": self.digest,
        }

    def save(self, path: str | os.PathLike[str]) -> None:
        """
        Write the receipt to a JSON file, whole or not at all, with what makes a simulation again.

        Args:
            path: The file; its folder must exist.

        Raises:
            OSError: If the file cannot be written.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        whole = {**self.to_dict(), "recipe": json.loads(self.recipe) if self.recipe else None}
        write_text(path, f"{json.dumps(whole, indent=1, ensure_ascii=False)}\n")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Receipt:
        """
        Read a receipt from a JSON file; nothing in it is run.

        Args:
            path: The file.

        Returns:
            The receipt, with the versions and the data that it was made with.

        Raises:
            LoadError: If the file holds no receipt.
            OSError: If the file cannot be opened.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        try:
            if len(data) > _MOST_BYTES:
                raise ValueError(f"it is longer than {_MOST_BYTES:,} bytes")
            found = json.loads(data)
            recipe = found.pop("recipe", None)
            return cls(**found, recipe=json.dumps(recipe, ensure_ascii=False, sort_keys=True) if recipe else "")
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            fault = Fault("$", f"expected what Receipt.save wrote: {error}")
            raise LoadError(str(path), (fault,)) from None

    def cite_as(self) -> str:
        """
        Give a sentence to cite the result with.

        Returns:
            Text with the name and version of this library, what the result is, the days of facts and law, the seed
            and the fingerprints of data and result.

        Source: our choice.

        >>> Receipt(of="check", as_at="2026-11-22", law_as_at="2026-11-22").cite_as()
        'scotintegration contributors, scotintegration ..., check: facts as at 2026-11-22, law as at 2026-11-22 ...'

        .. versionadded:: 0.1.0
        """
        settings = dict(self.settings)
        named = [f"{name} {settings[name]!r}" for name in ("scenario", "partnership", "network") if name in settings]
        said = [
            f"facts as at {self.as_at.isoformat()}",
            f"law as at {self.law_as_at.isoformat()} (read on {self.law_read_on.isoformat()})",
            f"data {self.data[:12]}",
        ]
        if self.seed is not None:
            said.append(f"seed {self.seed}")
        said += [f"{name} {settings[name]}" for name in ("runs", "run") if name in settings]
        if self.digest:
            said.append(f"digest {self.digest[:16]}")
        title = f"scotintegration contributors, scotintegration {self.versions.get('scotintegration', 'unknown')}"
        return f"{title}, {', '.join((self.of, *named))}: {', '.join(said)}."

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
            f" (read on {self.law_read_on.isoformat()})",
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


_COMPARED: Final = ("kind", "day of the facts", "day of the law", "settings", "seed", "versions", "data", "digest")
"""What two receipts are compared by, in words."""


def _receipt_of_another(result: object) -> Receipt:
    """Make a result again, and give the receipt of what comes out."""
    from scotintegration.reports import NetworkReport, Report
    from scotintegration.rules import check
    from scotintegration.simulation import Run, simulate

    if isinstance(result, Remade):
        return result.remade().receipt
    if isinstance(result, Report) and result._subject is not None:
        again = check(result._subject, rules=[one.rule for one in result], waivers=result.waivers)
        return attrs.evolve(again, reform=result.reform).receipt
    if isinstance(result, NetworkReport):
        digests = [_receipt_of_another(report).digest for report in result]
        return attrs.evolve(result.receipt, digest=digest_of(digests))
    if isinstance(result, Run):
        return simulate(
            result.partnership, result.scenario, until=result.until, seed=result.seed, run=result.number
        ).receipt
    raise ValueError(f"a {type(result).__name__} cannot be made again from what it holds")


def _of_recipe(recipe: str) -> Receipt:
    """Simulate again what a recipe tells, and give the receipt of what comes out."""
    from scotintegration.simulation._recipes import remake

    return remake(json.loads(recipe)).receipt


def reproduce(path: str | os.PathLike[str], *, compare: bool = True) -> Ensemble | Run:
    """
    Simulate again what a receipt tells, and compare.

    Args:
        path: A file that :meth:`Receipt.save` wrote of an ensemble or a run.
        compare: Whether to refuse a result with another fingerprint.

    Returns:
        The ensemble or the run.

    Raises:
        LoadError: If the file holds no receipt, or one of another kind of result.
        OSError: If the file cannot be opened.
        ValueError: If the result has another fingerprint; it says what it was made with and what is at hand.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    from scotintegration.simulation._recipes import remake

    receipt = Receipt.load(path)
    if not receipt.recipe:
        why = f"expected that of a simulation, as a {receipt.of} has none"
        if receipt.of in ("simulation", "ensemble"):
            why = "none was written, as a file holds no policy, law or value of your own; simulate again with it"
        raise LoadError(str(path), (Fault("$.recipe", why),))
    try:
        result = remake(json.loads(receipt.recipe))
    except (KeyError, TypeError, ValueError) as error:
        raise LoadError(str(path), (Fault("$.recipe", f"expected what Receipt.save wrote: {error!r}"),)) from error
    digest = result.receipt.digest
    if compare and digest != receipt.digest:
        made = [f"{name} {number}" for name, number in receipt.versions.items()]
        here = [f"{name} {number}" for name, number in _versions().items()]
        raise ValueError(
            f"the result has digest {digest[:16]}, the receipt {receipt.digest[:16]}; made with {', '.join(made)} and "
            f"data {receipt.data[:12]}, here are {', '.join(here)} and data {data_hash()[:12]}; "
            "compare=False gives the result as it is"
        )
    return result
