"""
Facts that nobody recorded, and collections known only in part.

A blank in public data is no answer. Guessing it silently would make a breach
out of a gap, so whatever needs the blank raises an error that names it.
"""

from __future__ import annotations

import builtins
import enum
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Final, Generic, NoReturn, TypeVar, overload

import attrs

from scotintegration._shown import Printed
from scotintegration.errors import UnknownFactError

__all__ = ["UNKNOWN", "Listing", "Unknown", "known"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S")

_REFUSED = (
    *("__lt__", "__le__", "__gt__", "__ge__"),
    *("__add__", "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__", "__divmod__", "__pow__"),
    *("__radd__", "__rsub__", "__rmul__", "__rtruediv__", "__rfloordiv__", "__rmod__", "__rdivmod__", "__rpow__"),
    *("__abs__", "__neg__", "__pos__", "__round__", "__int__", "__float__", "__index__"),
    *("__len__", "__iter__", "__contains__", "__getitem__"),
)


class Unknown(enum.Enum):
    """
    The type of `UNKNOWN`, which is its only value.

    Compare with ``is``. Equality is identity; every other question (its truth,
    order, sum, size or items) raises, for the answer would be made up.

    Raises:
        UnknownFactError: If it is asked for anything but its identity.

    Source:
        Our choice: a missing fact is neither no nor nothing.

    >>> UNKNOWN
    UNKNOWN
    >>> UNKNOWN < 3
    Traceback (most recent call last):
    scotintegration.errors.UnknownFactError: cannot tell without a fact that nobody recorded

    .. versionadded:: 0.1.0
    """

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __str__(self) -> str:
        return "unknown"

    def __bool__(self) -> bool:
        raise UnknownFactError


def _refuse(self: Unknown, *args: object) -> NoReturn:
    raise UnknownFactError


# Set here and not in the class, so that type checkers go on refusing the arithmetic too.
for _name in _REFUSED:
    setattr(Unknown, _name, _refuse)
del _name

UNKNOWN: Final = Unknown.UNKNOWN
"""A fact that nobody recorded; compare with ``is``."""


def known(x: T | Unknown, what: str) -> T:
    """
    Return a fact, or say which one is missing.

    Args:
        x: The fact, perhaps `UNKNOWN`.
        what: The fact as a phrase with its article, for the error.

    Returns:
        *x*, once it is known.

    Raises:
        UnknownFactError: If *x* is `UNKNOWN`.

    >>> known(7, "the number of members")
    7
    >>> known(UNKNOWN, "the number of members")
    Traceback (most recent call last):
    scotintegration.errors.UnknownFactError: cannot tell without the number of members

    .. versionadded:: 0.1.0
    """
    if isinstance(x, Unknown):
        raise UnknownFactError(what)
    return x


def _tuple(items: Iterable[T]) -> tuple[T, ...]:
    if type(items) is tuple:
        return items
    if isinstance(items, str | bytes):
        raise TypeError(f"a collection was expected, got the text {items!r}; put it in a list")
    if isinstance(items, Set):
        try:
            return tuple(sorted(items))
        except TypeError:
            return tuple(sorted(items, key=repr))
    return tuple(items)


@attrs.frozen(repr=False)
class Listing(Printed, Generic[T_co]):
    """
    An immutable collection that may be known only in part.

    Attributes:
        items: What is known to be in it, in order. A set is sorted.
        complete: Whether nothing else is in it.

    Raises:
        TypeError: If *items* is a text.
        UnknownFactError: If an answer hangs on items that are not known.

    Source:
        Our choice: absence from a list that may be longer is no fact.

    >>> members = Listing(["Shona", "Iain"], complete=False)
    >>> members, len(members), "Iain" in members
    (Listing('Shona', 'Iain', complete=False), 2, True)
    >>> "Morag" in members
    Traceback (most recent call last):
    scotintegration.errors.UnknownFactError: cannot tell without the rest of a collection known only in part

    .. versionadded:: 0.1.0
    """

    items: tuple[T_co, ...] = attrs.field(default=(), converter=_tuple)
    complete: bool = attrs.field(default=True, validator=attrs.validators.instance_of(bool))

    @classmethod
    def of(cls, x: Listing[T_co] | Iterable[T_co] | Unknown) -> Listing[T_co]:
        """
        Make a listing of what is there: the converter of fields.

        Args:
            x: A listing, an iterable (then complete) or `UNKNOWN` (then nothing is known).

        Returns:
            The listing.

        Raises:
            TypeError: If *x* is a text, or cannot be iterated over.

        >>> Listing.of(["a"]), Listing.of(UNKNOWN)
        (Listing('a'), Listing(complete=False))

        .. versionadded:: 0.1.0
        """
        if isinstance(x, Unknown):
            return cls((), False)
        return x if isinstance(x, Listing) else cls(x)

    @staticmethod
    def partial(*items: T) -> Listing[T]:
        """
        Make a listing that may hold more than these items.

        >>> Listing.partial("a", "b")
        Listing('a', 'b', complete=False)

        .. versionadded:: 0.1.0
        """
        return Listing(items, False)

    def __repr__(self) -> str:
        parts = [repr(item) for item in self.items]
        return f"Listing({', '.join(parts if self.complete else [*parts, 'complete=False'])})"

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item: object) -> bool:
        return item in self.items or self._beyond()

    def __bool__(self) -> bool:
        return len(self.items) > 0 or self._beyond()

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self.items[index]

    def any(self, predicate: Callable[[T_co], object]) -> bool:
        """
        Say whether some item satisfies a predicate.

        Args:
            predicate: Asked of each item until one satisfies it. It may raise
                `UnknownFactError`, or return `UNKNOWN`: then another item must decide.

        Returns:
            Whether one does.

        Raises:
            UnknownFactError: If no known item does, and one not known might.

        >>> Listing.partial(3, 12).any(lambda n: n > 10)
        True

        .. versionadded:: 0.1.0
        """
        return self._decide(predicate, True)

    def all(self, predicate: Callable[[T_co], object]) -> bool:
        """
        Say whether every item satisfies a predicate.

        Args:
            predicate: Asked of each item until one fails it. It may raise
                `UnknownFactError`, or return `UNKNOWN`: then another item must decide.

        Returns:
            Whether all of them do.

        Raises:
            UnknownFactError: If every known item does, and one not known might not.

        >>> Listing.partial(3, 12).all(lambda n: n > 10)
        False

        .. versionadded:: 0.1.0
        """
        return not self._decide(predicate, False)

    def count(self, predicate: Callable[[T_co], object]) -> int:
        """
        Count the items that satisfy a predicate.

        Raises:
            UnknownFactError: If the listing is incomplete, or the predicate cannot tell.

        >>> Listing([3, 12, 14]).count(lambda n: n > 10)
        2

        .. versionadded:: 0.1.0
        """
        self._complete_or_raise()
        return sum(1 for item in self.items if predicate(item))

    def where(self, predicate: Callable[[T_co], object]) -> Listing[T_co]:
        """
        Keep the items that satisfy a predicate.

        Returns:
            Those items, as complete as before. An item of which the predicate
            cannot tell is left out, and the result is then incomplete.

        >>> Listing.partial(3, 12, 14).where(lambda n: n > 10)
        Listing(12, 14, complete=False)

        .. versionadded:: 0.1.0
        """
        kept: list[T_co] = []
        complete = self.complete
        for item in self.items:
            try:
                if predicate(item):
                    kept.append(item)
            except UnknownFactError:
                complete = False
        return Listing(tuple(kept), complete)

    def map(self, function: Callable[[T_co], S]) -> Listing[S]:
        """
        Apply a function to every item.

        Returns:
            The results in the same order, as complete as before.

        >>> Listing(["a", "b"]).map(str.upper)
        Listing('A', 'B')

        .. versionadded:: 0.1.0
        """
        return Listing(tuple([function(item) for item in self.items]), self.complete)

    def sorted(self, key: Callable[[T_co], object]) -> Listing[T_co]:
        """
        Put the items in the order of a key; equal keys stay as they were.

        Args:
            key: Gives what the items are ordered by.

        Returns:
            The same items, as complete as before.

        >>> Listing(["bb", "a"]).sorted(len)
        Listing('a', 'bb')

        .. versionadded:: 0.1.0
        """
        if len(self.items) < 2:
            return self
        return Listing(tuple(builtins.sorted(self.items, key=key)), self.complete)  # type: ignore[arg-type]

    def _decide(self, predicate: Callable[[T_co], object], decisive: bool) -> bool:
        """Whether some item's truth is the decisive one."""
        undecided: UnknownFactError | None = None
        for item in self.items:
            try:
                if bool(predicate(item)) is decisive:
                    return True
            except UnknownFactError as error:
                undecided = undecided or error
        if undecided is not None:
            raise undecided
        return self._beyond()

    def _beyond(self) -> bool:
        """Whether something beyond the known items matters: no, or nobody knows."""
        self._complete_or_raise()
        return False

    def _complete_or_raise(self) -> None:
        if not self.complete:
            raise UnknownFactError("the rest of a collection known only in part")
