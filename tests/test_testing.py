"""Tests of the assertions, and of the state machine that tries out a register: it passes what is right, and no more."""

import runpy
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scotintegration import lifecycle
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.interchange import to_dict
from scotintegration.lifecycle import LIFE_CYCLE, Event, State, StepKind, Transition
from scotintegration.money import Money
from scotintegration.registers import DirectionsRegister
from scotintegration.testing import (
    DirectionsMachine,
    _assertions,
    assert_conserved,
    assert_in_force,
    assert_lawful,
    assert_round_trip,
    assert_unlawful,
)
from scotintegration.testing._trial import why
from scotintegration.unknown import UNKNOWN

ROOT = Path(__file__).parents[1]
AS_PUBLISHED = settings(max_examples=25, stateful_step_count=15, deadline=None, database=None)
MORE = settings(AS_PUBLISHED, max_examples=100)
QUICK = settings(MORE, phases=[Phase.generate])
AS_FOUND = settings(AS_PUBLISHED, phases=[Phase.generate])
"""As many, and the first failure as it is found."""

ENDS = ("varies", "revokes", "supersedes")


# -- registers as others might write them ------------------------------------------------------------------------


class Rows:
    """A register of plain rows; each bug below changes one method."""

    def __init__(self):
        self.rows = []

    def post(self, row, on):
        self.rows.append({**row, "on": on})

    def ended(self):
        """Give the day on which each direction ends because a later one says so."""
        found = {}
        for row in self.rows:
            for old in self.targets(row):
                day = self.day(row)
                found[old] = min(day, found.get(old, day))
        return found

    def targets(self, row):
        return [row[name] for name in ENDS if row.get(name)]

    def day(self, row):
        return row["effective_from"]

    def asks(self, row):
        return not row.get("revokes")

    def begun(self, row, on):
        return row["effective_from"] <= on

    def lasts(self, row, on):
        return row.get("ends_on") is None or on <= row["ends_on"]

    def over(self, row, on):
        ended = self.ended()
        return row["id"] in ended and ended[row["id"]] <= on

    def in_force(self, on):
        return [
            row["id"]
            for row in self.rows
            if self.asks(row) and self.begun(row, on) and self.lasts(row, on) and not self.over(row, on)
        ]


def later(day, days=1):
    """Give another day, as text."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


class RowsMachine(DirectionsMachine):
    """Tries out plain rows, with nothing but what every subclass has."""

    kind = Rows

    def make_register(self):
        return self.kind()

    def issue(self, register, direction, on):
        register.post(to_dict(direction), on.isoformat())

    def in_force(self, register, on):
        return register.in_force(on.isoformat())


class EndsADayEarly(Rows):
    def lasts(self, row, on):
        return row.get("ends_on") is None or on < row["ends_on"]


class EndsADayLate(Rows):
    def lasts(self, row, on):
        return row.get("ends_on") is None or on <= later(row["ends_on"])


class NeverExpires(Rows):
    def lasts(self, row, on):
        return True


class BeginsADayLate(Rows):
    def begun(self, row, on):
        return row["effective_from"] < on


class BeginsWhenIssued(Rows):
    def begun(self, row, on):
        return row["on"] <= on


class IgnoresVaries(Rows):
    def targets(self, row):
        return [row[name] for name in ENDS[1:] if row.get(name)]


class IgnoresRevokes(Rows):
    def targets(self, row):
        return [row[name] for name in ENDS[::2] if row.get(name)]


class IgnoresSupersedes(Rows):
    def targets(self, row):
        return [row[name] for name in ENDS[:2] if row.get(name)]


class EndsTargetADayLate(Rows):
    def day(self, row):
        return later(row["effective_from"])


class EndsTargetADayEarly(Rows):
    def day(self, row):
        return later(row["effective_from"], -1)


class EndsTargetWhenIssued(Rows):
    def day(self, row):
        return row["on"]


class LastEndingCounts(Rows):
    def ended(self):
        return {old: self.day(row) for row in self.rows for old in self.targets(row)}


class FirstRecordedEndingCounts(Rows):
    def ended(self):
        return {old: self.day(row) for row in reversed(self.rows) for old in self.targets(row)}


class EndsOnlyWhatHasBegun(Rows):
    """A revocation dated before the first day of its target is passed over."""

    def ended(self):
        starts = {row["id"]: row["effective_from"] for row in self.rows}
        return {old: day for old, day in super().ended().items() if day >= starts[old]}


class EndedBeginsAgain(Rows):
    """What varies another ends, and the other is back."""

    def over(self, row, on):
        enders = [one for one in self.rows if row["id"] in self.targets(one) and self.begun(one, on)]
        return any(self.lasts(one, on) and not self.over(one, on) for one in enders)


class RevocationUndone(Rows):
    """The revocation of a revocation brings back what was revoked."""

    def ended(self):
        revoked = {row["revokes"]: self.day(row) for row in self.rows if row.get("revokes")}
        whole = self.rows
        self.rows = [row for row in whole if not (row.get("revokes") and row["id"] in revoked)]
        found = super().ended()
        self.rows = whole
        return found


class RevocationInForce(Rows):
    def asks(self, row):
        return True


class OneForEachFunction(Rows):
    """A new direction takes the place of every earlier one for its function, asked or not."""

    def post(self, row, on):
        for old in self.rows:
            if old.get("functions") == row.get("functions") and "supersedes" not in row:
                row = {**row, "supersedes": old["id"]}
        super().post(row, on)


class EndsWithTheYear(Rows):
    def lasts(self, row, on):
        return super().lasts(row, on) and on[:7] <= "2026-03"


class FollowsOneStepOnly(Rows):
    """What has varied another cannot be ended itself."""

    def targets(self, row):
        enders = {one["id"] for one in self.rows if super(FollowsOneStepOnly, self).targets(one)}
        return [old for old in super().targets(row) if old not in enders]


class ForgetsTheFourth(Rows):
    def in_force(self, on):
        return super().in_force(on)[:3]


class AsNumbers(Rows):
    """Days compared as day, month, year."""

    def begun(self, row, on):
        return row["effective_from"][::-1] <= on[::-1]


BUGS = Rows.__subclasses__()


def machine(bug, base=RowsMachine, **more):
    """Make the machine that tries out a class of registers."""
    return type(f"Tries{bug.__name__}", (base,), {"kind": bug, **more})


# -- this library's own register, with all that it can do --------------------------------------------------------


class PlainMachine(DirectionsMachine[DirectionsRegister]):
    """Tries out the library's own register by the methods that every subclass has, and states."""

    strict = True

    def make_register(self):
        return DirectionsRegister(self.issuer, strict=self.strict)

    def issue(self, register, direction, on):
        if any(one.id == direction.id for one in register):
            return self.reworded(register, direction)
        return register.issue(direction)

    def in_force(self, register, on):
        return register.in_force(on=on)

    def state(self, register, reference, on):
        return register.state(reference, on=on)

    @staticmethod
    def reworded(register, direction):
        """Give the register in which a direction stands as it reads now."""
        steps = [
            step
            if step.direction is None or step.direction.id != direction.id
            else attrs.evolve(
                step, direction=direction, on=step.on if step.kind is StepKind.AMEND else direction.binds_from
            )
            for step in register.steps
        ]
        return attrs.evolve(register, steps=steps)


class DraftsMachine(PlainMachine):
    """Tries out drafts too."""

    def draft(self, register, direction, on):
        return register.issue(direction)

    def recommend(self, register, target, on):
        return register.recommend(target, on=on)

    def amend(self, register, target, on):
        return register.amend(target, register[target].evolve(use="other words"), on=on)

    def reject(self, register, target, on):
        return register.reject(target, on=on)

    def approve(self, register, target, on):
        return self.reworded(register, register[target].evolve(decided_on=on))


class OwnMachine(DraftsMachine):
    """Tries out everything that the library's own register can do."""

    def revoke(self, register, target, direction, on):
        return register.revoke(target, on=direction.effective_from)

    def extend(self, register, target, until, on):
        return register.extend(target, until=until, on=on)

    def complete(self, register, target, on):
        return register.complete_direction(target, on=on)

    def pause(self, register, target, on):
        return register.pause(target, on=on)

    def resume(self, register, target, on):
        return register.resume(target, on=on)

    def note_progress(self, register, target, on):
        return register.note_progress(target, "in progress", on=on)

    def meet_condition(self, register, target, on):
        return self.reworded(register, register[target].evolve(condition_met_on=on))


class Counting(OwnMachine):
    """Counts how often each row of the life cycle is taken by a direction."""

    taken: ClassVar = Counter()

    def teardown(self):
        """Follow every direction through its life."""
        register = self._trial.register
        for one in register:
            state = State.DRAFTED
            for moment in register.life(one):
                self.taken[state, moment.event, moment.state] += 1
                state = moment.state


class TestRight:
    @pytest.mark.parametrize("backdates", [False, True])
    def test_rows(self, backdates):
        """A register of plain rows that is right passes, also where directions are backdated."""
        run_state_machine_as_test(machine(Rows, backdates=backdates), settings=MORE)

    @pytest.mark.parametrize("fields", [{}, {"strict": False, "backdates": True}], ids=["strict", "as logs are"])
    def test_own(self, fields):
        """The library's own register passes, with everything that can happen to a direction."""
        run_state_machine_as_test(type("Own", (OwnMachine,), fields), settings=MORE)

    def test_every_row(self):
        """Every event and every state of the life cycle comes about."""
        run_state_machine_as_test(Counting, settings=settings(QUICK, max_examples=200))
        assert {event for _, event, _ in Counting.taken} == set(Event)
        assert {state for _, _, state in Counting.taken} == set(State)

    def test_like_strings(self):
        """States may be told by their words, and ids by the directions themselves."""

        class Words(OwnMachine):
            def state(self, register, reference, on):
                return str(register.state(reference, on=on))

            def in_force(self, register, on):
                return {one.id for one in register.in_force(on=on)}

        run_state_machine_as_test(Words, settings=AS_PUBLISHED)


class TestWrong:
    @pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
    def test_caught(self, bug):
        """Every planted mistake is caught, and told with direction, day and reason."""
        with pytest.raises(AssertionError, match=r"^direction 'D-\d+' is (not )?in force on 20\d\d-\d\d-\d\d and must"):
            run_state_machine_as_test(machine(bug), settings=AS_FOUND)

    @pytest.mark.parametrize(
        ("hook", "does", "said"),
        [
            ("extend", lambda self, register, *_: register, "extended until"),
            ("complete", lambda self, register, *_: register, "complete"),
            ("pause", lambda self, register, *_: register, "pause"),
            ("resume", lambda self, register, *_: register, "resume"),
            ("reject", lambda self, register, *_: register, "reject"),
            ("recommend", lambda self, register, *_: register, "recommend"),
            ("approve", lambda self, register, *_: register, "approve"),
            ("meet_condition", lambda self, register, *_: register, "meet condition"),
            ("note_progress", lambda self, register, target, on: register.pause(target, on=on), "note progress"),
            (
                "vary",
                lambda self, register, target, direction, on: register.issue(direction.evolve(varies=None)),
                "varies",
            ),
            (
                "supersede",
                lambda self, register, target, direction, on: register.issue(direction.evolve(supersedes=None)),
                "supersedes",
            ),
            ("revoke", lambda self, register, *_: register, "to revoke"),
            (
                "draft",
                lambda self, register, direction, on: register.issue(direction.evolve(effective_from=on)),
                "draft",
            ),
        ],
        ids=lambda one: one if isinstance(one, str) else "",
    )
    def test_hook(self, hook, does, said):
        """What an optional method does wrong is caught, and the story tells of it."""
        base = DraftsMachine if hook in vars(DraftsMachine) else OwnMachine
        with pytest.raises(AssertionError, match=said):
            run_state_machine_as_test(type("Wrong", (base,), {hook: does}), settings=QUICK)

    def test_amend(self):
        """A draft that was recommended and is amended is a draft again."""
        tried = type("Wrong", (DraftsMachine,), {"amend": lambda self, register, *_: register})()
        tried.do_draft()
        tried.do_recommend(of="D-1", after=0)
        with pytest.raises(AssertionError, match=r"'D-1' is 'recommended' on 2026-03-26 and must be 'drafted'"):
            tried.do_amend(of="D-1", after=0)

    def test_late_extension(self):
        """A direction that has expired must not be revived by an extension."""

        class Revives(OwnMachine):
            def extend(self, register, target, until, on):
                return self.reworded(register, register[target].evolve(ends_on=until))

        with pytest.raises(AssertionError, match=r"'D-\d+' is"):
            run_state_machine_as_test(Revives, settings=QUICK)

    def test_message(self):
        """A failure shows the shortest history in words, and the steps of the machine."""
        with pytest.raises(AssertionError) as raised:
            run_state_machine_as_test(machine(IgnoresRevokes), settings=AS_PUBLISHED)
        assert (
            "direction 'D-1' is in force on 2026-03-25 and must not be: it is revoked since 2026-03-25 [s. 27(5)(a)]\n"
            "  done, in this order:\n"
            "    2026-03-25: 'D-1' issued, to bind from 2026-03-25\n"
            "    2026-03-25: 'D-2' issued, to revoke 'D-1' from 2026-03-25\n"
            "  to be in force on 2026-03-25: none\n"
            "  the register says: 'D-1'"
        ) == str(raised.value)
        steps = "\n".join(raised.value.__notes__)
        assert (
            "state.do_issue_first(starts_in=0, lasts=None, kind='plain')\nstate.do_revoke(of='D-1', starts_in=0)"
            in steps
        )

    @pytest.mark.parametrize(
        ("on", "fields", "reason"),
        [
            ("2026-03-24", {}, "it takes effect on 2026-03-27"),
            ("2026-03-25", {}, "it is issued since 2026-03-25 [s. 26(1)], to take effect on 2026-03-27"),
            ("2026-03-28", {}, "it is in force since 2026-03-27 [s. 26(1)]"),
            ("2026-03-29", {}, "it is expired since 2026-03-29 [s. 26(1)]"),
            ("2026-03-27", {"interim": True}, "it is interim since 2026-03-27 ["),
            ("2026-03-27", {"conditions": "money"}, "it is conditional since 2026-03-27 ["),
            ("2026-03-27", {"issued_on": None, "effective_from": None, "ends_on": None}, "it is a draft"),
        ],
    )
    def test_reasons(self, on, fields, reason):
        """The reason is that of the day."""
        days = {"issued_on": "2026-03-25", "effective_from": "2026-03-27", "ends_on": "2026-03-28"}
        register = DirectionsRegister("toy-ijb", strict=False).issue(Direction("D-1", **{**days, **fields}))
        assert why(register, "D-1", date.fromisoformat(on)).startswith(reason)

    def test_never_issued(self):
        """A reference that was never issued is named."""
        tried = machine(Rows, in_force=lambda self, register, on: ["X"])()
        with pytest.raises(AssertionError, match="direction 'X' is in force on 2026-03-25 and was never issued"):
            tried.move_on(days=1)

    def test_drafts(self):
        """A draft has no day on which it takes effect, and one in force is told so."""
        tried = type("Tried", (OwnMachine,), {"in_force": lambda self, register, on: ["D-1"]})()
        with pytest.raises(AssertionError, match="'D-1' is in force on 2026-03-25 and must not be: it is a draft"):
            tried.do_draft()

    def test_raises(self):
        """What a register raises comes through, with what was done."""
        tried = machine(Rows, issue=lambda self, register, direction, on: register.nothing)()
        with pytest.raises(AttributeError) as raised:
            tried.do_issue(starts_in=0, lasts=None, kind="plain")
        assert ["  done, in this order:"] == raised.value.__notes__


class TestHooks:
    @pytest.mark.parametrize("name", ["make_register", "issue", "in_force"])
    def test_needed(self, name):
        """A method that every subclass has is asked for by name."""
        methods = {one: getattr(RowsMachine, one) for one in ("make_register", "issue", "in_force") if one != name}
        lacking = type("Lacking", (DirectionsMachine,), {**methods, "kind": Rows})
        with pytest.raises(NotImplementedError, match=rf"Lacking must have {name}\("):
            lacking().do_issue(starts_in=0, lasts=None, kind="plain")

    def test_optional(self):
        """Others are not called unless a subclass has its own, and say nothing of states."""
        bare = machine(Rows)()
        bare.do_issue(starts_in=0, lasts=5, kind="plain")
        assert bare.state(None, "D-1", bare.first_day) is None
        for event in Event:
            ends = event in (Event.VARY, Event.SUPERSEDE, Event.REVOKE)
            assert (["D-1"] if ends else [], []) == bare._targets(event)
        for name in ("complete", "pause", "resume", "note_progress", "meet_condition"):
            with pytest.raises(NotImplementedError):
                getattr(bare, name)(None, "D-1", bare.first_day)
        for name in ("recommend", "amend", "reject", "approve"):
            with pytest.raises(NotImplementedError):
                getattr(bare, name)(None, "D-1", bare.first_day)
        with pytest.raises(NotImplementedError):
            bare.extend(None, "D-1", bare.first_day, bare.first_day)
        with pytest.raises(NotImplementedError):
            bare.draft(None, None, bare.first_day)

    def test_refuses(self):
        """A register may refuse what comes too late if it says how, and nothing else."""

        class TooLateError(Exception):
            pass

        class Refusing(OwnMachine):
            refuses = (TooLateError,)

            def vary(self, register, target, direction, on):
                if register.state(target, on=direction.effective_from).is_final:
                    raise TooLateError
                return register.issue(direction)

            def extend(self, register, target, until, on):
                if register.state(target, on=on).is_final:
                    raise TooLateError
                return super().extend(register, target, until, on)

            def resume(self, register, target, on):
                if register.state(target, on=on).is_final:
                    raise TooLateError
                return super().resume(register, target, on)

        run_state_machine_as_test(Refusing, settings=AS_PUBLISHED)
        tried = Refusing()
        tried.do_issue(starts_in=0, lasts=0, kind="plain")
        tried.move_on(days=1)
        tried.do_extend(of="D-1", after=0, days=5)
        tried.do_vary(of="D-1", starts_in=0, lasts=None)
        tried.do_pause(of="D-1", after=0)
        assert (1, 1) == (len(tried._trial.story), len(tried._register))

        class Unwilling(Refusing):
            def vary(self, register, target, direction, on):
                raise TooLateError

        with pytest.raises(TooLateError) as raised:
            run_state_machine_as_test(Unwilling, settings=AS_PUBLISHED)
        assert any("'D-1' issued" in note for note in raised.value.__notes__)

    def test_nothing_to_issue(self):
        """A draft that has been revoked by the day it was to be issued is not issued."""
        tried = type("Tried", (OwnMachine,), {})()
        tried.do_draft()
        tried.do_revoke(of="D-1", starts_in=2)
        tried.do_issue_draft(of="D-1", after=3, starts_in=0, lasts=None)
        assert State.REVOKED is tried._trial.state("D-1")

    def test_new_row(self, monkeypatch):
        """A row added to the life cycle lets its event happen to directions in its state."""
        tried = type("Tried", (OwnMachine,), {})()
        tried.do_issue(starts_in=0, lasts=None, kind="plain")
        tried.do_complete(of="D-1", after=0)
        tried.move_on(days=1)
        assert ([], []) == tried._targets(Event.PAUSE)
        row = Transition(State.COMPLETED, Event.PAUSE, State.PAUSED, "", LIFE_CYCLE[0].citation)
        monkeypatch.setattr(lifecycle, "LIFE_CYCLE", (*LIFE_CYCLE, row))
        lifecycle._by_step.cache_clear()
        try:
            assert (["D-1"], []) == tried._targets(Event.PAUSE)
        finally:
            monkeypatch.undo()
            lifecycle._by_step.cache_clear()

    def test_every_event(self):
        """There is a rule for each event that somebody records."""
        names = set(dir(DirectionsMachine))
        recorded = [event for event in Event if event not in (Event.TAKE_EFFECT, Event.EXPIRE, Event.ISSUE)]
        assert {f"do_{event.name.lower()}" for event in recorded} <= names
        assert {"do_issue", "do_issue_draft", "do_draft", "move_on", "look_at"} <= names

    def test_event_without_step(self):
        """An event that no step of a register records leaves our register as it is."""
        trial = machine(Rows)()._trial
        trial.issue(Direction("D-1", issued_on="2026-03-25", effective_from="2026-03-25"))
        before = trial.register
        trial.record(Event.TAKE_EFFECT, "D-1")
        assert before == trial.register


class TestAssertions:
    def test_lawful(self):
        """Statute is kept, or the breaches are listed with what would mend them."""
        assert_lawful(example("body-corporate"))
        assert_lawful(example("body-corporate").check("directions"))
        with pytest.raises(AssertionError) as raised:
            assert_lawful(example("vacant-chief-officer"))
        lines = str(raised.value).splitlines()
        assert "Strathallan as at 2026-11-22: not lawful: 1 breach of statute" == lines[0]
        assert lines[1].startswith("  PBJW-s10-chief-officer: posts: nobody holds the post")
        assert "to mend: " in lines[2]

    def test_no_mend(self):
        """A breach without a mend is listed too."""
        report = example("vacant-chief-officer").check()
        results = [
            attrs.evolve(one, findings=[attrs.evolve(each, mend="") for each in one.findings]) for one in report.results
        ]
        with pytest.raises(AssertionError) as raised:
            assert_lawful(attrs.evolve(report, results=tuple(results)))
        assert "to mend" not in str(raised.value)

    def test_cannot_tell(self):
        """Where something cannot be told the assertion fails, unless that is allowed."""
        p = example("body-corporate").evolve(members=UNKNOWN)
        with pytest.raises(AssertionError, match=r"no breach found; \d+ of \d+ cannot be told\n  "):
            assert_lawful(p)
        assert_lawful(p, allow_unknown=True)

    def test_unlawful(self):
        """A rule fails, or what it says instead is told."""
        assert_unlawful(example("vacant-chief-officer"), "PBJW-s10-chief-officer")
        with pytest.raises(AssertionError) as raised:
            assert_unlawful(example("body-corporate"), "PBJW-s10-chief-officer")
        assert (
            "Strathallan as at 2026-11-22: PBJW-s10-chief-officer comes to 'pass' (nothing found); "
            "expected a breach of s. 10(1)"
        ) == str(raised.value)
        with pytest.raises(NotFoundError):
            assert_unlawful(example("body-corporate"), "PBJW-nothing")

    def test_conserved(self):
        """Money is conserved, or the year and both sums are told."""
        p = example("body-corporate")
        assert_conserved(p)
        assert_conserved(p.money("2026/27"))
        budget = p.budgets.items[0]
        odd = p.evolve(budgets=[attrs.evolve(budget, own_costs=budget.own_costs + Money(1))])
        with pytest.raises(AssertionError, match="pence differ by 1; expected equal sums"):
            assert_conserved(odd)
        with pytest.raises(AssertionError, match="cannot tell without"):
            assert_conserved(p.evolve(budgets=[attrs.evolve(budget, own_costs=UNKNOWN)]))
        assert_conserved(p.evolve(budgets=[]))

    def test_balances(self, monkeypatch):
        """What bodies hold adds up to nothing, or each is told."""
        flows = example("body-corporate").money("2026/27")
        monkeypatch.setattr(type(flows), "balances", lambda self: {"toy-nhs": Money(1), "toy-ijb": Money(0)})
        with pytest.raises(AssertionError, match=r"adds up to £0.01, not £0: toy-nhs £0.01, toy-ijb £0.00"):
            assert_conserved(flows)

    def test_in_force(self):
        """What is in force is as expected, or each difference is told with its reason."""
        paper = Direction("D-1", effective_from="2026-04-01", in_writing=True)
        register = DirectionsRegister("toy-ijb").issue(paper).issue(paper.evolve(id="D-2"))
        assert_in_force(register, {"D-1", "D-2"}, on="2026-04-01")
        ended = register.revoke("D-1", on="2026-05-01")
        assert_in_force(ended, "D-2", on=date(2026, 5, 1))
        with pytest.raises(AssertionError) as raised:
            assert_in_force(ended, ["D-1", "D-2"], on="2026-05-01")
        reason = "'D-1': it is revoked since 2026-05-01 [s. 27(5)(a)]"
        assert f"'D-2' is in force on 2026-05-01, not 'D-1', 'D-2': {reason}" == str(raised.value)
        with pytest.raises(AssertionError, match="'D-1', 'D-2' are in force on 2026-04-01, not none"):
            assert_in_force(ended, [], on="2026-04-01")
        with pytest.raises(NotFoundError, match="no direction 'D-9'"):
            assert_in_force(ended, ["D-9"], on="2026-04-01")

    def test_in_part(self):
        """Where others may be in force the assertion fails."""
        with pytest.raises(AssertionError, match="whether others are in force on 2026-04-01 cannot be told"):
            assert_in_force(DirectionsRegister("toy-ijb", complete=False), [], on="2026-04-01")

    def test_revocation(self):
        """A revocation is never in force, and the reason says so."""
        paper = Direction("D-1", effective_from="2026-04-01", in_writing=True, words="beds")
        bare = Direction("R-1", effective_from="2026-05-01", in_writing=True)
        register = DirectionsRegister("toy-ijb").issue(paper).revoke("D-1", on="2026-05-01", direction=bare)
        with pytest.raises(AssertionError, match="'R-1': it only revokes 'D-1', and such a"):
            assert_in_force(register, ["R-1"], on="2026-05-01")

    def test_round_trip(self, monkeypatch):
        """A value reads back equal, or both are shown."""
        assert_round_trip(example("body-corporate"))
        with pytest.raises(TypeError):
            assert_round_trip(5)
        monkeypatch.setattr(_assertions, "loads", lambda text, kind: Direction("D-2"))
        with pytest.raises(AssertionError, match=r"id='D-1'.*reads back from JSON as Direction\(id='D-2'"):
            assert_round_trip(Direction("D-1"))


class TestPage:
    @pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="only beside the documents")
    def test_page(self):
        """The page on the life of a direction says what the table says."""
        maker = ROOT / "docs" / "explanation" / "_life_of_a_direction.py"
        made = runpy.run_path(str(maker))["page"]()
        assert made == (maker.parent / "life-of-a-direction.md").read_text(encoding="utf-8")
