"""What differs between two values, and that applying it gives the second."""

import pickle
from copy import copy

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import FEWER, partnerships

import scotintegration as si
from scotintegration.differences._value_changes import ABSENT, Change, apply, walk
from scotintegration.rules import RULES

P = si.example("body-corporate")
BROKEN = [rule for rule in RULES if rule.fails is not None]


def paths(one, other):
    """List where two partnerships differ, in order."""
    return sorted(change.path for change in walk(one, other))


def direction(id, year="2026/27", **fields):
    """Make a direction."""
    return si.Direction(id, year=year, given_to=["nhs-glenmore"], in_writing=True, **fields)


def registered(*steps, **fields):
    """Give the example another register."""
    return P.evolve(directions=si.DirectionsRegister(P.id, steps, strict=False, **fields))


def issued(*directions):
    """Make steps that issue directions."""
    return [si.Step(kind="issue", direction=one, on="2026-05-01") for one in directions]


class TestLaws:
    @FEWER
    @given(partnerships(), partnerships(), st.randoms(use_true_random=False))
    def test_applied(self, p, q, order):
        """All changes applied, in whatever order, give the second, and mirrored the first; each has its own path."""
        changes = list(walk(p, q))
        order.shuffle(changes)
        assert q == apply(p, changes)
        assert p == apply(q, walk(q, p))
        assert len(changes) == len({change.path for change in changes})
        assert (p != q) is bool(changes)

    @FEWER
    @given(partnerships(), st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, p, order):
        """Collections whose items were given in another order do not differ."""
        fields = {}
        for name in ("members", "posts", "meetings", "budgets"):
            items = list(getattr(p, name).items)
            order.shuffle(items)
            fields[name] = si.Listing(items, getattr(p, name).complete)
        assert [] == paths(p, p.evolve(**fields))

    @pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.id)
    def test_rules(self, rule):
        """What breaks each rule can be taken apart and applied."""
        good, bad = rule.passing(), rule.failing()
        assert bad == apply(good, walk(good, bad))
        assert good == apply(bad, walk(bad, good))

    @pytest.mark.parametrize("name", si.EXAMPLES)
    def test_examples(self, name):
        """Every example can be made from every other."""
        for other in map(si.example, si.EXAMPLES):
            assert other == apply(si.example(name), walk(si.example(name), other))


class TestPaths:
    def test_functions(self):
        """Delegated functions stand by themselves, as findings write them."""
        functions = P.scheme.functions.map(lambda one: attrs.evolve(one, la_areas=5))
        q = P.evolve(scheme=attrs.evolve(P.scheme, functions=functions))
        assert f"functions[{P.scheme.functions[0].id!r}].la_areas" in paths(P, q)

    def test_complete(self):
        """Whether a collection is complete is a fact of its own."""
        q = P.evolve(members=si.Listing(P.members, complete=False))
        assert ["members.complete"] == paths(P, q)
        assert [(True, False)] == [(one.before, one.after) for one in walk(P, q)]

    def test_directions(self):
        """Directions stand under their reference, and with their year where several share it."""
        p, q = registered(*issued(direction("D-1"))), registered(*issued(direction("D-1", use="beds")))
        assert ["directions['D-1'].use"] == paths(p, q)
        p = registered(*issued(direction("1", "2025/26"), direction("1")))
        q = registered(*issued(direction("1", "2025/26"), direction("1", use="beds")), complete=False)
        assert ["directions.complete", "directions['2026/27/1'].use"] == sorted(paths(p, q))

    def test_steps(self):
        """A step that only ends a direction stands under what it does."""
        first = issued(direction("D-1"))
        p, q = registered(*first), registered(*first, si.Step(kind="revoke", target="D-1", on="2026-09-01"))
        assert ["directions.steps['revoke D-1']"] == paths(p, q)
        later = registered(*first, si.Step(kind="revoke", target="D-1", on="2026-10-01"))
        assert ["directions.steps['revoke D-1'].on"] == paths(q, later)
        assert later == apply(p, walk(p, later))
        ends = [si.Step(kind="revoke", target="D-1", on=on) for on in ("2026-10-01", "2026-11-01")]
        assert ["directions.steps['2026-11-01/revoke/revoke D-1']"] == paths(
            registered(*first, ends[0]), registered(*first, *ends)
        )

    def test_sequence(self):
        """Where order counts, another order is a change that can be applied."""
        one, two = issued(direction("D-1"), direction("D-2"))
        p, q = registered(one, two), registered(two, one)
        assert ["directions.steps.order"] == paths(p, q)
        assert q == apply(p, walk(p, q))
        p, q = registered(two), registered(one, two)
        assert ["directions.steps.order", "directions.steps['D-1']"] == paths(p, q)
        assert (q, p) == (apply(p, walk(p, q)), apply(q, walk(q, p)))

    def test_alike(self):
        """Items that nothing tells apart are counted."""
        twice = [si.Review(completed_on="2020-01-01", outcome=one) for one in ("no change", "replace")]
        p = P.evolve(scheme=attrs.evolve(P.scheme, reviews=twice))
        q = P.evolve(scheme=attrs.evolve(P.scheme, reviews=twice[:1]))
        assert ["scheme.reviews['2020-01-01#2']"] == paths(p, q)

    def test_other_kind(self):
        """A value of another kind in the same place is a change of the whole."""
        first = P.posts[0]
        q = P.evolve(posts=[si.ChiefSocialWorkOfficer(first.id, body=first.body), *P.posts[1:]])
        assert [f"posts[{first.id!r}]"] == paths(P, q)
        assert q == apply(P, walk(P, q))


class TestAbsent:
    def test_itself(self):
        """ABSENT is false, says what it is, and stays itself."""
        assert not ABSENT
        assert ("ABSENT", "absent") == (repr(ABSENT), str(ABSENT))
        assert copy(ABSENT) is pickle.loads(pickle.dumps(ABSENT)) is ABSENT

    def test_what(self):
        """A change says whether something was added, removed or changed; None and UNKNOWN are facts."""
        told = [Change(path="x", before=one, after=other).what for one, other in ((ABSENT, 1), (1, ABSENT), (None, 1))]
        assert ["added", "removed", "changed"] == told
