"""The engine of the rules: what a rule is, how it is registered, and how it is asked (private)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final, SupportsIndex, TypeAlias

import attrs

from scotintegration._choice import Choice
from scotintegration._shown import Shown
from scotintegration.citations import Citation, citations
from scotintegration.dates import Interval, day
from scotintegration.errors import NotFoundError, RuleError, UnknownFactError
from scotintegration.schemes import Model

if TYPE_CHECKING:
    from scotintegration.bodies import IJB, MonitoringCommittee
    from scotintegration.partnership import Partnership

Check: TypeAlias = "Callable[[Partnership, date], Iterable[Verdict]]"
Make: TypeAlias = "Callable[[], Partnership]"
Change: TypeAlias = "Callable[[Partnership], Partnership]"
Made: TypeAlias = "Callable[[], Partnership]"

ALL_MODELS: Final = tuple(Model)
_COMMITTEES: Final = "SSI 2014/281"
"""The Order on monitoring committees."""


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


@attrs.frozen(kw_only=True, eq=False)
class Rule(Shown):
    """
    A rule of governance: what it asks, on which law it rests, and two examples.

    Attributes:
        id: Its public id, never used for another rule.
        title: What it asks, in a sentence.
        citations: The provisions it rests on.
        severity: Statute, guidance, interpretation or scheme.
        topic: The part of the rulebook.
        models: The models of s. 1(4) it applies to.
        councils: ``"one"`` or ``"several"`` where only schemes of one council, or only joint schemes, are caught.
        days: The days on which it is in force.
        modality: Duty, ban or permission.
        basis: Computed or evidence.
        duty_on: Whose duty it is.
        entails: Ids of rules that necessarily fail with it.
        fields: The facts it reads, in the words of the rulebook.
        verified: Whether its text was read against the source; a rule not verified only warns.
        passes: An example that keeps it: a partnership, what makes one, or the name of one of
            :mod:`scotintegration.examples`.
        fails: An example that breaks it: a partnership, or a change to the example that keeps it.
        examples_at: The day on which the examples are to be looked at; None for their own.
        where: Module and name of the check.

    Source:
        Its citations.

    .. versionadded:: 0.1.0
    """

    id: str
    check: Check = attrs.field(repr=False)
    title: str
    citations: tuple[Citation, ...]
    severity: Severity
    topic: Topic
    models: tuple[Model, ...]
    councils: str | None
    days: Interval
    modality: Modality
    basis: Basis
    duty_on: str
    entails: tuple[str, ...]
    fields: tuple[str, ...]
    verified: bool
    passes: Partnership | Made | str = attrs.field(repr=False)
    fails: Partnership | Change | None = attrs.field(repr=False)
    examples_at: date | None
    where: str

    @property
    def citation(self) -> Citation:
        """The first provision it rests on."""
        return self.citations[0]

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Pickle and copy a registered rule as itself: by its id."""
        if _REGISTRY.get(self.id) is self:
            return find, (self.id,)
        return super().__reduce_ex__(protocol)

    def passing(self) -> Partnership:
        """
        Give the example that keeps the rule.

        Returns:
            A partnership.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if isinstance(self.passes, str):
            from scotintegration.examples import example

            found = example(self.passes)
        else:
            found = self.passes() if callable(self.passes) else self.passes
        return found if self.examples_at is None else found.at(self.examples_at)

    def failing(self) -> Partnership | None:
        """
        Give the example that breaks the rule.

        Returns:
            A partnership; None for a permission, which nothing breaks.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if self.fails is None:
            return None
        if not callable(self.fails):
            return self.fails if self.examples_at is None else self.fails.at(self.examples_at)
        return self.fails(self.passing())

    def not_applicable(self, p: Partnership) -> str | None:
        """
        Say why the rule does not apply to a partnership.

        Args:
            p: The partnership, as at its day and bound to its law.

        Returns:
            The reason; None where it applies.

        Raises:
            UnknownFactError: If the model decides it and the scheme claims several.

        Source:
            Its citations.

        .. versionadded:: 0.1.0
        """
        if p.law.as_at not in self.days:
            return f"it is in force {self.days}, not on {p.law.as_at.isoformat()}"
        later = self._body_to_come(p)
        if later is not None:
            return later
        if self.models != ALL_MODELS and p.model not in self.models:
            letters = ", ".join(model.letter for model in self.models)
            return f"it is for model {letters}, not {p.model.letter}"
        if self.councils == "one" and p.scheme.is_joint:
            return "it is for schemes of one council"
        if self.councils == "several" and not p.scheme.is_joint:
            return "it is for joint schemes"
        return None

    def _body_to_come(self, p: Partnership) -> str | None:
        """Say that the board or committee whose members and meetings are asked about is still to be set up."""
        if self.topic in (Topic.MEMBERSHIP, Topic.PROCEEDINGS):
            body: IJB | MonitoringCommittee | None = p.ijb
        elif any(one.instrument is not None and one.instrument.id == _COMMITTEES for one in self.citations):
            body = p.monitoring_committee
        else:
            return None
        day = None if body is None else body.established_on
        return f"its board is established on {day.isoformat()}" if isinstance(day, date) and p.as_at < day else None

    def verdicts(self, p: Partnership) -> tuple[Verdict, ...]:
        """
        Ask the rule of a partnership to which it applies.

        Args:
            p: The partnership, as at its day and bound to its law.

        Returns:
            What the check has to say; nothing means that it is kept. A fact that is missing is one verdict.

        Source:
            Its citations.

        .. versionadded:: 0.1.0
        """
        found: list[Verdict] = []
        try:
            for verdict in self.check(p, p.as_at):
                softened = verdict.outcome is Outcome.FAIL and not self.verified
                found.append(attrs.evolve(verdict, outcome=Outcome.WARN) if softened else verdict)
        except UnknownFactError as missing:
            found.append(cannot_tell(self.topic.value, f"{missing.what} is not recorded"))
        return tuple(found)


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """Give the outcome that a set of verdicts comes to."""
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((outcome for outcome in _WORST if outcome in outcomes), Outcome.PASS)


_REGISTRY: Final[dict[str, Rule]] = {}


def registry() -> dict[str, Rule]:
    """
    Give every rule registered so far, shipped and own, by id.

    Returns:
        A new mapping in order of id.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    return dict(sorted(_REGISTRY.items()))


def find(id: str) -> Rule:
    """
    Give a registered rule by its id.

    Args:
        id: Its id.

    Returns:
        The rule.

    Raises:
        NotFoundError: If no rule has the id, with suggestions.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    if id not in _REGISTRY:
        raise NotFoundError.among("rule", id, tuple(registry()))
    return _REGISTRY[id]


def _models(letters: str) -> tuple[Model, ...]:
    if not letters or set(letters) - set(Model):
        raise ValueError(f"models must be letters of 'abcd', got {letters!r}")
    return tuple(model for model in Model if model.letter in letters)


def _behaves(rule: Rule) -> None:
    """Refuse a rule whose examples do not behave."""
    for name, p, wanted in (("passes", rule.passing(), Outcome.PASS), ("fails", rule.failing(), Outcome.FAIL)):
        if p is None:
            continue
        if rule.not_applicable(p) is not None:
            raise RuleError(rule.id, f"its example {name}= is not caught: {rule.not_applicable(p)}", "one that is")
        got = worst(rule.verdicts(p))
        if got is not wanted:
            said = "; ".join(f"{verdict.where}: {verdict.what}" for verdict in rule.verdicts(p)) or "nothing"
            raise RuleError(rule.id, f"its example {name}= gives {got.value!r} ({said})", f"{wanted.value!r}")


def rule(
    id: str,
    *,
    cites: str,
    severity: str,
    topic: str = "other duties",
    models: str = "abcd",
    in_force: str | Interval | None = None,
    until: str | None = None,
    modality: str = "must",
    basis: str = "computed",
    councils: str | None = None,
    duty_on: str = "",
    entails: Iterable[str] = (),
    fields: str = "",
    verified: bool = True,
    passes: Partnership | Made | str,
    fails: Partnership | Change | None,
    examples_at: str | None = None,
    register: bool = True,
) -> Callable[[Check], Rule]:
    """
    Make a rule of a check.

    Args:
        id: Its public id.
        cites: The provisions it rests on, as :func:`scotintegration.citations.citations` reads them.
        severity: ``"statute"``, ``"guidance"``, ``"interpretation"`` or ``"scheme"``.
        topic: The part of the rulebook.
        models: Letters of the models it applies to.
        in_force: First day it is in force; by default always.
        until: Last day it is in force; by default it still is.
        modality: ``"must"``, ``"must_not"`` or ``"may"``.
        basis: ``"computed"`` or ``"evidence"``.
        councils: ``"one"`` or ``"several"`` where only single or only joint schemes are caught.
        duty_on: Whose duty it is.
        entails: Ids of rules that necessarily fail with it.
        fields: The facts it reads, separated by semicolons.
        verified: Whether its text was read against the source.
        passes: An example that keeps it, its name, or what makes it.
        fails: An example that breaks it, or a change to the one that keeps it; None for a permission.
        examples_at: The day on which the examples are looked at.
        register: Whether to add it to the registry, after trying both examples.

    Returns:
        A decorator that turns a check into a :class:`Rule`.

    Raises:
        RuleError: If the id is taken by a rule from elsewhere, the check has no docstring, or an example
            does not behave.
        ValueError: If a word is not one of those above.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    def decorate(check: Check) -> Rule:
        title = inspect.cleandoc(check.__doc__ or "").split("\n\n")[0].replace("\n", " ").rstrip(".")
        if not title:
            raise RuleError(id, "its check has no docstring", "one sentence that says what it asks")
        if fails is None and modality != Modality.MAY:
            raise RuleError(id, "it has no failing example", "one, unless its modality is 'may'")
        if councils not in (None, "one", "several"):
            raise ValueError(f"councils must be 'one', 'several' or None, got {councils!r}")
        days = in_force if isinstance(in_force, Interval) else Interval.through(in_force, until)
        made = Rule(
            id=id,
            check=check,
            title=title,
            citations=citations(cites),
            severity=Severity(severity),
            topic=Topic(topic),
            models=_models(models),
            councils=councils,
            days=days,
            modality=Modality(modality),
            basis=Basis(basis),
            duty_on=duty_on,
            entails=tuple(entails),
            fields=tuple(word.strip() for word in fields.split(";") if word.strip()),
            verified=verified,
            passes=passes,
            fails=fails,
            examples_at=None if examples_at is None else day(examples_at),
            where=f"{check.__module__}.{getattr(check, '__qualname__', id)}",
        )
        if register:
            held = _REGISTRY.get(id)
            if held is not None and held.where != made.where:
                raise RuleError(id, f"it is registered already, from {held.where}", "an id of its own")
            if not made.where.startswith("scotintegration.rules."):
                _behaves(made)
            _REGISTRY[id] = made
        return made

    return decorate


def shipped(modules: Iterable[object]) -> Iterator[Rule]:
    """List the rules that modules define, in order of id."""
    found = {rule.id: rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    yield from (found[id] for id in sorted(found))
