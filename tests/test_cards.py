"""One-page summaries."""

import attrs
import pytest

from scotintegration.bodies import Seats
from scotintegration.budgets import Budget
from scotintegration.examples import EXAMPLES, example
from scotintegration.network import Network
from scotintegration.officers import Holder
from scotintegration.partnership import Partnership
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
LEAD = example("lead-agency-both-ways")


def said(value):
    """Give what a page says, line by line."""
    return {row[0]: row[1] for row in value.to_table().rows}


class TestPartnership:
    def test_full(self):
        """A page about a complete partnership says what is known, in words and numbers."""
        page = said(P)
        assert "strathallan-ijb (Strathallan)" == page["integration authority"]
        assert "(a) body corporate" == page["model"]
        assert "NHS Glenmore 4, Strathallan Council 4" == page["voting seats"]
        assert f"held by {P.chief_officer.holder.person}" == page["chief officer"]
        assert f"{len(P.current_members)} members" == page["members in office"]
        assert f"{len(P.directions.in_force(on=P.as_at))} directions" == page["directions in force"]
        assert f"2024/25 to 2027/28; 2027/28: {P.money('2027/28').resources}" == page["budgets"]
        assert str(len(P.all_lines)) == page["lines on the graph"]
        assert "Strathallan integration authority, as at 2026-11-22" == P.to_table().caption

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_every_example(self, name):
        """No page about an example says that something is not recorded."""
        assert "not recorded" not in example(name).to_text()

    def test_lead_agency(self):
        """A lead agency has a monitoring committee and its roles, and no board."""
        page = said(LEAD)
        assert "none" == page["board"]
        assert LEAD.monitoring_committee.name == page["monitoring committee"]
        assert page["lead agency"] in [role.name for role in LEAD.lead_agencies]
        assert {"chief officer", "voting seats", "established on"}.isdisjoint(page)

    @pytest.mark.parametrize(
        ("expected", "holders"),
        [
            ("vacant", []),
            ("held by A", [Holder(person="A", start=None)]),
            ("held; the name is not recorded", [Holder(person=UNKNOWN, start=None)]),
            ("post exists; holder not recorded", UNKNOWN),
        ],
        ids=["vacant", "held", "nameless", "unknown"],
    )
    def test_posts(self, expected, holders):
        """A post is held, vacant, or nobody knows."""
        posts = [attrs.evolve(one, holders=holders) if one.kind == "ChiefOfficer" else one for one in P.posts]
        assert expected == said(P.evolve(posts=posts))["chief officer"]

    def test_no_posts(self):
        """A post that is not there is told from one that nobody recorded."""
        assert "no such post" == said(P.evolve(posts=[]))["chief officer"]
        assert "not recorded" == said(P.evolve(posts=UNKNOWN))["chief officer"]

    def test_in_part(self):
        """A list known in part says so, and one of which nothing is known is not a list of none."""
        members = Listing(P.members.items, complete=False)
        assert said(P.evolve(members=members))["members in office"].endswith("known; the list is not complete")
        assert "not recorded" == said(P.evolve(members=UNKNOWN))["members in office"]
        assert "0 members" == said(P.evolve(members=[]))["members in office"]

    def test_one(self):
        """One of a kind is said in the singular."""
        p = P.evolve(localities=P.localities[:1], members=P.current_members[:1])
        assert ("1 locality", "1 member") == (said(p)["localities"], said(p)["members in office"])
        assert f"{len(P.localities)} localities" == said(P)["localities"]

    def test_models(self):
        """A scheme that claims several models or none, or a board without a day, is shown as it is."""
        claims = [said(P.evolve(scheme=attrs.evolve(P.scheme, models=models)))["model"] for models in ("a+c", ())]
        assert ["a/c", "not recorded"] == claims
        assert "not recorded" == said(P.evolve(ijb=attrs.evolve(P.ijb, established_on=UNKNOWN)))["established on"]
        bare = Partnership.between(P.health_board, *P.local_authorities, model="a", as_at="2026-11-22")
        assert "none" == said(bare)["established on"]

    def test_seats(self):
        """Seats that nobody recorded are told from none."""
        p = P.evolve(ijb=attrs.evolve(P.ijb, seats=Listing((Seats(P.health_board.id, 5),), complete=False)))
        assert "NHS Glenmore 5, Strathallan Council not recorded" == said(p)["voting seats"]

    def test_money(self):
        """Money is read, derived, none or not recorded."""
        assert "none" == said(P.evolve(budgets=[]))["budgets"]
        assert "not recorded" == said(P.evolve(budgets=UNKNOWN))["budgets"]
        derived = Budget(year="2026/27", derived=True, total="£5m")
        told = "2026/27, derived from national totals and illustrative; 2026/27: £5,000,000.00"
        assert told == said(P.evolve(budgets=[derived]))["budgets"]
        for blank in (attrs.evolve(derived, total=None), Budget(year="2026/27", payments=UNKNOWN)):
            assert said(P.evolve(budgets=[blank]))["budgets"].endswith("; 2026/27: not recorded")


class TestNetwork:
    def test_scotland(self):
        """The national page counts bodies and says of how many authorities each fact is known."""
        page = said(scotland())
        assert ("14", "32", "31") == tuple(
            page[what] for what in ("Health Boards", "councils", "integration authorities")
        )
        assert ("30", "1") == (page["model (a) body corporate"], page["model (d) each delegates to the other"])
        assert "Clackmannanshire and Stirling" == page["joint schemes"]
        assert "0 of 31 authorities" == page["functions listed whole"]
        assert ("What was not read is unknown, never no.",) == scotland().to_table().notes

    def test_examples(self):
        """Of made-up areas everything is known."""
        page = said(Network(name="Made-up areas", as_at=P.as_at, partnerships=[P, LEAD]))
        assert "none" == page["joint schemes"]
        known = ("members recorded", "functions listed whole", "budgets read, not derived")
        assert {"2 of 2 authorities"} == {page[what] for what in known}
        assert {"1 of 2 authorities"} == {
            page[what] for what in ("voting seats recorded", "directions recorded, in part")
        }
