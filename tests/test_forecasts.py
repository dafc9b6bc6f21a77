"""Forecasts: every total exact, months that add up to the year, and charged to whom it belongs."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_flows import COUNCIL, IJB, NHS, directed, held, paid

from scotintegration.budgets import Budget, HostedShare
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.examples import example
from scotintegration.forecasts import MONTHS, Forecast
from scotintegration.in_year import LateAllocation, MonthlySpending
from scotintegration.money import Money, total
from scotintegration.risk_shares import proportional
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
FLOWS = P.money("2026/27")
HOSPITAL = example("large-hospital").money("2026/27")
NAMES = ("care-at-home", "district-nursing", "pharmaceutical-services", "respite")
VARIANCES = st.dictionaries(st.sampled_from(NAMES), st.integers(-(10**8), 10**9).map(Money))
SPENT = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.integers(-(10**6), 10**9).map(Money), min_size=1, max_size=12)
)
PROFILES = st.none() | st.lists(st.integers(1, 50), min_size=12, max_size=12)


def hosted(*, host, share=None, complete=True):
    """Give the money of a founded partnership with a service that one authority hosts for another."""
    served = "vale-ijb" if host == IJB else IJB
    shares = (HostedShare(host=host, served=served, function="respite", amount=7),)
    book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, 50)], hosted=Listing(shares, complete))
    flows = directed({"payment": 50}, budget=book)
    scheme = attrs.evolve(flows.partnership.scheme, hosted_risk_share=share)
    return flows.partnership.evolve(scheme=scheme).money("2026/27")


class TestLaws:
    @given(VARIANCES, PROFILES)
    def test_variances(self, variances, profile):
        """What was given as variance is the variance, and months add up to the year."""
        forecast = FLOWS.forecast(variances, profile=profile)
        assert variances == {line.function: line.variance for line in forecast.lines}
        for line in forecast.lines:
            assert len(MONTHS) == len(line.months)
            assert line.budget + line.variance == line.outturn == total(line.months)

    @given(VARIANCES)
    def test_sums(self, variances):
        """Totals are those of the functions, of the arms, and of overspends less underspends."""
        forecast = FLOWS.forecast(variances)
        assert total(variances.values()) == forecast.variance == forecast.outturn - forecast.budget
        assert forecast.net == forecast.overspend - forecast.underspend == total(forecast.by_arm.values())
        assert forecast.variance == forecast.net + forecast.not_charged

    @given(SPENT, PROFILES)
    def test_run_rate(self, spent, profile):
        """Months that are over stay as they are, and the others go on in proportion, to within half a penny."""
        forecast = FLOWS.forecast(spent=spent, profile=profile)
        weights = profile or [1] * 12
        for line in forecast.lines:
            over = tuple(spent[line.function])
            assert (over, len(over)) == (line.months[: line.over], line.over)
            done, ahead = sum(weights[: line.over]), sum(weights[line.over :])
            rest = total(line.months[line.over :]).pence
            assert abs(2 * (rest * done - total(over).pence * ahead)) <= done
            assert abs(line.run_rate.pence * line.over * 2 - 2 * total(over).pence) <= line.over

    @given(VARIANCES)
    def test_order(self, variances):
        """The order in which functions are named does not matter."""
        assert FLOWS.forecast(variances) == FLOWS.forecast(dict(reversed(variances.items())))


class TestOf:
    def test_texts(self):
        """Variances are written as people write them; those not named end on their budget."""
        forecast = FLOWS.forecast({"pharmaceutical-services": "+£2.4m", "care-at-home": "-£0.6m"})
        assert (Money("£2.4m"), Money("£0.6m"), Money("£1.8m")) == (
            forecast.overspend,
            forecast.underspend,
            forecast.net,
        )
        assert {"health board": Money("£2.4m"), "council": Money("-£0.6m")} == forecast.by_arm
        assert Money("£2.4m") == forecast["pharmaceutical-services"].variance

    def test_both(self):
        """Some functions may have a variance and others spending by month, but none both."""
        forecast = FLOWS.forecast({"respite": 5}, spent={"care-at-home": ["£2m"] * 12})
        assert ["care-at-home", "respite"] == [line.function for line in forecast.lines]
        with pytest.raises(ValueError, match=r"got both for \['respite'\]"):
            FLOWS.forecast({"respite": 5}, spent={"respite": ["£2m"]})

    def test_recorded(self):
        """Without figures a forecast is that of the spending recorded, if there is any."""
        budget = attrs.evolve(
            FLOWS.budget,
            spending=[
                MonthlySpending(function="respite", months=["£200k"] * 6),
                MonthlySpending(function="care-at-home", months=[]),
            ],
        )
        forecast = attrs.evolve(FLOWS, budget=budget).forecast()
        assert [("respite", Money("£2.4m"))] == [(line.function, line.outturn) for line in forecast.lines]
        with pytest.raises(UnknownFactError, match="spending by month in 2026/27"):
            FLOWS.forecast()

    def test_profile(self):
        """A profile moves spending between months; where the months over have nothing in it there is no rate."""
        front = [2] * 6 + [1] * 6
        assert Money(18) == FLOWS.forecast(spent={"respite": [2] * 6}, profile=front)["respite"].outturn
        done = FLOWS.forecast(spent={"respite": [2] * 6}, profile=[1] * 6 + [0] * 6)
        assert Money(12) == done["respite"].outturn
        with pytest.raises(ValueError, match="the profile has nothing in the 6 months that are over"):
            FLOWS.forecast(spent={"respite": [2] * 6}, profile=[0] * 6 + [1] * 6)

    @pytest.mark.parametrize(
        ("match", "arguments"),
        [
            ("a profile has 12 whole numbers, April to March, got 3", {"profile": [1, 1, 1]}),
            ("weights must be 0 or more and not all 0", {"profile": [0] * 12}),
            ("spending on 'respite' must be of 1 to 12 months, got 0", {"spent": {"respite": []}}),
            ("spending on 'respite' must be of 1 to 12 months, got 13", {"spent": {"respite": [1] * 13}}),
            ("'respite' cannot underspend by more than its budget", {"variances": {"respite": "-£1bn"}}),
        ],
    )
    def test_refused(self, match, arguments):
        """What no year contains is refused."""
        with pytest.raises(ValueError, match=match):
            FLOWS.forecast(**{"variances": {}, **arguments})

    def test_not_found(self):
        """A function without money is not found."""
        with pytest.raises(NotFoundError, match="no function with money 'respit'"):
            FLOWS.forecast({"respit": 1})

    def test_no_month(self):
        """There is no run rate before a month is over."""
        with pytest.raises(UnknownFactError, match="spending by month on 'respite'"):
            _ = FLOWS.forecast({"respite": 1})["respite"].run_rate


class TestWhose:
    def test_set_aside(self):
        """The variance of a sum set aside is not charged to the authority in the year."""
        forecast = HOSPITAL.forecast({"accident-emergency": "£1m", "respite": 5})
        assert (Money(5), Money("£1m")) == (forecast.net, forecast.not_charged)
        assert "set aside" in forecast["accident-emergency"].note
        assert {} == HOSPITAL.forecast({"accident-emergency": "£1m"}).overspends

    @pytest.mark.parametrize(
        ("charged", "fields"),
        [
            (9, {"host": IJB}),
            (0, {"host": "vale-ijb"}),
            (3, {"host": "vale-ijb", "share": proportional({IJB: 1, "vale-ijb": 2})}),
            (3, {"host": IJB, "share": proportional({IJB: 1, "vale-ijb": 2})}),
        ],
    )
    def test_hosted(self, charged, fields):
        """The host bears what a hosted service overspends, unless the scheme says otherwise."""
        line = hosted(**fields).forecast({"respite": 9})["respite"]
        assert Money(charged) == line.charged
        assert (charged == 9) is (line.note == "")

    def test_hosted_unknown(self):
        """Which host, and how the scheme shares, is not made up."""
        with pytest.raises(UnknownFactError, match="how the scheme shares the overspend of a hosted service"):
            hosted(host=IJB, share=UNKNOWN).forecast({"respite": 9})
        flows = hosted(host=IJB)
        shares = [*flows.budget.hosted, HostedShare(host="vale-ijb", served=IJB, function="respite", amount=1)]
        flows = attrs.evolve(flows, budget=attrs.evolve(flows.budget, hosted=shares))
        with pytest.raises(UnknownFactError, match=f"which of '{IJB}', 'vale-ijb' hosts 'respite'"):
            flows.forecast({"respite": 9})

    def test_lead_agency(self):
        """Between lead agencies the budget of a function is what was paid for it."""
        p = example("lead-agency-both-ways")
        flows = p.money("2026/27")
        line = flows.forecast({"care-at-home": 5})["care-at-home"]
        assert flows.trace("care-at-home")[0].amount == line.budget
        assert line.arm == "council"

    def test_party(self):
        """Where the scheme does not list a function, whoever funds it alone is its party."""
        book = Budget(year="2026/27", payments=[paid(NHS, IJB, 50), paid(COUNCIL, IJB, 5, "x"), paid(NHS, IJB, 5, "x")])
        flows = directed({"payment": 50}, {"functions": ["x"], "payment": 5}, budget=book)
        assert NHS == flows.forecast({"respite": 1})["respite"].party
        with pytest.raises(UnknownFactError, match="which body delegated 'x'"):
            flows.forecast({"x": 1})
        aside = directed(budget=Budget(year="2026/27", set_asides=[held(50)]))
        assert NHS == aside.forecast({"frailty": 1})["frailty"].party
        lead = example("lead-agency-both-ways")
        budget = attrs.evolve(
            lead.budget("2026/27"),
            late_allocations=[LateAllocation(payer=lead.health_board.id, function="y", amount=1)],
        )
        late = attrs.evolve(lead.money("2026/27"), budget=budget).forecast({"y": 1})
        assert lead.health_board.id == late["y"].party

    def test_payments_in_part(self):
        """What is paid is not added up from part of the payments."""
        book = Budget(year="2026/27", payments=Listing.partial(paid(COUNCIL, IJB, 50)))
        with pytest.raises(UnknownFactError, match="the payments of 2026/27"):
            directed({"payment": 50}, budget=book).forecast({"respite": 1})


class TestShown:
    FORECAST = FLOWS.forecast({"care-at-home": "-£600k"}, spent={"respite": ["£200k"] * 7})

    def test_table(self):
        """The table by function has a row each and the total."""
        rows = self.FORECAST.to_table().rows
        assert ("care-at-home", "respite", "total") == tuple(row[0] for row in rows)
        assert "-£600,000.00" == rows[0][4]
        assert str(self.FORECAST) == self.FORECAST.to_table().to_text()
        assert ("+£0.05",) == FLOWS.forecast({"respite": 5}).to_table().rows[0][-1:]
        assert "not charged" in HOSPITAL.forecast({"accident-emergency": 1}).to_table().notes[-1]

    def test_by_month(self):
        """The table by month has twelve of them, and says which are over."""
        table = self.FORECAST.by_month()
        assert ("function", *MONTHS, "year") == table.columns
        assert ("Months that are over: respite 7.",) == table.notes
        assert ("No month is over: every sum is forecast.",) == FLOWS.forecast({"respite": 5}).by_month().notes

    def test_html(self):
        """A notebook shows both tables."""
        assert 2 == self.FORECAST._repr_html_().count("<table ")
        assert repr(self.FORECAST).startswith("<Forecast of 'Strathallan', 2026/27: ")

    def test_same(self):
        """The money of a year forecasts as the class does."""
        assert Forecast.of(FLOWS, {"respite": 5}) == FLOWS.forecast({"respite": 5})
        assert (FLOWS.year, P) == (self.FORECAST.year, self.FORECAST.partnership)
