"""The lines that values and law imply (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from scotintegration.bodies import ELECTORATE, MINISTERS, OtherBody
from scotintegration.citations import Citation, citations, cite
from scotintegration.dates import FinancialYear, Interval
from scotintegration.lines import ALWAYS, Layer, Line, LineBasis
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, Post, Route
from scotintegration.schemes import Model

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

OVERSEERS: Final = (
    OtherBody("accounts-commission", name="Accounts Commission", role="audit"),
    OtherBody("care-inspectorate", name="Care Inspectorate", role="inspection"),
    OtherBody("healthcare-improvement-scotland", name="Healthcare Improvement Scotland", role="inspection"),
)
"""National bodies that look over every partnership."""

ELECTORS: Final = cite("elected councils: our reading, no provision read")
"""No provision for this line was read, so it has a document citation and no statute address."""

_IJB_ROUTES: Final[Mapping[Route, tuple[str, str]]] = {
    Route.LA: ("art.3(1)(a)", "art.5(2)(a)"),
    Route.HB: ("art.3(1)(b)", "art.5(2)(b)"),
    Route.CSWO: ("art.3(1)(c)", "art.5(2)(c)"),
    Route.S95: ("art.3(1)(e)", "art.5(2)(e)"),
    Route.GP: ("art.3(1)(f)", "art.5(2)(f)"),
    Route.NURSE: ("art.3(1)(g)", "art.5(2)(g)"),
    Route.DOCTOR: ("art.3(1)(h)", "art.5(2)(h)"),
    Route.STAFF: ("art.3(7)(a)", "art.5(7)(a)"),
    Route.THIRD: ("art.3(7)(b)", "art.5(7)(b)"),
    Route.USER: ("art.3(7)(c)", "art.5(7)(c)"),
    Route.CARER: ("art.3(7)(d)", "art.5(7)(d)"),
    Route.CO: ("art.3(7B)", "art.5(7B)"),
    Route.ADDITIONAL: ("art.3(8)", "art.5(8)"),
}


def days_between(start: object, until: object) -> Interval:
    """Give the days from a first to a last day, none if they are the wrong way round; an unknown side has no bound."""
    first = start if isinstance(start, date) else None
    last = until if isinstance(until, date) else None
    if first is None and last is None:
        return ALWAYS
    if first is not None and last is not None and last < first:
        return Interval(first, first)
    return Interval.through(first, last)


def membership_citation(route: Route, *, ijb: bool, joint: bool) -> Citation:
    """Cite the provision by which a member sits."""
    if not ijb:
        return cite(f"SSI 2014/281 art.{4 if joint else 3}")
    single, several = _IJB_ROUTES.get(route, ("art.3", "art.5"))
    return cite(f"SSI 2014/285 {several if joint else single}")


def _derived(from_id: str, to_id: str, kind: Layer, citation: str | Citation, about: str = "") -> Line:
    return Line(from_id=from_id, to_id=to_id, kind=kind, citation=_one(citation), basis=LineBasis.DERIVED, about=about)


def _one(citation: str | Citation) -> Citation:
    return citations(citation)[0] if isinstance(citation, str) else citation


def _model(p: Partnership) -> Model | None:
    return p.scheme.models[0] if len(p.scheme.models) == 1 else None


def _bodies(p: Partnership) -> Iterator[Line]:
    up = Layer.ACCOUNTABILITY
    yield _derived(
        p.health_board.id, MINISTERS.id, up, "1978 c.29 s.2(1)(a)", "exercise of Ministers' health functions"
    )
    for council in p.local_authorities:
        yield _derived(council.id, ELECTORATE.id, up, ELECTORS, "election")
    if p.ijb is not None:
        yield _derived(p.ijb.id, MINISTERS.id, up, "asp 2014/9 s.52", "Ministers' power to direct")
    committee = p.monitoring_committee
    for role in p.lead_agencies:
        yield _derived(role.id, role.body, up, "asp 2014/9 s.59", "integration functions")
        if committee is not None:
            yield _derived(role.id, committee.id, up, "asp 2014/9 s.43", "integration functions")
    if committee is not None:
        for body in p.parties:
            yield _derived(committee.id, body.id, up, "asp 2014/9 s.15(3)", "joint establishment")


def _post(p: Partnership, post: Post) -> Iterator[Line]:
    up, node = Layer.ACCOUNTABILITY, p.node_id(post)
    if isinstance(post, ChiefOfficer):
        yield _derived(node, post.body, up, "asp 2014/9 s.10(1)", "the board's functions")
        line_managed = "SSI 2014/341 sch"
        if post.answers_to.complete:
            for body in post.answers_to.items:
                yield Line(from_id=node, to_id=body, kind=up, citation=cite(line_managed), about="operational delivery")
        else:
            for party in p.parties:
                yield _derived(node, party.id, up, line_managed, "operational delivery")
        yield _derived(post.body, node, Layer.APPOINTMENT, "asp 2014/9 s.10(1)")
        return
    statute = "1973 c.65 s.95" if isinstance(post, ChiefFinanceOfficer) else "1968 c.49 s.3"
    yield _derived(node, post.body, up, statute, "financial affairs" if "1973" in statute else "social work")
    for body in post.answers_to.items:
        yield Line(from_id=node, to_id=body, kind=up, citation=cite(statute), about="other lines of the scheme")
    yield _derived(post.body, node, Layer.APPOINTMENT, statute)


def _members(p: Partnership) -> Iterator[Line]:
    for member in p.members:
        ijb = p.ijb is not None and member.board == p.ijb.id
        citation = membership_citation(member.route, ijb=ijb, joint=p.scheme.is_joint)
        days = days_between(member.start, member.until)
        node = p.node_id(member)
        yield Line(from_id=node, to_id=member.board, kind=Layer.MEMBERSHIP, citation=citation, days=days)
        if isinstance(member.nominated_by, str):
            yield Line(from_id=member.nominated_by, to_id=node, kind=Layer.MEMBERSHIP, citation=citation, days=days)


def _delegation(p: Partnership) -> Iterator[Line]:
    model = _model(p)
    citation = cite("asp 2014/9 s.1(3)(b)") if model is None else model.citation
    for function in p.scheme.functions:
        yield Line(
            from_id=function.delegator,
            to_id=function.delegate,
            kind=Layer.DELEGATION,
            citation=citation,
            about=function.id,
            days=days_between(function.start, function.until),
            value=function,
        )


def payment_provision(p: Partnership, payer: str, payee: str) -> str:
    """Name the provision under which one body of a partnership pays another."""
    if p.ijb is not None:
        if payer == p.ijb.id:
            return "asp 2014/9 s.27(3)"
        return "asp 2014/9 s.14(4)" if payer == p.health_board.id else "asp 2014/9 s.14(2)"
    if payer == p.health_board.id:
        return "asp 2014/9 s.19(3)"
    return "asp 2014/9 s.18(2)" if payee == p.health_board.id else "asp 2014/9 s.19(4)"


def _money(p: Partnership) -> Iterator[Line]:
    holder = "asp 2014/9 s.14(3)" if p.ijb is not None else "asp 2014/9 s.19(2)"
    for budget in p.budgets:
        basis = LineBasis.DERIVED if budget.derived else LineBasis.ASSERTED
        for payment in budget.payments.items:
            about = payment.function if payment.direction is None else f"{payment.function}/{payment.direction}"
            yield Line(
                from_id=payment.payer,
                to_id=payment.payee,
                kind=Layer.PAYMENT,
                citation=cite(payment_provision(p, payment.payer, payment.payee)),
                basis=basis,
                about=about,
                days=budget.year.interval,
                year=budget.year,
                amount=payment.amount,
                value=payment,
            )
        for held in budget.set_asides.items:
            authority = p.authority_for(held.function)
            yield Line(
                from_id=held.health_board,
                to_id=authority,
                kind=Layer.SET_ASIDE,
                citation=cite(holder),
                basis=basis,
                about=held.function,
                days=budget.year.interval,
                year=budget.year,
                amount=held.amount,
                value=held,
            )
        for share in budget.hosted.items:
            yield Line(
                from_id=share.host,
                to_id=share.served,
                kind=Layer.HOSTING,
                citation=cite("integration scheme: hosted services"),
                basis=basis,
                about=share.function,
                days=budget.year.interval,
                year=budget.year,
                amount=share.amount,
                value=share,
            )


def _directions(p: Partnership) -> Iterator[Line]:
    model = _model(p)
    duty = {Model.BODY_CORPORATE: "asp 2014/9 s.26(1)", Model.BOTH_WAYS: "asp 2014/9 s.26(2A)"}
    for direction in p.directions:
        if direction.is_bare_revocation:
            continue
        issuer = direction.issuer if isinstance(direction.issuer, str) else p.directions.issuer
        year = str(direction.year) if isinstance(direction.year, FinancialYear) else "undated"
        for function in direction.functions.items or ("",):
            for recipient in direction.given_to.items:
                key = (issuer, year, direction.id, function, recipient)
                yield Line(
                    from_id=issuer,
                    to_id=recipient,
                    kind=Layer.DIRECTION,
                    citation=cite("asp 2014/9 s.26(2)" if model is None else duty.get(model, "asp 2014/9 s.26(2)")),
                    about=function,
                    days=days_between(direction.binds_from, direction.ends_on),
                    value=direction,
                    id="/".join(part for part in key if part),
                )


def _oversight(p: Partnership) -> Iterator[Line]:
    over = Layer.OVERSIGHT
    authorities = (p.ijb,) if p.ijb is not None else p.parties
    for body in authorities:
        yield _derived("care-inspectorate", body.id, over, "asp 2014/9 s.54", "inspection")
        yield _derived("healthcare-improvement-scotland", body.id, over, "asp 2014/9 s.55", "inspection")
    if p.ijb is not None:
        yield _derived("accounts-commission", p.ijb.id, over, "asp 2014/9 s.13", "audit")
        yield _derived(MINISTERS.id, p.ijb.id, over, "asp 2014/9 s.52", "directions of Ministers")
    for body in p.parties:
        yield _derived(MINISTERS.id, body.id, over, "asp 2014/9 s.52", "directions of Ministers")
    if p.monitoring_committee is not None:
        for role in p.lead_agencies:
            yield _derived(p.monitoring_committee.id, role.id, over, "asp 2014/9 s.43", "monitoring")


def _planning(p: Partnership) -> Iterator[Line]:
    known = {locality.id for locality in p.localities.items}
    functions = {function.id for function in p.scheme.functions.items}
    for plan in p.plans.items:
        node = p.node_id(plan)
        for number in plan.outcomes.items:
            yield _derived(node, f"outcome-{number}", Layer.PLANNING, "asp 2014/9 s.29(2)(b)")
        for locality in plan.localities.items:
            if locality in known:
                yield _derived(node, f"{p.id}/localities/{locality}", Layer.PLANNING, "asp 2014/9 s.29(3)(b)")
        for function in plan.functions.items:
            if function in functions:
                yield _derived(node, f"{p.id}/functions/{function}", Layer.PLANNING, "asp 2014/9 s.29(2)(a)")


def derive(p: Partnership) -> tuple[Line, ...]:
    """List every line that the values of a partnership and the law imply, in order."""
    makers: tuple[Callable[[Partnership], Iterator[Line]], ...] = (
        _bodies, _members, _delegation, _money, _directions, _oversight, _planning,
    )  # fmt: skip
    found = [line for make in makers for line in make(p)]
    found += [line for post in p.posts.items for line in _post(p, post)]
    return tuple(sorted(found, key=lambda line: line.order))
