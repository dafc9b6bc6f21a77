"""A partnership is a value on a graph: it turns into its graph and back, and nothing changes it."""

import copy
import pickle
from datetime import date

import attrs
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import COUNCILS, DAYS, FEWER, FUNCTIONS, HEALTH_BOARD, WRONG, assert_refused, partnerships

from scotintegration.bodies import IJB, HealthBoard, LocalAuthority, Seats
from scotintegration.citations import cite
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.errors import DuplicateError, GraphError, NotFoundError, UnknownFactError
from scotintegration.examples import EXAMPLES, example
from scotintegration.law import Law
from scotintegration.lines import Layer, Line, LineBasis
from scotintegration.officers import ChairPeriod, Member, Office, Route
from scotintegration.partnership import Partnership
from scotintegration.plans import Locality
from scotintegration.unknown import UNKNOWN, Listing

TODAY = date(2026, 11, 22)
FOUNDED = Partnership.between(HEALTH_BOARD, *COUNCILS, model="a", as_at=TODAY)
LISTED = (
    "posts",
    "members",
    "chairs",
    "budgets",
    "accounts",
    "plans",
    "localities",
    "reports",
    "statements",
    "decisions",
    "recommendations",
    "replacement_directions",
    "meetings",
    "committees",
    "evidence",
    "exempt_functions",
    "exemption_orders",
    "service_changes",
)
EXTRA = Line(from_id="toy-forum", to_id=FOUNDED.id, kind="oversight", citation="the scheme, section 4", about="advice")


def chair(id="chair-1", **fields):
    return ChairPeriod(id=id, board=FOUNDED.id, office="chair", **{"start": None, "until": None, **fields})


def member(id="member-1", **fields):
    return Member(id=id, board=FOUNDED.id, route="local-authority", **{"start": None, **fields})


class TestLaws:
    @FEWER
    @given(partnerships())
    def test_round_trip(self, p):
        """A partnership's graph, and any ordinary copy of it, turns back into the same partnership."""
        back = Partnership.from_graph(p.graph())
        assert p == back == Partnership.from_graph(p.graph().copy())
        assert (p.law_as_at, p.source) == (back.law_as_at, back.source)

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_examples(self, name):
        """Every example turns into its graph and back, and is a value."""
        p = example(name)
        assert p == Partnership.from_graph(p.graph()) == pickle.loads(pickle.dumps(p))

    @FEWER
    @given(partnerships())
    def test_value(self, p):
        """A partnership is a value: pickled, copied or hashed it is the same, graph and all."""
        p.graph()
        one, other = pickle.loads(pickle.dumps(p)), copy.deepcopy(p)
        assert p == one == other
        assert hash(p) == hash(one) == hash(other)
        assert p.all_lines == one.all_lines
        assert (p.law_as_at, p.source) == (one.law_as_at, one.source)

    @FEWER
    @given(partnerships(), DAYS)
    def test_equality(self, p, on):
        """Neither where facts come from nor the day of the law counts in equality; every other field does."""
        assert p == p.evolve(source={"id": "another book"}, law_as_at=on)
        assert p != p.evolve(name="Elsewhere")
        assert p != p.evolve(planning_group=UNKNOWN if p.planning_group is not UNKNOWN else None)
        for field in LISTED:
            listing = getattr(p, field)
            assert p != p.evolve(**{field: attrs.evolve(listing, complete=not listing.complete)})

    @FEWER
    @given(partnerships(), st.randoms())
    def test_order(self, p, random):
        """The order in which anything is given does not matter."""
        shuffled = {
            field: Listing(
                tuple(random.sample(getattr(p, field).items, len(getattr(p, field)))), getattr(p, field).complete
            )
            for field in LISTED
        }
        for field in ("local_authorities", "lead_agencies", "lines"):
            shuffled[field] = random.sample(getattr(p, field), len(getattr(p, field)))
        other = p.evolve(**shuffled)
        assert p == other
        assert p.all_lines == other.all_lines
        assert list(p.graph().edges) == list(other.graph().edges)

    @FEWER
    @given(partnerships(), DAYS, DAYS)
    def test_untouched(self, p, on, law_on):
        """Asking about another day, or changing a copy, never changes the first."""
        before = pickle.dumps(p)
        moved = p.at(on, law_as_at=law_on)
        assert (on, law_on) == (moved.as_at, moved.law.as_at)
        assert on == p.at(on).law.as_at
        assert p == moved.at(p.as_at)
        assert "Elsewhere" == p.evolve(name="Elsewhere").name
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            p.name = "Elsewhere"
        assert before == pickle.dumps(p)

    @FEWER
    @given(partnerships())
    def test_nodes(self, p):
        """Every node has an id of its own, holds one value, and stands where its partnership says."""
        seen = {}
        for node, attributes in p.graph().nodes(data=True):
            assert ["value"] == list(attributes)
            seen[node] = attributes["value"]
            assert node == p.node_id(attributes["value"])
        local = [node for node in seen if node.startswith(f"{p.id}/")]
        assert len(local) == sum(len(getattr(p, field)) for field in LISTED if field != "exempt_functions") + len(
            p.scheme.functions
        ) + sum(one not in (None, UNKNOWN) for one in (p.directions, p.scheme, p.standing_orders, p.planning_group))
        assert all(p.body(body.id) is body for body in p.bodies)

    @FEWER
    @given(partnerships())
    def test_lines(self, p):
        """Every edge has a citation and a key of its own, and every line of the partnership is an edge."""
        edges = {(a, b, key): data for a, b, key, data in p.graph().edges(keys=True, data=True)}
        assert {line.order: {"line": line} for line in p.all_lines} == edges
        assert all(data["line"].citation for data in edges.values())
        assert set(p.lines) <= set(p.all_lines)

    @FEWER
    @given(partnerships(), DAYS, st.sampled_from(Layer) | st.none())
    def test_views(self, p, on, layer):
        """A view is not the whole, and is never read back."""
        with pytest.raises(GraphError, match=r"a view of one, or not a partnership's; expected the whole of p\.graph"):
            Partnership.from_graph(p.graph(layer=layer, as_at=on))

    @FEWER
    @given(partnerships(), st.data())
    def test_missing_line(self, p, data):
        """A line that the values imply cannot be taken away."""
        implied = sorted(line.order for line in p.all_lines if line not in p.lines)
        graph = p.graph().copy()
        graph.remove_edge(*data.draw(st.sampled_from(implied)))
        with pytest.raises(GraphError, match="it is missing; expected the line of the layer"):
            Partnership.from_graph(graph)

    @FEWER
    @given(partnerships(), st.data())
    def test_altered_line(self, p, data):
        """A line that the values imply cannot be altered, in what it says or in how it is labelled."""
        implied = sorted(line.order for line in p.all_lines if line not in p.lines)
        edge = data.draw(st.sampled_from(implied))
        line = p.graph().edges[edge]["line"]
        other = LineBasis.ASSERTED if line.basis is LineBasis.DERIVED else LineBasis.DERIVED
        for changed in (
            attrs.evolve(line, citation="another book"),
            attrs.evolve(line, basis=other),
            attrs.evolve(line, about="else", id=line.id),
            None,
        ):
            graph = p.graph().copy()
            graph.edges[edge]["line"] = changed
            with pytest.raises(GraphError, match="as the values imply"):
                Partnership.from_graph(graph)

    @FEWER
    @given(partnerships())
    def test_added_line(self, p):
        """A line somebody asserts comes back among the lines; one that claims to be derived is refused."""
        line = attrs.evolve(EXTRA, to_id=p.id if p.ijb else HEALTH_BOARD.id, about="a new one", id="new")
        graph = p.graph().copy()
        graph.add_edge(line.from_id, line.to_id, line.id, line=line)
        graph.nodes[line.from_id]["value"] = p.evolve(lines=[line]).graph().nodes[line.from_id]["value"]
        back = Partnership.from_graph(graph)
        assert {*p.lines, line} == set(back.lines)
        assert p == back.evolve(lines=p.lines)
        graph.edges[line.order]["line"] = attrs.evolve(line, basis="derived")
        with pytest.raises(GraphError, match="line 'new' from"):
            Partnership.from_graph(graph)

    @FEWER
    @given(partnerships(), DAYS)
    def test_in_office(self, p, on):
        """Whoever certainly serves on a day is in office, nobody who certainly does not is."""
        found = p.members_on(on)
        for one in p.members:
            known = one.start is not UNKNOWN and one.until is not UNKNOWN
            if known:
                assert (one in found.items) is one.serves(on)
            elif isinstance(one.until, date) and one.until < on:
                assert one not in found.items
        assert p.members_on(p.as_at) == p.current_members
        assert not found.complete or p.members.complete

    @FEWER
    @given(partnerships(), DAYS, st.sampled_from(Office))
    def test_chair(self, p, on, office):
        """Whoever is in the chair holds that office that day; nobody is certain only where all is known."""
        found = p.chair_on(on, office)
        if found is None:
            assert p.chairs.complete
            assert not [one for one in p.chairs if one.office is office and one.serves(on)]
        elif found is not UNKNOWN:
            assert office is found.office
            assert found.serves(on)

    @FEWER
    @given(partnerships(), DAYS)
    def test_functions(self, p, on):
        """The functions of a day are those delegated on it, as far as can be told."""
        found = p.at(on).functions
        for one in p.scheme.functions:
            if one.start is not UNKNOWN and one.until is not UNKNOWN:
                assert (one in found.items) is one.is_delegated(on)
        assert set(found.items) <= set(p.scheme.functions.items)
        assert {one.id: one.delegate for one in p.scheme.functions} == {
            one.id: p.authority_for(one.id) for one in p.scheme.functions
        }
        assert found.map(lambda one: one.id) == p.at(on).register.scope.functions
        assert p.directions == p.register


class TestRefused:
    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("id", WRONG["id"]),
            ("name", WRONG["text"]),
            ("as_at", WRONG["day"]),
            ("health_board", (None, UNKNOWN, "nhs-toytown", COUNCILS[0])),
            ("local_authorities", (None, 5, ["toy-council"], [HEALTH_BOARD], [None])),
            ("ijb", (5, "toy-ijb", UNKNOWN, HEALTH_BOARD)),
            ("lead_agencies", (None, 5, ["toy-lead"], [HEALTH_BOARD])),
            ("monitoring_committee", (5, "toy-ijmc", UNKNOWN)),
            ("scheme", (None, UNKNOWN, "scheme")),
            *((field, WRONG["values"]) for field in LISTED if field not in ("exempt_functions",)),
            ("planning_group", (5, "group", True)),
            ("standing_orders", (5, "orders", True)),
            ("directions", (None, UNKNOWN, 5, [])),
            ("exempt_functions", WRONG["ids"]),
            ("lines", (None, 5, ["line"], [None])),
            ("law_as_at", ("", "2026-02-30", 5, UNKNOWN, True)),
            ("parameters", (None, 5, ["parameter"], [None])),
            ("source", WRONG["source"]),
        ],
    )
    def test_field(self, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(FOUNDED, field, values)

    def test_every_field(self):
        """Every field is tried above."""
        tried = {mark.args[1][n][0] for mark in self.test_field.pytestmark for n in range(len(mark.args[1]))}
        assert {field.name for field in attrs.fields(Partnership)} == tried

    def test_id_of_the_board(self):
        """The id of a partnership is that of its board."""
        with pytest.raises(ValueError, match=r"Partnership\.id must equal the id of its board, 'other-ijb', got"):
            FOUNDED.evolve(ijb=IJB("other-ijb", name="Other"))

    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("localities", [Locality("north", name="North"), Locality("north", name="Far North")]),
            ("members", [member(), attrs.evolve(member(), route=Route.CARER)]),
            ("local_authorities", [COUNCILS[0], COUNCILS[0]]),
            ("local_authorities", [LocalAuthority("electorate", name="Electorate Council")]),
        ],
    )
    def test_one_id(self, field, values):
        """No two values stand at one node."""
        with pytest.raises(DuplicateError, match="second value"):
            FOUNDED.evolve(**{field: values})

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("posts", attrs.evolve(FOUNDED.chief_officer.post, body="toy-counsel")),
            ("members", attrs.evolve(member(), board="toy-counsel")),
            ("chairs", attrs.evolve(chair(), board="toy-counsel")),
        ],
    )
    def test_no_such_body(self, field, value):
        """A value that speaks of a body speaks of one that is there."""
        with pytest.raises(NotFoundError, match="no body 'toy-counsel'; did you mean 'toy-council'"):
            FOUNDED.evolve(**{field: [value]})

    def test_evolve(self):
        """A field that there is not cannot be changed, and one that is near is suggested."""
        with pytest.raises(TypeError, match="a Partnership has no field 'member'; expected 'members'"):
            FOUNDED.evolve(member=[])
        with pytest.raises(TypeError, match="a Partnership has no field 'xyzzy'; expected 'id' or 'name'"):
            FOUNDED.evolve(xyzzy=1)


class TestFromGraph:
    def edited(self):
        return FOUNDED.graph().copy()

    def test_not_a_partnership(self):
        """A graph of something else, or one that forgot half of it, is refused."""
        for graph in (nx.MultiDiGraph(), nx.DiGraph(self.edited()), nx.MultiDiGraph(as_at=TODAY)):
            with pytest.raises(GraphError, match="not a partnership's"):
                Partnership.from_graph(graph)

    @pytest.mark.parametrize(
        ("match", "edit"),
        [
            ("node 'new': it holds no value", lambda g: g.add_node("new")),
            ("node 'new': it holds a str", lambda g: g.add_node("new", value="a body")),
            ("it holds no HealthBoard", lambda g: g.remove_node(HEALTH_BOARD.id)),
            ("it holds no IntegrationScheme", lambda g: g.remove_node(f"{FOUNDED.id}/scheme")),
            (
                "it is not what the values imply; expected no edge",
                lambda g: g.add_edge(HEALTH_BOARD.id, "scottish-ministers"),
            ),
            ("line 'new' from", lambda g: g.add_edge(HEALTH_BOARD.id, FOUNDED.id, "new", line=EXTRA)),
            ("line 'new' from", lambda g: g.add_edge(HEALTH_BOARD.id, FOUNDED.id, "new", line="a line")),
        ],
    )
    def test_faults(self, match, edit):
        """Each fault of an edited graph is refused where it is."""
        graph = self.edited()
        edit(graph)
        with pytest.raises(GraphError, match=match):
            Partnership.from_graph(graph)

    def test_new_value(self):
        """A value added to a copy of the graph is part of the partnership that it turns into."""
        north = Locality("north", name="North")
        graph = self.edited()
        graph.add_node(FOUNDED.node_id(north), value=north)
        assert FOUNDED.evolve(localities=[north]) == Partnership.from_graph(graph)

    def test_asserted_at_a_derived_place(self):
        """A line that somebody asserts where one is implied is refused, and never overwritten."""
        line = attrs.evolve(FOUNDED.all_lines[0], citation="another book", basis="asserted")
        with pytest.raises(GraphError, match="two lines have the id"):
            FOUNDED.evolve(lines=[line]).graph()

    def test_outside(self):
        """A body that only a line names stands on the graph as one from outside."""
        value = FOUNDED.evolve(lines=[EXTRA]).graph().nodes["toy-forum"]["value"]
        assert ("OtherBody", "outside this partnership") == (value.kind, value.role)


class TestFounding:
    @pytest.mark.parametrize(
        ("letter", "leads"),
        [
            ("a", ()),
            ("b", ("nhs-toytown",)),
            ("c", ("toy-council",)),
            ("d", ("nhs-toytown", "toy-council")),
        ],
    )
    def test_models(self, letter, leads):
        """A partnership is founded with a board under model a and with lead agencies under the others."""
        p = Partnership.between(HEALTH_BOARD, COUNCILS[0], model=letter, as_at=TODAY)
        assert (letter == "a") is (p.ijb is not None) is (p.chief_officer is not None)
        assert set(leads) == {role.body for role in p.lead_agencies}
        assert (letter, "Toytown", "s.2(3)") == (p.model.letter, p.name, p.scheme.basis)
        assert p.board is p.ijb
        assert p.chief_social_work_officer("toy-council").vacant
        assert p == Partnership.from_graph(p.graph())

    def test_joint(self):
        """Several councils make a joint scheme, in whatever order they are named."""
        assert FOUNDED == Partnership.between(HEALTH_BOARD, *reversed(COUNCILS), model="a", as_at="2026-11-22")
        assert ("Toytown and Vale", True) == (FOUNDED.name, FOUNDED.scheme.is_joint)

    @pytest.mark.parametrize(
        ("match", "bodies", "model"),
        [
            ("a partnership needs a council, got none", (HEALTH_BOARD,), "a"),
            ("models.*one of the letters.*got 'e'", (HEALTH_BOARD, *COUNCILS), "e"),
            ("which one of the four models", (HEALTH_BOARD, *COUNCILS), "a+b"),
        ],
    )
    def test_refused(self, match, bodies, model):
        """A partnership has a council and one model."""
        with pytest.raises(ValueError, match=match):
            Partnership.between(*bodies, model=model, as_at=TODAY)

    @pytest.mark.parametrize(
        ("match", "bodies"),
        [
            ("health_board must be a HealthBoard, got LocalAuthority", COUNCILS),
            ("local_authorities must be of LocalAuthority, got 'toy-council'", (HEALTH_BOARD, "toy-council")),
        ],
    )
    def test_wrong_bodies(self, match, bodies):
        """A partnership is between a Health Board and councils, in that order."""
        with pytest.raises(TypeError, match=match):
            Partnership.between(*bodies, model="a", as_at=TODAY)


class TestQuestions:
    def test_constituent_authorities(self):
        """Only an integration joint board has constituent authorities; the parties are there always."""
        assert (HEALTH_BOARD, *COUNCILS) == FOUNDED.constituent_authorities == FOUNDED.parties
        lead = example("lead-agency-to-board")
        with pytest.raises(ValueError, match=r"has no integration joint board.*ask p\.parties"):
            _ = lead.constituent_authorities
        assert 2 == len(lead.parties)
        assert lead.monitoring_committee is lead.board

    def test_code(self):
        """The code of a day is that of the board, and the id where there is none."""
        assert FOUNDED.id == FOUNDED.code(TODAY)
        assert "ardlarich-authority" == example("lead-agency-both-ways").code(TODAY)

    def test_law(self):
        """The law is that of the day that governs, unless another day is asked for."""
        assert Law(TODAY) == FOUNDED.law
        assert Law("2026-08-31") == FOUNDED.at(TODAY, law_as_at="2026-08-31").law

    def test_body(self):
        """A body that is not there suggests one that is."""
        with pytest.raises(NotFoundError, match="did you mean 'toy-council'"):
            FOUNDED.body("toy-counsel")

    def test_authority_for(self):
        """Money for all functions goes to the first lead agency, or to the Health Board where none is named."""
        lead = example("lead-agency-to-board")
        assert lead.lead_agencies[0].body == lead.authority_for("all-functions")
        assert lead.health_board.id == lead.evolve(lead_agencies=()).authority_for("all-functions")
        assert FOUNDED.id == FOUNDED.authority_for("all-functions")

    def test_register(self):
        """The register is bound to the parties and to the functions of the day, under the right provision."""
        assert (("nhs-toytown", "toy-council", "vale-council"), cite("asp 2014/9 s.26(1)")) == (
            FOUNDED.register.scope.recipients,
            FOUNDED.register.scope.provision,
        )
        assert cite("asp 2014/9 s.26(2)") == example("lead-agency-to-board").register.scope.provision

    def test_budget(self):
        """A budget is found by its year; one that is not there is absent, or not recorded."""
        p = example("body-corporate")
        assert FinancialYear("2026/27") == p.budget("2026/27").year == p.budget(TODAY).year
        with pytest.raises(NotFoundError, match="no budget '2030/31'"):
            p.money("2030/31")
        with pytest.raises(UnknownFactError, match="the budget of 2030/31"):
            p.evolve(budgets=UNKNOWN).money("2030/31")

    def test_no_such_layer(self):
        """A layer that there is not is refused."""
        with pytest.raises(ValueError, match="gossip"):
            FOUNDED.graph(layer="gossip")

    def test_whole_graph(self):
        """The whole graph is made once; a view is made each time."""
        assert FOUNDED.graph() is FOUNDED.graph()
        assert FOUNDED.graph(layer="oversight") is not FOUNDED.graph(layer="oversight")

    def test_faces(self):
        """A partnership has a short face and a long one."""
        assert f"<Partnership 'Toytown and Vale', {FOUNDED.id}, as at 2026-11-22>" == repr(FOUNDED)
        assert FOUNDED.to_table().to_text() == FOUNDED.to_text() == str(FOUNDED)
        assert FOUNDED.to_table().to_html() == FOUNDED._repr_html_()
        assert "Partnership" == FOUNDED.kind

    def test_check(self):
        """Checking gives a report of this partnership on its day."""
        report = FOUNDED.check("scheme", only="statute")
        assert (FOUNDED.name, TODAY) == (report.name, report.as_at)


class TestMembers:
    def test_end_not_recorded(self):
        """A member whose last day was not recorded may be gone: the list of members is not complete."""
        for start in (UNKNOWN, date(2020, 1, 1)):
            p = FOUNDED.evolve(members=[member(start=start, until=UNKNOWN)])
            assert Listing(complete=False) == p.current_members

    def test_start_not_recorded(self):
        """A member whose first day was not recorded is in office until a last day."""
        kept = member(start=UNKNOWN, until=TODAY)
        p = FOUNDED.evolve(members=[kept])
        assert Listing([kept]) == p.current_members
        assert Listing() == p.members_on(date(2026, 11, 23))

    def test_nominated(self):
        """A member has a line to the board, and one from whoever nominates, under the article of the route."""
        p = FOUNDED.evolve(members=[member(nominated_by="toy-council")])
        node = p.node_id(p.members[0])
        found = {(line.from_id, line.to_id): line for line in p.all_lines if line.kind is Layer.MEMBERSHIP}
        assert {(node, FOUNDED.id), ("toy-council", node)} == set(found)
        assert {"art.5(2)(a)"} == {line.citation.pinpoint for line in found.values()}

    @pytest.mark.parametrize(("expected", "councils"), [("art.3", 1), ("art.4", 2)])
    def test_committee(self, expected, councils):
        """A member of a monitoring committee sits under its own Order."""
        lead = example("lead-agency-to-board")
        if councils == 2:
            lead = lead.evolve(scheme=attrs.evolve(lead.scheme, basis="s.2(4)"))
        pinpoints = {line.citation.pinpoint for line in lead.all_lines if line.kind is Layer.MEMBERSHIP}
        assert {expected} == pinpoints


class TestChairs:
    def test_nobody(self):
        """Nobody in the chair is known, unless periods are missing from the record."""
        assert None is FOUNDED.chair_on(TODAY)
        assert UNKNOWN is FOUNDED.evolve(chairs=UNKNOWN).chair_on(TODAY)
        assert UNKNOWN is FOUNDED.evolve(chairs=[chair(until=UNKNOWN)]).chair_on(TODAY)

    def test_latest(self):
        """Of two periods that overlap the later counts, whatever they are called."""
        first, second = chair("z"), chair("a", start="2026-01-01")
        assert second is FOUNDED.evolve(chairs=[first, second]).chair_on(TODAY, "chair")
        assert first is FOUNDED.evolve(chairs=[first, second]).chair_on(date(2025, 12, 31))

    def test_vice_chair(self):
        """The two offices are told apart."""
        assert None is FOUNDED.evolve(chairs=[chair()]).chair_on(TODAY, Office.VICE_CHAIR)


class TestDerived:
    def test_direction(self):
        """A direction is a line for each function and recipient; one in words only has one for each recipient."""
        register = FOUNDED.directions
        for one in (
            Direction("D-1", given_to=COUNCILS, functions=FUNCTIONS[:2], effective_from="2026-04-01", in_writing=True),
            Direction("D-2", given_to=COUNCILS[0], words="all of it", year=UNKNOWN, in_writing=True),
            Direction("D-3", revokes="D-1", effective_from="2026-10-01", in_writing=True),
        ):
            register = register.issue(one)
        p = FOUNDED.evolve(directions=register)
        lines = [line for line in p.all_lines if line.kind is Layer.DIRECTION]
        assert [*(["D-1"] * 4), "D-2"] == sorted(line.value.id for line in lines)
        assert {f"{p.id}/2026/27/D-1/{FUNCTIONS[0]}/toy-council", f"{p.id}/undated/D-2/toy-council"} <= {
            line.id for line in lines
        }
        assert {"s.26(1)"} == {line.citation.pinpoint for line in lines}

    @pytest.mark.parametrize(("letter", "provision"), [("b", "s.26(2)"), ("d", "s.26(2A)"), ("a+c", "s.26(2)")])
    def test_direction_of_a_lead_agency(self, letter, provision):
        """Directions of other models rest on their own subsections."""
        p = Partnership.between(HEALTH_BOARD, COUNCILS[0], model="d", as_at=TODAY)
        register = p.directions.issue(Direction("D-1", given_to=COUNCILS[0], in_writing=True))
        p = p.evolve(directions=register, scheme=attrs.evolve(p.scheme, models=letter))
        assert [provision] == [line.citation.pinpoint for line in p.all_lines if line.kind is Layer.DIRECTION]

    def test_wrong_way_round(self):
        """A direction that ends before it was issued holds on no day, and is on the graph."""
        register = FOUNDED.directions.issue(
            Direction("D-1", given_to=COUNCILS[0], issued_on="2026-04-01", ends_on="2026-03-31", in_writing=True)
        )
        (line,) = (line for line in FOUNDED.evolve(directions=register).all_lines if line.kind is Layer.DIRECTION)
        assert line.days.empty

    def test_end_of_time(self):
        """A term may last until the last day there is."""
        p = FOUNDED.evolve(members=[member(until=date.max)])
        assert [None] == [line.days.end for line in p.all_lines if line.kind is Layer.MEMBERSHIP]

    def test_basis(self):
        """Figures worked out and not read make derived lines."""
        p = example("body-corporate")
        derived = p.evolve(budgets=[attrs.evolve(p.budgets[0], derived=True)])
        kinds = (Layer.PAYMENT, Layer.SET_ASIDE)
        assert {LineBasis.DERIVED} == {line.basis for line in derived.all_lines if line.kind in kinds}
        assert {LineBasis.ASSERTED} == {line.basis for line in p.all_lines if line.kind in kinds}

    def test_delegation(self):
        """A scheme that claims several models delegates under s. 1(3)(b), one with a model under its paragraph."""
        p = example("body-corporate")
        for expected, models in (("s.1(4)(a)", "a"), ("s.1(3)(b)", "a+c")):
            claimed = p.evolve(scheme=attrs.evolve(p.scheme, models=models))
            assert {expected} == {line.citation.pinpoint for line in claimed.all_lines if line.kind is Layer.DELEGATION}

    def test_planning(self):
        """A plan leads to the localities and functions that are there, and to outcomes."""
        p = example("body-corporate")
        plan = attrs.evolve(
            p.plans[0], localities=[p.localities[0].id, "elsewhere"], functions=["respite", "none"], outcomes=["1"]
        )
        lines = [line for line in p.evolve(plans=[plan]).all_lines if line.kind is Layer.PLANNING]
        assert {p.node_id(p.localities[0]), f"{p.id}/functions/respite", "outcome-1"} == {line.to_id for line in lines}

    def test_bodies(self):
        """Every partnership has the bodies that look over it."""
        assert {"care-inspectorate", "healthcare-improvement-scotland", "accounts-commission"} <= {
            body.id
            for body in Partnership.between(HealthBoard("n", name="N"), *COUNCILS, model="b", as_at=TODAY).bodies
        }


class TestSeats:
    def test_of_a_stranger(self):
        """Seats are those of the parties; a body that is none of them is refused, with the parties."""
        p = example("body-corporate")
        ghost = attrs.evolve(p.ijb, seats=[*p.ijb.seats, Seats("ghost", 30)])
        with pytest.raises(NotFoundError, match="no party 'ghost'; known are 'nhs-glenmore', 'strathallan-council'"):
            p.evolve(ijb=ghost)


class TestPayments:
    @pytest.mark.parametrize("end", ["payer", "payee"])
    def test_of_a_stranger(self, end):
        """Money comes from a body that is here and goes to one; another is refused."""
        p = example("body-corporate")
        budget = p.budgets[0]
        ghost = attrs.evolve(budget.payments.items[0], **{end: "ghost"})
        with pytest.raises(NotFoundError, match="no body 'ghost'; known are "):
            p.evolve(budgets=[attrs.evolve(budget, payments=[*budget.payments.items[1:], ghost])])

    def test_set_aside_of_a_stranger(self):
        """Only a Health Board that is here sets a sum aside."""
        p = example("large-hospital")
        budget = next(one for one in p.budgets if one.set_asides.items)
        ghost = attrs.evolve(budget.set_asides.items[0], health_board="ghost")
        with pytest.raises(NotFoundError, match="no party 'ghost'; known are "):
            p.evolve(budgets=[attrs.evolve(budget, set_asides=[ghost])])
