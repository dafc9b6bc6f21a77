"""Tests of the longer questions to a register: lives, progress, groups, what was known when, and gaps."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import attrs
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_registers import DAYS, EVERY_DAY, FUNCTIONS, SCOPE, START, moves, played

from scotintegration.directions import Direction
from scotintegration.errors import LoadError, NotFoundError, UnlawfulStepError
from scotintegration.lifecycle import Event, State, StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.scopes import Gap, Scope
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

LATER = (
    StepKind.PAUSE,
    StepKind.RESUME,
    StepKind.COMPLETE,
    StepKind.NOTE_PROGRESS,
    StepKind.REJECT,
    StepKind.RECOMMEND,
)


def direction(id="D-1", **fields):
    kept = {
        "given_to": "toy-council",
        "functions": ["respite"],
        "decided_on": "2026-03-01",
        "issued_on": "2026-03-05",
        "effective_from": "2026-04-01",
        "in_writing": True,
    }
    return Direction(id, **{**kept, **fields})


def register(*papers):
    found = DirectionsRegister("toy-ijb", scope=SCOPE)
    for paper in papers or (direction(),):
        found = found.issue(paper)
    return found


@st.composite
def histories(draw):
    """Draw a register in which directions are also paused, resumed, completed and extended."""
    found = played(draw(moves()), DirectionsRegister("toy-ijb", strict=False, scope=SCOPE))
    steps = list(found.steps)
    for one in found.directions:
        for kind in draw(st.lists(st.sampled_from(LATER), max_size=2)):
            steps.append(Step(kind=kind, target=one.id, on=draw(st.one_of(DAYS, st.just(UNKNOWN)))))
        if draw(st.booleans()):
            steps.append(Step(kind="extend", target=one.id, on=draw(DAYS), until=draw(DAYS)))
    return DirectionsRegister("toy-ijb", tuple(steps), strict=False, scope=SCOPE)


class TestLaws:
    @given(histories())
    def test_live_agrees_with_state(self, found):
        """A direction is in force on a day if, and only if, its state that day binds."""
        for on in EVERY_DAY:
            live = found.in_force(on=on)
            for one in found:
                state = found.state(one, on=on)
                if state is not UNKNOWN:
                    assert (one in live.items) is state.binds

    @given(histories())
    def test_gaps_agree_with_days(self, found):
        """The gaps of a stretch are what is found without a direction on each of its days."""
        gaps = found.gaps(EVERY_DAY[0], EVERY_DAY[-1])
        for on in EVERY_DAY:
            bare = found.functions_without_direction(on=on).functions
            assert set(gaps.on(on)) <= set(bare.items)
            if gaps.complete and bare.complete:
                assert set(gaps.on(on)) == set(bare.items)

    @given(histories())
    def test_no_gap_touches_another(self, found):
        """Two stretches of one function have a day between them, and none is empty."""
        gaps = found.gaps(EVERY_DAY[0], EVERY_DAY[-1]).gaps
        for one, other in pairwise(gaps):
            assert not one.days.empty
            assert one.function < other.function or one.days.end < other.days.start

    @given(histories(), DAYS)
    def test_final(self, found, on):
        """A state that is final stays."""
        for one in found:
            state = found.state(one, on=on)
            if state is not UNKNOWN and state.is_final and not any(step.on is UNKNOWN for step in found.steps):
                assert state is found.state(one, on=on + timedelta(days=30))

    @given(histories())
    def test_life_agrees_with_state(self, found):
        """A moment of a life has the state of its day, unless more happens that day."""
        for one in found:
            life = found.life(one)
            days = [moment.on for moment in life]
            assert sorted(days) == days
            for moment in life:
                state = found.state(one, on=moment.on)
                assert moment.state is state or days.count(moment.on) > 1 or state is UNKNOWN

    @given(moves(), DAYS)
    def test_known_later_adds(self, found, on):
        """What was known on a day is the beginning of what is known on a later one."""
        whole = played(found)
        early, late = whole.as_known_at(on), whole.as_known_at(on + timedelta(days=9))
        assert set(early.steps) <= set(late.steps) <= set(whole.steps)


class TestLife:
    def test_told(self):
        """A life tells what happened, in order, with its state and provision."""
        life = register().revoke("D-1", on="2026-09-01").life("D-1")
        assert ["approved", "issued", "in force", "revoked"] == [one.state for one in life]
        assert "s. 27(5)(a)" == life.moments[-1].citation.printed
        assert life.complete
        assert len(life) == len(life.to_table())
        assert "2026-04-01: take effect -> in force [s. 26(1)]" == str(life.moments[2])
        assert "class revoked visited" in life.to_mermaid()
        assert "The life of direction 2026/27/D-1" in str(life)

    def test_in_part(self):
        """Where a day was not recorded the life says so, and gives no state that it decides."""
        life = register(direction(ends_on=UNKNOWN)).life("D-1")
        assert not life.complete
        assert "not recorded" in str(life)
        ended = register(direction(issued_on=UNKNOWN, effective_from=UNKNOWN)).revoke("D-1", on="2026-09-01")
        assert [UNKNOWN, State.REVOKED] == [one.state for one in ended.life("D-1")]

    def test_recommended(self):
        """A draft is recommended, then approved; one that is rejected goes no further."""
        draft = direction(decided_on=None, issued_on=None, effective_from=None)
        found = DirectionsRegister("toy-ijb").issue(draft).recommend("D-1", on="2026-02-20", note="paper 7")
        assert "recommended" == found.state("D-1", on="2026-02-21")
        refused = found.reject("D-1", on="2026-03-01", note="not carried")
        assert "rejected" == refused.state("D-1", on="2026-12-01")

    def test_amended(self):
        """A draft that was amended has its new words, and is a draft again; the old ones stay in the history."""
        draft = direction(decided_on="2026-03-01", use="beds")
        found = register(draft).amend("D-1", draft.evolve(use="nurses"), on="2026-02-25")
        assert "nurses" == found["D-1"].use
        assert 1 == len(found)
        assert "beds" == found.steps[0].direction.use
        assert [Event.AMEND, Event.APPROVE] == [one.event for one in found.life("D-1")][:2]
        with pytest.raises(ValueError, match=r"keeps its reference '2026/27/D-1', got '2026/27/D-9'"):
            found.amend("D-1", draft.evolve(id="D-9"), on="2026-02-25")

    def test_amended_as_it_is(self):
        """A draft that is amended by the very paper that is held was amended all the same."""
        draft = direction(decided_on="2026-03-01")
        found = register(draft)
        for paper in (found["D-1"], draft):
            again = found.amend("D-1", paper, on="2026-02-25")
            assert [Event.AMEND, Event.APPROVE] == [one.event for one in again.life("D-1")][:2]

    def test_amended_is_found(self):
        """An amended draft is found by its new functions and names, and no longer by the old ones."""
        draft = direction(decided_on="2026-03-01", aliases=["D1"])
        words = draft.evolve(functions=["care-at-home"], aliases=["First"])
        found = register(draft).amend("D-1", words, on="2026-02-25")
        assert ("D-1",) == tuple(one.id for one in found.history("care-at-home"))
        assert () == found.history(draft.functions.items[0])
        assert "D-1" == found["First"].id
        with pytest.raises(NotFoundError):
            found["D1"]

    def test_amended_too_late(self):
        """What is no draft any more keeps its words: only a later direction changes it."""
        found = register().amend("D-1", direction(use="other words"), on="2026-06-01")
        assert direction().use == found["D-1"].use
        assert Event.AMEND not in [one.event for one in found.life("D-1")]

    def test_amended_ends_others(self):
        """A draft with other words ends what they say, on the day that they say, and nothing else."""
        old = [direction(id=id) for id in ("D-1", "D-2", "D-3")]
        draft = direction(id="D-4", varies="D-1", decided_on="2026-04-20", issued_on=None, effective_from="2026-05-01")
        whole = register(*old).issue(draft)
        later = whole.amend("D-4", whole["D-4"].evolve(effective_from="2026-07-01"), on="2026-04-20")
        assert ["in force", "varied"] == [later.state("D-1", on=on) for on in ("2026-06-30", "2026-07-01")]
        words = whole["D-4"].evolve(varies=None, supersedes="D-1", revokes="D-2")
        other = whole.amend("D-4", words, on="2026-04-20")
        ended = [other.state(id, on="2026-05-01") for id in ("D-1", "D-2", "D-3", "D-4")]
        assert ["superseded", "revoked", "in force", "in force"] == ended
        none = whole.amend("D-4", words.evolve(supersedes=None, revokes=None), on="2026-04-20")
        assert ["in force"] * 3 == [none.state(id, on="2026-05-01") for id in ("D-1", "D-2", "D-4")]
        late = whole.amend("D-4", words.evolve(revokes="D-3"), on="2026-04-21")
        assert ["varied", "in force"] == [late.state(id, on="2026-05-01") for id in ("D-1", "D-3")]

    def test_what_never_takes_effect_ends_nothing(self):
        """A draft rejected, a direction whose condition is not met, and one that ended before its day end nothing."""
        later = direction(id="D-2", varies="D-1", decided_on="2026-04-20", issued_on=None, effective_from="2026-05-01")
        whole = register().issue(later)
        assert "varied" == whole.state("D-1", on="2026-05-01")
        assert "in force" == whole.reject("D-2", on="2026-04-20").state("D-1", on="2026-05-01")
        assert "in force" == whole.revoke("D-2", on="2026-04-30").state("D-1", on="2026-05-01")
        assert "varied" == whole.revoke("D-2", on="2026-05-01").state("D-1", on="2026-05-01")
        both = register(direction(), direction(id="D-3")).issue(later.evolve(supersedes="D-3"))
        assert ["in force"] * 2 == [
            both.reject("D-2", on="2026-04-20").state(id, on="2026-05-01") for id in ("D-1", "D-3")
        ]

    @pytest.mark.parametrize(
        ("met", "start", "states"),
        [
            (None, "2026-05-01", ["in force", "in force"]),
            ("2026-07-01", "2026-05-01", ["in force", "varied"]),
            ("2026-04-10", "2026-05-01", ["varied", "varied"]),
            (UNKNOWN, "2026-05-01", [UNKNOWN, UNKNOWN]),
            ("2026-07-01", UNKNOWN, ["in force", UNKNOWN]),
        ],
    )
    def test_conditional_ends_when_met(self, met, start, states):
        """A direction that waits for its condition ends another when it is met, and not before."""
        later = direction(id="D-2", varies="D-1", year="2026/27", effective_from=start, conditions="the money is found")
        whole = register().issue(later.evolve(condition_met_on=met))
        assert states == [whole.state("D-1", on=on) for on in ("2026-06-30", "2026-07-01")]

    def test_strict_of_what_was_not_recorded(self):
        """A strict register does not take the first day of a direction for the day on which it was given."""
        whole = register(direction(decided_on=UNKNOWN, issued_on=UNKNOWN))
        assert "revoked" == whole.revoke("D-1", on="2026-03-20").state("D-1", on="2026-04-01")
        drafted = register(direction(decided_on=None, issued_on=None))
        with pytest.raises(UnlawfulStepError, match="before it binds on 2026-04-01"):
            drafted.revoke("D-1", on="2026-03-20")

    def test_step_without_a_day(self):
        """A step that has no day yet has no effect."""
        whole = register()
        steps = [Step(kind=kind, target="D-1", on=None) for kind in ("note progress", "revoke")]
        assert "in force" == attrs.evolve(whole, steps=(*whole.steps, *steps)).state("D-1", on="2026-12-01")

    def test_ends_if_it_was_not_rejected(self):
        """Where it cannot be told whether a direction took effect, what it ends cannot be told either."""
        later = direction(id="D-2", varies="D-1", decided_on=None, issued_on=None, effective_from="2026-05-01")
        whole = register().issue(later)
        step = Step(kind="reject", target="D-2", on=UNKNOWN)
        found = attrs.evolve(whole, steps=(*whole.steps, step))
        assert UNKNOWN is found.state("D-1", on="2026-05-01")
        assert "in force" == found.state("D-1", on="2026-04-30")

    def test_strict_of_drafts(self):
        """Steps that a draft takes come before it is given; a strict register refuses no such step."""
        draft = direction(decided_on="2026-03-01", issued_on=None)
        found = register(draft).recommend("D-1", on="2026-02-20")
        assert "recommended" == found.state("D-1", on="2026-02-21")
        assert "rejected" == found.reject("D-1", on="2026-02-25").state("D-1", on="2026-03-01")
        with pytest.raises(UnlawfulStepError, match=r"'D-1' has a step, 'pause', on 2026-02-20, before it was decided"):
            found.pause("D-1", on="2026-02-20")

    def test_conditional(self):
        """A condition holds a direction back until it is met; whether it was may not be known."""
        held = direction(conditions="the Health Board's own budget")
        assert "conditional" == register(held).state("D-1", on="2026-05-01")
        met = register(held.evolve(condition_met_on="2026-04-10"))
        assert ["conditional", "in force"] == [met.state("D-1", on=on) for on in ("2026-04-09", "2026-04-10")]
        part = register(held.evolve(condition_met_on="2026-04-10", decided_on=UNKNOWN))  # and something is in doubt
        assert ["conditional", "in force"] == [part.state("D-1", on=on) for on in ("2026-04-09", "2026-04-10")]
        before = register(held.evolve(condition_met_on="2026-03-20"))
        assert "in force" == before.state("D-1", on="2026-04-01")
        assert UNKNOWN is register(held.evolve(condition_met_on=UNKNOWN)).state("D-1", on="2026-05-01")
        assert not register(held.evolve(condition_met_on=UNKNOWN)).in_force(on="2026-05-01").complete

    def test_interim(self):
        """An interim direction binds, and says what it is."""
        found = register(direction(interim=True))
        assert "interim" == found.state("D-1", on="2026-04-01")
        assert 1 == len(found.in_force(on="2026-04-01"))

    def test_paused(self):
        """A direction that is paused does not bind until it is resumed."""
        found = (
            register().pause("D-1", on="2026-05-01", note="notice of judicial review").resume("D-1", on="2026-06-01")
        )
        days = ("2026-04-30", "2026-05-01", "2026-06-01")
        assert ["in force", "paused", "in force"] == [found.state("D-1", on=on) for on in days]
        assert [1, 0, 1] == [len(found.in_force(on=on)) for on in days]

    def test_ends_before_it_begins(self):
        """A direction whose last day is before its first never binds."""
        found = register(direction(ends_on="2026-03-20"))
        assert "expired" == found.state("D-1", on="2026-04-01")
        assert 0 == len(found.in_force(on="2026-04-01"))


class TestExtend:
    def test_in_time(self):
        """An extension moves the last day, if that has not passed; it can be made again."""
        found = register(direction(ends_on="2026-06-30")).extend("D-1", until="2026-08-31", on="2026-06-30")
        again = found.extend("D-1", until="2026-12-31", on="2026-08-01")
        assert ["in force", "expired"] == [found.state("D-1", on=on) for on in ("2026-08-31", "2026-09-01")]
        assert "in force" == again.state("D-1", on="2026-12-31")

    def test_too_late(self):
        """What has expired is not revived."""
        found = register(direction(ends_on="2026-06-30")).extend("D-1", until="2026-08-31", on="2026-07-01")
        assert "expired" == found.state("D-1", on="2026-07-15")

    def test_no_later(self):
        """An extension to an earlier day changes nothing."""
        found = register(direction(ends_on="2026-06-30")).extend("D-1", until="2026-05-31", on="2026-05-01")
        assert "in force" == found.state("D-1", on="2026-06-30")

    def test_unknown_day(self):
        """Where it is not recorded when it was extended, it may have been too late."""
        held = register(direction(ends_on="2026-06-30"))
        late = DirectionsRegister(
            "toy-ijb", (*held.steps, Step(kind="extend", target="D-1", on=UNKNOWN, until="2026-08-31"))
        )
        assert ["in force", UNKNOWN] == [late.state("D-1", on=on) for on in ("2026-06-30", "2026-07-15")]

    def test_no_end(self):
        """What has no last day has none to move."""
        with pytest.raises(ValueError, match="direction 'D-1' has no last day"):
            register().extend("D-1", until="2026-08-31", on="2026-07-01")


class TestProgress:
    def test_notes(self):
        """Progress is noted, and a completion ends the direction with its evidence."""
        found = (
            register()
            .note_progress("D-1", "in progress", on="2026-06-01", note="two of five")
            .complete_direction("D-1", on="2026-10-01", document="closing report")
        )
        assert ["in progress", "completed"] == [step.progress for step in found.progress("D-1")]
        assert ["in force", "completed"] == [found.state("D-1", on=on) for on in ("2026-09-30", "2026-10-01")]
        assert "closing report" == found.progress("D-1")[-1].document

    def test_own(self):
        """Notes are of one direction."""
        found = register(direction(), direction("D-2")).note_progress("D-2", "refused", on="2026-06-01")
        assert [0, 1] == [len(found.progress(id)) for id in ("D-1", "D-2")]

    def test_missing(self):
        """A note is about a direction that is here."""
        with pytest.raises(NotFoundError):
            register().note_progress("D-9", "refused", on="2026-06-01")


class TestGroups:
    def test_group(self):
        """A heading states the money of its lettered directions."""
        found = register(
            direction("D11", payment="£20,597,000"),
            direction("D11a", budget_in="D11"),
            direction("D11c", budget_in="D11"),
        )
        assert ["D11a", "D11c"] == [one.id for one in found.group("D11")]
        assert () == found.group("D11a")


class TestAliases:
    def test_found(self):
        """A direction is found by any of its references."""
        found = register(direction("HSCP.23.054", aliases=["HSCP/23/054"]))
        assert found["HSCP.23.054"] is found["HSCP/23/054"]
        assert found.revoke("HSCP/23/054", on="2026-09-01").steps[-1].target == "HSCP.23.054"

    def test_ambiguous(self):
        """An alias of two directions means neither."""
        found = register(direction("D-1", aliases=["D-x"]), direction("D-2", aliases=["D-x"]))
        with pytest.raises(ValueError, match="reference 'D-x' is used"):
            found["D-x"]


class TestKnownAt:
    def test_recorded_on(self):
        """What was entered later was not known, whenever it took effect."""
        found = register(direction(ends_on="2026-12-31")).extend(
            "D-1", until="2027-03-31", on="2026-12-01", recorded_on="2027-01-15"
        )
        assert "in force" == found.state("D-1", on="2027-02-01")
        assert "expired" == found.as_known_at("2027-01-14").state("D-1", on="2027-02-01")
        assert found == found.as_known_at("2027-01-15")

    def test_not_recorded(self):
        """A step whose day nobody recorded is left out, and the register then known in part."""
        vague = direction(decided_on=UNKNOWN, issued_on=UNKNOWN, effective_from=UNKNOWN)
        found = register(vague).as_known_at("2026-12-01")
        assert 0 == len(found)
        assert not found.complete


class TestGaps:
    def test_between(self):
        """A function without a direction for a while has a gap for these days."""
        found = register(
            direction(functions=FUNCTIONS, ends_on="2026-06-30"),
            direction("D-2", functions=["care-at-home", "frailty"], effective_from="2026-07-01"),
            direction("D-3", effective_from="2026-07-15"),
        )
        gaps = found.gaps("2026-04-01", "2026-12-31")
        assert [Gap(function="respite", days=gaps.gaps[0].days)] == list(gaps)
        assert "respite: no direction 2026-07-01 to 2026-07-14 [s. 26(1)]" == str(gaps.gaps[0])
        assert gaps.complete
        assert ("respite",) == gaps.on(date(2026, 7, 14))
        assert 14 == gaps.to_table().to_records()[0]["days"]
        assert "Functions with no direction" in str(gaps)
        assert 1 == len(gaps)

    def test_words(self):
        """A direction whose functions are known in words only may cover any of them."""
        found = register(direction(functions=Listing((), complete=False), words="beds"))
        gaps = found.gaps("2026-04-01", "2026-04-30")
        assert not gaps.gaps
        assert not gaps.complete
        assert "There may be more" in str(gaps)

    def test_not_told(self):
        """Days on which a direction may be in force are no certain gap."""
        found = register(direction(functions=FUNCTIONS, ends_on=UNKNOWN))
        gaps = found.gaps("2026-03-30", "2026-04-30")
        assert {date(2026, 3, 31)} == {gap.days.last_day for gap in gaps}
        assert not gaps.complete
        words = register(direction(functions=Listing((), complete=False), ends_on=UNKNOWN))
        assert not words.gaps("2026-04-01", "2026-04-30").complete

    def test_power(self):
        """Where directing is only a power there is no gap."""
        scope = Scope(recipients=["toy-nhs"], functions=FUNCTIONS, must=False)
        found = DirectionsRegister("toy-authority", scope=scope).gaps("2026-04-01", "2026-04-30")
        assert (0, True) == (len(found), found.complete)

    def test_in_part(self):
        """A register known in part has no certain gap."""
        found = DirectionsRegister("toy-ijb", complete=False, scope=SCOPE).gaps("2026-04-01", "2026-04-30")
        assert (0, False) == (len(found), found.complete)

    def test_refuses(self):
        """A gap needs a scope, and days in order."""
        with pytest.raises(ValueError, match="no scope"):
            DirectionsRegister("toy-ijb").gaps("2026-04-01", "2026-04-30")
        with pytest.raises(ValueError, match="on or after the first"):
            register().gaps("2026-04-30", "2026-04-01")


class TestRows:
    def test_kinds(self):
        """Cells may be text, days, numbers, lists, flags or nothing."""
        (one,) = DirectionsRegister.from_rows(
            [
                {
                    "reference": "D-1",
                    "effective_from": START,
                    "ends_on": "none",
                    "budget_pounds": 1250000,
                    "functions": ["beds", "wards"],
                    "in_writing": True,
                    "interim": False,
                    "decided_on": None,
                    "issued_on": datetime(2026, 4, 2, 9, 30),
                    "review_on": float("nan"),
                }
            ],
            issuer="toy-ijb",
        )
        assert (START, None, 125_000_000) == (one.effective_from, one.ends_on, one.payment.pence)
        assert date(2026, 4, 2) == one.issued_on
        assert (True, False) == (one.in_writing, one.interim)
        assert (UNKNOWN, UNKNOWN) == (one.decided_on, one.review_on)
        assert "beds; wards" == one.words

    def test_same_as_csv(self, tmp_path):
        """Rows and the table they make are read alike."""
        path = tmp_path / "d.csv"
        path.write_text("reference,effective_from,varies\nD-1,2026-04-01,\nD-2,2026-05-01,D-1\n", encoding="utf-8")
        rows = [
            {"reference": "D-1", "effective_from": "2026-04-01"},
            {"reference": "D-2", "effective_from": date(2026, 5, 1), "varies": "D-1"},
        ]
        assert DirectionsRegister.from_csv(path, issuer="toy-ijb") == DirectionsRegister.from_rows(
            rows, issuer="toy-ijb"
        )

    def test_faults(self):
        """Every fault is listed with its row and column."""
        with pytest.raises(LoadError) as raised:
            DirectionsRegister.from_rows(
                [{"reference": "D-1", "issued_on": "soon"}, {"reference": ""}], issuer="toy-ijb"
            )
        assert ["row 2, column 'issued_on'", "row 3, column 'reference'"] == [one.path for one in raised.value.errors]

    def test_not_a_row(self):
        """A row is a mapping of text to cells."""
        with pytest.raises(LoadError, match="expected a mapping"):
            DirectionsRegister.from_rows(["D-1", {1: "D-1"}], issuer="toy-ijb")

    def test_none(self):
        """No rows make an empty register."""
        assert 0 == len(DirectionsRegister.from_rows([], issuer="toy-ijb"))

    def test_frame(self):
        """What a data frame puts for a cell that is missing is blank."""
        blanks = (float("nan"), pandas.NaT, pandas.NA, Decimal("nan"))
        rows = [{"reference": f"D-{n}", "effective_from": blank} for n, blank in enumerate(blanks)]
        found = DirectionsRegister.from_rows(rows, issuer="toy-ijb")
        assert [UNKNOWN] * 4 == [one.effective_from for one in found]

    def test_drifting_references(self, tmp_path):
        """A reference whose separators drifted leads to its row, which is then known by both."""
        rows = [
            {"reference": "HSCP.21.088 Appendix D", "effective_from": "2021-10-23", "ends_on": "none"},
            {"reference": "HSCP.23.054", "effective_from": "2023-08-22", "varies": "hscp/21/088 app D"},
        ]
        found = DirectionsRegister.from_rows(rows, issuer="toy-ijb")
        assert "varied" == found.state("HSCP.21.088 Appendix D", on="2023-08-22")
        assert Listing(("hscp/21/088 app D",)) == found["HSCP.21.088 Appendix D"].aliases
