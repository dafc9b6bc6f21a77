"""Provision by provision: which rules there are for it, and what is left to people, with the reason."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.errors import NotFoundError
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import registry
from scotintegration.tables import Table

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["STATUSES", "Coverage", "CoverageRow", "coverage", "covered_instruments"]

STATUSES: Final = ("rule", "evidence", "judgement", "power", "definition", "not_modelled")
"""What can be said of a provision, from a rule that works its answer out to one that is not modelled."""

_REASONS: Final = {
    "judgement": "it asks for somebody's own judgement, which no rule can make for them",
    "power": "it gives a power and asks nothing of anybody until the power is used",
    "definition": "it says what words mean, or sets a list that other provisions use",
    "not_modelled": "it asks nothing of a partnership that the library has facts for",
}
_NOT_YET: Final = "its rules are not coded yet"
_NO_RULE: Final = {
    "asp 2014/9 s.37": "information asked for to review a plan (subss. (5)-(6))",
    "SSI 2014/200 reg.8": "publishing the unaudited accounts (para. (8))",
    "SSI 2014/200 reg.9": "notice of the right to inspect and object",
    "SSI 2014/281 art.3": "the chief social work officer and the clinicians on a committee (para. (1)(c), (g)-(i))",
    "SSI 2014/281 art.4": "the chief social work officer and the clinicians on a committee",
    "SSI 2014/281 art.5": "how long members of a committee sit",
    "SSI 2014/281 art.8": "who may not be a member of a committee",
    "SSI 2014/281 art.10": "when somebody who is no councillor any more leaves a committee (para. (4))",
    "SSI 2014/281 art.12": "proxies on a committee, all of whom may vote (para. (3))",
    "SSI 2014/285 art.9": "telling the nominator of a resignation (para. (2))",
    "SSI 2014/285 art.12": "best endeavours to send a proxy (para. (1))",
}
"""What there is no rule for yet, of all that a provision asks."""


@attrs.frozen(kw_only=True)
class CoverageRow(Shown):
    """
    What the library has for one provision.

    Attributes:
        citation: The provision.
        heading: What it is about, in our words.
        status: One of :data:`STATUSES`.
        rules: Ids of the rules registered for it.
        missing: Ids of rules that it should have and that are not coded yet.
        reason: Why there is no rule, or none for a part of it; blank where rules answer for all of it.
        tests: Files of the tests of its rules.

    Source:
        Its citation.

    .. versionadded:: 0.1.0
    """

    citation: Citation
    heading: str
    status: str
    rules: tuple[str, ...]
    missing: tuple[str, ...]
    reason: str
    tests: tuple[str, ...]

    @property
    def provision(self) -> str:
        """The pinpoint, such as ``"s.26"``."""
        return self.citation.pinpoint


@attrs.frozen(kw_only=True)
class Coverage(Shown):
    """
    What the library has for every provision of one instrument.

    Attributes:
        instrument: Id of the instrument.
        rows: A row a provision, in order.

    Source:
        The citation of each row.

    .. versionadded:: 0.1.0
    """

    instrument: str
    rows: tuple[CoverageRow, ...] = attrs.field(repr=False)

    def __iter__(self) -> Iterator[CoverageRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, provision: str) -> CoverageRow:
        """
        Give the row of a provision.

        Raises:
            NotFoundError: If the instrument has no such provision here.
        """
        for row in self.rows:
            if row.provision == provision:
                return row
        raise NotFoundError.among(f"provision of {self.instrument}", provision, [row.provision for row in self.rows])

    @property
    def counts(self) -> dict[str, int]:
        """How many provisions have each status."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in STATUSES}

    def to_table(self) -> Table:
        """
        Give one row a provision.

        Returns:
            Columns provision, heading, status, rules, reason.

        Source:
            The citation of each row.

        .. versionadded:: 0.1.0
        """
        rows = [
            (row.citation.printed, row.heading, row.status.replace("_", " "), ", ".join(row.rules), row.reason)
            for row in self.rows
        ]
        told = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in self.counts.items() if number)
        columns = ("provision", "what it is about", "status", "rules", "reason")
        return Table(f"Coverage of {self.instrument}: {told}", columns, rows, notes=(DISCLAIMER,))

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the table as accessible HTML, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            A table with caption and scoped headings, static and without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_html(path)

    def __str__(self) -> str:
        return self.to_table().to_text()


@cache
def _provisions() -> tuple[tuple[Citation, str, str, tuple[str, ...]], ...]:
    text = files("scotintegration").joinpath("rules", "provisions.csv").read_text(encoding="utf-8")
    return tuple(
        (cite(row["provision"]), row["heading"], row["status"], tuple(filter(None, row["rule_ids"].split(";"))))
        for row in csv.DictReader(StringIO(text))
    )


def _row(citation: Citation, heading: str, status: str, ids: tuple[str, ...]) -> CoverageRow:
    known = registry()
    cited = {rule.id for rule in known.values() if any(_within(one, citation) for one in rule.citations)}
    rules = tuple(sorted(cited.union(id for id in ids if id in known)))
    missing = tuple(sorted(set(ids) - set(rules)))
    lacking = _NO_RULE.get(citation.text)
    reason = _REASONS.get(status, "") if lacking is None else f"there is no rule yet for {lacking}"
    if status in ("rule", "evidence"):
        if not rules:
            status, reason = "not_modelled", _NOT_YET
        elif all(known[id].modality.value == "may" for id in rules):
            status, reason = "power", f"{_permitted(rules)} against a false alarm"
    tests = {f"tests/rules/test_{known[id].where.split('.')[2]}.py" for id in rules}
    return CoverageRow(
        citation=citation,
        heading=heading,
        status=status,
        rules=rules,
        missing=missing,
        reason=reason,
        tests=tuple(sorted(tests)),
    )


def _permitted(rules: tuple[str, ...]) -> str:
    if len(rules) == 1:
        return f"its only rule is a permission: {rules[0]} guards"
    return f"its rules are permissions: {', '.join(rules)} guard"


def _within(cited: Citation, provision: Citation) -> bool:
    """Tell whether a citation is of a provision, or of a part of it."""
    return cited.instrument == provision.instrument and provision.pinpoint in (cited.pinpoint, cited.provision)


def covered_instruments() -> tuple[str, ...]:
    """
    List the instruments whose provisions are listed.

    Returns:
        Ids in the order of the bundled table.

    Source:
        The bundled ``provisions.csv``.

    >>> covered_instruments()[0]
    'asp 2014/9'

    .. versionadded:: 0.1.0
    """
    found = (citation.instrument for citation, *_ in _provisions())
    return tuple(dict.fromkeys(one.id for one in found if one is not None))


def coverage(instrument: str) -> Coverage:
    """
    Say what the library has for every provision of an instrument.

    Args:
        instrument: The Act, Order or Regulations, such as ``"asp 2014/9"``, or a provision of one, such as
            ``"asp 2014/9 s.10"``.

    Returns:
        A row a provision, with its status, its rules, and the reason where there are none; of a provision that is
        named, its own row.

    Raises:
        NotFoundError: If the instrument is not one whose provisions are listed, or has no such provision.

    Source:
        The instruments themselves (bundled ``provisions.csv``, in our words).

    >>> coverage("asp 2014/9")["s.26"].status
    'rule'

    .. versionadded:: 0.1.0
    """
    listed: dict[str, list[CoverageRow]] = {}
    for citation, heading, status, ids in _provisions():
        assert citation.instrument is not None
        listed.setdefault(citation.instrument.id, []).append(_row(citation, heading, status, ids))
    named = cite(instrument)
    sought = named.instrument
    if sought is None or sought.id not in listed:
        raise NotFoundError.among("instrument with provisions listed", instrument, tuple(listed))
    whole = Coverage(instrument=sought.id, rows=tuple(listed[sought.id]))
    if not named.pinpoint:
        return whole
    rows = tuple(row for row in whole if _within(named, row.citation))
    return Coverage(instrument=sought.id, rows=rows or (whole[named.pinpoint],))
