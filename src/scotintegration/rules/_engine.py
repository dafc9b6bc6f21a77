"""The engine of the rules: what a rule is, how it is registered, and how it is asked (private)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, SupportsIndex, TypeAlias

import attrs

from scotintegration._missing import place_of
from scotintegration._shown import Shown
from scotintegration.citations import Citation, citations
from scotintegration.dates import Interval, day
from scotintegration.errors import NotFoundError, RuleError, UnknownFactError
from scotintegration.rules._verdicts import Basis, Modality, Outcome, Severity, Topic, Verdict, cannot_tell, worst
from scotintegration.schemes import Model

if TYPE_CHECKING:
    from scotintegration.bodies import IJB, MonitoringCommittee
    from scotintegration.partnership import Partnership

Check: TypeAlias = "Callable[[Partnership, date], Iterable[Verdict]]"
Make: TypeAlias = "Callable[[], Partnership]"
Change: TypeAlias = "Callable[[Partnership], Partnership]"
Made: TypeAlias = "Callable[[], Partnership]"

ALL_MODELS: Final = tuple(Model)
_SHIPPED: Final = "scotintegration.rules."
"""How the name of a shipped check begins."""

_COMMITTEES: Final = "SSI 2014/281"
"""The Order on monitoring committees."""


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
        mends: The least change of values after which a partnership keeps it; None for rules that are shipped, whose
            mends are in :mod:`scotintegration.mends`, and where none is known.
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
    mends: Change | None = attrs.field(repr=False)
    examples_at: date | None
    where: str

    @property
    def citation(self) -> Citation:
        """The first provision it rests on."""
        return self.citations[0]

    @cached_property
    def _asks_of(self) -> str | None:
        """Where the board or committee stands whose members and meetings it asks about; None where it does not."""
        if self.topic in (Topic.MEMBERSHIP, Topic.PROCEEDINGS):
            return "ijb"
        of_committees = any(one.instrument is not None and one.instrument.id == _COMMITTEES for one in self.citations)
        return "monitoring_committee" if of_committees else None

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

    def mended(self, p: Partnership) -> Partnership:
        """
        Give the partnership that keeps the rule, by the least change of values.

        What the change states has still to be made true; records that it adds are marked as assumed.

        Args:
            p: The partnership, as at its day and bound to its law.

        Returns:
            A partnership; the same one where the rule is kept already or does not apply.

        Raises:
            RuleError: If no change of values that mends it is known.

        Source:
            Its citations.

        .. versionadded:: 0.1.0
        """
        if not self.is_open(p):
            return p
        if self.mends is not None:
            return self.mends(p)
        if not self.where.startswith(_SHIPPED):
            raise RuleError(self.id, "no change of values that mends it is known", "mends= with one")
        from scotintegration.mends import mend_of

        return mend_of(self.id)(p)

    def is_open(self, p: Partnership) -> bool:
        """
        Tell whether something is left to do: the rule is broken, warns or cannot be told.

        Args:
            p: The partnership, as at its day and bound to its law.

        Returns:
            False where it is kept or does not apply.

        Source:
            Its citations.

        .. versionadded:: 0.1.0
        """
        try:
            applies = self.not_applicable(p) is None
        except UnknownFactError:
            return True
        return applies and bool(self.verdicts(p))

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
        if self._asks_of is None:
            return None
        body: IJB | MonitoringCommittee | None = getattr(p, self._asks_of)
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
            where = place_of(missing.what) or self.topic.value
            found.append(cannot_tell(where, f"{missing.what} is not recorded"))
        return tuple(found)


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
    mends: Change | None = None,
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
        mends: The least change of values after which a partnership keeps it.
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
            mends=mends,
            examples_at=None if examples_at is None else day(examples_at),
            where=f"{check.__module__}.{getattr(check, '__qualname__', id)}",
        )
        if register:
            held = _REGISTRY.get(id)
            if held is not None and held.where != made.where:
                raise RuleError(id, f"it is registered already, from {held.where}", "an id of its own")
            if not made.where.startswith(_SHIPPED):
                _behaves(made)
            _REGISTRY[id] = made
        return made

    return decorate


def shipped(modules: Iterable[object]) -> Iterator[Rule]:
    """List the rules that modules define, in order of id."""
    found = {rule.id: rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    yield from (found[id] for id in sorted(found))
