"""Mends of rules about voting seats and seats that stay empty."""

from datetime import date

import attrs
import pytest

from scotintegration.bodies import Seats, Vacancy
from scotintegration.examples import example
from scotintegration.officers import EndReason
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

FEWEST, EQUAL, GREATEST = "IJBO-a3-3-min-three", "IJBO-a3-3-equal", "IJBO-a3-3-greatest"
IMPOSED = "IJBO-a3-3c-ten-percent"
COUNCIL, NHS = "strathallan-council", "nhs-glenmore"


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def seated(council, nhs, *, name="body-corporate", **scheme):
    """Change the seats of an example and what its scheme says of them."""
    p = example(name)
    bodies = [*([council] if isinstance(council, int) or council is UNKNOWN else council), nhs]
    ids = [*(one.id for one in p.local_authorities), p.health_board.id]
    seats = [Seats(body, number) for body, number in zip(ids, bodies, strict=True)]
    return p.evolve(ijb=attrs.evolve(p.ijb, seats=seats), scheme=attrs.evolve(p.scheme, **scheme))


def numbers(p):
    """Give the seats of each council, in order of id, and then of the Health Board."""
    return [p.ijb.seats_of(one.id) for one in (*p.local_authorities, p.health_board)]


class TestSeatsOfOneCouncil:
    @pytest.mark.parametrize(
        ("wanted", "seats", "agreed"),
        [
            ([4, 4], (4, 3), 4),
            ([5, 5], (5, 3), UNKNOWN),
            ([3, 3], (2, 1), None),
            ([4, 4], (UNKNOWN, 4), 4),
            ([5, 5], (UNKNOWN, 5), UNKNOWN),
        ],
    )
    def test_as_many(self, wanted, seats, agreed):
        """Both sides fill what was agreed; where that is not recorded, the most that is."""
        p = seated(*seats, agreed_seats=agreed, nominees=())
        assert wanted == numbers(mended(EQUAL, p))

    def test_nominees_stated(self):
        """Seats that nobody recorded are as many as the scheme states nominees, which follow what is filled."""
        p = seated(UNKNOWN, UNKNOWN, agreed_seats=UNKNOWN)
        assert [4, 4] == numbers(mended(FEWEST, p))
        stated = mended(EQUAL, seated(5, 4, agreed_seats=UNKNOWN)).scheme.nominees
        assert Listing([Seats(NHS, 5), Seats(COUNCIL, 5)]) == stated

    def test_unknown_nominees_stay(self):
        """Nominees that the scheme may state stay as they are."""
        p = seated(2, 2, agreed_seats=None, nominees=[Seats(NHS, UNKNOWN), Seats(COUNCIL, 2)])
        assert [UNKNOWN, 3] == [one.number for one in mended(FEWEST, p).scheme.nominees]

    @pytest.mark.parametrize(
        ("wanted", "seats", "scheme"),
        [
            (([4, 4], 4, None), (4, 4), {"agreed_seats": UNKNOWN}),
            (([4, 4], 4, None), (4, 4), {"agreed_seats": 5}),
            (([3, 3], None, None), (3, 3), {"agreed_seats": 5}),
            (([4, 4], 4, None), (4, 4), {"agreed_seats": 4, "la_specified_seats": UNKNOWN}),
            (([4, 4], None, 4), (4, 4), {"agreed_seats": UNKNOWN, "la_specified_seats": 4}),
            (([4, 4], 4, None), (4, UNKNOWN), {"agreed_seats": 4}),
            (([3, 3], None, None), (2, 2), {"agreed_seats": None}),
        ],
    )
    def test_greatest(self, wanted, seats, scheme):
        """The number agreed gives way to what both fill, unless they fill too few."""
        p = mended(GREATEST, seated(*seats, **scheme))
        assert wanted == (numbers(p), p.scheme.agreed_seats, p.scheme.la_specified_seats)

    @pytest.mark.parametrize(("wanted", "imposed"), [((6, 6), 6), ((4, None), UNKNOWN)])
    def test_imposed(self, wanted, imposed):
        """The Health Board agreed to what was imposed; what may have been was not."""
        p = mended(IMPOSED, seated(6, 6, agreed_seats=4, la_specified_seats=imposed)).scheme
        assert wanted == (p.agreed_seats, p.la_specified_seats)


class TestSeatsOfSeveralCouncils:
    @pytest.mark.parametrize(
        ("wanted", "seats", "nhs"),
        [
            ([5, 2, 7], (5, 1), 6),
            ([3, 3, 6], (3, 3), 4),
            ([4, 2, 6], (4, UNKNOWN), 6),
            ([4, 2, 6], (4, UNKNOWN), 3),
            ([3, 3, 6], (UNKNOWN, 3), 6),
            ([2, 2, 4], (UNKNOWN, UNKNOWN), UNKNOWN),
        ],
    )
    def test_as_many(self, wanted, seats, nhs):
        """Councils keep what they have if it is enough, and the Health Board has as many as all of them."""
        p = seated(seats, nhs, name="joint-board")
        p = p.evolve(scheme=attrs.evolve(p.scheme, nominees=()))
        rule = "IJBO-a5-multi-min" if 1 in seats else "IJBO-a5-2b-equal"
        assert wanted == numbers(mended(rule, p))


class TestSeatsTaken:
    """Who takes the seats there are."""

    def left(self, name, *ids, **changes):
        """Leave out memberships of an example, or change them, nobody having met."""
        p = example(name).evolve(meetings=())
        kept = [one for one in p.members if changes or one.id not in ids]
        return p.evolve(members=[attrs.evolve(one, **changes) if one.id in ids else one for one in kept])

    @pytest.mark.parametrize("complete", [True, False])
    def test_filled(self, complete):
        """A new nominee takes each seat that is empty."""
        p = self.left("body-corporate", "councillor-4-2025", "health-board-4-2025")
        done = mended(GREATEST, p.evolve(members=Listing(p.members.items, complete)))
        fresh = [one for one in done.members if one not in p.members.items]
        assert [("councillor", COUNCIL), ("non-executive-director", NHS)] == [
            (one.id, one.nominated_by) for one in fresh
        ]
        assert {date(2026, 11, 22)} == {one.start for one in fresh}

    def test_withdrawn(self):
        """A nominee too many is withdrawn, and not one who is in the chair or on a committee."""
        p = example("body-corporate")
        fifth = next(one for one in p.members if one.id == "councillor-2-2025")
        p = p.evolve(members=[*p.members, attrs.evolve(fifth, id="another", person="another")])
        done = mended(GREATEST, p)
        changed = [one for one in done.members if one not in p.members.items]
        assert [date(2026, 11, 21)] == [one.until for one in changed]
        assert [EndReason.WITHDRAWN] == [one.end_reason for one in changed]
        in_use = {one.member for one in p.chairs} | set(p.committees[0].members)
        assert in_use.isdisjoint(one.id for one in changed)

    def test_begun_today(self):
        """A nominee too many who would begin on the day is taken back."""
        p = example("body-corporate")
        fifth = next(one for one in p.members if one.id == "councillor-2-2025")
        fresh = attrs.evolve(fifth, id="a", person="another", start="2026-11-22", until=None, end_reason=None)
        in_use = p.chairs.map(lambda one: attrs.evolve(one, member="councillor-4-2025") if one.id == "x" else one)
        p = p.evolve(members=[*(one for one in p.members if one.id != "councillor-4-2025"), fresh], chairs=in_use)
        assert "a" in [one.id for one in mended(GREATEST, p).members]
        more = p.evolve(members=[*p.members, attrs.evolve(fresh, id="0", person="one more")])
        assert len(mended(GREATEST, more).members) < len(more.members)

    def test_nominators(self):
        """A councillor whose nominator nobody recorded is of the council with most empty seats."""
        p = self.left("joint-board", "councillor-1-2025", "councillor-5-2025", nominated_by=UNKNOWN)
        done = mended("IJBO-a5-multi-min", p)
        before = {one.id: one.nominated_by for one in example("joint-board").members}
        assert before == {one.id: one.nominated_by for one in done.members}


class TestOrder:
    """The order that establishes a board."""

    @pytest.mark.parametrize(
        ("passed", "wanted"),
        [("2016-04-01", date(2016, 4, 1)), ("2027-04-01", date(2026, 11, 22)), (None, date(2026, 11, 22))],
    )
    def test_day(self, passed, wanted):
        """A board of no day is established when functions passed, or now; an order that is known stays."""
        p = example("body-corporate")
        for day in (None, UNKNOWN):
            board = attrs.evolve(p.ijb, established_on=day)
            done = mended("PBJW-s9-order", p.evolve(ijb=board, scheme=attrs.evolve(p.scheme, delegated_on=passed)))
            assert (wanted, p.ijb.order) == (done.ijb.established_on, done.ijb.order)

    def test_order(self):
        """A day that is known stays too."""
        p = example("body-corporate")
        done = mended("PBJW-s9-order", p.evolve(ijb=attrs.evolve(p.ijb, order=None)))
        assert p.ijb.established_on == done.ijb.established_on
        assert done.ijb.order


class TestVacancies:
    def test_told(self):
        """Ministers are told of a long vacancy alone, and what is recorded is all there is."""
        p = example("body-corporate")
        short = Vacancy(nominator=NHS, start="2026-10-01", notified_on=None)
        long = Vacancy(nominator=COUNCIL, start="2026-01-01", notified_on=None)
        p = p.evolve(ijb=attrs.evolve(p.ijb, vacancies=Listing([short, long], complete=False)))
        told = mended("IJBO-a13-4-six-months", p).ijb.vacancies
        assert Listing([short, attrs.evolve(long, notified_on=date(2026, 11, 22))]) == told
