"""Values as JSON: exact, the same every time, and refused with every fault."""

import json
from copy import deepcopy
from datetime import date
from typing import get_args

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import ELECTORATE, MINISTERS, Body, Code, OtherBody, Vacancy
from scotintegration.budgets import Budget, HostedShare, Payment, SetAside
from scotintegration.citations import Citation, Instrument, cite
from scotintegration.dates import FinancialYear, Interval
from scotintegration.directions import Direction, Marker, Progress, ServiceChange
from scotintegration.errors import LoadError, NotFoundError
from scotintegration.examples import EXAMPLES, example
from scotintegration.findings import Waiver
from scotintegration.in_year import LateAllocation, MonthlySpending, WindfallReturn
from scotintegration.interchange import FORMAT, dumps, json_schema, load, loads, save, to_dict
from scotintegration.interchange import _text as _interchange_text
from scotintegration.interchange._records import PERSONS, Catalogue
from scotintegration.interchange._text import Faults
from scotintegration.law import PARAMETERS
from scotintegration.lines import Line
from scotintegration.ministers import ExemptionOrder
from scotintegration.money import Money
from scotintegration.network import Network
from scotintegration.officers import Disqualification, Holder, Member, Route
from scotintegration.partnership import Partnership
from scotintegration.performance import Spending
from scotintegration.plans import ReplacementDirection
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import Arrangement
from scotintegration.scopes import Scope
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
NET = scotland()
KINDS = Catalogue((Network, Waiver, *get_args(Body))).records


# -- values ------------------------------------------------------------------------------------------------------

RARE = (
    ExemptionOrder(id="order-1", functions=["respite"], start="2026-12-01"),
    Arrangement(from_la="a", to_la="b", function="asp 2014/9 s.44(2)", power="1973 c.65 s.56", until="2027-03-31"),
    Citation(Instrument("asp", 2031, 7, "An Act to come", "2031-05-01"), "s.1"),
    Citation(document="asp 2014/9 s.26(1)"),
    Citation(document="s.26"),
    cite("Glasgow City integration scheme cl.8.4"),
    cite("SSI 2014/285 art.4(3) as made"),
    Code("S37000034", Interval.of("2019-04")),
    Code("S37000034", Interval(None, "2019-04-01")),
    Code("S37000034", Interval("2019-04-01", "2019-04-01")),
    Disqualification(ground="insolvency", until=UNKNOWN),
    ELECTORATE,
    HostedShare(host="a", served="b", function="continence", amount=Money(5)),
    Instrument("ssi", 2025, 405, "SSI 2025/405", None),
    LateAllocation(payer="a", function="x", amount=Money(5), on="2027-02-26"),
    Line(from_id="a", to_id="b", kind="payment", citation="asp 2014/9 s.14(2)", year=FinancialYear("1999/00")),
    Line(
        from_id="a", to_id="b", kind="set_aside", citation="a letter", amount=Money(-1), days=Interval.of("2026/27"),
        value=SetAside(health_board="b", function="frailty", amount=0), id="by hand",
    ),
    MINISTERS,
    MonthlySpending(function="x", months=["£2", "-£1"]),
    OtherBody("auditor", name="The auditor", role="audit", source={"name": "a page", "a name with spaces": "x"}),
    ReplacementDirection(id="r-1", given_by=Listing.partial("nhs-a")),
    Scope(recipients=("a", "b"), functions=["x"], delegated={"x": Interval.of("2016"), "y": Interval(None, None)}),
    Scope(recipients=(), functions=[], provision=cite("asp 2014/9 s.26(2)"), must=False),
    ServiceChange(id="c-1", function="x", made_by="a", on=date(1, 1, 1)),
    Spending(on="x", share="0.310", amount=None),
    Vacancy(nominator="a", start="2026-03-01", notified_on=None),
    WindfallReturn(to="a", amount=Money(5)),
    DirectionsRegister("a", strict=False, complete=False, scope=Scope(recipients=["a"], functions=UNKNOWN)),
    P.register,
    P.at("2026-08-31", law_as_at="2026-09-01"),
    P.evolve(directions=DirectionsRegister(P.id, strict=False)),
    P.evolve(parameters=[*PARAMETERS[:1], attrs.evolve(PARAMETERS[-1], value=7)]),
    P.evolve(standing_orders=UNKNOWN, planning_group=None, members=UNKNOWN),
)  # fmt: skip


def everything(value):
    """Yield a value and all that its fields hold."""
    if attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from everything(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from everything(item)


def plain(value):
    """Take a value apart to the last detail, fields that do not count in equality included."""
    if attrs.has(type(value)):
        fields = {field.name: plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
        return type(value), fields
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict) or hasattr(value, "keys"):
        return {key: plain(value[key]) for key in value}
    return type(value), repr(value)


def once_a_kind(values):
    """Keep, of each class, the value with the most to say and the one with the least."""
    found = {}
    for value in values:
        if type(value).__name__ in KINDS:
            found.setdefault(type(value).__name__, []).append(value)
    for each in found.values():
        sized = sorted(each, key=lambda value: len(dumps(value)))
        yield from (sized[0], sized[-1])


OF_EXAMPLES = [value for name in EXAMPLES for value in everything(example(name))]
WAIVER = Waiver("PBJW-s8-publish", subject="*", reason="moved", approved_by="the chair", expires="2026-12-31")
SAMPLE = [WAIVER, *once_a_kind([*OF_EXAMPLES, *everything(NET["Highland"])]), *RARE]

texts = st.text(max_size=12)
ids = st.from_regex(r"[A-Za-z0-9][a-z.-]{0,4}(/[0-9]{1,3})?", fullmatch=True)
days = st.dates(date(1975, 1, 1), date(2100, 1, 1))


def maybe(facts):
    """Draw a fact, none or UNKNOWN."""
    return st.one_of(st.none(), st.just(UNKNOWN), facts)


def listings(items):
    """Draw a collection, perhaps known in part."""
    return st.builds(Listing, st.lists(items, max_size=3).map(tuple), st.booleans())


@st.composite
def directions(draw):
    """Draw a direction, lawful or not."""
    money = maybe(st.integers(0, 10**15).map(Money))
    kinds = {
        "id": ids, "issuer": maybe(ids), "year": maybe(st.integers(1974, 9998).map(FinancialYear)),
        "given_to": listings(ids), "functions": listings(ids), "sent_to": listings(ids), "complements": listings(ids),
        "aliases": listings(ids), "agreed_with": listings(ids), "mirrors": maybe(ids), "interim": maybe(st.booleans()),
        "payment": money, "set_aside": money, "specified": money,
        "budget_in": maybe(ids), "meeting": maybe(ids), "varies": maybe(ids), "revokes": maybe(ids),
        "supersedes": maybe(ids), "marker": maybe(st.sampled_from(Marker)),
        "progress": maybe(st.sampled_from(Progress)), "in_writing": maybe(st.booleans()),
        "source": st.dictionaries(texts, texts, max_size=2),
    }  # fmt: skip
    kinds |= {field.name: maybe(days) for field in attrs.fields(Direction) if field.name.endswith(("_on", "_from"))}
    kinds |= {field.name: maybe(texts) for field in attrs.fields(Direction) if field.name not in kinds}
    optional = {name: strategy for name, strategy in kinds.items() if name != "id"}
    fields = draw(st.fixed_dictionaries({"id": kinds["id"]}, optional=optional))
    return Direction(**fields)


# -- laws --------------------------------------------------------------------------------------------------------


def assert_kept(value):
    """Hold a value to the laws: read back exactly, written the same, and as its schema says."""
    text = dumps(value)
    again = loads(text)
    assert value == again
    assert plain(value) == plain(again)
    assert text == dumps(again)
    assert value == loads(json.dumps(to_dict(value)))


class TestRoundTrip:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_example(self, name):
        """Every example comes back exactly."""
        assert_kept(example(name))

    def test_scotland(self):
        """Scotland comes back exactly, with the source of every fact."""
        assert_kept(NET)
        assert loads(dumps(NET))["Fife"].health_board.source == NET["Fife"].health_board.source

    @pytest.mark.parametrize("p", NET.partnerships, ids=lambda p: p.id)
    def test_area(self, p):
        """Every partnership of Scotland comes back exactly."""
        assert_kept(p)

    @pytest.mark.parametrize("value", SAMPLE, ids=lambda value: type(value).__name__)
    def test_value(self, value):
        """A value of every class comes back exactly, alone."""
        assert_kept(value)

    def test_every_class(self):
        """The values above are of every class that can be kept."""
        assert {type(value).__name__ for value in SAMPLE} | {"Network"} == set(KINDS)

    @given(directions())
    def test_direction(self, direction):
        """A direction comes back exactly, whatever is in it."""
        assert_kept(direction)

    @given(st.lists(directions(), max_size=4, unique_by=lambda one: one.id), st.booleans(), st.booleans())
    def test_register(self, found, complete, strict):
        """A register comes back exactly."""
        steps = [Step(kind="issue", direction=one, on=one.effective_from) for one in found]
        assert_kept(DirectionsRegister("toy-ijb", steps, complete=complete, strict=strict))

    @given(st.decimals(0, allow_nan=False, allow_infinity=False))
    def test_share(self, share):
        """A share keeps every figure."""
        assert_kept(Spending(on="x", share=share))

    @given(st.dates(), st.dates())
    def test_period(self, one, other):
        """A period comes back exactly."""
        assert_kept(Code("S1", Interval(min(one, other), max(one, other))))

    def test_half_a_letter(self):
        """A text that is no letter is kept too, and what is written can be written in UTF-8."""
        direction = Direction("D-1", text="\ud800 and £")
        assert_kept(direction)
        assert "\\ud800 and £" in dumps(direction)


class TestFormat:
    def test_direction(self):
        """A direction has its class, then what is not at its default, in the order declared."""
        direction = Direction(
            "D-1", given_to="nhs-a", functions=Listing.partial("x"), payment="£12.50", marker="both",
            effective_from="2026-04-01", ends_on=UNKNOWN, in_writing=True, source={"b": "2", "a": "1"},
        )  # fmt: skip
        expected = {
            "type": "Direction", "id": "D-1", "year": "2026/27", "given_to": ["nhs-a"],
            "functions": {"items": ["x"], "complete": False}, "payment": 1250, "marker": "both",
            "effective_from": "2026-04-01", "ends_on": {"unknown": True}, "in_writing": True,
            "source": {"a": "1", "b": "2"},
        }  # fmt: skip
        assert expected == to_dict(direction)
        assert list(expected) == list(to_dict(direction))
        assert ["a", "b"] == list(to_dict(direction)["source"])
        assert json.dumps(expected, indent=2) == dumps(direction)

    def test_none(self):
        """Null is written where nothing is not the default."""
        assert None is to_dict(Member(id="m", board="b", route="staff", person=None))["person"]

    @pytest.mark.parametrize("value", [NET, P, P.directions], ids=lambda value: value.kind)
    def test_version(self, value):
        """A whole document begins with the version of the format, plain data and other values do not."""
        assert ["scotintegration", "type"] == list(json.loads(dumps(value)))[:2]
        assert FORMAT == json.loads(dumps(value))["scotintegration"]
        assert "scotintegration" not in to_dict(value)
        assert "scotintegration" not in json.loads(dumps(P.scheme))

    def test_citation(self):
        """A citation is its text, or its parts where the text would be read as something else."""
        for provision, written in (
            (cite("asp 2014/9 s.26(2)"), "asp 2014/9 s.26(2)"),
            (Citation(document="asp 2014/9 s.26(2)"), {"type": "Citation", "document": "asp 2014/9 s.26(2)"}),
            (Citation(document="s.26"), {"type": "Citation", "document": "s.26"}),
            (cite("asp 2031/7 s.1"), "asp 2031/7 s.1"),
            (
                Citation(Instrument("asp", 2031, 7, "An Act to come"), "s.1"),
                {
                    "type": "Citation",
                    "instrument": {
                        "type": "Instrument", "kind": "asp", "year": 2031, "number": 7, "title": "An Act to come",
                    },
                    "pinpoint": "s.1",
                },
            ),
        ):  # fmt: skip
            scope = Scope(recipients=[], functions=["x"], provision=provision)
            assert written == to_dict(scope)["provision"]
            assert_kept(scope)

    def test_own_data(self):
        """What is given is the caller's to change."""
        direction = Direction("D-1", given_to="nhs-a")
        to_dict(direction)["given_to"].append("x")
        json_schema("Direction")["properties"].clear()
        assert ["nhs-a"] == to_dict(direction)["given_to"]
        assert json_schema("Direction")["properties"]

    def test_other_classes(self):
        """What is no value of a partnership is refused, also inside of one."""

        @attrs.frozen
        class Payment2(Payment):
            """Somebody's own payment."""

        payment = Payment2(payer="a", payee="b", function="x", amount=1)
        for value in (Money(1), "text", payment, None):
            with pytest.raises(TypeError, match="no JSON for"):
                dumps(value)
        with pytest.raises(TypeError, match="expected an instance of Payment itself"):
            dumps(Budget(year="2026/27", payments=[payment]))
        line = Line(from_id="a", to_id="b", kind="payment", citation="x", value=payment)
        with pytest.raises(TypeError, match="expected an instance of Payment or SetAside or"):
            dumps(line)

    def test_names(self):
        """No field takes a name that the format needs for itself."""
        taken = {"type", "scotintegration", "unknown"}
        assert set() == taken & {field.name for record in KINDS.values() for field in record.fields}


class TestRedact:
    @pytest.mark.parametrize("p", [*map(example, EXAMPLES), NET], ids=repr)
    def test_no_person(self, p):
        """No name of a person is left, and all else is."""
        again = loads(dumps(p, redact=True))
        named = [getattr(value, name) for value in everything(again) for name in PERSONS if hasattr(value, name)]
        assert {UNKNOWN, None} >= set(named)
        assert dumps(again) == dumps(p, redact=True)

    def test_fields(self):
        """A person becomes unknown with the source of the name; who is known to be nobody stays so."""
        holder = Holder(person="Anna", start="2026-04-01", source={"person": "a page about Anna", "start": "minutes"})
        assert {"type": "Holder", "start": "2026-04-01", "source": {"start": "minutes"}} == to_dict(holder, redact=True)
        assert None is to_dict(Holder(person=None), redact=True)["person"]
        assert {"unknown": True} == to_dict(Direction("D-1", issued_by="Anna"), redact=True)["issued_by"]
        assert holder == loads(dumps(holder))

    def test_may_be_unknown(self):
        """Every field that may name a person may be unknown."""
        found = [field for record in KINDS.values() for field in record.fields if field.name in PERSONS]
        assert set(PERSONS) == {field.name for field in found}
        assert {True} == {field.shape.unknown for field in found}


# -- what is refused ---------------------------------------------------------------------------------------------


def refused(text, **options):
    """List the faults of a text: place, message, what stands there."""
    with pytest.raises(LoadError) as caught:
        loads(text if isinstance(text, str) else json.dumps(text), **options)
    return [(fault.path, fault.message, fault.value) for fault in caught.value.errors]


DIRECTION = {"type": "Direction", "id": "D-1", "given_to": ["nhs-a"], "functions": ["x"], "payment": 1250}


class TestRead:
    def test_single_ids(self):
        """One id may stand where a list of ids is meant, in a collection known in part as well."""
        expected = Direction("D-1", given_to="nhs-a", functions=Listing.partial("x"))
        part = {"items": "x", "complete": False}
        assert expected == loads(json.dumps({**DIRECTION, "given_to": "nhs-a", "functions": part, "payment": None}))

    def test_complete(self):
        """A collection may be said to be complete."""
        part = {"items": ["x"], "complete": True}
        assert loads(json.dumps(DIRECTION)) == loads(json.dumps({**DIRECTION, "functions": part}))

    def test_without_version(self):
        """A document is read with its version or without."""
        assert P == loads(json.dumps(to_dict(P)))
        assert Direction("D-1") == loads('\ufeff{"scotintegration": "1", "type": "Direction", "id": "D-1"}')

    def test_without_type(self):
        """Where only one class may stand, its name may be left out."""
        vote = {
            "type": "Budget",
            "year": "2026/27",
            "set_asides": [{"health_board": "a", "function": "x", "amount": 1}],
        }
        assert 1 == len(loads(json.dumps(vote)).set_asides)

    def test_periods(self):
        """A period is read from all that prints as one, partial dates included."""
        for text in ("2016", "2016-04", "2016-04-01", "2025/26", "always", "from 2016-04-01", "until 2016-04-01"):
            assert Interval.of(text) == loads(json.dumps({"type": "Code", "value": "S1", "days": text})).days

    def test_kind(self):
        """A class asked for is the only one read, and has to be one that is kept."""
        assert Direction("D-1") == loads(dumps(Direction("D-1")), kind=Direction)
        assert [("$.type", "expected one of 'Partnership'", "Direction")] == refused(DIRECTION, kind=Partnership)
        with pytest.raises(TypeError, match="no JSON for 'Money'"):
            loads("{}", kind=Money)

    def test_no_text(self):
        """Only text is read."""
        with pytest.raises(TypeError, match="text must be a str, got bytes"):
            loads(b"{}")


PENCE = "expected a whole number of pence, such as 1250 for £12.50"
DAY = "expected a day as yyyy-mm-dd, such as '2026-11-22'"
PART = 'expected a list, or an object of just "items" and "complete"'


class TestFaults:
    @pytest.mark.parametrize(
        ("key", "value", "message", "shown"),
        [
            ("payment", 12.5, PENCE, "12.5"),
            ("payment", 12.0, PENCE, "12.0"),
            ("payment", "£12", PENCE, "£12"),
            ("payment", True, PENCE, "true"),
            ("payment", "", PENCE, '""'),
            ("payment", {"unknown": False}, PENCE, "an object"),
            ("payment", {"unknown": True, "why": "x"}, PENCE, "an object"),
            ("payment", float("nan"), PENCE, "NaN"),
            ("payment", float("-inf"), PENCE, "-Infinity"),
            ("payment", -1, "payment must be £0 or more, got Money('-£0.01')", "-1"),
            ("ends_on", "01/04/2026", DAY, "01/04/2026"),
            ("ends_on", " 2026-04-01", DAY, " 2026-04-01"),
            ("ends_on", 2026, DAY, "2026"),
            ("year", "2025-26", "expected two years in a row, such as '2025/26'", "2025-26"),
            ("title", 5, "expected text", "5"),
            ("title", "x" * 100, None, ""),
            ("in_writing", "yes", "expected true or false", "yes"),
            ("in_writing", 1, "expected true or false", "1"),
            ("marker", "all", "expected one of 'none', 'council', 'health board', 'both'", "all"),
            ("marker", 1, "expected one of 'none', 'council', 'health board', 'both'", "1"),
            ("functions", 1, "expected a list", "1"),
            ("functions", None, "expected a list", "null"),
            ("functions", {"items": []}, PART, "an object"),
            ("functions", {"unknown": True}, PART, "an object"),
            ("given_to", ["nhs-a", "x|y"], "Direction.given_to must be an id such as 'district-nursing', got 'x|y'",
             "a list of 2"),
            ("source", [], "expected an object", "a list of 0"),
            ("id", None, "expected text", "null"),
        ],
    )  # fmt: skip
    def test_field(self, key, value, message, shown):
        """A fact of the wrong type is named with its place, what stands there and what would have been right."""
        if message is None:
            assert value == loads(json.dumps({**DIRECTION, key: value})).title
        else:
            assert [(f"$.{key}", message, shown)] == refused({**DIRECTION, key: value})

    @pytest.mark.parametrize(
        ("document", "path", "message"),
        [
            ({**DIRECTION, "functions": ["x", 5]}, "$.functions[1]", "expected text"),
            ({**DIRECTION, "functions": {"items": [5], "complete": 0}}, "$.functions.items[0]", "expected text"),
            ({**DIRECTION, "functions": {"items": [], "complete": 0}}, "$.functions.complete",
             "expected true or false"),
            ({**DIRECTION, "source": {"a name": 5}}, "$.source['a name']", "expected text"),
            ({**DIRECTION, "payed": 5}, "$.payed", "Direction has no field 'payed'; expected 'payment'"),
            ({**DIRECTION, "zzzz": 5}, "$.zzzz", "Direction has no field 'zzzz'; expected one of its fields"),
            ({**DIRECTION, "q" * 99: 5}, f"$.{'q' * 99}",
             f"Direction has no field {'q' * 99!r}; expected one of its fields"),
            ({"type": "Direction"}, "$.id", "is missing; Direction needs it"),
            ({"type": "Step", "kind": "issue"}, "$",
             "a step of kind 'issue' must have a direction and no target, got no direction"),
            ({"type": "Step", "kind": "issue", "direction": 5}, "$.direction",
             "expected an object of type 'Direction'"),
            ({"type": "Step", "kind": "issue", "direction": {"type": "Line"}}, "$.direction.type",
             "expected 'Direction'"),
            ({**DIRECTION, "scotintegration": 1}, "$.scotintegration",
             "expected the version of the format that this library reads, '1'"),
            ({"type": "Step", "kind": "issue", "direction": {**DIRECTION, "scotintegration": "1"}},
             "$.direction.scotintegration", "Direction has no field 'scotintegration'; expected one of its fields"),
            ({"type": "Budget", "year": "2025/27"}, "$.year",
             "cannot read '2025/27'; expected two years in a row, such as '2025/26'"),
            ({**DIRECTION, "ends_on": "2026-02-30"}, "$.ends_on",
             "cannot read '2026-02-30'; expected date to be a day there is: 2026-02 has 28 days"),
            ({**DIRECTION, "payment": -1}, "$.payment", "payment must be £0 or more, got Money('-£0.01')"),
            ({"type": "DirectionsRegister", "issuer": "a", "steps": {}}, "$.steps", "expected a list"),
            ({"type": "Directon", "id": "D-1"}, "$.type",
             "there is no such type; did you mean 'Direction' or 'Decision' or 'MinistersDirection'?"),
            ({"id": "D-1"}, "$.type", f"is missing; expected one of {', '.join(map(repr, KINDS))}"),
            ({"type": ["Direction"]}, "$.type", f"expected one of {', '.join(map(repr, KINDS))}"),
            ([], "$", "expected an object with a 'type'"),
            ({"type": "Spending", "on": "x", "share": 0.31}, "$.share",
             "expected a decimal fraction as text, such as '0.31'"),
            ({"type": "Seats", "nominator": "a", "number": -1}, "$.number", "Seats.number must be 0 or more, got -1"),
            ({"type": "Seats", "nominator": "a", "number": "4"}, "$.number", "expected a whole number"),
            ({"type": "Scope", "recipients": [], "functions": [], "provision": 5}, "$.provision",
             "expected a citation such as 'asp 2014/9 s.26(1)'"),
            ({"type": "Scope", "recipients": [], "functions": [], "provision": "asp 2014/9 s.?"}, "$.provision",
             "cannot cite 'asp 2014/9 s.?'; expected a pinpoint such as s.27(1)(b), art.3(7), reg.2(1) or sch para 3"),
            ({"type": "Scope", "recipients": [], "functions": [], "provision": {"pinpoint": 5}}, "$.provision.pinpoint",
             "expected text"),
            ({**to_dict(PARAMETERS[0]), "value": "three"}, "$.value", "expected a list or a whole number"),
            ({**to_dict(PARAMETERS[0]), "value": ["staff", "nobody"]}, "$.value[1]",
             f"expected one of {', '.join(repr(one.value) for one in Route)}"),
            ({"type": "Line", "from_id": "a", "to_id": "b", "kind": "payment", "citation": "x", "value": DIRECTION |
              {"type": "Directio"}}, "$.value.type", "there is no such type; did you mean 'Direction'?"),
        ],
    )  # fmt: skip
    def test_place(self, document, path, message):
        """Every fault has its place, however deep."""
        assert (path, message) == refused(document)[0][:2]

    def test_every_fault(self):
        """All faults are listed at once, in the order of the text, what is missing last."""
        document = {
            "type": "DirectionsRegister",
            "steps": [
                {"kind": "issue", "direction": {**DIRECTION, "payment": 1.5, "extra": 1}},
                {"kind": "vary"},
                {"kind": "issue", "direction": {**DIRECTION, "payment": -1, "id": "|", "set_aside": -2}},
            ],
            "complete": None,
        }
        assert [
            "$.steps[0].direction.payment",
            "$.steps[0].direction.extra",
            "$.steps[1]",
            "$.steps[2].direction.id",
            "$.steps[2].direction.payment",
            "$.steps[2].direction.set_aside",
            "$.complete",
            "$.issuer",
        ] == [path for path, _, _ in refused(document)]

    def test_whole_partnership(self):
        """A fault deep in a partnership is found, and what a partnership itself refuses is said of it."""
        document = to_dict(P)
        document["directions"]["steps"][3]["direction"]["payment"] = "a lot"
        assert [("$.directions.steps[3].direction.payment", PENCE, "a lot")] == refused(document)
        document = to_dict(P)
        document["members"][0]["board"] = "elsewhere"
        ((path, message, _),) = refused(document)
        assert "$" == path
        assert message.startswith("no body 'elsewhere'")

    def test_converter(self):
        """What a converter refuses is said of its field."""

        def odd(number):
            if number % 2 == 0:
                raise ValueError(f"expected an odd number, got {number}")
            return number

        @attrs.frozen
        class Toy:
            """A toy."""

            first: int = attrs.field(converter=odd)
            other: int = 7

        Toy.__annotations__.update(first=int, other=int)
        faults = Faults()
        record = Catalogue([Toy]).records["Toy"]
        found = _interchange_text.parse('{"first": 2, "other": 1}', faults)
        record.read(found, "$", faults)
        assert [("$.first", "expected an odd number, got 2")] == [(one.path, one.message) for one in faults.found]

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('{"type": "Direction", "id": "D-1", "id": "D-2"}', "$.id"),
            ('{"type": "Direction", "id": "D-1", "type": "Direction"}', "$.type"),
            ('{"type": "Direction", "id": "D-1", "source": {"a": "1", "a": "1"}}', "$.source.a"),
            ('{"scotintegration": "1", "scotintegration": "1", "type": "Direction", "id": "D"}', "$.scotintegration"),
        ],
    )
    def test_twice(self, text, path):
        """A key that stands twice is refused, even with one value."""
        assert [path] == [found for found, _, _ in refused(text)]

    @pytest.mark.parametrize(
        "twice", ['{"unknown": true, "unknown": true}', '{"items": [], "items": [], "complete": true}']
    )
    def test_twice_inside(self, twice):
        """So is one in what stands for a fact."""
        assert ["$.given_to"] == [
            path for path, _, _ in refused(f'{{"type": "Direction", "id": "D", "given_to": {twice}}}')
        ]

    @pytest.mark.parametrize(
        ("text", "path", "message"),
        [
            ("", "line 1, column 1", "this is no JSON: expecting value"),
            ('{"type":\n"Direction" 5}', "line 2, column 13", "this is no JSON: expecting ',' delimiter"),
            ('{"type": "Direction', "line 1, column 10", "this is no JSON: unterminated string starting at"),
            ('{"type": "\\', "line 1, column 10", "this is no JSON: unterminated string starting at"),
            ("{'type': 1}", "line 1, column 2", "this is no JSON: expecting property name enclosed in double quotes"),
        ],
    )
    def test_no_json(self, text, path, message):
        """What is no JSON is refused, with line and column."""
        assert [(path, message, "")] == refused(text)

    def test_long_number(self):
        """A number of thousands of figures is not even read."""
        ((path, message, shown),) = refused('{"type": "Direction", "id": "D-1", "payment": ' + "9" * 5000 + "}")
        assert ("$.payment", PENCE, "9" * 59 + "…") == (path, message, shown)

    def test_size(self, monkeypatch, tmp_path):
        """A text or a file that is too long is refused unread."""
        monkeypatch.setattr(_interchange_text, "MOST_BYTES", 10)
        monkeypatch.setattr("scotintegration.interchange.MOST_BYTES", 10)
        too_long = [("$", "it is too long; expected at most 512 MiB", "")]
        assert too_long == refused("[" * 11)
        (tmp_path / "long.json").write_text("[" * 11, encoding="utf-8")
        with pytest.raises(LoadError, match="too long"):
            load(tmp_path / "long.json")

    @pytest.mark.parametrize("title", ["beds", "bèds"])
    def test_saves_nothing_too_long(self, monkeypatch, tmp_path, title):
        """What could not be loaded again is not saved, and the old file stays."""
        path, paper = tmp_path / "direction.json", Direction("D-1", title=title)
        save(paper, path)
        before = path.read_bytes()
        monkeypatch.setattr("scotintegration.interchange.MOST_BYTES", len(before))
        save(paper, path)
        with pytest.raises(ValueError, match=r"a Direction of [0-9]+ bytes is too long to load again"):
            save(paper.evolve(title=f"{title}!"), path)
        assert before == path.read_bytes()

    @pytest.mark.parametrize("open_", ["[", '{"a":', '["[",'])
    def test_depth(self, open_):
        """A text that is too deep is refused unread; brackets within texts do not count."""
        ((path, message, _),) = refused(open_ * 100_000)
        assert ("$", "lists and objects stand too deep in one another; expected at most 64 levels") == (path, message)
        assert "[" * 99 == loads(json.dumps({**DIRECTION, "title": "[" * 99})).title
        assert [("$", "expected an object with a 'type'")] == [one[:2] for one in refused("[" * 64 + "]" * 64)]

    def test_depth_takes_no_time(self):
        """Quotes that never close are looked at once."""
        assert 1 == len(refused('"' + '\\"' * 1_000_000))

    def test_many(self):
        """The first thousand faults are listed, and the others counted."""
        found = refused({**DIRECTION, "functions": [5] * 1500})
        assert 1001 == len(found)
        assert ("$", "500 more faults are not listed", "") == found[-1]

    def test_nothing_is_run(self):
        """Names of classes that are not kept lead nowhere."""
        for name in ("Path", "object", "__init__", "Money", "Partnership.load"):
            assert ["$.type"] == [path for path, _, _ in refused({"type": name})]


# -- schemas -----------------------------------------------------------------------------------------------------


def validator(name):
    """Give what checks against the schema of a class."""
    return jsonschema.Draft202012Validator(json_schema(name))


VALIDATORS = {name: validator(name) for name in KINDS}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.just(12.5) | texts
    | st.sampled_from(["Direction", "2026-04-01", "2025/26", "nhs-a", "always", "d", "payment"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["type", "unknown", "items", "complete", "id", "source"]), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def spots(document):
    """List every place in a document, as the container and the key."""
    keys = document if isinstance(document, dict) else range(len(document))
    for key in list(keys):
        yield document, key
        if isinstance(document[key], dict | list):
            yield from spots(document[key])


SMALL = [value for value in SAMPLE if len(dumps(value)) < 3000]


class TestSchema:
    @pytest.mark.parametrize("name", KINDS)
    def test_valid(self, name):
        """Every class has a schema that is one, and refers to nothing else."""
        schema = json_schema(name)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert name == schema["title"]
        assert schema["description"]
        references = {part.split('"')[0] for part in json.dumps(schema).split('"$ref": "')[1:]}
        assert references == {f"#/$defs/{key}" for key in schema["$defs"]}
        assert json.dumps(schema) == json.dumps(json_schema(name))

    @pytest.mark.parametrize("value", SAMPLE, ids=lambda value: type(value).__name__)
    def test_accepts(self, value):
        """The schema of a class accepts what is written of its values."""
        VALIDATORS[type(value).__name__].validate(json.loads(dumps(value)))

    @pytest.mark.slow
    @pytest.mark.parametrize("value", [*map(example, EXAMPLES), NET], ids=repr)
    def test_accepts_all(self, value):
        """The schema accepts every example, and Scotland."""
        VALIDATORS[value.kind].validate(json.loads(dumps(value)))

    @given(directions())
    def test_accepts_direction(self, direction):
        """The schema accepts any direction."""
        VALIDATORS["Direction"].validate(json.loads(dumps(direction)))

    @given(st.data())
    def test_no_stricter(self, data):
        """What the schema refuses is refused: no text that can be read breaks the schema."""
        value = data.draw(st.sampled_from(SMALL))
        document = deepcopy(to_dict(value))
        container, key = data.draw(st.sampled_from(list(spots(document))))
        if data.draw(st.booleans()):
            container[key] = data.draw(json_values)
        elif isinstance(container, dict):
            del container[key]
        try:
            read = loads(json.dumps(document))
        except LoadError:
            return
        VALIDATORS[type(read).__name__].validate(document)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"payment": 12.5}, {"payment": "£1"}, {"payment": -1}, {"payment": True}, {"given_to": 5},
            {"given_to": ["x|y"]}, {"id": ""}, {"effective_from": "1 April 2026"}, {"effective_from": "2026-13-01"},
            {"year": "2026"}, {"marker": "all"}, {"in_writing": "yes"}, {"extra": 1}, {"type": "Line"},
            {"source": {"a": 1}}, {"ends_on": {"unknown": False}}, {"functions": {"items": []}},
            {"scotintegration": "2"}, {"title": []},
        ],
        ids=str,
    )  # fmt: skip
    def test_refuses(self, wrong):
        """The schema refuses what is refused when read."""
        document = {**DIRECTION, **wrong}
        assert refused(document)
        assert not VALIDATORS["Direction"].is_valid(document)

    def test_needed(self):
        """The type, and every field without a default, has to be there."""
        assert ["type", "id"] == json_schema("Direction")["required"]
        assert not VALIDATORS["Direction"].is_valid({"id": "D-1"})
        assert not VALIDATORS["Direction"].is_valid({"type": "Direction"})

    def test_unknown_class(self):
        """A class that is not kept is not found, with suggestions."""
        with pytest.raises(NotFoundError, match="no type 'Directions'; did you mean 'Direction"):
            json_schema("Directions")


# -- files -------------------------------------------------------------------------------------------------------


class TestFiles:
    @pytest.mark.parametrize("value", [P, NET, P.directions, P.directions.directions[0]], ids=lambda value: value.kind)
    def test_methods(self, tmp_path, value):
        """A value saves itself and its class loads it."""
        path = tmp_path / "value.json"
        value.save(path)
        assert f"{dumps(value)}\n" == path.read_text(encoding="utf-8")
        assert value == type(value).load(path)
        value.save(str(path), redact=True)
        assert f"{dumps(value, redact=True)}\n" == path.read_text(encoding="utf-8")

    def test_functions(self, tmp_path):
        """Any value is saved and loaded."""
        save(P.scheme, tmp_path / "scheme.json", redact=True)
        assert P.scheme == load(tmp_path / "scheme.json")

    def test_another_class(self, tmp_path):
        """A class does not load the file of another, and the error names the file."""
        path = tmp_path / "direction.json"
        Direction("D-1").save(path)
        with pytest.raises(LoadError) as caught:
            Partnership.load(path)
        assert str(path) == caught.value.source
        assert "$.type" == caught.value.errors[0].path

    def test_missing(self, tmp_path):
        """A file that is not there is an error of the system."""
        with pytest.raises(FileNotFoundError):
            load(tmp_path / "nothing.json")

    def test_not_utf_8(self, tmp_path):
        """A file in another encoding is refused with the first byte that is wrong."""
        path = tmp_path / "latin.json"
        path.write_bytes('{"type": "£"}'.encode("latin-1"))
        with pytest.raises(LoadError) as caught:
            load(path)
        assert [("byte 10", "expected text in UTF-8", "0xa3")] == [
            (fault.path, fault.message, fault.value) for fault in caught.value.errors
        ]

    def test_byte_order_mark(self, tmp_path):
        """A byte-order mark, as some editors write it, is passed over."""
        path = tmp_path / "marked.json"
        path.write_text('\ufeff{"type": "Direction", "id": "D-1"}', encoding="utf-8")
        assert Direction("D-1") == load(path)
