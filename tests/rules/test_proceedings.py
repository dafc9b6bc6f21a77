"""Meetings of boards: quorum, majorities, ties and notice."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import example
from scotintegration.law import Law
from scotintegration.meetings import Meeting, Proxy, StandingOrders, Vote
from scotintegration.officers import Member, Route
from scotintegration.rules import check
from scotintegration.unknown import UNKNOWN, Listing

QUORUM = "IJBO-sch3-quorum"
MAJORITY = "IJBO-a11-majority"
CASTING = "IJBO-a18-no-casting"
NOTICE = "IJBO-sch2-notice"
BOARD = "strathallan-ijb"
AUGUST, OCTOBER = "2026-08-12", "2026-10-14"


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule].outcome.value


def findings(rule, p):
    """Give what one rule finds."""
    return check(p, rules=[rule])[rule].findings


def people(route, number, **facts):
    """Make members of one route."""
    return [
        Member(id=f"{route.name.lower()}-{one}", board=BOARD, route=route, **{"start": "2025-01-01", **facts})
        for one in range(1, number + 1)
    ]


COMMON = (
    *people(Route.LA, 4),
    *people(Route.HB, 4),
    *(one for route in (Route.THIRD, Route.USER, Route.CARER, Route.STAFF, Route.CO) for one in people(route, 1)),
)
EVERYBODY = [one.id for one in COMMON]
NOMINEES = [one.id for one in COMMON if one.route in (Route.LA, Route.HB)]
LIVED = [one.id for one in COMMON if one.route in (Route.THIRD, Route.USER, Route.CARER)]


def met(*meetings, members=COMMON, members_complete=True, complete=True, **fields):
    """Let a board of four a side have met."""
    return example("body-corporate").evolve(
        members=Listing(members, complete=members_complete), meetings=Listing(meetings, complete=complete), **fields
    )


def meeting(on=OCTOBER, *, board=BOARD, **facts):
    """Make a meeting."""
    return Meeting(id=str(on), board=board, on=on, **facts)


class TestQuorum:
    @given(sides=st.integers(0, 8), lived=st.integers(0, 3), present=st.data())
    def test_half(self, sides, lived, present):
        """Half of those who vote in law are enough, by the law of the day of the meeting."""
        members = [
            *people(Route.LA, sides),
            *people(Route.HB, sides),
            *people(Route.USER, lived),
            *people(Route.STAFF, 2),
        ]
        here = present.draw(st.lists(st.sampled_from([one.id for one in members]), unique=True))
        for on, routes in ((AUGUST, "lh"), (OCTOBER, "lhu")):
            voters = {one.id for one in members if one.id[0] in routes}
            p = met(meeting(on, present=here), members=members)
            assert ("pass" if 2 * len(voters & set(here)) >= len(voters) else "fail") == outcome(QUORUM, p)

    def test_law_of_its_day(self):
        """Four of eight are a quorum in August 2026, and no longer in October, when eleven vote."""
        meetings = [meeting(on, present=NOMINEES[:4]) for on in (AUGUST, OCTOBER)]
        (finding,) = findings(QUORUM, met(*meetings))
        assert "4 of 11 voting members present, 6 needed on 2026-10-14" == finding.what

    @pytest.mark.parametrize(("here", "expected"), [(10, "pass"), (9, "fail")])
    def test_rulebook(self, here, expected):
        """Ten of nineteen are enough and nine are not."""
        members = [*people(Route.LA, 8), *people(Route.HB, 8), *people(Route.CARER, 3)]
        p = met(meeting(present=[one.id for one in members[:here]]), members=members)
        assert expected == outcome(QUORUM, p)

    def test_people_in_post(self):
        """An empty seat is not counted: three of six in post are enough where eight seats are to be filled."""
        members = [*people(Route.LA, 4, until="2026-06-30")[:2], *people(Route.LA, 4)[2:], *people(Route.HB, 4)]
        p = met(meeting(AUGUST, present=["la-3", "hb-1", "hb-2"]), members=members)
        assert "pass" == outcome(QUORUM, p)

    def test_others_present(self):
        """Whoever attends without a vote helps no quorum, and is named."""
        (finding,) = findings(QUORUM, met(meeting(AUGUST, present=[*NOMINEES[:3], *LIVED, "guest"])))
        why = "not a voting member that day"
        assert tuple((id, why) for id in sorted([*LIVED, "guest"])) == finding.considered

    def test_days(self):
        """A meeting to come, one of another body and one from before the Order are not looked at."""
        empty = {"present": ()}
        p = met(meeting("2026-11-23", **empty), meeting(board="audit", **empty), meeting("2014-11-27", **empty))
        assert "pass" == outcome(QUORUM, p)
        assert "fail" == outcome(QUORUM, p.at("2026-11-23"))

    @pytest.mark.parametrize(
        ("present", "whole_list", "whole_board", "expected"),
        [
            (NOMINEES[:6], False, True, "pass"),
            (NOMINEES[:5], False, True, "cannot tell"),
            (NOMINEES[:5], True, True, "fail"),
            (NOMINEES[:5], True, False, "fail"),
            ([*NOMINEES[:5], "unheard-of"], True, False, "cannot tell"),
            ([*NOMINEES[:5], "unheard-of"], True, True, "fail"),
            (NOMINEES, True, False, "cannot tell"),
        ],
    )
    def test_gaps(self, present, whole_list, whole_board, expected):
        """What is known decides where it can."""
        p = met(meeting(present=Listing(present, complete=whole_list)), members_complete=whole_board)
        assert expected == outcome(QUORUM, p)

    def test_more_meetings(self):
        """A meeting without a quorum is one, however many others nobody recorded."""
        assert "fail" == outcome(QUORUM, met(meeting(present=NOMINEES[:5]), complete=False))
        assert "cannot tell" == outcome(QUORUM, met(meeting(present=NOMINEES), complete=False))

    @pytest.mark.parametrize("rule", [QUORUM, MAJORITY, CASTING, NOTICE])
    def test_other_meetings(self, rule):
        """Where meetings are known in part there may be others."""
        assert "cannot tell" == outcome(rule, met(complete=False))
        assert "pass" == outcome(rule, met())


class TestMajority:
    def voted(self, votes_for, votes_against, carried, on=OCTOBER, **facts):
        """Put one thing to the vote."""
        vote = Vote(about="it", votes_for=votes_for, votes_against=votes_against, carried=carried)
        here = [*EVERYBODY, *(id for id in votes_for if id not in EVERYBODY)]
        return met(meeting(on, votes=[vote], present=here), **facts)

    @given(yes=st.integers(0, 8), no=st.integers(0, 8), carried=st.booleans())
    def test_more_for_than_against(self, yes, no, carried):
        """A vote is carried if and only if more are for it than against it."""
        votes_for, votes_against = NOMINEES[:yes], NOMINEES[::-1][: min(no, 8 - yes)]
        lawful = len(votes_for) > len(votes_against)
        p = self.voted(votes_for, votes_against, carried)
        assert ("pass" if lawful is carried else "fail") == outcome(MAJORITY, p)

    @pytest.mark.parametrize("on", [AUGUST, OCTOBER])
    def test_tie(self, on):
        """Four to four is not carried, in August 2026 or in October."""
        four, others = NOMINEES[:4], NOMINEES[4:]
        assert ("fail", "pass") == tuple(
            outcome(MAJORITY, self.voted(four, others, carried, on)) for carried in (True, False)
        )

    @pytest.mark.parametrize("carer", LIVED)
    def test_lived_experience(self, carer):
        """A tie is broken by a member of the three groups from 1 September 2026, and not by anybody before."""
        votes_for, votes_against = [*NOMINEES[:4], carer], NOMINEES[4:]
        outcomes = {on: outcome(MAJORITY, self.voted(votes_for, votes_against, True, on)) for on in (AUGUST, OCTOBER)}
        assert {AUGUST: "fail", OCTOBER: "pass"} == outcomes
        (finding,) = findings(MAJORITY, self.voted(votes_for, votes_against, True, AUGUST))
        assert ((carer, "not a voting member that day"),) == finding.considered

    def test_no_vote(self):
        """Staff, officers and people out of office do not count, whatever the day."""
        void = ["staff-1", "co-1", "stranger"]
        (finding,) = findings(MAJORITY, self.voted([*NOMINEES[:3], *void], NOMINEES[4:], True))
        assert "'it': 3 for and 4 against on 2026-10-14, minuted as carried" == finding.what
        assert set(void) == {id for id, _ in finding.considered}

    def test_lost_though_carried(self):
        """A majority that is minuted as lost is a breach too."""
        (finding,) = findings(MAJORITY, self.voted(NOMINEES[:5], NOMINEES[5:], False))
        assert "minute it as carried, or put it to the vote again" == finding.mend

    @pytest.mark.parametrize(
        ("proxies", "whole_list", "expected"),
        [
            ([Proxy(of=NOMINEES[0], voted=True)], True, "pass"),
            ([Proxy(of=NOMINEES[0], voted=False)], True, "fail"),
            ([Proxy(of=NOMINEES[1], voted=True)], True, "fail"),
            ([], True, "fail"),
            ([Proxy(of=NOMINEES[0], voted=UNKNOWN)], True, "cannot tell"),
            (UNKNOWN, True, "cannot tell"),
            ([], False, "cannot tell"),
            ([Proxy(of=NOMINEES[0], voted=True)], False, "cannot tell"),
        ],
    )
    def test_absent(self, proxies, whole_list, expected):
        """A vote of a member who was away counts as that of a proxy who voted, and otherwise not at all."""
        vote = Vote(about="it", votes_for=NOMINEES[:4], votes_against=NOMINEES[4:7], carried=True)
        present = Listing(NOMINEES[1:] if whole_list else NOMINEES[2:], complete=whole_list)
        p = met(meeting(present=present, votes=[vote], proxies=proxies))
        assert expected == outcome(MAJORITY, p)
        if expected == "fail":
            (finding,) = findings(MAJORITY, p)
            assert "'it': 3 for and 3 against on 2026-10-14, minuted as carried" == finding.what
            assert ((NOMINEES[0], "neither there nor voted for by a proxy"),) == finding.considered

    @pytest.mark.parametrize(
        ("votes_for", "votes_against", "carried", "whole_board", "expected"),
        [
            (Listing.partial(*NOMINEES[:3]), NOMINEES[3:], True, True, "cannot tell"),
            (NOMINEES[:3], Listing.partial(*NOMINEES[3:]), True, True, "fail"),
            (Listing.partial(*NOMINEES[:5]), NOMINEES[5:], True, True, "pass"),
            (Listing.partial(*NOMINEES[:5]), NOMINEES[5:], False, True, "fail"),
            ([*NOMINEES[:4], "new"], NOMINEES[4:], True, False, "cannot tell"),
            ([*NOMINEES[:4], "new"], NOMINEES[4:], True, True, "fail"),
            ([*NOMINEES[:3], "new"], NOMINEES[4:], True, False, "fail"),
            (NOMINEES[:5], NOMINEES[5:], True, False, "pass"),
            (NOMINEES[:5], NOMINEES[5:], UNKNOWN, True, "cannot tell"),
        ],
    )
    def test_gaps(self, votes_for, votes_against, carried, whole_board, expected):
        """What is known decides where it can."""
        p = self.voted(votes_for, votes_against, carried, members_complete=whole_board)
        assert expected == outcome(MAJORITY, p)

    def test_more_votes(self):
        """A tie that was carried is a breach, whatever else was put to the vote."""
        tie = Vote(about="it", votes_for=NOMINEES[:4], votes_against=NOMINEES[4:], carried=True)
        assert "fail" == outcome(MAJORITY, met(meeting(votes=Listing.partial(tie), present=NOMINEES)))
        assert "cannot tell" == outcome(MAJORITY, met(meeting(votes=UNKNOWN)))


class TestNoCasting:
    def orders(self, mechanism):
        """Let standing orders resolve ties in some way."""
        return met(standing_orders=StandingOrders(board=BOARD, tie_mechanism=mechanism))

    @pytest.mark.parametrize(
        "words",
        [
            "casting vote",
            "the chair has a second vote",
            "The Chair casts",
            "Casting votes of the vice-chairs",
            "refer back, and failing that a casting vote",
            "no casting vote; the chair decides",
            "the chair decides",
            "The chair may decide",
            "the chair of the meeting decides",
            "chair's decision is final",
            "the chair\u2019s ruling",
            "The chairperson has the final say",
            "the chair will have the final say",
            "the chair is to have the deciding voice",
            "the decision rests with the chair",
            "it lies with the member presiding",
            "the chair rules on it",
            "the view of the chair prevails",
            "decided by the chair",
            "left to the convener",
            "the decision of the chair stands",
            "whoever presides determines it",
            "if there is no majority the chair resolves it",
        ],
    )
    def test_casting(self, words):
        """Words for a casting vote are found, and those by which the chair decides."""
        assert "fail" == outcome(CASTING, self.orders(words))

    @pytest.mark.parametrize(
        "words",
        [
            *(
                "refer back",
                "no member has a casting vote",
                "without a casting vote, the matter falls",
                "adjourn",
                "",
                None,
            ),
            *("the chair does not decide", "the chair adjourns", "the chairs of both authorities decide", "draw lots"),
            *("no member has the final say", "the chair under rule 4 adjourns", "the decision rests with Ministers"),
        ],
    )
    def test_other_ways(self, words):
        """Any other way is lawful, and so is saying that nobody casts."""
        assert "pass" == outcome(CASTING, self.orders(words))

    @pytest.mark.parametrize("words", ["the chair decides by lot", "decided by the chair at the next meeting"])
    def test_unclear(self, words):
        """Where a chair decides and another way is named too, nobody can tell which it is."""
        (finding,) = findings(CASTING, self.orders(words))
        assert f"whether by {words!r} one member decides is not recorded" == finding.what

    @pytest.mark.parametrize(("orders", "expected"), [(None, "pass"), (UNKNOWN, "cannot tell")])
    def test_none(self, orders, expected):
        """That there must be standing orders is for another rule."""
        assert expected == outcome(CASTING, met(standing_orders=orders))

    def test_not_recorded(self):
        """Where nobody recorded the way, nobody can tell."""
        assert "cannot tell" == outcome(CASTING, self.orders(UNKNOWN))

    @pytest.mark.parametrize(
        ("votes_for", "resolved", "expected"),
        [
            (4, "casting vote", "fail"),
            (4, "refer back", "pass"),
            (4, None, "pass"),
            (4, UNKNOWN, "cannot tell"),
            (5, UNKNOWN, "pass"),
            (3, UNKNOWN, "pass"),
            (5, "casting vote", "fail"),
            (4, "the chair decided", "fail"),
        ],
    )
    def test_votes(self, votes_for, resolved, expected):
        """How a vote was resolved matters only where it may have been a tie."""
        vote = Vote(
            about="it",
            votes_for=NOMINEES[:votes_for],
            votes_against=NOMINEES[votes_for:],
            carried=votes_for > 4,
            tie_resolved_by=resolved,
        )
        assert expected == outcome(CASTING, met(meeting(votes=[vote], present=NOMINEES)))

    def test_monitoring_committee(self):
        """The committee that watches over a lead agency does resolve ties so."""
        p = example("lead-agency-both-ways")
        assert "casting vote" == p.standing_orders.tie_mechanism
        assert "not applicable" == outcome(CASTING, p)


class TestLawOfAnotherDay:
    def test_votes(self):
        """Under the law that was asked for, votes count as they did under it."""
        p = example("body-corporate").at("2026-11-22")
        report = p.check(law_as_at="2026-08-31", rules=["IJBO-sch3-quorum"])
        assert report.law_as_at == date(2026, 8, 31)
        assert p.at("2026-11-22", law_as_at="2026-08-31").law is not None

    def test_same_day(self):
        """To name the day that the facts have anyway changes nothing; another day is that of every meeting."""
        p = met(meeting(AUGUST, present=NOMINEES[:4])).at("2026-11-22")
        assert "pass" == outcome(QUORUM, p)
        assert "pass" == p.check(rules=[QUORUM], law_as_at="2026-11-22")[QUORUM].outcome
        assert "fail" == p.check(rules=[QUORUM], law_as_at="2026-11-21")[QUORUM].outcome


class TestNotice:
    @given(days=st.integers(-3, 30))
    def test_clear_days(self, days):
        """Six days apart leave five clear; anything less is a warning, and nothing before the day is a breach."""
        p = met(meeting(notice_available_on=date.fromisoformat(OCTOBER) - timedelta(days=days)))
        assert ("pass" if days >= 6 else "warn" if days >= 1 else "fail") == outcome(NOTICE, p)

    def test_none(self):
        """A meeting of which nobody was told is a breach."""
        assert "fail" == outcome(NOTICE, met(meeting(notice_available_on=None)))

    def test_not_recorded(self):
        """Where nobody recorded the day, nobody can tell."""
        assert "cannot tell" == outcome(NOTICE, met(meeting()))

    def test_committee(self):
        """Committees give notice too."""
        assert "warn" == outcome(NOTICE, met(meeting(board="audit", notice_available_on="2026-10-13")))

    def test_to_come(self):
        """A meeting to come may still be given notice of."""
        p = met(meeting("2026-12-16", notice_available_on=None))
        assert ("pass", "fail") == (outcome(NOTICE, p), outcome(NOTICE, p.at("2026-12-16")))

    def test_valid(self):
        """Short notice makes nothing unlawful."""
        p = example("short-notice")
        assert ("warn", True) == (outcome(NOTICE, p), p.check("proceedings").lawful)

    def test_mend(self):
        """Five clear days are six days before."""
        (finding,) = findings(NOTICE, met(meeting(notice_available_on="2026-10-13")))
        assert "send notice so that it is available 6 days before a meeting at the latest" == finding.mend

    def test_first_day(self):
        """The Order binds meetings from its first day on."""
        for on, expected in (("2014-11-27", "pass"), ("2014-11-28", "fail")):
            assert expected == outcome(NOTICE, met(meeting(on, notice_available_on=None)))


def test_reform(monkeypatch):
    """A reform of the quorum or of notice reaches meetings through the law that the partnership is bound to."""
    longer = tuple(
        attrs.evolve(one, value=9) if one.name == "clear days of notice" else one for one in Law(OCTOBER).parameters
    )
    p = met(meeting(notice_available_on="2026-10-06"))
    assert "pass" == outcome(NOTICE, p)
    monkeypatch.setattr(type(p), "law", property(lambda self: Law(self.as_at, longer)))
    assert "warn" == outcome(NOTICE, p)
