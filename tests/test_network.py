"""Networks: many partnerships, the bodies they share once, and areas found by name."""

import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import DAYS, FEWER, WRONG, assert_refused

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.errors import DuplicateError, GraphError, NotFoundError
from scotintegration.examples import EXAMPLES, example
from scotintegration.lines import Layer, Line
from scotintegration.network import Network
from scotintegration.partnership import Partnership

TODAY = date(2026, 11, 22)
NHS = HealthBoard("nhs-dale", name="NHS Dale")
NAMES = ("North Dale", "South Dale", "Hill & Moor")
AREAS = tuple(
    Partnership.between(
        NHS,
        LocalAuthority(f"{name.split()[0].lower()}-council", name=f"{name} Council"),
        model=letter,
        as_at=TODAY,
    )
    for name, letter in zip(NAMES, "aad", strict=True)
)
NET = Network(name="The Dales", as_at=TODAY, partnerships=AREAS, aliases={"the hills": "hill-council-authority"})
BUILT = tuple(
    example(name)
    for name in ("body-corporate", "joint-board", "large-hospital", "lead-agency-both-ways", "three-authorities")
)


class TestLaws:
    @FEWER
    @given(st.permutations(AREAS), DAYS)
    def test_value(self, partnerships, on):
        """A network is a value; neither the order of its partnerships nor its aliases count."""
        other = Network(name="The Dales", as_at=TODAY, partnerships=partnerships)
        assert NET == other == pickle.loads(pickle.dumps(NET)) == NET.at(on).at(TODAY)
        assert hash(NET) == hash(other)
        assert NET.all_lines == other.all_lines

    @FEWER
    @given(DAYS, DAYS)
    def test_at(self, on, law_on):
        """Another day is another network, in which every partnership is asked about that day."""
        before = pickle.dumps(NET)
        moved = NET.at(on, law_as_at=law_on)
        assert {(on, law_on)} == {(p.as_at, p.law.as_at) for p in moved}
        assert on == moved.as_at
        assert before == pickle.dumps(NET)

    @FEWER
    @given(st.lists(st.sampled_from(BUILT), unique_by=lambda p: p.id))
    def test_union(self, partnerships):
        """The graph of a network is the graphs of its partnerships together, and no more."""
        net = Network(name="Toyland", as_at=TODAY, partnerships=partnerships)
        assert {line.order for p in partnerships for line in p.all_lines} == set(net.graph().edges(keys=True))
        assert len(net.all_lines) == net.graph().number_of_edges()
        nodes = {node: data for p in partnerships for node, data in p.graph().nodes(data=True)}
        assert nodes == {
            node: data for node, data in net.graph().nodes(data=True) if partnerships or "outcome" not in node
        }
        assert sorted(p.id for p in partnerships) == list(net.integration_authorities)

    def test_layers_partition(self):
        """Every line is on exactly one layer."""
        edges = [edge for layer in Layer for edge in NET.graph(layer=layer).edges(keys=True)]
        assert sorted(NET.graph().edges(keys=True)) == sorted(edges)

    @pytest.mark.parametrize("p", AREAS, ids=lambda p: p.id)
    def test_every_name(self, p):
        """A partnership is found by its id, its name, its councils' ids, and in any case and spacing."""
        for area in (p.id, p.name, p.name.upper(), f"  {p.name.lower()}  ", p.local_authorities[0].id):
            assert p is NET[area]


class TestRefused:
    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("name", WRONG["text"]),
            ("as_at", WRONG["day"]),
            ("partnerships", (None, 5, ["north"], [None], [NHS])),
            ("aliases", (None, 5, ["north"])),
        ],
    )
    def test_field(self, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(NET, field, values)

    def test_twice(self):
        """No partnership is there twice."""
        with pytest.raises(DuplicateError, match="second partnership 'north-council-ijb' in The Dales"):
            attrs.evolve(NET, partnerships=[AREAS[0], AREAS[0]])

    def test_two_accounts_of_one_body(self):
        """Two partnerships do not say different things of the body they share; where they read it does not matter."""
        renamed = AREAS[1].evolve(health_board=HealthBoard("nhs-dale", name="NHS Dales"))
        with pytest.raises(DuplicateError, match="second body 'nhs-dale' in The Dales, with different facts"):
            attrs.evolve(NET, partnerships=[AREAS[0], renamed])
        sourced = AREAS[1].evolve(health_board=attrs.evolve(NHS, source={"name": "another book"}))
        assert 2 == len(attrs.evolve(NET, partnerships=[AREAS[0], sourced]))

    def test_not_read_back(self):
        """The graph of a network is not that of a partnership."""
        with pytest.raises(GraphError):
            Partnership.from_graph(NET.graph())


class TestFinding:
    @pytest.mark.parametrize(
        ("expected", "area"),
        [
            ("North Dale", "north"),
            ("North Dale", "North-Dale"),
            ("Hill & Moor", "hill and moor"),
            ("Hill & Moor", "The Hills"),
            ("Hill & Moor", "hill and"),
        ],
    )
    def test_near(self, expected, area):
        """An alias, the beginning of a name, a hyphen or an ampersand will do."""
        assert expected == NET[area].name

    @pytest.mark.parametrize("area", ["nort dale", "gone", "", "dale"])
    def test_not_there(self, area):
        """An area that is not there is not found, and near ones are suggested."""
        with pytest.raises(NotFoundError, match=f"no area '{area}'"):
            NET[area]
        with pytest.raises(NotFoundError, match="did you mean 'North Dale'"):
            NET["nort dale"]

    def test_several(self):
        """A beginning that several areas share finds none of them."""
        two = [
            Partnership.between(NHS, LocalAuthority(id, name=f"East {name} Council"), model="a", as_at=TODAY)
            for id, name in (("a-council", "Dale"), ("b-council", "Moor"))
        ]
        with pytest.raises(NotFoundError, match="did you mean 'East Dale' or 'East Moor'"):
            Network(name="East", as_at=TODAY, partnerships=two)["east"]

    @pytest.mark.parametrize("area", [0, None, date(2026, 1, 1)])
    def test_no_name(self, area):
        """Areas are named by texts, not by numbers."""
        with pytest.raises(TypeError, match="an area is named by a str, got"):
            NET[area]


class TestBodies:
    def test_once(self):
        """A body that several partnerships share is there once."""
        assert (NHS,) == NET.health_boards
        assert ["hill-council", "north-council", "south-council"] == [body.id for body in NET.local_authorities]
        assert sorted(body.id for body in NET.bodies) == [body.id for body in NET.bodies]
        assert list(NET.partnerships) == list(NET)
        assert (3, "Network") == (len(NET), NET.kind)

    def test_outside(self):
        """A body that only a line names is one from outside, and not ours to judge."""
        line = Line(from_id="toy-forum", to_id="nhs-dale", kind="oversight", citation="the scheme")
        up = attrs.evolve(line, from_id="x", to_id="y", kind="accountability")
        net = attrs.evolve(NET, partnerships=[AREAS[0].evolve(lines=[line, up]), *AREAS[1:]])
        assert "outside this partnership" == net.graph().nodes["toy-forum"]["value"].role
        assert () == net.accountability().orphans()


class TestFaces:
    def test_printed(self):
        """A network has a short face and a long one."""
        assert "<Network 'The Dales', 3 partnerships, as at 2026-11-22>" == repr(NET)
        assert NET.to_table().to_text() == NET.to_text() == str(NET)
        assert NET.to_table().to_html() == NET._repr_html_()

    def test_views(self):
        """A view of a day has every body; the whole is made once."""
        assert NET.graph() is NET.graph()
        assert {body.id for body in NET.bodies} <= set(NET.graph(as_at="1999-01-01").nodes)
        with pytest.raises(ValueError, match="gossip"):
            NET.graph(layer="gossip")

    def test_check(self):
        """Checking gives one report a partnership."""
        assert [p.name for p in NET] == [report.name for report in NET.check("scheme", only="statute")]

    def test_examples(self):
        """Examples that share no body make one network."""
        chosen = [name for name in EXAMPLES if name not in ("late-budget", "short-notice", "vacant-chief-officer")]
        net = Network(name="Toyland", as_at=TODAY, partnerships=[example(name) for name in chosen])
        assert len(chosen) == len(net)


class TestNames:
    def test_one_day(self):
        """Partnerships of another day are asked about the day of the network."""
        other = [p.at("2020-01-01") for p in AREAS]
        assert NET == Network(name="The Dales", as_at=TODAY, partnerships=other)

    def test_same_name(self):
        """A name that two partnerships have is refused with their ids, and each is found by its own."""
        twins = [AREAS[0], AREAS[1].evolve(name=AREAS[0].name)]
        net = Network(name="Twins", as_at=TODAY, partnerships=twins)
        with pytest.raises(ValueError, match="'North Dale' names 'north-council-ijb', 'south-council-ijb'; expected"):
            net["North Dale"]
        assert {p.id for p in twins} == {net[p.id].id for p in twins}

    def test_lost_alias(self):
        """An alias of an area that is not here is passed over."""
        net = Network(name="The Dales", as_at=TODAY, partnerships=AREAS, aliases={"gone": "x"})
        with pytest.raises(NotFoundError, match="no area 'gone'"):
            net["gone"]
