"""Where a missing fact is to be recorded."""

import attrs
import pytest

from scotintegration._missing import _PLACES, fact_of, missing_fact, place_of, value_at
from scotintegration.examples import example
from scotintegration.rules import RULES, Topic
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")


class TestPlaces:
    @pytest.mark.parametrize(
        ("expected", "fact"),
        [
            ("scheme.delegated_on", "the day functions passed"),
            ("plans['plan-2016'].finalised_on", "the day 'plan-2016' was finalised"),
            ("plans['plan-2016'].start", "the day the period of 'plan-2016' begins"),
            ("plans['plan-2016'].start", "the day the period of 'plan-2016' began"),
            ("functions['respite'].funding", "how 'respite' is funded"),
            ("budgets['2026/27'].payments", "the payments of 2026/27"),
            ("directions", "the directions in force on 2017-03-31"),
            (None, "who knows"),
        ],
    )
    def test_words(self, expected, fact):
        """The words of a fact lead to its path, where they are always said of one."""
        assert expected == place_of(fact)

    @pytest.mark.parametrize("path", sorted(set(_PLACES.values())))
    def test_there(self, path):
        """Each path is one of a partnership."""
        value = P
        for name in path.split("."):
            assert hasattr(value, name)
            value = getattr(value, name)

    def test_rules(self):
        """A rule that misses a fact that leads to a path says that path, and not its topic."""
        blank = P.evolve(scheme=attrs.evolve(P.scheme, delegated_on=UNKNOWN), planning_group=UNKNOWN)
        told = [verdict for rule in RULES if rule.not_applicable(blank) is None for verdict in rule.verdicts(blank)]
        assert {"scheme.delegated_on", "planning_group"} <= {one.where for one in told}
        assert set() == {one.where for one in told} & {topic.value for topic in Topic}


class TestFacts:
    @pytest.mark.parametrize(
        ("expected", "what"),
        [
            ("a day", "a day is not recorded"),
            ("a day, or another", "a day, or another, is not recorded"),
            ("two days", "two days are not recorded"),
            ("this, and that", "this, and that, are not recorded"),
            ("a day", "a day"),
            (None, "what is not recorded here"),
        ],
    )
    def test_bare(self, expected, what):
        """A fact is told without the words that it is missing; a sentence of its own is left alone."""
        assert expected == fact_of(what)

    def test_alone(self):
        """A single value that is not recorded is told by its path alone, whatever is said of it."""
        p = P.evolve(scheme=attrs.evolve(P.scheme, delegated_on=UNKNOWN))
        one, other = (missing_fact(p, "scheme.delegated_on", what) for what in ("a day", "when it began"))
        assert one.key == other.key == ("scheme.delegated_on", "")
        assert ("scheme.items", "an item") == missing_fact(p, "scheme.items", "an item is not recorded").key

    def test_same(self):
        """A fact said in two ways is one fact, and a sentence of its own stays where it is."""
        said = ("what else the scheme delegates is not recorded", "the rest of what is delegated")
        assert 1 == len({missing_fact(P, "functions", what) for what in said})
        assert ("here", "not recorded here") == missing_fact(P, "here", "not recorded here").key

    def test_register(self):
        """What was in force cannot be told for want of the register, unless that is whole."""
        what = "the directions in force on 2017-03-31"
        part = P.evolve(directions=attrs.evolve(P.directions, complete=False))
        assert ["the whole register", what] == [missing_fact(p, "budgets", what).fact for p in (part, P)]


class TestValues:
    def test_paths(self):
        """A path leads to the value that a finding speaks of."""
        budget, council = P.budgets[0], P.local_authorities[0]
        assert P.scheme.delegated_on == value_at(P, "scheme.delegated_on")
        assert budget.payments == value_at(P, f"budgets[{str(budget.year)!r}].payments")
        assert council.name == value_at(P, f"local_authorities[{council.id!r}].name")
        assert P.ijb.seats[0].number == value_at(P, f"ijb.seats[{P.ijb.seats[0].nominator!r}].number")
        assert isinstance(value_at(P, "members"), Listing)

    @pytest.mark.parametrize("path", ["a place", "scheme.nothing", "members['nobody'].until", "as_at['x']"])
    def test_nowhere(self, path):
        """A path that leads nowhere leads to None."""
        assert value_at(P, path) is None
