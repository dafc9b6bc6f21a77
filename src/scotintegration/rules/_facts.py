"""What a finding says of the facts behind it, a sentence a fact (private)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.rules._saying import in_words
from scotintegration.rules._words import FACTS
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.rules._engine import Rule


def facts_of(rule: Rule, p: Partnership) -> Iterator[str]:
    """
    Say the facts that a rule reads, one sentence a fact.

    Args:
        rule: The rule.
        p: The partnership.

    Returns:
        Sentences in the order of the rule's fields.

    Raises:
        NotFoundError: If the rule names a fact that the library has no word for.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    for word in rule.fields:
        if word not in FACTS:
            raise NotFoundError.among("word for a fact", word, tuple(FACTS))
        label, read = FACTS[word]
        try:
            value = read(p)
        except UnknownFactError:
            value = UNKNOWN
        yield f"{label}: {in_words(value)}"
