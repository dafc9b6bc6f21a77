"""The state machine that tries out a register of directions (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import ClassVar, Final, NoReturn

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from scotintegration.directions import Direction
from scotintegration.lifecycle import LIFE_CYCLE, Event, follow
from scotintegration.registers import DirectionsRegister
from scotintegration.testing._hooks import Hooks, R
from scotintegration.testing._trial import BY_DAYS, ENDINGS, Trial, difference, named, why

_PLAIN, _INTERIM, _CONDITIONAL = "plain", "interim", "conditional"
_REACH: Final = 10
"""How many days ahead things are done: so few that days often coincide."""

_LENGTHS: Final = st.none() | st.integers(0, _REACH)
_STARTS: Final = st.runner().flatmap(lambda machine: machine._starts())
_KINDS: Final = st.runner().flatmap(lambda machine: machine._kinds())


class DirectionsMachine(Hooks[R], RuleBasedStateMachine):
    """
    Try out a register of directions against the one of this library.

    Make a subclass with the first three methods, and run its ``TestCase``. The machine issues directions, varies,
    supersedes and revokes earlier ones, lets days pass, and after each step compares what is in force: today, on every
    day on which anything begins or ends for the directions concerned, on the days beside those, and on other days.
    What may happen to a direction is what the life cycle has a row for
    (:data:`scotintegration.lifecycle.LIFE_CYCLE`); what comes too late for one that has ended must not bring it back.

    A failure names the direction and the day, says why it must be otherwise, and tells the shortest history found.

    The other methods are optional. One that a subclass does not have is not called, and what it stands for does not
    happen; but directions that vary, supersede or revoke are then handed to :meth:`issue`, as ``direction.varies``,
    ``.supersedes`` or ``.revokes`` says. Such a revocation asks nothing else, and is never in force itself. No
    direction that ends another is ended before it has done so: the law does not say what becomes of the other.

    A register that is never changed but made anew is handed back: what a method returns takes the place of the
    register if it is of the same class.

    Attributes:
        issuer: Id of the integration authority in the directions made.
        recipients: Ids of the bodies they are given to, each in turn.
        functions: Ids of the functions they are for, each in turn.
        first_day: The day on which everything begins.
        backdates: Whether directions may take effect before the day they are issued on, as in real logs.
        refuses: What the register raises to refuse an event for which the life cycle has no row, such as varying a
            direction that has ended; anything else that it raises is a failure.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27(5); each row of the life cycle cites its own.

    >>> class ListMachine(DirectionsMachine):
    ...     "A register that is a list, and never ends anything."
    ...
    ...     def make_register(self):
    ...         return []
    ...
    ...     def issue(self, register, direction, on):
    ...         register.append(direction)
    ...
    ...     def in_force(self, register, on):
    ...         return [one.id for one in register if one.effective_from <= on and not one.revokes]
    >>> machine = ListMachine()
    >>> machine.do_issue(starts_in=0, lasts=None, kind="plain")
    >>> machine.do_revoke(of="D-1", starts_in=1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    AssertionError: direction 'D-1' is in force on 2026-03-26 and must not be: it is revoked since 2026-03-26 ...
      done, in this order:
        2026-03-25: 'D-1' issued, to bind from 2026-03-25
        2026-03-25: 'D-2' issued, to revoke 'D-1' from 2026-03-26
      to be in force on 2026-03-26: none
      the register says: 'D-1'

    .. versionadded:: 0.1.0
    """

    issuer: ClassVar[str] = "toy-ijb"
    recipients: ClassVar[tuple[str, ...]] = ("toy-council", "toy-nhs")
    functions: ClassVar[tuple[str, ...]] = ("care-at-home", "respite")
    first_day: ClassVar[date] = date(2026, 3, 25)
    backdates: ClassVar[bool] = False
    refuses: ClassVar[tuple[type[Exception], ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        ours = DirectionsRegister(self.issuer, strict=False)
        self._trial = Trial(ours, self.first_day)
        self._register: R = self.make_register()

    # -- what the machine does -----------------------------------------------------------------------------------

    @initialize(starts_in=_STARTS, lasts=_LENGTHS, kind=_KINDS)
    def do_issue_first(self, starts_in: int, lasts: int | None, kind: str) -> None:
        """Issue the first direction: without one nothing can go wrong."""
        self.do_issue(starts_in, lasts, kind)

    @rule(starts_in=_STARTS, lasts=_LENGTHS, kind=_KINDS)
    def do_issue(self, starts_in: int, lasts: int | None, kind: str) -> None:
        """Issue a direction."""
        paper = self._paper(starts_in, lasts, kind)
        self._do(lambda: self.issue(self._register, paper, self._trial.today))
        self._trial.tell(f"{paper.id!r} issued, {_binding(paper)}")
        self._trial.issue(paper)
        self.compare()

    @precondition(lambda self: self._has("draft"))
    @rule()
    def do_draft(self) -> None:
        """Put a draft in the register."""
        full = self._paper(0, None, _PLAIN)
        paper = full.evolve(decided_on=None, issued_on=None, effective_from=None, year=full.year)
        self._do(lambda: self.draft(self._register, paper, self._trial.today))
        self._trial.tell(f"{paper.id!r} drafted")
        self._trial.issue(paper)
        self.compare()

    @rule(days=st.integers(1, _REACH))
    def move_on(self, days: int) -> None:
        """Let days pass."""
        self._trial.move_on(days)
        self.compare()

    @rule(days_from_today=st.integers(-3 * _REACH, 3 * _REACH))
    def look_at(self, days_from_today: int) -> None:
        """Look at some day, past or to come."""
        self._trial.to_look_at.add(self._trial.today + timedelta(days=days_from_today))
        self.compare()

    def compare(self) -> None:
        """
        Compare the two registers on the days on which they may differ; every step ends with this.

        Raises:
            AssertionError: If they do; with the direction, the day, and what was done.

        .. versionadded:: 0.1.0
        """
        days, self._trial.to_look_at = sorted(self._trial.to_look_at), set()
        for on in days:
            with self._telling():
                told = self.in_force(self._register, on)
                got = {one if isinstance(one, str) else one.id for one in told}
                wrong = difference(self._trial.register, got, on)
            if wrong:
                live = [one.id for one in self._trial.register.in_force(on=on)]
                asked = f"  to be in force on {on}: {named(live)}\n  the register says: {named(got)}"
                self._fail(f"{wrong}\n{self._story}\n{asked}")
            if self._has("state"):
                self._compare_states(on)

    def _compare_states(self, on: date) -> None:
        for one in self._trial.register:
            if one.is_bare_revocation:
                continue
            with self._telling():
                got = self.state(self._register, one.id, on)
            expected = self._trial.state_on(one.id, on)
            if got is not None and got != expected:
                reason = why(self._trial.register, one.id, on)
                what = f"direction {one.id!r} is {str(got)!r} on {on} and must be {expected.value!r}: {reason}"
                self._fail(f"{what}\n{self._story}")

    @staticmethod
    def _fail(what: str) -> NoReturn:
        """Fail, always at this line: Hypothesis takes failures at different lines for different ones."""
        raise AssertionError(what)

    # -- how it does it ------------------------------------------------------------------------------------------

    @property
    def _story(self) -> str:
        return "\n    ".join(["  done, in this order:", *self._trial.story])

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Add what was done so far to whatever the register raises."""
        try:
            yield
        except Exception as error:
            error.add_note(self._story)
            raise

    def _do(self, call: Callable[[], R | None]) -> None:
        """Do something to the register."""
        with self._telling():
            given = call()
        if isinstance(given, type(self._register)):
            self._register = given

    def _did(self, call: Callable[[], R | None], *, has_row: bool) -> bool:
        """Do something to the register, and tell whether it was not refused; it may be where there is no row for it."""
        try:
            self._do(call)
        except self.refuses:
            if has_row:
                raise
            return False
        return True

    def _has(self, hook: str) -> bool:
        """Tell whether a subclass has a method of its own."""
        own = getattr(type(self), hook, None)
        return own is not None and own is not getattr(Hooks, hook, None)

    def _starts(self) -> st.SearchStrategy[int]:
        if not self.backdates:
            return st.integers(0, _REACH)
        return st.integers(0, _REACH) | st.integers(-_REACH, -1)

    def _kinds(self) -> st.SearchStrategy[str]:
        return st.sampled_from([_PLAIN, _INTERIM, *([_CONDITIONAL] if self._has("meet_condition") else [])])

    def _paper(self, starts_in: int, lasts: int | None, kind: str, **fields: object) -> Direction:
        """Write a direction, decided and issued today."""
        number, today = len(self._trial.register), self._trial.today
        first = today + timedelta(days=starts_in)
        given: Mapping[str, object] = {
            "issuer": self.issuer,
            "given_to": [self.recipients[number % len(self.recipients)]],
            "functions": [self.functions[number % len(self.functions)]],
            "decided_on": today,
            "issued_on": today,
            "effective_from": first,
            "ends_on": None if lasts is None else first + timedelta(days=lasts),
            "conditions": "the money is found" if kind == _CONDITIONAL else None,
            "interim": True if kind == _INTERIM else None,
            "in_writing": True,
        }
        return Direction(self._trial.fresh).evolve(**{**given, **fields})

    def _targets(self, event: Event) -> tuple[list[str], list[str]]:
        """List the directions to which an event may happen: those for whose state there is a row, and the others."""
        if event not in ENDINGS and event is not Event.ISSUE and not self._has(_name(event)):
            return [], []
        can, too_late = self._trial.targets(event)
        if event is Event.REVOKE and self._has("revoke"):  # their register need not keep the revocations
            can = [one for one in can if not self._trial.register[one].is_bare_revocation]
        return can, too_late

    def _some(self, event: Event) -> st.SearchStrategy[str]:
        """Draw one of those directions: any that can, one of them with a story, or any at all."""
        can, too_late = self._targets(event)
        storied = [one for one in can if self._trial.has_story(one)]
        groups = {tuple(group): None for group in (can, storied, [*can, *too_late]) if group}
        return st.one_of([st.sampled_from(group) for group in groups])

    def _end(self, event: Event, target: str, starts_in: int, lasts: int | None) -> None:
        """Issue a direction that ends another."""
        today = self._trial.today
        first = self._trial.first_end(target, today + timedelta(days=starts_in))
        fields: dict[str, object] = {ENDINGS[event]: target}
        if event is Event.REVOKE:
            fields["functions"] = ()
        paper = self._paper((first - today).days, lasts, _PLAIN, **fields)
        has_row = follow(self._trial.state_on(target, first), event) is not None
        hook = getattr(self, _name(event))
        if self._did(lambda: hook(self._register, target, paper, today), has_row=has_row):
            revokes = f"to revoke {target!r} from {first.isoformat()}"
            others = f"{_binding(paper)}; it {ENDINGS[event]} {target!r}"
            self._trial.tell(f"{paper.id!r} issued, {revokes if event is Event.REVOKE else others}")
            self._trial.issue(paper)
            self.compare()

    def _later(self, event: Event, target: str, after: int) -> bool:
        """Let days pass, and tell whether an event can happen then; of its own, one a day happens to a direction."""
        trial = self._trial
        trial.move_on(max(after, 1) if trial.is_done_today(target) else after)
        return any(target in found for found in self._targets(event))

    def _issue_draft(self, target: str, after: int, starts_in: int, lasts: int | None) -> None:
        """Issue what was drafted."""
        if self._later(Event.ISSUE, target, after):
            trial = self._trial
            first = trial.today + timedelta(days=starts_in)
            changes = {"effective_from": first, "ends_on": None if lasts is None else first + timedelta(days=lasts)}
            decided = trial.register[target].decided_on or trial.today
            paper = trial.rewrite(target, issued_on=trial.today, decided_on=decided, **changes)
            self._do(lambda: self.issue(self._register, paper, trial.today))
            trial.tell(f"{target!r} issued, {_binding(paper)}")
            trial.put(paper)
        self.compare()

    def _extend(self, target: str, after: int, days: int) -> None:
        """Extend a direction."""
        self._later(Event.EXTEND, target, after)
        trial = self._trial
        until = (trial.last_day(target) or trial.today) + timedelta(days=days)
        has_row = follow(trial.state(target), Event.EXTEND) is not None
        if self._did(lambda: self.extend(self._register, target, until, trial.today), has_row=has_row):
            trial.tell(f"{target!r} extended until {until.isoformat()}")
            trial.record(Event.EXTEND, target, until)
        self.compare()

    def _happen(self, event: Event, target: str, after: int) -> None:
        """Let anything else happen to a direction."""
        if self._later(event, target, after):
            trial, hook = self._trial, getattr(self, _name(event))
            has_row = follow(trial.state(target), event) is not None
            if self._did(lambda: hook(self._register, target, trial.today), has_row=has_row):
                trial.tell(f"{target!r}: {event.value}")
                if event is Event.APPROVE:
                    trial.put(trial.rewrite(target, decided_on=trial.today))
                elif event is Event.MEET_CONDITION:
                    trial.put(trial.rewrite(target, condition_met_on=trial.today))
                else:
                    trial.record(event, target)
        self.compare()


def _name(event: Event) -> str:
    return event.name.lower()


def _binding(paper: Direction) -> str:
    words = [f"to bind from {paper.effective_from}", f"until {paper.ends_on}" if paper.ends_on else ""]
    words.append("as an interim one" if paper.interim else f"if {paper.conditions}" if paper.conditions else "")
    return " ".join(word for word in words if word)


def _step_of(event: Event) -> tuple[str, dict[str, st.SearchStrategy[object]], Callable[..., None]]:
    """Give the rule by which an event happens to a direction that is there: its name, what it draws, what it does."""
    drawn: dict[str, st.SearchStrategy[object]] = {"of": st.runner().flatmap(lambda machine: machine._some(event))}
    name = f"do_{_name(event)}"

    def end(self: DirectionsMachine[object], of: str, starts_in: int, lasts: int | None = None) -> None:
        self._end(event, of, starts_in, lasts)

    def issue(self: DirectionsMachine[object], of: str, after: int, starts_in: int, lasts: int | None) -> None:
        self._issue_draft(of, after, starts_in, lasts)

    def extend(self: DirectionsMachine[object], of: str, after: int, days: int) -> None:
        self._extend(of, after, days)

    def happen(self: DirectionsMachine[object], of: str, after: int) -> None:
        self._happen(event, of, after)

    if event is Event.REVOKE:
        return name, {**drawn, "starts_in": _STARTS}, end
    if event in ENDINGS:
        return name, {**drawn, "starts_in": _STARTS, "lasts": _LENGTHS}, end
    drawn["after"] = st.integers(0, _REACH)
    if event is Event.ISSUE:
        return "do_issue_draft", {**drawn, "starts_in": _STARTS, "lasts": _LENGTHS}, issue
    if event is Event.EXTEND:
        return name, {**drawn, "days": st.integers(1, _REACH)}, extend
    return name, drawn, happen


def _can(event: Event) -> Callable[[object], bool]:
    """Give the question whether an event may happen to anything."""
    return lambda machine: isinstance(machine, DirectionsMachine) and any(machine._targets(event))


def _add_rules() -> None:
    """Give the machine a rule for each event of the life cycle that somebody records."""
    make: Callable[..., Callable[[Callable[..., None]], Callable[..., None]]] = rule
    for event in dict.fromkeys(row.event for row in LIFE_CYCLE):
        if event not in BY_DAYS:
            name, drawn, step = _step_of(event)
            step.__name__ = name
            step.__doc__ = f"Let this happen to a direction that is there: {event.value}."
            setattr(DirectionsMachine, name, precondition(_can(event))(make(**drawn)(step)))


_add_rules()
