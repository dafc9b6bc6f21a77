"""Mends of rules about posts."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer, Holder, Route
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

ONE, SECOND, CONSULT = "PBJW-s10-chief-officer", "PBJW-s10-secondment", "PBJW-s10-6-consult"
MEMBER, FINANCE, SOCIAL = "IJBO-a3-7B-co-member", "FIN-s95-officer", "CSWO-appointed"
BOARD, COUNCIL, NHS = "strathallan-ijb", "strathallan-council", "nhs-glenmore"
DAY, EVE = date(2026, 11, 22), date(2026, 11, 21)


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def post_of(p, kind, body=BOARD):
    """Give the post of a kind."""
    return next(one for one in p.posts.items if isinstance(one, kind) and one.body == body)


def held(p, kind, *holders, complete=True):
    """Let holders have held a post."""
    fresh = attrs.evolve(
        post_of(p, kind, COUNCIL if kind is ChiefSocialWorkOfficer else BOARD), holders=Listing(holders, complete)
    )
    return p.evolve(posts=[fresh if one.id == fresh.id else one for one in p.posts.items])


def chief(**changes):
    """Give the chief officer of the example, changed."""
    (one,) = post_of(example("body-corporate"), ChiefOfficer).holders.items
    return attrs.evolve(one, **changes)


def without_posts(p, kind, *, complete=True):
    """Leave out a kind of post."""
    return p.evolve(posts=Listing([one for one in p.posts.items if not isinstance(one, kind)], complete))


class TestChiefOfficer:
    @pytest.mark.parametrize("field", ["start", "until", "interim", "appointed_by"])
    def test_forgotten(self, field):
        """Of whoever may be chief officer, only what was forgotten changes."""
        p = held(example("body-corporate"), ChiefOfficer, chief(**{field: UNKNOWN}))
        wanted = {"start": DAY, "until": None, "interim": False, "appointed_by": BOARD}[field]
        assert chief(**{field: wanted}) == post_of(mended(ONE, p), ChiefOfficer).holders[0]

    def test_several(self):
        """Of several the one whom the board appointed stays; who begins on the day never was."""
        others = chief(appointed_by=NHS), chief(person="B", appointed_by=NHS, start=DAY)
        p = held(example("body-corporate"), ChiefOfficer, chief(start="2020-01-01"), *others)
        holders = post_of(mended(ONE, p), ChiefOfficer).holders.items
        assert [(date(2020, 1, 1), None), (chief().start, EVE)] == [(one.start, one.until) for one in holders]

    def test_stands_in(self):
        """Whoever stands in is appointed, and seconded and consulted on as the law asks."""
        p = held(example("body-corporate"), ChiefOfficer, chief(interim=True, seconded=False, employer=None))
        (one,) = post_of(mended(ONE, p), ChiefOfficer).holders.items
        assert chief(employer=NHS) == one

    def test_nobody(self):
        """A new chief officer takes the post, a new one if there is none, and the seat."""
        p = without_posts(example("body-corporate"), ChiefOfficer)
        p = p.evolve(members=p.members.where(lambda one: one.route is not Route.CO))
        done = mended(ONE, p)
        (one,) = post_of(done, ChiefOfficer).holders.items
        assert (UNKNOWN, BOARD, NHS, True) == (one.person, one.appointed_by, one.employer, one.seconded)
        assert ["chief-officer"] == [one.id for one in done.members if one.route is Route.CO]

    def test_all_known(self):
        """Whoever is not sure to be chief officer beside another is not, and no posts are missing."""
        others = (
            chief(person="B", start=UNKNOWN),
            chief(person="C", interim=UNKNOWN),
            chief(interim=True, until=UNKNOWN),
        )
        p = held(example("body-corporate"), ChiefOfficer, chief(employer=UNKNOWN), *others, complete=False)
        p = p.evolve(posts=Listing(p.posts.items, complete=False))
        done = mended(SECOND, p)
        said = {(one.person, one.until, one.interim) for one in post_of(done, ChiefOfficer).holders}
        assert {
            (chief().person, None, False),
            ("B", EVE, False),
            ("C", None, True),
            (chief().person, EVE, True),
        } == said
        assert done.posts.complete

    @pytest.mark.parametrize("complete", [True, False])
    def test_consulted(self, complete):
        """Those who were not consulted were, beside others; who else was may stay open."""
        p = held(example("body-corporate"), ChiefOfficer, chief(consulted=Listing(["x"], complete)))
        wanted = Listing([NHS, COUNCIL, "x"], complete)
        assert wanted == post_of(mended(CONSULT, p), ChiefOfficer).holders[0].consulted


class TestMembership:
    def test_unsure(self):
        """Whoever may sit as chief officer does."""
        p = example("body-corporate")
        p = p.evolve(members=[attrs.evolve(one, until=UNKNOWN) if one.route is Route.CO else one for one in p.members])
        p = p.evolve(members=Listing(p.members.items[1:], complete=False))
        assert "chief-officer-2025" in [one.id for one in mended(MEMBER, p).current_members]

    def test_somebody_else(self):
        """Somebody else who sits as chief officer gives place."""
        p = held(example("body-corporate"), ChiefOfficer, chief(person="Y"))
        assert {"Y"} == {one.person for one in mended(MEMBER, p).current_members if one.route is Route.CO}

    def test_another_chief_officer(self):
        """Beside another chief officer, who sits, a second takes a seat of their own."""
        p = held(example("body-corporate"), ChiefOfficer, chief(), chief(person="Y", interim=True))
        sitting = [one.person for one in mended(MEMBER, p).current_members if one.route is Route.CO]
        assert ["Y", chief().person] == sorted(sitting, key=str.casefold, reverse=True)


class TestOtherPosts:
    @pytest.mark.parametrize(
        "holders", [(), (Holder(person="J", start=UNKNOWN),), (Holder(person="J", start="2021-01-01", until=UNKNOWN),)]
    )
    def test_finance(self, holders):
        """Whoever may be finance officer is; else somebody new, who is the one that sits."""
        done = mended(FINANCE, held(example("body-corporate"), ChiefFinanceOfficer, *holders))
        (one,) = post_of(done, ChiefFinanceOfficer).holders.items
        assert ("J" if holders else "member J", True) == (one.person, one.serves(DAY))

    def test_no_post(self):
        """A post that is not there is made, and other posts may be missing."""
        done = mended(FINANCE, without_posts(example("body-corporate"), ChiefFinanceOfficer, complete=False))
        assert ("chief-finance-officer", False) == (post_of(done, ChiefFinanceOfficer).id, done.posts.complete)

    @pytest.mark.parametrize("complete", [True, False])
    def test_social_work(self, complete):
        """A council without the post, or whose post may be missing, makes it and appoints."""
        done = mended(SOCIAL, without_posts(example("body-corporate"), ChiefSocialWorkOfficer, complete=complete))
        post = post_of(done, ChiefSocialWorkOfficer, COUNCIL)
        assert (f"chief-social-work-officer-{COUNCIL}", COUNCIL) == (post.id, post.holders[0].appointed_by)

    @pytest.mark.parametrize("until", [UNKNOWN, EVE])
    def test_social_work_vacant(self, until):
        """Whoever may be chief social work officer is; a vacant post is filled."""
        old = Holder(person="X", appointed_by=COUNCIL, start="2021-01-01", until=until)
        done = mended(SOCIAL, held(example("body-corporate"), ChiefSocialWorkOfficer, old))
        wanted = (1, None) if until is UNKNOWN else (2, EVE)
        holders = post_of(done, ChiefSocialWorkOfficer, COUNCIL).holders
        assert wanted == (len(holders), holders[0].until)


class TestWithoutABoard:
    def test_board_first(self):
        """Where there is no board yet, it is made before its chief officer is appointed."""
        p = example("body-corporate").evolve(
            ijb=None, posts=(), members=(), chairs=(), meetings=(), committees=(), budgets=(), lines=()
        )
        done = mended(ONE, p)
        assert BOARD == post_of(done, ChiefOfficer).holders[0].appointed_by

    def test_no_board(self):
        """Where the scheme turns out to need no board, nothing else is changed."""
        p = example("lead-agency-to-board")
        unclear = p.evolve(scheme=attrs.evolve(p.scheme, models="a+b"))
        done = find(ONE).mended(unclear)
        assert done == find("PBJW-s1-4-one-model").mended(unclear)
