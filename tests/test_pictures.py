"""The money diagram: static, the same every time, with text that fits and stands apart."""

import re
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given
from tests.partnerships import FEWER, partnerships
from tests.test_flows import COUNCIL, IJB, NHS, directed, held, paid

from scotintegration.budgets import Budget, Reserve
from scotintegration.examples import EXAMPLES, example
from scotintegration.in_year import LateAllocation, WindfallReturn
from scotintegration.money import Money
from scotintegration.pictures import money_diagram
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

SVG = "{http://www.w3.org/2000/svg}"
WIDE = 0.6
"""How wide a letter is at most, on average, as a part of its size."""


def texts(svg):
    """Give each text with the box that it fills: left, top, right, bottom."""
    for one in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        x, y, size = (int(one.get(name)) for name in ("x", "y", "font-size"))
        width = WIDE * size * len(one.text)
        left = x - {"start": 0, "middle": width / 2, "end": width}[one.get("text-anchor")]
        yield one.text, (left, y - size, left + width, y + 3)


def read(svg):
    """Give all that the picture says, in order."""
    return [text for text, _ in texts(svg)]


def apart(one, other):
    """Tell whether two boxes do not touch."""
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def assert_drawn(svg):
    """Assert that a picture is well formed and static, and that its text fits and does not overlap."""
    root = ElementTree.fromstring(svg)
    assert {"svg", "title", "desc", "g", "rect", "path", "text"} >= {one.tag.removeprefix(SVG) for one in root.iter()}
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|url\(|style=|\bon[a-z]+=", svg)
    assert ["title", "desc"] == [one.tag.removeprefix(SVG) for one in root][:2]
    assert root.get("aria-labelledby") == " ".join(one.get("id") for one in list(root)[:2])
    width, height = int(root.get("width")), int(root.get("height"))
    boxes = [box for _, box in texts(svg)]
    for place, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= width
        assert box[3] <= height
        assert all(apart(box, other) for other in boxes[:place])


class TestDrawn:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("year", ["2024/25", "2026/27"])
    def test_example(self, name, year):
        """Every example is drawn well, and to the same text twice."""
        svg = money_diagram(example(name).money(year))
        assert_drawn(svg)
        assert svg == money_diagram(example(name).money(year))

    def test_scotland(self):
        """Every area of Scotland is drawn well, and derived figures are said to be illustrative."""
        for p in scotland().partnerships:
            for budget in p.budgets.items[-1:]:
                svg = money_diagram(p.money(budget.year))
                assert_drawn(svg)
                assert budget.derived is ("Derived from national totals, illustrative." in svg)

    @FEWER
    @given(partnerships())
    def test_any(self, p):
        """Whatever is not known or does not add up is drawn too."""
        for budget in p.budgets:
            assert_drawn(money_diagram(p.money(budget.year)))


class TestSaid:
    def test_order(self):
        """What comes in stands in the order of the provisions, and before what goes out."""
        said = read(money_diagram(example("large-hospital").money("2026/27")))
        provisions = [re.search(r"\[(.*)\]", text)[1] for text in said if "[" in text]
        assert ["s. 14(2)", "s. 14(3)", "s. 14(4)", "s. 27(3)", "s. 27(3)", "s. 28(1)"] == provisions

    def test_description(self):
        """The description has each amount to the penny."""
        flows = example("body-corporate").money("2026/27")
        (desc,) = ElementTree.fromstring(flows.to_svg()).findall(f"{SVG}desc")
        assert "Strathallan Council pays £123,091,918.00 under s. 14(2)" in desc.text
        assert f"Own costs {flows.own_costs}" in desc.text

    def test_lead_agency(self):
        """Between lead agencies each pays the other, and receives for what it carries out."""
        said = read(money_diagram(example("lead-agency-both-ways").money("2026/27")))
        assert "Lead agencies" in said
        assert 2 == sum(text.startswith("receives ") for text in said)

    def test_lead_agency_holds(self):
        """A lead agency directs what is set aside for it, and receives what is allocated late."""
        p = example("lead-agency-both-ways")
        held_ = attrs.evolve(held(10**9, "camhs"), health_board=p.health_board.id)
        late = LateAllocation(payer=p.health_board.id, function="camhs", amount=10**9)
        budget = attrs.evolve(p.budget("2026/27"), set_asides=[held_], late_allocations=[late])
        said = read(money_diagram(attrs.evolve(p.money("2026/27"), budget=budget)))
        assert "sets aside £10m [s. 19(2)]" in said

    def test_other_side(self):
        """What is drawn, reclaimed or not covered stands on the side of what comes in."""
        book = Budget(
            year="2026/27",
            payments=[paid(COUNCIL, IJB, "£40")],
            reserves=[Reserve(kind="general", opening="£9", movement="-£3")],
            settlements="-£2",
            late_allocations=[LateAllocation(payer=NHS, function="respite", amount="£4")],
            returned=[WindfallReturn(to=NHS, amount="£1")],
        )
        said = read(money_diagram(directed({"payment": "£60", "given_to": []}, budget=book)))
        names = [said[place - 1] for place, text in enumerate(said) if "£" in text]
        assert ["Reserves", "Settlements", "Not covered"] == [
            name for name in names if name in ("Reserves", "Settlements", "Not covered", "Left over")
        ]
        assert {"nobody", "Returned"} <= set(names)
        assert "drawn £3" in said

    def test_not_recorded(self):
        """What is not recorded says so."""
        book = Budget(year="2026/27", payments=UNKNOWN, set_asides=UNKNOWN, own_costs=UNKNOWN, settlements=UNKNOWN)
        said = read(money_diagram(directed({"payment": UNKNOWN}, budget=book)))
        assert said.count("not recorded") >= 2
        assert "resources not recorded" in said
        late = Budget(year="2026/27", late_allocations=Listing.partial())
        assert "Payments in" in read(money_diagram(directed(budget=late)))

    def test_many(self):
        """A column of many bars ends in one for the smallest, and no amount is lost."""
        p = example("body-corporate")
        payments = [paid(f"council-{n}", p.id, n * 100, direction=None) for n in range(1, 31)]
        flows = p.money("2026/27")
        budget = attrs.evolve(flows.budget, payments=payments)
        svg = money_diagram(attrs.evolve(flows, budget=budget))
        assert_drawn(svg)
        assert "19 others" in read(svg) or "20 others" in read(svg)

    def test_long_names(self):
        """A long name is shortened, and given in full in the title of its bar."""
        p = example("body-corporate")
        name = "The Council of the Very Long Strath of the Allan Water and of All the Glens Around It"
        long = p.evolve(local_authorities=[attrs.evolve(one, name=name) for one in p.local_authorities])
        svg = money_diagram(long.money("2026/27"))
        assert_drawn(svg)
        assert any(text.endswith("…") for text in read(svg))
        assert name in svg

    def test_escaped(self):
        """A name is text, whatever it looks like."""
        p = example("body-corporate")
        odd = p.evolve(
            name="<script>&", local_authorities=[attrs.evolve(one, name='"<b>') for one in p.local_authorities]
        )
        assert_drawn(money_diagram(odd.money("2026/27")))

    def test_nothing(self):
        """A year without money is a picture of none."""
        svg = money_diagram(directed(budget=Budget(year="2026/27")))
        assert_drawn(svg)
        assert "no money" in svg
        assert Money(0) == directed(budget=Budget(year="2026/27")).resources
