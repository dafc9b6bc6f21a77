"""Mends of rules about meetings: forgotten records, and what is left as it is."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.meetings import Interest, Meeting, Proxy, Vote
from scotintegration.mends.meetings import TIE
from scotintegration.officers import Office, Route
from scotintegration.rules import find
from scotintegration.rules._boards import seated
from scotintegration.rules._meetings import held, last_of, voters_of
from scotintegration.unknown import UNKNOWN, Listing

MAJORITY, CASTING, PROXIES = "IJBO-a11-majority", "IJBO-a18-no-casting", "IJBO-a12-proxy-vote"
PRESIDES, QUORUM, NOTICE = "IJBO-sch4-preside", "IJBO-sch3-quorum", "IJBO-sch2-notice"
OF_MEETINGS = (
    MAJORITY,
    CASTING,
    PROXIES,
    PRESIDES,
    QUORUM,
    NOTICE,
    "IJBO-a12-proxy-preside",
    "IJBO-a18-so-exist",
    "IJBO-sch5-interest",
)
BOARD = example("body-corporate")
LAST = last_of(BOARD)
VOTERS = voters_of(BOARD, LAST.on, BOARD.law)


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def with_last(p=BOARD, **changes):
    """Change the last meeting of the board, the only one on record."""
    return p.evolve(meetings=[attrs.evolve(last_of(p), **changes)])


def mended_last(rule, p):
    """Give the last meeting as it is once a rule is mended."""
    return last_of(mended(rule, p))


def present_without(*ids):
    """Name those who attended the last meeting, but for some."""
    return [id for id in LAST.present.items if id not in ids]


CHAIR, VICE = (
    next(one.member for one in BOARD.chairs.items if one.office is office and one.serves(LAST.on)) for office in Office
)


class TestForgotten:
    """Records of which something was forgotten."""

    @pytest.mark.parametrize("rule", OF_MEETINGS)
    @pytest.mark.parametrize(
        "field", ["notice_available_on", "present", "presiding", "votes", "proxies", "interests"], ids=str
    )
    def test_meetings(self, rule, field):
        """A field of every meeting, and whether there were other meetings."""
        meetings = BOARD.meetings.map(lambda one: attrs.evolve(one, **{field: UNKNOWN}))
        mended(rule, BOARD.evolve(meetings=Listing(meetings.items, complete=False)))

    @pytest.mark.parametrize("rule", OF_MEETINGS)
    @pytest.mark.parametrize("field", ["start", "until"])
    def test_terms(self, rule, field):
        """From when, or until when, anybody sat."""
        members = BOARD.members.map(lambda one: attrs.evolve(one, **{field: UNKNOWN}))
        mended(rule, BOARD.evolve(members=Listing(members.items, complete=False)))

    @pytest.mark.parametrize("rule", OF_MEETINGS)
    @pytest.mark.parametrize("field", ["start", "until", "member"])
    def test_chairs(self, rule, field):
        """Who was in the chair, and when."""
        chairs = BOARD.chairs.map(lambda one: attrs.evolve(one, **{field: UNKNOWN}))
        mended(rule, BOARD.evolve(chairs=Listing(chairs.items, complete=False)))

    @pytest.mark.parametrize("rule", OF_MEETINGS)
    def test_standing_orders(self, rule):
        """Whether there are standing orders."""
        mended(rule, BOARD.evolve(standing_orders=UNKNOWN))

    def test_former_member(self):
        """A member who has left began with the first meeting that names the member."""
        gone = next(one for one in BOARD.members.items if one.route is Route.LA and one.until == date(2025, 5, 23))
        members = BOARD.members.map(lambda one: attrs.evolve(one, start=UNKNOWN) if one is gone else one)
        p = mended(QUORUM, BOARD.evolve(members=members))
        named = [one.on for one in held(BOARD, BOARD.as_at).items if gone.id in one.present.items]
        assert min(named) == next(one.start for one in p.members.items if one.id == gone.id)


class TestStandingOrders:
    """Standing orders."""

    def test_kept(self):
        """What they deal with already stays."""
        orders = attrs.evolve(BOARD.standing_orders, headings=Listing.partial("Quorum", "expenses"))
        p = mended("IJBO-a18-so-exist", BOARD.evolve(standing_orders=orders))
        found = p.standing_orders.headings.items
        assert {"Quorum", "expenses", "adjournment"} <= set(found)
        assert "quorum" not in found

    def test_none(self):
        """Votes alone are mended where there are no standing orders, and none are made."""
        tie = Vote(
            about="a plan", votes_for=VOTERS[:2], votes_against=VOTERS[2:4], carried=False, tie_resolved_by=UNKNOWN
        )
        sure = Vote(about="a budget", votes_for=VOTERS[:3], carried=True, tie_resolved_by="casting vote")
        fine = Vote(about="a review", votes_for=VOTERS[:3], carried=True)
        p = mended(CASTING, with_last(votes=[tie, sure, fine]).evolve(standing_orders=None))
        assert [TIE, None, None] == [one.tie_resolved_by for one in last_of(p).votes]
        assert p.standing_orders is None

    @pytest.mark.parametrize("tie", [None, "", UNKNOWN])
    def test_tie(self, tie):
        """Ties are referred back where standing orders say nothing of them."""
        orders = attrs.evolve(BOARD.standing_orders, tie_mechanism=tie)
        assert TIE == mended("IJBO-a18-so-exist", BOARD.evolve(standing_orders=orders)).standing_orders.tie_mechanism

    def test_mechanism(self):
        """A casting vote gives way to referring back, and the headings stay."""
        orders = attrs.evolve(BOARD.standing_orders, tie_mechanism=UNKNOWN)
        p = mended(CASTING, BOARD.evolve(standing_orders=orders))
        assert attrs.evolve(orders, tie_mechanism=TIE) == p.standing_orders


class TestQuorum:
    """Who has to be there."""

    def test_least(self):
        """As many join as are lacking, and not the chair if somebody else presided."""
        away = [CHAIR, *(id for id in VOTERS if id != CHAIR)][:-1]
        p = with_last(present=present_without(*away), presiding=VOTERS[-1], proxies=())
        found = mended_last(QUORUM, p).present.items
        assert BOARD.law.quorum(len(VOTERS)) == sum(id in VOTERS for id in found)
        assert CHAIR not in found

    def test_represented(self):
        """Members for whom nobody stood in come first."""
        away = VOTERS[2:]
        proxies = [Proxy(of=id, person="proxy", voted=False) for id in away[:-1]]
        p = with_last(present=[*VOTERS[:2]], proxies=proxies)
        assert away[-1] in mended_last(QUORUM, p).present.items


class TestNotice:
    """Notice."""

    def test_last_day(self):
        """It is given on the last day that leaves five clear days, and notice in time stays."""
        late = Meeting(id="late", board=BOARD.id, on="2026-06-10", notice_available_on="2026-06-08", votes=())
        p = mended(NOTICE, BOARD.evolve(meetings=[LAST, late]))
        assert [LAST.notice_available_on, date(2026, 6, 4)] == [one.notice_available_on for one in p.meetings]


class TestPresiding:
    """Who presides."""

    def test_chair(self):
        """The chair, where present."""
        assert CHAIR == mended_last(PRESIDES, with_last(presiding=VOTERS[-1])).presiding

    def test_chair_came(self):
        """The chair, who is taken to have come where nobody recorded who did."""
        found = mended_last(PRESIDES, with_last(presiding=UNKNOWN, present=UNKNOWN, proxies=()))
        assert (CHAIR, Listing.partial(CHAIR)) == (found.presiding, found.present)

    def test_vice_chair(self):
        """The vice-chair, where somebody stood in for the chair."""
        proxy = Proxy(of=CHAIR, person="proxy", voted=False)
        found = mended_last(PRESIDES, with_last(presiding=UNKNOWN, present=UNKNOWN, proxies=[proxy]))
        assert (VICE, Listing([VICE])) == (found.presiding, found.present)

    def test_whoever_presided(self):
        """Whoever is recorded to have presided was there, and goes on presiding where no officer was there."""
        who = next(id for id in VOTERS if id not in (CHAIR, VICE))
        found = mended_last(PRESIDES, with_last(presiding=who, present=Listing.partial(*VOTERS[-1:]), proxies=()))
        assert who == found.presiding
        assert who in found.present.items

    def test_voting_member(self):
        """A voting member who was there, where neither chair nor vice-chair was."""
        others = present_without(CHAIR, VICE)
        p = with_last(presiding=None, present=others)
        assert next(id for id in VOTERS if id in others) == mended_last(PRESIDES, p).presiding

    def test_somebody_came(self):
        """A voting member is taken to have come, where nobody is recorded who could preside."""
        found = mended_last(PRESIDES, with_last(presiding=None, present=(), proxies=()))
        assert (VOTERS[0], (VOTERS[0],)) == (found.presiding, found.present.items)

    def test_nobody_sits(self):
        """A meeting of a board on which nobody sat was none."""
        p = mended(PRESIDES, with_last(presiding=UNKNOWN).evolve(members=(), chairs=()))
        assert () == p.meetings.items

    def test_unnamed_chair(self):
        """Whoever presided was the chair, where nobody recorded who was and an appointer nominated whoever did."""
        chairs = BOARD.chairs.map(lambda one: attrs.evolve(one, member=UNKNOWN) if one.member == CHAIR else one)
        p = mended(PRESIDES, with_last().evolve(chairs=chairs))
        assert BOARD.chairs == p.chairs

    def test_unnamed_former_chair(self):
        """Nobody was chair at a meeting long ago at which somebody presided who cannot have been."""
        first = min(held(BOARD, BOARD.as_at).items, key=lambda one: one.on)
        carer = next(one.id for one in seated(BOARD, first.on).items if one.route is Route.CARER)
        chairs = BOARD.chairs.map(
            lambda one: attrs.evolve(one, member=UNKNOWN) if one.member == first.presiding else one
        )
        meetings = [attrs.evolve(first, presiding=carer, present=(), proxies=())]
        p = mended(PRESIDES, BOARD.evolve(chairs=chairs, meetings=meetings))
        assert None in [one.member for one in p.chairs.items]
        assert carer != p.meetings[0].presiding


class TestVotes:
    """What came of votes."""

    @pytest.mark.parametrize(
        ("vote", "wanted"),
        [
            ((3, 1, UNKNOWN), (3, 1, True)),
            ((1, 3, True), (1, 3, False)),
            ((1, 1, True), (2, 1, True)),
            ((3, 1, False), (3, 3, False)),
            ((3, 1, True), (3, 1, True)),
        ],
        ids=["nobody minuted it", "minuted wrongly", "one more for it", "two more against it", "nothing more needed"],
    )
    def test_counted(self, vote, wanted):
        """The minute follows the votes; where not all votes are recorded, these follow the minute."""
        yes, no, carried = vote
        whole = wanted[:2] == vote[:2] and (carried is UNKNOWN or carried is not wanted[2])
        recorded = [Listing(VOTERS[:yes], whole), Listing(VOTERS[4 : 4 + no], whole)]
        asked = Vote(about="a plan", votes_for=recorded[0], votes_against=recorded[1], carried=carried)
        fine = Vote(about="a budget", votes_for=Listing.partial(*VOTERS[:3]), votes_against=(), carried=True)
        found = mended_last(MAJORITY, with_last(votes=[asked, fine])).votes
        assert wanted == (len(found[0].votes_for), len(found[0].votes_against), found[0].carried)
        assert fine == found[1]

    @pytest.mark.parametrize(
        ("changes", "came", "voted"),
        [
            ({"present": Listing(LAST.present.items[2:], complete=False)}, True, []),
            ({"present": UNKNOWN, "proxies": ()}, True, []),
            ({"proxies": UNKNOWN}, False, [True]),
            ({"proxies": [Proxy(of=VOTERS[0], voted=UNKNOWN)]}, False, [True]),
        ],
        ids=["some came", "nobody recorded who came", "no proxies recorded", "a proxy who may have voted"],
    )
    def test_attended(self, changes, came, voted):
        """Whoever voted was there or, where all who were are recorded, had a proxy who voted."""
        asked = Vote(about="a plan", votes_for=VOTERS[:4], votes_against=VOTERS[4:7], carried=True)
        p = with_last(**{"present": present_without(VOTERS[0]), "votes": [asked], **changes})
        found = mended_last(MAJORITY, p)
        assert (asked,) == found.votes.items
        assert came is (VOTERS[0] in found.present.items)
        assert voted == [one.voted for one in found.proxies.items]
        assert all(one.is_councillor is True for one in found.proxies.items)

    def test_of_others(self):
        """Of somebody who has no vote nothing is settled, and a proxy of a member who is no nominee may be anybody."""
        lived = next(one.id for one in seated(BOARD, LAST.on).items if one.route is Route.THIRD)
        staff = next(one.id for one in seated(BOARD, LAST.on).items if one.route is Route.STAFF)
        asked = Vote(about="a plan", votes_for=[lived, staff], votes_against=(), carried=True)
        found = mended_last(MAJORITY, with_last(present=present_without(lived, staff), proxies=UNKNOWN, votes=[asked]))
        assert [lived] == [one.of for one in found.proxies.items]

    def test_nobody_left(self):
        """A vote falls that cannot have been carried by those who were there."""
        asked = Vote(about="a plan", votes_for=UNKNOWN, votes_against=VOTERS, carried=True)
        found = mended_last(MAJORITY, with_last(votes=[asked], present=VOTERS)).votes[0]
        assert (0, False) == (len(found.votes_for), found.carried)


class TestProxies:
    """Who votes as a proxy."""

    @pytest.mark.parametrize(
        ("route", "facts", "wanted"),
        [
            (Route.LA, {"voted": True, "is_councillor": UNKNOWN}, {"voted": True, "is_councillor": True}),
            (Route.LA, {"voted": UNKNOWN, "is_councillor": UNKNOWN}, {"voted": False, "is_councillor": UNKNOWN}),
            (Route.HB, {"voted": True, "is_hb_member": False}, {"voted": False, "is_hb_member": False}),
            (Route.HB, {"voted": UNKNOWN, "is_hb_member": True}, {"voted": UNKNOWN, "is_hb_member": True}),
            (Route.CARER, {"voted": True}, {"voted": True}),
            (Route.NURSE, {"voted": UNKNOWN}, {"voted": False}),
        ],
    )
    def test_admitted(self, route, facts, wanted):
        """Nothing is taken from a proxy's record that may be right."""
        member = next(one.id for one in seated(BOARD, LAST.on).items if one.route is route)
        p = with_last(proxies=Listing.partial(Proxy(of=member, person="proxy", **facts)))
        found = mended_last(PROXIES, p).proxies[0]
        assert wanted == {field: getattr(found, field) for field in wanted}

    def test_nobody(self):
        """The proxy of somebody who never sat did not vote; of somebody who may have sat, it is settled who did."""
        proxies = [Proxy(of="nobody", person="proxy", voted=True), Proxy(of=VOTERS[0], person="proxy", voted=UNKNOWN)]
        p = with_last(proxies=proxies)
        found = mended(PROXIES, p.evolve(members=Listing(BOARD.members.items, complete=False)))
        assert [False, False] == [one.voted for one in last_of(found).proxies]
        assert found.members.complete


class TestInterests:
    """Interests."""

    def test_disclosed(self):
        """An interest is disclosed before the business, and its holder decides."""
        late = Interest(member=VOTERS[0], about="a contract", disclosed_before=False, decided_by=None)
        found = mended_last("IJBO-sch5-interest", with_last(interests=Listing.partial(late))).interests
        assert Listing([attrs.evolve(late, disclosed_before=True, decided_by=VOTERS[0])]) == found
