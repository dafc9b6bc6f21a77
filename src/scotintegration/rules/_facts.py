"""The words of the rulebook for facts, and where in a partnership each is found (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.rules._engine import Rule

Read: TypeAlias = "Callable[[Partnership], object]"

_MOST: Final = 12
"""How many values of one fact a sentence lists before it counts the rest."""


class Labelled(NamedTuple):
    """One value and what it belongs to."""

    label: str
    value: object


def _each(collection: str, attribute: str) -> Read:
    """Read one attribute of every value of a collection, labelled by id."""

    def read(p: Partnership) -> object:
        values = getattr(p, collection)
        if isinstance(values, Listing):
            return Listing(tuple(_pair(value, attribute) for value in values.items), complete=values.complete)
        return tuple(_pair(value, attribute) for value in values)

    return read


def _pair(value: object, attribute: str) -> Labelled:
    label = getattr(value, "id", None) or getattr(value, "year", None) or getattr(value, "duty", "")
    return Labelled(str(label), getattr(value, attribute))


def _of(path: str) -> Read:
    """Read an attribute path of the partnership; a missing body on the way is None."""

    def read(p: Partnership) -> object:
        value: object = p
        for name in path.split("."):
            if value is None or value is UNKNOWN:
                return value
            value = getattr(value, name)
        return value

    return read


def _seats(side: str) -> Read:
    def read(p: Partnership) -> object:
        if p.ijb is None:
            return None
        bodies = [p.health_board] if side == "health board" else list(p.local_authorities)
        return tuple(Labelled(body.id, p.ijb.seats_of(body.id)) for body in bodies)

    return read


def _office(office: str, attribute: str) -> Read:
    def read(p: Partnership) -> object:
        chosen = [Labelled(one.id, getattr(one, attribute)) for one in p.chairs.items if one.office == office]
        return Listing(tuple(chosen), complete=p.chairs.complete)

    return read


def _vote(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        pairs = [
            Labelled(meeting.id, getattr(vote, attribute))
            for meeting in p.meetings.items
            for vote in meeting.votes.items
        ]
        return Listing(tuple(pairs), complete=p.meetings.complete)

    return read


def _money(collection: str, attribute: str) -> Read:
    def read(p: Partnership) -> object:
        pairs = [
            Labelled(str(budget.year), getattr(one, attribute))
            for budget in p.budgets.items
            for one in getattr(budget, collection).items
        ]
        return Listing(tuple(pairs), complete=p.budgets.complete)

    return read


def _planners(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        group = p.planning_group
        if group is None or group is UNKNOWN:
            return group
        pairs = [Labelled(str(one.person), getattr(one, attribute)) for one in group.members.items]
        return Listing(tuple(pairs), complete=group.members.complete)

    return read


def _live(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        live = p.directions.in_force(on=p.as_at)
        return Listing(tuple(Labelled(one.id, getattr(one, attribute)) for one in live.items), complete=live.complete)

    return read


def _reviews(collection: str, attribute: str) -> Read:
    def read(p: Partnership) -> object:
        holders = [p.scheme] if collection == "scheme" else list(p.plans.items)
        return tuple(Labelled(one.id, getattr(review, attribute)) for one in holders for review in one.reviews.items)

    return read


def _recorded(duty: str, attribute: str) -> Read:
    """Read one attribute of the records of a duty."""

    def read(p: Partnership) -> object:
        records = [one for one in p.evidence.items if one.duty == duty]
        return Listing([getattr(one, attribute) for one in records], complete=p.evidence.complete)

    return read


def _statuses(p: Partnership) -> object:
    live = p.directions.in_force(on=p.as_at).items
    return tuple(Labelled(one.id, p.directions.state(one.id, on=p.as_at)) for one in live)


FACTS: Final[Mapping[str, tuple[str, Read]]] = {
    "AFS.amount": ("total of the year's money", _each("budgets", "total")),
    "B.chairs.appointed_by": ("who appointed each chair", _office("chair", "appointed_by")),
    "B.chairs.period_end": ("last day of each chair's period", _office("chair", "until")),
    "B.chairs.period_start": ("first day of each chair's period", _office("chair", "start")),
    "B.chairs.person": ("each chair", _office("chair", "member")),
    "B.co.appointed_by": ("who appointed the chief officer", _of("chief_officer.holder.appointed_by")),
    "B.co.appointed_on": ("day the chief officer was appointed", _of("chief_officer.holder.appointed_on")),
    "B.co.consulted": ("who was consulted on the chief officer", _of("chief_officer.holder.consulted")),
    "B.co.consulted_on": ("day of the consultation, not recorded apart", _of("chief_officer.holder.appointed_on")),
    "B.co.employer": ("employer of the chief officer", _of("chief_officer.holder.employer")),
    "B.co.person": ("holder of the post of chief officer", _of("chief_officer.holder")),
    "B.co.s10_5_order": ("an order that the board may employ its own", _of("ijb.s10_5_order")),
    "B.co.seconded": ("whether the chief officer is seconded", _of("chief_officer.holder.seconded")),
    "B.established_on": ("day the board was established", _of("ijb.established_on")),
    "B.ned_shortfall": ("whether too few non-executive directors were declared", _of("ijb.ned_shortfall")),
    "B.order": ("order that established the board", _of("ijb.order")),
    "B.own_costs": ("the board's own costs", _each("budgets", "own_costs")),
    "B.s95": ("officer responsible for the board's finances", _of("chief_finance_officer.holder")),
    "B.seats_by_la": ("voting seats of each council", _seats("council")),
    "B.seats_hb": ("voting seats of the Health Board", _seats("health board")),
    "B.seats_la": ("voting seats of the council", _seats("council")),
    "B.standing_orders.tie_mechanism": ("how a tie is resolved", _of("standing_orders.tie_mechanism")),
    "B.vices.appointed_by": ("who appointed each vice-chair", _office("vice-chair", "appointed_by")),
    "B.vices.person": ("each vice-chair", _office("vice-chair", "member")),
    "C.chair": ("each chair of the monitoring committee", _office("chair", "member")),
    "C.chair_appointed_by": ("who appointed each chair of the committee", _office("chair", "appointed_by")),
    "C.established_on": ("day the monitoring committee was set up", _of("monitoring_committee.established_on")),
    "C.members.is_councillor": ("which members are councillors", _each("current_members", "is_councillor")),
    "C.members.is_hb_member": ("which members sit on the Health Board", _each("current_members", "is_hb_member")),
    "C.members.is_ned": ("which members are non-executive directors", _each("current_members", "is_ned")),
    "C.members.person": ("who each member of the committee is", _each("current_members", "person")),
    "C.members.route": ("how each member of the committee sits", _each("current_members", "route")),
    "C.ned_shortfall": ("whether too few directors were declared", _of("monitoring_committee.ned_shortfall")),
    "D.decided_on": ("day each direction in force was decided", _live("decided_on")),
    "D.functions": ("functions of each direction in force", _live("functions")),
    "D.id": ("directions in force", _live("id")),
    "D.in_writing": ("which directions in force are in writing", _live("in_writing")),
    "D.issued_on": ("day each direction in force was issued", _live("issued_on")),
    "D.issuer": ("issuer of each direction in force", _live("issuer")),
    "D.payment": ("payment of each direction in force", _live("payment")),
    "D.payment_method": ("payment method of each direction in force", _live("payment_method")),
    "D.recipients": ("recipients of each direction in force", _live("given_to")),
    "D.set_aside_amount": ("sum set aside as each direction states it", _live("set_aside")),
    "D.specified_amount": ("sum specified by each direction in force", _live("specified")),
    "D.starts_on": ("first day of each direction in force", _live("effective_from")),
    "D.status": ("state of each direction in force", _statuses),
    "D.supersedes": ("what each direction in force ends", _live("targets")),
    "D.use": ("use stated by each direction in force", _live("use")),
    "D.ended_on": ("last day of each direction in force", _live("ends_on")),
    "F.age_scope": ("for whom each function is delegated", _each("functions", "age_scope")),
    "F.deemed_out": ("functions taken out of set-aside", _each("functions", "deemed_out")),
    "F.delegate": ("who received each function", _each("functions", "delegate")),
    "F.delegator": ("who delegated each function", _each("functions", "delegator")),
    "F.enactment": ("enactments the scheme lists", _of("scheme.enactments")),
    "F.funding": ("how each function is funded", _each("functions", "funding")),
    "F.hospital_in_hb_area": ("hospital in the Health Board's own area", _each("functions", "hospital_in_hb_area")),
    "F.ia": ("authority of each function", _each("functions", "delegate")),
    "F.id": ("functions delegated", _each("functions", "name")),
    "F.in_hospital": ("functions carried out in hospital", _each("functions", "in_hospital")),
    "F.la_areas": ("council areas each function serves", _each("functions", "la_areas")),
    "G.members.localities": ("localities each planning member speaks for", _planners("localities")),
    "G.members.nominated_by": ("who nominated each planning member", _planners("nominated_by")),
    "LA.cswo": ("chief social work officers", _each("posts", "holders")),
    "LA.cswo_appointed_by": ("who appointed them", _each("posts", "body")),
    "LA.size": ("councillors of the council", _each("local_authorities", "councillors")),
    "LISTS.hb_must_services": ("services a Health Board must delegate", lambda p: "26 services of Schedule 3"),
    "LISTS.la_must": ("enactments a council must delegate", lambda p: f"as they stood on {p.law.as_at.isoformat()}"),
    "M.council": ("who nominated each member", _each("current_members", "nominated_by")),
    "M.end": ("last day of each member's term", _each("current_members", "until")),
    "M.is_councillor": ("which members are councillors", _each("current_members", "is_councillor")),
    "M.is_hb_member": ("which members sit on the Health Board", _each("current_members", "is_hb_member")),
    "M.is_ned": ("which members are non-executive directors", _each("current_members", "is_ned")),
    "M.nominated_by": ("who nominated each member", _each("current_members", "nominated_by")),
    "M.person": ("who each member is", _each("current_members", "person")),
    "M.route": ("how each member sits", _each("current_members", "route")),
    "M.start": ("first day of each member's term", _each("current_members", "start")),
    "M.voting": ("whom the board's record counts as voting", _each("current_members", "recorded_voting")),
    "PL.delegation_day": ("day functions passed", _of("scheme.delegated_on")),
    "PL.finalised_on": ("day each plan was finalised", _each("plans", "finalised_on")),
    "PL.functions": ("functions each plan covers", _each("plans", "functions")),
    "PL.localities": ("localities of the area", _each("localities", "name")),
    "PL.outcomes": ("outcomes each plan names", _each("plans", "outcomes")),
    "PL.period_clock_start": ("first day of each plan's period", _each("plans", "start")),
    "PL.published_on": ("day each plan was published", _each("plans", "published_on")),
    "PL.replaced_by": ("day each plan was replaced", _each("plans", "replaced_on")),
    "PL.reviews.completed_on": ("reviews of each plan", _reviews("plans", "completed_on")),
    "R.published_on": ("day each performance report was published", _each("reports", "published_on")),
    "R.year_end": ("years of the performance reports", _each("reports", "year")),
    "S.agreed_seats": ("seats a side that were agreed", _of("scheme.agreed_seats")),
    "S.approved_on": ("day Ministers approved the scheme", _of("scheme.approved_on")),
    "S.basis": ("provision the scheme is made under", _of("scheme.basis")),
    "S.conjoined": ("functions carried out in conjunction, not recorded", lambda p: UNKNOWN),
    "S.delegated_on": ("day functions passed", _of("scheme.delegated_on")),
    "S.functions": ("functions delegated", _each("functions", "name")),
    "S.items": ("prescribed items the scheme sets out", _of("scheme.items")),
    "S.items.co_line": ("to whom the chief officer answers", _of("chief_officer.post.answers_to")),
    "S.la_specified_seats": ("seats a side that the council imposed", _of("scheme.la_specified_seats")),
    "S.lead_authority": ("lead authority", _of("scheme.lead_authority")),
    "S.method_amounts": ("amounts the scheme's method yields", _money("determined", "amount")),
    "S.model": ("models the scheme claims", _of("scheme.models")),
    "S.parties": ("parties to the scheme", _of("scheme.parties")),
    "S.payment_method": ("how each function's amount is found", _each("functions", "method")),
    "S.reviews.completed_on": ("reviews of the scheme", _reviews("scheme", "completed_on")),
    "S.services": ("functions delegated", _each("functions", "name")),
    "S.set_aside_method": ("how sums set aside are found", _of("scheme.set_aside_method")),
    "guidance.id": ("documents on regard to guidance", _recorded("PBJW-s53-guidance", "document")),
    "guidance.regard": ("whether regard was had to guidance", _recorded("PBJW-s53-guidance", "met")),
    "lines": ("lines of the chief officer", _of("chief_officer.post.answers_to")),
    "meetings.date": ("days the board met", _each("meetings", "on")),
    "meetings.notice_available_on": ("days notice was available", _each("meetings", "notice_available_on")),
    "meetings.present": ("who attended each meeting", _each("meetings", "present")),
    "meetings.presiding": ("who presided at each meeting", _each("meetings", "presiding")),
    "orders.s27_6_functions": ("functions excused by order", _of("exempt_functions")),
    "payments.amount": ("payments", _money("payments", "amount")),
    "payments.direction": ("directions behind payments", _money("payments", "direction")),
    "payments.function": ("functions of payments", _money("payments", "function")),
    "payments.payee": ("payees", _money("payments", "payee")),
    "payments.payer": ("payers", _money("payments", "payer")),
    "proxies.of": ("proxies, not recorded apart from votes", lambda p: None),
    "reclaims.amount": ("settlements of set-aside", _each("budgets", "settlements")),
    "reserves.change": ("movement of reserves", _money("reserves", "movement")),
    "set_asides.amount": ("sums set aside", _money("set_asides", "amount")),
    "set_asides.function": ("functions of sums set aside", _money("set_asides", "function")),
    "t": ("day asked about", _of("as_at")),
    "votes.against": ("votes against", _vote("votes_against")),
    "votes.carried": ("votes minuted as carried", _vote("carried")),
    "votes.for": ("votes for", _vote("votes_for")),
    "votes.tie_resolved_by": ("how ties were resolved", _vote("tie_resolved_by")),
}
"""Each word of the rulebook's *fields* column: what it means, and where to read it."""


def _said(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, Labelled):
        return f"{value.label}: {_said(value.value)}"
    if isinstance(value, Listing):
        listed = _listed(value.items)
        return listed if value.complete else f"{listed}; known in part" if value.items else "not recorded"
    if isinstance(value, (tuple, list)):
        return _listed(value)
    return str(getattr(value, "person", value))


def _listed(values: Iterable[object]) -> str:
    said = [_said(value) for value in values]
    more = len(said) - _MOST
    shown = ", ".join(said[:_MOST]) or "none"
    return f"{shown} and {more} more" if more > 0 else shown


def facts_of(rule: Rule, p: Partnership) -> Iterator[str]:
    """
    Say the facts that a rule reads, one sentence a fact.

    Args:
        rule: The rule.
        p: The partnership.

    Returns:
        Sentences in the order of the rule's fields.

    Raises:
        NotFoundError: If the rule names a fact that the library has no word for.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    for word in rule.fields:
        if word not in FACTS:
            raise NotFoundError.among("word for a fact", word, tuple(FACTS))
        label, read = FACTS[word]
        try:
            value = read(p)
        except UnknownFactError:
            value = UNKNOWN
        yield f"{label}: {_said(value)}"
