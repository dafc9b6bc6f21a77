"""What mends the functions and enactments that a scheme lists."""

import attrs
import pytest

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.examples import example
from scotintegration.functions import DelegatedFunction, Funding, enactments
from scotintegration.mends.functions import METHOD
from scotintegration.partnership import Partnership
from scotintegration.rules import check, find
from scotintegration.unknown import UNKNOWN, Listing

LISTED = "PBJW-s1-3b-functions-listed"
ADULTS = "HBF-must-list"
EITHER = "PBJW-s1-9-model-d-either"
ONE_WAY = "PBJW-s1-3de-exclusive"
BARRED = "PBJW-s1-6-hb-function-prescribed"


def founded(model, councils=1, as_at="2026-11-22"):
    """Found a partnership with nothing yet but its bodies."""
    bodies = [LocalAuthority(f"toy-council-{n}", name=f"Toytown {n} Council") for n in range(1, councils + 1)]
    return Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"), *bodies, model=model, as_at=as_at)


def with_scheme(p, **changes):
    """Change fields of the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def with_function(p, id, **changes):
    """Change fields of one function."""
    return with_scheme(
        p, functions=p.scheme.functions.map(lambda one: attrs.evolve(one, **changes) if one.id == id else one)
    )


def function(p, id):
    """Find a function."""
    return next(one for one in p.scheme.functions if one.id == id)


def mended(rule, p):
    """Mend a rule and tell that it is kept then."""
    after = find(rule).mended(p)
    assert [] == [str(one) for one in check(after, rules=[find(rule)]).findings]
    return after


def ways(p):
    """Give from whom to whom each function goes."""
    return {one.id: (one.delegator, one.delegate) for one in p.scheme.functions}


class TestListed:
    """`delegated_as_provided`."""

    @pytest.mark.parametrize(
        ("model", "councils", "wanted"),
        [
            ("a", 1, {("toy-nhs", "toy-council-1-ijb"), ("toy-council-1", "toy-council-1-ijb")}),
            ("b", 2, {("toy-council-1", "toy-nhs")}),
            ("c", 1, {("toy-nhs", "toy-council-1")}),
            ("c", 2, {("toy-nhs", "toy-council-1"), ("toy-council-2", "toy-council-1")}),
            ("d", 1, {("toy-nhs", "toy-council-1"), ("toy-council-1", "toy-nhs")}),
        ],
    )
    def test_fewest(self, model, councils, wanted):
        """Each body that must delegate something delegates one function, to the one that leads."""
        assert wanted == set(ways(mended(LISTED, founded(model, councils))).values())

    def test_before_a_lead_is_asked_for(self):
        """A council leads even before the law asked for one by name."""
        assert {"toy-council-1"} == {to for _, to in ways(mended(LISTED, founded("c", 2, "2014-05-01"))).values()}

    def test_from_the_day_they_pass(self):
        """Functions that are still to pass are delegated from that day."""
        p = with_scheme(founded("b"), delegated_on="2027-04-01")
        assert ["2027-04-01"] == [str(one.start) for one in mended(LISTED, p).scheme.functions]

    def test_redirected(self):
        """A function goes the other way, or to the body provided for, or from a body that may delegate it."""
        p = mended(LISTED, founded("b", 2))
        one = p.scheme.functions[0]
        wrong = [
            attrs.evolve(one, id="round", delegator="toy-nhs", delegate="toy-council-2"),
            attrs.evolve(one, id="astray", delegator="toy-council-2", delegate="toy-council-1"),
            attrs.evolve(one, id="strange", delegator="nobody", delegate="nowhere"),
            attrs.evolve(one, id="over", delegator="nobody", start=None, until="2020-01-01"),
        ]
        after = ways(mended(LISTED, with_scheme(p, functions=[one, *wrong])))
        assert {
            one.id: ("toy-council-1", "toy-nhs"),
            "round": ("toy-council-2", "toy-nhs"),
            "astray": ("toy-council-2", "toy-nhs"),
            "strange": ("toy-council-1", "toy-nhs"),
            "over": ("nobody", "toy-nhs"),
        } == after

    def test_names_taken(self):
        """A function gets a name of its own where the catalogue's is taken."""
        p = founded("b")
        done = mended(LISTED, p).scheme.functions[0]
        taken = [attrs.evolve(done, id=id, until="2020-01-01") for id in (done.id, f"{done.id}-{done.delegator}")]
        assert 3 == len(ways(mended(LISTED, with_scheme(p, functions=taken))))


class TestAdults:
    """`health_board_complete` and `either_complete`."""

    @pytest.mark.parametrize(("scope", "wanted"), [("under_18", "all"), (UNKNOWN, "18_plus"), ("all", "all")])
    def test_scope(self, scope, wanted):
        """A service is widened to adults, and keeps whom it is known to be for."""
        p = with_function(example("body-corporate"), "district-nursing", age_scope=scope, until=UNKNOWN)
        one = function(mended(ADULTS, p), "district-nursing")
        assert (wanted, None) == (one.age_scope.value, one.until)

    @pytest.mark.parametrize("changes", [{"until": "2020-01-01"}, {"delegator": "strathallan-council"}])
    def test_taken_up_again(self, changes):
        """A service that ended, or that another body delegates under that id, is the Health Board's again."""
        p = example("body-corporate")
        assert p.scheme == mended(ADULTS, with_function(p, "district-nursing", **changes)).scheme

    def test_to_whom_it_may_go(self):
        """It goes to a body to which the Health Board may delegate."""
        p = with_function(
            example("body-corporate"), "district-nursing", delegator="strathallan-council", delegate="nhs-glenmore"
        )
        assert "strathallan-ijb" == function(mended(ADULTS, p), "district-nursing").delegate

    def test_lesser_list(self):
        """Under model d the list is completed that lacks less, a function counting for more than an enactment."""
        p = example("lead-agency-both-ways")
        council = with_scheme(p, enactments=[id for id in p.scheme.enactments if id != "la-must-aspa2007-s4"])
        assert p.scheme == mended(EITHER, council).scheme
        services = mended(ADULTS, with_scheme(founded("c"), enactments=())).scheme.functions
        nhs = [attrs.evolve(one, delegator="toy-nhs", delegate="toy-council-1") for one in services]
        short = with_scheme(founded("d"), functions=nhs[1:])
        after = mended(EITHER, short)
        assert (26, 0) == (len(after.scheme.functions), len(after.scheme.enactments))


class TestMoney:
    """`funded_in_one_way`, `paid_by_councils` and the methods."""

    def test_as_in_budgets(self):
        """A function for which a budget sets a sum aside is funded so, any other by payment."""
        p = example("large-hospital")
        for id, way in (("accident-emergency", Funding.SET_ASIDE), ("district-nursing", Funding.PAYMENT)):
            for unclear in (UNKNOWN, "payment+set-aside", None):
                one = function(mended(ONE_WAY, with_function(p, id, funding=unclear, method=None)), id)
                assert (way,) == one.funding
                assert (METHOD if way is Funding.PAYMENT else None) == one.method

    def test_ends_that_are_not_recorded(self):
        """A function of which nobody recorded whether it is over goes on."""
        p = with_function(example("body-corporate"), "district-nursing", until=UNKNOWN)
        assert example("body-corporate").scheme == mended(ONE_WAY, p).scheme

    @pytest.mark.parametrize("funding", [UNKNOWN, "set-aside", "payment+set-aside"])
    def test_councils_pay(self, funding):
        """A council pays for what it delegates, by the method that the scheme has."""
        p = example("body-corporate")
        one = with_function(p, "care-at-home", funding=funding)
        assert p.scheme == mended("PBJW-s1-14-no-la-set-aside", one).scheme

    def test_method_of_payment(self):
        """Only what has no method and no sum set aside gets one."""
        p = example("large-hospital")
        bare = with_scheme(p, functions=p.scheme.functions.map(lambda one: attrs.evolve(one, method=" ")))
        bare = with_function(bare, "district-nursing", funding=UNKNOWN, method=UNKNOWN)
        bare = with_function(bare, "care-at-home", method="as agreed")
        after = mended("PBJW-s1-3e-payment-method", bare)
        said = {id: function(after, id).method for id in ("district-nursing", "care-at-home", "accident-emergency")}
        assert {"district-nursing": METHOD, "care-at-home": "as agreed", "accident-emergency": " "} == said


class TestEnactments:
    """`only_delegable` and its like."""

    def test_only_delegable(self):
        """What may not be delegated, or of which that is not known, is taken out; the rest stays."""
        p = example("lead-agency-both-ways")
        more = with_scheme(p, enactments=Listing.partial(*p.scheme.enactments, "hb-never-nhsa1978-s17j", "of-no-side"))
        assert p.scheme == mended(BARRED, more).scheme

    def test_no_list_gets_shorter(self):
        """An entry that is listed under an id of another time is listed under that of today."""
        p = example("body-corporate")
        twins = [
            (one.id, other.id)
            for one in enactments().values()
            for other in enactments().values()
            if one.until is not None
            and (one.delegated_by, one.act, one.provision) == (other.delegated_by, other.act, other.provision)
            and other.must
            and other.until is None
        ]
        listed = {*p.scheme.enactments, *(old for old, _ in twins)} - {new for _, new in twins}
        after = mended("PBJW-s1-5-la-function-listed", with_scheme(p, enactments=[*listed, "of-no-side"]))
        assert [] == [str(one) for one in check(after, rules=[find("LAF-must-list")]).findings]

    def test_conjoined(self):
        """A list of what is carried out in conjunction goes where there is a board, and else is whole."""
        rule = "PBJW-s1-3c-conjoined-lead-only"
        assert mended(rule, with_scheme(founded("a"), conjoined=UNKNOWN)).scheme.conjoined is None
        for missing in (None, UNKNOWN):
            assert () == mended(rule, with_scheme(founded("b"), conjoined=missing)).scheme.conjoined.items


def test_made_up_functions_are_lawful():
    """A function that is added has the name of the catalogue and is paid for."""
    one = mended(LISTED, founded("b")).scheme.functions[0]
    wanted = DelegatedFunction(
        id=one.id, name="x", delegator="toy-council-1", delegate="toy-nhs", funding="payment", method=METHOD
    )
    assert wanted == attrs.evolve(one, name="x")
