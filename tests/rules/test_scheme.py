"""Integration schemes: the model, how money is found, what is set out, approval and review."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.dates import Interval, last_day_of_period
from scotintegration.examples import example
from scotintegration.lines import Line
from scotintegration.officers import ChiefOfficer
from scotintegration.rules import check
from scotintegration.schemes import Review, items_for
from scotintegration.unknown import UNKNOWN, Listing

APPROVED = date(2015, 6, 1)


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule].outcome.value


def said(rule, p):
    """Give what one rule finds."""
    return [finding.what for finding in check(p, rules=[rule])[rule].findings]


def scheme(p, **changes):
    """Change the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def function(p, id, **changes):
    """Change one function."""
    return scheme(
        p, functions=p.scheme.functions.map(lambda one: attrs.evolve(one, **changes) if one.id == id else one)
    )


@pytest.fixture
def p():
    return example("body-corporate")


class TestOneModel:
    def test_every_letter(self, p):
        """Each of the four models is lawful by itself."""
        assert ["pass"] * 4 == [outcome("PBJW-s1-4-one-model", scheme(p, models=letter)) for letter in "abcd"]

    def test_two(self, p):
        """Two models are one too many, and the finding names them."""
        assert ["models named: a and c"] == said("PBJW-s1-4-one-model", scheme(p, models="a+c"))

    def test_none(self, p):
        """A scheme that names no model names too few."""
        assert ["models named: none"] == said("PBJW-s1-4-one-model", scheme(p, models=()))

    def test_before_the_act(self, p):
        """Before 2 April 2014 nothing was asked of a scheme."""
        assert "not applicable" == outcome("PBJW-s1-4-one-model", p.at("2014-04-01"))
        assert "pass" == outcome("PBJW-s1-4-one-model", p.at("2014-04-02"))


class TestSetAsideMethod:
    RULE = "PBJW-s1-3d-set-aside-method"

    @pytest.fixture
    def bare(self):
        return scheme(example("large-hospital"), set_aside_method=None)

    def test_own_area(self, bare):
        """A hospital outside the area of the Health Board is not caught."""
        freed = scheme(
            bare, functions=bare.scheme.functions.map(lambda one: attrs.evolve(one, hospital_in_hb_area=False))
        )
        assert ("fail", "pass") == (outcome(self.RULE, bare), outcome(self.RULE, freed))

    @given(areas=st.integers(0, 5))
    def test_areas(self, areas):
        """A service is caught from two council areas on."""
        bare = scheme(example("body-corporate"), set_aside_method=None)
        changed = function(bare, "accident-emergency", la_areas=areas, deemed_out=False)
        assert ("fail" if areas >= 2 else "pass") == outcome(self.RULE, changed)

    def test_deemed_out(self, bare):
        """Services that the Health Board pays for instead are not caught."""
        paid = scheme(bare, functions=bare.scheme.functions.map(lambda one: attrs.evolve(one, deemed_out=True)))
        assert "pass" == outcome(self.RULE, paid)

    def test_decided_by_what_is_known(self, bare):
        """One fact that frees a service is enough, whatever else nobody recorded."""
        freed = bare.scheme.functions.map(
            lambda one: attrs.evolve(one, in_hospital=UNKNOWN, la_areas=UNKNOWN, deemed_out=True)
        )
        assert "pass" == outcome(self.RULE, scheme(bare, functions=freed))

    def test_blank(self, bare):
        """A method of blanks is none."""
        assert "fail" == outcome(self.RULE, scheme(bare, set_aside_method="  "))

    def test_method_not_recorded(self, bare):
        """Where nobody recorded the method of a service that is caught, nobody can tell."""
        assert "cannot tell" == outcome(self.RULE, scheme(bare, set_aside_method=UNKNOWN))

    def test_ended(self, bare):
        """A function whose delegation is over is not looked at."""
        over = bare.scheme.functions.map(lambda one: attrs.evolve(one, until="2026-11-21"))
        assert "pass" == outcome(self.RULE, scheme(bare, functions=over))

    def test_model_b(self):
        """Councils set nothing aside, so model b is not caught."""
        assert "not applicable" == outcome(self.RULE, example("lead-agency-to-board"))

    def test_known_in_part(self, bare):
        """A scheme may delegate more than is recorded."""
        some = bare.scheme.functions.where(lambda one: one.delegator != bare.health_board.id)
        assert "pass" == outcome(self.RULE, scheme(bare, functions=some.items))
        assert "cannot tell" == outcome(self.RULE, scheme(bare, functions=Listing(some.items, complete=False)))


class TestPaymentMethod:
    RULE = "PBJW-s1-3e-payment-method"

    @pytest.mark.parametrize(
        ("funding", "method", "expected"),
        [
            ("payment", "last year's plus an uplift", "pass"),
            ("payment", None, "fail"),
            ("payment", " ", "fail"),
            ("payment", UNKNOWN, "cannot tell"),
            ("set-aside", None, "pass"),
            (UNKNOWN, None, "cannot tell"),
            (UNKNOWN, "last year's plus an uplift", "pass"),
            ((), None, "fail"),
        ],
    )
    def test_table(self, p, funding, method, expected):
        """A method is asked of each function that no sum is set aside for."""
        assert expected == outcome(self.RULE, function(p, "care-at-home", funding=funding, method=method))

    def test_each(self, p):
        """That a sum is set aside for one function says nothing of the next."""
        bare = function(p, "accident-emergency", funding="set-aside", method=None)
        assert "fail" == outcome(self.RULE, function(bare, "care-at-home", funding="payment", method=None))


class TestNoCouncilSetAside:
    RULE = "PBJW-s1-14-no-la-set-aside"

    def test_both(self, p):
        """A council's sum set aside is a breach even beside a payment."""
        assert "fail" == outcome(self.RULE, function(p, "care-at-home", funding="payment+set-aside"))

    def test_health_board(self):
        """A Health Board may set sums aside."""
        assert "pass" == outcome(self.RULE, example("large-hospital"))


class TestItemsComplete:
    RULE = "ISR-items-complete"

    @pytest.mark.parametrize("name", ["body-corporate", "joint-board", "lead-agency-both-ways", "lead-agency-to-board"])
    def test_each_item(self, name):
        """Every item that is relevant is missed if it is left out, and no other is."""
        p = example(name)
        for item in items_for(p.model, p.scheme.basis):
            short = scheme(p, items=[slug for slug in p.scheme.items.items if slug != item.slug])
            assert [f"not set out: {item.slug}"] == said(self.RULE, short)

    def test_item_of_another_model(self, p):
        """Hosting of ledgers is asked of lead agencies only, and does no harm here."""
        assert "pass" == outcome(self.RULE, scheme(p, items=[*p.scheme.items.items, "fin-ledger-lead"]))

    def test_many(self, p):
        """Many missing items are counted."""
        assert ["not set out: capital, ccg, claims, co-interim and 19 more"] == said(self.RULE, scheme(p, items=()))

    def test_known_in_part(self, p):
        """Where items are known in part nobody can tell of those that are not there."""
        some = Listing(p.scheme.items.items[1:], complete=False)
        assert "cannot tell" == outcome(self.RULE, scheme(p, items=some))


class TestLineToBoth:
    RULE = "ISR-co-line-both"

    def line(self, p, **changes):
        """Let the chief officer answer to the Health Board by its post, and perhaps to the council by a line."""
        posts = p.posts.map(
            lambda post: attrs.evolve(post, answers_to=[p.health_board.id]) if isinstance(post, ChiefOfficer) else post
        )
        node = p.node_id(p.chief_officer.post)
        asserted = Line(
            from_id=node,
            to_id=p.local_authorities[0].id,
            kind="accountability",
            citation="SSI 2014/341 sch",
            about="operations",
            **changes,
        )
        return p.evolve(posts=posts, lines=[asserted])

    def test_asserted_line(self, p):
        """A line that somebody asserted counts."""
        assert "pass" == outcome(self.RULE, self.line(p))

    def test_every_council(self):
        """A joint board's chief officer answers to each council."""
        p = example("three-authorities")
        parties = [party.id for party in p.parties]
        for left_out in parties:
            posts = p.posts.map(
                lambda post, left_out=left_out: (
                    attrs.evolve(post, answers_to=[one for one in parties if one != left_out])
                    if isinstance(post, ChiefOfficer)
                    else post
                )
            )
            assert [f"no line to {left_out}"] == said(self.RULE, p.evolve(posts=posts))

    def test_vacant(self):
        """The line belongs to the post, so a vacancy breaks nothing here."""
        assert "pass" == outcome(self.RULE, example("vacant-chief-officer"))

    def test_no_post(self, p):
        """Without a post there is no line."""
        bare = p.evolve(posts=p.posts.where(lambda post: not isinstance(post, ChiefOfficer)))
        assert ["there is no post of chief officer"] == said(self.RULE, bare)

    def test_known_in_part(self, p):
        """To whom else the chief officer answers may not be recorded."""
        heard = Listing.partial(p.health_board.id)
        posts = p.posts.map(
            lambda post: attrs.evolve(post, answers_to=heard) if isinstance(post, ChiefOfficer) else post
        )
        (finding,) = check(p.evolve(posts=posts), rules=[self.RULE])[self.RULE].findings
        assert ("cannot tell", f"posts[{p.chief_officer.post.id!r}].answers_to") == (finding.outcome, finding.where)

    def test_line_over(self, p):
        """A line counts up to its last day."""
        for until, expected in (("2026-11-22", "pass"), ("2026-11-21", "fail")):
            assert expected == outcome(self.RULE, self.line(p, days=Interval.through("2020-01-01", until)))


class TestFiveYearReview:
    RULE = "PBJW-s44-5yr-review"

    @given(approved=st.dates(date(2014, 9, 22), date(2021, 1, 1)), late=st.integers(-400, 400))
    def test_last_day(self, approved, late):
        """A review is in time up to the last day of five years, and too late from the next."""
        last = last_day_of_period(approved, years=5)
        review = Review(completed_on=last + timedelta(days=late), outcome="no change")
        p = scheme(example("body-corporate").at("2027-06-01"), approved_on=approved, reviews=[review])
        assert ("pass" if late <= 0 else "fail") == outcome(self.RULE, p)

    def test_not_due(self, p):
        """No review is due while the five years run."""
        young = scheme(p, approved_on=APPROVED, reviews=())
        assert ("pass", "fail") == tuple(outcome(self.RULE, young.at(day)) for day in ("2020-05-31", "2020-06-01"))

    def test_before_approval(self, p):
        """A review before approval is of another scheme."""
        assert "fail" == outcome(self.RULE, scheme(p, reviews=[Review(completed_on="2015-05-31")]))

    def test_never_approved(self, p):
        """Without approval no period runs."""
        assert "pass" == outcome(self.RULE, scheme(p, approved_on=None, reviews=()))

    def test_day_not_recorded(self, p):
        """A review of an unrecorded day may have been in time."""
        reviews = [Review(completed_on="2021-01-01"), Review()]
        assert "cannot tell" == outcome(self.RULE, scheme(p, reviews=reviews))

    def test_considered(self, p):
        """A late review is named among what does not count."""
        late = scheme(p, reviews=[Review(completed_on="2020-06-01")])
        (finding,) = check(late, rules=[self.RULE])[self.RULE].findings
        assert (("review of 2020-06-01", "done after the five years"),) == finding.considered


class TestApprovedBeforeEffect:
    RULE = "PBJW-s7-approved-before-effect"

    def days(self, p, approved, established, delegated):
        """Set the three days, none of which follows from another."""
        board = attrs.evolve(p.ijb, established_on=established)
        return scheme(p.evolve(ijb=board), approved_on=approved, delegated_on=delegated)

    @pytest.mark.parametrize(
        ("approved", "established", "delegated", "expected"),
        [
            ("2015-06-01", "2015-06-01", "2016-04-01", "pass"),
            ("2015-06-01", "2015-05-31", "2016-04-01", "fail"),
            ("2015-06-01", "2015-06-27", "2015-05-31", "fail"),
            (None, None, None, "pass"),
            (None, "2015-06-27", None, "fail"),
            (None, None, "2027-04-01", "pass"),
            (UNKNOWN, None, None, "pass"),
            (UNKNOWN, "2015-06-27", None, "cannot tell"),
            ("2015-06-01", UNKNOWN, "2015-05-31", "fail"),
            ("2015-06-01", UNKNOWN, "2016-04-01", "cannot tell"),
        ],
    )
    def test_table(self, p, approved, established, delegated, expected):
        """Effect on the day of approval or later is lawful; what is yet to come is no breach."""
        assert expected == outcome(self.RULE, self.days(p, approved, established, delegated))

    def test_lead_agency(self):
        """Without a board only the delegation counts."""
        p = example("lead-agency-to-board")
        assert "pass" == outcome(self.RULE, p)
        assert "fail" == outcome(self.RULE, scheme(p, approved_on="2016-04-02"))

    def test_where(self, p):
        """A day that is not recorded is named at its place, and hides no other that is too early."""
        unknown = scheme(self.days(p, date(2016, 1, 1), date(2015, 6, 1), date(2016, 4, 1)), delegated_on=UNKNOWN)
        report = check(unknown, rules=[self.RULE])
        assert [("cannot tell", "scheme.delegated_on"), ("fail", "ijb.established_on")] == [
            (finding.outcome, finding.where) for finding in report.findings
        ]

    @pytest.mark.parametrize(
        ("approved", "said"), [(None, "nobody approved the scheme"), ("2015-06-28", "approval came on 2015-06-28")]
    )
    def test_said(self, p, approved, said):
        """A finding says when approval came, if it did."""
        (finding,) = check(self.days(p, approved, "2015-06-27", None), rules=[self.RULE])[self.RULE].findings
        assert f"the board was established on 2015-06-27, {said}" == finding.what


def test_partial_functions(p):
    """A breach among the functions known is reported though more may be delegated."""
    some = Listing(p.scheme.functions.items, complete=False)
    broken = function(scheme(p, functions=some), "care-at-home", funding="set-aside")
    assert "fail" == outcome("PBJW-s1-14-no-la-set-aside", broken)
    assert "cannot tell" == outcome("PBJW-s1-14-no-la-set-aside", scheme(p, functions=some))
