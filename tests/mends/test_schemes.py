"""What mends schemes: the model, the parties, what is set out, the board, and what was forgotten about them."""

from datetime import date
from functools import cache

import attrs
import pytest

from scotintegration.bodies import HealthBoard, LocalAuthority, Seats
from scotintegration.examples import example
from scotintegration.lines import Line
from scotintegration.mends._table import table
from scotintegration.officers import ChiefOfficer
from scotintegration.partnership import Partnership
from scotintegration.rules import Severity, check, find
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.schemes import Arrangement, Basis
from scotintegration.unknown import UNKNOWN, Listing

SUBJECTS = ("schemes", "scheme_days", "reviews", "enactments", "functions")
OURS = (
    *("establishing", "delegating", "listing", "parties"),
    *("scheme", "scheme_clock", "prescribed_items", "consulted"),
)
KEPT = ("id", "name", "models", "basis", "health_board", "delegator", "delegate", "source")
"""Fields that are never unknown."""


@cache
def rules():
    """List the rules on schemes in the order in which they are mended."""
    return [find(id) for id in table() if find(id).where.split(".")[2] in OURS]


def founded(model, councils=1, as_at="2026-11-22"):
    """Found a partnership with nothing yet but its bodies."""
    bodies = [LocalAuthority(f"toy-council-{n}", name=f"Toytown {n} Council") for n in range(1, councils + 1)]
    return Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"), *bodies, model=model, as_at=as_at)


def with_scheme(p, **changes):
    """Change fields of the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def mended(rule, p):
    """Mend a rule and tell that it is kept then."""
    after = find(rule).mended(p)
    assert [] == [str(one) for one in check(after, rules=[find(rule)]).findings]
    return after


def changed(before, after):
    """Name the fields of the scheme that differ."""
    names = [field.name for field in attrs.fields(type(before.scheme))]
    return {name for name in names if getattr(before.scheme, name) != getattr(after.scheme, name)}


def forgotten(value):
    """Give copies of a value in each of which one field is not recorded, or only in part."""
    for field in attrs.fields(type(value)):
        held = getattr(value, field.name)
        if isinstance(held, Listing):
            yield attrs.evolve(value, **{field.name: Listing(held.items, False)})
            yield attrs.evolve(value, **{field.name: UNKNOWN})
        elif held is not UNKNOWN and field.name not in KEPT:
            yield attrs.evolve(value, **{field.name: UNKNOWN})


def schemes_forgotten(p):
    """Give copies of a partnership in each of which one fact about its scheme is missing."""
    scheme = p.scheme
    yield from (p.evolve(scheme=one) for one in forgotten(scheme))
    for name in ("functions", "revisions", "reviews"):
        items = getattr(scheme, name).items[:1]
        for item in items:
            rest = [one for one in getattr(scheme, name) if one is not item]
            yield from (with_scheme(p, **{name: [*rest, one]}) for one in forgotten(item))
    for name in ("ijb", "health_board"):
        if getattr(p, name) is not None:
            yield from (p.evolve(**{name: one}) for one in forgotten(getattr(p, name)))


class TestForgotten:
    """Partnerships of which something was forgotten."""

    @pytest.mark.parametrize(
        "p",
        [example("body-corporate"), example("lead-agency-both-ways"), joint_lead_agency()],
        ids=["board", "lead", "joint"],
    )
    def test_mends_what_was_forgotten(self, p):
        """Each rule on schemes is kept once it is mended, whichever fact is missing, and it is left if it was kept."""
        for one in schemes_forgotten(p):
            for rule in rules():
                if rule.is_open(one):
                    mended(rule.id, one)
                else:
                    assert one is rule.mended(one)

    @pytest.mark.parametrize("field", ["reviews", "revisions", "enactments", "items", "consulted", "functions"])
    def test_breaks_nothing(self, field):
        """Whatever is known only in part, no mend breaks a statute that was kept."""
        p = example("large-hospital")
        one = with_scheme(p, **{field: Listing(getattr(p.scheme, field).items[:1], False)})
        kept = [rule for rule in rules() if not rule.is_open(one)]
        for rule in rules():
            assert () == check(rule.mended(one), rules=kept).unlawful


class TestInOrder:
    """All mends of schemes, one after the other."""

    @pytest.mark.parametrize("as_at", ["2014-12-01", "2015-06-01", "2016-03-31", "2016-04-01", "2026-11-22"])
    @pytest.mark.parametrize(("model", "councils"), [("a", 1), ("a", 2), ("b", 2), ("c", 2), ("d", 1), ("d", 3)])
    def test_none_is_open(self, model, councils, as_at):
        """After them no rule on schemes is open, and no field of the scheme was filled in that could stay as it was."""
        p = before = founded(model, councils, as_at)
        for rule in rules():
            p = rule.mended(p)
        assert [] == [rule.id for rule in rules() if rule.is_open(p)]
        for name in changed(before, p) - {"basis"}:  # which follows from the councils of the area
            without = with_scheme(p, **{name: getattr(before.scheme, name)})
            assert any(rule.is_open(without) for rule in rules()), name

    def test_listed_one_by_one(self):
        """Nothing listed in a scheme so completed could be left out."""
        p = founded("d", 2)
        for rule in rules():
            p = rule.mended(p)
        lists = {name: getattr(p.scheme, name) for name in ("functions", "enactments", "items", "consulted")}
        for name, listing in lists.items():
            for item in listing:
                without = with_scheme(p, **{name: [one for one in listing if one is not item]})
                assert any(rule.is_open(without) for rule in rules() if rule.severity is Severity.STATUTE), item


class TestModel:
    """`of_one_model`."""

    @pytest.mark.parametrize("model", list("abcd"))
    def test_of_the_bodies(self, model):
        """It takes the model of the board or of the lead agencies."""
        p = mended("PBJW-s1-4-one-model", with_scheme(founded(model), models="a+b+c+d"))
        assert model == p.model.letter

    def test_first_claimed(self):
        """Without a board or a lead agency it takes the first that the scheme claims."""
        p = with_scheme(founded("b").evolve(lead_agencies=()), models="c+d")
        assert "c" == mended("PBJW-s1-4-one-model", p).model.letter


class TestParties:
    """`made_by_all` and `made_under`."""

    def test_council_joins(self):
        """A council that was left out joins, and the scheme becomes a joint one with what that asks for."""
        p = example("joint-board")
        first = p.local_authorities[0].id
        items = [*(slug for slug in p.scheme.items if slug != "gov-ijb-n"), "gov-ijb-1"]
        p = with_scheme(p, local_authorities=[first], basis="s.2(3)", items=items)
        after = mended("PBJW-s1-2-joint-scheme", p)
        assert {"local_authorities", "basis", "items"} == changed(p, after)

    def test_stands_until_replaced(self):
        """A later day for the next scheme is left as it is."""
        p = with_scheme(example("body-corporate"), health_board="another", replaced_on="2027-04-01")
        assert {"health_board"} == changed(p, mended("PBJW-s1-2-joint-scheme", p))

    def test_no_longer_replaced(self):
        """A scheme that stands has no other in its place."""
        p = with_scheme(example("body-corporate"), replaced_on="2026-04-01")
        assert mended("PBJW-s1-2-joint-scheme", p).scheme.replaced_on is None

    def test_without_a_council(self):
        """A scheme that no council made is made by those that there are."""
        p = with_scheme(example("large-hospital"), local_authorities=())
        after = mended("PBJW-s2-single-or-joint", p)
        assert example("large-hospital").scheme.local_authorities == after.scheme.local_authorities

    def test_area_is_enough(self):
        """Where only the area is missing, the scheme is one for the only council of an area, or is left as it is."""
        p = founded("a")
        after = mended("PBJW-s2-single-or-joint", p)
        assert {"basis"} == changed(p, after)
        assert (Basis.SAME_AREA, ("toy-council-1",)) == (
            after.scheme.basis,
            after.health_board.local_authorities.items,
        )
        joint = with_scheme(p, basis="s.2(4)")
        assert joint.scheme == mended("PBJW-s2-single-or-joint", joint).scheme

    def test_area_that_is_whole(self):
        """The area of a Health Board of which all councils are known stays as it is."""
        p = example("large-hospital")
        assert p.health_board == mended("PBJW-s2-6-cross-scheme", p.evolve(evidence=())).health_board

    def test_area_that_shows_another(self):
        """Where the area shows councils beyond those that made the scheme, they count."""
        p = example("joint-board")
        p = p.evolve(health_board=attrs.evolve(p.health_board, local_authorities=UNKNOWN))
        p = with_scheme(p, local_authorities=Listing.partial(p.local_authorities[0].id))
        assert 2 == len(mended("PBJW-s2-single-or-joint", p).scheme.local_authorities)


class TestArrangements:
    """`without_agency`."""

    @pytest.mark.parametrize(
        ("start", "until", "ends"),
        [
            (None, None, "2026-11-21"),
            ("2026-01-01", UNKNOWN, "2026-11-21"),
            (UNKNOWN, "2026-06-30", "2026-06-30"),
            (UNKNOWN, None, "2026-11-21"),
            ("2027-01-01", UNKNOWN, "None"),
            (UNKNOWN, UNKNOWN, "2026-11-21"),
        ],
    )
    def test_ended(self, start, until, ends):
        """An arrangement ends the day before, unless it was over or has not begun."""
        one = Arrangement(
            from_la="x", to_la="y", function="asp 2014/9 s.44", power="1973 c.65 s.56", start=start, until=until
        )
        lawful = attrs.evolve(one, power="1973 c.65 s.57", from_la="z")
        p = with_scheme(example("body-corporate"), arrangements=[one, lawful])
        after = mended("PBJW-s57-no-la-agency", p).scheme.arrangements
        assert ends == str(after[0].until)
        assert lawful == after[1]

    def test_of_one_day(self):
        """One that begins that very day is not made."""
        one = Arrangement(
            from_la="x", to_la="y", function="asp 2014/9 s.44", power="1973 c.65 s.56", start="2026-11-22"
        )
        p = with_scheme(example("body-corporate"), arrangements=[one])
        assert () == mended("PBJW-s57-no-la-agency", p).scheme.arrangements.items

    def test_yet_to_begin(self):
        """One whose days are known and that is still to begin is left as it is."""
        one = Arrangement(
            from_la="x", to_la="y", function="asp 2014/9 s.44", power="1973 c.65 s.56", start="2027-01-01"
        )
        p = with_scheme(example("body-corporate"), arrangements=Listing.partial(one))
        assert (one,) == mended("PBJW-s57-no-la-agency", p).scheme.arrangements.items


class TestBoard:
    """`established_by_order` and `answering_to_both`."""

    def test_without_a_board(self):
        """A scheme of model a that has no board gets one, without seats."""
        p = founded("b")
        p = with_scheme(p.evolve(lead_agencies=()), models="a")
        after = mended("PBJW-s9-order", p)
        assert (p.id, ()) == (after.ijb.id, after.ijb.seats.items)

    @pytest.mark.parametrize("order", [None, UNKNOWN, "SSI 2015/1"])
    @pytest.mark.parametrize(
        ("established_on", "passed", "wanted"),
        [
            ("2015-08-08", "2016-04-01", "2015-08-08"),
            (None, "2016-04-01", "2016-04-01"),
            (None, "2027-04-01", "2026-11-22"),
            (UNKNOWN, UNKNOWN, "2026-11-22"),
            (UNKNOWN, "2016-04-01", "2016-04-01"),
        ],
    )
    def test_day_of_the_board(self, order, established_on, passed, wanted):
        """It is established on the day on record or, without one, when functions passed or now; an order stays."""
        p = with_scheme(founded("a"), delegated_on=passed)
        p = p.evolve(ijb=attrs.evolve(p.ijb, order=order, established_on=established_on))
        after = find("PBJW-s9-order").mended(p).ijb
        assert (order if isinstance(order, str) else "an order of the Scottish Ministers") == after.order
        assert wanted == after.established_on.isoformat()

    def test_not_before_approval(self):
        """A board is established no sooner than Ministers approved the scheme."""
        p = with_scheme(founded("a"), delegated_on="2016-04-01", approved_on="2016-05-01")
        assert date(2016, 5, 1) == mended("PBJW-s9-order", p).ijb.established_on

    @pytest.mark.parametrize("posts", [(), UNKNOWN])
    def test_without_a_post(self, posts):
        """Without a post of chief officer one is created, that nobody holds, and a board where there is none."""
        bare = with_scheme(founded("b").evolve(lead_agencies=()), models="a")
        for p in (founded("a"), bare):
            after = mended("ISR-co-line-both", p.evolve(posts=posts))
            assert {party.id for party in p.parties} == set(after.chief_officer.post.answers_to)
            assert () == after.chief_officer.post.holders.items

    def test_asserted_lines_count(self):
        """A body to which a line was asserted need not be named as well."""
        p = founded("a")
        line = Line(
            from_id=f"{p.id}/posts/chief-officer",
            to_id="toy-nhs",
            kind="accountability",
            citation="SSI 2014/341 sch",
            basis="asserted",
        )
        after = mended("ISR-co-line-both", p.evolve(lines=[line]))
        assert ("toy-council-1",) == after.chief_officer.post.answers_to.items

    def test_names_the_post(self):
        """The post that is there stays and keeps its id."""
        posts = [post for post in founded("a").posts if isinstance(post, ChiefOfficer)]
        after = mended("ISR-co-line-both", founded("a").evolve(posts=posts))
        assert [posts[0].id] == [post.id for post in after.posts]


class TestActing:
    """`acting_accordingly`."""

    RULE = "ISR-reg2-3-act-accordingly"

    def test_seats_not_known(self):
        """A number of nominees is left out where nobody knows how many there are."""
        p = example("body-corporate")
        p = p.evolve(ijb=attrs.evolve(p.ijb, seats=UNKNOWN))
        assert () == mended(self.RULE, p).scheme.nominees.items

    @pytest.mark.parametrize("number", [99, 0, UNKNOWN])
    def test_committee(self, number):
        """For a monitoring committee the number is that of the nominees who sit on it."""
        p = example("lead-agency-to-board")
        stated = p.scheme.nominees
        after = mended(self.RULE, with_scheme(p, nominees=stated.map(lambda one: Seats(one.nominator, number))))
        sitting = p.current_members.items
        counted = {one.nominator: sum(m.nominated_by == one.nominator for m in sitting) for one in stated}
        assert counted == {one.nominator: one.number for one in after.scheme.nominees}

    def test_committee_not_known(self):
        """Where not all who sit on it are known, the scheme states no number."""
        p = example("lead-agency-to-board")
        p = p.evolve(members=Listing(p.members.items, False))
        assert () == mended(self.RULE, p).scheme.nominees.items
        p = example("lead-agency-to-board")
        first = p.current_members[0]
        members = p.members.map(lambda one: attrs.evolve(one, nominated_by=UNKNOWN) if one == first else one)
        assert () == mended(self.RULE, p.evolve(members=members)).scheme.nominees.items

    def test_longer_term(self):
        """The term that the scheme states grows until it covers the periods in the chair, and no further."""
        p = example("body-corporate")
        after = mended(self.RULE, with_scheme(p, chair_term_months=6))
        assert p.scheme == attrs.evolve(after.scheme, chair_term_months=24)

    def test_open_end(self):
        """A period without an end counts as far as today; one to come does not count."""
        p = example("body-corporate")
        chairs = p.chairs.map(lambda one: attrs.evolve(one, until=None))
        after = mended(self.RULE, with_scheme(p.evolve(chairs=chairs), chair_term_months=1))
        assert after.scheme.chair_term_months > 24

    def test_term_not_known(self):
        """The scheme states no term where a day of somebody in the chair is not recorded."""
        p = example("body-corporate")
        first, *others = p.chairs
        p = p.evolve(chairs=[attrs.evolve(first, until=UNKNOWN), *others])
        assert mended(self.RULE, p).scheme.chair_term_months is None
