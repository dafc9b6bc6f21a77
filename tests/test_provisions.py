"""Which provisions stand behind a change."""

import attrs

import scotintegration as si
from scotintegration.differences._provisions import readers
from scotintegration.differences._value_changes import walk
from scotintegration.rules import RULES

P = si.example("body-corporate")


def cited(p, q):
    """Give the provisions of each change, by path."""
    return {one.path: [str(citation) for citation in one.citations] for one in si.diff(p, q).changes}


class TestReaders:
    def test_fields(self):
        """Every field that rules are said to read by name is there, or is a question of its own."""
        lost = set()
        for path in readers():
            found = [P, si.example("lead-agency-both-ways")]
            for name in path.replace("[]", "").split("."):
                inner = [getattr(one, name) for one in found if hasattr(one, name)]
                if not inner and found:
                    lost.add(path)
                items = [list(one.items) if isinstance(one, si.Listing) else one for one in inner]
                found = [x for one in items for x in (one if isinstance(one, (list, tuple)) else [one])]
        assert set() == lost

    def test_told(self):
        """What one field means to several rules in different ways is left out; what parties share is told of each."""
        assert not any(path.startswith(("chairs[", "posts[", "evidence[")) for path in readers())
        assert "health_board.ministers_directions[].due_on" in readers()
        assert "local_authorities[].ministers_directions[].due_on" in readers()
        assert "scheme.revisions[].effect_on" in readers()
        assert "directions.steps[].direction.use" in readers()


class TestCited:
    def test_rules(self):
        """A fact that no line touches has the provisions of the rules that read it, under the models concerned."""
        q = P.evolve(scheme=attrs.evolve(P.scheme, lead_authority="strathallan-council", delegated_on="2016-05-01"))
        found = cited(P, q)
        for path in ("scheme.delegated_on", "scheme.lead_authority"):
            read = {str(rule.citation) for rule in readers()[path] if P.model in rule.models}
            assert sorted(read) == found[path]
        assert len(found["scheme.lead_authority"]) < len({rule.citation for rule in readers()["scheme.lead_authority"]})

    def test_lines(self):
        """A value that lines touch or carry has theirs."""
        budget = P.budget("2026/27")
        payments = [attrs.evolve(one, amount="£1") for one in budget.payments[:1]]
        budgets = P.budgets.map(
            lambda one: attrs.evolve(one, payments=[*payments, *one.payments[1:]]) if one == budget else one
        )
        members = P.members.where(lambda one: one.id != "chief-officer-2025")
        own = si.Line(from_id=P.id, to_id="a-forum", kind="oversight", citation="asp 2014/9 s.33")
        found = cited(P, P.evolve(budgets=budgets, members=members, lines=[own]))
        assert ["SSI 2014/285 art.3(7B)"] == found["members['chief-officer-2025']"]
        assert ["asp 2014/9 s.33"] == found["lines['oversight']"]
        (payment,) = (path for path in found if path.startswith("budgets["))
        assert 1 == len(found[payment])

    def test_directions(self):
        """A direction has the provision of the duty to direct, whole or in part."""
        steps = P.directions.steps
        q = P.evolve(directions=attrs.evolve(P.directions, steps=steps[:-1]))
        assert [["asp 2014/9 s.26(1)"]] == list(cited(P, q).values())
        changed = attrs.evolve(steps[-1], direction=attrs.evolve(steps[-1].direction, use="beds"))
        q = P.evolve(directions=attrs.evolve(P.directions, steps=[*steps[:-1], changed]))
        assert [["asp 2014/9 s.26(1)"]] == list(cited(P, q).values())

    def test_evidence(self):
        """A record of evidence has the duty it speaks to."""
        q = P.evolve(evidence=[*P.evidence, si.Evidence(duty="PBJW-s8-publish", on="2026-01-01")])
        (rule,) = (rule for rule in RULES if rule.id == "PBJW-s8-publish")
        assert [[str(rule.citation)]] == list(cited(P, q).values())

    def test_none(self):
        """Nothing is cited where nothing is known to bear on a fact."""
        assert {"name": []} == cited(P, P.evolve(name="Elsewhere"))
        assert all(change.citations == () for change in walk(P, P.evolve(name="Elsewhere")))
