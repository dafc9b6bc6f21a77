"""What a type checker must find in code that uses the library; checked, never run."""

from datetime import date
from typing import assert_type

import scotintegration as si
from scotintegration.unknown import Unknown


def whole_pence(amount: si.Money) -> int:
    """Money is whole pence, and adds to money."""
    assert_type(amount + amount, si.Money)
    return assert_type(amount.pence, int)


def narrowed(fact: date | Unknown) -> date | None:
    """Comparing with `is` tells a fact from one that nobody recorded."""
    if fact is si.UNKNOWN:
        return None
    return assert_type(fact, date)


def address(text: str) -> str:
    """A provision has an address."""
    return assert_type(si.cite(text), si.Citation).url
