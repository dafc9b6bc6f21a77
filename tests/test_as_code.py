"""A change written as code gives the second partnership."""

from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from tests.partnerships import FEWER, partnerships

import scotintegration as si
from scotintegration.differences import as_code
from scotintegration.differences._as_code import literal
from scotintegration.rules import RULES

P = si.example("body-corporate")
BROKEN = [rule for rule in RULES if rule.fails is not None]


def evaluated(p, code):
    """Evaluate code as a notebook would."""
    return eval(code, {"p": p, "si": si, "attrs": attrs})


def assert_written(p, q):
    """Assert that a change can be written, gives the second, and is written in lines of some length."""
    code = as_code(p, q)
    assert q == evaluated(p, code)
    assert q.law_as_at == evaluated(p, code).law_as_at


def registered(*steps, **fields):
    """Give the example another register."""
    return P.evolve(directions=si.DirectionsRegister(P.id, steps, strict=False, **fields))


def issue(id, year="2026/27", **fields):
    """Make a step that issues a direction."""
    return si.Step(kind="issue", direction=si.Direction(id, year=year, in_writing=True, **fields), on="2026-05-01")


class TestLaws:
    @FEWER
    @given(partnerships(), partnerships())
    def test_any_two(self, p, q):
        """Whatever the two, the code gives the second."""
        assert_written(p, q)

    @pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.id)
    def test_rules(self, rule):
        """What breaks or mends the example of a rule can be written."""
        assert_written(rule.failing(), rule.passing())
        assert_written(rule.passing(), rule.failing())

    @pytest.mark.parametrize("name", si.EXAMPLES)
    def test_examples(self, name):
        """Every example can be written from every other, and from nothing but its bodies."""
        q = si.example(name)
        for p in map(si.example, si.EXAMPLES):
            assert_written(p, q)
        between = si.Partnership.between(q.health_board, *q.local_authorities, model=q.model, as_at=q.as_at)
        assert_written(between, q)

    def test_real_areas(self):
        """Real areas, known in part, can be written from one another."""
        areas = list(si.scotland())
        for p, q in pairwise(areas):
            assert_written(p, q)

    @FEWER
    @given(partnerships())
    def test_itself(self, p):
        """No change is no code."""
        assert "p" == as_code(p, p)


class TestReadable:
    def test_added(self):
        """One item more is written beside those that are there."""
        q = P.evolve(localities=[*P.localities, si.Locality("isle", name="The Isle")])
        assert "p.evolve(localities=[*p.localities, si.Locality('isle', name='The Isle')])" == as_code(P, q)
        partly = P.evolve(localities=si.Listing(q.localities, complete=False))
        expected = "si.Listing([*p.localities, si.Locality('isle', name='The Isle')], complete=False)"
        assert f"p.evolve(\n    localities={expected},\n)" == as_code(P, partly)

    def test_nested(self):
        """A field of a value is written by way of the value."""
        q = P.evolve(scheme=attrs.evolve(P.scheme, delegated_on="2026-11-22"))
        assert "p.evolve(scheme=attrs.evolve(p.scheme, delegated_on='2026-11-22'))" == as_code(P, q)

    def test_changed(self):
        """One item that changes is picked out by its id."""
        one, *rest = P.localities
        q = P.evolve(localities=[attrs.evolve(one, name="East"), *rest])
        expected = (
            "p.evolve(\n    localities=p.localities.map(\n"
            f"        lambda one: attrs.evolve(one, name='East') if one.id == {one.id!r} else one,\n    ),\n)"
        )
        assert expected == as_code(P, q)
        q = P.evolve(localities=[attrs.evolve(one, name="The part of it that lies to the east"), *rest])
        assert f"        ) if one.id == {one.id!r} else one,\n" in as_code(P, q)

    def test_removed(self):
        """Items left out are named, and completeness is kept."""
        gone = tuple(one.id for one in P.localities[:2])
        q = P.evolve(localities=P.localities.where(lambda one: one.id not in gone))
        expected = f"p.localities.where(lambda one: one.id not in {gone!r})"
        assert f"p.evolve(\n    localities={expected},\n)" == as_code(P, q)

    def test_all(self):
        """What becomes of all items is written once."""
        q = P.evolve(localities=P.localities.map(lambda one: attrs.evolve(one, zones=si.UNKNOWN)))
        expected = "p.evolve(localities=p.localities.map(lambda one: attrs.evolve(one, zones=si.UNKNOWN)))"
        assert expected == as_code(P, q)

    def test_sources_stay(self):
        """Items that stay keep their sources."""
        p = P.evolve(localities=P.localities.map(lambda one: attrs.evolve(one, source={"name": "a map"})))
        q = p.evolve(localities=[*p.localities, si.Locality("isle", name="The Isle")])
        sources = [dict(one.source) for one in evaluated(p, as_code(p, q)).localities]
        assert [{"name": "a map"}] * len(p.localities) == [one for one in sources if one]

    def test_width(self):
        """Lines are about as long as the page is wide, where texts allow it."""
        for rule in BROKEN[::7]:
            lines = as_code(rule.failing(), rule.passing()).split("\n")
            assert 25 > sum(len(line) > 120 for line in lines)

    def test_law(self):
        """The day of the law is written too."""
        assert "p.evolve(law_as_at='2026-08-31')" == as_code(P, P.at(P.as_at, law_as_at="2026-08-31"))


class TestRegisters:
    @pytest.mark.parametrize(
        ("p", "q"),
        [
            (registered(issue("D-1")), registered(issue("D-1"), issue("D-2", use="beds"))),
            (registered(issue("D-1"), issue("D-2")), registered(issue("D-1"), issue("D-2", use="beds"))),
            (registered(issue("D-1"), issue("D-2")), registered(issue("D-2"))),
            (registered(issue("D-1"), issue("D-2")), registered(issue("D-2"), issue("D-1"))),
            (registered(issue("1", "2025/26"), issue("1")), registered(issue("1", "2025/26"), issue("1", use="beds"))),
            (registered(issue("1", si.UNKNOWN), issue("1")), registered(issue("1"))),
            (
                registered(issue("1"), si.Step(kind="revoke", target="1", on="2026-08-01")),
                registered(issue("1"), si.Step(kind="revoke", target="1", on="2026-09-01")),
            ),
            (
                registered(issue("1"), issue("2"), si.Step(kind="revoke", target="1", on="2026-08-01")),
                registered(issue("2"), complete=False),
            ),
        ],
    )
    def test_steps(self, p, q):
        """Steps that come, go, change or change places are written."""
        assert_written(p, q)
        assert_written(q, p)

    def test_year(self):
        """A direction that finds its year by itself is written without it."""
        q = registered(si.Step(kind="issue", direction=si.Direction("D", effective_from="2026-05-01")))
        assert "year=" not in as_code(registered(), q)
        assert_written(registered(), q)


class TestExact:
    def test_alike(self):
        """Items that nothing tells apart are written out."""
        twice = [si.Review(completed_on="2020-01-01", outcome=one) for one in ("no change", "replace")]
        q = P.evolve(scheme=attrs.evolve(P.scheme, reviews=twice))
        r = P.evolve(scheme=attrs.evolve(P.scheme, reviews=twice[:1]))
        assert_written(q, r)
        assert_written(r, q)

    def test_many(self):
        """Items that change in many ways are made anew, beside those that stay."""
        items = [attrs.evolve(one, person=f"somebody {n}") if n < 9 else one for n, one in enumerate(P.members.items)]
        assert_written(P, P.evolve(members=items))

    def test_other_kind(self):
        """A value of another kind takes the place of one."""
        first = P.posts[0]
        assert_written(P, P.evolve(posts=[si.ChiefSocialWorkOfficer(first.id, body=first.body), *P.posts[1:]]))
        assert_written(P, P.evolve(standing_orders=None))

    def test_bodies(self):
        """Bodies and lines, which stand in tuples, are written as lists."""
        three = si.example("three-authorities")
        renamed = [attrs.evolve(one, councillors=1) for one in three.local_authorities[:1]]
        assert_written(three, three.evolve(local_authorities=[*renamed, *three.local_authorities[1:]]))
        line = si.Line(
            from_id=P.id,
            to_id="a-forum",
            kind="oversight",
            citation="the scheme, section 4",
            year=si.FinancialYear("2026/27"),
            amount=si.Money("£5"),
            days=si.Interval("2026-04-01", None),
        )
        lines = [line, attrs.evolve(line, to_id="b-forum"), attrs.evolve(line, to_id="c-forum")]
        assert_written(P, P.evolve(lines=lines))
        assert_written(P.evolve(lines=lines), P.evolve(lines=lines[1:]))

    @pytest.mark.parametrize("value", ["it's", "a\nb", True, 5, None, si.UNKNOWN, si.Model("a")], ids=repr)
    def test_plain(self, value):
        """Plain values are written as Python writes them, words of a list as their text."""
        assert value == eval(literal(value), {"si": si})

    def test_only_partnerships(self):
        """Nothing but partnerships is written."""
        for pair in ((P, None), ("p", P)):
            with pytest.raises(TypeError, match="the change of one partnership into another, got"):
                as_code(*pair)
