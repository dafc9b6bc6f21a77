"""What performance reports set out, and who is given a copy."""

from decimal import Decimal

import attrs
import pytest
from tests.rules.test_deciding import told

from scotintegration.examples import EXAMPLES, example
from scotintegration.performance import MATTERS, AnnualFinancialStatement, PerformanceReport, Spending
from scotintegration.plans import StrategicPlan
from scotintegration.rules import ask
from scotintegration.rules.reporting import (
    best_value_assessed,
    copies_sent,
    finances_reported,
    localities_reported,
    outcomes_assessed,
    principles_assessed,
    proportions_add_up,
    review_reported,
)
from scotintegration.schemes import Review
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
COPIES = [P.health_board.id, *(council.id for council in P.local_authorities)]
CONTENTS = ("best value", "indicators", "principles", "review changes", "review decision", "review reasons")
SPENT = [Spending(on=matter, amount="£10m", share="0.19") for matter in MATTERS]
MINE = (
    best_value_assessed,
    copies_sent,
    finances_reported,
    localities_reported,
    outcomes_assessed,
    principles_assessed,
    proportions_add_up,
    review_reported,
)
PLAN = StrategicPlan(id="plan", start="2025-04-01", finalised_on="2025-03-12", localities=["north", "south"])


def report(**fields):
    """Write a report that keeps every rule."""
    whole = {
        "year": "2025/26",
        "published_on": "2026-07-28",
        "sent_to": COPIES,
        "contents": CONTENTS,
        "outcomes": [str(number) for number in range(1, 10)],
        "comparison_years": 5,
        "total": "£52m",
        "reserves_drawn": 0,
        "spending": SPENT,
        "key_groups": (),
        "variance": "-£2m",
        "localities": ["north", "south"],
        "spending_in": [Spending(on="north", share="0.5"), Spending(on="south", share="0.4")],
    }
    return PerformanceReport(**{**whole, **fields})


def reporting(*reports, plan=PLAN, complete=True, amount="£52m", base=P):
    """Give a partnership these reports, one plan and one financial statement."""
    statement = AnnualFinancialStatement(year="2025/26", published_on="2025-03-28", amount=amount)
    return base.evolve(reports=Listing(reports, complete), plans=[plan], statements=[statement])


def asked(rule, **fields):
    """Give what a rule says of a report that differs from a good one."""
    return told(rule, reporting(report(**fields)))


class TestLaws:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_kept(self, rule):
        """A whole report keeps every rule; other reports may be unknown, or not yet out."""
        assert "pass" == told(rule, reporting(report()))
        assert [("cannot tell", "reports")] == told(rule, reporting(report(), complete=False))
        for day in (None, "2026-11-23"):
            assert "pass" == told(rule, reporting(PerformanceReport(year="2025/26", published_on=day)))
        unsure = reporting(PerformanceReport(year="2025/26"))
        assert [("cannot tell", "reports['2025/26'].published_on")] == told(rule, unsure)

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_bare(self, rule):
        """Of a report of which nothing more is known nothing can be told."""
        p = reporting(PerformanceReport(year="2025/26", published_on="2026-07-28"))
        result = {finding.outcome for finding in ask(rule, p)}
        assert ({"cannot tell"} if rule is not review_reported else set()) == result

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before it came into force there was no duty."""
        assert "not applicable" == told(rule, P.at("2014-09-21" if rule is copies_sent else "2014-12-19"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert ("warn" if rule is proportions_add_up else "fail") == ask(rule, rule.failing()).outcome


class TestCopies:
    where = "reports['2025/26'].sent_to"

    @pytest.mark.parametrize("lost", COPIES)
    def test_board(self, lost):
        """A board's report goes to each constituent authority."""
        assert [("fail", self.where)] == asked(copies_sent, sent_to=[one for one in COPIES if one != lost])
        assert [("cannot tell", "reports['2025/26']")] == asked(copies_sent, sent_to=Listing([lost], complete=False))

    @pytest.mark.parametrize(
        ("name", "model", "partner"),
        [
            ("lead-agency-to-board", "b", "kinbrae-council"),
            ("lead-agency-to-board", "c", "nhs-kinbrae"),
            ("lead-agency-both-ways", "d", None),
        ],
    )
    def test_lead_agencies(self, name, model, partner):
        """A lead agency's goes to the monitoring committee and, where one delegates, to that one."""
        p = example(name)
        p = p.evolve(scheme=attrs.evolve(p.scheme, models=model))
        committee = p.monitoring_committee.id
        wanted = [one for one in (committee, partner) if one]
        assert "pass" == told(copies_sent, reporting(report(sent_to=wanted), base=p))
        for lost in wanted:
            left = [one for one in wanted if one != lost]
            assert "fail" == ask(copies_sent, reporting(report(sent_to=left), base=p)).outcome

    def test_no_committee(self):
        """Where no committee was set up, that is another rule's matter."""
        p = example("lead-agency-both-ways").evolve(monitoring_committee=None, members=(), chairs=(), meetings=())
        assert "pass" == told(copies_sent, reporting(report(sent_to=()), base=p))


class TestComparison:
    where = "reports['2025/26'].comparison_years"

    @pytest.mark.parametrize(
        "rule", [outcomes_assessed, finances_reported, localities_reported], ids=lambda rule: rule.id
    )
    def test_years(self, rule):
        """Five years before are compared with, and each of three parts of a report needs them."""
        assert "pass" == asked(rule, comparison_years=6)
        assert [("fail", self.where)] == asked(rule, comparison_years=4)
        assert [("fail", self.where)] == asked(rule, comparison_years=None)
        assert [("cannot tell", self.where)] == asked(rule, comparison_years=UNKNOWN)

    @pytest.mark.parametrize(
        ("year", "passed", "needed"),
        [
            ("2016/17", "2016-04-01", 0),
            ("2015/16", "2015-04-01", 0),
            ("2017/18", "2015-04-01", 1),
            ("2018/19", "2016-04-01", 2),
            ("2021/22", "2016-04-01", 5),
            ("2025/26", "2016-04-01", 5),
            ("2025/26", "2023-05-01", 2),
            ("2025/26", "2026-05-01", 0),
            ("2018/19", None, 2),
        ],
    )
    def test_all_there_are(self, year, passed, needed):
        """All years are enough where there are fewer than five since functions passed."""
        scheme = attrs.evolve(P.scheme, delegated_on=passed)
        base = P.evolve(scheme=scheme)
        for compared, expected in ((needed, "pass"), (needed - 1, "fail")):
            if compared >= 0:
                p = reporting(report(year=year, comparison_years=compared), base=base)
                assert expected == ask(outcomes_assessed, p).outcome

    def test_day_not_known(self):
        """When functions passed may be unknown."""
        base = P.evolve(scheme=attrs.evolve(P.scheme, delegated_on=UNKNOWN))
        p = reporting(report(comparison_years=4), base=base)
        assert [("cannot tell", "reports['2025/26']")] == told(outcomes_assessed, p)


class TestContents:
    @pytest.mark.parametrize(
        ("rule", "part"),
        [(outcomes_assessed, "indicators"), (principles_assessed, "principles"), (best_value_assessed, "best value")],
        ids=str,
    )
    def test_set_out(self, rule, part):
        """Each part is there, or may be where the record is known in part."""
        where = "reports['2025/26'].contents"
        others = [one for one in CONTENTS if one != part]
        assert [("fail", where)] == asked(rule, contents=others)
        assert [("cannot tell", where)] == asked(rule, contents=Listing(others, complete=False))
        assert "pass" == asked(rule, contents=Listing([part], complete=False))

    def test_outcomes(self):
        """No outcome assessed fails; that all nine must be is our reading, so one less is a warning."""
        where = "reports['2025/26'].outcomes"
        assert [("fail", where)] == asked(outcomes_assessed, outcomes=())
        assert [("warn", where)] == asked(outcomes_assessed, outcomes=["1", "2"])
        assert [("cannot tell", "reports['2025/26']")] == asked(outcomes_assessed, outcomes=UNKNOWN)


class TestFinances:
    where = "reports['2025/26'].spending"

    @pytest.mark.parametrize("number", range(5))
    def test_matters(self, number):
        """Each of the five matters has a total and a proportion."""
        others = [*SPENT[:number], *SPENT[number + 1 :]]
        assert [("fail", self.where)] == asked(finances_reported, spending=others)
        assert [("cannot tell", self.where)] == asked(finances_reported, spending=Listing(others, complete=False))
        for field in ("amount", "share"):
            for value, expected in ((None, "fail"), (UNKNOWN, "cannot tell")):
                odd = attrs.evolve(SPENT[number], **{field: value})
                said = asked(finances_reported, spending=[*others, odd])
                assert (expected, self.where) == said[0]

    def test_key_groups(self):
        """Key care groups have their own, where there are any."""
        assert [("fail", self.where)] == asked(finances_reported, key_groups=["dementia"])
        added = [*SPENT, Spending(on="dementia", amount="£1m", share="0.02")]
        assert "pass" == asked(finances_reported, key_groups=["dementia"], spending=added)
        where = "reports['2025/26'].key_groups"
        assert [("cannot tell", where)] == asked(finances_reported, key_groups=UNKNOWN)

    @pytest.mark.parametrize(
        ("variance", "amount", "expected"),
        [
            ("-£2m", "£52m", "pass"),
            (None, "£52m", "fail"),
            ("£2m", "£52m", "warn"),
            (None, "£50m", "pass"),
            (0, "£50m", "pass"),
            (None, None, "pass"),
            (UNKNOWN, "£52m", "cannot tell"),
            (None, UNKNOWN, "cannot tell"),
        ],
        ids=str,
    )
    def test_variance(self, variance, amount, expected):
        """What was spent is held against what was intended."""
        p = reporting(report(variance=variance), amount=amount)
        assert expected == ask(finances_reported, p).outcome

    def test_no_statement(self):
        """Without a financial statement of the year there is nothing to compare with; there may be one."""
        p = reporting(report(variance=None))
        assert "pass" == told(finances_reported, p.evolve(statements=()))
        assert [("cannot tell", "statements")] == told(finances_reported, p.evolve(statements=UNKNOWN))

    def test_each_matter(self):
        """Each matter that is left out is named, and of each whether the total or the proportion is missing."""
        whats = [finding.what for finding in ask(finances_reported, reporting(report(spending=SPENT[2:])))]
        assert [f"no spending on {str(matter)!r}" for matter in MATTERS[:2]] == whats
        for field, said in (("amount", "total"), ("share", "proportion")):
            spending = [attrs.evolve(SPENT[0], **{field: None}), *SPENT[1:]]
            (finding,) = ask(finances_reported, reporting(report(spending=spending)))
            assert f"no {said} for {str(MATTERS[0])!r}" == finding.what

    def test_variance_mend(self):
        """A variance that does not follow from the sums is to be put right."""
        (finding,) = ask(finances_reported, reporting(report(variance="£2m")))
        assert finding.mend.startswith("say by how much")


class TestProportions:
    where = "reports['2025/26'].spending"

    @pytest.mark.parametrize(
        ("share", "drawn", "expected"),
        [
            ("0.2", 0, "pass"),
            ("0.201", 0, "pass"),
            ("0.202", 0, "warn"),
            ("0.202", "£0.52m", "pass"),
            ("0.24", "£0.52m", "warn"),
            ("0.24", None, "warn"),
            ("0.24", UNKNOWN, "cannot tell"),
            (UNKNOWN, 0, "cannot tell"),
            (None, 0, "pass"),
        ],
        ids=str,
    )
    def test_sum(self, share, drawn, expected):
        """The five come to no more than the whole, rounding and reserves apart; it is a warning only."""
        spending = [Spending(on=matter, amount="£1m", share=share) for matter in MATTERS]
        p = reporting(report(spending=spending, reserves_drawn=drawn))
        assert expected == ask(proportions_add_up, p).outcome

    def test_others(self):
        """Key care groups overlap the five and do not count."""
        added = [*SPENT, Spending(on="dementia", amount="£1m", share=Decimal("0.5"))]
        assert "pass" == asked(proportions_add_up, spending=added)
        assert [("cannot tell", self.where)] == asked(proportions_add_up, spending=Listing(SPENT[:4], complete=False))
        assert "pass" == asked(proportions_add_up, spending=Listing(SPENT, complete=False))

    def test_total(self):
        """What was paid or set aside decides what reserves added, and may be unknown or nothing."""
        high = [Spending(on=matter, amount="£1m", share="0.24") for matter in MATTERS]
        p = {"spending": high, "reserves_drawn": "£50m"}
        assert "pass" == asked(proportions_add_up, **p)
        assert [("warn", self.where)] == asked(proportions_add_up, total=None, **p)
        assert [("warn", self.where)] == asked(proportions_add_up, total=0, **p)
        assert [("cannot tell", "reports['2025/26']")] == asked(proportions_add_up, total=UNKNOWN, **p)


class TestLocalities:
    def test_each(self):
        """Each locality of the plan is assessed, with its proportion of spending."""
        assert [("fail", "reports['2025/26'].localities")] == asked(localities_reported, localities=["north"])
        assert [("cannot tell", "reports['2025/26']")] == asked(localities_reported, localities=UNKNOWN)
        where = "reports['2025/26'].spending_in"
        north = Spending(on="north", share="0.5")
        for other, expected in ((None, "fail"), (UNKNOWN, "cannot tell")):
            spending = [north, Spending(on="south", share=other)]
            assert [(expected, where)] == asked(localities_reported, spending_in=spending)
        assert [("fail", where)] == asked(localities_reported, spending_in=[north])
        assert [("cannot tell", where)] == asked(localities_reported, spending_in=Listing([north], complete=False))

    def test_plan(self):
        """The plan is the one that stood at the end of the year; it, and its localities, may be unknown."""
        p = reporting(report(localities=()))
        later = attrs.evolve(PLAN, finalised_on="2026-04-01")
        assert "pass" == told(localities_reported, p.evolve(plans=[later]))
        assert [("cannot tell", "plans")] == told(localities_reported, p.evolve(plans=UNKNOWN))
        partly = attrs.evolve(PLAN, localities=Listing(["north"], complete=False))
        assert [("cannot tell", "plans['plan'].localities")] == told(
            localities_reported, reporting(report(), plan=partly)
        )


class TestReview:
    where = "reports['2025/26'].contents"

    def reviewed(self, review, *parts):
        """Give a partnership a plan with a review, and a report that sets out these parts of it."""
        contents = [f"review {part}" for part in parts]
        return reporting(report(contents=contents), plan=attrs.evolve(PLAN, reviews=[review]))

    @pytest.mark.parametrize(
        ("day", "caught"), [("2025-03-31", False), ("2025-04-01", True), ("2026-03-31", True), ("2026-04-01", False)]
    )
    def test_year(self, day, caught):
        """A review of the year is reported, no other."""
        p = self.reviewed(Review(completed_on=day, outcome="replace"))
        assert ([("fail", self.where)] * 3 if caught else "pass") == told(review_reported, p)

    @pytest.mark.parametrize(("outcome", "parts"), [("replace", 3), ("no change", 2), (None, 2)])
    def test_parts(self, outcome, parts):
        """Reasons and decision are always reported, changes where there were any."""
        review = Review(completed_on="2025-09-17", outcome=outcome)
        wanted = ("reasons", "decision", "changes")[:parts]
        assert "pass" == told(review_reported, self.reviewed(review, *wanted))
        assert [("fail", self.where)] == told(review_reported, self.reviewed(review, *wanted[1:]))

    def test_partly_known(self):
        """Whether there was a review may be unknown, which is no matter where a report says all."""
        for review in (Review(), Review(completed_on="2025-09-17"), Review(completed_on="2025-09-17", outcome=UNKNOWN)):
            p = self.reviewed(review, "reasons", "decision")
            assert [("cannot tell", "plans")] == told(review_reported, p)
            assert "pass" == told(review_reported, self.reviewed(review, "reasons", "decision", "changes"))
        p = reporting(report(contents=()))
        assert [("cannot tell", "plans")] == told(review_reported, p.evolve(plans=UNKNOWN))
        unsure = attrs.evolve(PLAN, reviews=UNKNOWN)
        assert [("cannot tell", "plans")] == told(review_reported, p.evolve(plans=[unsure]))
        assert "pass" == told(review_reported, p)
