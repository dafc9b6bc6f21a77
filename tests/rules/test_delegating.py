"""What a scheme delegates: from and to whom, and what it must and must not."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import example
from scotintegration.functions import CHARGING, enactments, must_enactments, must_functions
from scotintegration.rules import check, find
from scotintegration.unknown import UNKNOWN, Listing


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


def only_from(p, *delegators):
    """Keep what some bodies delegate."""
    return scheme(p, functions=p.scheme.functions.where(lambda one: one.delegator in delegators))


@pytest.fixture
def p():
    return example("body-corporate")


@pytest.fixture
def joint():
    return find("PBJW-s2-5-lead-authority").passing()


class TestFunctionsListed:
    RULE = "PBJW-s1-3b-functions-listed"

    @pytest.mark.parametrize(
        ("name", "backwards"),
        [("body-corporate", "a"), ("joint-board", "a"), ("lead-agency-to-board", "b"), ("lead-agency-both-ways", "d")],
    )
    def test_to_itself(self, name, backwards):
        """Under no model does a body delegate to itself."""
        p = example(name)
        one = p.scheme.functions.items[0]
        (what,) = said(self.RULE, function(p, one.id, delegate=one.delegator))
        assert what == f"delegated by {one.delegator} to {one.delegator} under model {backwards}"

    def test_to_the_council(self, p):
        """Under model a a Health Board cannot delegate to a council."""
        assert "fail" == outcome(self.RULE, function(p, "district-nursing", delegate="strathallan-council"))

    def test_stranger(self, p):
        """A body that is no party delegates nothing."""
        assert "fail" == outcome(self.RULE, function(p, "district-nursing", delegator="care-inspectorate"))

    def test_none(self, p):
        """A scheme that lists nothing is none."""
        assert ["no function is listed"] == said(self.RULE, scheme(p, functions=()))

    @pytest.mark.parametrize("name", ["body-corporate", "joint-board", "three-authorities", "lead-agency-both-ways"])
    def test_each_delegates(self, name):
        """Under models a and d every body delegates something."""
        p = example(name)
        for silent in p.parties:
            others = [party.id for party in p.parties if party != silent]
            assert any(
                what.startswith(f"{silent.id} delegates nothing") for what in said(self.RULE, only_from(p, *others))
            )

    def test_model_c(self, p):
        """Under model c the Health Board delegates to the council, which delegates nothing."""
        back = p.scheme.functions.where(lambda one: one.delegator == "nhs-glenmore").map(
            lambda one: attrs.evolve(one, delegate="strathallan-council")
        )
        led = scheme(p.evolve(ijb=None, posts=(), members=(), chairs=(), budgets=()), models="c", functions=back)
        assert "pass" == outcome(self.RULE, led)
        assert "fail" == outcome(
            self.RULE, function(led, "continence", delegator="strathallan-council", delegate="nhs-glenmore")
        )

    def test_joint_lead(self, joint):
        """In a joint scheme of lead agencies the Health Board and the other councils delegate to the lead authority."""
        lead, other = (council.id for council in joint.local_authorities)
        assert "pass" == outcome(self.RULE, joint)
        assert "fail" == outcome(self.RULE, function(joint, "camhs", delegate=other))
        (what,) = said(self.RULE, function(joint, "gardening-assistance-2", delegate=joint.health_board.id))
        assert f"{other} delegates nothing to {lead}" == what

    @pytest.mark.parametrize(("named", "expected"), [(None, "pass"), (UNKNOWN, "cannot tell")])
    def test_nobody_leads(self, joint, named, expected):
        """Where no council is named, which one leads is for another rule; where nobody knows, nobody can tell."""
        assert expected == outcome(self.RULE, scheme(joint, lead_authority=named))

    def test_known_in_part(self, p):
        """What nobody is known to delegate may be among what is not recorded, but a breach is one all the same."""
        some = Listing(only_from(p, "nhs-glenmore").scheme.functions.items, complete=False)
        assert "cannot tell" == outcome(self.RULE, scheme(p, functions=some))
        assert "fail" == outcome(self.RULE, function(scheme(p, functions=some), "continence", delegate="nhs-glenmore"))
        every = Listing(p.scheme.functions.items, complete=False)
        assert ["what else the scheme delegates is not recorded"] == said(self.RULE, scheme(p, functions=every))


class TestNoCharging:
    RULE = "LAF-charging-not-delegable"

    @pytest.mark.parametrize("id", [*CHARGING, *(id.replace("never", "may") for id in CHARGING)])
    @pytest.mark.parametrize("complete", [True, False])
    def test_each(self, p, id, complete):
        """Each charging function is found under both its ids, even where more may be listed."""
        listed = Listing([*p.scheme.enactments.items, id], complete=complete)
        assert "fail" == outcome(self.RULE, scheme(p, enactments=listed))

    def test_before(self, p):
        """Before 28 November 2014 the schedule still listed them."""
        assert "not applicable" == outcome(self.RULE, p.at("2014-11-27"))


class TestCouncilMustList:
    RULE = "LAF-must-list"

    def test_each_entry(self, p):
        """Every entry of the day's list is missed if it is left out."""
        for entry in must_enactments(date(2026, 11, 22)):
            short = scheme(p, enactments=[id for id in p.scheme.enactments.items if id != entry.id])
            assert [f"1 of 70 not listed: {entry.act} {entry.provision}"] == said(self.RULE, short)

    @pytest.mark.parametrize(
        ("id", "first"), [("la-must-ca2016-s21", "2017-06-16"), ("la-must-ca2016-s24", "2017-12-13")]
    )
    def test_carers(self, p, id, first):
        """Support for carers joined the list on two days of 2017."""
        old = [*p.scheme.enactments.items, "la-must-swsa1968-s12aa", "la-must-swsa1968-s12ab", "la-must-sdsa2013-s3"]
        short = scheme(p, enactments=[one for one in old if one != id])
        day = date.fromisoformat(first)
        assert "pass" == outcome(self.RULE, short.at(day.replace(day=day.day - 1)))
        assert "fail" == outcome(self.RULE, short.at(day))

    def test_law_of_another_day(self, p):
        """The list is that of the law's day, not of the facts'."""
        short = scheme(p, enactments=[id for id in p.scheme.enactments.items if id != "la-must-ca2016-s24"])
        old = scheme(
            short,
            enactments=[
                *short.scheme.enactments.items,
                *(one.id for one in must_enactments(date(2017, 1, 1)) if one.id not in short.scheme.enactments.items),
            ],
        )
        assert "pass" == outcome(self.RULE, old.at("2026-11-22", law_as_at="2017-01-01"))

    def test_other_id(self, p):
        """An enactment that a scheme lists for people of every age is listed for adults too."""
        other = ["la-may-ca2016-s24" if id == "la-must-ca2016-s24" else id for id in p.scheme.enactments.items]
        assert "pass" == outcome(self.RULE, scheme(p, enactments=other))

    def test_own_words(self, p):
        """An id that is not of the bundled table neither helps nor harms."""
        assert "la-own" not in enactments()
        assert "pass" == outcome(self.RULE, scheme(p, enactments=[*p.scheme.enactments.items, "la-own"]))

    @pytest.mark.parametrize(("lost", "others"), [(5, ""), (6, " and 2 more")])
    def test_known_in_part(self, p, lost, others):
        """Where a scheme may list more nobody can tell; five that are missing are named, of six the first four."""
        entries = must_enactments(p.law.as_at)[:lost]
        listed = Listing(set(p.scheme.enactments.items) - {one.id for one in entries}, complete=False)
        (finding,) = check(scheme(p, enactments=listed), rules=[self.RULE])[self.RULE].findings
        named = ", ".join(f"{one.act} {one.provision}" for one in entries[: 4 if others else 5])
        assert ("cannot tell", "scheme.enactments") == (finding.outcome, finding.where)
        assert f"whether the scheme lists {named}{others} is not recorded" == finding.what


class TestHealthBoardMustList:
    RULE = "HBF-must-list"

    def test_each_service(self, p):
        """Every one of the 26 services is missed if it is left out."""
        assert 26 == len(must_functions())
        for entry in must_functions():
            short = scheme(p, functions=p.scheme.functions.where(lambda one, entry=entry: one.id != entry.id))
            assert [f"1 of 26 services not delegated for adults: {entry.id}"] == said(self.RULE, short)

    @pytest.mark.parametrize(
        ("scope", "expected"), [("18_plus", "pass"), ("all", "pass"), ("under_18", "fail"), (UNKNOWN, "cannot tell")]
    )
    def test_age(self, p, scope, expected):
        """Services for adults are asked for, and nobody asks for children's."""
        assert expected == outcome(self.RULE, function(p, "district-nursing", age_scope=scope))

    def test_by_the_health_board(self, p):
        """The council cannot delegate a service in the Health Board's stead."""
        assert "fail" == outcome(self.RULE, function(p, "district-nursing", delegator="strathallan-council"))

    @given(last=st.dates(date(2026, 11, 1), date(2026, 12, 15)))
    def test_over(self, last):
        """A delegation counts up to its last day."""
        p = function(example("body-corporate"), "district-nursing", until=last)
        assert ("pass" if last >= p.as_at else "fail") == outcome(self.RULE, p)


class TestEither:
    RULE = "PBJW-s1-9-model-d-either"

    @pytest.fixture
    def both_ways(self):
        return example("lead-agency-both-ways")

    def with_services(self, p, services):
        """Let the Health Board delegate services for adults as well."""
        model = p.scheme.functions.items[0]
        added = [
            attrs.evolve(model, id=one.id, delegator=p.health_board.id, delegate=p.local_authorities[0].id)
            for one in services
        ]
        return scheme(p, functions=[*p.scheme.functions.items, *added])

    @pytest.mark.parametrize(
        ("council", "services", "expected"),
        [(1, 0, "pass"), (0, 26, "pass"), (1, 26, "pass"), (0, 25, "fail"), (0, 0, "fail")],
    )
    def test_table(self, both_ways, council, services, expected):
        """One whole list is enough."""
        p = self.with_services(both_ways, must_functions()[:services])
        assert expected == outcome(self.RULE, p if council else scheme(p, enactments=()))

    def test_known_in_part(self, both_ways):
        """Where either list may be whole, nobody can tell."""
        some = Listing(both_ways.scheme.functions.items, complete=False)
        assert "cannot tell" == outcome(self.RULE, scheme(both_ways, functions=some, enactments=()))

    def test_said(self, both_ways):
        """Of each list two that are missing are named, and the others counted."""
        (what,) = said(self.RULE, scheme(both_ways, enactments=()))
        council, nhs = what.split("; ")[1:]
        assert council.endswith(" and 68 more")
        assert nhs.endswith(" and 24 more")


class TestLeadAuthority:
    RULE = "PBJW-s2-5-lead-authority"

    def test_table(self, joint):
        """Each council may lead, and nobody else."""
        lead, other = (council.id for council in joint.local_authorities)
        expected = {lead: "pass", other: "pass", joint.health_board.id: "fail", None: "fail", UNKNOWN: "cannot tell"}
        assert expected == {one: outcome(self.RULE, scheme(joint, lead_authority=one)) for one in expected}

    def test_who(self, joint):
        """It says who is to lead and may not, or that nobody is."""
        nhs = joint.health_board.id
        for lead, what in ((nhs, f"{nhs} is to lead and is no council of the scheme"), (None, "no council is named")):
            (found,) = said(self.RULE, scheme(joint, lead_authority=lead))
            assert found.startswith(what)

    def test_single(self):
        """A scheme of one council needs none, nor does a joint board."""
        assert "not applicable" == outcome(self.RULE, example("lead-agency-both-ways"))
        assert "not applicable" == outcome(self.RULE, example("joint-board"))
