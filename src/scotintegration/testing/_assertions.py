"""Assertions for test suites (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scotintegration.dates import day
from scotintegration.errors import ConservationError, UnknownFactError
from scotintegration.flows import Flows
from scotintegration.interchange import dumps, loads
from scotintegration.money import total
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.reports import Report
from scotintegration.testing._trial import named, why


def _report(subject: Partnership | Report) -> Report:
    return subject if isinstance(subject, Report) else subject.check()


def assert_lawful(subject: Partnership | Report, *, allow_unknown: bool = False) -> None:
    """
    Assert that statute is kept.

    Args:
        subject: A partnership, every rule of which is asked, or a report.
        allow_unknown: Whether to be content where no breach was found but not everything can be told.

    Raises:
        AssertionError: With every breach, its provision and what would mend it; or with what cannot be told.

    Source: our choice.

    >>> from scotintegration.examples import example
    >>> assert_lawful(example("body-corporate"))

    .. versionadded:: 0.1.0
    """
    report = _report(subject)
    if report.unlawful:
        found = [f"{one}\n    to mend: {one.mend}" if one.mend else str(one) for one in report.unlawful]
    elif report.lawful is True or allow_unknown:
        return
    else:
        found = [str(one) for one in report.cannot_tell if report[one.rule].severity.value == "statute"]
    raise AssertionError("\n  ".join([f"{report.name} as at {report.as_at}: {report.summary}", *found]))


def assert_unlawful(subject: Partnership | Report, rule: str) -> None:
    """
    Assert that a rule finds a breach.

    Args:
        subject: A partnership, every rule of which is asked, or a report.
        rule: Id of the rule.

    Raises:
        AssertionError: If the rule does not fail; with what it says instead.
        NotFoundError: If there is no such rule, or it was not asked.

    Source: our choice.

    >>> from scotintegration.examples import example
    >>> assert_unlawful(example("vacant-chief-officer"), "PBJW-s10-chief-officer")

    .. versionadded:: 0.1.0
    """
    report = _report(subject)
    result = report[rule]
    if result.would_be.value != "fail":
        said = "; ".join(map(str, result.findings)) or result.reason or "nothing found"
        raise AssertionError(
            f"{report.name} as at {report.as_at}: {rule} comes to {result.would_be.value!r} ({said}); "
            f"expected a breach of {result.rule.citation.printed}"
        )


def assert_conserved(subject: Flows | Partnership) -> None:
    """
    Assert that no penny was made or lost.

    Args:
        subject: The money of a year, or a partnership, of which every year with a budget is asked.

    Raises:
        AssertionError: If what came in is not what was directed, kept and settled, if what bodies hold does not add
            up to nothing, or if that cannot be told; with the year and both sums.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 27 and 28(3) to (4), read together.

    >>> from scotintegration.examples import example
    >>> assert_conserved(example("body-corporate"))

    .. versionadded:: 0.1.0
    """
    if isinstance(subject, Partnership):
        for budget in subject.budgets.items:
            assert_conserved(subject.money(budget.year))
        return
    try:
        subject.conserve()
    except (ConservationError, UnknownFactError) as error:
        raise AssertionError(str(error)) from error
    held = subject.balances()
    if total(held.values()):
        sums = ", ".join(f"{body} {amount}" for body, amount in held.items())
        raise AssertionError(f"what bodies hold of {subject.year} adds up to {total(held.values())}, not £0: {sums}")


def assert_in_force(register: DirectionsRegister, references: Iterable[str], *, on: date | str) -> None:
    """
    Assert that these directions and no others are in force on a day.

    Args:
        register: The register.
        references: References of the directions.
        on: The day.

    Raises:
        AssertionError: Which direction is in force and was not expected, or the other way round, and why.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

    >>> from scotintegration.directions import Direction
    >>> register = DirectionsRegister("toy-ijb").issue(
    ...     Direction("D-1", functions=["respite"], effective_from="2026-04-01", in_writing=True))
    >>> assert_in_force(register, ["D-1"], on="2026-04-01")
    >>> assert_in_force(register, [], on="2026-04-01")
    Traceback (most recent call last):
    AssertionError: 'D-1' is in force on 2026-04-01, not none: 'D-1': it is in force since 2026-04-01 [s. 26(1)]

    .. versionadded:: 0.1.0
    """
    when, expected = day(on), {*((references,) if isinstance(references, str) else references)}
    found = register.in_force(on=when)
    live = {one.id for one in found}
    for reference in expected - live:
        register[reference]  # one that is not here has no reason
    if live != expected:
        reasons = "; ".join(f"{one!r}: {why(register, one, when)}" for one in sorted(live ^ expected))
        verb = "are" if len(live) > 1 else "is"
        said = f"{named(live)} {verb} in force on {when}, not {named(expected)}: {reasons}"
        raise AssertionError(said)
    if not found.complete:
        raise AssertionError(f"whether others are in force on {when} cannot be told; expected {named(expected)} only")


def assert_round_trip(value: object) -> None:
    """
    Assert that a value written as JSON reads back equal.

    Args:
        value: A partnership, network, register, direction or other value that a partnership holds.

    Raises:
        AssertionError: If what is read back differs.
        TypeError: If there is no JSON for its class.

    Source: our choice.

    >>> from scotintegration.directions import Direction
    >>> assert_round_trip(Direction("D-1", payment="£9"))

    .. versionadded:: 0.1.0
    """
    text = dumps(value)
    back = loads(text, kind=type(value))
    if back != value or dumps(back) != text:
        raise AssertionError(f"{value!r} reads back from JSON as {back!r}")
