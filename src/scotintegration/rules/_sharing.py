"""Facts that several rules need, worked out once a check (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from typing import Concatenate

    from scotintegration.partnership import Partnership

T = TypeVar("T")
P = ParamSpec("P")

_SHARED: Final[ContextVar[dict[Any, Any] | None]] = ContextVar("facts shared by the rules of one check", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Keep what rules work out until the end of one check, and no longer."""
    token = _SHARED.set({})
    try:
        yield
    finally:
        _SHARED.reset(token)


def once(fact: Callable[Concatenate[Partnership, P], T]) -> Callable[Concatenate[Partnership, P], T]:
    """
    Work a fact out once a check, however many rules ask for it.

    Args:
        fact: A function of a partnership and of hashable things, such as a day; it must depend on nothing else.

    Returns:
        The same function; outside a check it works the fact out each time, and what it raises is never kept.

    Source: our choice.

    >>> @once
    ... def councils(p):
    ...     return [council.id for council in p.local_authorities]
    >>> from scotintegration.examples import example
    >>> len(councils(example("joint-board")))
    2

    .. versionadded:: 0.1.0
    """

    @wraps(fact)
    def ask(p: Partnership, *args: P.args, **named: P.kwargs) -> T:
        shared = _SHARED.get()
        if shared is None:
            return fact(p, *args, **named)
        key = (fact, id(p), args, tuple(named.items())) if named else (fact, id(p), args)
        if key not in shared:
            shared[key] = fact(p, *args, **named)
        found: T = shared[key]
        return found

    return cast("Callable[Concatenate[Partnership, P], T]", ask)
