"""The monitoring committee of a lead agency: when it was set up, who sits on it and how it meets."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import EXAMPLES, example
from scotintegration.meetings import Meeting, Vote
from scotintegration.officers import ChairPeriod, Member
from scotintegration.rules import ask
from scotintegration.rules.lead_agency import (
    casting_vote,
    chair,
    finance_officers,
    health_board_nominees,
    joint_board_needs_no_committee,
    nominees,
    quorum,
    set_up_before,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("lead-agency-both-ways")
BOARD = example("body-corporate")
NONE = P.evolve(monitoring_committee=None, members=(), chairs=(), meetings=())
IJMC, NHS, COUNCIL = "ardlarich-ijmc", "nhs-ardlarich", "ardlarich-council"
MINE = (
    chair,
    finance_officers,
    health_board_nominees,
    joint_board_needs_no_committee,
    nominees,
    quorum,
    set_up_before,
)
OF_THE_ORDER = (chair, finance_officers, health_board_nominees, nominees, quorum)


def member(id, route, **fields):
    """Seat a member for as long as anybody knows."""
    usual = {"board": IJMC, "start": None, "is_ned": route == "health-board", "is_hb_member": route == "health-board"}
    return Member(id=id, route=route, **{**usual, "is_councillor": route == "local-authority", **fields})


def seated(*, councillors=4, directors=4, others=(), complete=True, shortfall=False):
    """Seat councillors, non-executive directors and others."""
    members = [member(f"la-{number}", "local-authority") for number in range(councillors)]
    members += [member(f"hb-{number}", "health-board") for number in range(directors)]
    committee = attrs.evolve(P.monitoring_committee, ned_shortfall=shortfall)
    return P.evolve(
        members=Listing((*members, *others), complete), chairs=(), meetings=(), monitoring_committee=committee
    )


def committee(p=P, **changes):
    """Change the committee."""
    return p.evolve(monitoring_committee=attrs.evolve(p.monitoring_committee, **changes))


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def outcome(rule, p):
    """Give the outcome alone."""
    return str(ask(rule, p).outcome)


class TestSetUpBefore:
    where = "monitoring_committee.established_on"

    @given(st.dates())
    def test_before(self, day):
        """The committee is there before the day functions pass."""
        passed = P.scheme.delegated_on
        expected = "pass" if day < passed else [("fail", self.where)]
        assert expected == told(set_up_before, committee(established_on=day))

    def test_none(self):
        """Without a committee, or one that was never set up, functions could not pass."""
        assert [("fail", "monitoring_committee")] == told(set_up_before, NONE)
        assert [("fail", self.where)] == told(set_up_before, committee(established_on=None))

    def test_not_yet(self):
        """Until functions pass there need be no committee; when they pass has to be known."""
        for day, expected in (("2026-11-23", "pass"), (None, "pass"), ("2026-11-22", "fail"), (UNKNOWN, "cannot tell")):
            p = NONE.evolve(scheme=attrs.evolve(P.scheme, delegated_on=day))
            assert expected == outcome(set_up_before, p)

    def test_together(self):
        """Both sides set it up together."""
        where = "monitoring_committee.established_jointly"
        for jointly, expected in ((False, "fail"), (None, "fail"), (UNKNOWN, "cannot tell")):
            assert [(expected, where)] == told(set_up_before, committee(established_jointly=jointly))

    def test_cannot_tell(self):
        """The day it was set up has to be known."""
        assert [("cannot tell", self.where)] == told(set_up_before, committee(established_on=UNKNOWN))

    def test_boards(self):
        """A board has no such committee, and one beside it is odd."""
        assert "not applicable" == told(set_up_before, BOARD)
        assert "pass" == told(joint_board_needs_no_committee, BOARD)
        assert "pass" == told(joint_board_needs_no_committee, P)
        beside = BOARD.evolve(monitoring_committee=P.monitoring_committee)
        assert [("fail", "monitoring_committee")] == told(joint_board_needs_no_committee, beside)
        unclear = beside.evolve(scheme=attrs.evolve(BOARD.scheme, models="a+c"))
        assert "cannot tell" == outcome(joint_board_needs_no_committee, unclear)


class TestMembers:
    @given(st.integers(0, 5), st.integers(0, 5))
    def test_three(self, councillors, directors):
        """Each side has three or more; the sides need not be equal."""
        p = seated(councillors=councillors, directors=directors)
        assert [councillors < 3, directors < 3].count(True) == len(ask(nominees, p).findings)

    def test_known_in_part(self):
        """Three known members are enough, fewer cannot be told."""
        assert "pass" == told(nominees, seated(councillors=3, directors=3, complete=False))
        assert [("cannot tell", "members")] == told(nominees, seated(councillors=2, complete=False))

    def test_last_day(self):
        """A member sits on the last day of a term, and not on the day after."""
        p = seated(councillors=2, others=[member("la-9", "local-authority", until="2026-11-22")])
        assert "pass" == told(nominees, p)
        assert [("fail", "members")] == told(nominees, p.at("2026-11-23"))

    def test_other_boards(self):
        """Members of another board do not count."""
        stranger = member("la-9", "local-authority", board=COUNCIL)
        assert [("fail", "members")] == told(nominees, seated(councillors=2, others=[stranger]))

    def test_joint_schemes(self):
        """Joint schemes have another rule."""
        joint = P.evolve(scheme=attrs.evolve(P.scheme, basis="s.2(4)"))
        assert "not applicable" == told(nominees, joint)

    @pytest.mark.parametrize("model", ["b", "c", "d"])
    def test_finance(self, model):
        """Whoever leads has its finance officer on the committee."""
        needed = {"b": {"health-board-director-of-finance"}, "c": {"section-95-officer"}}
        needed["d"] = needed["b"] | needed["c"]
        scheme = attrs.evolve(P.scheme, models=model)
        for routes in ([], ["section-95-officer"], ["section-95-officer", "health-board-director-of-finance"]):
            p = seated(others=[member(one, one) for one in routes]).evolve(scheme=scheme)
            assert len(needed[model] - set(routes)) == len(ask(finance_officers, p).findings)

    def test_finance_in_part(self):
        """An officer not recorded may sit all the same."""
        officer = member("officer", "section-95-officer")
        assert [("cannot tell", "members")] == told(finance_officers, seated(others=[officer], complete=False))

    def test_mend(self):
        """A mend says how many more are to be nominated."""
        (finding,) = ask(nominees, seated(councillors=2))
        assert "nominate 1 more" == finding.mend


class TestHealthBoardNominees:
    @given(st.integers(0, 4), st.integers(0, 4))
    def test_shortfall(self, directors, stand_ins):
        """Where directors are lacking two are enough, with other members of the Health Board beside them."""
        others = [member(f"x-{number}", "health-board", is_ned=False) for number in range(stand_ins)]
        p = seated(directors=directors, others=others, shortfall=True)
        assert ("fail" if stand_ins and directors < 2 else "pass") == outcome(health_board_nominees, p)
        assert ("fail" if stand_ins else "pass") == outcome(health_board_nominees, committee(p, ned_shortfall=False))

    @pytest.mark.parametrize(
        ("expected", "fields"),
        [
            ("pass", {}),
            ("fail", {"is_councillor": True}),
            ("fail", {"is_hb_member": False}),
            ("fail", {"is_hb_member": None}),
            ("cannot tell", {"is_councillor": UNKNOWN}),
            ("cannot tell", {"is_hb_member": UNKNOWN}),
        ],
    )
    @pytest.mark.parametrize("is_ned", [False, UNKNOWN])
    def test_stand_in(self, expected, fields, is_ned):
        """Who stands in for a director is a member of the Health Board and no councillor."""
        one = member("x", "health-board", **{"is_ned": is_ned, **fields})
        wanted = expected if is_ned is False or expected == "pass" else "cannot tell"
        assert wanted == outcome(health_board_nominees, seated(directors=2, others=[one], shortfall=True))

    def test_sure_in_spite_of_gaps(self):
        """A councillor may not stand in, whether or not directors are lacking."""
        one = member("x", "health-board", is_ned=False, is_councillor=True)
        assert [("fail", "members['x']")] == told(
            health_board_nominees, seated(directors=2, others=[one], shortfall=UNKNOWN)
        )
        two = member("y", "health-board", is_ned=False)
        assert [("cannot tell", "members['y']")] == told(
            health_board_nominees, seated(directors=2, others=[two], shortfall=UNKNOWN)
        )

    def test_too_few_known(self):
        """Too few directors for certain fail, and perhaps too few cannot be told."""
        stand_in = member("x", "health-board", is_ned=False)
        unsure = member("y", "health-board", is_ned=UNKNOWN)
        p = seated(directors=0, others=[stand_in, unsure], shortfall=True)
        assert ["fail", "cannot tell"] == [said for said, _ in told(health_board_nominees, p)]
        p = seated(directors=1, others=[stand_in, unsure], shortfall=True)
        assert [("cannot tell", "members['y'].is_ned")] == told(health_board_nominees, p)

    def test_known_in_part(self):
        """A list of members known in part leaves the rest open."""
        assert [("cannot tell", "members")] == told(health_board_nominees, seated(complete=False))


class TestChair:
    def chaired(self, member="la-0", appointed_by=(NHS, COUNCIL), complete=True, **fields):
        """Put a member in the chair."""
        period = ChairPeriod(
            id="chair", board=IJMC, office="chair", member=member, appointed_by=appointed_by, start=None, **fields
        )
        others = [Member(id="user", board=IJMC, route="service-user", start=None)]
        return seated(others=others, complete=complete).evolve(chairs=[attrs.evolve(period, until=None)])

    by, who = "chairs['chair'].appointed_by", "chairs['chair'].member"

    def test_nominated(self):
        """A nominee of either side may take the chair, and nobody else."""
        for one, expected in (("la-0", "pass"), ("hb-3", "pass"), ("user", "fail"), ("nobody", "fail"), (None, "fail")):
            assert expected == outcome(chair, self.chaired(one))

    def test_still_a_member(self):
        """A nominee whose term is over is in the chair no longer."""
        p = self.chaired()
        ended = [attrs.evolve(one, until="2026-11-21") if one.id == "la-0" else one for one in p.members]
        assert [("fail", self.who)] == told(chair, p.evolve(members=ended))

    def test_together(self):
        """Both sides appoint the chair."""
        for by, expected in (([NHS], "fail"), ((), "fail"), (UNKNOWN, "cannot tell")):
            assert [(expected, self.by)] == told(chair, self.chaired(appointed_by=by))

    def test_nobody(self):
        """Somebody is in the chair."""
        assert [("fail", "chairs")] == told(chair, seated())
        assert "cannot tell" == outcome(chair, seated().evolve(chairs=UNKNOWN))

    def test_cannot_tell(self):
        """Who is in the chair, and how they sit, has to be known; how a user sits is known for certain."""
        assert [("cannot tell", self.who)] == told(chair, self.chaired(UNKNOWN))
        assert [("cannot tell", self.who)] == told(chair, self.chaired("somebody", complete=False))
        assert [("fail", self.who)] == told(chair, self.chaired("user", complete=False))


class TestQuorum:
    where = "meetings['m'].present"

    def met(self, *present, on="2026-11-18", p=None, board=IJMC):
        """Hold a meeting."""
        attended = present[0] if len(present) == 1 and isinstance(present[0], Listing) else present
        return (seated() if p is None else p).evolve(meetings=[Meeting(id="m", board=board, on=on, present=attended)])

    @given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
    def test_half(self, councillors, directors, came, more):
        """Half of the nominated members make a quorum; others present do not count."""
        p = seated(councillors=councillors, directors=directors, others=[member("user", "service-user")])
        present = [f"la-{number}" for number in range(min(came, councillors))]
        present += [f"hb-{number}" for number in range(min(more, directors))]
        enough = 2 * len(present) >= councillors + directors
        assert ("pass" if enough else "fail") == outcome(quorum, self.met("user", *present, p=p))

    def test_rulebook(self):
        """Three of six are a quorum, two are not."""
        p = seated(councillors=3, directors=3)
        assert "pass" == told(quorum, self.met("la-0", "la-1", "hb-0", p=p))
        (finding,) = ask(quorum, self.met("la-0", "la-1", p=p))
        assert "2 of 6 nominated members present" == finding.what
        assert "take the business again with 3 of them or more" == finding.mend

    def test_other_meetings(self):
        """Meetings to come, and those of another board, are not judged."""
        assert [("fail", self.where)] == told(quorum, self.met("la-0", on="2026-11-22"))
        assert "pass" == told(quorum, self.met("la-0", on="2026-11-23"))
        assert "pass" == told(quorum, self.met("la-0", board=COUNCIL))

    def test_members_then(self):
        """Who counts is who sat on the day of the meeting."""
        p = seated(councillors=0, directors=2, others=[member("hb-9", "health-board", until="2026-11-17")])
        assert "pass" == told(quorum, self.met("hb-0", p=p))
        assert [("fail", self.where)] == told(quorum, self.met("user", on="2026-11-17", p=p))

    def test_cannot_tell(self):
        """Attendance or membership known in part cannot be told, too few for certain fail."""
        some = Listing.partial("la-0")
        assert [("cannot tell", self.where)] == told(quorum, self.met(some))
        assert [("cannot tell", self.where)] == told(quorum, self.met(Listing((), complete=False)))
        part = seated(complete=False)
        assert [("fail", self.where)] == told(quorum, self.met("la-0", p=part))
        assert [("cannot tell", self.where)] == told(quorum, self.met("la-0", "a", "b", "c", p=part))
        assert [("cannot tell", self.where)] == told(quorum, self.met("la-0", "la-1", "hb-0", "hb-1", p=part))
        assert [("cannot tell", "meetings")] == told(quorum, seated().evolve(meetings=UNKNOWN))

    def test_start_not_recorded(self):
        """A member whose term began on a day not recorded may not have sat then."""
        vague = [member(f"x-{number}", "health-board", start=UNKNOWN) for number in range(9)]
        p = seated(others=vague)
        assert [("fail", self.where)] == told(quorum, self.met("la-0", p=p))
        assert [("cannot tell", self.where)] == told(quorum, self.met("la-0", "la-1", "hb-0", "hb-1", p=p))
        assert [("cannot tell", self.where)] == told(quorum, self.met("la-0", "x-1", p=p))

    def test_no_committee(self):
        """Where there is no committee none of its meetings is missing."""
        assert "pass" == told(quorum, NONE.evolve(meetings=UNKNOWN))


class TestCastingVote:
    def test_tie(self):
        """A tie that whoever presides resolves by a casting vote breaks nothing here."""
        vote = Vote(
            about="a report", votes_for=["la-0"], votes_against=["hb-0"], carried=True, tie_resolved_by="casting vote"
        )
        meeting = Meeting(id="m", board=IJMC, on="2026-11-18", present=["la-0", "hb-0"], presiding="la-0", votes=[vote])
        assert "pass" == told(casting_vote, seated().evolve(meetings=[meeting]))
        assert "not applicable" == told(casting_vote, BOARD)


class TestAll:
    @pytest.mark.parametrize("rule", OF_THE_ORDER, ids=lambda rule: rule.id)
    def test_no_committee(self, rule):
        """Where there is no committee that is what is wrong, and no more is said about who sits on it."""
        assert "pass" == told(rule, NONE)

    @pytest.mark.parametrize("rule", OF_THE_ORDER, ids=lambda rule: rule.id)
    def test_days(self, rule):
        """The Order came into force on 28 November 2014, and is about lead agencies."""
        early = P.evolve(monitoring_committee=attrs.evolve(P.monitoring_committee, established_on="2014-11-01"))
        assert "not applicable" == told(rule, early.at("2014-11-27"))
        assert "not applicable" != told(rule, early.at("2014-11-28"))

    @pytest.mark.parametrize("rule", OF_THE_ORDER, ids=lambda rule: rule.id)
    def test_to_be_set_up(self, rule):
        """Nothing is asked of a committee before the day it is set up."""
        day = P.monitoring_committee.established_on
        assert "not applicable" == told(rule, P.at(day - timedelta(days=1)))
        assert "not applicable" != told(rule, P.at(day))
        assert "not applicable" == told(rule, BOARD)

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == outcome(rule, rule.failing())

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules, as one term follows another too."""
        for day in ("2024-04-01", "2025-05-23", "2025-05-24", "2027-05-06", "2028-03-31"):
            assert outcome(rule, example(name, as_at=day)) in ("pass", "not applicable")

    @pytest.mark.parametrize("rule", OF_THE_ORDER, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules."""
        assert {outcome(rule, p) for p in scotland("2026-11-22").partnerships} <= {"cannot tell", "not applicable"}
