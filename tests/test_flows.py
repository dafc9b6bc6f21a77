"""Money end to end: whole pence, none of it created or lost on the way."""

from contextlib import suppress

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import COUNCILS, FEWER, HEALTH_BOARD, partnerships

from scotintegration.budgets import Budget, HostedShare, Payment, Reserve, SetAside
from scotintegration.directions import Direction
from scotintegration.errors import ConservationError, NotFoundError, UnknownFactError
from scotintegration.examples import EXAMPLES, example
from scotintegration.in_year import LateAllocation, WindfallReturn
from scotintegration.lines import Layer
from scotintegration.money import Money, total
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.unknown import UNKNOWN, Listing

FOUNDED = Partnership.between(HEALTH_BOARD, COUNCILS[0], model="a", as_at="2026-11-22")
IJB, NHS, COUNCIL = FOUNDED.id, HEALTH_BOARD.id, COUNCILS[0].id
YEARS = ("2024/25", "2025/26", "2026/27", "2027/28")


def paid(payer, payee, amount, function="respite", **fields):
    return Payment(payer=payer, payee=payee, function=function, amount=amount, **fields)


def held(amount, function="frailty"):
    return SetAside(health_board=NHS, function=function, amount=amount)


def directed(*directions, budget=None, complete=True):
    """Give the founded partnership's money of 2026/27 under directions of 1 April 2026."""
    register = DirectionsRegister(IJB, strict=False, complete=complete)
    for number, fields in enumerate(directions):
        given = {"given_to": [COUNCIL], "functions": ["respite"], "effective_from": "2026-04-01", **fields}
        register = register.issue(Direction(f"D-{number + 1}", **given))
    book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, "£40")]) if budget is None else budget
    return FOUNDED.evolve(directions=register, budgets=[book]).money("2026/27")


def functions_of(flows):
    """Name every function with money paid or set aside in the year."""
    return sorted({one.function for one in (*flows.budget.payments.items, *flows.budget.set_asides.items)})


def amounts(steps, kind=None):
    """Add up what directions move, or what came in and was set aside; a share of a hosted service is neither."""
    moved = [step for step in steps if step.kind is not Layer.HOSTING]
    return total(step.amount for step in moved if (step.kind is Layer.DIRECTION) is (kind is Layer.DIRECTION))


class TestLaws:
    @FEWER
    @given(partnerships(known=True))
    def test_conserved(self, p):
        """What leaves one reaches another, what came in is resources, and resources are directed or retained."""
        for budget in p.budgets:
            flows = p.money(budget.year)
            assert Money(0) == total(flows.balances().values())
            assert sorted(flows.balances()) == list(flows.balances())
            assert flows.resources == flows.payments_in + flows.set_aside == flows.directed + flows.retained
            spent = flows.own_costs + flows.reserve_movement + flows.settlements + flows.returned
            assert flows.retained == spent + flows.gap
            if flows.gap:
                with pytest.raises(ConservationError, match=f"{p.id} in {budget.year} does not balance"):
                    flows.conserve()
            else:
                flows.conserve()

    @FEWER
    @given(partnerships(known=True, whole=True))
    def test_trace(self, p):
        """The traces of all functions add up to the resources."""
        for budget in p.budgets:
            flows = p.money(budget.year)
            if p.ijb is None:
                traces = [flows.trace(function) for function in functions_of(flows)]
                assert flows.resources == total(amounts(steps) for steps in traces)

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_examples(self, name, year):
        """In every example and year the money balances, and the traces add up to all that came in and was directed."""
        flows = example(name).money(year)
        flows.conserve()
        traces = [flows.trace(function) for function in functions_of(flows)]
        assert flows.resources == total(amounts(steps) for steps in traces)
        assert flows.directed == total(amounts(steps, Layer.DIRECTION) for steps in traces)
        assert Money(0) == total(flows.balances().values())

    @FEWER
    @given(partnerships())
    def test_unknown(self, p):
        """Each question is answered with money, or says which fact is missing; printing never fails."""
        for budget in p.budgets:
            flows = p.money(budget.year)
            for name in ("payments_in", "set_aside", "directed", "reserve_movement", "general_reserve", "gap"):
                with suppress(UnknownFactError):
                    assert isinstance(getattr(flows, name), Money)
            assert str(flows) == flows.to_table().to_text()

    @given(st.permutations([paid(COUNCIL, IJB, 1), paid(NHS, IJB, 2), paid(IJB, NHS, 2), paid(IJB, COUNCIL, 1)]))
    def test_order(self, payments):
        """The order of payments does not matter."""
        flows = directed(budget=Budget(year="2026/27", payments=payments))
        assert Money(3) == flows.payments_in
        assert {IJB: Money(0), COUNCIL: Money(0), NHS: Money(0)} == flows.balances()


class TestUnknown:
    @pytest.mark.parametrize(
        ("name", "field", "match"),
        [
            ("payments_in", "payments", r"the payments of 2026/27"),
            ("set_aside", "set_asides", r"the sums set aside for 2026/27"),
            ("reserve_movement", "reserves", r"the reserves of 2026/27"),
            ("general_reserve", "reserves", r"the reserves of 2026/27"),
            ("own_costs", "own_costs", r"the authority's own costs in 2026/27"),
            ("settlements", "settlements", r"the set-aside settlements of 2026/27"),
            ("late_allocations", "late_allocations", r"the late allocations of 2026/27"),
            ("returned", "returned", r"what was returned of 2026/27"),
        ],
    )
    def test_not_recorded(self, name, field, match):
        """A sum that hangs on what was not recorded says on what."""
        flows = directed(budget=Budget(year="2026/27", **{field: UNKNOWN}))
        with pytest.raises(UnknownFactError, match=match):
            getattr(flows, name)

    def test_register_in_part(self):
        """What was directed cannot be told from part of a register."""
        with pytest.raises(UnknownFactError, match="the directions in force on 2026-11-22"):
            _ = directed(complete=False).directed

    @pytest.mark.parametrize("field", ["payment", "specified"])
    def test_sum_not_recorded(self, field):
        """What was directed cannot be told where a direction's sum was not recorded."""
        with pytest.raises(UnknownFactError, match="direction 'D-1'"):
            _ = directed({field: UNKNOWN}).directed

    def test_year_not_recorded(self):
        """What was directed cannot be told where the year of a direction was not recorded."""
        with pytest.raises(UnknownFactError, match="the year of direction 'D-1'"):
            _ = directed({"year": UNKNOWN, "payment": 1}).directed

    def test_none_is_nothing(self):
        """Costs and settlements that are known to be absent are nothing."""
        flows = directed(budget=Budget(year="2026/27", own_costs=None, settlements=None))
        assert (Money(0), Money(0)) == (flows.own_costs, flows.settlements)


class TestYear:
    def test_only_its_own(self):
        """Directions of another year, though in force, move none of this year's money."""
        flows = directed({"payment": 5}, {"payment": 7, "effective_from": "2025-04-01"})
        assert Money(5) == flows.directed
        assert ("2026/27", ["D-1"]) == (str(flows.year), [one.id for one in flows.directions])

    def test_year_of_issue(self):
        """A direction that names neither a year nor a first day belongs to the year in which it was issued."""
        undated = {"effective_from": None, "payment": 5}
        assert Money(5) == directed({**undated, "issued_on": "2026-05-01"}).directed
        assert Money(0) == directed({**undated, "issued_on": "2025-05-01"}).directed

    def test_day_that_governs(self):
        """Directions are those of the day that governs, and of the last day of a year that is over."""
        later = {"effective_from": "2026-12-01", "payment": 5}
        p = directed(later).partnership
        assert [Money(0), Money(5), Money(5)] == [
            p.at(on).money("2026/27").directed for on in ("2026-11-30", "2026-12-01", "2030-01-01")
        ]

    def test_reserves(self):
        """The general reserve is what it opened with; movements of all pots add up."""
        reserves = [
            Reserve(kind="general", opening="£2m", movement="-£0.5m"),
            Reserve(kind="earmarked", opening="£1m", movement="£0.1m"),
        ]
        flows = directed(budget=Budget(year="2026/27", reserves=reserves))
        assert (Money("£2m"), Money("-£0.4m")) == (flows.general_reserve, flows.reserve_movement)


class TestSpecified:
    BOOK = Budget(year="2026/27", set_asides=[held(50)])

    @pytest.mark.parametrize(
        ("expected", "directions"),
        [
            ([("frailty", Money(50), Money(0))], []),
            ([("frailty", Money(50), Money(0))], [{"functions": ["frailty"], "payment": 7}]),
            ([("frailty", Money(50), Money(7))], [{"functions": ["frailty"], "specified": 7}]),
            ([("frailty", Money(50), Money(9))], [{"functions": ["frailty"], "specified": n} for n in (7, 2)]),
            ([("frailty", Money(50), UNKNOWN)], [{"functions": ["frailty"], "specified": UNKNOWN}]),
            (
                [("frailty", Money(50), UNKNOWN)],
                [{"functions": ["frailty"], "specified": n} for n in (UNKNOWN, 2)],
            ),
            ([("frailty", Money(50), UNKNOWN)], [{"functions": Listing.partial("frailty"), "specified": 7}]),
            (
                [("frailty", Money(50), UNKNOWN), ("respite", Money(0), UNKNOWN)],
                [{"functions": ["frailty", "respite"], "specified": 7}],
            ),
        ],
    )
    def test_beside(self, expected, directions):
        """Each sum set aside stands beside what directions specify of it; of a sum for several no part is known."""
        assert tuple(expected) == directed(*directions, budget=self.BOOK).set_aside_and_specified()

    def test_held_in_part(self):
        """Where sums set aside are known in part, that of a function without one is unknown."""
        book = Budget(year="2026/27", set_asides=UNKNOWN)
        flows = directed({"functions": ["frailty"], "specified": 7}, budget=book)
        assert (("frailty", UNKNOWN, Money(7)),) == flows.set_aside_and_specified()


class TestTrace:
    def test_in_and_out(self):
        """A pound is paid in under s. 14 and out under s. 27(3), and each step says so."""
        flows = directed({"payment": "£38"})
        assert [
            f"£40.00 {COUNCIL} -> {IJB} (payment) [s. 14(2)]",
            f"£38.00 {IJB} -> {COUNCIL} (direction) [s. 27(3)]",
        ] == [str(step) for step in flows.trace("respite")]
        assert [None, "D-1"] == [step.direction for step in flows.trace("respite")]

    def test_set_aside(self):
        """A pound set aside stays with the Health Board and is specified under s. 28(1)."""
        flows = directed({"functions": ["frailty"], "given_to": [NHS], "specified": 45}, budget=TestSpecified.BOOK)
        assert [("s.14(3)", Layer.SET_ASIDE, Money(50)), ("s.28(1)", Layer.DIRECTION, Money(45))] == [
            (step.citation.pinpoint, step.kind, step.amount) for step in flows.trace("frailty")
        ]

    def test_both(self):
        """A direction that pays and specifies takes two steps."""
        steps = directed({"payment": 5, "specified": 7}).trace("respite")
        assert [Money(5), Money(7)] == [step.amount for step in steps[1:]]

    def test_no_sum(self):
        """A direction without a sum moves nothing, and says to whom it was given."""
        assert [(COUNCIL, Money(0))] == [(step.to_id, step.amount) for step in directed({}).trace("respite")[1:]]

    def test_payments_under_it(self):
        """A direction for several functions or bodies moves what the payments made under it say."""
        out = [paid(IJB, COUNCIL, 3, direction="D-1"), paid(IJB, NHS, 2, "frailty", direction="D-1")]
        book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 5), *out])
        flows = directed({"payment": 5, "functions": ["frailty", "respite"], "given_to": [COUNCIL, NHS]}, budget=book)
        assert [(COUNCIL, Money(3))] == [(step.to_id, step.amount) for step in flows.trace("respite")[1:]]
        assert [(NHS, Money(2))] == [(step.to_id, step.amount) for step in flows.trace("frailty")]

    @pytest.mark.parametrize(
        "fields",
        [
            {"payment": 5, "given_to": [COUNCIL, NHS]},
            {"payment": 5, "functions": ["frailty", "respite"]},
            {"specified": 5, "functions": ["frailty", "respite"]},
            {"payment": 5, "given_to": Listing.partial(COUNCIL)},
            {"payment": 5, "functions": Listing.partial("respite")},
        ],
    )
    def test_not_divided(self, fields):
        """How a direction divides its money among several is not made up."""
        with pytest.raises(UnknownFactError, match="how direction 'D-1' divides its money"):
            directed(fields).trace("respite")

    def test_other_functions(self):
        """A direction for another function takes no step."""
        assert 1 == len(directed({"payment": 5, "functions": ["frailty"]}).trace("respite"))

    def test_no_money(self):
        """A function without money is not found; a share of a hosted service is no payment."""
        share = HostedShare(host=IJB, served="vale-ijb", function="continence", amount=1)
        flows = directed(budget=Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 1)], hosted=[share]))
        for function in ("respit", "continence"):
            with pytest.raises(NotFoundError, match=f"no function with money '{function}'"):
                flows.trace(function)

    def test_lead_agency(self):
        """Between a council and a Health Board money is paid under ss. 18 and 19, and nobody directs it."""
        p = example("lead-agency-both-ways")
        flows = p.money("2026/27")
        provisions = {step.citation.pinpoint[:4] for function in functions_of(flows) for step in flows.trace(function)}
        assert {"s.18", "s.19"} == provisions

    def test_joint(self):
        """Of a direction to two bodies, what is specified goes to the one that holds all of it."""
        book = Budget(year="2026/27", set_asides=[held(50), held(20, "stroke")], payments=[paid(COUNCIL, IJB, 3)])
        fields = {"functions": ["frailty", "stroke"], "given_to": [COUNCIL, NHS], "specified": 70}
        steps = directed(fields, budget=book).trace("frailty")
        assert [(NHS, Money(50))] == [(step.to_id, step.amount) for step in steps[1:]]

    def test_joint_in_part(self):
        """Of less than all that is set aside, nobody can tell whose part it is."""
        fields = {"functions": ["frailty"], "given_to": [COUNCIL, NHS], "specified": 45}
        with pytest.raises(UnknownFactError, match=f"divides its money among '{NHS}', '{COUNCIL}'"):
            directed(fields, budget=TestSpecified.BOOK).trace("frailty")

    def test_group(self):
        """One sum that several lettered directions share counts once, and payments under it say whose it is."""
        out = [paid(IJB, COUNCIL, 3, direction="D-1"), paid(IJB, COUNCIL, 2, "frailty", direction="D-1")]
        book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 5), *out])
        group = [{"payment": 5}, {"functions": ["frailty"], "budget_in": "D-1", "payment": 5}]
        flows = directed(*group, budget=book)
        assert Money(5) == flows.directed
        assert [("D-1", Money(3))] == [(step.direction, step.amount) for step in flows.trace("respite")[1:]]
        assert [("D-2", Money(2))] == [(step.direction, step.amount) for step in flows.trace("frailty")]

    def test_group_shared_function(self):
        """Where both name a function, its payment is that of the direction under which it is made."""
        out = [paid(IJB, COUNCIL, 5, direction="D-1")]
        book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 5), *out])
        flows = directed({"payment": 5}, {"budget_in": "D-1"}, budget=book)
        with pytest.raises(UnknownFactError, match="how direction 'D-1' divides its money with 'D-2'"):
            flows.trace("respite")

    def test_group_undivided(self):
        """How a shared sum is divided among the directions is not made up."""
        group = [{"payment": 5}, {"functions": ["frailty"], "budget_in": "D-1"}]
        with pytest.raises(UnknownFactError, match="how direction 'D-1' divides its money with 'D-2'"):
            directed(*group).trace("respite")

    def test_group_elsewhere(self):
        """A direction that names one that is not in force states its own sum."""
        assert Money(5) == directed({"payment": 5, "budget_in": "D-9"}).directed

    def test_hosted(self):
        """A served authority's share of a hosted service goes to its host; shares known in part are not made up."""
        share = HostedShare(host=IJB, served="vale-ijb", function="respite", amount=7)
        book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 1)], hosted=[share])
        steps = [step for step in directed(budget=book).trace("respite") if step.kind is Layer.HOSTING]
        assert [("vale-ijb", IJB, Money(7))] == [(step.from_id, step.to_id, step.amount) for step in steps]
        other = attrs.evolve(book, hosted=[attrs.evolve(share, function="continence")])
        assert [Layer.PAYMENT] == [step.kind for step in directed(budget=other).trace("respite")]
        with pytest.raises(UnknownFactError, match="the shares of hosted services in 2026/27"):
            directed(budget=attrs.evolve(book, hosted=Listing.partial())).trace("respite")

    def test_late(self):
        """A late allocation is a step of its own, under the provision of its payer, and is balanced."""
        late = LateAllocation(payer=NHS, function="frailty", amount=4)
        flows = directed(budget=Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 1)], late_allocations=[late]))
        assert [("s.14(4)", Money(4))] == [(step.citation.pinpoint, step.amount) for step in flows.trace("frailty")]
        assert {IJB: Money(5), COUNCIL: Money(-1), NHS: Money(-4)} == flows.balances()


class TestClosed:
    BOOK = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, "£30"), paid(NHS, IJB, "£10"), paid(IJB, NHS, 1)])

    @given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
    def test_late_allocation(self, late, planned, payment):
        """Whatever is allocated late and whatever is spent, a closed year leaves nothing over."""
        book = attrs.evolve(self.BOOK, late_allocations=[LateAllocation(payer=NHS, function="respite", amount=late)])
        flows = directed({"payment": payment}, budget=book)
        assert Money("£40") + Money(late) == flows.payments_in
        closed = attrs.evolve(flows, budget=flows.close(planned=planned))
        closed.conserve()
        assert flows.gap == closed.reserve_movement + closed.returned
        assert flows.resources == closed.resources

    @given(st.integers(0, 10**9), st.integers(0, 4000))
    def test_year_end(self, planned, payment):
        """What is planned is kept, what is not goes back in proportion, and together they are the underspend."""
        flows = directed({"payment": payment}, budget=self.BOOK)
        end = flows.year_end(planned=planned)
        assert flows.gap == end.kept + end.windfall
        assert end.kept <= Money(planned)

    def test_returned(self):
        """A windfall goes back to those who paid in, on top of what went back before."""
        book = attrs.evolve(self.BOOK, returned=[WindfallReturn(to=NHS, amount="£4")])
        flows = directed({"payment": "£20"}, budget=book)
        returned = {one.to: one.amount for one in flows.close(planned="£8").returned}
        assert {COUNCIL: Money("£6"), NHS: Money("£6")} == returned

    def test_overspent(self):
        """What is missing is drawn from the general reserve, which says what was planned; no windfall comes of it."""
        reserves = [Reserve(kind="earmarked", opening=9), Reserve(kind="general", opening="£50", movement="£1")]
        flows = directed({"payment": "£42"}, budget=attrs.evolve(self.BOOK, reserves=reserves))
        general = next(one for one in flows.close().reserves if one.kind == "general")
        assert (Money("-£2"), Money("£1")) == (general.movement, general.planned)
        again = attrs.evolve(flows, budget=attrs.evolve(flows.close(), own_costs=5))
        general = next(one for one in again.close().reserves if one.kind == "general")
        assert (Money("-£2.05"), Money("£1")) == (general.movement, general.planned)
        with pytest.raises(ValueError, match="underspend must be £0 or more"):
            flows.year_end()

    def test_lead_agency(self):
        """Between lead agencies what is left over goes back to those who paid."""
        p = example("lead-agency-both-ways")
        flows = p.money("2026/27")
        assert {p.health_board.id, p.local_authorities[0].id} == set(
            attrs.evolve(flows, budget=attrs.evolve(flows.budget, own_costs=0)).year_end().returned
        )


class TestSavings:
    def test_examples(self):
        """Savings of a closed year fell short, and those of a year to come are still to be made."""
        p = example("body-corporate")
        assert p.money("2024/25").savings.short > Money(0)
        assert Money(0) == p.money("2027/28").savings.delivered


class TestRealTerms:
    def test_column(self):
        """Every amount is given at the prices of another year too; what is not recorded stays so."""
        deflator = {"2024/25": "100", "2026/27": "105"}
        table = example("body-corporate").money("2026/27").real_terms(deflator, base="2024/25")
        assert "at prices of 2024/25" == table.columns[-1]
        assert ("£311,872,777.00", "£297,021,692.38") == table.rows[0][2:]
        bare = directed(budget=Budget(year="2026/27", payments=UNKNOWN)).real_terms(deflator, base="2024/25")
        assert "not recorded" == bare.rows[0][-1]
        with pytest.raises(UnknownFactError, match="the deflator of 2026/27"):
            directed(budget=Budget(year="2026/27")).real_terms({"2024/25": 1}, base="2024/25")


class TestShown:
    def test_bundle(self):
        """A notebook shows the picture with its table, or the text."""
        flows = example("body-corporate").money("2026/27")
        bundle = flows._repr_mimebundle_()
        assert {"text/html", "image/svg+xml", "text/plain"} == set(bundle)
        assert flows.to_svg() == bundle["image/svg+xml"]
        assert bundle["text/html"].startswith("<svg ")
        assert bundle["text/html"].endswith("</table>")
        assert str(flows) == bundle["text/plain"]

    def test_rows_when_there_are_any(self):
        """Late allocations and what was returned have a row where there are any."""
        late = [LateAllocation(payer=NHS, function="respite", amount=4)]
        back = [WindfallReturn(to=NHS, amount=1)]
        table = directed(budget=Budget(year="2026/27", late_allocations=late, returned=back)).to_table()
        rows = {row[0]: row[2] for row in table.rows}
        assert ("£0.04", "£0.01") == (rows["of that, allocated late"], rows["of that, returned"])


class TestPrinted:
    def test_table(self):
        """The table has a row an amount; what is not recorded says so."""
        rows = {row[0]: row[2] for row in directed({"payment": "£38"}).to_table().rows}
        assert ("£40.00", "£38.00", "£2.00") == (rows["payments in"], rows["directed"], rows["left over"])
        bare = directed(budget=Budget(year="2026/27", payments=UNKNOWN, derived=True)).to_table()
        assert "not recorded" == bare.rows[0][2]
        assert ("Derived from national totals, illustrative.",) == bare.notes

    def test_lead_agency(self):
        """Under a lead agency the table cites its own provisions."""
        table = example("lead-agency-to-board").money("2026/27").to_table()
        assert ["ss. 18 and 19", "s. 19(2)"] == [row[1] for row in table.rows[:2]]


class TestConserve:
    def test_amounts(self):
        """Money that is missing is named to the penny."""
        flows = directed({"payment": "£38"})
        assert Money("£2") == flows.gap
        with pytest.raises(ConservationError) as caught:
            flows.conserve()
        assert (4000, 3800) == (caught.value.left_pence, caught.value.right_pence)
        balanced = attrs.evolve(flows, budget=attrs.evolve(flows.budget, own_costs="£2"))
        balanced.conserve()


class TestRepr:
    def test_short(self):
        """A year's money and a layer of accountability say in a line what they are."""
        p = example("body-corporate")
        assert "<Flows of 'Strathallan', 2026/27>" == repr(p.money("2026/27"))
        assert repr(p.accountability()).startswith("<Accountability, ")
