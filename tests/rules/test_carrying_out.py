"""Carrying functions out: by which authority, under which direction, and by whom besides."""

from datetime import timedelta

import attrs
import pytest

from scotintegration.directions import Direction, ServiceChange
from scotintegration.evidence import Evidence
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.carrying_out import (
    PER_DIRECTION,
    answers_requests,
    change_has_direction,
    complied_with,
    may_be_split,
    not_exclusive,
    one_authority,
    regard_to_principles,
)
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
LEADS = example("lead-agency-both-ways")
NHS, COUNCIL = P.health_board.id, P.local_authorities[0].id
MAY = (may_be_split, not_exclusive)
MUST = (answers_requests, change_has_direction, complied_with, one_authority, regard_to_principles)
each_rule = pytest.mark.parametrize("rule", [*MAY, *MUST], ids=lambda rule: rule.id)
each_duty = pytest.mark.parametrize("rule", MUST, ids=lambda rule: rule.id)
each_record = pytest.mark.parametrize("rule", [answers_requests, regard_to_principles], ids=lambda rule: rule.id)


def direction(id="D-1", **fields):
    """Write a direction in force from April."""
    whole = {"given_to": NHS, "functions": ["district-nursing"], "effective_from": "2026-04-01"}
    return Direction(id, **{**whole, **fields})


def small(*directions, complete=True, **fields):
    """Give a partnership these directions."""
    steps = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    return P.evolve(directions=DirectionsRegister(P.id, steps, strict=False, complete=complete), **fields)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestLaws:
    @each_rule
    def test_not_applicable(self, rule):
        """The day before the sections came into force there was no duty."""
        assert "not applicable" == told(rule, P.at(rule.days.start - timedelta(days=1)))

    @each_duty
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it, or where nothing was verified warns."""
        assert "pass" == told(rule, rule.passing())
        assert ("fail" if rule.verified else "warn") == ask(rule, rule.failing()).outcome

    @each_rule
    def test_real_areas(self, rule):
        """Of no real area can it be told that it breaks a duty; what may be done is no breach anywhere."""
        expected = {"pass"} if rule in MAY else {"cannot tell", "not applicable"}
        assert expected >= {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @each_rule
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, rule, name):
        """Every example keeps the rules."""
        for day in ("2024-04-01", "2026-08-01", "2026-11-22", "2028-03-31"):
            assert {"pass", "not applicable"} >= {ask(rule, example(name, as_at=day)).outcome}


class TestPermissions:
    def test_split(self):
        """Several may be directed together, with or without a word on how they divide the work."""
        for split in (None, "the council the north, the Health Board the south", UNKNOWN):
            assert "pass" == told(may_be_split, small(direction(given_to=[NHS, COUNCIL], split=split)))

    def test_not_exclusive(self):
        """A body that is directed may be the one that delegated the function."""
        assert "pass" == told(not_exclusive, small(direction()))


class TestRecords:
    @each_record
    @pytest.mark.parametrize(("met", "expected"), [(True, "pass"), (False, "fail"), (UNKNOWN, "cannot tell")])
    def test_record(self, rule, met, expected):
        """The latest record of a duty decides, and one of a later day does not count yet."""
        old = Evidence(duty=rule.id, met=not met if met is not UNKNOWN else True, on="2026-01-01")
        new = Evidence(duty=rule.id, met=met, on="2026-11-22")
        later = Evidence(duty=rule.id, met=False, on="2026-11-23")
        assert expected == ask(rule, P.evolve(evidence=[old, new, later])).outcome
        assert "cannot tell" == ask(rule, P.evolve(evidence=[later])).outcome


class TestOneAuthority:
    def functions(self, p, *functions, complete=True):
        return p.evolve(scheme=attrs.evolve(p.scheme, functions=Listing(functions, complete)))

    def test_stranger(self):
        """A function is delegated to the board or, under a lead agency, to one."""
        one = P.functions[0]
        assert "pass" == told(one_authority, self.functions(P, one))
        strange = attrs.evolve(one, delegate=NHS)
        where = f"functions[{one.id!r}].delegate"
        assert [("fail", where)] == told(one_authority, self.functions(P, strange))
        alone = self.functions(LEADS, attrs.evolve(LEADS.functions[0], delegate="a-charity"))
        (finding,) = ask(one_authority, alone.evolve(lead_agencies=()))
        assert "delegate it to an integration authority" == finding.mend

    def test_twice(self):
        """Two functions of one name are one function, if the same body delegated both at the same time."""
        one = LEADS.functions[0]
        again = attrs.evolve(one, id="again", delegate=one.delegator)
        assert [("fail", f"functions[{max('again', one.id)!r}].delegate")] == told(
            one_authority, self.functions(LEADS, one, again)
        )
        over = attrs.evolve(again, until="2026-11-21")
        assert "pass" == told(one_authority, self.functions(LEADS, one, over))
        same = attrs.evolve(again, delegate=one.delegate)
        assert "pass" == told(one_authority, self.functions(LEADS, one, same))

    def test_missing(self):
        """A function of which the days are not recorded is left open, as is a list known in part."""
        one = attrs.evolve(P.functions[0], start=UNKNOWN)
        assert [("cannot tell", f"functions[{one.id!r}].delegate")] == told(one_authority, self.functions(P, one))
        assert [("cannot tell", "functions")] == told(one_authority, self.functions(P, complete=False))

    def test_names(self):
        """A function has one name in whatever case; the finding says the first, at the place of the last."""
        first, last = (attrs.evolve(LEADS.functions[0], id=id, name=name) for id, name in (("a", "Aid"), ("b", "AID")))
        other = next(one.id for one in LEADS.parties if one.id != first.delegate)
        p = self.functions(LEADS, first, attrs.evolve(last, delegate=other))
        (finding,) = ask(one_authority, p)
        assert "functions['b'].delegate" == finding.where
        assert finding.what.startswith(f"'Aid' of {first.delegator!r} is delegated to ")


class TestCompliedWith:
    @pytest.mark.parametrize(
        ("progress", "expected"),
        [
            (None, "pass"),
            ("not begun", "pass"),
            ("in progress", "pass"),
            ("completed", "pass"),
            ("refused", "fail"),
            (UNKNOWN, "cannot tell"),
        ],
    )
    def test_progress(self, progress, expected):
        """Only a refusal is a breach."""
        assert expected == ask(complied_with, small(direction(progress=progress))).outcome

    def test_by_whom(self):
        """Whoever refused is named, where it is known who was directed."""
        (finding,) = ask(complied_with, small(direction(progress="refused", given_to=None)))
        assert "refused by whoever was directed" == finding.what

    def test_draft(self):
        """Nobody can refuse a draft."""
        assert [] == list(PER_DIRECTION[complied_with.id](P, direction("D-2")))


class TestServiceChanges:
    def change(self, **fields):
        whole = {"id": "closed", "function": "district-nursing", "made_by": NHS, "on": "2026-06-01", "direction": "D-1"}
        return ServiceChange(**{**whole, **fields})

    @pytest.mark.parametrize(
        ("change", "drafted", "expected"),
        [
            ({}, {}, "pass"),
            ({"on": "2026-04-01"}, {}, "pass"),
            ({"on": "2026-03-31"}, {}, "warn"),
            ({"on": "2026-03-31"}, {"issued_on": "2026-03-31"}, "pass"),
            ({"on": "2026-11-23", "direction": None}, {}, "pass"),
            ({"on": "2026-11-22", "direction": None}, {}, "warn"),
            ({"direction": UNKNOWN}, {}, "cannot tell"),
            ({"direction": "D-9"}, {}, "warn"),
            ({"made_by": COUNCIL}, {}, "warn"),
            ({"made_by": COUNCIL}, {"given_to": Listing.partial(NHS)}, "cannot tell"),
            ({"function": "frailty"}, {}, "warn"),
            ({"function": "frailty"}, {"functions": Listing.partial("district-nursing")}, "cannot tell"),
            ({"function": "frailty"}, {"words": "and what goes with it"}, "cannot tell"),
            ({}, {"effective_from": UNKNOWN}, "cannot tell"),
            ({}, {"effective_from": None}, "warn"),
        ],
    )
    def test_behind(self, change, drafted, expected):
        """A change needs a direction for its function, to whoever made it, issued by that day."""
        p = small(direction(**drafted), service_changes=[self.change(**change)])
        assert expected == ask(change_has_direction, p).outcome

    def test_known_in_part(self):
        """A direction that is not in a register known in part may be behind a change, and changes may be missing."""
        p = small(complete=False, service_changes=[self.change()])
        assert [("cannot tell", "service_changes['closed']")] == told(change_has_direction, p)
        assert [("cannot tell", "service_changes")] == told(change_has_direction, P.evolve(service_changes=UNKNOWN))

    def test_mend(self):
        """A change without a direction is to have one, or to be undone."""
        (finding,) = ask(change_has_direction, small(direction(), service_changes=[self.change(direction=None)]))
        assert "give a direction for the change, or undo it" == finding.mend
