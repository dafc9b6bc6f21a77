"""How many voting seats each side fills."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import Seats
from scotintegration.examples import example
from scotintegration.officers import Member
from scotintegration.rules import check
from scotintegration.unknown import UNKNOWN, Listing

THREE = "IJBO-a3-3-min-three"
EQUAL = "IJBO-a3-3-equal"
TENTH = "IJBO-a3-3c-ten-percent"
GREATEST = "IJBO-a3-3-greatest"
EACH = "IJBO-a5-multi-min"
JOINT = "IJBO-a5-2b-equal"
SINGLE_ONLY = (THREE, EQUAL, TENTH)
JOINT_ONLY = (EACH, JOINT)

numbers = st.integers(0, 12)


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule].outcome.value


def seats(p, *numbers, complete=True):
    """Give the councils, in order, and then the Health Board numbers of seats."""
    bodies = [*(council.id for council in p.local_authorities), p.health_board.id]
    listed = Listing([Seats(*pair) for pair in zip(bodies, numbers, strict=False)], complete=complete)
    return p.evolve(ijb=attrs.evolve(p.ijb, seats=listed))


def nominated(p, *numbers, until=None, complete=True):
    """Let the councils, in order, and then the Health Board have nominated numbers of members, and nobody else."""
    bodies = [*(council.id for council in p.local_authorities), p.health_board.id]
    members = [
        Member(
            id=f"{body}-{number}",
            board=p.ijb.id,
            route="health-board" if body == p.health_board.id else "local-authority",
            nominated_by=body,
            start="2024-01-01",
            until=until,
        )
        for body, count in zip(bodies, numbers, strict=True)
        for number in range(count)
    ]
    return p.evolve(members=Listing(members, complete=complete))


class TestNominated:
    """Whether the seats are taken, each of the rules asked about the bodies it is for."""

    @pytest.mark.parametrize(
        ("rule", "name", "seated", "taken"),
        [
            (GREATEST, "body-corporate", (4, 4), (4, 4)),
            (EACH, "joint-board", (3, 3, 6), (3, 3, 6)),
            (JOINT, "joint-board", (3, 3, 6), (3, 3, 6)),
        ],
    )
    def test_all(self, rule, name, seated, taken):
        """As many nominees as seats keep the rule; less is known of a list with gaps."""
        p = seats(example(name), *seated)
        assert "pass" == outcome(rule, nominated(p, *taken))
        assert "cannot tell" == outcome(rule, nominated(p, *taken, complete=False))
        assert "cannot tell" == outcome(rule, p.evolve(members=UNKNOWN))

    @pytest.mark.parametrize(
        ("rule", "name", "taken", "expected"),
        [
            (GREATEST, "body-corporate", (2, 4), "warn"),
            (GREATEST, "body-corporate", (4, 1), "warn"),
            (GREATEST, "body-corporate", (8, 4), "fail"),
            (GREATEST, "body-corporate", (4, 5), "fail"),
            (GREATEST, "body-corporate", (0, 4), "fail"),
            (GREATEST, "body-corporate", (4, 0), "fail"),
            (EACH, "joint-board", (2, 3, 0), "warn"),
            (EACH, "joint-board", (4, 3, 0), "fail"),
            (EACH, "joint-board", (3, 0, 6), "fail"),
            (JOINT, "joint-board", (0, 0, 5), "warn"),
            (JOINT, "joint-board", (0, 0, 7), "fail"),
            (JOINT, "joint-board", (3, 3, 0), "fail"),
        ],
    )
    def test_others(self, rule, name, taken, expected):
        """Fewer are vacancies, which the Order tolerates; more are a breach, and so is never to nominate anybody."""
        assert expected == outcome(rule, nominated(example(name), *taken))

    @pytest.mark.parametrize(("rule", "name"), [(GREATEST, "body-corporate"), (EACH, "joint-board")])
    def test_left(self, rule, name):
        """A side all of whose nominees left has vacancies; one whose nominees are all to come had none yet."""
        p = example(name)
        numbers = [p.ijb.seats_of(one.id) for one in (*p.local_authorities, p.health_board)]
        gone = nominated(p, *numbers, until="2026-01-01")
        assert "warn" == outcome(rule, gone)
        assert "fail" == outcome(rule, gone.at("2023-12-31"))

    def test_nominator(self):
        """Of several councils who nominated somebody decides; it may be any of them where nobody recorded it."""
        p = nominated(example("joint-board"), 3, 3, 6)
        blank = p.evolve(members=p.members.map(lambda one: attrs.evolve(one, nominated_by=UNKNOWN)))
        assert ("cannot tell", "pass") == (outcome(EACH, blank), outcome(JOINT, blank))
        gone = blank.evolve(members=blank.members.map(lambda one: attrs.evolve(one, until="2026-01-01")))
        assert "cannot tell" == outcome(EACH, gone)

    def test_one_council(self):
        """The one council of a scheme nominated every councillor, whoever is or is not on record for it."""
        p = nominated(example("body-corporate"), 4, 4)
        blank = p.evolve(members=p.members.map(lambda one: attrs.evolve(one, nominated_by=UNKNOWN)))
        assert "pass" == outcome(GREATEST, blank)

    def test_other_board(self):
        """Who sat elsewhere was no nominee of the board."""
        p = nominated(example("body-corporate"), 4, 4, until="2026-01-01")
        away = p.members.map(lambda one: attrs.evolve(one, board="strathallan-council"))
        assert "warn" == outcome(GREATEST, p)
        assert "fail" == outcome(GREATEST, p.evolve(members=away))

    def test_to_come(self):
        """Nominees to come, for no fixed time, are none yet."""
        assert "fail" == outcome(GREATEST, nominated(example("body-corporate"), 4, 4).at("2023-12-31"))

    def test_former(self):
        """By whom somebody was nominated who left does not matter while somebody sits."""
        p = nominated(example("joint-board"), 3, 3, 6)
        former = attrs.evolve(p.members.items[0], id="former", nominated_by=UNKNOWN, until="2025-01-01")
        assert "pass" == outcome(EACH, p.evolve(members=[*p.members, former]))

    def test_what(self):
        """It says how many sit for how many seats, and what would mend it."""
        p = example("body-corporate")
        (more,) = check(nominated(p, 6, 4), rules=[GREATEST])[GREATEST].findings
        assert "6 nominees of strathallan-council sit on 2026-11-22 for 4 seats" == more.what
        assert "let strathallan-council withdraw 2, or agree on more seats for both sides" == more.mend
        (fewer,) = check(nominated(p, 4, 3), rules=[GREATEST])[GREATEST].findings
        assert "3 of 4 seats of nhs-glenmore are taken on 2026-11-22" == fewer.what
        assert "let nhs-glenmore nominate 1 more" == fewer.mend
        (none,) = check(nominated(p, 4, 0), rules=[GREATEST])[GREATEST].findings
        assert "nhs-glenmore never nominated anybody, and has 4 seats" == none.what


class TestSingle:
    @given(council=numbers, nhs=numbers)
    def test_numbers(self, council, nhs):
        """Three or more a side, and as many on one as on the other."""
        p = seats(example("body-corporate"), council, nhs)
        assert ("pass" if min(council, nhs) >= 3 else "fail") == outcome(THREE, p)
        assert ("pass" if council == nhs else "fail") == outcome(EQUAL, p)

    def test_not_seated(self):
        """Seats count, not who sits: a vacancy changes nothing."""
        p = example("body-corporate").evolve(members=())
        assert ("pass", "pass") == (outcome(THREE, p), outcome(EQUAL, p))

    def test_gaps(self):
        """One side that is too small is a breach though nobody recorded the other."""
        p = example("body-corporate")
        assert "fail" == outcome(THREE, seats(p, 2, complete=False))
        assert "cannot tell" == outcome(THREE, seats(p, 4, complete=False))
        assert "cannot tell" == outcome(EQUAL, seats(p, 4, complete=False))
        assert "cannot tell" == outcome(EQUAL, seats(p, UNKNOWN, 4))

    def test_joint(self):
        """Joint boards have rules of their own."""
        p = example("joint-board")
        assert ["not applicable"] * 3 == [outcome(rule, p) for rule in SINGLE_ONLY]
        assert ["not applicable"] * 2 == [outcome(rule, example("body-corporate")) for rule in JOINT_ONLY]


class TestGreatest:
    def agreed(self, agreed, imposed=None):
        """Let a number be agreed and another imposed."""
        p = example("body-corporate")
        return p.evolve(scheme=attrs.evolve(p.scheme, agreed_seats=agreed, la_specified_seats=imposed))

    @given(council=numbers, nhs=numbers, agreed=st.none() | numbers, imposed=st.none() | numbers)
    def test_numbers(self, council, nhs, agreed, imposed):
        """Each side fills the greatest of three, what was agreed and what was imposed: no less and no more."""
        p = nominated(seats(self.agreed(agreed, imposed), council, nhs), council, nhs)
        greatest = max(3, agreed or 0, imposed or 0)
        assert ("pass" if council == nhs == greatest else "fail") == outcome(GREATEST, p)

    @pytest.mark.parametrize(
        ("agreed", "imposed", "number", "expected"),
        [
            (UNKNOWN, None, 2, "fail"),
            (UNKNOWN, None, 3, "cannot tell"),
            (UNKNOWN, 4, 3, "fail"),
            (5, UNKNOWN, 4, "fail"),
            (5, UNKNOWN, 5, "cannot tell"),
            (5, UNKNOWN, 6, "cannot tell"),
        ],
    )
    def test_unknown(self, agreed, imposed, number, expected):
        """Fewer than a known number is a breach whatever the other; more may be right."""
        p = nominated(seats(self.agreed(agreed, imposed), number, number), number, number)
        assert expected == outcome(GREATEST, p)

    def test_gaps(self):
        """One side that is wrong is a breach though nobody recorded the other; joint boards are not asked."""
        p = example("body-corporate")
        assert "fail" == outcome(GREATEST, seats(p, 3, complete=False))
        assert "cannot tell" == outcome(GREATEST, seats(p, 4, complete=False))
        assert "not applicable" == outcome(GREATEST, example("joint-board"))


class TestImposed:
    def imposed(self, number, size, agreed=None):
        """Let a council of a size impose a number of seats."""
        p = example("body-corporate")
        council = attrs.evolve(p.local_authorities[0], councillors=size)
        scheme = attrs.evolve(p.scheme, la_specified_seats=number, agreed_seats=agreed)
        return p.evolve(local_authorities=[council], scheme=scheme)

    @given(number=st.integers(0, 15), size=st.integers(0, 120))
    def test_tenth(self, number, size):
        """A tenth of the council is the most it may impose beyond the least there may be, with no rounding up."""
        assert ("pass" if number <= max(3, size / 10) else "fail") == outcome(TENTH, self.imposed(number, size))

    @pytest.mark.parametrize(
        ("number", "size", "expected"),
        [
            (8, 85, "pass"),
            (9, 85, "fail"),
            (9, 90, "pass"),
            (None, 10, "pass"),
            (None, UNKNOWN, "pass"),
            (0, UNKNOWN, "pass"),
            (4, UNKNOWN, "cannot tell"),
            (4, None, "cannot tell"),
            (UNKNOWN, 85, "cannot tell"),
        ],
    )
    def test_table(self, number, size, expected):
        """Nothing imposed is no breach, and the size matters only where something is."""
        assert expected == outcome(TENTH, self.imposed(number, size))

    def test_agreed(self):
        """What both sides agree on may be more than a tenth; whether they did must be known."""
        assert "pass" == outcome(TENTH, self.imposed(None, 20, agreed=8))
        assert "pass" == outcome(TENTH, self.imposed(8, 20, agreed=8))
        assert "fail" == outcome(TENTH, self.imposed(8, 20, agreed=7))
        assert "cannot tell" == outcome(TENTH, self.imposed(8, 20, agreed=UNKNOWN))

    def test_mend(self):
        """A tenth of the councillors, rounded down, is what may be imposed."""
        (finding,) = check(self.imposed(6, 45), rules=[TENTH])[TENTH].findings
        assert "6 seats imposed by a council of 45" == finding.what
        assert finding.mend.startswith("impose at most 4, ")


class TestJoint:
    @given(one=numbers, other=numbers, nhs=numbers)
    def test_two_councils(self, one, other, nhs):
        """Two councils fill two seats or more each, and the Health Board as many as both."""
        p = nominated(seats(example("joint-board"), one, other, nhs), one, other, nhs)
        assert ("pass" if min(one, other) >= 2 else "fail") == outcome(EACH, p)
        assert ("pass" if one + other == nhs else "fail") == outcome(JOINT, p)

    @given(one=numbers, two=numbers, three=numbers)
    def test_three_councils(self, one, two, three):
        """Of three councils one seat each is enough."""
        p = nominated(seats(example("three-authorities"), one, two, three, 6), one, two, three, 6)
        assert ("pass" if min(one, two, three) >= 1 else "fail") == outcome(EACH, p)
        assert ("pass" if one + two + three == 6 else "fail") == outcome(JOINT, p)

    def test_gaps(self):
        """A side that is larger for certain is a breach though a number is missing."""
        p = example("joint-board")
        assert "fail" == outcome(JOINT, seats(p, 6, UNKNOWN, 4))
        assert "cannot tell" == outcome(JOINT, seats(p, 3, UNKNOWN, 4))
        assert "cannot tell" == outcome(JOINT, seats(p, 3, 3, UNKNOWN))
        assert "fail" == outcome(EACH, seats(p, 1, UNKNOWN, 4))
