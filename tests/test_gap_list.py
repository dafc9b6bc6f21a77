"""The gap list says what is amiss with the directions of a partnership, day by day, and what cannot be told."""

import csv
import html.parser
import io
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import COUNCILS, FEWER, HEALTH_BOARD, partnerships

import scotintegration as si
from scotintegration.dates import Interval
from scotintegration.directions import Direction, ServiceChange
from scotintegration.errors import DateError, UnlawfulStepError
from scotintegration.functions import DelegatedFunction
from scotintegration.gap_list import GapItem, GapKind, GapList, gap_list
from scotintegration.ministers import ExemptionOrder
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import Severity
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

START = date(2026, 4, 1)
FIRST, LAST = START - timedelta(days=30), START + timedelta(days=90)
PERIOD = (FIRST, LAST)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
DAYS = st.integers(-20, 60).map(lambda n: START + timedelta(days=n))
FUNCTIONS = ("care-at-home", "frailty", "respite")
PARTIES = (COUNCILS[0].id, HEALTH_BOARD.id)
UNSETTLED = ("no direction", "nothing to follow", "overlap")


def area(steps=(), *, model="a", complete=True, **changes):
    """Give a partnership with three functions and a register of some steps."""
    p = Partnership.between(HEALTH_BOARD, COUNCILS[0], model=model, as_at=START)
    authority = p.ijb.id if p.ijb else p.lead_agencies[0].body
    functions = [
        DelegatedFunction(id=one, name=one, delegator=PARTIES[0], delegate=authority, start=None, until=None)
        for one in FUNCTIONS
    ]
    scheme = attrs.evolve(p.scheme, functions=functions, delegated_on="2016-04-01")
    register = DirectionsRegister(p.id, tuple(steps), complete=complete, strict=False)
    options = {"exempt_functions": [], "service_changes": [], "scheme": scheme, "directions": register, **changes}
    return p.evolve(**options)


def direction(id="D-1", **fields):
    """Make a direction for respite to the council, in writing and with all that s. 27 asks."""
    given = {
        "given_to": PARTIES[0],
        "functions": ["respite"],
        "payment": "£5",
        "use": "short breaks",
        "effective_from": START,
        "in_writing": True,
    }
    return Direction(id, **{**given, **fields})


def issued(*directions):
    """Give the steps of directions issued one after the other."""
    register = DirectionsRegister("x", strict=False)
    for one in directions:
        register = register.issue(one)
    return [
        attrs.evolve(step, direction=step.direction and step.direction.evolve(issuer=None)) for step in register.steps
    ]


def told(items):
    """Give where, first and last day of items."""
    return [(item.where, str(item.start), str(item.until)) for item in items]


@st.composite
def moves(draw, *, known=False):
    """Draw directions to be issued, which may end an earlier one, and revocations of earlier ones."""
    found = []
    on = DAYS if known else DAYS | st.none() | st.just(UNKNOWN)
    for number in range(draw(st.integers(0, 6))):
        if number and draw(st.integers(0, 4)) == 0:
            found.append((f"D-{draw(st.integers(0, number - 1))}", draw(DAYS)))
            continue
        first = draw(on)
        last = draw(st.none() | st.integers(0, 40)) if isinstance(first, date) else None
        ends = None if last is None else first + timedelta(days=last)
        fields = {"effective_from": first, "ends_on": ends if known else draw(st.just(ends) | st.just(UNKNOWN))}
        if number and (how := draw(st.sampled_from(["", "varies", "supersedes"]))):
            fields[how] = f"D-{draw(st.integers(0, number - 1))}"
        names = draw(st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=3, unique=True))
        whole = known or draw(st.booleans())
        to = draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True))
        use = draw(st.sampled_from(["beds", "nurses"]))
        found.append(direction(f"D-{number}", functions=Listing(names, whole), given_to=to, use=use, **fields))
    return found


def played(found, p, *, strict=False):
    """Play moves on the empty register of a partnership, passing over what it refuses."""
    register = DirectionsRegister(p.id, strict=strict, scope=p.register.scope)
    for move in found:
        try:
            register = register.issue(move) if isinstance(move, Direction) else register.revoke(move[0], on=move[1])
        except (UnlawfulStepError, LookupError):
            continue
    return p.evolve(directions=register)


def days_of(items):
    """List every function with every day of items."""
    return {
        (item.where, item.start + timedelta(days=n))
        for item in items
        for n in range((item.until - item.start).days + 1)
    }


def bare_days(p, days=EVERY_DAY):
    """List every function with every day on which the register says that it has no direction."""
    return {
        (f"functions[{function!r}]", on)
        for on in days
        for function in p.register.functions_without_direction(on=on).functions.items
    }


class TestLaws:
    @given(moves())
    def test_no_direction(self, found):
        """The days with no direction are those on which the register says so, whatever is unknown."""
        p = played(found, area())
        assert bare_days(p) == days_of(p.gap_list(between=PERIOD).of("no direction").certain)

    @given(moves(known=True))
    def test_no_direction_strict(self, found):
        """The same holds of a strict register, of which everything can be told."""
        p = played(found, area(), strict=True)
        gaps = p.gap_list(between=PERIOD)
        assert () == gaps.cannot_tell
        assert bare_days(p) == days_of(gaps.of("no direction"))
        stretches = {(f"functions[{one.function!r}]", one.days) for one in p.register.gaps(*PERIOD)}
        assert stretches == {(one.where, Interval.through(one.start, one.until)) for one in gaps.of("no direction")}

    @given(partnerships(), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
    @FEWER
    def test_any_partnership(self, p, on):
        """Of any partnership, on any day, the list agrees with the register, and can be made again."""
        gaps = p.gap_list(on=on)
        assert bare_days(p, [on]) == days_of(gaps.of("no direction").certain)
        assert gaps.receipt.verify()
        assert all(bool(item.settled_by) is not item.certain for item in gaps)
        assert all(item.citations and item.mend for item in gaps)

    @given(moves(), st.randoms())
    def test_order(self, found, random):
        """The order in which steps were recorded does not matter."""
        p = played(found, area())
        mixed = list(p.directions.steps)
        random.shuffle(mixed)
        other = p.evolve(directions=attrs.evolve(p.directions, steps=mixed))
        for kind in ("no direction", "not in writing", "short of s. 27", "outside the scheme", "dates out of order"):
            one, two = (set(told(x.gap_list(between=PERIOD).of(kind).certain)) for x in (p, other))
            assert one == two

    @given(
        moves(), st.sampled_from(["charity", None, *PARTIES]), st.sampled_from(["housing", "respite"]), st.booleans()
    )
    def test_strict(self, found, recipient, function, written):
        """A strict register has nothing outside the scheme, given to another, or not in writing."""
        odd = direction("odd", given_to=recipient, functions=[function], in_writing=written)
        p = played([*found, odd], area(), strict=True)
        gaps = p.gap_list(between=PERIOD).of("outside the scheme", "not in writing", "not to be directed")
        assert () == gaps.certain

    @given(moves(known=True))
    def test_nothing_to_follow(self, found):
        """From every day from which nothing follows, there is no direction."""
        p = played(found, area())
        gaps = p.gap_list(between=PERIOD)
        bare = days_of(gaps.of("no direction"))
        for item in gaps.of("nothing to follow"):
            assert item.certain
            assert any((f"functions[{name!r}]", item.start) in bare for name in FUNCTIONS if repr(name) in item.what)

    @given(moves(known=True))
    def test_overlaps(self, found):
        """Two directions overlap on the days on which both are in force for one thing and one purpose."""
        p = played(found, area())
        expected = set()
        for on in EVERY_DAY:
            live = p.register.in_force(on=on).items
            for number, one in enumerate(live):
                expected |= {
                    (f"directions[{one.id!r}].functions", on)
                    for other in live[:number]
                    if one.use == other.use
                    and set(one.functions) & set(other.functions)
                    and set(one.given_to) & set(other.given_to)
                }
        assert expected == days_of(p.gap_list(between=PERIOD).of("overlap"))

    @given(moves(), st.sampled_from(EVERY_DAY))
    def test_one_day(self, found, on):
        """What is asked of one day is what is asked of a period, on that day."""
        p = played(found, area())
        kinds = ("no direction", "not in writing", "short of s. 27", "overlap")
        day = {(one.kind, one.where, one.said) for one in p.gap_list(on=on).of(*kinds)}
        period = {
            (one.kind, one.where, one.said)
            for one in p.gap_list(between=PERIOD).of(*kinds)
            if one.start <= on <= one.until
        }
        assert day == period


class TestDays:
    def test_no_direction(self):
        """A function without a direction is listed with its days, provision, mend and rule."""
        p = area(issued(direction(functions=[*FUNCTIONS], ends_on="2026-05-31")))
        (first, second, third) = p.gap_list(between=("2026-04-01", "2026-06-30")).of("no direction")
        assert ["care-at-home", "frailty", "respite"] == [one.where.split("'")[1] for one in (first, second, third)]
        assert (date(2026, 6, 1), date(2026, 6, 30)) == (first.start, first.until)
        assert (si.cite("asp 2014/9 s.26(1)"), ("PBJW-s26-1-every-function",)) == (first.citation, first.rules)
        assert (
            "give a direction to 'nhs-toytown', 'toy-council', or one of them, in force from 2026-06-01" == first.mend
        )
        assert (
            "no direction: functions['care-at-home'], 2026-06-01 to 2026-06-30: no direction in force [s. 26(1)]"
            == (str(first))
        )

    def test_day_that_governs(self):
        """By default the day that governs is asked about; a first and a last day are both asked."""
        p = area()
        assert Interval.of(START) == p.gap_list().days == p.gap_list(on=START).days
        assert "2026-04-01" == p.gap_list().items[0].days
        assert Interval("2026-04-01", "2026-04-03") == p.gap_list(between=("2026-04-01", "2026-04-02")).days
        with pytest.raises(ValueError, match="give either on= or between=, not both"):
            p.gap_list(on=START, between=PERIOD)
        with pytest.raises(DateError):
            p.gap_list(between=(LAST, FIRST))

    def test_not_yet_delegated(self):
        """Before a function is delegated, and while Ministers excuse it, it needs no direction."""
        p = area()
        later = attrs.evolve(p.scheme.functions[0], start="2026-06-01")
        scheme = attrs.evolve(p.scheme, functions=[later, *p.scheme.functions[1:]])
        order = ExemptionOrder(id="made-up", functions=["frailty"], start="2026-05-01", until="2026-05-31")
        p = p.evolve(scheme=scheme, exemption_orders=[order])
        found = told(p.gap_list(between=("2026-04-01", "2026-06-30")).of("no direction"))
        assert [
            ("functions['frailty']", "2026-04-01", "2026-04-30"),
            ("functions['respite']", "2026-04-01", "2026-06-30"),
            ("functions['care-at-home']", "2026-06-01", "2026-06-30"),
            ("functions['frailty']", "2026-06-01", "2026-06-30"),
        ] == found

    def test_lead_agency(self):
        """A lead agency need not direct, so that nothing is uncovered."""
        p = area(issued(direction(ends_on="2026-04-30")), model="b")
        assert () == p.gap_list(between=PERIOD).of("no direction", "nothing to follow").items

    def test_cannot_tell(self):
        """Where something is not recorded, it says what would settle whether a function has a direction."""
        unsure = [
            direction("D-1", functions=["frailty"], effective_from=UNKNOWN),
            direction("D-2", functions=["frailty"], ends_on=UNKNOWN),
            direction("D-3", functions=["care-at-home"], words="beds"),
            direction("D-4", functions=Listing(["care-at-home"], False), use="more"),
        ]
        p = area(issued(*unsure), complete=False, exempt_functions=UNKNOWN)
        found = {one.where: one for one in p.gap_list(on="2026-05-01").of("no direction")}
        assert {"functions['frailty']", "functions['respite']"} == set(found)
        assert not any(one.certain for one in found.values())
        assert (
            "the day 'D-1' takes effect; the day 'D-2' ends; which functions 'D-3', 'D-4' would be for, and when; "
            "the rest of the register; whether an order of Ministers lets the authority give none"
        ) == found["functions['frailty']"].settled_by
        assert found["functions['frailty']"].mend.startswith("record the day 'D-1' takes effect; ")
        assert "cannot be told: no direction in force (not recorded: which functions" in str(
            found["functions['respite']"]
        )

    def test_functions_in_part(self):
        """Where not all that is delegated is known, more may lack a direction."""
        p = area()
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=Listing(p.scheme.functions.items, False)))
        last = [one for one in p.gap_list().of("no direction") if not one.certain]
        assert [("functions", "the rest of what is delegated")] == [(one.where, one.settled_by) for one in last]

    @pytest.mark.parametrize(
        ("second", "expected"),
        [
            ({}, [("directions['D-2'].functions", "2026-04-01", "2026-06-30")]),
            ({"complements": ["D-1"]}, []),
            ({"budget_in": "D-1"}, []),
            ({"given_to": PARTIES[1]}, []),
            ({"functions": ["frailty"]}, []),
            ({"use": "beds"}, []),
            ({"use": None}, [("directions['D-2'].functions", "2026-04-01", "2026-06-30")]),
            ({"effective_from": "2026-06-30"}, [("directions['D-2'].functions", "2026-06-30", "2026-06-30")]),
            ({"issuer": "another"}, []),
        ],
    )
    def test_overlap(self, second, expected):
        """Two at once for one thing overlap, unless they complement, vary, share money or differ in purpose."""
        p = area(
            [Step(kind="issue", direction=one, on=one.binds_from) for one in (direction(), direction("D-2", **second))]
        )
        gaps = p.gap_list(between=("2026-04-01", "2026-06-30"))
        assert expected == told(gaps.of("overlap"))
        assert all(one.rules == ("GUID-D07-one-in-force",) and one.certain for one in gaps.of("overlap"))

    def test_group(self):
        """Lettered directions under one heading with its money do not overlap."""
        members = [direction(f"D-1{letter}", budget_in="D-1") for letter in "ab"]
        p = area(issued(direction("D-1", functions=["frailty"]), *members))
        assert () == p.gap_list().of("overlap").items

    @pytest.mark.parametrize(
        ("second", "fact"),
        [
            ({"use": UNKNOWN}, "what the money of 'D-2' and of 'D-1' is for"),
            ({"complements": UNKNOWN}, "whether 'D-2' and 'D-1' complement each other"),
            ({"budget_in": UNKNOWN}, "whether one states the money of the other"),
        ],
    )
    def test_perhaps_overlap(self, second, fact):
        """Where it is not recorded how two stand to each other, it cannot be told whether they overlap."""
        (item,) = area(issued(direction(), direction("D-2", **second))).gap_list().of("overlap")
        assert (False, fact, f"record {fact}") == (item.certain, item.settled_by, item.mend)

    @pytest.mark.parametrize(
        ("complete", "fact"), [(True, "a day that decides which are in force"), (False, "the rest of the register")]
    )
    def test_perhaps_more(self, complete, fact):
        """Where directions in force may be missing, so may overlaps."""
        p = area(issued(direction(effective_from=UNKNOWN)), complete=complete)
        assert [("directions", fact)] == [(one.where, one.settled_by) for one in p.gap_list().of("overlap")]


class TestNothingToFollow:
    def test_expired(self):
        """One that runs out with nothing after it is listed, until another begins."""
        p = area(issued(direction(ends_on="2026-04-30"), direction("D-2", effective_from="2026-06-01")))
        (item,) = p.gap_list(between=PERIOD).of("nothing to follow")
        assert (date(2026, 5, 1), date(2026, 5, 31), True) == (item.start, item.until, item.certain)
        assert "expired, with nothing in force for 'respite' from 2026-05-01" == item.what
        assert "let 'D-1' stand until the direction of 2026-06-01 takes effect" == item.mend

    def test_nothing_ever(self):
        """Where nothing follows at all, it goes on to the end of the days asked about."""
        p = area(issued(direction(ends_on="2026-04-30")))
        (item,) = p.gap_list(between=PERIOD).of("nothing to follow")
        assert (LAST, "give a direction for 'respite' that takes effect on 2026-05-01") == (item.until, item.mend)

    def test_followed(self):
        """One that another takes the place of, or stands beside, leaves nothing open."""
        first = direction(ends_on="2026-04-30")
        for steps in (
            issued(first, direction("D-2", effective_from="2026-05-01")),
            issued(first, direction("D-2", effective_from="2026-04-20", varies="D-1")),
        ):
            assert () == area(steps).gap_list(between=PERIOD).of("nothing to follow").items

    def test_completed(self):
        """One that was carried out leaves its function without a direction, unless another is there."""
        p = area(issued(direction()))
        p = p.evolve(directions=p.directions.complete_direction("D-1", on="2026-05-10"))
        (item,) = p.gap_list(between=PERIOD).of("nothing to follow")
        assert item.what.startswith("completed, with nothing in force for 'respite' from 2026-05-10")

    def test_not_needed(self):
        """What need not be directed, another's direction and one that was never in force leave nothing open."""
        ends = {"ends_on": "2026-04-30"}
        for steps in (
            issued(direction(functions=["housing"], **ends)),
            issued(direction(effective_from="2026-05-10", **ends)),
            [Step(kind="issue", direction=direction(issuer="another", **ends), on=START)],
            [*issued(direction(effective_from="2026-06-01")), Step(kind="revoke", target="D-1", on="2026-05-01")],
        ):
            assert () == area(steps).gap_list(between=PERIOD).of("nothing to follow").items
        exempt = area(issued(direction(**ends)), exempt_functions=["respite"])
        assert () == exempt.gap_list(between=PERIOD).of("nothing to follow").items

    def test_no_longer_delegated(self):
        """A function that is no longer delegated by then needs nothing to follow."""
        p = area(issued(direction(ends_on="2026-04-30")))
        functions = [attrs.evolve(one, until="2026-04-30") for one in p.scheme.functions]
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=functions))
        assert () == p.gap_list(between=PERIOD).of("nothing to follow").items

    def test_perhaps_delegated(self):
        """Where not all that is delegated is known, it cannot be told whether the function needs a direction."""
        p = area(issued(direction(functions=["housing"], ends_on="2026-04-30")))
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=Listing(p.scheme.functions.items, False)))
        (item,) = p.gap_list(between=PERIOD).of("nothing to follow")
        assert (False, "whether 'housing' is delegated", ()) == (item.certain, item.settled_by, item.rules)
        assert item.mend.startswith("if so, give a direction for 'housing'")

    def test_perhaps_in_force(self):
        """Where it cannot be told whether one was in force, nor whether anything follows it."""
        p = area(
            issued(direction(effective_from=UNKNOWN, ends_on="2026-04-30"), direction("D-2", effective_from=UNKNOWN))
        )
        (item,) = p.gap_list(between=PERIOD).of("nothing to follow")
        assert "whether 'D-1' was in force until then; the day 'D-2' takes effect" == item.settled_by
        assert item.until is UNKNOWN
        assert "2026-05-01 to a day not recorded" == item.days

    def test_how_it_ended(self):
        """Where it is not known which of two things ended it, it only says that it did."""
        p = area(
            issued(
                direction(ends_on="2026-04-30"),
                direction("D-2", functions=["frailty"], varies="D-1", effective_from=UNKNOWN, decided_on="2026-04-20"),
            )
        )
        (item,) = p.gap_list(between=PERIOD).of("nothing to follow")
        assert item.what.startswith("ended, with nothing in force for 'respite'")

    def test_beginning_of_time(self):
        """The first day of the calendar has no eve, and nothing ends on it."""
        p = area([*issued(direction(decided_on="2026-04-01")), Step(kind="revoke", target="D-1", on=date.min)])
        assert () == p.gap_list(between=(date.min, date.min)).of("nothing to follow").items


class TestRules:
    @pytest.mark.parametrize(
        ("fields", "kind", "rules", "provision"),
        [
            ({"in_writing": False}, "not in writing", ("PBJW-s27-writing",), "asp 2014/9 s.27(5)(b)"),
            ({"use": None}, "short of s. 27", ("PBJW-s27-1c-use",), "asp 2014/9 s.27(1)(c)"),
            ({"functions": ["housing"]}, "outside the scheme", ("PBJW-s26-function-delegated",), "asp 2014/9 s.26"),
            ({"functions": []}, "short of s. 27", ("PBJW-s26-function-delegated",), "asp 2014/9 s.26"),
            ({"given_to": "charity"}, "not to be directed", ("PBJW-s26-1-recipient",), "asp 2014/9 s.26(1)"),
            ({"varies": "D-0"}, "no earlier direction of its own", ("PBJW-s27-5a-vary-own",), "asp 2014/9 s.27(5)(a)"),
            ({"decided_on": "2026-05-01"}, "dates out of order", ("GUID-D16-not-retrospective",), "no source found"),
            ({"ends_on": "2026-04-10", "issued_on": "2026-05-01"}, "dates out of order", ("GUID-D20-dates-sane",),
             "practice: Aberdeen City minute"),
        ],
    )  # fmt: skip
    def test_kinds(self, fields, kind, rules, provision):
        """What a rule finds of a direction in force is an item with its provision, mend and days."""
        p = area([Step(kind="issue", direction=direction(**fields), on=START)])
        (item,) = p.gap_list(between=PERIOD).of(kind)
        assert (rules, si.cite(provision), True) == (item.rules, item.citation, item.certain)
        assert item.mend
        assert FIRST <= item.start <= item.until <= LAST

    def test_before_it_binds(self):
        """A direction is looked at from the day it binds to the day it ends."""
        p = area(issued(direction(use=None, ends_on="2026-04-30")))
        assert [("directions['D-1'].use", "2026-04-01", "2026-04-30")] == told(
            p.gap_list(between=PERIOD).of("short of s. 27")
        )

    def test_no_longer_delegated(self):
        """A direction for what is no longer delegated is outside the scheme from that day, in one stretch."""
        p = area(issued(direction(), direction("D-2", effective_from="2026-05-20", functions=["frailty"])))
        functions = [
            attrs.evolve(one, until="2026-04-30") if one.id == "respite" else one for one in p.scheme.functions
        ]
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=functions))
        (item,) = p.gap_list(between=PERIOD).of("outside the scheme")
        assert (date(2026, 5, 1), LAST, "'respite' is not delegated") == (item.start, item.until, item.what)

    def test_not_recorded(self):
        """What was not recorded cannot be told, and is one item though several rules ask for it."""
        p = area(issued(direction(effective_from=UNKNOWN)), complete=False)
        (item,) = p.gap_list().of("short of s. 27")
        assert 3 == len(item.rules) == len(set(item.rules))
        assert 3 == len(item.citations)
        assert "cannot be told: whether it says all that s. 27 asks (not recorded: the whole register)" == item.said
        assert "record the whole register" == item.mend
        (written,) = area(issued(direction(in_writing=UNKNOWN))).gap_list().of("not in writing")
        assert "cannot be told: whether it is in writing" == written.said

    def test_revoked_before(self):
        """A revocation before its direction was made is listed whatever the days asked about."""
        steps = [*issued(direction(issued_on="2026-04-01")), Step(kind="revoke", target="D-1", on="2026-03-01")]
        (item,) = area(steps).gap_list(on="2027-01-01").of("revoked before it was given")
        assert "revoked on 2026-03-01 and made on 2026-04-01" == item.what
        assert (date(2026, 3, 1), date(2026, 4, 1)) == (item.start, item.until)

    def test_changes(self):
        """A change with no direction behind it is listed from its day; others are not, or cannot be told."""
        made = {"function": "respite", "made_by": PARTIES[0], "on": "2026-05-01"}
        changes = [
            ServiceChange(id="closed", direction=None, **made),
            ServiceChange(id="asked", direction="D-1", **made),
            ServiceChange(id="unsure", direction=UNKNOWN, **made),
        ]
        p = area(issued(direction()), service_changes=Listing(changes, False))
        closed, unsure, more = sorted(
            p.gap_list(between=PERIOD).of("change with no direction"),
            key=lambda item: (not item.certain, item.start is None),
        )
        assert ("service_changes['closed']", date(2026, 5, 1), LAST) == (closed.where, closed.start, closed.until)
        assert ("service_changes['unsure'].direction", False) == (unsure.where, unsure.certain)
        assert ("service_changes", None) == (more.where, more.start)
        assert () == p.gap_list(between=("2026-03-01", "2026-04-30")).of("change with no direction").certain


class TestRecords:
    def test_dates(self):
        """Days that no order of acts allows are found."""
        odd = direction(decided_on="2026-03-20", issued_on="2026-03-10", effective_from=START, ends_on="2026-03-25")
        first, second = area(issued(odd)).gap_list().of("dates out of order").items
        assert ["directions['D-1'].issued_on", "directions['D-1'].ends_on"] == [first.where, second.where]
        assert "issued on 2026-03-10, before it was decided on 2026-03-20" == first.what
        assert "it ends on 2026-03-25, before it takes effect on 2026-04-01" == second.what

    def test_forms(self):
        """A reference that is not written as most of its sort is found; one of another sort is not."""
        ids = ["HSCP.21.088 Appendix D", "HSCP.23.054", "HSCP22.016", "HSCP/18/125", "D11a", "12d", "1.1", "Teviot"]
        found = area(issued(*(direction(id) for id in ids))).gap_list().of("reference written otherwise")
        assert ["directions['HSCP/18/125'].id", "directions['HSCP22.016'].id"] == [one.where for one in found]
        assert all("written otherwise than 'HSCP.21.088 Appendix D' and its like" == one.what for one in found)
        assert {("", None)} == {(one.days, one.start) for one in found}

    def test_doubles(self):
        """Two references that are one but for case and separators are found; 1.1 and 11 are two, as are two years."""
        p = area(issued(direction("D11a"), direction("d-11A"), direction("1.1"), direction("11")))
        (item,) = p.gap_list().of("reference written otherwise")
        assert ("directions['d-11A'].id", "the same as 'D11a' but for how it is written") == (item.where, item.what)
        last = direction("d11a", effective_from="2025-04-01")
        assert () == area(issued(direction("D11a"), last)).gap_list().of("reference written otherwise").items

    def test_names(self):
        """A reference to a direction that is here under another writing is found, wherever it stands."""
        named = direction("HSCP.25.054", varies="HSCP23/054", complements=["hscp.23.054"], budget_in="else")
        change = ServiceChange(id="c", function="respite", made_by=PARTIES[0], on=START, direction="HSCP23.054")
        steps = [
            Step(kind="issue", direction=direction("HSCP.23.054", aliases=["Rosewell"]), on=START),
            Step(kind="issue", direction=named, on=START),
            Step(kind="revoke", target="HSCP 23 054", on="2026-05-01"),
            Step(kind="note progress", target="Rosewell", on="2026-05-01", progress="in progress"),
            Step(kind="note progress", target="2026/27 HSCP.23.054", on="2026-05-01", progress="in progress"),
        ]
        found = area(steps, service_changes=[change]).gap_list().of("reference written otherwise")
        assert [
            "directions.steps[2].target",
            "directions['HSCP.25.054'].complements",
            "directions['HSCP.25.054'].varies",
            "service_changes['c'].direction",
        ] == [one.where for one in found]
        assert "'HSCP23/054' is 'HSCP.23.054' written otherwise" == found.items[2].what

    def test_drifted_table(self, tmp_path):
        """A table whose references drifted is read, and the reference that drifted is found."""
        path = tmp_path / "log.csv"
        path.write_text("reference,effective_from,varies\nHSCP.23.054,2026-04-01,\nHSCP.25.054,2026-05-01,HSCP23/054\n")
        p = area()
        p = p.evolve(directions=DirectionsRegister.from_csv(path, partnership=p))
        assert ["HSCP.23.054", "HSCP.25.054"] == [one.id for one in p.register.chain("HSCP.25.054")]
        (item,) = p.gap_list().of("reference written otherwise")
        assert ("directions['HSCP.25.054'].varies", "write 'HSCP.23.054'") == (item.where, item.mend)


@pytest.fixture(scope="module")
def aberdeen():
    """Give Aberdeen City with the real directions that could be read."""
    return si.scotland()["Aberdeen City"]


class TestRosewell:
    CHAIN = (
        "Rosewell House interim direction",
        "HSCP.21.088 Appendix D",
        "HSCP.23.054 Appendix B",
        "HSCP.25.054 Appendix 2",
    )

    def test_chain(self, aberdeen):
        """The chain is reproduced from any of its directions."""
        for reference in self.CHAIN:
            assert self.CHAIN == tuple(one.id for one in aberdeen.register.chain(reference))

    def test_revoked_before(self, aberdeen):
        """The minute of 24 August 2021 revokes a direction that it dates 2 October 2021: that is certain."""
        (item,) = aberdeen.gap_list().of("revoked before it was given")
        assert item.certain
        assert f"directions[{self.CHAIN[0]!r}]" == item.where
        assert "revoked on 2021-08-24 and made on 2021-10-02" == item.what
        statute = aberdeen.gap_list(between=("2021-08-01", "2021-12-31")).of("no earlier direction of its own").certain
        assert [(f"directions[{self.CHAIN[0]!r}]", "2021-08-24", "2021-10-23")] == told(statute)

    def test_before_the_successor(self, aberdeen):
        """Nothing recorded is in force for the beds from the revocation until the successor takes effect."""
        (item,) = aberdeen.gap_list(between=("2021-08-01", "2021-12-31")).of("nothing to follow")
        assert (f"directions[{self.CHAIN[0]!r}]", "2021-08-24", "2021-10-22") == told([item])[0]
        assert "revoked, with nothing in force for 'intermediate care beds' from 2021-08-24" == item.what
        assert not item.certain
        assert f"the day {self.CHAIN[0]!r} was given" in item.settled_by
        assert "the rest of the register" in item.settled_by
        assert item.mend.endswith("stand until the direction of 2021-10-23 takes effect")

    def test_new_year(self, aberdeen):
        """From 1 January 2026 it cannot be told: the day the direction of 2025 takes effect was not recorded."""
        found = aberdeen.gap_list(between=("2025-12-01", "2026-03-31")).of("nothing to follow")
        (item,) = [one for one in found if one.start == date(2026, 1, 1)]
        assert (f"directions[{self.CHAIN[2]!r}]", False) == (item.where, item.certain)
        assert item.until is UNKNOWN
        assert f"the day {self.CHAIN[3]!r} takes effect" in item.settled_by

    def test_found_out(self, aberdeen):
        """Were the register whole and the beds a delegated function, the gap of 2021 would be certain."""
        p = area()
        beds = attrs.evolve(p.scheme.functions[0], id="beds", name="Beds")
        steps = []
        for step in aberdeen.directions.steps:
            named = step.direction
            if step.target in self.CHAIN or (named is not None and named.id in self.CHAIN):
                paper = named and named.evolve(functions=["beds"], words=None, issuer=None)
                if paper and paper.id == self.CHAIN[0]:
                    paper = paper.evolve(decided_on=None, effective_from="2021-04-01")
                on = paper.binds_from if paper and not step.target else step.on
                steps.append(attrs.evolve(step, direction=paper, on=on))
        p = area(steps, scheme=attrs.evolve(p.scheme, functions=[beds]))
        gaps = p.gap_list(between=("2021-08-01", "2021-12-31"))
        expected = ("2021-08-24", "2021-10-22")
        assert [(f"directions[{self.CHAIN[0]!r}]", *expected)] == told(gaps.of("nothing to follow").certain)
        assert ("functions['beds']", *expected) in told(gaps.of("no direction").certain)

    @pytest.mark.parametrize("name", ["Aberdeen City", "East Lothian", "Midlothian", "Scottish Borders"])
    def test_real(self, aberdeen, name):
        """Every real register can be asked; nothing absent from one known in part is said to be certain."""
        p = si.scotland()[name]
        gaps = p.gap_list(between=("2017-04-01", "2026-11-22"))
        assert gaps.cannot_tell
        certain = {"Aberdeen City": {"revoked before it was given": 1, "no earlier direction of its own": 1}}
        assert certain.get(name, {}) == gaps.counts


class TestFaces:
    @pytest.fixture
    def gaps(self):
        """Give a list with statute, guidance and what cannot be told."""
        steps = issued(direction(use=None), direction("D-2", in_writing=UNKNOWN, use=None))
        return area(steps).gap_list(between=("2026-04-01", "2026-06-30"))

    def test_order(self, gaps):
        """What is certain comes first, then statute before guidance, then the first day decides, then where it is."""
        keys = [(not one.certain, one.severity is not Severity.STATUTE, one.start, one.where) for one in gaps]
        assert sorted(keys) == keys
        shuffled = attrs.evolve(gaps, items=tuple(reversed(gaps.items)))
        assert gaps == shuffled

    def test_of(self, gaps):
        """A list of some kinds is a list; a kind that is none is refused."""
        some = gaps.of("no direction", GapKind.SHORT)
        assert {"no direction": 2, "short of s. 27": 2} == some.counts
        assert len(some) == len(list(some)) == 4
        assert () == some.of("overlap").items
        with pytest.raises(ValueError, match="'no directions' is no GapKind"):
            gaps.of("no directions")

    def test_summary(self, gaps):
        """The answer in one line counts what is so by kind, and what cannot be told apart."""
        assert "5 found: 2 no direction, 2 short of s. 27, 1 overlap; 1 cannot be told" == gaps.summary
        assert "nothing found; 1 cannot be told" == gaps.of("not in writing").summary
        assert "nothing found" == gaps.of("reference written otherwise").summary

    def test_text(self, gaps):
        """As text the answer comes first, then each item with its mend."""
        lines = str(gaps).splitlines()
        assert f"Toytown: gap list, 2026-04-01 to 2026-06-30: {gaps.summary}" == lines[0]
        assert 2 * len(gaps) + 2 == len(lines)
        assert "Not legal advice. Law read on 2026-11-22." == lines[-1]
        assert lines[2].startswith("      to mend: ")

    def test_tables(self, gaps, tmp_path):
        """Records, CSV and HTML say the same, a row an item."""
        rows = list(csv.DictReader(io.StringIO(gaps.to_csv(tmp_path / "gaps.csv"))))
        assert len(gaps) == len(rows)
        assert [{key: "" if cell is None else cell for key, cell in row.items()} for row in gaps.to_records()] == rows
        assert {"yes", "cannot be told"} == {row["certain"] for row in rows}
        page = gaps.to_html(tmp_path / "gaps.html")
        assert page == (tmp_path / "gaps.html").read_text(encoding="utf-8")
        assert (len(gaps) + 1, True) == (page.count("<tr>"), "<caption" in page)
        assert page == gaps._repr_html_()
        html.parser.HTMLParser().feed(page)

    def test_unknown_end(self):
        """A last day that was not recorded is said not to be; a day that does not matter is blank."""
        item = GapItem(
            kind=GapKind.NO_DIRECTION,
            severity=Severity.STATUTE,
            where="x",
            what="y",
            mend="z",
            citations=(si.cite("asp 2014/9 s.26"),),
        )
        (open_ended,) = [attrs.evolve(item, start=START, until=UNKNOWN)]
        made = GapList(partnership="a", name="A", days=Interval.of(START), items=[item, open_ended])
        assert [(None, None), ("2026-04-01", "not recorded")] == [(row["from"], row["to"]) for row in made.to_records()]
        assert "no direction: x: y [s. 26]" == str(item)

    def test_receipt(self, gaps):
        """A list can be made again; one that was altered, or has no partnership, does not pass for it."""
        assert gaps.receipt.verify()
        assert gaps.of("overlap").receipt.verify()
        altered = attrs.evolve(gaps, items=gaps.items[1:])
        assert not altered.receipt.verify()
        assert altered.receipt.differences()[0].startswith("digest: ")
        with pytest.raises(ValueError, match="no partnership to ask again"):
            attrs.evolve(gaps, subject=None).receipt.verify()

    def test_function(self):
        """The method and the function are one."""
        p = area()
        assert gap_list(p) == p.gap_list()
