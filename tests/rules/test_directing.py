"""Which functions need a direction, to whom it is given, and what it may be for."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.directing import (
    PER_DIRECTION,
    every_function,
    functions_are_delegated,
    lead_agency_may_direct,
    recipients,
)
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
BOTH = example("lead-agency-both-ways")
ADULTS = example("lead-agency-to-board")
NHS, COUNCIL = "nhs-glenmore", "strathallan-council"
FUNCTIONS = tuple(one.id for one in P.functions)[:3]


def small(*directions, p=P, complete=True, functions=FUNCTIONS):
    """Give a partnership these directions, and only some of its functions."""
    steps = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    kept = [one for one in p.scheme.functions if one.id in functions or p is not P]
    register = DirectionsRegister(p.id, steps, strict=False, complete=complete)
    return p.evolve(directions=register, scheme=attrs.evolve(p.scheme, functions=kept))


def direction(id="D-1", *, functions=FUNCTIONS, start="2026-04-01", **fields):
    """Draft a direction in force from the first day of the year."""
    return Direction(id, **{"given_to": NHS, "functions": functions, "effective_from": start, **fields})


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestEveryFunction:
    @given(st.sets(st.sampled_from(FUNCTIONS)), st.sets(st.sampled_from(FUNCTIONS)))
    def test_either(self, directed, excused):
        """Every function has a direction or an excuse, and those that have neither are named."""
        p = small(direction(functions=directed)).evolve(exempt_functions=excused)
        bare = sorted(set(FUNCTIONS) - directed - excused)
        expected = [("fail", f"functions[{name!r}]") for name in bare] or "pass"
        assert expected == told(every_function, p)

    def test_last_day(self):
        """A direction covers its functions on its last day, and not the day after."""
        p = small(direction(ends_on="2026-11-22"))
        assert "pass" == told(every_function, p.at("2026-11-22"))
        assert 3 == len(told(every_function, p.at("2026-11-23")))
        assert 3 == len(told(every_function, p.at("2026-03-31")))

    def test_considered(self):
        """Directions that name the function and are not in force are listed with the reason."""
        again = direction(start="2025-04-01", ends_on="2026-03-31")
        p = small(direction(ends_on="2026-10-31"), direction("D-2", start="2027-04-01"), again)
        finding = ask(every_function, p).findings[0]
        assert (("D-1", "it is expired"), ("D-2", "it is drafted"), ("D-1", "it is expired")) == finding.considered

    def test_not_yet_passed(self):
        """Before functions pass there is nothing to direct."""
        p = small()
        for day, expected in (("2026-11-23", "pass"), (None, "pass"), ("2026-11-22", 3), (UNKNOWN, 3)):
            told_now = told(every_function, p.evolve(scheme=attrs.evolve(p.scheme, delegated_on=day)))
            assert expected == (told_now if isinstance(told_now, str) else len(told_now))

    def test_cannot_tell(self):
        """What may be covered by something not recorded cannot be told; what is covered needs nothing more."""
        first = f"functions[{FUNCTIONS[0]!r}]"
        rest = FUNCTIONS[1:]
        for p in (
            small(direction(functions=rest), complete=False),
            small(direction(functions=rest, words="beds")),
            small(direction(functions=rest, words=UNKNOWN)),
            small(direction(functions=Listing(rest, complete=False))),
            small(direction(functions=rest)).evolve(exempt_functions=UNKNOWN),
            small(direction(functions=rest), direction("D-2", start=UNKNOWN)),
        ):
            assert [("cannot tell", first)] == told(every_function, p)
        for p in (small(direction(), complete=False), small(direction()).evolve(exempt_functions=UNKNOWN)):
            assert "pass" == told(every_function, p)

    def test_more_functions(self):
        """A list of functions known in part is never wholly covered."""
        p = small(direction())
        scheme = attrs.evolve(p.scheme, functions=Listing(p.scheme.functions.items, complete=False))
        assert [("cannot tell", "functions")] == told(every_function, p.evolve(scheme=scheme))

    def test_boards_only(self):
        """Lead agencies need give no direction."""
        assert "not applicable" == told(every_function, BOTH)
        assert "not applicable" == told(every_function, P.at("2014-09-21"))


class TestRecipients:
    where = "directions['D-1'].given_to"

    def test_parties(self):
        """The council and the Health Board may be directed, alone or both."""
        for given_to in (NHS, COUNCIL, [NHS, COUNCIL]):
            assert "pass" == told(recipients, small(direction(given_to=given_to)))

    def test_others(self):
        """Anybody else may not, and nor may nobody."""
        for given_to in ("made-up-charity", [NHS, "made-up-charity"], P.id, ()):
            assert [("fail", self.where)] == told(recipients, small(direction(given_to=given_to)))

    def test_cannot_tell(self):
        """A recipient not recorded cannot be told, and hides no breach."""
        assert [("cannot tell", self.where)] == told(recipients, small(direction(given_to=UNKNOWN)))
        partial = Listing.partial("made-up-charity")
        assert [("fail", self.where), ("cannot tell", self.where)] == told(
            recipients, small(direction(given_to=partial))
        )
        assert [("cannot tell", "directions")] == told(recipients, small(direction(), complete=False))
        assert [("cannot tell", "directions")] == told(recipients, small(direction(start=UNKNOWN)))

    def test_bare_revocation(self):
        """A paper that only revokes need name nobody."""
        asked = PER_DIRECTION[recipients.id]
        assert [] == list(asked(P, Direction("D-2", revokes="D-1")))
        assert ["fail"] == [one.outcome for one in asked(P, Direction("D-2", revokes="D-1", given_to="a-charity"))]

    def test_not_applicable(self):
        """Section 26(1) is about boards."""
        assert "not applicable" == told(recipients, BOTH)

    def test_missing_days(self):
        """Where directions are missing it is said whether the register is, or a day that decides."""
        for p, what in (
            (small(direction(), complete=False), "the whole register"),
            (small(direction(start=UNKNOWN)), "a day that decides which directions are in force"),
        ):
            assert [what] == [finding.what for finding in ask(recipients, p)]


class TestLeadAgencies:
    def test_need_not(self):
        """A lead agency that gives no direction breaks nothing."""
        for p in (ADULTS, BOTH):
            assert 0 == len(p.directions)
            assert "pass" == told(lead_agency_may_direct, p)

    def test_whom(self):
        """Who delegated may be directed; a direction to anybody else is worth a look and nothing worse."""
        where = "directions['D-1'].given_to"
        for p, function, given_to, expected in (
            (ADULTS, "care-at-home", "kinbrae-council", "pass"),
            (ADULTS, "care-at-home", "a-charity", [("warn", where)]),
            (BOTH, "care-at-home", "ardlarich-council", "pass"),
            (BOTH, "care-at-home", "nhs-ardlarich", [("warn", where)]),
            (BOTH, "camhs", "nhs-ardlarich", "pass"),
            (BOTH, "not-delegated", "nhs-ardlarich", "pass"),
        ):
            given_one = direction(functions=[function], given_to=given_to)
            assert expected == told(lead_agency_may_direct, small(given_one, p=p))

    def test_not_applicable(self):
        """A board has duties here, not leave."""
        assert "not applicable" == told(lead_agency_may_direct, P)

    def test_register(self):
        """A register known in part leaves the rest open."""
        assert [("cannot tell", "directions")] == told(lead_agency_may_direct, small(p=ADULTS, complete=False))

    def test_either_party(self):
        """Where there is one lead agency it may direct either party."""
        for given_to in ("nhs-kinbrae", "kinbrae-council"):
            given_one = direction(functions=["care-at-home"], given_to=given_to)
            assert "pass" == told(lead_agency_may_direct, small(given_one, p=ADULTS))


class TestFunctions:
    where = "directions['D-1'].functions"

    def test_delegated(self):
        """A function outside the scheme may not be directed, nor none at all."""
        assert "pass" == told(functions_are_delegated, small(direction()))
        for functions in ([*FUNCTIONS, "housing-allocation"], ["housing-allocation"], ()):
            assert [("fail", self.where)] == told(functions_are_delegated, small(direction(functions=functions)))

    def test_last_day(self):
        """A function may be directed on the last day of its delegation, and not the day after."""
        p = small(direction(functions=FUNCTIONS[:1]), functions=FUNCTIONS[:1])
        last = attrs.evolve(p.scheme.functions[0], until="2026-11-22")
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=[last]))
        assert "pass" == told(functions_are_delegated, p)
        assert [("fail", self.where)] == told(functions_are_delegated, p.at("2026-11-23"))
        unknown = attrs.evolve(last, until=UNKNOWN)
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=[unknown]))
        assert [("cannot tell", self.where)] == told(functions_are_delegated, p)

    def test_draft_of_tomorrow(self):
        """A draft that takes effect later is asked about that day."""
        p = small(functions=FUNCTIONS[:1])
        later = attrs.evolve(p.scheme.functions[0], start="2027-04-01")
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=[later]))
        asked = PER_DIRECTION[functions_are_delegated.id]
        assert [] == list(asked(p, direction(functions=FUNCTIONS[:1], start="2027-04-01")))
        assert ["fail"] == [one.outcome for one in asked(p, direction(functions=FUNCTIONS[:1], start="2027-03-31"))]

    def test_issuer(self):
        """A function is directed by the authority it was delegated to, and by no other."""
        other = direction(issuer="another-ijb", functions=FUNCTIONS[:1])
        assert [("fail", self.where)] == told(functions_are_delegated, small(other))
        unknown = direction(issuer=UNKNOWN, functions=FUNCTIONS[:1])
        assert [("cannot tell", self.where)] == told(functions_are_delegated, small(unknown))

    @pytest.mark.parametrize("issuer", [None, "nhs-ardlarich", "nhs-ardlarich-lead", "ardlarich-authority"])
    def test_lead_agency(self, issuer):
        """A lead agency may be named by its body, its role or its area."""
        mine = direction(issuer=issuer, functions=["care-at-home"], given_to="ardlarich-council")
        assert "pass" == told(functions_are_delegated, small(mine, p=BOTH))

    def test_other_lead_agency(self):
        """Where each leads something, neither directs what the other received."""
        theirs = direction(issuer="nhs-ardlarich", functions=["camhs"], given_to="nhs-ardlarich")
        assert [("fail", self.where)] == told(functions_are_delegated, small(theirs, p=BOTH))

    def test_cannot_tell(self):
        """Words that do not resolve, and a list of functions known in part, cannot be told."""
        for vague in (direction(words="beds"), direction(functions=(), words="beds"), direction(functions=UNKNOWN)):
            assert [("cannot tell", self.where)] == told(functions_are_delegated, small(vague))
        p = small(direction(functions=["housing-allocation"]))
        scheme = attrs.evolve(p.scheme, functions=Listing(p.scheme.functions.items, complete=False))
        assert [("cannot tell", self.where)] == told(functions_are_delegated, p.evolve(scheme=scheme))

    def test_bare_revocation(self):
        """A paper that only revokes is for no function."""
        assert [] == list(PER_DIRECTION[functions_are_delegated.id](P, Direction("D-2", revokes="D-1")))

    def test_not_applicable(self):
        """The day before the section came into force nobody gave directions under it."""
        assert "not applicable" == told(functions_are_delegated, P.at("2014-09-21"))


RULES = (every_function, recipients, functions_are_delegated)


class TestExamples:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", [*RULES, lead_agency_may_direct], ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules about directions, as the year begins and as it ends."""
        for day in ("2024-04-01", "2026-09-30", "2026-10-01", "2028-03-31"):
            assert ask(rule, example(name, as_at=day)).outcome in ("pass", "not applicable")

    @pytest.mark.parametrize("rule", [*RULES, lead_agency_may_direct], ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break a rule about directions nobody has read."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert outcomes <= {"cannot tell", "not applicable"}
