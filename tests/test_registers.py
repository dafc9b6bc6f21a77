"""A register is an append-only history, and what is in force on a day is a fold over it."""

import copy
import pickle
import time
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.citations import cite
from scotintegration.dates import Interval
from scotintegration.directions import Direction
from scotintegration.errors import DuplicateError, LoadError, NotFoundError, UnlawfulStepError
from scotintegration.examples import example
from scotintegration.lifecycle import State, StepKind
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.scopes import Scope, Uncovered
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

START = date(2026, 4, 1)
DAYS = st.integers(-20, 60).map(lambda n: START + timedelta(days=n))
EVERY_DAY = [START + timedelta(days=n) for n in range(-25, 70, 3)]
FUNCTIONS = ("care-at-home", "frailty", "respite")
PARTIES = ("toy-council", "toy-nhs")
SCOPE = Scope(recipients=PARTIES, functions=Listing(FUNCTIONS))
ENDED_AS = {State.VARIED, State.SUPERSEDED, State.REVOKED}


def subsets(names, min_size=0):
    """Draw some of the names."""
    return st.lists(st.sampled_from(names), min_size=min_size, max_size=len(names), unique=True)


@st.composite
def moves(draw, days=DAYS, lawful=True):
    """
    Draw what is done to a register, step by step.

    A move is a direction to be issued, which may end an earlier one, or the number of one to be revoked with its day.
    """
    found = []
    maybe_days = days if lawful else days | st.none() | st.just(UNKNOWN)
    for number in range(draw(st.integers(1, 8))):
        if number and draw(st.integers(0, 4)) == 0:
            found.append((f"D-{draw(st.integers(0, number - 1))}", draw(days)))
            continue
        fields = {"effective_from": draw(maybe_days)}
        if not lawful:
            fields["issued_on"], fields["decided_on"] = draw(maybe_days), draw(maybe_days)
        first = fields["effective_from"]
        lasts = st.none() if first is None or first is UNKNOWN else st.integers(0, 40).map(timedelta)
        last = draw(st.none() | lasts) if lawful else draw(st.none() | lasts | st.just(UNKNOWN))
        fields["ends_on"] = first + last if isinstance(last, timedelta) else last
        how = draw(st.sampled_from(["issue", "varies", "supersedes", "revokes"])) if number else "issue"
        if how != "issue":
            fields[how] = f"D-{draw(st.integers(0, number - 1))}"
        if how != "revokes":
            fields["functions"] = draw(subsets(FUNCTIONS, min_size=1))
        given_to = draw(subsets(PARTIES, min_size=1))
        found.append(Direction(f"D-{number}", given_to=given_to, in_writing=True, **fields))
    return found


def played(found, register=None, until=None):
    """Play moves on a register, passing over what it refuses."""
    register = DirectionsRegister("toy-ijb", strict=False, scope=SCOPE) if register is None else register
    for move in found[:until]:
        try:
            register = register.issue(move) if isinstance(move, Direction) else register.revoke(move[0], on=move[1])
        except (UnlawfulStepError, NotFoundError):
            continue
    return register


def states(register, on):
    """Give the state of every direction."""
    return {one.full_reference: register.state(one, on=on) for one in register}


def toy_in_force(register, on):
    """Say what is in force as another team might, from plain rows."""
    rows = [
        {
            "id": one.id,
            "from": one.effective_from,
            "until": one.ends_on,
            "revokes": one.revokes,
            "ends": [name for name in (one.varies, one.revokes, one.supersedes) if name],
        }
        for one in register
    ]
    bare = [(step.on, step.target, "") for step in register.steps if step.direction is None]
    ended = dict[str, date]()
    for day, name, by in sorted([*bare, *((row["from"], name, row["id"]) for row in rows for name in row["ends"])]):
        if day <= ended.get(by, day):  # what ended before its own first day ends nothing
            ended.setdefault(name, day)
    return {
        row["id"]
        for row in rows
        if not row["revokes"]
        and row["from"] <= on
        and (row["until"] is None or on <= row["until"])
        and not (row["id"] in ended and ended[row["id"]] <= on)
    }


class TestLaws:
    @given(moves())
    def test_as_plain_rows(self, found):
        """The fold says what a scan of plain rows says."""
        for register in (played(found), played(found, DirectionsRegister("toy-ijb", scope=SCOPE))):
            for on in EVERY_DAY:
                live = register.in_force(on=on)
                assert toy_in_force(register, on) == {one.id for one in live}
                assert live.complete

    @given(moves(lawful=False))
    def test_append_only(self, found):
        """A step keeps all steps before it, and changes no state on any day before it takes effect."""
        register = played(found[:-1])
        grown = played(found[-1:], register)
        assert register.steps == grown.steps[: len(register.steps)]
        fresh = [step.on for step in grown.steps[len(register.steps) :]]
        if UNKNOWN in fresh:
            return
        first = min((on for on in fresh if on is not None), default=date.max)
        for on in EVERY_DAY:
            if on < first:
                before = states(register, on)
                assert before == {name: state for name, state in states(grown, on).items() if name in before}

    @given(moves())
    def test_replay(self, found):
        """Playing only the steps that have taken effect by a day gives what the whole history says of it."""
        register = played(found)
        for on in EVERY_DAY:
            past = attrs.evolve(register, steps=[step for step in register.steps if step.on <= on])
            assert register.in_force(on=on) == past.in_force(on=on)
            assert states(past, on).items() <= states(register, on).items()

    @given(moves(lawful=False), st.randoms())
    def test_order(self, found, random):
        """The order in which steps were recorded does not matter to what they say."""
        register = played(found)
        mixed = list(register.steps)
        random.shuffle(mixed)
        other = attrs.evolve(register, steps=mixed)
        for on in EVERY_DAY:
            assert states(register, on) == states(other, on)
            assert set(register.in_force(on=on).items) == set(other.in_force(on=on).items)
        for one in register:
            assert set(register.chain(one)) == set(other.chain(one))

    @given(moves(lawful=False), DAYS)
    def test_in_force_agrees_with_state(self, found, on):
        """What is in force is what has that state, and what is unknown can only leave out what may be in force."""
        register = played(found)
        live = register.in_force(on=on)
        every = states(register, on)
        assert {name for name, state in every.items() if state is State.IN_FORCE} == {
            one.full_reference for one in live
        }
        if not live.complete:
            assert UNKNOWN in every.values()

    @given(moves(lawful=False), DAYS, st.data())
    def test_unknown_is_honest(self, found, on, data):
        """Whatever is told while days are unknown stays true once they are found out."""
        register = played(found)
        told = {one.id: register.state(one, on=on) for one in register}
        steps = []
        for step in register.steps:
            direction, day = step.direction, step.on
            if direction is not None:
                day_of = {}
                for name in ("decided_on", "issued_on", "effective_from", "ends_on"):
                    if getattr(direction, name) is UNKNOWN:
                        day_of[name] = data.draw(st.none() if name == "decided_on" else self.later(direction, register))
                try:
                    direction = direction.evolve(**day_of)
                except ValueError:
                    return  # it would end before it begins
                if day is UNKNOWN:
                    day = direction.binds_from
            steps.append(attrs.evolve(step, direction=direction, on=day))
        found_out = attrs.evolve(register, steps=steps)
        for id, state in told.items():
            if state is not UNKNOWN:
                assert state is found_out.state(id, on=on)

    @staticmethod
    def later(direction, register):
        """Draw days that a record may turn out to hold: none before the acts that are recorded."""
        acts = [
            day
            for one in (direction, *(register[name] for name in direction.targets))
            for day in (one.binds_from, one.decided_on, one.issued_on)
            if isinstance(day, date)
        ]
        return st.integers(0, 60).map(lambda n: max([START - timedelta(days=20), *acts]) + timedelta(days=n))

    @given(
        moves(), st.sampled_from([None, *PARTIES, "charity"]), st.sampled_from([*FUNCTIONS, "housing"]), st.booleans()
    )
    def test_strict(self, found, recipient, function, written):
        """A strict register holds only steps in writing, to those it may direct, of what binds by then."""
        odd = Direction(
            "odd", given_to=recipient, functions=[function], effective_from=START, in_writing=written, varies="D-0"
        )
        register = played([*found, odd], DirectionsRegister("toy-ijb", scope=SCOPE))
        starts = {one.id: one.effective_from for one in register}
        for step in register.steps:
            assert step.target is None or starts[step.target] <= step.on
            if step.direction is not None:
                assert step.direction.in_writing
                assert step.direction.issuer == "toy-ijb"
                assert set(step.direction.functions) <= set(FUNCTIONS)
                assert set(step.direction.given_to) <= set(PARTIES)
                assert step.direction.given_to

    @given(moves(lawful=False))
    def test_round_trip(self, found):
        """A register survives copying, pickling and being made again, and answers the same."""
        register = played(found)
        for other in (
            attrs.evolve(register),
            pickle.loads(pickle.dumps(register)),
            copy.deepcopy(register),
            DirectionsRegister("toy-ijb", iter(register.steps)),
        ):
            assert register == other
            assert hash(register) == hash(other)
            assert states(register, START) == states(other, START)

    @given(moves(lawful=False))
    def test_look_up(self, found):
        """Every direction is found by its reference, by year and reference, and by itself; its kin are mutual."""
        register = played(found)
        assert len(register) == len(list(register)) == len(register.directions)
        for one in register:
            assert one is register[one.id] is register[one.full_reference] is register[(one.year, one.id)]
            assert one is register[one]
            family = register.chain(one)
            assert one in family
            assert all(family == register.chain(other) for other in family)
        for function in FUNCTIONS:
            assert tuple(one for one in register if function in one.functions) == register.history(function)

    @given(moves(), moves(lawful=False), DAYS)
    def test_uncovered(self, found, doubtful, on):
        """The functions without a direction are those that no direction in force names."""
        register = played(found)
        named = {function for one in register.in_force(on=on) for function in one.functions}
        assert Listing(sorted(set(FUNCTIONS) - named)) == register.functions_without_direction(on=on).functions
        told = played(doubtful).functions_without_direction(on=on).functions
        live = {function for one in played(doubtful).in_force(on=on) for function in one.functions}
        assert set(told.items) <= set(FUNCTIONS) - live
        assert told.complete or played(doubtful).in_force(on=on).complete is False


def direction(id="D-1", **fields):
    """Draft a direction that a strict register accepts."""
    plain = {"given_to": "toy-council", "functions": ["respite"], "effective_from": START, "in_writing": True}
    return Direction(id, **{**plain, **fields})


@pytest.fixture
def register():
    """Give a strict register with one direction."""
    return DirectionsRegister("toy-ijb", scope=SCOPE).issue(direction())


class TestLife:
    def test_before(self):
        """A direction is drafted, then approved, then issued, then in force."""
        register = DirectionsRegister("toy-ijb").issue(direction(decided_on="2026-02-01", issued_on="2026-03-01"))
        found = [register.state("D-1", on=on) for on in ("2026-01-31", "2026-02-01", "2026-03-01", "2026-04-01")]
        assert [State.DRAFTED, State.APPROVED, State.ISSUED, State.IN_FORCE] == found

    @pytest.mark.parametrize(
        ("verb", "state"), [("vary", State.VARIED), ("supersede", State.SUPERSEDED), ("revoke", State.REVOKED)]
    )
    def test_ended(self, register, verb, state):
        """A direction ends on the first day of what varies, supersedes or revokes it, and not before."""
        second = direction("D-2", effective_from="2026-09-01")
        if verb == "revoke":
            register = register.revoke("D-1", on="2026-09-01", direction=second)
        else:
            register = getattr(register, verb)("D-1", second)
        assert State.IN_FORCE is register.state("D-1", on="2026-08-31")
        assert state is register.state("D-1", on="2026-09-01")
        assert ["D-2"] == [one.id for one in register.in_force(on="2026-09-01")]
        assert [Step(kind=verb, direction=register["D-2"], target="D-1", on="2026-09-01")] == list(register.steps[1:])

    def test_last_day(self):
        """A direction binds on its last day, and has expired on the next, whatever comes later."""
        register = DirectionsRegister("toy-ijb").issue(direction(ends_on="2026-08-31"))
        later = register.vary("D-1", direction("D-2", effective_from="2026-09-01"))
        sooner = register.vary("D-1", direction("D-2", effective_from="2026-08-31"))
        assert State.IN_FORCE is later.state("D-1", on="2026-08-31")
        for one in (register, later):
            assert State.EXPIRED is one.state("D-1", on="2026-09-01") is one.state("D-1", on="2030-01-01")
        assert State.VARIED is sooner.state("D-1", on="2026-08-31") is sooner.state("D-1", on="2030-01-01")

    def test_first_ending_counts(self, register):
        """What ended first says how a direction ended; a variation before a revocation of the same day."""
        register = register.revoke("D-1", on="2026-09-01").vary("D-1", direction("D-2", effective_from="2026-06-01"))
        assert State.VARIED is register.state("D-1", on="2026-12-01")
        assert State.REVOKED is register.revoke("D-1", on="2026-05-01").state("D-1", on="2026-12-01")
        same = register.revoke("D-1", on="2026-06-01")
        assert State.VARIED is same.state("D-1", on="2026-12-01")

    def test_bare_revocation(self, register):
        """A revocation that asks nothing else is never in force, and stays issued."""
        register = register.revoke("D-1", on="2026-09-01", direction=Direction("R-1", in_writing=True))
        assert date(2026, 9, 1) == register["R-1"].effective_from
        assert State.DRAFTED is register.state("R-1", on="2026-08-31")
        assert State.ISSUED is register.state("R-1", on="2026-09-01")
        assert Listing(()) == register.in_force(on="2026-09-01")

    def test_revocation_on_another_day(self, register):
        """A revocation may stop one direction on a day, and bind itself on another."""
        paper = direction("D-2", effective_from="2026-10-01", varies="D-0")
        register = register.issue(direction("D-0")).revoke("D-1", on="2026-08-01", direction=paper)
        assert State.REVOKED is register.state("D-1", on="2026-08-01")
        assert State.IN_FORCE is register.state("D-0", on="2026-09-30")
        assert State.VARIED is register.state("D-0", on="2026-10-01")
        assert [StepKind.VARY, StepKind.REVOKE] == [step.kind for step in register.steps[2:]]
        assert ("D-1", "D-0", "D-2") == tuple(one.id for one in register.chain("D-1"))
        alone = DirectionsRegister("toy-ijb").issue(direction())
        alone = alone.revoke("D-1", on="2026-08-01", direction=direction("D-2", effective_from="2026-10-01"))
        assert [StepKind.ISSUE, StepKind.REVOKE] == [step.kind for step in alone.steps[1:]]

    def test_draft_ends_nothing(self, register):
        """A draft without a day has no effect on what it is to vary."""
        register = register.vary("D-1", direction("D-2", effective_from=None))
        assert State.IN_FORCE is register.state("D-1", on="2040-01-01")
        assert State.DRAFTED is register.state("D-2", on="2040-01-01")

    def test_not_yet_here(self):
        """A history known in part may speak of directions that are not in it, and ends them once they are."""
        step = Step(kind="vary", direction=direction("D-2", effective_from="2026-09-01"), target="D-1", on="2026-09-01")
        register = DirectionsRegister("toy-ijb", [step], complete=False)
        assert ("D-2",) == tuple(one.id for one in register.chain("D-2"))
        assert State.VARIED is register.issue(direction()).state("D-1", on="2026-09-01")


class TestUnknown:
    @pytest.mark.parametrize(
        ("fields", "on", "expected"),
        [
            ({"effective_from": UNKNOWN}, "2026-04-01", UNKNOWN),
            ({"effective_from": UNKNOWN, "decided_on": "2026-05-01", "issued_on": None}, "2026-04-30", State.DRAFTED),
            ({"effective_from": UNKNOWN, "decided_on": "2026-05-01"}, "2026-05-01", UNKNOWN),
            ({"effective_from": UNKNOWN, "ends_on": "2026-05-01"}, "2026-05-02", State.EXPIRED),
            ({"ends_on": UNKNOWN}, "2026-04-01", State.IN_FORCE),
            ({"ends_on": UNKNOWN}, "2026-04-02", UNKNOWN),
            ({"issued_on": UNKNOWN}, "2026-04-01", State.IN_FORCE),
            ({"issued_on": UNKNOWN}, "2026-03-31", UNKNOWN),
            ({"issued_on": UNKNOWN, "decided_on": "2026-01-01"}, "2026-03-31", UNKNOWN),
            ({"effective_from": None, "ends_on": "2026-03-01"}, "2026-04-01", State.DRAFTED),
        ],
    )
    def test_state(self, fields, on, expected):
        """The state is told where what is recorded decides it, and only there."""
        register = DirectionsRegister("toy-ijb").issue(direction(**fields))
        assert expected is register.state("D-1", on=on)
        assert (expected is UNKNOWN and fields.get("issued_on") is not UNKNOWN) is not register.in_force(on=on).complete

    def test_varied_on_an_unknown_day(self, register):
        """What is varied on a day not recorded stands until the variation was decided; then it cannot be told."""
        register = register.vary("D-1", direction("D-2", effective_from=UNKNOWN, decided_on="2026-08-22"))
        assert State.IN_FORCE is register.state("D-1", on="2026-08-21")
        assert register.state("D-1", on="2026-08-22") is UNKNOWN
        further = register.vary("D-2", direction("D-3", effective_from=UNKNOWN))
        assert State.DRAFTED is further.state("D-3", on="2026-08-21")
        assert further.state("D-3", on="2026-08-22") is UNKNOWN
        assert State.VARIED is register.vary("D-1", direction("D-4")).state("D-1", on="2026-08-22")

    def test_expired_or_varied(self):
        """What may have been varied before its last day has ended, though how cannot be told."""
        register = DirectionsRegister("toy-ijb").issue(direction(ends_on="2026-06-30"))
        sooner = register.vary("D-1", direction("D-2", effective_from=UNKNOWN, decided_on="2026-06-01"))
        later = register.vary("D-1", direction("D-2", effective_from=UNKNOWN, decided_on="2026-07-01"))
        assert sooner.state("D-1", on="2026-07-01") is UNKNOWN
        assert State.EXPIRED is later.state("D-1", on="2026-07-01")
        assert "D-1" not in {one.id for one in sooner.in_force(on="2026-07-01")}

    def test_revoked_on_an_unknown_day(self):
        """A revocation whose day and paper are not recorded may have come on any day."""
        steps = [Step(kind="issue", direction=direction(), on=START), Step(kind="revoke", target="D-1", on=UNKNOWN)]
        assert DirectionsRegister("toy-ijb", steps).state("D-1", on=START) is UNKNOWN


class TestReferences:
    def test_two_years(self):
        """A reference used in two years is two directions, which are never mixed up."""
        register = DirectionsRegister("toy-ijb").issue(direction("1.1", effective_from="2025-04-01"))
        register = register.supersede("1.1", direction("1.1"))
        first, second = register[("2025/26", "1.1")], register["2026/27 1.1"]
        assert (date(2025, 4, 1), START) == (first.effective_from, second.effective_from)
        assert "2025/26/1.1" == second.supersedes
        assert State.SUPERSEDED is register.state(first, on=START)
        assert State.IN_FORCE is register.state(("2026/27", "1.1"), on=START)
        assert (first, second) == register.chain(first) == register.chain("2026/27/1.1")
        third = register.vary(("2026/27", "1.1"), direction("1.2", effective_from="2026-09-01"))
        assert State.VARIED is third.state(second, on="2026-09-01")
        assert State.SUPERSEDED is third.state(first, on="2026-09-01")
        fourth = register.issue(direction("1.3", effective_from="2026-10-01", varies="2026/27 1.1"))
        assert State.VARIED is fourth.state(second, on="2026-10-01")

    def test_own_reference(self):
        """A direction that varies one of its own reference means that of another year."""
        register = DirectionsRegister("toy-ijb").issue(direction("1.1", effective_from="2025-04-01"))
        register = register.issue(direction("1.1", varies="1.1"))
        assert State.VARIED is register.state(("2025/26", "1.1"), on=START)
        assert State.IN_FORCE is register.state(("2026/27", "1.1"), on=START)

    def test_meaning_stays(self):
        """What is recorded later does not change what a reference meant."""
        register = DirectionsRegister("toy-ijb").issue(direction("1.1")).vary("1.1", direction("1.2"))
        assert "1.1" == register["1.2"].varies
        later = register.issue(direction("1.1", effective_from="2027-04-01"))
        assert State.VARIED is later.state(("2026/27", "1.1"), on="2027-04-01")
        assert State.IN_FORCE is later.state(("2027/28", "1.1"), on="2027-04-01")

    def test_undated(self):
        """Directions of no known year are found as such."""
        register = DirectionsRegister("toy-ijb").issue(Direction("A", in_writing=True, year=UNKNOWN))
        assert register["A"] is register[(None, "A")] is register[(UNKNOWN, "A")] is register["undated/A"]
        both = register.issue(direction("A")).revoke((None, "A"), on="2026-05-01")
        assert State.REVOKED is both.state("undated/A", on="2026-05-01")
        assert State.IN_FORCE is both.state(("2026/27", "A"), on="2026-05-01")

    def test_ambiguous(self):
        """A reference of several years is refused, and the years named."""
        register = DirectionsRegister("toy-ijb").issue(direction("1.1", effective_from="2024-04-01"))
        register = register.issue(direction("1.1", effective_from="2025-04-01")).issue(direction("1.1"))
        message = (
            "reference '1.1' is used in 2024/25, 2025/26 and 2026/27; "
            "expected one with its year, such as ('2026/27', '1.1')"
        )
        for ask in (
            lambda: register["1.1"],
            lambda: register.state("1.1", on=START),
            lambda: register.chain("1.1"),
            lambda: register.revoke("1.1", on=START),
            lambda: register.issue(direction("D-9", varies="1.1")),
            lambda: attrs.evolve(register, steps=[*register.steps, Step(kind="revoke", target="1.1", on=START)]),
        ):
            with pytest.raises(ValueError, match="is used in") as raised:
                ask()
            assert message == str(raised.value)
        loose = Step(kind="issue", direction=direction("D-9", varies="1.1"), on=START)
        assert 1 == len(attrs.evolve(register, steps=[*register.steps, loose]).chain("D-9"))

    def test_two_issuers(self):
        """A direction of another authority does not count as this one's, though a reference may be shared."""
        register = DirectionsRegister("toy-ijb", strict=False, scope=SCOPE).issue(direction(functions=["frailty"]))
        register = register.issue(direction(issuer="other-ijb"))
        with pytest.raises(ValueError, match="used by 'toy-ijb' and 'other-ijb'; expected the direction itself"):
            register["D-1"]
        assert "other-ijb" == register[direction(issuer="other-ijb")].issuer
        assert "toy-ijb" == register[direction()].issuer == register[direction(issuer=UNKNOWN)].issuer
        with pytest.raises(NotFoundError):
            register[direction(issuer="third-ijb")]
        assert ("care-at-home", "respite") == tuple(register.functions_without_direction(on=START))

    @pytest.mark.parametrize(
        ("reference", "message"),
        [
            ("D-11", "no direction 'D-11'; did you mean 'D-1'?"),
            (("2027/28", "D-1"), "no direction '2027/28/D-1'; did you mean '2026/27/D-1'?"),
            (Direction("E"), "no direction 'undated/E'; known are '2026/27/D-1'"),
        ],
    )
    def test_missing(self, register, reference, message):
        """A direction that is not here is not found, and near ones are named."""
        for ask in (
            lambda: register[reference],
            lambda: register.state(reference, on=START),
            lambda: register.vary(reference, direction("D-2")),
            lambda: register.supersede(reference, direction("D-2")),
            lambda: register.revoke(reference, on=START),
        ):
            with pytest.raises(NotFoundError) as raised:
                ask()
            assert message == str(raised.value)

    def test_twice(self, register):
        """A reference is used once a year."""
        with pytest.raises(DuplicateError) as raised:
            register.issue(direction())
        message = "second direction 'D-1' in the register of toy-ijb, year 2026/27; expected an id of its own"
        assert message == str(raised.value)


class TestStrict:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            (
                {"in_writing": False},
                "direction 'D-2' is not in writing; expected in_writing=True [asp 2014/9 s.27(5)(b)]",
            ),
            (
                {"in_writing": None},
                "direction 'D-2' is not in writing; expected in_writing=True [asp 2014/9 s.27(5)(b)]",
            ),
            (
                {"issuer": "other-ijb"},
                "direction 'D-2' is issued by 'other-ijb'; expected a direction of 'toy-ijb' [asp 2014/9 s.27(5)(a)]",
            ),
            (
                {"given_to": "charity"},
                "direction 'D-2' is given to 'charity'; expected one of 'toy-council', 'toy-nhs' [asp 2014/9 s.26(1)]",
            ),
            (
                {"given_to": None},
                "direction 'D-2' is given to nobody; expected one of 'toy-council', 'toy-nhs' [asp 2014/9 s.26(1)]",
            ),
            (
                {"functions": ["respit"]},
                "direction 'D-2' names 'respit', which is not delegated; "
                "expected a delegated function such as 'respite' [asp 2014/9 s.26(1)]",
            ),
            (
                {"functions": ["housing"]},
                "direction 'D-2' names 'housing', which is not delegated; "
                "expected a delegated function [asp 2014/9 s.26(1)]",
            ),
            (
                {"varies": "D-1", "effective_from": "2026-03-31"},
                "'D-1' would end on 2026-03-31, before it binds on 2026-04-01; "
                "expected a direction given by then [asp 2014/9 s.27(5)(a)]",
            ),
        ],
    )
    def test_refuses(self, register, fields, message):
        """A step that statute forbids is refused with its provision; a register that is not strict records it."""
        with pytest.raises(UnlawfulStepError) as raised:
            register.issue(direction("D-2", **fields))
        assert message == str(raised.value)
        assert "D-2" == attrs.evolve(register, strict=False).issue(direction("D-2", **fields)).directions[-1].id

    def test_revokes_what_was_not_decided(self):
        """A direction whose first day is not recorded cannot end before it was decided."""
        register = DirectionsRegister("toy-ijb").issue(direction(effective_from=UNKNOWN, decided_on="2021-10-02"))
        with pytest.raises(UnlawfulStepError) as raised:
            register.revoke("D-1", on="2021-08-24")
        message = (
            "'D-1' would end on 2021-08-24, before it was decided on 2021-10-02; "
            "expected a direction given by then [asp 2014/9 s.27(5)(a)]"
        )
        assert message == str(raised.value)

    def test_revokes_what_does_not_bind_yet(self):
        """A direction that was issued may be revoked before it binds; one that was not may not."""
        register = DirectionsRegister("toy-ijb").issue(direction(issued_on="2026-03-01"))
        revoked = register.revoke("D-1", on="2026-03-20")
        assert [State.ISSUED, State.REVOKED] == [revoked.state("D-1", on=on) for on in ("2026-03-19", "2026-03-20")]
        assert State.REVOKED is revoked.state("D-1", on=START)
        with pytest.raises(UnlawfulStepError, match="would end on 2026-02-28, before it was issued on 2026-03-01"):
            register.revoke("D-1", on="2026-02-28")
        undated = DirectionsRegister("toy-ijb").issue(direction(effective_from=UNKNOWN))
        assert State.REVOKED is undated.revoke("D-1", on="2026-02-28").state("D-1", on=START)

    def test_revokes_what_is_not_its_own(self):
        """Only the authority that gave a direction ends it."""
        foreign = Step(kind="issue", direction=direction(issuer="other-ijb"), on=START)
        register = DirectionsRegister("toy-ijb", [foreign])
        with pytest.raises(UnlawfulStepError) as raised:
            register.revoke("D-1", on=START)
        message = (
            "'D-1' is a direction of 'other-ijb'; expected an earlier direction of 'toy-ijb' [asp 2014/9 s.27(5)(a)]"
        )
        assert message == str(raised.value)

    def test_accepts(self, register):
        """What is not known is not refused, nor what only revokes for being given to nobody."""
        register.issue(direction("D-2", in_writing=UNKNOWN, issuer=UNKNOWN, given_to=UNKNOWN, functions=UNKNOWN))
        register.revoke("D-1", on=START, direction=Direction("R-1", in_writing=True))
        wide = attrs.evolve(register, scope=Scope(recipients=PARTIES, functions=Listing.partial("frailty")))
        wide.issue(direction("D-2", functions=["housing"]))
        DirectionsRegister("toy-ijb").issue(direction(given_to="charity"))

    def test_lead_agency(self):
        """The provision is that of the scope."""
        scope = Scope(recipients=("toy-nhs",), functions=Listing(()), provision=cite("asp 2014/9 s.26(2)"))
        with pytest.raises(UnlawfulStepError, match=r"\[asp 2014/9 s\.26\(2\)\]"):
            DirectionsRegister("toy-lead", scope=scope).issue(direction())


class TestCoverage:
    def test_uncovered(self, register):
        """Functions without a direction come with the duty to direct."""
        found = register.functions_without_direction(on="2026-04-01")
        assert ("care-at-home", "frailty") == tuple(found)
        assert (2, True, cite("asp 2014/9 s.26(1)"), START) == (len(found), bool(found), found.citation, found.on)
        assert Uncovered(functions=Listing(FUNCTIONS), on=date(2026, 3, 31)) == register.functions_without_direction(
            on="2026-03-31"
        )

    def test_covered(self, register):
        """Nothing is missing where each function has a direction."""
        assert not register.issue(direction("D-2", functions=FUNCTIONS)).functions_without_direction(on=START)

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"functions": UNKNOWN, "words": "beds"}, ()),
            ({"functions": Listing.partial("frailty")}, ()),
            ({"functions": ["frailty"], "effective_from": UNKNOWN, "decided_on": None}, ("care-at-home",)),
            ({"functions": UNKNOWN, "effective_from": UNKNOWN}, ()),
        ],
    )
    def test_cannot_tell(self, register, fields, told):
        """What a direction may cover is not said to be without one."""
        found = register.issue(direction("D-2", **fields)).functions_without_direction(on=START).functions
        assert Listing(told, complete=False) == found

    def test_in_part(self, register):
        """A register known in part may cover anything, unless all is covered already."""
        part = attrs.evolve(register, complete=False)
        assert Listing((), complete=False) == part.functions_without_direction(on=START).functions
        assert not part.in_force(on=START).complete
        whole = part.issue(direction("D-2", functions=FUNCTIONS))
        assert Listing(()) == whole.functions_without_direction(on=START).functions
        some = attrs.evolve(register, scope=Scope(recipients=PARTIES, functions=Listing.partial("frailty")))
        assert Listing.partial("frailty") == some.functions_without_direction(on=START).functions

    def test_no_scope(self):
        """Without a scope nothing is known of what is delegated."""
        with pytest.raises(ValueError, match="this register has no scope; expected that of a partnership"):
            DirectionsRegister("toy-ijb").functions_without_direction(on=START)


class TestRegister:
    def test_kind(self, register):
        """A register says what it is, and holds steps only."""
        assert "DirectionsRegister" == register.kind
        with pytest.raises(TypeError, match=r"DirectionsRegister\.steps must be Step, got 'D-1'"):
            DirectionsRegister("toy-ijb", ["D-1"])
        with pytest.raises(TypeError, match=r"DirectionsRegister\.scope must be Scope or NoneType"):
            DirectionsRegister("toy-ijb", scope="all")

    def test_equality(self, register):
        """Scope and strictness do not count in equality; what is recorded does."""
        assert register == attrs.evolve(register, scope=None, strict=False)
        assert register != attrs.evolve(register, complete=False)
        assert register != register.revoke("D-1", on=START)

    def test_large(self):
        """Twenty thousand directions are no trouble."""
        count = 20_000
        steps = []
        for number in range(count):
            on = START + timedelta(days=number // 10)
            one = direction(f"D-{number}", functions=[f"f-{number % 300}"], effective_from=on)
            if number % 2:
                steps.append(
                    Step(kind="vary", direction=one.evolve(varies=f"D-{number - 1}"), target=f"D-{number - 1}", on=on)
                )
            else:
                steps.append(Step(kind="issue", direction=one, on=on))
        began = time.perf_counter()
        register = DirectionsRegister("toy-ijb", steps)
        live = register.in_force(on=date(2040, 1, 1))
        assert count // 2 == len(live)
        assert 2 == len(register.chain("D-7"))
        assert count // 300 <= len(register.history("f-7"))
        assert time.perf_counter() - began < 3


ROSEWELL = "Rosewell House interim direction"


@pytest.fixture
def partnership():
    """Give a partnership without functions yet."""
    return Partnership.between(
        HealthBoard("toy-nhs", name="NHS Toytown"),
        LocalAuthority("toy-council", name="Toytown Council"),
        model="a",
        as_at=START,
    )


class TestFromTable:
    @pytest.fixture
    def table(self, tmp_path):
        """Give a way to write a table and read it as a register."""

        def read(text, **options):
            path = tmp_path / "directions.csv"
            path.write_text(text, encoding="utf-8")
            return DirectionsRegister.from_csv(path, **{"issuer": "toy-ijb", **options})

        return read

    def test_order(self, table):
        """Rows may stand in any order."""
        rows = ["A,2026-04-01,none,,,", "B,2026-05-01,none,A,,", "C,2026-06-01,none,,B,", "D,2026-07-01,none,,,C"]
        header = "reference,effective_from,ends_on,varies,revokes,supersedes"
        first, second = (table("\n".join([header, *order])) for order in (rows, rows[::-1]))
        for on in ("2026-04-15", "2026-05-15", "2026-06-15", "2026-07-15"):
            assert states(first, on) == states(second, on)
        assert {State.VARIED, State.REVOKED, State.SUPERSEDED, State.IN_FORCE} == set(
            states(first, "2026-07-15").values()
        ) | {State.IN_FORCE}

    def test_revoked_on(self, table):
        """A revocation takes effect on the day its target was revoked, with a row of its own or without."""
        header = "reference,effective_from,ends_on,revoked_on,revokes\n"
        register = table(
            header + "A,2026-04-01,none,2026-08-24,\nB,2026-10-23,none,,A\nC,2026-04-01,none,2026-06-01,\n"
        )
        assert State.IN_FORCE is register.state("A", on="2026-08-23")
        assert State.REVOKED is register.state("A", on="2026-08-24")
        assert State.REVOKED is register.state("C", on="2026-06-01")
        assert ("A", "B") == tuple(one.id for one in register.chain("A"))
        other = table(header + "A,2026-04-01,none,,\nB,2026-10-23,none,,A\n")
        assert State.IN_FORCE is other.state("A", on="2026-10-22")
        assert State.REVOKED is other.state("A", on="2026-10-23")

    def test_two_years(self, table):
        """References that begin anew every year stay apart."""
        register = table(
            "reference,effective_from,ends_on,revoked_on,supersedes,varies\n"
            "1.1,2025-04-01,none,,,\n1.1,2026-04-01,none,,1.1,\n1.2,2026-09-01,none,2026-12-01,,2026/27 1.1\n"
        )
        assert [State.SUPERSEDED, State.VARIED, State.IN_FORCE] == list(states(register, "2026-09-01").values())
        assert State.REVOKED is register.state("1.2", on="2026-12-01")
        assert 3 == len(register.chain("1.2"))

    def test_strict(self, table, partnership):
        """Where it is asked to be strict, every step that statute forbids is a fault, in the order of rows."""
        text = (
            "reference,decided_on,effective_from,revokes,revoked_on,in_writing,directed_to\n"
            "A,2026-03-02,2026-04-01,,2026-03-01,yes,both\nB,,2026-05-01,,,no,both\nC,,2026-05-01,,,yes,charity\n"
            "D,,2026-05-01,,2026-03-01,yes,both\n"
        )
        register = table(text, partnership=partnership, issuer=None)
        assert (False, 4, partnership.id) == (register.strict, len(register), register.issuer)
        assert partnership.register.scope == register.scope
        with pytest.raises(LoadError) as raised:
            table(text, partnership=partnership, issuer=None, strict=True)
        assert ["row 2", "row 3", "row 4"] == [fault.path for fault in raised.value.errors]
        assert [
            "'A' would end on 2026-03-01, before it was decided on 2026-03-02; "
            "expected a direction given by then [asp 2014/9 s.27(5)(a)]",
            "direction 'B' is not in writing; expected in_writing=True [asp 2014/9 s.27(5)(b)]",
            "direction 'C' is given to 'charity'; expected one of 'toy-nhs', 'toy-council' [asp 2014/9 s.26(1)]",
        ] == [fault.message for fault in raised.value.errors]
        assert table("reference,in_writing\nA,yes\n", strict=True).strict
        assert not table("reference\nA\n", complete=False).complete

    def test_rosewell(self, table):
        """The chain of Rosewell House is followed, with its impossible date and its gap."""
        register = real("Aberdeen City")
        chain = register.chain("HSCP.21.088 Appendix D")
        assert (ROSEWELL, "HSCP.21.088 Appendix D", "HSCP.23.054 Appendix B", "HSCP.25.054 Appendix 2") == tuple(
            one.id for one in chain
        )
        assert {"intermediate care beds"} == {one.words for one in chain[:3]}
        ids = {one.id for one in chain}
        alone = attrs.evolve(
            register,
            complete=True,
            steps=[
                step for step in register.steps if step.target in ids or (step.direction and step.direction.id in ids)
            ],
        )

        def beds(on):
            return [one.id for one in alone.in_force(on=on)], alone.in_force(on=on).complete

        # Revoked on the day its replacement is decided, which is before it was decided itself.
        assert date(2021, 10, 2) == chain[0].decided_on
        assert State.REVOKED is register.state(ROSEWELL, on="2021-08-24")
        assert register.state(ROSEWELL, on="2021-08-23") is UNKNOWN
        with pytest.raises(LoadError, match="would end on 2021-08-24, before it was decided on 2021-10-02"):
            real("Aberdeen City", strict=True)
        # So from the revocation until the replacement binds no direction stands behind the beds.
        assert ([], True) == beds("2021-08-24") == beds("2021-10-22")
        assert ([chain[1].id], True) == beds("2021-10-23") == beds("2023-08-21")
        # When the next took its place was not recorded, nor when the last did, which ends three months later.
        assert ([], False) == beds("2023-09-01") == beds("2025-12-31") == beds("2026-01-01")
        assert State.IN_FORCE not in {register.state(one, on="2026-01-01") for one in chain[:3]}
        assert ([], True) == beds("2026-04-01")
        late = attrs.evolve(
            alone,
            steps=[
                step if step.direction != chain[3]
                else attrs.evolve(step, direction=chain[3].evolve(effective_from="2026-02-01"), on="2026-02-01")
                for step in alone.steps
            ],
        )  # fmt: skip
        assert ([], True) == (
            [one.id for one in late.in_force(on="2026-01-01")],
            late.in_force(on="2026-01-01").complete,
        )

    def test_real(self):
        """All the real directions load, each authority's by itself."""
        assert [13, 6, 6, 1] == [
            len(real(name)) for name in ("Aberdeen City", "East Lothian", "Midlothian", "Scottish Borders")
        ]


def real(issuer, **options):
    """Read the real directions of an integration authority."""
    from importlib.resources import as_file, files

    with as_file(files("scotintegration") / "scotland" / "data" / "directions_real.csv") as path:
        return DirectionsRegister.from_csv(path, issuer=issuer, complete=False, **options)


class TestTable:
    def test_every_step(self):
        """The table has a row for every step, with its money, words and what it ends."""
        register = (
            DirectionsRegister("toy-ijb", strict=False)
            .issue(Direction("D-1", given_to="toy-nhs", functions=["frailty"], payment="£5", specified="£4"))
            .issue(Direction("D-2", words="all functions", payment=UNKNOWN, effective_from="2026-04-01"))
            .revoke("D-1", on="2026-05-01")
        )
        table = register.to_table()
        assert (
            ("undated/D-1", "issue", "", "", "toy-nhs", "frailty", "£5.00 and £4.00"),
            ("2026/27/D-2", "issue", "", "2026-04-01", "", "all functions", "unknown"),
            ("", "revoke", "D-1", "2026-05-01", "", "", ""),
        ) == table.rows
        assert () == table.notes
        assert str(register) == table.to_text()

    def test_in_part(self):
        """A register known in part says so under its table."""
        assert ("Known only in part.",) == DirectionsRegister("toy-ijb", complete=False).to_table().notes


class TestScope:
    def test_text(self):
        """One text is no collection of recipients, nor anything but ids of functions."""
        with pytest.raises(TypeError, match=r"Scope\.recipients must be a collection of ids, got the text"):
            Scope(recipients="toy-council", functions=Listing.of(["respite"]))
        with pytest.raises(TypeError):
            Scope(recipients=["toy-council"], functions=[5])
        assert Listing.of(["respite"]) == Scope(recipients=["toy-council"], functions=["respite"]).functions

    def test_due(self):
        """Only what is delegated that day and not exempt is due; nothing is where directing is only a power."""
        days = {"old": Interval.through("2016-04-01", "2020-03-31"), "new": Interval.through("2020-04-01", None)}
        scope = Scope(recipients=["toy-council"], functions=["new"], delegated=days)
        register = DirectionsRegister("toy-ijb", scope=scope)
        for on, expected in (("2016-03-31", ()), ("2016-04-01", ("old",)), ("2020-04-01", ("new",))):
            assert expected == register.functions_without_direction(on=on).functions.items
        excused = attrs.evolve(scope, exempt=["new"])
        assert Listing(()) == excused.due(date(2026, 4, 1))
        assert not attrs.evolve(scope, exempt=UNKNOWN).due(date(2026, 4, 1)).complete
        assert Listing(()) == attrs.evolve(scope, must=False).due(date(2026, 4, 1))

    def test_lead_agency(self):
        """A lead agency may direct and need not, so nothing lacks a direction."""
        p = example("lead-agency-both-ways")
        gap = p.register.functions_without_direction(on=p.as_at)
        assert not gap
        assert cite("asp 2014/9 s.26(2)") == gap.citation

    def test_before_delegation(self):
        """Before functions passed none is without a direction."""
        assert not example("body-corporate").register.functions_without_direction(on="2014-01-01")
