"""
Every exception that the library raises on purpose.

Each one inherits the nearest built-in exception too, keeps what went wrong in
positional fields for tools to read, makes its text from them, and pickles.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

import attrs

from scotintegration._shown import Printed

__all__ = [
    "CitationError",
    "ConservationError",
    "DateError",
    "DuplicateError",
    "Fault",
    "FrozenError",
    "GraphError",
    "LoadError",
    "MoneyError",
    "NotFoundError",
    "RuleError",
    "ScotIntegrationError",
    "UnknownFactError",
    "UnlawfulError",
    "UnlawfulStepError",
]

_MOST_LISTED = 8
_MOST_SUGGESTED = 3


def _texts(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


def _faults(items: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(items)


class ScotIntegrationError(Exception):
    """
    Base of every exception this library raises on purpose.

    >>> issubclass(MoneyError, ScotIntegrationError)
    True

    .. versionadded:: 0.1.0
    """

    def __reduce__(self) -> str | tuple[Any, ...]:
        # As the built-in ones do: who sends exceptions to other processes drops the fields of those that say nothing.
        return super().__reduce__()


@attrs.define
class UnknownFactError(ScotIntegrationError, ValueError):
    """
    An answer needs a fact that nobody recorded.

    Attributes:
        what: The fact, as a phrase with its article.

    >>> str(UnknownFactError("the date of the meeting"))
    'cannot tell without the date of the meeting'

    .. versionadded:: 0.1.0
    """

    what: str = "a fact that nobody recorded"

    def __str__(self) -> str:
        return f"cannot tell without {self.what}"


@attrs.define
class ConservationError(ScotIntegrationError, ArithmeticError):
    """
    Money came from nowhere, or went there.

    Attributes:
        where: The node, year or function whose two sides differ.
        left_pence: Sum of the first side, in pence.
        right_pence: Sum of the second side, in pence.

    >>> str(ConservationError("frailty in 2025/26", 1200, 1199))
    'frailty in 2025/26 does not balance: 1,200 and 1,199 pence differ by 1; expected equal sums'

    .. versionadded:: 0.1.0
    """

    where: str
    left_pence: int
    right_pence: int

    def __str__(self) -> str:
        sides = f"{self.left_pence:,} and {self.right_pence:,} pence"
        by = abs(self.left_pence - self.right_pence)
        return f"{self.where} does not balance: {sides} differ by {by:,}; expected equal sums"


@attrs.define
class CitationError(ScotIntegrationError, ValueError):
    """
    A text is not the one citation that was asked for.

    Attributes:
        text: The text.
        expected: What would have been right.

    >>> str(CitationError("", "a provision or a document"))
    "cannot cite ''; expected a provision or a document"

    .. versionadded:: 0.1.0
    """

    text: str
    expected: str

    def __str__(self) -> str:
        return f"cannot cite {self.text!r}; expected {self.expected}"


@attrs.define
class MoneyError(ScotIntegrationError, ValueError):
    """
    A value is not an exact sum of money.

    Attributes:
        value: The value.
        expected: What would have been right.

    >>> str(MoneyError("12.345", "whole pence"))
    "cannot read '12.345' as money; expected whole pence"

    .. versionadded:: 0.1.0
    """

    value: object
    expected: str

    def __str__(self) -> str:
        return f"cannot read {self.value!r} as money; expected {self.expected}"


@attrs.define
class DateError(ScotIntegrationError, ValueError):
    """
    A value is not the day, year or period that was asked for.

    Attributes:
        value: The value.
        expected: What would have been right.

    >>> str(DateError("2025/27", "two years in a row, such as '2025/26'"))
    "cannot read '2025/27'; expected two years in a row, such as '2025/26'"

    .. versionadded:: 0.1.0
    """

    value: object
    expected: str

    def __str__(self) -> str:
        return f"cannot read {self.value!r}; expected {self.expected}"


@attrs.define
class NotFoundError(ScotIntegrationError, LookupError):
    """
    A name or id leads to nothing.

    Attributes:
        kind: What was looked for: "area", "rule", "function" and so on.
        name: The name asked for.
        known: Every name that would have been found.
        suggestions: Those of them that look like *name*, best first.

    >>> str(NotFoundError("area", "Glasgw", ("Fife", "Glasgow City"), ("Glasgow City",)))
    "no area 'Glasgw'; did you mean 'Glasgow City'?"
    >>> str(NotFoundError("model", "e", ("a", "b", "c", "d")))
    "no model 'e'; known are 'a', 'b', 'c', 'd'"

    .. versionadded:: 0.1.0
    """

    kind: str
    name: str
    known: tuple[str, ...] = attrs.field(converter=_texts)
    suggestions: tuple[str, ...] = attrs.field(default=(), converter=_texts)

    @classmethod
    def among(cls, kind: str, name: object, known: Iterable[str]) -> NotFoundError:
        """
        Make the error, with suggestions for a near miss.

        Args:
            kind: What was looked for.
            name: The name asked for; what is no text has no suggestions.
            known: Every name that would have been found.

        Returns:
            The error, with up to three suggestions: names that contain *name*
            or that it contains, then those spelt much like it. Case is ignored.

        >>> NotFoundError.among("area", "ayrshire", ["East Ayrshire", "Fife"]).suggestions
        ('East Ayrshire',)

        .. versionadded:: 0.1.0
        """
        names = tuple(known)
        if not isinstance(name, str):
            return cls(kind, repr(name), names)
        folded = {each: each.casefold() for each in names}
        asked = name.casefold().strip()
        inside = [each for each, text in folded.items() if asked and text and (asked in text or text in asked)]
        alike = difflib.get_close_matches(asked, folded.values(), n=_MOST_SUGGESTED)
        spelt = [each for match in alike for each, text in folded.items() if text == match]
        return cls(kind, name, names, tuple(dict.fromkeys(inside + spelt))[:_MOST_SUGGESTED])

    def __str__(self) -> str:
        wrong = f"no {self.kind} {self.name!r}"
        if self.suggestions:
            *others, last = map(repr, self.suggestions)
            return f"{wrong}; did you mean {', '.join(others) + ' or ' if others else ''}{last}?"
        if not self.known:
            return f"{wrong}; there is no {self.kind} at all"
        listed = ", ".join(map(repr, self.known[:_MOST_LISTED]))
        more = len(self.known) - _MOST_LISTED
        return f"{wrong}; known are {listed}" + (f" and {more} more" if more > 0 else "")


@attrs.define
class DuplicateError(ScotIntegrationError, ValueError):
    """
    Two things have one id.

    Attributes:
        kind: What they are: "direction", "body" and so on.
        id: The id they share.
        where: The collection that holds one of them already.

    >>> str(DuplicateError("direction", "D-1", "the register of 2025/26"))
    "second direction 'D-1' in the register of 2025/26; expected an id of its own"

    .. versionadded:: 0.1.0
    """

    kind: str
    id: str
    where: str

    def __str__(self) -> str:
        return f"second {self.kind} {self.id!r} in {self.where}; expected an id of its own"


@attrs.define
class GraphError(ScotIntegrationError, ValueError):
    """
    A graph is not one that a partnership could have made.

    Attributes:
        where: The node, edge or attribute.
        what: What is wrong with it.
        expected: What would have been right.

    >>> str(GraphError("node 'S37000015'", "no value", "a body under 'value'"))
    "node 'S37000015': no value; expected a body under 'value'"

    .. versionadded:: 0.1.0
    """

    where: str
    what: str
    expected: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; expected {self.expected}"


@attrs.define
class FrozenError(ScotIntegrationError, TypeError):
    """
    Somebody tried to change an attribute of a frozen graph.

    Attributes:
        what: What they tried to change.

    >>> str(FrozenError("attribute 'value' of a node"))
    "cannot change attribute 'value' of a node: the graph is frozen; expected a change to a copy"

    .. versionadded:: 0.1.0
    """

    what: str

    def __str__(self) -> str:
        return f"cannot change {self.what}: the graph is frozen; expected a change to a copy"


@attrs.define
class UnlawfulStepError(ScotIntegrationError, ValueError):
    """
    Statute forbids a step that a strict register of directions was asked to take.

    Attributes:
        what: What is wrong with the step.
        expected: What would have been right.
        provision: The provision, as a citation prints it.

    Source:
        Each error names its own provision.

    >>> str(UnlawfulStepError("'D-1' is oral", "a direction in writing", "asp 2014/9 s.27(4)"))
    "'D-1' is oral; expected a direction in writing [asp 2014/9 s.27(4)]"

    .. versionadded:: 0.1.0
    """

    what: str
    expected: str
    provision: str

    def __str__(self) -> str:
        return f"{self.what}; expected {self.expected} [{self.provision}]"


@attrs.frozen
class Fault(Printed):
    """
    One thing that is wrong with a file: a value, not an exception.

    Attributes:
        path: Where: "$.directions[3].payment", or "row 4, column 'issued_on'".
        message: What is wrong and what would have been right.
        value: What stands there, or "" where nothing does.

    >>> print(Fault("row 4, column 'issued_on'", "expected a day such as 2026-11-22", "soon"))
    row 4, column 'issued_on': 'soon': expected a day such as 2026-11-22

    .. versionadded:: 0.1.0
    """

    path: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        parts = [self.path, repr(self.value), self.message] if self.value else [self.path, self.message]
        return ": ".join(parts)


@attrs.define
class LoadError(ScotIntegrationError, ValueError):
    """
    A file or a text cannot be loaded, for all the reasons listed.

    Attributes:
        source: The file, or a phrase for the text.
        errors: Every fault, in the order of the text.

    >>> print(LoadError("register.json", (Fault("$.year", "expected a financial year"),)))
    cannot load 'register.json': 1 fault
    $.year: expected a financial year

    .. versionadded:: 0.1.0
    """

    source: str
    errors: tuple[Fault, ...] = attrs.field(converter=_faults)

    def __str__(self) -> str:
        count = f"{len(self.errors)} fault{'' if len(self.errors) == 1 else 's'}"
        return "\n".join([f"cannot load {self.source!r}: {count}", *map(str, self.errors)])


@attrs.define
class UnlawfulError(ScotIntegrationError):
    """
    A report that had to be free of breaches is not.

    Attributes:
        name: What was checked.
        findings: Every breach, as it prints.

    >>> print(UnlawfulError("Fife", ("PBJW-s27-writing: not in writing [s. 27(4)]",)))
    'Fife' is unlawful: 1 finding
    PBJW-s27-writing: not in writing [s. 27(4)]

    .. versionadded:: 0.1.0
    """

    name: str
    findings: tuple[str, ...] = attrs.field(converter=_texts)

    def __str__(self) -> str:
        count = f"{len(self.findings)} finding{'' if len(self.findings) == 1 else 's'}"
        return "\n".join([f"{self.name!r} is unlawful: {count}", *self.findings])


@attrs.define
class RuleError(ScotIntegrationError, ValueError):
    """
    A rule is badly declared.

    Attributes:
        rule: Id of the rule.
        what: What is wrong with the declaration.
        expected: What would have been right.

    >>> str(RuleError("GCC-8", "no citation", "cites= with a provision or a document"))
    "rule 'GCC-8': no citation; expected cites= with a provision or a document"

    .. versionadded:: 0.1.0
    """

    rule: str
    what: str
    expected: str

    def __str__(self) -> str:
        return f"rule {self.rule!r}: {self.what}; expected {self.expected}"
