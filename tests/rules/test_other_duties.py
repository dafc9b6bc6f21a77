"""Chief social work officers, guidance, cooperation, and what Ministers direct."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.evidence import Evidence
from scotintegration.examples import EXAMPLES, example
from scotintegration.ministers import MinistersDirection
from scotintegration.officers import ChiefSocialWorkOfficer, Holder
from scotintegration.rules import ask
from scotintegration.rules.other_duties import (
    chief_social_work_officers,
    cooperation,
    default_power,
    ethical_commissioning,
    information_sharing,
    ministers_directions,
    officers_of_partners,
    regard_to_guidance,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
JOINT = example("joint-board")
COUNCIL = "strathallan-council"
MINE = (chief_social_work_officers, regard_to_guidance)
POST = "posts['chief-social-work-officer']"


def posted(*holders, complete=True):
    """Give a council a post and whoever held it."""
    return P.evolve(
        posts=[ChiefSocialWorkOfficer("chief-social-work-officer", body=COUNCIL, holders=Listing(holders, complete))]
    )


def holder(person="A", by=COUNCIL, start="2020-01-01", until=None):
    """Put somebody in a post."""
    return Holder(person=person, appointed_by=by, start=start, until=until)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestChiefSocialWorkOfficers:
    @pytest.mark.parametrize(
        ("expected", "by"),
        [("pass", COUNCIL), ("fail", P.id), ("fail", "nhs-glenmore"), ("fail", None), ("cannot tell", UNKNOWN)],
    )
    def test_appointed(self, expected, by):
        """A council appoints its own officer."""
        assert expected == ask(chief_social_work_officers, posted(holder(by=by))).outcome

    def test_last_day(self):
        """An officer is in post on the last day, and the post is vacant the day after."""
        p = posted(holder(until="2026-11-22"), holder("B", start="2026-12-01"))
        assert "pass" == told(chief_social_work_officers, p)
        (finding,) = ask(chief_social_work_officers, p.at("2026-11-23"))
        assert "fail" == finding.outcome
        assert POST == finding.where
        assert (("A", "left on 2026-11-22"), ("B", "begins on 2026-12-01")) == finding.considered

    def test_unnamed(self):
        """Of somebody whose name nobody recorded it is said so."""
        (finding,) = ask(chief_social_work_officers, posted(holder(UNKNOWN, by=P.id)))
        assert finding.what.startswith("somebody unnamed was appointed by")
        (open_,) = ask(chief_social_work_officers, posted(holder(UNKNOWN, by=UNKNOWN)))
        assert "who appointed somebody unnamed" == open_.what
        gone = posted(holder(UNKNOWN, until="2026-11-21"), holder(UNKNOWN, start="2026-12-01"))
        (vacant,) = ask(chief_social_work_officers, gone)
        assert {"somebody unnamed"} == {name for name, _ in vacant.considered}

    def test_no_post(self):
        """A council without the post has no officer."""
        assert [("fail", "posts")] == told(chief_social_work_officers, P.evolve(posts=()))

    def test_every_council(self):
        """Each council of several has its own."""
        posts = [one for one in JOINT.posts if one.body != "dunmorrow-council"]
        (finding,) = ask(chief_social_work_officers, JOINT.evolve(posts=posts))
        assert finding.what.startswith("Dunmorrow Council has no chief social work officer")

    def test_cannot_tell(self):
        """Posts and holders may be known in part."""
        assert [("cannot tell", "posts")] == told(chief_social_work_officers, P.evolve(posts=UNKNOWN))
        assert [("cannot tell", POST)] == told(chief_social_work_officers, posted(complete=False))


class TestGuidance:
    def recorded(self, *records):
        """Give a partnership these records and no others of the duty."""
        return P.evolve(evidence=[Evidence(duty="PBJW-s53-guidance", **record) for record in records])

    @given(st.lists(st.tuples(st.dates(max_value=P.as_at), st.booleans()), min_size=1, unique_by=lambda one: one[0]))
    def test_latest(self, records):
        """The latest record speaks."""
        _, met = max(records)
        p = self.recorded(*({"on": on, "met": kept} for on, kept in records))
        assert ("pass" if met else "fail") == ask(regard_to_guidance, p).outcome

    @pytest.mark.parametrize(
        ("expected", "record"),
        [
            ("pass", {"met": True}),
            ("fail", {"met": False}),
            ("fail", {"met": None}),
            ("cannot tell", {"met": UNKNOWN}),
            ("cannot tell", {"met": True, "on": "2026-11-23"}),
            ("pass", {"met": True, "on": "2026-11-22"}),
        ],
    )
    def test_record(self, expected, record):
        """A record of the day or before it speaks, one to come does not."""
        assert expected == ask(regard_to_guidance, self.recorded(record)).outcome

    def test_no_record(self):
        """Without a record of this duty nothing can be told."""
        others = [Evidence(duty="PBJW-s8-publish", met=True)]
        for evidence in ((), UNKNOWN, others):
            assert [("cannot tell", "evidence")] == told(regard_to_guidance, P.evolve(evidence=evidence))

    def test_dated_before_undated(self):
        """A record with a day comes after one without."""
        p = self.recorded({"met": False, "on": "2025-01-01"}, {"met": True})
        assert [("fail", "evidence")] == told(regard_to_guidance, p)


class TestAll:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    def test_days(self):
        """Guidance was to be regarded from 2 April 2014; officers are asked about from 22 September 2014."""
        assert "not applicable" == told(regard_to_guidance, P.at("2014-04-01"))
        assert "not applicable" != told(regard_to_guidance, P.at("2014-04-02"))
        assert "not applicable" == told(chief_social_work_officers, P.at("2014-09-21"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}


def directed(*directions, body="ijb", complete=True):
    """Let Ministers have directed one body."""
    told = Listing(directions, complete=complete)
    if body == "local_authorities":
        return P.evolve(local_authorities=[attrs.evolve(P.local_authorities[0], ministers_directions=told)])
    p = P.evolve(ijb=attrs.evolve(P.ijb, ministers_directions=()))
    return p.evolve(**{body: attrs.evolve(getattr(p, body), ministers_directions=told)})


class TestMinisters:
    @pytest.mark.parametrize(
        ("body", "where"),
        [
            ("ijb", "ijb.ministers_directions"),
            ("health_board", "health_board.ministers_directions"),
            ("local_authorities", f"local_authorities[{COUNCIL!r}].ministers_directions"),
        ],
    )
    def test_each_body(self, body, where):
        """A direction binds whichever body it was given to, and there may be others that nobody recorded."""
        late = MinistersDirection(about="report delays", in_writing=True, due_on="2026-06-30", done_on=None)
        expected = [("fail", where), ("cannot tell", where)]
        assert expected == told(ministers_directions, directed(late, body=body, complete=False))

    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ("fail", {}),
            ("fail", {"due_on": "2026-11-21"}),
            ("pass", {"due_on": "2026-11-22"}),
            ("pass", {"due_on": None}),
            ("cannot tell", {"due_on": UNKNOWN}),
            ("pass", {"done_on": "2026-11-22"}),
            ("fail", {"done_on": "2026-11-23"}),
            ("cannot tell", {"done_on": UNKNOWN}),
            ("pass", {"in_writing": False}),
            ("cannot tell", {"in_writing": UNKNOWN}),
            ("pass", {"in_writing": UNKNOWN, "done_on": "2026-05-01"}),
            ("pass", {"due_on": UNKNOWN, "done_on": "2026-05-01"}),
        ],
        ids=str,
    )
    def test_done(self, expected, facts):
        """What was directed in writing is amiss from the day after its last day until it is done."""
        facts = {"about": "report delays", "in_writing": True, "due_on": "2026-06-30", "done_on": None, **facts}
        assert expected == ask(ministers_directions, directed(MinistersDirection(**facts))).outcome

    def test_lead_agencies(self):
        """Where there is no board the two bodies are looked at."""
        assert "pass" == told(ministers_directions, example("lead-agency-to-board"))

    def test_unknown(self):
        """What is not recorded of one direction hides no breach of another."""
        unsure, late = (
            MinistersDirection(about="report delays", in_writing=written, due_on="2026-06-30", done_on=None)
            for written in (UNKNOWN, True)
        )
        where = "ijb.ministers_directions"
        assert [("cannot tell", where), ("fail", where)] == told(ministers_directions, directed(unsure, late))


class TestCooperation:
    def test_scheme(self):
        """The duty is for councils that share a Health Board with others."""
        apart = cooperation.failing()
        assert [("fail", "evidence")] == told(cooperation, apart)
        alone = apart.evolve(scheme=attrs.evolve(apart.scheme, basis="s.1(2)"))
        assert "pass" == told(cooperation, alone)

    def test_unknown(self):
        """Without a record nobody can tell."""
        assert [("cannot tell", "evidence")] == told(cooperation, example("large-hospital").evolve(evidence=()))


class TestEthical:
    def test_in_force(self):
        """The section began on 7 January 2026, and without a record nobody can tell."""
        assert "not applicable" == told(ethical_commissioning, P.at("2026-01-06"))
        assert "pass" == told(ethical_commissioning, P.at("2026-01-07"))
        assert [("cannot tell", "evidence")] == told(ethical_commissioning, P.evolve(evidence=()))


class TestMore:
    MINE = (cooperation, ethical_commissioning, ministers_directions)
    MAY = (default_power, information_sharing, officers_of_partners)

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it; of real areas nothing is known."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome
        found = {ask(rule, p).outcome.value for p in scotland().partnerships}
        assert "cannot tell" in found
        assert found <= ({"cannot tell", "pass"} if rule is cooperation else {"cannot tell"})

    @pytest.mark.parametrize("rule", MAY, ids=lambda rule: rule.id)
    def test_permissions(self, rule):
        """What the law allows is never amiss."""
        assert {"pass", "not applicable"} >= {told(rule, example(name)) for name in EXAMPLES}
        assert None is rule.failing()
