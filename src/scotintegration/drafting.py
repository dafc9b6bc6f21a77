"""Drafting: a new direction, and what is missing in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import MaybeDate
from scotintegration.approvals import Reference
from scotintegration.bodies import Body
from scotintegration.dates import FinancialYear
from scotintegration.differences._as_code import Group, flat, literal
from scotintegration.directions import Direction
from scotintegration.errors import DuplicateError, NotFoundError, RuleError
from scotintegration.findings import Finding, RuleResult, Waiver
from scotintegration.functions import DelegatedFunction
from scotintegration.lifecycle import State, StepKind
from scotintegration.reports import DISCLAIMER, Report
from scotintegration.rules import RULES, Outcome, Reform, Rule, Verdict, ask, check, find
from scotintegration.rules._reading import meant_by, of_each
from scotintegration.rules.drafting import PER_DIRECTION
from scotintegration.steps import Step
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["DirectionReport", "check_direction", "draft_direction"]

_NUMBERED: Final = re.compile(r"(.*?)([0-9]+)")
_SHIPPED: Final = frozenset(rule.id for rule in RULES)
_NOT_GIVEN: Final = (State.DRAFTED, State.RECOMMENDED, State.APPROVED)
"""States in which a direction may still be put in other words."""

_TO_BE_TRUE: Final = "What a change states has still to be made true."

_LATER: Final = "PBJW-s27-5a-vary-own"
"""The rule that asks which of two directions was given later, and so wants a draft to be looked at as issued."""


# -- a draft -----------------------------------------------------------------------------------------------------


def draft_direction(
    p: Partnership,
    *,
    given_to: Iterable[Body | str] | Body | str,
    functions: Iterable[DelegatedFunction | str],
    strict: bool = True,
    **fields: object,
) -> Direction:
    """
    Draft a direction of the integration authority, with a reference that is free.

    What is not said is not filled in: it stays None, not written yet, for :func:`check_direction` to ask for.

    Args:
        p: The partnership.
        given_to: The bodies it is given to, or their ids.
        functions: The delegated functions it is for, or their ids.
        strict: Whether to refuse bodies that may not be directed, functions that are not delegated on the day it
            takes effect, and earlier directions that are not in the register.
        fields: Other fields of a :class:`Direction`; *id* is by default the next number, as the register writes them.

    Returns:
        The draft, which is in no register yet.

    Raises:
        NotFoundError: If *strict* and a body, a function or an earlier direction is not one of those, with suggestions.
        TypeError: If there is no such field, or a field has the wrong type.
        ValueError: If a field holds what no direction can, or an earlier direction is named by a reference that
            several years use.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 26. The numbering is our choice.

    >>> from scotintegration.examples import example
    >>> p = example("body-corporate")
    >>> draft = draft_direction(p, given_to=p.health_board, functions=["district-nursing"])
    >>> draft.issuer, draft.payment is None, p.draft_direction(given_to="nhs-glenmore", functions=[], id="7").id
    ('strathallan-ijb', True, '7')

    .. versionadded:: 0.1.0
    """
    named = Listing.of(functions).map(lambda one: one.id if isinstance(one, DelegatedFunction) else one)
    id = fields.pop("id", None)
    draft = Direction(
        "draft" if id is None else id,  # type: ignore[arg-type]
        issuer=p.directions.issuer,
        given_to=given_to,
        functions=named,
    ).evolve(**fields)
    if strict:
        _refuse_strangers(p.at(_day_of(p, draft)), draft)
    return draft if id is not None else draft.evolve(id=_next_reference(p, draft))


def _refuse_strangers(p: Partnership, draft: Direction) -> None:
    """Refuse bodies, functions and earlier directions that the partnership does not have."""
    parties = [body.id for body in p.parties]
    delegated = [one.id for one in p.functions.items]
    for recipient in draft.given_to.items:
        if recipient not in parties:
            raise NotFoundError.among("body that may be directed", recipient, parties)
    for function in draft.functions.items:
        if function not in delegated and p.functions.complete:
            raise NotFoundError.among(f"function delegated on {p.as_at.isoformat()}", function, delegated)
    for target in draft.targets:
        if p.directions.complete or meant_by(p, target):
            p.directions[target]  # refuses one that is not here, or of which it is not clear which is meant


def _next_reference(p: Partnership, draft: Direction) -> str:
    """
    Give the number after the last one of its year, written as that is; "1" where none has a number.

    Where nothing is numbered in its year yet the last of another year is followed, and where that begins with its
    year numbers begin again.
    """
    year = FinancialYear.of(_day_of(p, draft)) if draft.year in (None, UNKNOWN) else draft.year
    held = p.directions.directions
    taken = {id for one in held for id in (one.id, *one.aliases.items)}
    own = [one for one in held if one.issuer in (draft.issuer, None, UNKNOWN)]
    numbered = [(one, found) for one in own if (found := _NUMBERED.fullmatch(one.id))]
    model = next((pair for pair in reversed(numbered) if pair[0].year == year), numbered[-1] if numbered else None)
    if model is None:
        return _free("", 1, 1, taken)
    one, found = model
    prefix, width = found[1], len(found[2])
    if isinstance(one.year, FinancialYear) and isinstance(year, FinancialYear):
        prefix = prefix.replace(str(one.year.start.year), str(year.start.year))
    used = [int(found[2]) for _, found in numbered if found[1] == prefix]
    return _free(prefix, width, max(used, default=0) + 1, taken)


def _free(prefix: str, width: int, number: int, taken: set[str]) -> str:
    while f"{prefix}{number:0{width}d}" in taken:
        number += 1
    return f"{prefix}{number:0{width}d}"


def _day_of(p: Partnership, direction: Direction) -> date:
    """Give the day from which a direction would bind: its own or, where it has none, that of today or its decision."""
    if isinstance(direction.binds_from, date):
        return direction.binds_from
    return max(p.as_at, direction.decided_on) if isinstance(direction.decided_on, date) else p.as_at


# -- what is missing in it ---------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DirectionReport(Report):
    """
    What every rule about single directions said of one direction.

    Attributes:
        direction: The direction, as it was handed in.

    Source:
        The citations of the rules. Not legal advice.

    .. versionadded:: 0.1.0
    """

    direction: Direction
    _case: _Case = attrs.field(alias="case", eq=False, repr=False)

    @property
    def _heading(self) -> str:
        law = "" if self.law_as_at == self.as_at else f", law as at {self.law_as_at.isoformat()}"
        reform = f", under the reform {self.reform!r}" if self.reform else ""
        return (
            f"Direction {self.direction.id!r}, {self.name}, as at {self.as_at.isoformat()}{law}{reform}: {self.summary}"
        )

    def change(self, finding: Finding) -> dict[str, object]:
        """
        Give the least change of the direction's own fields that mends a finding.

        Args:
            finding: One of the findings.

        Returns:
            New values by field, for :meth:`Direction.evolve`; none where no change of its own fields does it. What
            they state has still to be made true.

        Source:
            The citations of the finding.

        .. versionadded:: 0.1.0
        """
        try:
            register = finding.mended().directions
        except RuleError:
            return {}
        before = self._case.asked
        after = [one for one in register.directions if is_same(one, before)]
        if not after:
            return {}
        mended = after[-1]
        fields = [one.name for one in attrs.fields(Direction) if one.eq]
        changes = {name: getattr(mended, name) for name in fields if getattr(mended, name) != getattr(before, name)}
        ways = [*({name: value} for name, value in changes.items()), changes]
        return next((one for one in ways if one and self._mends(finding, one)), {})

    def _mends(self, finding: Finding, changes: dict[str, object]) -> bool:
        """Tell whether a change of the direction's fields leaves nothing at the spot of a finding for its rule."""
        before, rule = self._case.asked, self[finding.rule].rule
        amended = _case_of(self._case.before, before.evolve(**changes), as_amended=True)
        return all(one.where != finding.where for one in amended.findings(rule))

    def to_do(self) -> Table:
        """
        List what is missing, each beside its provision and the smallest change that mends it.

        Returns:
            One row a finding, breaches of statute first: what is missing, its provision and severity, what to do, and
            the same as code, where ``draft`` is the direction and ``p`` the partnership.

        Source:
            The citations of the findings.

        .. versionadded:: 0.1.0
        """
        found = [(_rank(one), number, one) for number, one in enumerate(self.findings)]
        rows = [
            (one.where, one.said, one.citation.printed, one.severity.value, one.mend, self._code(one))
            for _, _, one in sorted(found, key=lambda entry: entry[:2])
        ]
        columns = ("where", "what is missing", "provision", "severity", "what to do", "as code")
        return Table(self._heading, columns, rows, notes=(_TO_BE_TRUE, DISCLAIMER))

    def _code(self, finding: Finding) -> str:
        changes = self.change(finding)
        if not changes:
            return finding.code
        parts = tuple(
            (f"{one.name}=", literal(changes[one.name], converted=one.converter is not None))
            for one in attrs.fields(Direction)
            if one.name in changes
        )
        return flat(Group("draft.evolve(", parts, ")"))


def _rank(finding: Finding) -> tuple[int, int]:
    """Order findings: breaches before what cannot be told and what only needs a look; statute before the rest."""
    outcomes = (Outcome.FAIL, Outcome.WAIVED, Outcome.CANNOT_TELL, Outcome.WARN)
    return (0 if finding.severity.value == "statute" else 1, outcomes.index(finding.outcome))


def check_direction(
    p: Partnership,
    direction: Reference,
    *,
    only: str | Iterable[str] | None = None,
    rules: Iterable[Rule | str] | Rule | str | None = None,
    waivers: Iterable[Waiver] = (),
    reform: Reform | None = None,
) -> DirectionReport:
    """
    Ask the rules about single directions of one, in the register or still a draft.

    A draft is judged as if it were issued on the day on which it takes effect, by the facts and the law of that day;
    one that states no day takes effect on the day that governs or, if later, on that of its decision. A direction of
    the register is judged as it is recorded; a draft in it may be handed in with other words.

    Args:
        p: The partnership.
        direction: The direction, its reference, or its year and reference.
        only: Only rules of a severity, or of several.
        rules: The rules to ask, or their ids, or one alone; by default all that are shipped. Of those that are
            shipped only the ones about single directions are asked; of others what they find at this one is kept.
        waivers: Leave to fail rules for a while.
        reform: A change of the law to ask about as if it were made.

    Returns:
        A report of the findings about this direction.

    Raises:
        DuplicateError: If another direction of its year has the reference.
        NotFoundError: If there is no such direction, severity or rule.
        ValueError: If directions of several years have the reference.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28; the citations of the rules.

    >>> from scotintegration.examples import example
    >>> p = example("body-corporate")
    >>> draft = draft_direction(p, given_to=p.health_board, functions=["district-nursing"])
    >>> [one.citation.pinpoint for one in check_direction(p, draft).unlawful]
    ['s.27(1)(b)', 's.27(1)(c)', 's.27(5)(b)']
    >>> ready = draft.evolve(payment="£1,250,000", use="employ 24 district nurses", in_writing=True)
    >>> check_direction(p, ready).lawful
    True

    .. versionadded:: 0.1.0
    """
    paper = direction if isinstance(direction, Direction) else p.directions[direction]
    case = _case_of(p if reform is None else p.under(reform.parameters), paper)
    listed = (rules,) if isinstance(rules, str | Rule) else RULES if rules is None else tuple(rules)
    named = tuple(find(one) if isinstance(one, str) else one for one in listed)
    asked = {rule.id: rule for rule in (named if reform is None else reform.rules(named)) if _is_asked(rule)}
    held = tuple(waivers)
    results: list[RuleResult] = []
    for where in (case.before, case.world):
        group = [case.narrowed(rule) for rule in asked.values() if case.place(rule) is where]
        results += check(where, only=only, rules=group, waivers=held) if group else ()
    return DirectionReport(
        partnership=p.id,
        name=p.name,
        as_at=case.world.as_at,
        law_as_at=case.world.law.as_at,
        results=tuple(case.found(one, asked[one.id]) for one in sorted(results, key=lambda one: one.id)),
        waivers=held,
        reform="" if reform is None else reform.name,
        subject=case.world,
        direction=paper,
        case=case,
    )


def _is_asked(rule: Rule) -> bool:
    """Tell whether a rule is asked of single directions: those that are shipped and are not, are left out."""
    return rule.id in PER_DIRECTION or rule.id not in _SHIPPED


@attrs.frozen(kw_only=True)
class _Case:
    """
    A direction to be judged: by itself, with the partnership as it is without it and as it is once it is issued.

    Attributes:
        asked: The direction, with the day on which it would take effect.
        before: The partnership on that day; with the direction only if the register has it.
        world: The partnership on that day, with the direction in its register.
    """

    asked: Direction
    before: Partnership
    world: Partnership

    def place(self, rule: Rule) -> Partnership:
        """Give the partnership of which a rule is asked."""
        return self.before if rule.id in PER_DIRECTION else self.world

    def narrowed(self, rule: Rule) -> Rule:
        """Let a rule ask of the direction only."""
        if rule.id in PER_DIRECTION:
            return attrs.evolve(rule, check=_Alone(rule.id, self.asked))
        return attrs.evolve(rule, check=_Located(rule.check, self.asked.id))

    def found(self, result: RuleResult, rule: Rule) -> RuleResult:
        """Let what a narrowed rule found be that of the rule, found in the partnership that has the direction."""
        findings = tuple(attrs.evolve(one, made_by=rule, found_in=self.world) for one in result.findings)
        return attrs.evolve(result, rule=rule, findings=findings)

    def findings(self, rule: Rule) -> tuple[Finding, ...]:
        """Give what one rule finds."""
        return ask(self.narrowed(rule), self.place(rule)).findings


@attrs.frozen
class _Alone:
    """What a rule that is shipped asks of one direction."""

    rule: str
    direction: Direction

    def __call__(self, p: Partnership, on: date) -> Iterator[Verdict]:
        paper = self.direction
        if self.rule == _LATER and paper.issued_on is None and paper not in p.directions.directions:
            paper = paper.evolve(issued_on=on)
        return of_each(p, [paper], PER_DIRECTION[self.rule])


@attrs.frozen
class _Located:
    """What any other rule finds at one direction, or cannot tell of anything in particular."""

    check: Callable[[Partnership, date], Iterable[Verdict]]
    direction: str

    def __call__(self, p: Partnership, on: date) -> Iterator[Verdict]:
        spot = f"directions[{self.direction!r}]"
        for one in self.check(p, on):
            if one.where.startswith(spot) or (one.outcome is Outcome.CANNOT_TELL and "[" not in one.where):
                yield one


def _case_of(p: Partnership, direction: Direction, *, as_amended: bool = False) -> _Case:
    """Put a direction into the register, on the day on which it would take effect, if it is not there yet."""
    issuer = p.directions.issuer if direction.issuer is None else direction.issuer
    paper = direction.evolve(issuer=issuer)
    day = _day_of(p, paper)
    dated = paper if paper.binds_from is not None else paper.evolve(effective_from=_no_later(day, paper.ends_on))
    before = p.at(day, law_as_at=p.law_as_at)
    recorded = next((one for one in p.directions.directions if is_same(one, paper)), None)
    if recorded is not None and recorded.evolve(issuer=issuer) == paper:
        return _Case(asked=recorded, before=before, world=before)
    same = next((one for one in p.directions.directions if is_same(one, dated)), None)
    if same is None:
        return _Case(asked=dated, before=before, world=_issued(before, dated))
    if not as_amended and p.directions.state(same, on=p.as_at) not in _NOT_GIVEN:
        raise DuplicateError("direction", dated.id, f"the register of {p.directions.issuer}, year {dated.year}")
    world = _reworded(before, same, dated)
    return _Case(asked=dated, before=world, world=world)


def is_same(one: Direction, other: Direction) -> bool:
    """Tell whether two papers are of one authority, year and reference; one that names no authority is of this one."""
    issuers = {one.issuer, other.issuer} - {None, UNKNOWN}
    return one.full_reference == other.full_reference and len(issuers) < 2


def _no_later(day: date, last: MaybeDate) -> date:
    return min(day, last) if isinstance(last, date) else day


def _issued(p: Partnership, direction: Direction) -> Partnership:
    """Record a direction, whatever statute says of it; what it says that it ends is left out if it is not here."""
    register = attrs.evolve(p.directions, strict=False)
    if all(len(meant_by(p, target)) == 1 for target in direction.targets):
        return p.evolve(directions=register.issue(direction))
    step = Step(kind=StepKind.ISSUE, direction=direction, on=direction.binds_from)
    return p.evolve(directions=attrs.evolve(register, steps=(*register.steps, step)))


def _reworded(p: Partnership, old: Direction, new: Direction) -> Partnership:
    """Let a direction that is recorded have other words; a step that takes effect with it goes on doing so."""
    steps = [
        attrs.evolve(step, direction=new, on=new.binds_from if step.on == step.direction.binds_from else step.on)
        if step.direction is not None and is_same(step.direction, old)
        else step
        for step in p.directions.steps
    ]
    return p.evolve(directions=attrs.evolve(p.directions, steps=steps, strict=False))
