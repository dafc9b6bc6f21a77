"""Strategies for whole partnerships, lawful and not (private)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.budgets import Budget, Determination, Payment
from scotintegration.mends import completion
from scotintegration.money import Money, total
from scotintegration.partnership import Partnership
from scotintegration.rules import RULES, Severity
from scotintegration.strategies._values import FIRST_DAY, LAST_DAY, at_least, days, either, in_order, money

ONLY_WARN: Final = ("ETH-ijb-code", "FIN-accounts-30-sep")
"""Rules of statute that make nothing unlawful: one was not read at its source, and one is an aim."""

_MODELS: Final = ("a", "b", "c", "d")


@lru_cache(maxsize=128)
def _founded(model: str, councils: int, as_at: date) -> Partnership:
    """Found a partnership and make it lawful by the least that the law asks for."""
    bodies = [
        LocalAuthority(f"toy-council-{number}", name=f"Toytown {number} Council", councillors=30)
        for number in range(1, councils + 1)
    ]
    board = HealthBoard("toy-nhs", name="NHS Toytown")
    return completion(Partnership.between(board, *bodies, model=model, as_at=as_at)).after


@st.composite
def partnerships(
    draw: st.DrawFn,
    *,
    models: st.SearchStrategy[str] | None = None,
    min_councils: int = 1,
    max_councils: int = 3,
    amounts: st.SearchStrategy[Money] | None = None,
    min_day: date = FIRST_DAY,
    max_day: date = LAST_DAY,
) -> Partnership:
    """
    Draw a partnership that keeps every rule of statute, with no fact missing that one of them needs.

    It is founded with the least that the law asks for and then given money: what is paid in for each function comes
    out again under directions or, with a lead agency, in what that spends. It shrinks to an integration joint board of
    one council with the fewest functions and no money.

    Args:
        draw: What Hypothesis hands in.
        models: Letters of the model.
        min_councils: The fewest councils, 1 or more.
        max_councils: The most councils.
        amounts: What is paid for a function.
        min_day: The first day that may govern it.
        max_day: The last.

    Returns:
        A partnership.

    Raises:
        InvalidArgument: If the bounds are out of order, or *min_councils* is below 1.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, and what it cites.

    >>> from hypothesis import find
    >>> p = find(partnerships(min_day=date(2026, 4, 1), max_day=date(2026, 4, 2)), bool)
    >>> p.model.letter, len(p.local_authorities), p.check(only="statute").lawful
    ('a', 1, True)

    .. versionadded:: 0.1.0
    """
    at_least(1, min_councils, "min_councils")
    in_order(min_councils, max_councils, "councils")
    model = draw(either(models, st.sampled_from(_MODELS)))
    councils = draw(st.integers(min_councils, max_councils))
    p = _founded(model, councils, draw(days(min_day=min_day, max_day=max_day)))
    sums, known = either(amounts, money()), [one.id for one in p.functions.items]
    chosen = st.lists(st.sampled_from(known), max_size=4, unique=True) if known else st.just([])
    paid = {function: draw(sums) for function in draw(chosen)}
    return _with_money(p, paid) if paid else p


def _with_money(p: Partnership, paid: Mapping[str, Money]) -> Partnership:
    """Pay for functions, and pay it out again to whom the directions name."""
    budget: Budget = p.budgets.items[0]
    into, out, steps = list[Payment](), list[Payment](), []
    for one in p.functions.items:
        if one.id in paid:
            into.append(Payment(payer=one.delegator, payee=one.delegate, function=one.id, amount=paid[one.id]))
    for step in p.register.steps:
        paper = step.direction
        assert paper is not None
        named = [function for function in paper.functions.items if function in paid]
        (recipient,) = paper.given_to.items
        out += [
            Payment(payer=p.id, payee=recipient, function=one, amount=paid[one], direction=paper.id) for one in named
        ]
        steps.append(attrs.evolve(step, direction=paper.evolve(payment=total(paid[one] for one in named))))
    determined = [
        Determination(function=one.function, amount=paid.get(one.function, Money(0))) for one in budget.determined.items
    ]
    spent = Money(0) if p.ijb is not None else total(paid.values())
    money = attrs.evolve(budget, determined=determined, payments=[*into, *out], own_costs=spent)
    return p.evolve(budgets=[money], directions=attrs.evolve(p.register, steps=steps))


@st.composite
def unlawful_partnerships(draw: st.DrawFn, *, rule: str | None = None) -> Partnership:
    """
    Draw a partnership that breaks a rule, and no other of statute but those that fail with it.

    Args:
        draw: What Hypothesis hands in.
        rule: Id of the rule; by default any that makes a partnership unlawful. Rules of guidance, and
            others, may only warn.

    Returns:
        The example that comes with the rule.

    Raises:
        InvalidArgument: If there is no such rule, or it is a permission, which nothing breaks.

    Source: our choice.

    >>> from hypothesis import find
    >>> p = find(unlawful_partnerships(rule="PBJW-s10-chief-officer"), bool)
    >>> p.check()["PBJW-s10-chief-officer"].outcome.value
    'fail'

    .. versionadded:: 0.1.0
    """
    known = [one for one in RULES if one.fails is not None]
    unlawful = [one for one in known if one.severity is Severity.STATUTE and one.id not in ONLY_WARN]
    chosen = unlawful if rule is None else [one for one in known if one.id == rule]
    if not chosen:
        raise InvalidArgument(f"rule={rule!r} is none that can be broken; expected an id such as {known[0].id!r}")
    found = draw(st.sampled_from(chosen)).failing()
    assert found is not None
    return found
