"""How changes are said, with their values."""

import attrs
import pytest

from scotintegration.differences import diff
from scotintegration.evidence import Evidence
from scotintegration.examples import example
from scotintegration.mends._changes import first, told
from scotintegration.mends._past import corrects
from scotintegration.plans import PlanningMember
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")


def said(before, after):
    """Say what differs."""
    changes = diff(before, after).changes
    return told(changes, {one.path for one in changes if corrects(one, before.as_at)})


def with_scheme(p, **changes):
    """Change fields of the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


class TestTold:
    """`told`."""

    @pytest.mark.parametrize(
        ("field", "before", "after", "wanted"),
        [
            ("replaced_on", UNKNOWN, None, "sets scheme.replaced_on: not recorded -> none"),
            ("submitted_on", "2015-05-01", "2015-03-31", "corrects the record of scheme.submitted_on: 2015-05-01 -> "),
            ("items", (), ("risk", "capital"), "adds scheme.items: capital, risk"),
            ("items", ("risk",), (), "takes out scheme.items: risk"),
            ("items", Listing.partial("risk"), ("risk",), "takes scheme.items for whole"),
            ("consulted", (), ("third-sector",), "corrects the record by adding scheme.consulted: third-sector"),
            ("models", "a+c", "a", "sets scheme.models: a, c -> a"),
            ("conjoined", ("la-must-aspa2007-s4",), None, "sets scheme.conjoined: la-must-aspa2007-s4 -> none"),
            ("conjoined", (), None, "sets scheme.conjoined: none -> none"),
        ],
    )
    def test_scheme(self, field, before, after, wanted):
        """Each change has its path and its values; texts that join or leave one list are said together."""
        (line,) = said(with_scheme(P, **{field: before}), with_scheme(P, **{field: after}))
        assert line.startswith(wanted)

    def test_more_texts(self):
        """Of many texts the first three are named."""
        items = P.scheme.items.items
        (line,) = said(with_scheme(P, items=()), P)
        assert f"adds scheme.items: {', '.join(items[:3])} and {len(items) - 3} more" == line

    def test_value(self):
        """What is added is told by the first few facts that say something."""
        fresh = Evidence(duty="BV-ijb", met=True, on="2026-11-22", assumed=True)
        (line,) = said(P.evolve(evidence=()), P.evolve(evidence=[fresh]))
        assert "adds evidence['BV-ijb']: met yes, on 2026-11-22, assumed yes" == line

    def test_value_with_parts(self):
        """Parts of what is added are named by what tells them apart."""
        member = PlanningMember(person="A", group="local residents")
        (line,) = said(
            P.evolve(planning_group=None), P.evolve(planning_group=attrs.evolve(P.planning_group, members=[member]))
        )
        assert line.startswith("sets planning_group: none -> ")
        assert line.endswith("members A")

    def test_value_that_says_little(self):
        """What has no fact but its mark is told by that."""
        bare = PlanningMember(person="A")
        group = attrs.evolve(P.planning_group, members=())
        (line,) = said(P.evolve(planning_group=group), P.evolve(planning_group=attrs.evolve(group, members=[bare])))
        assert "adds planning_group.members['A']: A" == line

    def test_order(self):
        """Another order is said to be one."""
        meeting = next(one for one in find("IJBO-a11-majority").failing().meetings if one.votes.items)
        (vote,) = meeting.votes.items[:1]
        both = [vote, attrs.evolve(vote, about="another")]
        before, after = (P.evolve(meetings=[attrs.evolve(meeting, votes=votes)]) for votes in (both, both[::-1]))
        assert (f"puts meetings[{meeting.id!r}].votes in another order",) == said(before, after)
        bare = P.evolve(ijb=attrs.evolve(P.ijb, order=None))
        (line,) = said(bare, P.evolve(ijb=attrs.evolve(P.ijb, order="an order")))
        assert "sets ijb.order: none -> an order" == line


class TestFirst:
    """`first`."""

    @pytest.mark.parametrize(
        ("number", "wanted"), [(0, ""), (3, "1 2 3"), (4, "1 2 3 4"), (5, "1 2 3 and 2 changes more")]
    )
    def test_count(self, number, wanted):
        """Three are shown and the rest counted, unless there is only one more."""
        assert wanted == " ".join(first(tuple(str(one + 1) for one in range(number))))
