"""In what form a direction is given, and what it must say about money."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.budgets import Budget, SetAside
from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import RULES as SHIPPED
from scotintegration.rules import ask, find
from scotintegration.rules.drafting import (
    PER_DIRECTION,
    amount_set_aside_stated,
    in_writing,
    not_retrospective,
    payment_stated,
    use_stated,
)
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("large-hospital")
BOARD = example("body-corporate")
NHS = P.health_board.id
WARD, WARDS, NURSES, CARE = "accident-emergency", "inpatient-general-medicine", "district-nursing", "care-at-home"
MINE = (amount_set_aside_stated, in_writing, not_retrospective, payment_stated, use_stated)


def small(*directions, complete=True, funding=None, budgets=None):
    """Give a partnership these directions, and £40 and £60 set aside for two functions."""
    steps = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    register = DirectionsRegister(P.id, steps, strict=False, complete=complete)
    sums = [SetAside(health_board=NHS, function=WARD, amount="£40")]
    sums += [SetAside(health_board=NHS, function=WARDS, amount="£60")]
    functions = [
        attrs.evolve(one, funding=funding[one.id]) if funding and one.id in funding else one for one in P.functions
    ]
    return P.evolve(
        directions=register,
        scheme=attrs.evolve(P.scheme, functions=functions),
        budgets=[Budget(year="2026/27", set_asides=sums)] if budgets is None else budgets,
    )


def direction(id="D-1", *, functions=(WARD,), start="2026-04-01", **fields):
    """Draft a direction in force from the first day of the year."""
    return Direction(id, given_to=NHS, functions=functions, effective_from=start, **fields)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def drafted(rule, draft, p=P):
    """Give what a rule says of a draft."""
    return [str(one.outcome) for one in PER_DIRECTION[rule.id](p, draft)]


class TestLaws:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_draft_and_register(self, rule):
        """What a rule says of a draft it says of the same direction in force."""
        for one in (direction(), direction(use=UNKNOWN, set_aside=UNKNOWN, in_writing=UNKNOWN, payment=UNKNOWN)):
            p = small(one)
            outcomes = [outcome for outcome, _ in told(rule, p)] if told(rule, p) != "pass" else []
            assert outcomes == drafted(rule, one, p)

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_in_force(self, rule):
        """Directions that have ended, or have not begun, are not judged."""
        bad = {"functions": [WARD, CARE], "decided_on": "2029-01-01"}
        p = small(direction(ends_on="2026-11-21", **bad), direction("D-2", start="2026-11-23", **bad))
        assert "pass" == told(rule, p)
        assert "pass" != told(rule, p.at("2026-11-21"))
        assert "pass" != told(rule, p.at("2026-11-23"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_register(self, rule):
        """A register known in part leaves the rest open."""
        assert [("cannot tell", "directions")] == told(rule, small(complete=False))
        assert "pass" == told(rule, small())

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break a rule about directions nobody has read."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules about what directions say, whatever the day."""
        for day in ("2024-04-01", "2026-09-30", "2026-10-01", "2028-03-31"):
            assert ask(rule, example(name, as_at=day)).outcome in ("pass", "not applicable")

    def test_single(self):
        """Every rule of directions that looks at one at a time can be asked of a draft, and one of money too."""
        directions = {rule.id for rule in SHIPPED if rule.topic == "directions"}
        of_the_whole = {
            "GUID-D09-revise-on-change",
            "GUID-D10-increase-matched",
            "GUID-D18-change-without-direction",
            "PBJW-s25-2-ia-carries",
            "PBJW-s25-4-not-exclusive",
            "PBJW-s26-1-every-function",
            "PBJW-s26-3-info",
            "PBJW-s26-5-split",
            "PBJW-s40-regard",
        }
        assert directions - of_the_whole | {"PBJW-s28-specified-within"} == set(PER_DIRECTION)
        assert all(find(id) for id in PER_DIRECTION)


class TestWriting:
    @pytest.mark.parametrize(
        ("expected", "written"),
        [("pass", True), ("fail", False), ("fail", None), ("cannot tell", UNKNOWN)],
    )
    def test_written(self, expected, written):
        """A direction is in writing; one not drafted as being so is not."""
        assert expected == ask(in_writing, small(direction(in_writing=written))).outcome

    def test_revocation(self):
        """A paper that only revokes is in writing too, from the day it does so, or where that day is not known."""
        for day, expected in (("2026-11-22", "fail"), ("2026-11-23", "pass"), (UNKNOWN, "fail")):
            bare = Direction("D-2", revokes="D-1", in_writing=False)
            p = small(direction(in_writing=True))
            steps = [*p.directions.steps, Step(kind=StepKind.REVOKE, direction=bare, target="D-1", on=day)]
            register = attrs.evolve(p.directions, steps=steps)
            assert expected == ask(in_writing, p.evolve(directions=register)).outcome
        assert ["fail"] == drafted(in_writing, Direction("D-2", revokes="D-1"))

    def test_not_applicable(self):
        """The day before the section came into force nothing had to be written."""
        assert "not applicable" == told(in_writing, P.at("2014-09-21"))


class TestSetAside:
    where = "directions['D-1'].set_aside"

    @given(st.integers(0, 10_000))
    def test_whole(self, stated):
        """The sum stated is the whole sum set aside, and no other."""
        expected = "pass" if stated == 4_000 else [("fail", self.where)]
        assert expected == told(amount_set_aside_stated, small(direction(set_aside=stated)))

    def test_several(self):
        """A direction for several functions states the sum of what is set aside for them."""
        several = [WARD, WARDS, NURSES]
        for stated, expected in (("£100", "pass"), ("£40", [("fail", self.where)]), (None, [("fail", self.where)])):
            p = small(direction(functions=several, set_aside=stated))
            assert expected == told(amount_set_aside_stated, p)

    def test_mend(self):
        """Where the sum is recorded the mend names it."""
        (finding,) = ask(amount_set_aside_stated, small(direction()))
        assert "state the £40.00 set aside" == finding.mend
        (finding,) = ask(amount_set_aside_stated, small(direction(), budgets=()))
        assert "state the whole amount set aside" == finding.mend

    def test_paid_for(self):
        """For functions that are paid for no sum set aside is stated."""
        assert "pass" == told(amount_set_aside_stated, small(direction(functions=[NURSES, CARE])))

    def test_councils_function(self):
        """Nothing is set aside for a function of a council, whatever the scheme says."""
        odd = small(direction(functions=[CARE]), funding={CARE: "set-aside"})
        assert "pass" == told(amount_set_aside_stated, odd)

    @pytest.mark.parametrize("funding", [UNKNOWN, "payment+set-aside"])
    def test_unclear(self, funding):
        """Where it is not clear whether a sum is set aside, a sum that matches is enough and nothing else is told."""
        for stated, expected in (
            (None, "cannot tell"),
            (UNKNOWN, "cannot tell"),
            ("£41", "cannot tell"),
            ("£40", "pass"),
        ):
            p = small(direction(set_aside=stated), funding={WARD: funding})
            assert expected == ask(amount_set_aside_stated, p).outcome

    def test_sure_in_spite_of_gaps(self):
        """A sum that is not stated is missing, though it is unclear how another function is funded."""
        p = small(direction(functions=[WARD, WARDS]), funding={WARDS: UNKNOWN})
        assert [("fail", self.where)] == told(amount_set_aside_stated, p)

    def test_record(self):
        """Without the record of the year nothing can be compared."""
        stated = direction(set_aside="£40")
        for budgets in ((), [Budget(year="2026/27", set_asides=UNKNOWN)], [Budget(year="2026/27", derived=True)]):
            assert [("cannot tell", self.where)] == told(amount_set_aside_stated, small(stated, budgets=budgets))
        assert [("cannot tell", self.where)] == told(amount_set_aside_stated, small(stated.evolve(year=UNKNOWN)))
        assert [("fail", self.where)] == told(amount_set_aside_stated, small(stated, budgets=[Budget(year="2026/27")]))

    def test_words(self):
        """What a direction's words stand for may have a sum set aside."""
        for stated in (None, UNKNOWN, "£40"):
            p = small(direction(words="beds", functions=[] if stated is None else [WARD], set_aside=stated))
            assert [("cannot tell", self.where)] == told(amount_set_aside_stated, p)

    def test_draft(self):
        """A draft with no day belongs to the year asked about."""
        draft = Direction("D-9", given_to=NHS, functions=[WARD], use="Unscheduled care")
        assert ["fail"] == drafted(amount_set_aside_stated, draft, small())
        assert [] == drafted(amount_set_aside_stated, draft.evolve(set_aside="£40"), small())
        assert [] == drafted(amount_set_aside_stated, Direction("D-9", revokes="D-1"))

    def test_not_applicable(self):
        """Model b has no sums set aside."""
        assert "not applicable" == told(amount_set_aside_stated, example("lead-agency-to-board"))

    def test_more_functions(self):
        """A direction may be for more functions than are recorded, and a sum be set aside for those."""
        for functions, stated in ((Listing.partial(NURSES), None), (Listing.partial(WARD), "£40")):
            p = small(direction(functions=functions, set_aside=stated))
            assert [("cannot tell", self.where)] == told(amount_set_aside_stated, p)

    def test_unknown_and_paid_for(self):
        """What a direction says of a sum set aside does not matter where none is."""
        assert "pass" == told(amount_set_aside_stated, small(direction(functions=[NURSES], set_aside=UNKNOWN)))

    def test_scheme_in_part(self):
        """A scheme known in part does not matter where every function that a direction names is recorded."""
        p = small(direction(functions=[NURSES]))
        some = Listing(p.scheme.functions.items, complete=False)
        assert "pass" == told(amount_set_aside_stated, p.evolve(scheme=attrs.evolve(p.scheme, functions=some)))

    def test_no_words(self):
        """Words that say nothing stand for nothing."""
        assert "pass" == told(amount_set_aside_stated, small(direction(functions=[NURSES], words="")))


class TestPayment:
    where = "directions['D-1'].payment"

    @pytest.mark.parametrize(
        ("expected", "fields"),
        [
            ("pass", {"payment": "£5"}),
            ("pass", {"payment": "£0"}),
            ("pass", {"payment_method": "actual cost"}),
            ("pass", {"payment": UNKNOWN, "payment_method": "actual cost"}),
            ("fail", {}),
            ("fail", {"payment_method": " "}),
            ("cannot tell", {"payment": UNKNOWN}),
            ("cannot tell", {"payment_method": UNKNOWN}),
        ],
    )
    def test_stated(self, expected, fields):
        """A payment or a way to find it is stated, were it £0."""
        assert expected == ask(payment_stated, small(direction(functions=[NURSES], **fields))).outcome

    def test_set_aside(self):
        """Where a sum is set aside for every function no payment need be stated; where for some, it must."""
        assert "pass" == told(payment_stated, small(direction()))
        assert [("fail", self.where)] == told(payment_stated, small(direction(functions=[WARD, NURSES])))

    @pytest.mark.parametrize("funding", [UNKNOWN, "payment+set-aside"])
    def test_unclear(self, funding):
        """Where it is not clear how a function is funded a payment is enough, and its absence cannot be judged."""
        for payment, expected in ((None, "cannot tell"), (UNKNOWN, "cannot tell"), ("£5", "pass")):
            p = small(direction(payment=payment), funding={WARD: funding})
            assert expected == ask(payment_stated, p).outcome

    def test_no_funding(self):
        """A function without any method is one without a sum set aside."""
        assert [("fail", self.where)] == told(payment_stated, small(direction(), funding={WARD: ()}))

    def test_words(self):
        """What a direction's words stand for may be paid for."""
        for functions in ((), [WARD], Listing.partial(WARD)):
            p = small(direction(words="beds", functions=functions))
            assert [("cannot tell", self.where)] == told(payment_stated, p)

    def test_outside_the_scheme(self):
        """A function outside the scheme is for another rule, unless the scheme is known in part."""
        p = small(direction(functions=["housing-allocation"]))
        assert "pass" == told(payment_stated, p)
        scheme = attrs.evolve(p.scheme, functions=Listing(p.scheme.functions.items, complete=False))
        assert [("cannot tell", self.where)] == told(payment_stated, p.evolve(scheme=scheme))

    def test_draft(self):
        """A draft is told that it states no payment; a bare revocation is not."""
        assert ["fail"] == drafted(payment_stated, Direction("D-9", functions=[NURSES]))
        assert [] == drafted(payment_stated, Direction("D-9", revokes="D-1"))


class TestUse:
    @pytest.mark.parametrize(
        ("expected", "use"),
        [("pass", "beds"), ("fail", None), ("fail", "  "), ("cannot tell", UNKNOWN)],
    )
    def test_said(self, expected, use):
        """A direction says how the money is to be used."""
        assert expected == ask(use_stated, small(direction(use=use))).outcome

    def test_draft(self):
        """A draft is told that it does not; a bare revocation is not."""
        assert ["fail"] == drafted(use_stated, Direction("D-9"))
        assert [] == drafted(use_stated, Direction("D-9", revokes="D-1"))


class TestNotRetrospective:
    @pytest.mark.parametrize(
        ("expected", "decided"),
        [
            ("pass", "2026-03-31"),
            ("pass", "2026-04-01"),
            ("warn", "2026-04-02"),
            ("pass", None),
            ("cannot tell", UNKNOWN),
        ],
    )
    def test_days(self, expected, decided):
        """A direction may take effect on the day it was decided; earlier is worth a look, and never unlawful."""
        assert expected == ask(not_retrospective, small(direction(decided_on=decided))).outcome

    def test_in_force(self):
        """The guidance is of 2020."""
        assert "not applicable" == told(not_retrospective, P.at("2019-12-31"))
        assert "pass" == told(not_retrospective, P.at("2020-01-01"))


class TestDrafts:
    def test_ready(self):
        """A draft that is complete breaks nothing; one that is not is told each thing that is missing."""
        draft = Direction("D-9", given_to=BOARD.health_board, functions=[NURSES])
        asked = {id: [str(one.outcome) for one in ask_of(BOARD, draft)] for id, ask_of in PER_DIRECTION.items()}
        missing = {id for id, outcomes in asked.items() if outcomes}
        statute = {"PBJW-s27-1b-payment", "PBJW-s27-1c-use", "PBJW-s27-writing"}
        assert statute == {id for id in missing if find(id).severity == "statute"}
        assert {"GUID-dir-content", "GUID-dir-record", "GUID-D05-amount-and-kind", "GUID-D17-linked-to-plan"} < missing
        lawful = draft.evolve(payment="£1,250,000", use="Employ 24 WTE district nurses", in_writing=True)
        asked = {id for id, ask_of in PER_DIRECTION.items() if list(ask_of(BOARD, lawful))}
        assert {"guidance"} == {find(id).severity for id in asked}
        ready = lawful.evolve(
            text="Visit people at home in the evening too",
            decided_on="2026-09-16",
            report="paper 7",
            marker="health board",
            issued_on="2026-09-18",
            issued_by="chief officer",
            sent_to=BOARD.health_board,
            effective_from="2026-12-01",
            monitoring="report to each meeting",
            review_on="2027-01-31",
            plan_link="aim 2",
        )
        assert [] == [one for ask_of in PER_DIRECTION.values() for one in ask_of(BOARD, ready)]


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it, or where nothing was verified warns."""
        assert "pass" == told(rule, rule.passing())
        assert ("fail" if rule.verified else "warn") == ask(rule, rule.failing()).outcome
