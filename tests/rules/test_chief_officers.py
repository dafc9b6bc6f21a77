"""The chief officer, and the officer responsible for a board's finances."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import EXAMPLES, example
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, Holder, Route
from scotintegration.rules import check
from scotintegration.unknown import UNKNOWN, Listing

BOARD, COUNCIL, NHS = "strathallan-ijb", "strathallan-council", "nhs-glenmore"
APPOINTED = "PBJW-s10-chief-officer"
SECONDED = "PBJW-s10-secondment"
CONSULTED = "PBJW-s10-6-consult"
FINANCE = "FIN-s95-officer"
MEMBER = "IJBO-a3-7B-co-member"


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule].outcome.value


def said(rule, p):
    """Give what one rule finds."""
    return [finding.what for finding in check(p, rules=[rule])[rule].findings]


def chief(**changes):
    """Make a lawful chief officer, and change it."""
    lawful = {
        "person": "A",
        "appointed_by": BOARD,
        "start": "2024-01-01",
        "employer": NHS,
        "seconded": True,
        "consulted": [NHS, COUNCIL],
    }
    return Holder(**{**lawful, **changes})


def held(p, *holders, complete=True, kind=ChiefOfficer):
    """Let these have held a post, first to last."""
    record = Listing(holders, complete=complete)
    return p.evolve(
        posts=p.posts.map(lambda post: attrs.evolve(post, holders=record) if isinstance(post, kind) else post)
    )


@pytest.fixture
def p():
    return example("body-corporate")


class TestChiefOfficer:
    @given(last=st.dates(date(2026, 11, 1), date(2026, 12, 31)))
    def test_last_day(self, last):
        """The post is filled up to the last day of a term and vacant from the next."""
        p = held(example("body-corporate"), chief(until=last))
        assert ("pass" if last >= p.as_at else "fail") == outcome(APPOINTED, p)

    def test_unnamed(self, p):
        """Of somebody whose name nobody recorded it is said so."""
        unnamed = held(p, chief(person=UNKNOWN)).evolve(members=())
        assert ["somebody unnamed is chief officer and no member of the board"] == said(MEMBER, unnamed)
        two = held(p, chief(person=UNKNOWN), chief())
        assert ["2 chief officers at once: A, somebody unnamed"] == said(APPOINTED, two)
        assert ["somebody unnamed stands in and nobody holds the post"] == said(
            APPOINTED, held(p, chief(person=UNKNOWN, interim=True))
        )
        (finding,) = check(held(p, chief(person=UNKNOWN, until="2026-01-31")), rules=[APPOINTED])[APPOINTED].findings
        assert [("somebody unnamed", "in post until 2026-01-31")] == list(finding.considered)

    def test_vacancy(self):
        """A vacancy is a breach from its first day, and whoever left is named among the rejected."""
        p = example("vacant-chief-officer")
        assert ("pass", "fail") == tuple(outcome(APPOINTED, p.at(day)) for day in ("2026-05-31", "2026-06-01"))
        (finding,) = check(p, rules=[APPOINTED])[APPOINTED].findings
        assert ["in post until 2026-05-31"] == [why for _, why in finding.considered]

    def test_to_come(self, p):
        """Somebody who begins later does not fill the post today."""
        late = held(p, chief(start="2027-01-01"))
        (finding,) = check(late, rules=[APPOINTED])[APPOINTED].findings
        assert (("A", "in post from 2027-01-01"),) == finding.considered

    @pytest.mark.parametrize(
        ("by", "expected"), [(BOARD, "pass"), (COUNCIL, "fail"), (None, "fail"), (UNKNOWN, "cannot tell")]
    )
    def test_appointed_by(self, p, by, expected):
        """Only the board can appoint."""
        assert expected == outcome(APPOINTED, held(p, chief(appointed_by=by)))

    def test_two(self, p):
        """Two at once are one too many."""
        assert ["2 chief officers at once: A, B"] == said(APPOINTED, held(p, chief(), chief(person="B")))

    def test_stands_in(self, p):
        """Whoever stands in beside the chief officer is none; where nobody holds the post it is a warning."""
        interim = chief(person="B", interim=True, appointed_by=NHS)
        assert "pass" == outcome(APPOINTED, held(p, chief(), interim))
        assert ["B stands in and nobody holds the post"] == said(APPOINTED, held(p, interim))
        assert "warn" == outcome(APPOINTED, held(p, interim))

    def test_perhaps_interim(self, p):
        """Where nobody recorded whether somebody only stands in, nobody can tell."""
        assert "cannot tell" == outcome(APPOINTED, held(p, chief(interim=UNKNOWN)))

    def test_known_in_part(self, p):
        """Somebody may hold the post if the record has gaps; a wrong appointment known is a breach all the same."""
        assert "cannot tell" == outcome(APPOINTED, held(p, complete=False))
        assert "fail" == outcome(APPOINTED, held(p, chief(appointed_by=COUNCIL), complete=False))

    def test_no_board(self, p):
        """Without a board in the record nobody can tell."""
        bare = p.evolve(ijb=None, posts=(), members=(), chairs=(), budgets=())
        assert "cannot tell" == outcome(APPOINTED, bare)

    @pytest.mark.parametrize(
        ("by", "what"),
        [
            (COUNCIL, f"appointed by {COUNCIL}, not by {BOARD}"),
            (None, "appointed by nobody"),
            (UNKNOWN, "who appointed the chief officer is not recorded"),
        ],
    )
    def test_said(self, p, by, what):
        """A finding says who made the appointment, at its place."""
        (finding,) = check(held(p, chief(appointed_by=by)), rules=[APPOINTED])[APPOINTED].findings
        assert what == finding.what
        assert finding.where.endswith(".appointed_by")


class TestSeconded:
    @pytest.mark.parametrize(
        ("employer", "seconded", "ordered", "expected"),
        [
            (NHS, True, False, "pass"),
            (COUNCIL, True, False, "pass"),
            (COUNCIL, True, UNKNOWN, "pass"),
            (BOARD, True, False, "fail"),
            (BOARD, False, True, "pass"),
            (BOARD, False, UNKNOWN, "cannot tell"),
            (NHS, False, False, "fail"),
            (NHS, False, None, "fail"),
            (None, True, False, "fail"),
            (UNKNOWN, False, False, "fail"),
            (UNKNOWN, True, False, "cannot tell"),
            (NHS, UNKNOWN, False, "cannot tell"),
            (BOARD, UNKNOWN, False, "fail"),
        ],
    )
    def test_table(self, p, employer, seconded, ordered, expected):
        """A constituent authority employs and seconds, unless an order of Ministers says otherwise."""
        changed = held(p, chief(employer=employer, seconded=seconded))
        changed = changed.evolve(ijb=attrs.evolve(p.ijb, s10_5_order=ordered))
        assert expected == outcome(SECONDED, changed)

    def test_vacant(self):
        """A vacancy is for another rule."""
        assert "pass" == outcome(SECONDED, example("vacant-chief-officer"))


class TestConsulted:
    @pytest.mark.parametrize("name", ["body-corporate", "joint-board", "three-authorities"])
    def test_each(self, name):
        """Every council and the Health Board must be asked, each by itself."""
        p = example(name)
        parties = [party.id for party in p.parties]
        for left_out in parties:
            asked = [one for one in parties if one != left_out]
            changed = held(p, chief(appointed_by=p.id, employer=parties[0], consulted=asked))
            assert [f"{left_out} not consulted before the appointment"] == said(CONSULTED, changed)

    def test_known_in_part(self, p):
        """An authority that is not on a list with gaps may have been asked."""
        assert "cannot tell" == outcome(CONSULTED, held(p, chief(consulted=Listing.partial(NHS))))
        assert "pass" == outcome(CONSULTED, held(p, chief(consulted=Listing.partial(NHS, COUNCIL))))

    def test_holders_in_part(self, p):
        """Of a holder whom nobody recorded nobody can tell."""
        assert "cannot tell" == outcome(CONSULTED, held(p, chief(), complete=False))


class TestBoardsOnly:
    def test_lead_agencies(self):
        """Nobody asks lead agencies for a chief officer, and the permission finds nothing."""
        for name in EXAMPLES:
            p = example(name)
            asked = [outcome(rule, p) for rule in (APPOINTED, SECONDED, CONSULTED, MEMBER)]
            if p.ijb is None:
                assert ["not applicable"] * 4 == asked
                assert "pass" == outcome("PBJW-s10-ijb-only", p)
            else:
                assert "not applicable" not in asked
                assert "not applicable" == outcome("PBJW-s10-ijb-only", p)


class TestFinanceOfficer:
    @given(last=st.dates(date(2026, 11, 1), date(2026, 12, 31)))
    def test_last_day(self, last):
        """The board has its officer up to the last day of a term."""
        p = held(example("body-corporate"), Holder(person="F", start=None, until=last), kind=ChiefFinanceOfficer)
        assert ("pass" if last >= p.as_at else "fail") == outcome(FINANCE, p)

    def test_stands_in(self, p):
        """Somebody who stands in is responsible meanwhile."""
        interim = Holder(person="F", start="2026-01-01", interim=True)
        assert "pass" == outcome(FINANCE, held(p, interim, kind=ChiefFinanceOfficer))

    def test_of_another_body(self, p):
        """The officer of a council is not the board's."""
        theirs = p.posts.map(
            lambda post: attrs.evolve(post, body=COUNCIL) if isinstance(post, ChiefFinanceOfficer) else post
        )
        assert "fail" == outcome(FINANCE, p.evolve(posts=theirs))

    def test_known_in_part(self, p):
        """Somebody may hold the post where the record has gaps."""
        assert "cannot tell" == outcome(FINANCE, held(p, complete=False, kind=ChiefFinanceOfficer))


class TestIsMember:
    def seat(self, p, **changes):
        """Change the seat of the chief officer."""
        return p.evolve(
            members=p.members.map(lambda one: attrs.evolve(one, **changes) if one.route is Route.CO else one)
        )

    def test_somebody_else(self, p):
        """A seat that another person still has is not the chief officer's."""
        (finding,) = check(self.seat(p, person="old"), rules=[MEMBER])[MEMBER].findings
        assert (("chief-officer-2025", "sits as chief officer, but is old"),) == finding.considered

    def test_another_seat(self, p):
        """Whoever is chief officer and a member already needs no second seat."""
        assert "pass" == outcome(MEMBER, held(p, chief(person="member S"), chief(person="member S", interim=True)))
        moved = p.evolve(
            members=p.members.map(
                lambda one: attrs.evolve(one, route=Route.ADDITIONAL) if one.route is Route.CO else one
            )
        )
        assert "pass" == outcome(MEMBER, moved)

    def test_nameless(self, p):
        """Where no name is recorded, a seat for the chief officer is taken for that person's."""
        assert "pass" == outcome(MEMBER, self.seat(p, person=UNKNOWN))
        assert "pass" == outcome(MEMBER, held(p, chief(person=UNKNOWN)))

    def test_vacant(self):
        """A vacancy is for another rule."""
        assert "pass" == outcome(MEMBER, example("vacant-chief-officer"))

    def test_before(self, p):
        """Until 19 March 2015 another paragraph gave the seat."""
        assert "not applicable" == outcome(MEMBER, p.at("2015-03-19"))

    def test_known_in_part(self, p):
        """Where members are known in part the chief officer may be one; others in the post may not be recorded."""
        strangers = Listing((one for one in p.members if one.route is not Route.CO), complete=False)
        (finding,) = check(p.evolve(members=strangers), rules=[MEMBER])[MEMBER].findings
        assert ("cannot tell", "members") == (finding.outcome, finding.where)
        (finding,) = check(held(p, complete=False), rules=[MEMBER])[MEMBER].findings
        assert ("cannot tell", "posts") == (finding.outcome, finding.where)
