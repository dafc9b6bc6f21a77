"""Recovery options: moves conserve every penny, come in the order of the scheme, and need directions that hold."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_flows import COUNCIL, FOUNDED, IJB, NHS, directed, paid

from scotintegration.budgets import Budget, Payment, Reserve
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.examples import EXAMPLES, example
from scotintegration.money import Money, total
from scotintegration.recovery import MoveKind
from scotintegration.risk_shares import (
    USUAL_ORDER,
    Remedy,
    RiskShareKind,
    host_bears,
    negotiated,
    originating_party,
    originating_party_loan,
)
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
FLOWS = P.money("2026/27")
NAMES = ("care-at-home", "district-nursing", "pharmaceutical-services", "respite")
BIG, SMALL = "pharmaceutical-services", "care-at-home"
SIGNED = st.integers(-(10**8), 10**9).map(Money)
VARIANCES = st.dictionaries(st.sampled_from(NAMES), SIGNED, min_size=1)
LEAD = example("lead-agency-both-ways")


def with_scheme(p, **changes):
    """Give the same partnership under a scheme that says something else."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def with_budget(p, **changes):
    """Give the same partnership with another budget of 2026/27."""
    old = p.budget("2026/27")
    return p.evolve(budgets=[attrs.evolve(one, **changes) if one is old else one for one in p.budgets])


def options(p=P, variances=None, **arguments):
    """Price what can be done about a forecast of the year."""
    given_ = {BIG: "+£2.4m", SMALL: "-£0.6m"} if variances is None else variances
    return p.money("2026/27").forecast(given_).recovery_options(**arguments)


def small(*directions, payments=None, reserves=()):
    """Give options for an overspend of £9 on respite care, with £4 to spare on frailty."""
    ours = [paid(COUNCIL, IJB, "£50"), paid(NHS, IJB, "£50", "frailty")]
    out = [paid(IJB, COUNCIL, "£40", direction="D-1"), paid(IJB, NHS, "£40", "frailty", direction="D-2")]
    book = Budget(year="2026/27", payments=[*ours, *(out if payments is None else payments)], reserves=reserves)
    given_ = directions or ({"payment": "£40"}, {"payment": "£40", "functions": ["frailty"], "given_to": [NHS]})
    flows = directed(*given_, budget=book)
    return flows.forecast({"respite": "£9", "frailty": "-£4"}).recovery_options()


class TestLaws:
    @given(VARIANCES, st.sampled_from([*RiskShareKind, None]), st.permutations(USUAL_ORDER))
    def test_balances(self, variances, kind, order):
        """Whatever the scheme says, each option moves as much to overspends as it takes, and covers what it says."""
        shares = {
            RiskShareKind.PROPORTIONAL: P.scheme.risk_share,
            RiskShareKind.ORIGINATING_PARTY: originating_party,
            RiskShareKind.ORIGINATING_PARTY_LOAN: originating_party_loan(3),
            RiskShareKind.NEGOTIATED: negotiated,
            RiskShareKind.HOST_BEARS: host_bears,
        }
        p = with_scheme(P, risk_share=shares.get(kind), remedies=order)
        found = options(p, variances)
        for option in found:
            assert option.balances
            assert option.covered == option.cut + option.drawn + option.added == option.recurring + option.one_off
            assert option.covered + option.left == found.forecast.overspend
            assert total(option.changes.values()) == option.drawn + option.added
        assert "recovery plan" == found[0].name
        assert "dispute resolution" == found[-1].name

    @given(VARIANCES, st.integers(0, 10**9))
    def test_plan(self, variances, keep):
        """A recovery plan covers no less than each of its own remedies, and keeps what is to be kept of the reserve."""
        found = options(P, variances, keep=keep)
        for name in ("same arm", "other arm", "general reserve"):
            assert found["recovery plan"].covered >= found[name].covered
        general = next(one.closing for one in P.budget("2026/27").reserves if one.kind == "general")
        assert found["general reserve"].drawn <= max(Money(0), general - Money(keep))

    @given(VARIANCES)
    def test_budget_after(self, variances):
        """The budget that an option leaves conserves every penny under the directions that it drafts."""
        for option in options(P, variances):
            if option.name == "additional payment: negotiated":
                continue
            register = P.register
            for draft in option.draft_directions():
                register = register.issue(draft)
            p = P.evolve(directions=register)
            after = attrs.evolve(p.money("2026/27"), budget=option.budget_after())
            after.conserve()
            assert FLOWS.resources + option.added == after.resources
            assert FLOWS.reserve_movement - option.drawn == after.reserve_movement

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if not name.startswith("lead")])
    def test_lawful(self, name):
        """Every direction drafted varies one in force, and passes its own checks."""
        p = example(name)
        over, under = p.money("2026/27").directions[0].functions[0], p.money("2026/27").directions[-1].functions[0]
        for option in options(p, {over: "£1,000.01", under: "-£500"}):
            for draft in option.draft_directions():
                assert p.directions.state(draft.varies, on=p.as_at) == "in force"
                assert p.check_direction(draft).lawful is True


class TestOrder:
    def test_names(self):
        """First a recovery plan, then the remedies in the order of the scheme, dispute resolution last."""
        names = [option.name for option in options()]
        assert [
            "recovery plan",
            "same arm",
            "other arm",
            "general reserve",
            "earmarked reserve",
            "additional payment: proportional",
            "dispute resolution",
        ] == names
        other = [Remedy.DISPUTE, Remedy.GENERAL_RESERVE, Remedy.OTHER_ARM]
        found = options(with_scheme(P, remedies=other))
        assert ["recovery plan", "general reserve", "other arm", "dispute resolution"] == [one.name for one in found]
        assert Money("£2.4m") == found["general reserve"].drawn
        assert Money("£2.4m") == found[0].drawn

    @pytest.mark.parametrize("remedies", [UNKNOWN, (), Listing.partial("same arm")])
    def test_not_recorded(self, remedies):
        """Where the order of the scheme was not recorded the usual one is said to be that."""
        found = options(with_scheme(P, remedies=remedies))
        assert not found.by_scheme
        assert not found[0].by_scheme
        assert "The scheme's own order was not recorded: this is the usual one." in found.to_table().notes
        assert found[-2].by_scheme

    def test_found(self):
        """An option is had by its name or its place."""
        found = options()
        assert found[3] is found["general reserve"]
        assert len(found) == len(tuple(found))
        with pytest.raises(NotFoundError, match="no recovery option 'reserve'"):
            found["reserve"]


class TestPriced:
    def test_arms(self):
        """An underspend first covers its own arm, then the other."""
        variances = {BIG: "£5", "district-nursing": "-£2", SMALL: "-£1", "respite": "£9"}
        found = options(P, variances)
        assert {BIG: Money("£2"), "respite": Money("£1")} == {
            move.to_id: move.amount for move in found["same arm"].moves
        }
        spare = options(P, {BIG: "£1", "district-nursing": "-£4", "respite": "£2"})
        assert (Money("£1"), Money("£3")) == (spare["same arm"].covered, spare["other arm"].covered)
        assert Money(0) == spare["general reserve"].drawn

    def test_recurring(self):
        """An underspend that comes again is recurring; reserves and payments never are."""
        plan = options(recurring=[SMALL])["recovery plan"]
        assert (Money("£0.6m"), Money("£1.8m")) == (plan.recurring, plan.one_off)
        assert [True, False] == [move.recurring for move in plan.moves]

    def test_earmarked(self):
        """An earmarked reserve needs the consent of whoever earmarked it, and may not be enough."""
        option = options()["earmarked reserve"]
        assert (Money("£1.53m"), Money("£270k")) == (option.drawn, option.left)
        assert (P.id, "whoever earmarked the money") == option.agree

    def test_proportional(self):
        """What the moves within the budget leave is paid in the proportion of the scheme."""
        option = options()["additional payment: proportional"]
        paid_ = {move.from_id: move.amount for move in option.moves if move.kind is MoveKind.PARTY}
        assert {"nhs-glenmore": Money("£1.08m"), "strathallan-council": Money("£720k")} == paid_
        assert option.by_scheme
        assert (P.id, *paid_) == option.agree

    def test_loan(self):
        """A loan comes with its repayments."""
        option = options(with_scheme(P, risk_share=originating_party_loan(5)))[-2]
        (loan,) = option.loans
        assert ("nhs-glenmore", Money("£1.8m"), 5) == (loan.lender, loan.amount, len(loan.instalments))

    def test_negotiated(self):
        """What is negotiated is priced as a whole until it is agreed."""
        p = with_scheme(P, risk_share=negotiated)
        open_ = options(p)[-2]
        assert (P.id, "the parties") == open_.agree
        with pytest.raises(UnknownFactError, match="what the parties agree to pay"):
            open_.budget_after()
        done = options(p, agreed={"strathallan-council": "£0.8m", "nhs-glenmore": "£1m"})[-2]
        assert Money("£1.8m") == done.added
        with pytest.raises(ValueError, match="agreed payments must add up to"):
            options(p, agreed={"nhs-glenmore": 1})

    @pytest.mark.parametrize(("why", "rule"), [("is not recorded", UNKNOWN), ("is not in the scheme", None)])
    def test_no_risk_share(self, why, rule):
        """Where the scheme names no way, each is offered and said not to be the scheme's."""
        found = options(with_scheme(P, risk_share=rule))
        ways = [option for option in found if option.remedy is Remedy.ADDITIONAL_PAYMENT]
        assert [False] * 4 == [option.by_scheme for option in ways]
        assert any(why in note for note in found.to_table().notes)
        assert 3 == ways[2].loans[0].years

    def test_ways(self):
        """Nobody's share is made up where nobody pays."""
        names = [option.name for option in small()]
        assert "additional payment: proportional" in names
        p = with_scheme(P, risk_share=None)
        free = with_budget(p, payments=[one for one in p.budget("2026/27").payments if one.payer == p.id])
        assert "additional payment: proportional" not in [option.name for option in options(free)]

    def test_host_bears(self):
        """Where a scheme lets the host bear it, nobody else pays, and it is left to the authority."""
        option = options(with_scheme(P, risk_share=host_bears))["additional payment: host bears"]
        assert (Money(0), Money("£1.8m"), True) == (option.added, option.left, option.by_scheme)
        assert ("Nobody else pays: the authority bears it as host.",) == option.notes

    def test_dispute(self):
        """Dispute resolution is priced at what the recovery plan leaves."""
        found = options(P, {BIG: "£20m"})
        assert found[0].left > Money(0)
        assert str(found[0].left) in found[-1].notes[0]
        assert () == found[-1].draft_directions()

    def test_reserves_unknown(self):
        """What hangs on reserves that were not recorded is not priced; the rest is."""
        found = options(with_budget(P, reserves=UNKNOWN))
        assert Money("£0.6m") == found["other arm"].covered
        for name in ("recovery plan", "general reserve", "earmarked reserve"):
            with pytest.raises(UnknownFactError, match="the reserves of 2026/27"):
                _ = found[name].left
            with pytest.raises(UnknownFactError, match="the reserves of 2026/27"):
                _ = found[name].balances
        assert "not recorded" in str(found)

    def test_no_reserves(self):
        """Where there are no reserves they give nothing."""
        assert Money(0) == small()["general reserve"].drawn

    def test_keep(self):
        """What is to be kept is £0 or more."""
        with pytest.raises(ValueError, match="keep must be £0 or more"):
            options(keep=-1)

    def test_lead_agency(self):
        """Between lead agencies whoever carries the function out bears it, without a direction."""
        found = options(LEAD, {"care-at-home": "£5"})
        assert ["host bears", "dispute resolution"] == [option.name for option in found]
        assert LEAD.authority_for("care-at-home") == found[0].moves[0].from_id
        assert found[0].balances
        assert () == found[0].draft_directions()
        assert LEAD.budget("2026/27") == found[0].budget_after()


class TestDrafts:
    def test_payments(self):
        """Each draft states the new payment, and nothing of the life of the direction it varies."""
        drafts = {draft.varies: draft for draft in options()[0].draft_directions()}
        old = {one.id: one for one in FLOWS.directions}
        assert [Money("-£0.6m"), Money("£2.4m")] == sorted(
            draft.payment - old[name].payment for name, draft in drafts.items()
        )
        for draft in drafts.values():
            assert (None, None, (), P.as_at) == (
                draft.decided_on,
                draft.issued_on,
                draft.sent_to.items,
                draft.effective_from,
            )

    def test_day(self):
        """A draft binds from the day asked for, if the direction it varies was in force the day before."""
        option = options()[0]
        assert {date(2027, 1, 1)} == {
            one.effective_from for one in option.draft_directions(effective_from="2027-01-01")
        }
        for wrong in ("2026-04-01", "2027-04-01"):
            with pytest.raises(ValueError, match="cannot be varied from"):
                option.draft_directions(effective_from=wrong)
        early = P.at("2026-02-01").money("2026/27").forecast({BIG: 5}).recovery_options()[0]
        assert {date(2026, 4, 2)} == {one.effective_from for one in early.draft_directions()}

    def test_one_for_a_group(self):
        """Two functions of one direction need one draft; its payment changes by both."""
        p = example("joint-board")
        direction = next(one for one in p.money("2026/27").directions if len(one.functions) > 2)
        a, b, *_ = direction.functions
        (draft,) = options(p, {a: "£5", b: "-£5"})[0].draft_directions()
        assert (direction.payment, direction.id) == (draft.payment, draft.varies)

    def test_group_budget(self):
        """Where another direction states the money for a group, that is the one to vary."""
        group = ({"payment": "£80"}, {"functions": ["frailty"], "given_to": [NHS], "budget_in": "D-1"})
        out = [paid(IJB, COUNCIL, "£40", direction="D-1"), paid(IJB, NHS, "£40", "frailty", direction="D-1")]
        found = small(*group, payments=out)
        (draft,) = found["other arm"].draft_directions()
        assert ("D-1", Money("£80")) == (draft.varies, draft.payment)

    def test_new_reference(self):
        """A draft's reference is not taken yet; a target whose reference several years use is named with its year."""
        found = small(
            {"payment": "£40"},
            {"payment": "£40", "functions": ["frailty"], "given_to": [NHS]},
        )
        flows = found.forecast.flows
        register = flows.partnership.directions.issue(
            Direction("D-1", year="2025/26", given_to=[COUNCIL], effective_from="2025-04-01", ends_on="2026-03-31")
        ).issue(Direction("D-1-v2", given_to=[COUNCIL], effective_from="2025-04-01", ends_on="2026-03-31"))
        p = flows.partnership.evolve(directions=register)
        again = p.money("2026/27").forecast({"respite": "£9", "frailty": "-£4"}).recovery_options()
        drafts = again["other arm"].draft_directions()
        assert [("D-1-v3", "2026/27/D-1"), ("D-2-v2", "D-2")] == [(one.id, one.varies) for one in drafts]

    def test_no_direction(self):
        """A board that has not directed a function has nothing to vary."""
        book = Budget(year="2026/27", payments=[paid(COUNCIL, IJB, "£50"), paid(NHS, IJB, "£50", "frailty")])
        found = directed(budget=book).forecast({"respite": 5}).recovery_options()
        with pytest.raises(NotFoundError, match="direction with a payment for function"):
            found["additional payment: originating party"].draft_directions()

    @pytest.mark.parametrize(
        ("match", "second"),
        [
            ("which of '2026/27/D-1', '2026/27/D-3' states the payment for 'respite'", {"payment": "£1", "use": "x"}),
            ("how direction 'D-3' divides its money", None),
        ],
    )
    def test_several(self, match, second):
        """Of several directions that state a payment for a function, none is picked."""
        directions = [{"payment": "£40"}, {"payment": "£40", "functions": ["frailty"], "given_to": [NHS]}]
        if second is None:
            with pytest.raises(UnknownFactError, match=match):
                small(*directions, {"payment": "£1", "given_to": [COUNCIL, NHS]}, payments=[])
            return
        found = small(*directions, second)
        with pytest.raises(UnknownFactError, match=match):
            found["other arm"].draft_directions()

    def test_one_states(self):
        """Of several directions for a function, the one that states a payment is varied."""
        found = small(
            {"payment": "£40"},
            {"payment": "£40", "functions": ["frailty"], "given_to": [NHS]},
            {"payment_method": "by invoice", "use": "lunches"},
        )
        assert ["D-1", "D-2"] == [draft.varies for draft in found["other arm"].draft_directions()]

    @pytest.mark.parametrize("payment", [None, UNKNOWN])
    def test_no_sum(self, payment):
        """What a direction does not state cannot be raised."""
        out = [paid(IJB, COUNCIL, "£40", direction="D-1"), paid(IJB, NHS, "£40", "frailty", direction="D-2")]
        fields = {"payment": "£40"}, {"payment": "£40", "functions": ["frailty"], "given_to": [NHS]}
        found = small(*fields, payments=out)
        flows = found.forecast.flows
        steps = [
            attrs.evolve(step, direction=step.direction.evolve(payment=payment))
            for step in flows.partnership.directions.steps
        ]
        p = flows.partnership.evolve(directions=attrs.evolve(flows.partnership.directions, steps=steps))
        forecast = attrs.evolve(found.forecast, flows=p.money("2026/27"))
        with pytest.raises(UnknownFactError, match="the payment of direction 'D-1'"):
            attrs.evolve(found["other arm"], forecast=forecast).draft_directions()

    def test_too_little(self):
        """A payment does not fall below nothing."""
        out = [paid(IJB, COUNCIL, "£40", direction="D-1"), paid(IJB, NHS, "£40", "frailty", direction="D-2")]
        found = small({"payment": "£40"}, {"payment": "£1", "functions": ["frailty"], "given_to": [NHS]}, payments=out)
        with pytest.raises(ValueError, match=r"direction 'D-2' states £1\.00, which cannot fall by £4\.00"):
            found["other arm"].draft_directions()


class TestBudgetAfter:
    def test_payments(self):
        """Payments that change say from which day and what they were, once and for all."""
        reserves = [
            Reserve(kind="general", opening="£2"),
            Reserve(kind="earmarked", opening="£9"),
            Reserve(kind="earmarked", opening="£3", movement="-£5", purpose="winter"),
        ]
        found = small(reserves=reserves)
        after = found["recovery plan"].budget_after()
        payments = {one.direction: one for one in after.payments if one.direction}
        assert (Money("£46"), Money("£40"), date(2026, 11, 22)) == (
            payments["D-1-v2"].amount,
            payments["D-1-v2"].before,
            payments["D-1-v2"].changed_on,
        )
        assert Money("£36") == payments["D-2-v2"].amount
        general = next(one for one in after.reserves if one.kind == "general")
        assert (Money("-£2"), Money(0)) == (general.movement, general.planned)
        option = found["earmarked reserve"]
        assert [("earmarked", Money("£5"))] == [
            (move.from_id, move.amount) for move in option.moves if move.kind is MoveKind.RESERVE
        ]
        moved = {(one.kind.value, one.purpose): one.movement for one in option.budget_after().reserves}
        left = {("earmarked", ""): Money("-£5"), ("earmarked", "winter"): Money("-£5"), ("general", ""): Money(0)}
        assert left == moved

    @pytest.mark.parametrize("name", ["recovery plan", "additional payment: proportional"])
    def test_rules(self, name):
        """A payment that rises is matched by others, by reserves and by parties, and a direction is revised for it."""
        option = options()[name]
        register = P.register
        for draft in option.draft_directions():
            register = register.issue(draft)
        after = option.budget_after()
        budgets = [after if one.year == after.year else one for one in P.budgets]
        report = P.evolve(directions=register, budgets=budgets).check()
        for rule in (
            "FIN-budget-identity",
            "GUID-D06-within-budget",
            "GUID-D08-supersession-graph",
            "GUID-D09-revise-on-change",
            "GUID-D10-increase-matched",
            "PBJW-s27-3-ia-pays",
        ):
            assert "pass" == report[rule].outcome
        assert () == report.unlawful

    def test_again(self):
        """What changed before keeps what it was when the year began."""
        out = [
            paid(IJB, COUNCIL, "£40", direction="D-1", before="£30", changed_on="2026-06-01"),
            paid(IJB, NHS, "£40", "frailty", direction="D-2"),
        ]
        reserves = [Reserve(kind="general", opening="£9", movement="-£1", planned="£1")]
        after = small(payments=out, reserves=reserves)["recovery plan"].budget_after()
        assert Money("£30") == next(one.before for one in after.payments if one.direction == "D-1-v2")
        assert Money("£1") == after.reserves[0].planned

    def test_paid_in(self):
        """What a party adds is added to what it pays for the function, or is a payment of its own."""
        p = with_scheme(FOUNDED, risk_share=originating_party)
        found = small()
        flows = p.evolve(directions=found.forecast.partnership.directions, budgets=found.forecast.partnership.budgets)
        option = flows.money("2026/27").forecast({"respite": "£9", "frailty": "-£4"}).recovery_options()[-2]
        added = next(one for one in option.budget_after().payments if one.payer == COUNCIL)
        assert (Money("£55"), Money("£50")) == (added.amount, added.before)
        proportional = small()["additional payment: proportional"].budget_after()
        fresh = next(one for one in proportional.payments if one.payer == NHS and one.function == "respite")
        assert (
            Payment(payer=NHS, payee=IJB, function="respite", amount="£2.50", changed_on="2026-11-22", before=0)
            == fresh
        )

    def test_not_paid(self):
        """A payment that was not recorded cannot change."""
        found = small(payments=[])
        with pytest.raises(UnknownFactError, match="what is paid for 'frailty' under direction 'D-2'"):
            found["other arm"].budget_after()


class TestPrinted:
    def test_options(self):
        """The table has a row an option, with its provision."""
        found = options()
        assert len(found) == len(found.to_table().rows)
        assert str(found) == found.to_table().to_text()
        assert repr(found).startswith("<RecoveryOptions: recovery plan, same arm, ")

    def test_option(self):
        """An option lists its moves, what it covers and what it leaves."""
        plan = options()[0]
        assert "<RecoveryOption 'recovery plan': £2,400,000.00 covered, £0.00 left>" == repr(plan)
        assert ("covered", "", "£2,400,000.00", "") == plan.to_table().rows[-2]
        assert str(plan) == plan.to_table().to_text()
        assert "£600,000.00 from function 'care-at-home' to 'pharmaceutical-services', one-off" == str(plan.moves[0])
        assert "recurring" in str(options(recurring=[SMALL])[0].moves[0])
        assert "recurring" in str(options(recurring=[SMALL])[0])
