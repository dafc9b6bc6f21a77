"""Small partnerships of all four models for tests to draw, some facts of them unknown; and what is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from scotintegration.accounts import AnnualAccounts
from scotintegration.bodies import IJB, Code, HealthBoard, LeadAgency, LocalAuthority, MonitoringCommittee, Seats
from scotintegration.budgets import (
    Budget,
    Charge,
    Determination,
    HostedShare,
    Payment,
    Reserve,
    ReserveKind,
    SetAside,
    SetAsideReport,
)
from scotintegration.dates import FinancialYear, Interval
from scotintegration.directions import Direction, ServiceChange
from scotintegration.evidence import Evidence
from scotintegration.functions import DelegatedFunction
from scotintegration.lines import Line
from scotintegration.meetings import Committee, Meeting, StandingOrders, Vote
from scotintegration.money import Money
from scotintegration.officers import (
    ChairPeriod,
    ChiefFinanceOfficer,
    ChiefOfficer,
    ChiefSocialWorkOfficer,
    Holder,
    Member,
    Office,
    Route,
)
from scotintegration.partnership import Partnership
from scotintegration.performance import AnnualFinancialStatement, Decision, PerformanceReport, Recommendation
from scotintegration.plans import (
    Locality,
    PlanningMember,
    ReplacementDirection,
    StrategicPlan,
    StrategicPlanningGroup,
)
from scotintegration.registers import DirectionsRegister
from scotintegration.revisions import Revision
from scotintegration.schemes import Basis, IntegrationScheme, Model, Review
from scotintegration.unknown import UNKNOWN, Listing

HEALTH_BOARD = HealthBoard("nhs-toytown", name="NHS Toytown")
COUNCILS = (
    LocalAuthority("toy-council", name="Toytown Council", councillors=20),
    LocalAuthority("vale-council", name="Vale Council"),
)
FUNCTIONS = ("care-at-home", "district-nursing", "frailty", "respite")
YEARS = FinancialYear.between("2025/26", "2027/28")

DAYS = st.dates(date(2014, 4, 1), date(2029, 3, 31))
MONEYS = st.integers(0, 10**11).map(Money)
MOVEMENTS = st.integers(-(10**9), 10**9).map(Money)
FLAGS = st.booleans()
COUNTS = st.integers(0, 8)


FEWER = settings(max_examples=max(10, settings.default.max_examples // 2))
"""For laws that draw whole partnerships."""


@cache
def some(*items: Any) -> st.SearchStrategy[Any]:
    """Draw one of the items; the same strategy for the same items, which is quicker."""
    return st.sampled_from(items)


@cache
def some_of(items: tuple[Any, ...], most: int) -> st.SearchStrategy[list[Any]]:
    """Draw some of the items, each once."""
    return st.lists(some(*items), max_size=most, unique=True) if items else st.just([])


@cache
def maybe(values: st.SearchStrategy[Any], *, known: bool = False) -> st.SearchStrategy[Any]:
    """Draw a value, None or, unless everything is to be known, UNKNOWN."""
    return values | st.none() if known else values | st.none() | st.just(UNKNOWN)


@cache
def told(values: st.SearchStrategy[Any], *, known: bool = False) -> st.SearchStrategy[Any]:
    """Draw a value or, unless everything is to be known, UNKNOWN."""
    return values if known else values | st.just(UNKNOWN)


@st.composite
def listings(
    draw: st.DrawFn, values: st.SearchStrategy[Any] | Sequence[Any], *, most: int = 3, known: bool = False
) -> Listing[Any]:
    """Draw a collection; of a sequence, some of its items, each once."""
    if not isinstance(values, st.SearchStrategy):
        items = draw(some_of(tuple(values), most))
    else:
        items = draw(st.lists(values, max_size=most))
    return Listing(tuple(items), complete=known or draw(some(True, True, False)))


@cache
@st.composite
def terms(draw: st.DrawFn, *, known: bool = False) -> dict[str, Any]:
    """Draw the first and last day of a term, in order where both are known."""
    start, until = draw(maybe(DAYS, known=known)), draw(maybe(DAYS, known=known))
    if isinstance(start, date) and isinstance(until, date):
        start, until = sorted((start, until))
    return {"start": start, "until": until}


@st.composite
def functions(draw: st.DrawFn, id: str, delegator: str, delegate: str, *, known: bool = False) -> DelegatedFunction:
    """Draw a delegated function."""
    return DelegatedFunction(
        id=id,
        name=id.replace("-", " "),
        delegator=delegator,
        delegate=delegate,
        age_scope=draw(told(some("18_plus", "under_18", "all"), known=known)),
        funding=draw(told(some("payment", "set-aside", "payment+set-aside", ()), known=known)),
        method=draw(maybe(some("last year's sum"), known=known)),
        in_hospital=draw(maybe(FLAGS, known=known)),
        hospital_in_hb_area=draw(maybe(FLAGS, known=known)),
        la_areas=draw(maybe(COUNTS, known=known)),
        deemed_out=draw(maybe(FLAGS, known=known)),
        recorded_on=draw(maybe(DAYS, known=known)),
        **draw(terms(known=known)),
    )


@st.composite
def budgets(
    draw: st.DrawFn,
    year: FinancialYear,
    *,
    payers: Sequence[str],
    authorities: Sequence[str],
    ijb: bool,
    references: Sequence[str] = (),
    known: bool = False,
) -> Budget:
    """Draw the money of a year; an integration joint board has sums set aside and reserves beside payments."""
    names = some(*FUNCTIONS)
    into = st.builds(Payment, payer=some(*payers), payee=some(*authorities), function=names, amount=MONEYS)
    out = st.builds(
        Payment,
        payer=some(*authorities),
        payee=some(*payers),
        function=names,
        amount=MONEYS,
        direction=maybe(some(*references), known=known) if references else st.none(),
    )
    held = st.builds(SetAside, health_board=st.just(HEALTH_BOARD.id), function=names, amount=MONEYS)
    reserves = st.builds(
        Reserve,
        kind=some(*ReserveKind),
        opening=MONEYS,
        movement=MOVEMENTS,
        purpose=some("", "winter"),
    )

    def once(values: st.SearchStrategy[Any], *fields: str) -> Listing[Any]:
        key = lambda one: tuple(str(getattr(one, field)) for field in fields)  # noqa: E731
        items = draw(st.lists(values, max_size=3, unique_by=key))
        return Listing(tuple(items), complete=known or draw(FLAGS))

    return Budget(
        year=year,
        set_on=draw(maybe(DAYS, known=known)),
        determined=once(st.builds(Determination, function=names, amount=MONEYS), "function"),
        payments=once(into | out if ijb else into, "payer", "payee", "function", "direction"),
        set_asides=once(held, "function") if ijb else (),
        reserves=once(reserves, "kind", "purpose") if ijb else (),
        hosted=once(
            st.builds(
                HostedShare,
                host=some(*authorities),
                served=st.just("elsewhere-ijb"),
                function=names,
                amount=MONEYS,
            ),
            "host",
            "function",
        ),
        charges=once(st.builds(Charge, function=names, recovered_by=some(*payers)), "function"),
        set_aside_reports=once(st.builds(SetAsideReport, due_on=DAYS, given_on=DAYS), "due_on"),
        own_costs=draw(maybe(MONEYS, known=known)),
        settlements=draw(maybe(MOVEMENTS, known=known)),
        derived=draw(FLAGS),
        total=draw(maybe(MONEYS, known=known)),
        source={"total": "made up"},
    )


@st.composite
def registers(
    draw: st.DrawFn, issuer: str, recipients: Sequence[str], *, known: bool = False, whole: bool = False
) -> DirectionsRegister:
    """Draw a register; *whole* gives each direction one recipient and one function."""
    register = DirectionsRegister(issuer, strict=False, complete=known or draw(FLAGS))
    for number in range(draw(st.integers(0, 3))):
        effective = draw(maybe(DAYS, known=known))
        ends = draw(maybe(DAYS, known=known))
        if isinstance(effective, date) and isinstance(ends, date):
            effective, ends = sorted((effective, ends))
        earlier = [one.id for one in register.directions]
        one = some(*recipients).map(lambda one: [one])
        register = register.issue(
            Direction(
                f"D-{number + 1}",
                given_to=draw(one if whole else listings(recipients, most=2, known=known)),
                functions=draw(
                    some(*FUNCTIONS).map(lambda one: [one]) if whole else listings(FUNCTIONS, most=2, known=known)
                ),
                payment=draw(maybe(MONEYS, known=known)),
                specified=draw(maybe(MONEYS, known=known)),
                issued_on=draw(maybe(DAYS, known=known)),
                effective_from=effective,
                ends_on=ends,
                varies=draw(st.none() | some(*earlier)) if earlier else None,
                in_writing=True,
            )
        )
    return register


@cache
def _persons(known: bool) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.tuples(terms(known=known), maybe(some("A", "B"), known=known)), max_size=2)


@cache
def _reviews(known: bool) -> st.SearchStrategy[Listing[Any]]:
    days = maybe(DAYS, known=known)
    words = maybe(some("no change", "replace"), known=known)
    return listings(st.builds(Review, completed_on=days, decided_on=days, outcome=words), most=2, known=known)


@cache
def _revisions(known: bool) -> st.SearchStrategy[list[Any]]:
    days = maybe(DAYS, known=known)
    made = st.builds(Revision, id=some("revised-1", "revised-2"), effect_on=days, published_on=days)
    return st.lists(made, max_size=2, unique_by=lambda one: one.id)


@st.composite
def partnerships(
    draw: st.DrawFn, *, models: Sequence[str] = "abcd", known: bool = False, whole: bool = False
) -> Partnership:
    """
    Draw a partnership; shrinks to an integration joint board of two bodies and nothing else.

    Args:
        draw: What Hypothesis hands in.
        models: Letters of the models to draw from.
        known: Whether every fact is known and every collection complete.
        whole: Whether each direction has one recipient and one function.
    """
    letter = Model(draw(some(*models)))
    councils = COUNCILS[: draw(st.integers(1, 2))]
    parties = (HEALTH_BOARD.id, *(body.id for body in councils))
    leads = {
        Model.BODY_CORPORATE: (),
        Model.LA_TO_HB: (parties[0],),
        Model.HB_TO_LA: (parties[1],),
        Model.BOTH_WAYS: parties[:2],
    }[letter]
    ijb = letter is Model.BODY_CORPORATE
    id = "toy-ijb" if ijb else "toy-authority"
    authorities = (id,) if ijb else leads
    board = id if ijb else "toy-committee"

    chosen = draw(some_of(FUNCTIONS, 3))
    delegated = [
        draw(functions(name, draw(some(*parties)), id if ijb else draw(some(*authorities)), known=known))
        for name in chosen
    ]
    register = draw(registers(id, parties, known=known, whole=whole))
    people = draw(
        st.lists(
            st.tuples(some(*Route), terms(known=known), maybe(some(*parties), known=known)),
            max_size=3,
        )
    )
    members = [
        Member(
            id=f"member-{n}",
            board=board,
            route=route,
            nominated_by=nominator,
            recorded_voting=draw(maybe(FLAGS, known=known)),
            source={"route": "made up"},
            **term,
        )
        for n, (route, term, nominator) in enumerate(people)
    ]
    seats = [member.id for member in members]

    def holders() -> Listing[Any]:
        drawn = draw(_persons(known))
        return Listing(tuple(Holder(person=person, **term) for term, person in drawn), known or draw(FLAGS))

    posts: list[Any] = [
        ChiefSocialWorkOfficer(f"chief-social-work-officer-{body.id}", body=body.id, holders=holders())
        for body in councils
    ]
    if ijb:
        posts += [
            ChiefOfficer("chief-officer", body=id, holders=holders(), answers_to=draw(listings(parties, known=known))),
            ChiefFinanceOfficer(
                "chief-finance-officer", body=id, holders=holders(), answers_to=draw(listings(parties))
            ),
        ]
    localities = draw(listings(["north", "south"], known=known))
    years = sorted(draw(st.sets(some(*YEARS), max_size=2)))
    references = [one.id for one in register]

    def whole_listing(items: list[Any]) -> Listing[Any]:
        return Listing(tuple(draw(st.permutations(items))), complete=known or draw(some(True, True, False)))

    return Partnership(
        id=id,
        name="Toytown",
        as_at=draw(DAYS),
        law_as_at=draw(st.none() | DAYS),
        health_board=HEALTH_BOARD,
        local_authorities=draw(st.permutations(councils)),
        ijb=IJB(
            id,
            name="Toytown Integration Joint Board",
            codes=draw(some((), (Code("toy-old", Interval(None, date(2019, 4, 1))),))),
            established_on=draw(maybe(DAYS, known=known)),
            seats=Listing(tuple(Seats(body, draw(told(COUNTS, known=known))) for body in parties)),
        )
        if ijb
        else None,
        lead_agencies=[LeadAgency(f"{body}-lead", name=f"{body} as lead agency", body=body) for body in leads],
        monitoring_committee=None if ijb else MonitoringCommittee("toy-committee", name="Toytown Monitoring Committee"),
        scheme=IntegrationScheme(
            models=letter,
            basis=Basis.JOINT if len(councils) > 1 else Basis.SINGLE,
            health_board=HEALTH_BOARD.id,
            local_authorities=[body.id for body in councils],
            functions=Listing(tuple(delegated), complete=known or draw(some(True, True, False))),
            items=draw(listings(["dispute", "risk"], known=known)),
            conjoined=draw(st.none() | listings(["hb-may-nhsa1978", "la-must-swsa1968-s12"], known=known)),
            consulted=draw(listings(["other-staff", "third-sector"], known=known)),
            reviews=draw(_reviews(known)),
            revisions=draw(_revisions(known)),
            delegated_on=draw(maybe(DAYS, known=known)),
        ),
        posts=whole_listing(posts),
        members=whole_listing(members),
        chairs=whole_listing(
            [
                ChairPeriod(
                    id=f"chair-{n}",
                    board=board,
                    office=draw(some(*Office)),
                    member=draw(maybe(some(*seats), known=known)) if seats else None,
                    appointed_by=draw(listings(parties, known=known)),
                    **draw(terms(known=known)),
                )
                for n in range(draw(st.integers(0, 2)))
            ]
        ),
        budgets=whole_listing(
            [
                draw(
                    budgets(year, payers=parties, authorities=authorities, ijb=ijb, references=references, known=known)
                )
                for year in years
            ]
        ),
        accounts=whole_listing(
            [
                AnnualAccounts(year=year, submitted_on=draw(maybe(DAYS, known=known)), certified_by="chief-officer")
                for year in years
            ]
            if ijb
            else []
        ),
        plans=whole_listing(
            [
                StrategicPlan(
                    id="plan-1",
                    start=draw(maybe(DAYS, known=known)),
                    functions=draw(listings(FUNCTIONS, known=known)),
                    outcomes=draw(listings([str(n) for n in range(1, 10)], known=known)),
                    localities=draw(listings(["north", "south", "west"], known=known)),
                    reviews=draw(_reviews(known)),
                )
            ]
            if draw(FLAGS)
            else []
        ),
        localities=localities.map(lambda one: Locality(one, name=one.title())),
        planning_group=draw(
            maybe(
                st.builds(
                    StrategicPlanningGroup,
                    members=listings(st.builds(PlanningMember, person=maybe(some("P", "Q"), known=known)), most=2),
                ),
                known=known,
            )
        ),
        reports=whole_listing([PerformanceReport(year=year) for year in years]),
        statements=whole_listing([AnnualFinancialStatement(year=year) for year in years]),
        decisions=whole_listing([Decision(id="closure", on=draw(maybe(DAYS, known=known)))] if draw(FLAGS) else []),
        recommendations=whole_listing([Recommendation(id="advice", by="care-inspectorate")] if draw(FLAGS) else []),
        replacement_directions=whole_listing(
            [ReplacementDirection(id="replace", given_by=[parties[0]])] if draw(FLAGS) else []
        ),
        meetings=whole_listing(
            [
                Meeting(
                    id=f"meeting-{on}",
                    board=board,
                    on=on,
                    present=draw(listings(seats, known=known)),
                    votes=[Vote(about="the plan", votes_for=seats[:1], votes_against=seats[1:])],
                )
                for on in sorted(draw(st.sets(DAYS, max_size=2)))
            ]
        ),
        standing_orders=draw(maybe(st.just(StandingOrders(board=board, tie_mechanism="refer back")), known=known)),
        committees=whole_listing(
            [Committee(id="audit", name="Audit", board=board, members=draw(listings(seats, known=known)))]
            if draw(FLAGS)
            else []
        ),
        directions=register,
        service_changes=whole_listing(
            [
                ServiceChange(
                    id="closed", function="frailty", made_by="toy-council", on=draw(DAYS), what="closed", direction=None
                )
            ]
            if draw(FLAGS)
            else []
        ),
        exempt_functions=draw(listings(FUNCTIONS, most=1, known=known)),
        evidence=whole_listing(
            [
                Evidence(duty="PBJW-s8-publish", met=draw(maybe(FLAGS, known=known)), on=on)
                for on in draw(st.sets(maybe(DAYS, known=True), max_size=2))
            ]
        ),
        lines=draw(
            st.lists(
                st.builds(
                    Line,
                    from_id=some("toy-forum", *parties),
                    to_id=some(*parties),
                    kind=some("accountability", "oversight"),
                    citation=some("asp 2014/9 s.33", "the scheme, section 4"),
                    about=some("advice", "support"),
                ),
                max_size=2,
                unique_by=lambda line: line.order,
            )
        ),
        source={"name": "made up"},
    )


# -- values that constructors refuse -----------------------------------------------------------------------------

WRONG: dict[str, tuple[Any, ...]] = {
    "bool": (1, 0.0, "yes", None, UNKNOWN),
    "count": (-1, 1.5, math.nan, True, "3"),
    "day": (None, UNKNOWN, "", "2026-02-30", "30/01/2026", 20260130, datetime(2026, 1, 30, 12)),
    "days": (None, "2026", date(2026, 1, 30)),
    "flag": (1, 0, 1.0, "yes"),
    "id": (None, UNKNOWN, True, 5, "", " ", "a/", "/a", "a b/ c", " a", "a|b"),
    "ids": (5, "toy-council", [5], [""], [None], [["toy-council"]]),
    "maybe count": (-1, 1.5, math.nan, True, "3"),
    "maybe day": ("", "2026-02-30", "30/01/2026", 20260130, True, datetime(2026, 1, 30, 12)),
    "maybe id": (True, 5, "", " ", "a/"),
    "maybe money": (1.5, math.nan, True, "NaN", Decimal("NaN"), "£0.005", "-£0.01"),
    "maybe signed money": (1.5, math.nan, True, "NaN", Decimal("NaN"), "£0.005"),
    "maybe text": (True, 5, b"A"),
    "money": (None, UNKNOWN, 1.5, math.nan, True, "NaN", Decimal("NaN"), "£0.005", "-£0.01"),
    "signed money": (None, UNKNOWN, 1.5, math.nan, True, "NaN", Decimal("NaN"), "£0.005"),
    "source": (5, "a book", {"name": 5}),
    "text": (None, UNKNOWN, True, 5, "", " "),
    "values": (5, "care-at-home", [5], [None], ["care-at-home"], [True]),
    "word": (None, UNKNOWN, True, 5, "", "nothing of the kind"),
    "year": (None, UNKNOWN, True, 1.5, math.nan, "", "2025/27", "2025"),
}
"""For each kind of field what its constructor must refuse, by the name of the field."""


def wrong(good: Any, **kinds: str | tuple[Any, ...]) -> list[Any]:
    """Pair each field of a value with what it refuses: a kind of `WRONG`, or the values themselves."""
    assert [field.name for field in attrs.fields(type(good))] == list(kinds), type(good).__name__
    return [
        pytest.param(good, field, WRONG[kind] if isinstance(kind, str) else kind, id=f"{type(good).__name__}.{field}")
        for field, kind in kinds.items()
    ]


def assert_refused(good: Any, field: str, values: Sequence[Any]) -> None:
    """Assert that a constructor refuses each of the values and names the field."""
    assert good == attrs.evolve(good)
    for value in values:
        with pytest.raises((TypeError, ValueError, LookupError)) as caught:
            attrs.evolve(good, **{field: value})
        assert re.search(rf"\b{field}\b", str(caught.value)), f"{value!r}: {caught.value}"
