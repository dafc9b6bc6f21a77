"""Mends of rules about chairs and vice-chairs."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.officers import ChairPeriod, Office, Route
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

TURNS, SECOND, VICE = "IJBO-a4-chair-alternate", "IJBO-a6-hb-second", "IJBO-a4-3-vice-other"
PERIOD, LIVED = "IJBO-a4-term", "IJBO-chair-not-lived-exp"
OF_COUNCIL, OF_NHS = "IJBO-a4-5-la-chair-eligible", "IJBO-a4-6-hb-chair-ned"
BOARD, COUNCIL, NHS = "strathallan-ijb", "strathallan-council", "nhs-glenmore"
DAY, EVE = date(2026, 11, 22), date(2026, 11, 21)


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def quiet(name="body-corporate"):
    """Give an example in which nobody has met."""
    return example(name).evolve(meetings=(), committees=())


def with_period(p, id, **changes):
    """Change one period."""
    return p.evolve(chairs=p.chairs.map(lambda one: attrs.evolve(one, **changes) if one.id == id else one))


def period(p, id):
    """Give one period."""
    return next(one for one in p.chairs if one.id == id)


def without(p, *ids):
    """Leave out periods."""
    return p.evolve(chairs=[one for one in p.chairs if one.id not in ids])


class TestDays:
    @pytest.mark.parametrize(
        ("wanted", "id", "field", "others"),
        [
            (date(2025, 5, 24), "chair-2025", "start", {}),
            (date(2023, 5, 24), "chair-2023", "start", {}),
            (date(2027, 5, 6), "chair-2027", "start", {}),
            (date(2025, 5, 23), "chair-2023", "until", {}),
            (date(2025, 5, 23), "chair-2023", "until", {"start": None}),
            (None, "chair-2025", "until", {}),
        ],
    )
    def test_worked_out(self, wanted, id, field, others):
        """Days come from the periods before and after, and from the longest term."""
        p = with_period(quiet(), id, **{field: UNKNOWN}, **others)
        rule = TURNS if (id, field) == ("chair-2023", "start") else LIVED
        assert wanted == getattr(period(mended(rule, p), id), field)

    def test_longest(self):
        """If the scheme states no term, a period may be as long as the law allows."""
        p = with_period(quiet(), "chair-2025", start=UNKNOWN, until=UNKNOWN)
        p = without(p.evolve(scheme=attrs.evolve(p.scheme, chair_term_months=None)), "chair-2023", "chair-2027")
        one = period(mended(LIVED, p), "chair-2025")
        assert (date(2023, 11, 23), None) == (one.start, one.until)

    @pytest.mark.parametrize(
        ("wanted", "start", "until"),
        [
            ((date(2025, 5, 24), date(2028, 5, 23)), "2025-05-24", "2029-05-23"),
            ((date(2025, 5, 24), date(2027, 5, 5)), None, "2027-05-05"),
            ((date(2025, 5, 24), None), "2020-01-01", None),
        ],
    )
    def test_in_time(self, wanted, start, until):
        """A period ends in time; one that was over begins later."""
        one = period(mended(PERIOD, with_period(quiet(), "chair-2025", start=start, until=until)), "chair-2025")
        assert wanted == (one.start, one.until)


class TestTurns:
    def test_handed_over(self):
        """If the board has met, a new period begins with the other side, and who presided was in the chair."""
        p = with_period(example("body-corporate"), "chair-2023", appointed_by=[NHS])
        done = mended(TURNS, p)
        assert ((EVE,), (COUNCIL,), DAY) == (
            (period(done, "chair-2025").until,),
            period(done, "chair").appointed_by.items,
            period(done, "chair").start,
        )
        assert () == find(VICE).verdicts(done)
        assert () == find("IJBO-sch4-preside").verdicts(done)

    def test_over(self):
        """Where nobody is in the chair now, the side appoints that did not appoint the last."""
        for last, other in ((COUNCIL, NHS), (NHS, COUNCIL)):
            p = with_period(quiet(), "chair-2025", until=EVE, appointed_by=[last])
            fresh = period(mended(TURNS, p), "chair")
            assert ((other,), DAY, date(2028, 11, 21)) == (fresh.appointed_by.items, fresh.start, fresh.until)

    @pytest.mark.parametrize(("rule", "name"), [(TURNS, "body-corporate"), (SECOND, "joint-board")])
    def test_nobody(self, rule, name):
        """Where nobody ever was in the chair somebody is, of the side that did not appoint the vice-chair."""
        p = quiet(name)
        vices = [one for one in p.chairs if one.office is Office.VICE_CHAIR]
        by = period(p, "vice-chair-2025").appointed_by
        chair = period(mended(rule, p.evolve(chairs=vices)), "chair")
        assert set(by).isdisjoint(chair.appointed_by)
        assert chair.member in [one.id for one in p.current_members]
        to_come = with_period(without(p, "chair-2023", "chair-2025"), "chair-2027", start="2026-12-01")
        assert DAY == period(mended(rule, to_come), "chair").start

    @pytest.mark.parametrize(
        ("wanted", "before", "now"),
        [
            ((COUNCIL, NHS), UNKNOWN, [NHS]),
            ((COUNCIL, NHS), [COUNCIL], UNKNOWN),
            ((COUNCIL, NHS), UNKNOWN, UNKNOWN),
            ((COUNCIL, NHS), [COUNCIL, NHS], [NHS]),
        ],
    )
    def test_unclear(self, wanted, before, now):
        """An appointment that is not clear is of the other side than the one that is, or of the member's."""
        p = with_period(with_period(quiet(), "chair-2023", appointed_by=before), "chair-2025", appointed_by=now)
        done = mended(TURNS, p)
        assert wanted == tuple(period(done, id).appointed_by[0] for id in ("chair-2023", "chair-2025"))

    def test_only_one(self):
        """A first period has none before it to take turns with."""
        p = without(quiet(), "chair-2023", "vice-chair-2023")
        done = mended(TURNS, p.evolve(chairs=Listing(p.chairs.items, complete=False)))
        assert p.chairs == done.chairs

    def test_vacant(self):
        """Offices that are vacant are filled by the sides that appoint to them; the periods stay."""
        for rule, id, fit in ((TURNS, "chair-2025", OF_NHS), (VICE, "vice-chair-2025", OF_COUNCIL)):
            p = with_period(quiet(), id, member=None)
            done = mended(rule, p)
            assert period(quiet(), id) == attrs.evolve(period(done, id), member=period(quiet(), id).member)
            assert () == find(fit).verdicts(done)
            assert isinstance(period(done, id).member, str)

    def test_kept(self):
        """If periods are known in part, those known stay."""
        p = quiet()
        p = with_period(p, "chair-2023", until="2025-05-20").evolve(
            chairs=Listing(with_period(p, "chair-2023", until="2025-05-20").chairs.items, complete=False)
        )
        assert p.chairs.items == mended(TURNS, p).chairs.items

    def test_joint(self):
        """A council that nominated the member appoints in the Health Board's place."""
        p = quiet("joint-board")
        nhs = p.health_board.id
        p = with_period(with_period(p, "chair-2023", appointed_by=[nhs]), "chair-2025", appointed_by=[nhs])
        assert nhs not in period(mended(SECOND, p), "chair-2025").appointed_by.items


class TestVice:
    def test_appointed(self):
        """Where there is no vice-chair the other side appoints one, for as long as the chair."""
        done = mended(VICE, without(quiet(), "vice-chair-2025"))
        wanted = ChairPeriod(
            id="vice-chair",
            board=BOARD,
            office="vice-chair",
            member="councillor-1-2025",
            appointed_by=[COUNCIL],
            start=DAY,
            until="2027-05-05",
        )
        assert wanted == period(done, "vice-chair")

    def test_presided(self):
        """Whoever has presided goes before others."""
        p = quiet()
        meeting = attrs.evolve(example("body-corporate").meetings[0], on=DAY, presiding="councillor-3-2025")
        done = find(VICE).mended(without(p, "vice-chair-2025").evolve(meetings=[meeting]))
        assert () == find(VICE).verdicts(done)
        assert "councillor-3-2025" == period(done, "vice-chair").member

    @pytest.mark.parametrize(
        ("wanted", "chair", "vice"),
        [
            ((NHS, COUNCIL), [NHS], [NHS]),
            ((NHS, COUNCIL), UNKNOWN, [COUNCIL]),
            ((COUNCIL, NHS), UNKNOWN, [NHS]),
            ((NHS, COUNCIL), UNKNOWN, UNKNOWN),
            ((NHS, COUNCIL), [NHS, COUNCIL], [COUNCIL]),
        ],
    )
    def test_sides(self, wanted, chair, vice):
        """An appointment that is clear stays, and the other is of the other side."""
        p = with_period(with_period(quiet(), "chair-2025", appointed_by=chair), "vice-chair-2025", appointed_by=vice)
        done = mended(VICE, p)
        assert wanted == tuple(period(done, id).appointed_by[0] for id in ("chair-2025", "vice-chair-2025"))
        fitting = [find(OF_COUNCIL), find(OF_NHS)]
        assert {rule.id for rule in fitting if rule.is_open(done)} <= {rule.id for rule in fitting if rule.is_open(p)}

    @pytest.mark.parametrize(("wanted", "start"), [(["chair-2025", "x"], "2026-01-01"), (["x"], "2025-05-24")])
    def test_one_at_a_time(self, wanted, start):
        """Of two chairs at once the one that began last stays."""
        p = quiet()
        x = attrs.evolve(
            period(p, "chair-2025"), id="x", start=start, appointed_by=[COUNCIL], member="councillor-2-2025"
        )
        done = mended(
            VICE,
            without(p, "chair-2023", "chair-2027").evolve(chairs=[*without(p, "chair-2023", "chair-2027").chairs, x]),
        )
        assert wanted == [one.id for one in done.chairs if one.office is Office.CHAIR]


class TestMembers:
    def test_new_nominee(self):
        """If no nominee may be in the chair, a new one is nominated."""
        p = without(quiet(), "vice-chair-2025")
        p = p.evolve(members=p.members.where(lambda one: one.route is not Route.LA))
        done = mended(VICE, p)
        assert "councillor" == period(done, "vice-chair").member
        assert () == find(OF_COUNCIL).verdicts(done)

    @pytest.mark.parametrize(
        ("rule", "field", "id", "wanted"),
        [
            (OF_NHS, "is_ned", "health-board-1-2025", True),
            (OF_COUNCIL, "nominated_by", "councillor-1-2025", COUNCIL),
        ],
    )
    def test_fact_forgotten(self, rule, field, id, wanted):
        """Whoever may be fit for the chair is."""
        p = quiet()
        p = p.evolve(members=p.members.map(lambda one: attrs.evolve(one, **{field: UNKNOWN}) if one.id == id else one))
        (one,) = [one for one in mended(rule, p).members if one.id == id]
        assert wanted == getattr(one, field)

    @pytest.mark.parametrize("rule", [LIVED, OF_NHS])
    def test_member_forgotten(self, rule):
        """A chair whom nobody recorded is one whom the appointer may appoint; other periods stay."""
        p = with_period(quiet(), "chair-2025", member=UNKNOWN)
        done = mended(rule, p)
        assert "health-board-1-2025" == period(done, "chair-2025").member
        assert period(p, "vice-chair-2025") == period(done, "vice-chair-2025")

    def test_appointer_forgotten(self):
        """Without a member or an appointer, the chair is of the side that did not appoint the vice-chair."""
        p = with_period(quiet(), "chair-2025", member=UNKNOWN, appointed_by=UNKNOWN)
        assert (NHS,) == period(mended(OF_NHS, p), "chair-2025").appointed_by.items
