"""Who answers to whom, for what, under which law."""

import attrs
import networkx as nx
import pytest
from hypothesis import given
from tests.partnerships import COUNCILS, FEWER, HEALTH_BOARD, partnerships

from scotintegration.accountability import Accountability, BoundLine
from scotintegration.bodies import ELECTORATE, MINISTERS
from scotintegration.citations import cite
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.examples import example
from scotintegration.lines import Layer, Line
from scotintegration.network import Network
from scotintegration.officers import Holder
from scotintegration.partnership import Partnership
from scotintegration.unknown import UNKNOWN, Listing

FOUNDED = Partnership.between(HEALTH_BOARD, *COUNCILS, model="a", as_at="2026-11-22")


def line(from_id, to_id, **fields):
    return Line(from_id=from_id, to_id=to_id, kind="accountability", citation="the scheme, section 4", **fields)


def with_holders(holders):
    """Give the founded partnership with a chief officer's post held so."""
    return FOUNDED.evolve(
        posts=[attrs.evolve(post, holders=holders) if post.kind == "ChiefOfficer" else post for post in FOUNDED.posts]
    )


class TestLaws:
    @FEWER
    @given(partnerships())
    def test_both_ends(self, p):
        """Every line is found from both of its ends, and has the values that stand there."""
        who = p.accountability()
        down = {bound for node in who.graph for bound in who.lines_from(node)}
        assert down == {bound for node in who.graph for bound in who.lines_to(node)}
        assert {line for line in p.all_lines if line.kind is Layer.ACCOUNTABILITY and p.as_at in line.days} == {
            bound.line for bound in down
        }
        for bound in down:
            assert (bound.line.from_id, bound.line.to_id) == tuple(
                value.id if value.id in who.graph else p.node_id(value) for value in (bound.answers, bound.to)
            )

    @FEWER
    @given(partnerships())
    def test_paths(self, p):
        """A path begins where it was asked for, ends at the Ministers, joins up and passes nobody twice."""
        who = p.accountability()
        for node in who.graph:
            lengths = []
            for path in who.paths(node):
                assert (node, MINISTERS.id) == (path[0].line.from_id, path[-1].line.to_id)
                assert [bound.line.to_id for bound in path[:-1]] == [bound.line.from_id for bound in path[1:]]
                passed = [bound.line.from_id for bound in path]
                assert len(passed) == len(set(passed))
                lengths.append(len(path))
            assert sorted(lengths) == lengths

    @FEWER
    @given(partnerships())
    def test_orphans(self, p):
        """Orphans are those with no path to the top; no body of a partnership is one, by law."""
        who = p.accountability()
        orphans = who.orphans()
        assert sorted(set(orphans)) == list(orphans)
        for node in orphans:
            assert not nx.has_path(who.graph, node, MINISTERS.id)
            assert not nx.has_path(who.graph, node, ELECTORATE.id)
        assert () == tuple(body.id for body in p.bodies if body.id in orphans)


class TestChiefOfficer:
    def test_lines(self):
        """The chief officer answers to the board, the Health Board and each council, each under its provision."""
        p = example("joint-board")
        bound = p.chief_officer.accountable_to()
        expected = {
            (p.ijb.id, "s.10(1)"),
            (p.health_board.id, "sch"),
            *((council.id, "sch") for council in p.local_authorities),
        }
        assert expected == {(one.to.id, one.citation.pinpoint) for one in bound}
        assert {p.chief_officer.post} == {one.answers for one in bound}
        assert {"the board's functions", "operational delivery"} == {one.about for one in bound}

    def test_printed(self):
        """A line reads as a sentence with its provision."""
        assert [
            "chief officer answers to Strathallan Integration Joint Board for the board's functions [s. 10(1)]"
        ] == [
            str(one)
            for one in example("body-corporate").chief_officer.accountable_to()
            if one.to.id == "strathallan-ijb"
        ]

    def test_scheme_not_read(self):
        """Where the scheme was not read, the chief officer answers to every party, as the regulations say."""
        post = attrs.evolve(FOUNDED.chief_officer.post, answers_to=UNKNOWN)
        p = FOUNDED.evolve(posts=[post])
        assert {p.id, *(body.id for body in p.parties)} == {one.to.id for one in p.chief_officer.accountable_to()}

    def test_every_path(self):
        """Every path from the chief officer to Ministers goes by way of the board or of the Health Board."""
        p = example("joint-board")
        paths = p.accountability().paths(p.node_id(p.chief_officer.post))
        assert {(p.ijb.id,), (p.health_board.id,)} == {tuple(one.line.to_id for one in path[:-1]) for path in paths}
        to_voters = p.accountability().paths(p.node_id(p.chief_officer.post), ELECTORATE.id)
        assert [council.id for council in p.local_authorities] == [path[0].line.to_id for path in to_voters]

    def test_finance_and_social_work(self):
        """The two other officers answer under their own Acts."""
        p = example("body-corporate")
        council = p.local_authorities[0].id
        for post, citation in (
            (p.chief_finance_officer, "1973 c.65 s.95"),
            (p.chief_social_work_officer(council), "1968 c.49 s.3"),
        ):
            assert {cite(citation)} == {one.citation for one in post.accountable_to()}

    def test_other_lines_of_the_scheme(self):
        """A post that the scheme makes answer to others does."""
        post = attrs.evolve(FOUNDED.chief_finance_officer.post, answers_to=["nhs-toytown"])
        found = FOUNDED.evolve(posts=[post]).chief_finance_officer.accountable_to()
        assert [("nhs-toytown", "other lines of the scheme"), (FOUNDED.id, "financial affairs")] == [
            (one.to.id, one.about) for one in found
        ]


class TestPosts:
    def test_vacant(self):
        """Nobody in post is a vacancy; somebody is none."""
        assert FOUNDED.chief_officer.vacant
        held = with_holders([Holder(person="A", start="2026-01-01")])
        assert (False, "A", "ChiefOfficer") == (
            held.chief_officer.vacant,
            held.chief_officer.holder.person,
            held.chief_officer.kind,
        )
        assert held.at("2025-12-31").chief_officer.vacant

    def test_not_recorded(self):
        """Whether a post whose holders were not recorded is vacant cannot be told."""
        p = with_holders(UNKNOWN)
        assert UNKNOWN is p.chief_officer.holder
        with pytest.raises(UnknownFactError):
            _ = p.chief_officer.vacant

    def test_no_post(self):
        """A post that is not there is known to be absent, or unknown where posts are known in part."""
        assert None is FOUNDED.evolve(posts=()).chief_officer
        assert UNKNOWN is FOUNDED.evolve(posts=UNKNOWN).chief_finance_officer
        assert None is FOUNDED.chief_social_work_officer("elsewhere")


class TestLeadAgency:
    def test_to_the_committee(self):
        """A lead agency answers to the monitoring committee, and in the end to Ministers or to voters."""
        p = example("lead-agency-both-ways")
        for role in p.lead_agencies:
            found = {(one.to.id, one.citation.pinpoint) for one in p.accountability().lines_from(role.id)}
            assert {(role.body, "s.59"), (p.monitoring_committee.id, "s.43")} == found
            assert p.accountability().paths(role.id)
            assert p.accountability().paths(role.id, ELECTORATE.id)
        assert {role.id for role in p.lead_agencies} == {
            one.answers.id for one in p.accountability().lines_to(p.monitoring_committee.id)
        }

    def test_without_a_committee(self):
        """A lead agency without a committee answers to the body that has the role."""
        p = example("lead-agency-to-board")
        bare = p.evolve(monitoring_committee=None, members=(), chairs=())
        (role,) = bare.lead_agencies
        assert [role.body] == [one.to.id for one in bare.accountability().lines_from(role.id)]


class TestFaults:
    def test_none(self):
        """In the examples nobody is an orphan and nobody goes in circles, one by one and together."""
        net = Network(
            name="Toyland",
            as_at="2026-11-22",
            partnerships=[example(name) for name in ("body-corporate", "joint-board", "lead-agency-both-ways")],
        )
        for who in (net.accountability(), *(p.accountability() for p in net)):
            assert () == who.orphans()
            assert () == who.loops()

    def test_orphan(self):
        """A post that answers to nobody who answers is an orphan; a body from outside is not ours to judge."""
        p = FOUNDED.evolve(posts=(), lines=[line(f"{FOUNDED.id}/standing-orders", "toy-forum")])
        assert () == p.accountability().orphans()
        graph = FOUNDED.graph(layer="accountability").copy()
        graph.remove_edge(FOUNDED.id, MINISTERS.id)
        assert {FOUNDED.id, f"{FOUNDED.id}/posts/chief-officer", f"{FOUNDED.id}/posts/chief-finance-officer"} == set(
            Accountability(graph).orphans()
        )

    def test_no_tops(self):
        """On a layer without Ministers and voters everybody is an orphan."""
        graph = nx.MultiDiGraph()
        graph.add_node("toy-council", value=COUNCILS[0])
        assert ("toy-council",) == Accountability(graph).orphans()

    def test_loop(self):
        """Two bodies that answer to one another are a loop, and so is one that answers to itself."""
        one, two = (body.id for body in COUNCILS)
        p = FOUNDED.evolve(
            lines=[line(one, two), line(two, one), line(HEALTH_BOARD.id, HEALTH_BOARD.id), line("x", one)]
        )
        assert ((HEALTH_BOARD.id,), (one, two)) == p.accountability().loops()
        assert p.accountability().paths("x", ELECTORATE.id)

    def test_unnamed(self):
        """A line from a value without a name prints its id."""
        bound = BoundLine(line("toy-ijb/members/m-1", "toy-ijb", about="advice"), object(), object())
        assert "toy-ijb/members/m-1 answers to toy-ijb for advice [the scheme, section 4]" == str(bound)

    def test_table(self):
        """The layer is a table with a row a line, in order, and prints as one."""
        who = FOUNDED.accountability()
        table = who.to_table()
        assert who.graph.number_of_edges() == len(table)
        assert ("chief finance officer", FOUNDED.ijb.name, "financial affairs", "1973 c. 65 s. 95") in table.rows
        assert table.to_text() == str(who)


class TestQuestions:
    def test_itself(self):
        """Nobody answers to itself along a path."""
        assert () == FOUNDED.accountability().paths(MINISTERS.id)

    @pytest.mark.parametrize(
        "ask",
        [
            lambda who: who.lines_from("toy-counsel"),
            lambda who: who.lines_to("toy-counsel"),
            lambda who: who.paths("toy-counsel"),
            lambda who: who.paths("toy-council", "toy-counsel"),
        ],
    )
    def test_not_there(self, ask):
        """A node that is not on the layer is not found, and one that is near is suggested."""
        with pytest.raises(NotFoundError, match=r"no node of the accountability layer 'toy-counsel'.*'toy-council'"):
            ask(FOUNDED.accountability())

    def test_day(self):
        """The layer of another day has that day's lines only."""
        p = FOUNDED.evolve(
            lines=[line("toy-forum", FOUNDED.id, days=example("body-corporate").budgets[0].year.interval)]
        )
        assert "toy-forum" not in p.accountability().graph
        assert "toy-forum" in p.at("2024-04-01").accountability().graph

    def test_holders_in_part(self):
        """A holder found in an incomplete list is the holder."""
        p = with_holders(Listing.partial(Holder(person="A", start=None)))
        assert "A" == p.chief_officer.holder.person
