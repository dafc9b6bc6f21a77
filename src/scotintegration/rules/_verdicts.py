"""The words of the rules: outcomes, severities, topics, and what a check says (private)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from scotintegration._choice import Choice
from scotintegration._shown import Shown


class Outcome(Choice):
    """
    What a rule says of a partnership.

    Source: our choice. All outcomes are reported, a pass too.

    >>> Outcome("cannot tell").name
    'CANNOT_TELL'

    .. versionadded:: 0.1.0
    """

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"
    WAIVED = "waived"
    NOT_APPLICABLE = "not applicable"
    CANNOT_TELL = "cannot tell"


_WORST: Final = (Outcome.FAIL, Outcome.CANNOT_TELL, Outcome.WARN)


class Severity(Choice):
    """
    On what a rule rests; only statute makes anything unlawful.

    Source: our choice.

    >>> Severity("statute") is Severity.STATUTE
    True

    .. versionadded:: 0.1.0
    """

    STATUTE = "statute"
    GUIDANCE = "guidance"
    INTERPRETATION = "interpretation"
    SCHEME = "scheme"


class Topic(Choice):
    """
    The parts of the rulebook.

    Source: our choice.

    >>> [topic.value for topic in Topic][:2]
    ['scheme', 'membership']

    .. versionadded:: 0.1.0
    """

    SCHEME = "scheme"
    MEMBERSHIP = "membership"
    PROCEEDINGS = "proceedings"
    MONEY = "money"
    DIRECTIONS = "directions"
    PLANNING = "planning"
    LEAD_AGENCY = "lead agency"
    OTHER_DUTIES = "other duties"


class Modality(Choice):
    """
    What a provision says: a duty, a ban, or a permission that guards against a false alarm.

    Source: our choice.

    >>> Modality("must_not").name
    'MUST_NOT'

    .. versionadded:: 0.1.0
    """

    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"


class Basis(Choice):
    """
    Whether a rule works its answer out from facts, or asks for a record that a duty was kept.

    Source: our choice.

    >>> Basis("evidence").name
    'EVIDENCE'

    .. versionadded:: 0.1.0
    """

    COMPUTED = "computed"
    EVIDENCE = "evidence"


@attrs.frozen(kw_only=True)
class Verdict(Shown):
    """
    One thing a check has to say.

    Attributes:
        outcome: Fail, warn or cannot tell.
        where: The spot, as a path into the partnership.
        what: What was found there.
        mend: What would put it right.
        considered: Candidates that were looked at and set aside, each with the reason.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    outcome: Outcome
    where: str
    what: str
    mend: str = ""
    considered: tuple[tuple[str, str], ...] = ()


def fail(where: str, what: str, mend: str, *, considered: Iterable[tuple[str, str]] = ()) -> Verdict:
    """
    Say that a rule is broken.

    Args:
        where: The spot, such as ``"functions['frailty']"``.
        what: What was found there, with the values.
        mend: What would put it right, in a sentence.
        considered: Candidates that were looked at and set aside, each with the reason.

    Returns:
        A verdict for a check to yield.

    Source: our choice.

    >>> fail("localities", "1 locality", mend="divide the area into two or more").outcome
    <Outcome.FAIL: 'fail'>

    .. versionadded:: 0.1.0
    """
    return Verdict(outcome=Outcome.FAIL, where=where, what=what, mend=mend, considered=tuple(considered))


def warn(where: str, what: str, mend: str = "", *, considered: Iterable[tuple[str, str]] = ()) -> Verdict:
    """
    Say that something needs a look, though nothing is unlawful.

    Args:
        where: The spot, such as ``"members"``.
        what: What was found there.
        mend: What would put it right.
        considered: Candidates that were looked at and set aside, each with the reason.

    Returns:
        A verdict for a check to yield.

    Source: our choice.

    >>> warn("members", "the seat of the nurse is vacant").outcome
    <Outcome.WARN: 'warn'>

    .. versionadded:: 0.1.0
    """
    return Verdict(outcome=Outcome.WARN, where=where, what=what, mend=mend, considered=tuple(considered))


def cannot_tell(where: str, what: str, *, considered: Iterable[tuple[str, str]] = ()) -> Verdict:
    """
    Say that a fact is missing, and which.

    Args:
        where: The spot, such as ``"budgets['2026/27'].set_on"``.
        what: The fact that nobody recorded.
        considered: Candidates that were looked at and set aside, each with the reason.

    Returns:
        A verdict for a check to yield.

    Source: our choice.

    >>> cannot_tell("members", "no public source names them").outcome
    <Outcome.CANNOT_TELL: 'cannot tell'>

    .. versionadded:: 0.1.0
    """
    return Verdict(outcome=Outcome.CANNOT_TELL, where=where, what=what, considered=tuple(considered))


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """Give the outcome that a set of verdicts comes to."""
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((outcome for outcome in _WORST if outcome in outcomes), Outcome.PASS)
