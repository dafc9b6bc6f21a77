"""The made-up lead agencies (private)."""

from __future__ import annotations

from scotintegration._examples.areas import CHILDREN_COST, YEARS, Area, cost
from scotintegration._examples.board import AS_AT
from scotintegration._examples.delegation import scheme_of
from scotintegration._examples.duties import evidence_of
from scotintegration._examples.money import CHARGED, council_money
from scotintegration._examples.papers import (
    localities_of,
    planning_group,
    plans_of,
    standing_orders,
)
from scotintegration._examples.people import (
    COMMITTEE,
    chairs_of,
    meeting_before,
    meeting_days,
    meetings_of,
    members_of,
    seats_of,
    social_work,
)
from scotintegration._examples.reporting import decisions_of, recommendations_of, reports_of, statements_of
from scotintegration.bodies import LeadAgency, MonitoringCommittee, MonitoringReport
from scotintegration.budgets import Budget, Charge, Determination, Payment
from scotintegration.dates import FinancialYear
from scotintegration.money import total
from scotintegration.officers import Route
from scotintegration.partnership import Partnership
from scotintegration.schemes import Model

LEFT_OUT = {Model.LA_TO_HB: (Route.S95, Route.LA_STAFF), Model.BOTH_WAYS: ()}
"""Who does not sit on the monitoring committee of each model."""


def lead_partnership(area: Area, model: Model) -> Partnership:
    """Build a partnership in which the Health Board leads services for adults, and perhaps the council others."""
    nhs, council = area.health_board, area.bodies[0]
    committee = f"{area.short}-ijmc"
    scheme = scheme_of(area, model, nhs.id)
    seats = seats_of(area, [(slot, route) for slot, route in COMMITTEE if route not in LEFT_OUT[model]])
    members = tuple(members_of(area, committee, seats, everybody_votes=True))
    chairs = tuple(chairs_of(area, committee, seats, together=True))
    localities = localities_of(area)
    recommended = recommendations_of(committee)
    copies = [committee] if model is Model.BOTH_WAYS else [committee, council.id]
    leads = (nhs, council) if model is Model.BOTH_WAYS else (nhs,)
    return Partnership(
        id=f"{area.short}-authority",
        name=area.name,
        as_at=AS_AT,
        health_board=nhs,
        local_authorities=area.bodies,
        lead_agencies=[
            LeadAgency(f"{body.id}-lead", name=f"{body.name} as lead agency", body=body.id, category_1=True)
            for body in leads
        ],
        monitoring_committee=MonitoringCommittee(
            committee,
            name=f"{area.name} Integration Joint Monitoring Committee",
            established_on="2015-09-16",
            established_jointly=True,
            ned_shortfall=False,
            reports=[
                MonitoringReport(on=on, recommendations=True, response_in_writing=True)
                for on in ("2024-11-20", "2025-11-19")
            ],
        ),
        scheme=scheme,
        posts=social_work(area, next(seat.person for seat in seats if seat.route is Route.CSWO)),
        members=members,
        chairs=chairs,
        budgets=[_budget(area, model, year) for year in YEARS],
        plans=plans_of(area, model, [one.id for one in scheme.functions], localities),
        localities=localities,
        planning_group=planning_group(area, model, localities),
        reports=reports_of(area, copies, localities, recommended),
        statements=statements_of(area),
        decisions=decisions_of(localities),
        recommendations=recommended,
        meetings=meetings_of(committee, members, chairs, meeting_days()),
        standing_orders=standing_orders(committee, "casting vote"),
        evidence=evidence_of(model),
        source={"name": "made up"},
    )


def _budget(area: Area, model: Model, year: FinancialYear) -> Budget:
    """Give a year's payments between the two bodies; whoever is paid spends the money on the functions itself."""
    nhs, council = area.health_board.id, area.bodies[0].id
    rows = [(council, nhs, council_money(area, year)[council])]
    if model is Model.BOTH_WAYS:
        rows += [(nhs, council, {one: cost(cheap, year, parts=area.size) for one, cheap in CHILDREN_COST.items()})]
    amounts = [amount for _, _, paid in rows for amount in paid.values()]
    return Budget(
        year=year,
        set_on=meeting_before(year.start),
        determined=[Determination(function=one, amount=sum_) for _, _, paid in rows for one, sum_ in paid.items()],
        payments=[
            Payment(payer=payer, payee=payee, function=function, amount=amount)
            for payer, payee, paid in rows
            for function, amount in paid.items()
        ],
        charges=[Charge(function=CHARGED, recovered_by=council)],
        set_aside_reports=(),
        savings=(),
        spending=(),
        own_costs=total(amounts),
        total=total(amounts),
    )
